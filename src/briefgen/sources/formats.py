"""Which reader a file of an archive needs: by its content where that tells, else by its extension."""

from __future__ import annotations

from typing import Literal

Format = Literal["lines", "table", "parquet", "zip", "tar", "gzip", "json", "document"]

HEAD = 512
"""How many bytes :func:`format_of` looks at: the block that a tar archive begins with."""

_LINES = ("jsonl", "ndjson")
_TABLES = ("csv", "tsv")
_DOCUMENTS = ("txt", "text", "md", "markdown", "htm", "html", "xhtml")
_READ = frozenset((*_LINES, *_TABLES, *_DOCUMENTS, "json", "parquet", "zip", "tar", "tgz"))
_TAR_MAGIC = (b"ustar\x00", b"ustar ")
_CONTAINERS: dict[str, Format] = {"zip": "zip", "tar": "tar", "parquet": "parquet"}
_BLANK = b"\xef\xbb\xbf \t\r\n"
_OBJECT = (b'{"', b'[{"')


def has_known_extension(name: str) -> bool:
    """Say whether a file of this name is looked at when a folder is walked."""
    extension, packing = extension_of(name)
    return extension in _READ and packing in ("", "gz")


def extension_of(name: str) -> tuple[str, str]:
    """Return the extension in lower case without the packing's, and the packing's: ``("jsonl", "gz")``."""
    stem, dot, last = name.lower().rpartition(".")
    if dot and last in ("gz", "bz2", "xz"):
        return stem.rpartition(".")[2] if "." in stem else "", last
    return (last if dot else ""), ""


def format_of(name: str, head: bytes) -> Format:
    """Return how to read a file with this name and these first bytes, of the packed file if it is packed."""
    extension, packing = extension_of(name)
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if head[257:263] in _TAR_MAGIC:
        return "tar"
    if head.startswith(b"PAR1"):
        return "parquet"
    if extension in _CONTAINERS and not packing:
        return _CONTAINERS[extension]
    if extension in _LINES:
        return "lines"
    if extension in _TABLES:
        return "table"
    if extension == "json" or (extension not in _READ and head.lstrip(_BLANK).startswith(_OBJECT)):
        return "json"
    return "document"
