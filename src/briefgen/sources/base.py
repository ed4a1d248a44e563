"""The one interface of this folder: bytes in, raw text and metadata out."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace
from typing import Protocol

MAX_BYTES = 50_000_000
"""Largest input that is taken; more is refused before it is read."""

_MAX_SHOWN = 200


@dataclass(frozen=True)
class Metadata:
    """What is known about an article besides its text, as strings. The caller's word beats the page's."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """Return these fields, and ``other``'s where these are empty."""
        known = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(other, **{name: value for name, value in known.items() if value})


@dataclass(frozen=True)
class RawText:
    """The text of an article before it is normalised, its metadata, and flags for what was unusual."""

    text: str
    metadata: Metadata = Metadata()
    flags: tuple[str, ...] = ()


class Source(Protocol):
    """One input format."""

    def read(self, data: bytes, name: str) -> RawText:
        """Return the article in ``data``. ``name`` is for messages, ready to be shown.

        Raises :class:`briefgen.errors.InputError`, and nothing else, whatever the bytes are.
        """
        ...


def shown(path: str | bytes | os.PathLike[str] | os.PathLike[bytes]) -> str:
    """Return a file name as messages show it: in quotes, one line, nothing that a terminal would obey."""
    name = os.fsdecode(path)
    cut = "…" if len(name) > _MAX_SHOWN else ""
    return "'" + "".join(_escaped(char) for char in name[:_MAX_SHOWN]) + cut + "'"


def _escaped(char: str) -> str:
    if char in "\\'\"":
        return "\\" + char
    if char.isprintable():
        return char
    if "\udc80" <= char <= "\udcff":  # a byte of a name that is not UTF-8
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char.encode("unicode_escape").decode("ascii")
