"""Which format the input is: by its content first, then by the extension of its name."""

from __future__ import annotations

import re
from typing import Literal

from briefgen.errors import InputError

Kind = Literal["text", "markdown", "html", "json", "jsonl"]

_EXTENSIONS: dict[str, Kind] = {
    "md": "markdown",
    "markdown": "markdown",
    "htm": "html",
    "html": "html",
    "xhtml": "html",
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
}
_BINARY = {
    b"\x89PNG\r\n\x1a\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF87a": "a GIF image",
    b"GIF89a": "a GIF image",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"PK\x05\x06": "an empty ZIP archive",
    b"\x7fELF": "a program",
    b"\x1f\x8b\x08": "gzip-compressed",
    b"BZh": "bzip2-compressed",
    b"\xfd7zXZ\x00": "xz-compressed",
    b"\x28\xb5\x2f\xfd": "Zstandard-compressed",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an office document",
    b"SQLite format 3\x00": "a database",
    b"\xca\xfe\xba\xbe": "a program",
}
_UNREAD = {
    b"%PDF-": ("a PDF", "PDF is not read yet: save its text, for instance with pdftotext"),
    b"{\\rtf": ("an RTF document", "save it as text or HTML"),
    b"%!PS": ("PostScript", "save its text"),
}
_HEAD = 4096
_BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n\x0c"
_COMMENT = re.compile(rb"\A(?:<!--.{0,3000}?-->|<\?xml\b[^>]{0,300}>)", re.DOTALL)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE)
_XML = re.compile(rb"<\?xml\b|<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_JSON = re.compile(rb'\A\[?\s*\{\s*"')
_TAG = re.compile(rb"<[a-zA-Z!/]")


def kind_of(data: bytes, name: str) -> Kind:
    """Return the format of ``data``; ``name`` may be empty.

    Raises :class:`InputError` (``input_binary``, ``input_unsupported``) for what no source reads.
    """
    refuse_binary(data)
    extension = _EXTENSIONS.get(name.rpartition(".")[2].lower() if "." in name else "", "text")
    head = data[:_HEAD].replace(b"\0", b"").lstrip(_BLANK)  # without NUL: UTF-16 looks like ASCII
    if _HTML.match(_after_comments(head)):
        return "html"
    if _XML.match(head):
        raise InputError(
            "the input is XML, no article", hint="give text, HTML or JSON", code="input_unsupported"
        )
    if extension == "text" and _JSON.match(head):
        return "json"
    if extension == "html" and not _TAG.search(data.replace(b"\0", b"")):
        return "text"
    return extension


def _after_comments(head: bytes) -> bytes:
    while found := _COMMENT.match(head):
        head = head[found.end() :].lstrip(_BLANK)
    return head


def refuse_binary(data: bytes) -> None:
    """Raise :class:`InputError` for what begins as a format that no source reads."""
    for magic, what in _BINARY.items():
        if data.startswith(magic):
            raise InputError(
                f"the input is {what}, no text", hint="give text, HTML or JSON", code="input_binary"
            )
    start = data[:_HEAD].lstrip(_BLANK)
    for magic, (what, hint) in _UNREAD.items():
        if start.startswith(magic):
            raise InputError(f"the input is {what}", hint=hint, code="input_unsupported")
