"""Labels: the name of an entry in an archive, as it is shown and as it is stored.

``news/reuters.jsonl.gz:1234`` is line 1234, ``table.csv:17`` row 17 (the header is row 1, as a spreadsheet
counts), ``dump.json:3`` the third object of a JSON array, ``-:5`` line 5 of standard input, and
``old.zip//2024/a.txt`` a member of an archive; ``old.zip//2024/a.txt//2`` the second of that name.

A label is one printable line (B-FIL-09) and no two names make the same one, also where a name is not UTF-8
(B-FIL-10): :func:`unescaped` gives back the very name, so a store may keep labels as plain text. The path is
kept as it was given: the same command makes the same labels.
"""

from __future__ import annotations

import os
import re

_ESCAPE = re.compile(r"\\(?:(\\)|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")
_NUMBER = re.compile(r":(?=[0-9]+\Z)")  # at the end of a name it would read as a line number
_COLON, _SLASH = "\\u003a", "\\u002f"


def path_label(path: str | bytes | os.PathLike[str]) -> str:
    """Return the label of a file: the path as given, without ``./`` and doubled slashes, escaped."""
    name = os.path.normpath(os.fsdecode(path)).replace(os.sep, "/")
    return escaped(name.replace("//", "/"))


def numbered(label: str, number: int) -> str:
    """Return the label of line, row or object ``number``, from 1."""
    return f"{label}:{number}"


def member_label(archive: str, name: str, occurrence: int = 1) -> str:
    """Return the label of a member; ``occurrence`` counts members of the same name, from 1."""
    member = escaped(name).replace("//", "/" + _SLASH)
    member = _SLASH + member[1:] if member.startswith("/") else member
    return f"{archive}//{member}" + (f"//{occurrence}" if occurrence > 1 else "")


def escaped(name: str) -> str:
    """Return a name as one printable line that :func:`unescaped` turns back into the name."""
    plain = name.isprintable() and "\\" not in name
    shown = name if plain else "".join(map(_escaped, name))
    return _NUMBER.sub(lambda _: _COLON, shown)


def unescaped(label: str) -> str:
    """Return the name behind :func:`escaped`, with bytes that are no UTF-8 as surrogates."""
    return _ESCAPE.sub(_meant, label)


def _escaped(char: str) -> str:
    if char == "\\":
        return "\\\\"
    if char.isprintable():
        return char
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _meant(found: re.Match[str]) -> str:
    backslash, byte, short, long = found.groups()
    if backslash:
        return "\\"
    return chr(0xDC00 + int(byte, 16)) if byte else chr(int(short or long, 16))
