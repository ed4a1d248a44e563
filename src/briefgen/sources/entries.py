"""What reading an archive yields, how it may be asked for, and its limits."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from briefgen.article import parse_published
from briefgen.errors import BriefgenError, InputError
from briefgen.sources.base import MAX_BYTES, Metadata

if TYPE_CHECKING:
    from briefgen.article import Article

_READING = b"briefgen reading 1"
"""Part of every fingerprint: another number when the same bytes are read as another text than before."""

Known: TypeAlias = Callable[[str, bytes], bool]
"""``known(label, fingerprint)``: whether the caller needs no more than the entry's fingerprint."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of an archive.

    ``label`` names it in messages and in the store (see :mod:`briefgen.sources.labels`). ``fingerprint``
    (16 bytes) stands for the raw bytes and the reading options: where it is the same, so is the article.
    ``record_id`` is the id that a record gives itself.
    """

    label: str
    article: Article
    fingerprint: bytes
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An entry that :data:`Known` knew: not parsed, so a second run costs little more than the bytes."""

    label: str
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that is no article, and why.

    ``skipped``: passed over by rule (a link, a device, a format that is not read), not a failure.
    ``fingerprint`` is that of the bytes, and empty where none were read.
    """

    label: str
    error: InputError
    skipped: bool = False
    fingerprint: bytes = b""


Outcome: TypeAlias = Entry | Unchanged | Unreadable
Outcomes: TypeAlias = Generator[Outcome, None, None]


@dataclass(frozen=True)
class Limits:
    """What is taken; all in bytes after unpacking, but for ``ratio`` and ``members``."""

    record: int = 20_000_000
    """One line of JSON, one cell of a table."""
    document: int = MAX_BYTES
    """One article that is a file or a member of its own."""
    barren: int = 200_000_000
    """Read in a row without meeting a record: what goes on beyond it is no archive (B-FIL-20)."""
    ratio: int = 500
    """Unpacked to packed bytes, looked at beyond ``barren``; articles reach 10, copies of one 100."""
    members: int = 250_000
    """Members of one ZIP or tar archive: Python's directory of them takes 150 MB."""


@dataclass(frozen=True)
class ReadingOptions:
    """How an archive is read.

    ``follow_links``: follow symbolic links inside folders. ``text_field``: the column or key of the text,
    where it has another name than :mod:`briefgen.sources.fields` knows. ``overrides`` hold for every
    article and win over what the archive says.
    """

    follow_links: bool = False
    text_field: str | None = None
    overrides: Metadata = field(default_factory=Metadata)
    known: Known | None = None
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Raise :class:`briefgen.errors.UsageError` for a date that is none, before anything is read."""
        parse_published(self.overrides.published)

    @cached_property
    def _salt(self) -> bytes:
        shaped = repr((self.text_field, self.overrides)).encode("utf-8", "backslashreplace")
        return hashlib.blake2b(_READING + shaped, digest_size=32).digest()

    def fingerprint(self, data: bytes) -> bytes:
        """Return 16 bytes that stand for ``data`` read with these options."""
        return hashlib.blake2b(data, digest_size=16, key=self._salt).digest()


def at_least_one(found: Outcomes, label: str) -> Outcomes:
    """Yield what is found; where that is nothing, that it is empty: no input ends without a word."""
    empty = True
    for outcome in found:
        empty = False
        yield outcome
    if empty:
        yield Unreadable(label, InputError("it holds no article", code="input_empty"))


def unreadable(
    label: str, error: BriefgenError, *, skipped: bool = False, fingerprint: bytes = b""
) -> Unreadable:
    """Return the outcome for an error, which becomes an :class:`InputError` if it is another one."""
    if not isinstance(error, InputError):
        error = InputError(error.message, hint=error.hint, code="input_unsupported")
    return Unreadable(label, error, skipped, fingerprint)
