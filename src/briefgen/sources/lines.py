"""JSON Lines: one article a line; a bad line is that line's failure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefgen.errors import InputError, UsageError
from briefgen.sources.base import RawText
from briefgen.sources.decode import decode
from briefgen.sources.entries import (
    Entry,
    Outcome,
    Outcomes,
    ReadingOptions,
    Unchanged,
    Unreadable,
    unreadable,
)
from briefgen.sources.files import make_article
from briefgen.sources.json import parse_record
from briefgen.sources.labels import numbered
from briefgen.sources.records import from_record, record_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.sources.streams import Stream


def read_lines(stream: Stream, label: str, options: ReadingOptions) -> Outcomes:
    """Yield the outcome of every line that is not blank; where the stream breaks off, one for the rest."""
    number = 0
    while True:
        number += 1
        at = numbered(label, number)
        try:
            line = stream.line()
        except InputError as error:
            yield Unreadable(at, error)
            return
        if line is None:
            yield Unreadable(at, _too_long(options.limits.record))
        elif not line:
            return
        elif not line.isspace():
            outcome = _outcome(line, at, options)
            if not isinstance(outcome, Unreadable):
                stream.found_record()
            yield outcome


def _outcome(line: bytes, label: str, options: ReadingOptions) -> Outcome:
    fingerprint = options.fingerprint(line.strip())
    if options.known and options.known(label, fingerprint):
        return Unchanged(label, fingerprint)
    try:
        text, flags = _decoded(line)
        record = parse_record(text, "the line")
    except (InputError, UsageError) as error:
        why = error if line.endswith(b"\n") else _cut_off()
        return unreadable(label, why, fingerprint=fingerprint)
    return article_of(record, Unchanged(label, fingerprint), options, flags)


def article_of(
    record: Mapping[str, Any], place: Unchanged, options: ReadingOptions, flags: tuple[str, ...] = ()
) -> Entry | Unreadable:
    """Return the article of a record, or why there is none; ``place`` has its label and fingerprint."""
    try:
        raw = from_record(record, options.text_field)
        article = make_article(RawText(raw.text, raw.metadata, (*flags, *raw.flags)), options.overrides)
    except (InputError, UsageError) as error:
        return unreadable(place.label, error, fingerprint=place.fingerprint)
    return Entry(place.label, article, place.fingerprint, record_id(record))


def _decoded(line: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return line.decode(), ()
    except UnicodeDecodeError:
        decoded = decode(line)
        return decoded.text, decoded.flags


def _cut_off() -> InputError:
    return InputError("the input ends in the middle of this line", hint="get it again")


def _too_long(most: int) -> InputError:
    return InputError(
        f"the line is longer than {most // 1_000_000:,} MB", hint="split it", code="input_too_big"
    )
