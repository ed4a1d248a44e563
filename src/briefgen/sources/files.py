"""One article from a file, bytes or standard input."""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import TYPE_CHECKING, BinaryIO

from briefgen.article import Article, parse_published
from briefgen.errors import InputError, UsageError
from briefgen.sources.base import MAX_BYTES, Metadata, RawText, Source, shown
from briefgen.sources.html import HtmlSource
from briefgen.sources.json import JsonSource
from briefgen.sources.kinds import Kind, kind_of
from briefgen.sources.markdown import MarkdownSource
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
_MISSING = (errno.ENOENT, errno.ENOTDIR)


def read_article(
    source: str | Path | bytes, *, overrides: Metadata | None = None, stdin: BinaryIO | None = None
) -> Article:
    """Read one article: from a file, from ``bytes``, or from ``stdin`` if ``source`` is ``"-"``.

    ``overrides`` win over what the input says of itself.

    Raises :class:`InputError` (``input_missing``, ``input_empty``, ``no_article_text``, …) and
    :class:`UsageError` (a folder, an archive of articles, a date in ``overrides`` that is none).
    """
    if isinstance(source, bytes):
        data, name, label = _capped(source, "the input"), "", "the input"
    elif source == "-":
        data, name, label = _from_stream(stdin), "", "standard input"
    else:
        data, name, label = _from_file(source), os.path.basename(source), shown(source)  # noqa: PTH119 - "a." too
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
    try:
        _refuse_by_status(os.stat(path), label)  # noqa: PTH116 - any name, surrogates and all
        # Opened without waiting: the file may have become a pipe since.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
        with open(handle, "rb") as stream:  # noqa: PTH123 - a descriptor
            _refuse_by_status(os.fstat(handle), label)
            return _capped(stream.read(MAX_BYTES + 1), label)
    except ValueError as error:  # a NUL in the name
        raise InputError(f"there is no file {label}", code="input_missing") from error
    except OSError as error:
        if error.errno in _MISSING:
            raise InputError(
                f"there is no file {label}", hint="check the name", code="input_missing"
            ) from error
        raise InputError(
            f"cannot read {label}: {error.strerror}", hint="check the name and its permissions"
        ) from error


def _refuse_by_status(status: os.stat_result, label: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UsageError(f"{label} is a folder", hint="give a file, or read folders with: briefgen batch")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(
            f"{label} is no regular file", hint="pipe its content in and give -", code="input_unsupported"
        )
    if status.st_size > MAX_BYTES:
        raise _too_big(label)


def _from_stream(stdin: BinaryIO | None) -> bytes:
    stream = stdin or getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise InputError("standard input is closed", code="input_missing")
    try:
        return _capped(stream.read(MAX_BYTES + 1), "standard input")
    except OSError as error:
        raise InputError(f"cannot read standard input: {error.strerror}") from error


def _capped(data: bytes, label: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise _too_big(label)
    if not data.strip():
        raise InputError(f"{label} is empty", code="input_empty")
    return data


def _too_big(label: str) -> InputError:
    return InputError(
        f"{label} is larger than {MAX_BYTES // 1_000_000} MB", hint="split it", code="input_too_big"
    )
