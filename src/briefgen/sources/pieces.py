"""One open piece of an archive (a file, what a gzip file holds, a member) to its articles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.errors import InputError, UsageError
from briefgen.sources.entries import (
    Entry,
    Outcome,
    Outcomes,
    ReadingOptions,
    Unchanged,
    Unreadable,
    at_least_one,
    unreadable,
)
from briefgen.sources.files import read_document
from briefgen.sources.formats import HEAD
from briefgen.sources.kinds import refuse_binary
from briefgen.sources.lines import read_lines
from briefgen.sources.objects import read_json
from briefgen.sources.streams import BREAKS, Peekable, Stream, broken_off
from briefgen.sources.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefgen.sources.formats import Format


@dataclass(frozen=True)
class Piece:
    """Something open. ``packed`` and ``breaks`` are those of :class:`briefgen.sources.streams.Stream`."""

    file: Peekable
    name: str
    label: str
    packed: Callable[[], int] | None = None
    breaks: tuple[type[Exception], ...] = BREAKS

    def head(self) -> bytes:
        """Return the first bytes, without reading them."""
        try:
            return self.file.peek(HEAD)[:HEAD]
        except self.breaks as error:
            raise broken_off(error) from error


def read_piece(piece: Piece, kind: Format, options: ReadingOptions) -> Outcomes:
    """Yield the articles of a piece that is no container."""
    try:
        if kind == "document":
            yield _document(piece, options)
            return
        refuse_binary(piece.head())
        stream = Stream(piece.file, options.limits, piece.packed, piece.breaks)
    except InputError as error:
        yield Unreadable(piece.label, error)
        return
    readers = {"table": read_table, "json": read_json}
    yield from at_least_one(readers.get(kind, read_lines)(stream, piece.label, options), piece.label)


def _document(piece: Piece, options: ReadingOptions) -> Outcome:
    most = options.limits.document
    try:
        data = piece.file.read(most + 1)
    except piece.breaks as error:
        raise broken_off(error) from error
    if len(data) > most:
        raise InputError(f"it is larger than {most // 1_000_000} MB", hint="split it", code="input_too_big")
    if not data.strip():
        raise InputError("it is empty", code="input_empty")
    fingerprint = options.fingerprint(data)
    if options.known and options.known(piece.label, fingerprint):
        return Unchanged(piece.label, fingerprint)
    try:
        article = read_document(data, piece.name, overrides=options.overrides)
    except (InputError, UsageError) as error:
        return unreadable(piece.label, error, fingerprint=fingerprint)
    return Entry(piece.label, article, fingerprint)
