"""One article from a file, bytes or standard input."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, BinaryIO

from briefgen.article import Article, parse_published
from briefgen.errors import InputError, UsageError
from briefgen.sources.base import MAX_BYTES, Metadata, RawText, Source, shown
from briefgen.sources.html import HtmlSource
from briefgen.sources.json import JsonSource
from briefgen.sources.kinds import Kind, kind_of
from briefgen.sources.markdown import MarkdownSource
from briefgen.sources.opening import failed_to_read, open_regular
from briefgen.sources.text import TextSource

if TYPE_CHECKING:
    from pathlib import Path

_SOURCES: dict[Kind, Source] = {
    "text": TextSource(),
    "markdown": MarkdownSource(),
    "html": HtmlSource(),
    "json": JsonSource(),
}
_SHORT = 300  # bytes of UTF-8, so that a Chinese sentence counts for what it says


def read_article(
    source: str | Path | bytes, *, overrides: Metadata | None = None, stdin: BinaryIO | None = None
) -> Article:
    """Read one article: from a file, from ``bytes``, or from ``stdin`` if ``source`` is ``"-"``.

    ``overrides`` win over what the input says of itself.

    Raises :class:`InputError` (``input_missing``, ``input_empty``, ``no_article_text``, …) and
    :class:`UsageError` (a folder, an archive of articles, a date in ``overrides`` that is none).
    """
    if isinstance(source, bytes):
        return read_document(capped(source, "the input"), "", overrides=overrides)
    if source == "-":
        return read_document(_from_stream(stdin), "", "standard input", overrides)
    name = os.path.basename(source)  # noqa: PTH119 - "a." too
    return read_document(_from_file(source), name, shown(source), overrides)


def read_document(
    data: bytes, name: str, label: str = "the input", overrides: Metadata | None = None
) -> Article:
    """Read the one article in ``data``; its format is told by the content and by ``name``, which may be empty.

    Raises as :func:`read_article` does; ``label`` stands for the input in messages.
    """
    kind = kind_of(data, name)
    if kind == "jsonl":
        raise UsageError(f"{label} holds many articles", hint="read it with: briefgen batch")
    return make_article(_SOURCES[kind].read(data, label), overrides)


def make_article(raw: RawText, overrides: Metadata | None = None) -> Article:
    """Make an article of what a source returned.

    A date that cannot be read is dropped and flagged where the page states it, and raises
    :class:`UsageError` where the caller does.
    """
    stated = overrides or Metadata()
    known = stated.over(raw.metadata)
    flags = list(raw.flags)
    published = parse_published(stated.published)
    if published is None and raw.metadata.published:
        try:
            published = parse_published(raw.metadata.published)
        except UsageError:
            flags.append("date_unreadable")
    if len(raw.text.strip().encode("utf-8", "replace")) < _SHORT:
        flags.append("too_short")
    return Article.from_text(
        raw.text,
        published=published,
        flags=tuple(flags),
        title=known.title,
        publisher=known.publisher,
        author=known.author,
        url=known.url,
        language=known.language,
    )


def _from_file(path: str | Path) -> bytes:
    label = shown(path)
    with open_regular(path) as stream:
        try:
            if os.fstat(stream.fileno()).st_size > MAX_BYTES:
                raise _too_big(label)
            return capped(stream.read(MAX_BYTES + 1), label)
        except OSError as error:
            raise failed_to_read(path, error) from error


def _from_stream(stdin: BinaryIO | None) -> bytes:
    stream = stdin or getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise InputError("standard input is closed", code="input_missing")
    try:
        return capped(stream.read(MAX_BYTES + 1), "standard input")
    except OSError as error:
        raise InputError(f"cannot read standard input: {error.strerror}") from error


def capped(data: bytes, label: str) -> bytes:
    """Return ``data``; raise :class:`InputError` if it is empty or more than ``MAX_BYTES``."""
    if len(data) > MAX_BYTES:
        raise _too_big(label)
    if not data.strip():
        raise InputError(f"{label} is empty", code="input_empty")
    return data


def _too_big(label: str) -> InputError:
    return InputError(
        f"{label} is larger than {MAX_BYTES // 1_000_000} MB", hint="split it", code="input_too_big"
    )
