"""Names of character sets: which are taken, and what they mean on the web."""

from __future__ import annotations

import codecs

# Names that the web uses for a larger set than they say (WHATWG Encoding Standard), or that the detector
# uses and Python does not know.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-8-sig": "utf-8",
}
_ALIASES = {
    "uhc": "cp949",
    "ks_c_5601-1987": "cp949",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "windows-949": "cp949",
    "windows-874": "cp874",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "x-mac-cyrillic": "mac_cyrillic",
    "maccyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "unicode": "utf-16",
    "utf8": "utf-8",
}
MULTIBYTE = frozenset({"gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "iso2022_jp"})
WIDE = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
# A list of what is taken, not of what is refused: Python also has "zip", "unicode_escape" and "utf-7".
_SINGLE = frozenset(
    {
        *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *(f"cp{page}" for page in (437, 850, 852, 855, 858, 862, 864, 866, 874, *range(1250, 1259))),
        *("koi8-r", "koi8-u", "koi8-t", "mac-roman", "mac-cyrillic", "mac-greek", "mac-turkish"),
    }
)
_TAKEN = _SINGLE | MULTIBYTE | WIDE | {"utf-8"}
_MAX_NAME = 40


def codec_of(name: str) -> str | None:
    """Return Python's name of the character set that ``name`` means, or ``None`` if it is not taken."""
    label = name.strip().lower()
    if not label or len(label) > _MAX_NAME or not label.isascii():
        return None
    try:
        found = codecs.lookup(_ALIASES.get(label, label)).name
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        return None
    found = _MEANT.get(found, found)
    return found if found in _TAKEN else None
