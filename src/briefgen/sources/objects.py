"""JSON files: one article, a list of them, or one a line under the wrong name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.errors import InputError, UsageError
from briefgen.sources.decode import Decoded, decode
from briefgen.sources.entries import Outcome, Outcomes, ReadingOptions, Unchanged, Unreadable, unreadable
from briefgen.sources.json import after_space, parse_record, parse_value
from briefgen.sources.labels import numbered
from briefgen.sources.lines import article_of, read_lines

if TYPE_CHECKING:
    from briefgen.sources.streams import Stream


def read_json(stream: Stream, label: str, options: ReadingOptions) -> Outcomes:
    """Yield the article of a file with one object, or those of a list, ``label:1`` and so on.

    A file of objects one a line is read as such, of any size; all else up to ``limits.document``.
    """
    try:
        first = stream.line()
        if first and _is_object(first) and stream.head():
            stream.unread(first)
            yield from read_lines(stream, label, options)
            return
        decoded = decode(_whole(first, stream, options.limits.document))
    except InputError as error:
        yield Unreadable(label, error)
        return
    if decoded.text.startswith("[", after_space(decoded.text, 0)):
        yield from _listed(decoded, label, options)
    else:
        yield _one(decoded, label, options)


def _is_object(line: bytes) -> bool:
    try:
        parse_record(decode(line).text, "the line")
    except (InputError, UsageError):
        return False
    return True


def _whole(first: bytes | None, stream: Stream, most: int) -> bytes:
    data = b"" if first is None else first + stream.rest(most + 1 - len(first))
    if first is None or len(data) > most:
        raise InputError(
            f"the file is larger than {most // 1_000_000} MB and not one object a line",
            hint="write it as JSON Lines",
            code="input_too_big",
        )
    if not data.strip():
        raise InputError("the file is empty", code="input_empty")
    return data


def _one(decoded: Decoded, label: str, options: ReadingOptions) -> Outcome:
    place = _place(label, decoded.text, options)
    if options.known and options.known(label, place.fingerprint):
        return place
    try:
        record = parse_record(decoded.text, "the file")
    except (InputError, UsageError) as error:
        return unreadable(label, error, fingerprint=place.fingerprint)
    return article_of(record, place, options, decoded.flags)


def _listed(decoded: Decoded, label: str, options: ReadingOptions) -> Outcomes:
    """Yield the articles of a list; where it is no JSON any more, one error for the rest."""
    text = decoded.text
    at, number = after_space(text, after_space(text, 0) + 1), 1
    while not text.startswith("]", at):
        place = numbered(label, number)
        try:
            value, end = parse_value(text, "the list", at)
        except InputError as error:
            yield Unreadable(place, error)
            return
        yield _element(value, _place(place, text[at:end], options), options, decoded.flags)
        number += 1
        at = after_space(text, end)
        if text.startswith(",", at):
            at = after_space(text, at + 1)
        elif not text.startswith("]", at):
            yield Unreadable(numbered(label, number), _broken_list())
            return
    if after_space(text, at + 1) < len(text):
        yield Unreadable(numbered(label, number), _broken_list())


def _element(value: object, place: Unchanged, options: ReadingOptions, flags: tuple[str, ...]) -> Outcome:
    if options.known and options.known(place.label, place.fingerprint):
        return place
    if isinstance(value, dict):
        return article_of(value, place, options, flags)
    error = InputError("the list holds something else than an object here", code="input_unsupported")
    return Unreadable(place.label, error, fingerprint=place.fingerprint)


def _place(label: str, text: str, options: ReadingOptions) -> Unchanged:
    return Unchanged(label, options.fingerprint(text.encode("utf-8", "replace")))


def _broken_list() -> InputError:
    return InputError("the list is damaged or cut off from here on", hint="get it again")
