"""Bytes to text.

The order, first that fits:

1. a byte order mark;
2. UTF-16 or UTF-32 without one, told by its NUL bytes;
3. strict UTF-8: text that is not UTF-8 does not pass for it, whatever the page declares;
4. in HTML, the character set that is declared: ``<meta>`` before the XML declaration;
5. UTF-8 with a few damaged places, which become U+FFFD;
6. Western European, where all that is not ASCII reads as such (the detector errs on such text);
7. detection.

Flags: ``encoding_conflict`` (declarations disagree, or the bytes do not fit them), ``encoding_unknown``
(a declared name that is not taken, UTF-7 among them), ``encoding_doubtful`` (characters were replaced, or
detection was unsure).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefgen.errors import InputError
from briefgen.sources.charsets import MULTIBYTE, WIDE, codec_of

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\xef\xbb\xbf", "utf-8"),
)
_HEAD = 1024  # a declaration stands in the first kilobyte
_SAMPLE = 200_000
_META = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,60})", re.IGNORECASE)
_XML = re.compile(rb"^\s{0,20}<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,60})", re.IGNORECASE)
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"
# What UTF-8 forbids although its pattern fits: overlong forms, surrogates (CESU-8), too high code points.
_FORBIDDEN = re.compile(
    rb"[\xc0\xc1][\x80-\xbf]|\xe0[\x80-\x9f][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]"
    rb"|\xf0[\x80-\x8f][\x80-\xbf]{2}|\xf4[\x90-\xbf][\x80-\xbf]{2}|[\xf5-\xf7][\x80-\xbf]{3}"
)
_WESTERN = frozenset(
    "àâäáãåæçèéêëìíîïñòóôöøœùúûüÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØŒÙÚÛÜŸ“”‘’„‚«»‹›–—…•·€£§©®™°´¿¡ºª½¼¾\xa0\xad"
)
_INVERTED_INSIDE = re.compile("[a-z][¿¡]")
# The detector names the ISO set also where bytes are used that only its Windows sibling fills.
_SIBLING = {
    "iso8859-2": "cp1250",
    "iso8859-4": "cp1257",
    "iso8859-5": "cp1251",
    "iso8859-6": "cp1256",
    "iso8859-7": "cp1253",
    "iso8859-8": "cp1255",
    "iso8859-13": "cp1257",
}
_C1 = re.compile("[\x80-\x9f]")


@dataclass(frozen=True)
class Decoded:
    """Text, the name of the character set it was read as, and flags."""

    text: str
    encoding: str
    flags: tuple[str, ...] = ()


def decode(data: bytes, *, markup: bool = False) -> Decoded:
    """Decode ``data``; ``markup``: look for a declaration in it.

    Raises :class:`InputError` (``input_binary``) where it is no text in any character set.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, markup=markup)
    wide = _wide_without_mark(data[:4096])
    if wide:
        return _checked(data, wide)
    _refuse_controls(data)
    return _unmarked(data, *(_declared(data[:_HEAD]) if markup else (None, ())))


def wide_encoding(head: bytes) -> tuple[str | None, int]:
    """Return which UTF-16 or UTF-32 a stream is that begins so, if any, and how long its mark is.

    A mark of UTF-8 has a length and no encoding.
    """
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return (encoding if encoding in WIDE else None), len(mark)
    return _wide_without_mark(head), 0


def _unmarked(data: bytes, declared: str | None, flags: tuple[str, ...]) -> Decoded:
    if declared == "iso2022_jp":  # seven bits: it passes for ASCII
        return _checked(data, declared, flags)
    text = _strict(data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", flags)
    if declared and declared != "utf-8":
        text = _strict(data, declared)
        if text is not None:
            return Decoded(text, declared, flags)
    if _is_damaged_utf8(data):
        return _checked(data, "utf-8", flags)
    return _detected(data, (*flags, "encoding_conflict") if declared else flags)


def _marked(data: bytes, encoding: str, *, markup: bool) -> Decoded:
    flags: tuple[str, ...] = ()
    if encoding == "utf-8":
        _refuse_controls(data)
        declared, flags = _declared(data[:_HEAD]) if markup else (None, ())
        if declared not in (None, "utf-8"):
            flags = (*flags, "encoding_conflict")
    decoded = _checked(data, encoding, flags)
    sample = decoded.text[:2000]
    if encoding in WIDE and _odd(sample) * 10 > len(sample):
        raise _binary()
    return decoded


def _odd(text: str) -> int:
    """Return how many characters text does not hold: controls, unassigned and replacement characters."""
    return sum(not char.isprintable() and char not in "\t\n\r\ufeff" for char in text) + text.count("\ufffd")


def _checked(data: bytes, encoding: str, flags: tuple[str, ...] = ()) -> Decoded:
    """Decode with replacement characters, flagged; too many of them mean that this is no text."""
    text = data.decode(encoding, errors="replace")
    replaced = text.count("\ufffd") if _strict(data, encoding) is None else 0
    if replaced > 8 and replaced > len(text) // 20:
        raise _binary()
    return Decoded(text, encoding, (*flags, "encoding_doubtful") if replaced else flags)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide_without_mark(sample: bytes) -> str | None:
    """Return which UTF-16 or UTF-32 the bytes are: its spaces, digits and line ends hold NUL bytes."""
    if b"\0" not in sample:
        return None
    best, most = None, 0
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        text = _strict(sample[: len(sample) // width * width], encoding)
        if text is None and width == 2:  # a pair of surrogates cut in two
            text = _strict(sample[: len(sample) // width * width - 2], encoding)
        if not text:
            continue
        odd = _odd(text)
        plain = sum(char.isascii() for char in text) - odd
        if odd * 50 <= len(text) and plain > most:
            best, most = encoding, plain
    return best


def _refuse_controls(data: bytes) -> None:
    controls = len(data) - len(data.translate(None, _CONTROL))
    if controls >= 4 and controls * 20 > len(data):
        raise _binary()


def _binary() -> InputError:
    return InputError(
        "the input is binary data, no text", hint="give text, HTML or JSON", code="input_binary"
    )


def _declared(head: bytes) -> tuple[str | None, tuple[str, ...]]:
    """Return the declared character set (``<meta>`` first), and flags for unknown and differing names."""
    names = [
        found[1].decode("ascii", "replace") for found in (_META.search(head), _XML.search(head)) if found
    ]
    known = [codec for codec in map(codec_of, names) if codec]
    # The declaration could be read as ASCII, so it cannot be true of a wide set: UTF-8, as browsers do.
    known = ["utf-8" if codec in WIDE else codec for codec in known]
    flags = []
    if len(known) < len(names):
        flags.append("encoding_unknown")
    if len(set(known)) > 1:
        flags.append("encoding_conflict")
    return (known[0] if known else None), tuple(flags)


def _is_damaged_utf8(data: bytes) -> bool:
    """Say whether this is UTF-8 but for a few places: forbidden forms, a cut end, or rare bad bytes."""
    if _strict(_FORBIDDEN.sub(b"", data), "utf-8") is not None:
        return True
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = len(text) - bad - len(data) + len(_HIGH.findall(data))
    return good > bad * 4 or (good > 0 and bad == 1 and text.endswith("\ufffd"))


def _detected(data: bytes, flags: tuple[str, ...]) -> Decoded:
    import cchardet  # noqa: PLC0415 - most input is UTF-8 and needs no detector

    first = _HIGH.search(data)
    start = max(0, first.start() - 500) if first else 0
    found = cchardet.detect(data[start : start + _SAMPLE])
    encoding = codec_of(found["encoding"] or "")
    if encoding not in MULTIBYTE and _reads_as_western(data):
        return _checked(data, "cp1252", flags)
    if encoding is None or encoding in WIDE or encoding == "utf-8":
        return _checked(data, "cp1252", (*flags, "encoding_doubtful"))
    if encoding in _SIBLING and _C1.search(data.decode(encoding, "replace")):
        encoding = _SIBLING[encoding]
    decoded = _checked(data, encoding, flags)
    if (found["confidence"] or 0) < 0.5:
        return Decoded(decoded.text, encoding, (*decoded.flags, "encoding_doubtful"))
    return decoded


def _reads_as_western(data: bytes) -> bool:
    text = _strict(data, "cp1252")
    if text is None:
        return False
    high = sum(not char.isascii() for char in text)
    # A fifth: French has 4 % of accented letters, any text in another alphabet more than half.
    return high * 5 < len(text) and set(text) - _ASCII <= _WESTERN and not _INVERTED_INSIDE.search(text)


_ASCII = frozenset(map(chr, range(128)))
