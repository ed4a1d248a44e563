"""An archive, whatever its form, as a stream of articles in constant memory.

Folders, globs, ``.txt .md .html .json``, ``.jsonl .csv .tsv`` (all also ``.gz``), Parquet, ZIP and tar, and
``-`` for JSON Lines on standard input. Nothing is unpacked to disk. What is no article is an outcome of its
own, never an exception and never silence.
"""

# ruff: noqa: PTH112, PTH114, PTH119 - plain strings, as in folders.py

from __future__ import annotations

import gzip
import os
import sys
from typing import TYPE_CHECKING, BinaryIO

from briefgen.errors import InputError, UsageError
from briefgen.sources.entries import Outcomes, ReadingOptions, Unreadable, at_least_one, unreadable
from briefgen.sources.folders import FolderWalk, passed_over_link
from briefgen.sources.formats import HEAD, format_of
from briefgen.sources.globs import expand, is_glob
from briefgen.sources.labels import path_label
from briefgen.sources.members import CONTAINERS
from briefgen.sources.opening import open_regular
from briefgen.sources.pieces import Piece, read_piece
from briefgen.sources.streams import BREAKS, Unchanging, broken_off, peekable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefgen.sources.formats import Format


def read_archive(
    inputs: Sequence[str | Path], options: ReadingOptions | None = None, *, stdin: BinaryIO | None = None
) -> Outcomes:
    """Yield every article of ``inputs`` in order, and for what is none an :class:`Unreadable`.

    Lazy, with one file open at a time; closing the iterator closes it. ``"-"`` reads ``stdin`` or the
    process's standard input. A file that is named twice, or named and found in a named folder, is read once.

    Raises :class:`InputError` at once where ``inputs`` is empty; nothing later.
    """
    if not inputs:
        raise InputError("no input is given", hint="name a folder, files, or - ", code="input_missing")
    return _Reading(options or ReadingOptions(), stdin).outcomes(inputs)


class _Reading:
    """One pass over the inputs."""

    def __init__(self, options: ReadingOptions, stdin: BinaryIO | None) -> None:
        self._options = options
        self._stdin = stdin
        self._files: set[str] = set()
        self._folders: list[str] = []

    def outcomes(self, inputs: Sequence[str | Path]) -> Outcomes:
        for each in inputs:
            name = os.fspath(each)
            if name == "-":
                yield from self._standard_input()
            elif is_glob(name) and not os.path.lexists(name):
                yield from self._glob(name)
            else:
                yield from self._named(name)

    def _standard_input(self) -> Outcomes:
        stream = self._stdin or getattr(sys.stdin, "buffer", None)
        if stream is None:
            yield Unreadable("-", InputError("standard input is closed", code="input_missing"))
        else:
            yield from read_piece(Piece(peekable(stream), "", "-"), "lines", self._options)

    def _glob(self, pattern: str) -> Outcomes:
        matched = False
        for path in expand(pattern):
            matched = True
            if os.path.islink(path) and not self._options.follow_links:
                yield passed_over_link(path)
            else:
                yield from self._named(path)
        if not matched:
            error = InputError("no file matches", hint="check the pattern", code="input_missing")
            yield Unreadable(path_label(pattern), error)

    def _named(self, path: str) -> Outcomes:
        real = os.path.realpath(path)
        if real in self._files or any(real.startswith(folder + os.sep) for folder in self._folders):
            return
        if not os.path.isdir(path):
            self._files.add(real)
            yield from self._file(path)
            return
        if real not in self._folders:
            walk = FolderWalk(path, follow_links=self._options.follow_links, without=self._folders)
            for found in walk:
                if isinstance(found, Unreadable):
                    yield found
                elif not self._files or os.path.realpath(found) not in self._files:
                    yield from self._file(found)
            self._folders.append(real)

    def _file(self, path: str) -> Outcomes:
        label = path_label(path)
        try:
            file = open_regular(path)
        except (InputError, UsageError) as error:
            yield unreadable(label, error)
            return
        with file:
            before = Unchanging(file)
            records = False
            for outcome in read_file(file, os.path.basename(path), label, self._options):
                records = outcome.label != label
                yield outcome
            changed = before.error() if records else None  # one article is a snapshot of its own
            if changed:
                yield Unreadable(label, changed)


def read_file(file: BinaryIO, name: str, label: str, options: ReadingOptions) -> Outcomes:
    """Yield the articles of one open file; ``name`` tells its format where the content does not."""
    piece = Piece(peekable(file), name, label)
    try:
        kind = format_of(name, piece.file.peek(HEAD)[:HEAD])
        if kind == "gzip":
            inner = _unpacked_name(name)
            piece = Piece(gzip.GzipFile(fileobj=file), inner, label, packed=file.tell)
            kind = format_of(inner, piece.file.peek(HEAD)[:HEAD])
    except BREAKS as error:
        yield Unreadable(label, broken_off(error))
        return
    if kind == "tar":
        from briefgen.sources.tar_archive import read_tar  # noqa: PLC0415 - 10 ms that few inputs need

        yield from at_least_one(read_tar(piece.file, label, options, piece.packed), label)
    elif kind not in CONTAINERS:
        yield from read_piece(piece, kind, options)
    elif piece.packed:
        twice = InputError("it is packed twice", hint="unpack it", code="input_unsupported")
        yield Unreadable(label, twice)
    else:
        yield from _sought(file, kind, label, options)


def _unpacked_name(name: str) -> str:
    if name.lower().endswith(".tgz"):
        return name[:-4] + ".tar"
    return name[:-3] if name.lower().endswith(".gz") else name


def _sought(file: BinaryIO, kind: Format, label: str, options: ReadingOptions) -> Outcomes:
    """Read what has its directory at its end."""
    from briefgen.sources.parquet import read_parquet  # noqa: PLC0415 - as above
    from briefgen.sources.zip_archive import read_zip  # noqa: PLC0415

    read = read_zip if kind == "zip" else read_parquet
    yield from at_least_one(read(file, label, options), label)
