"""Tar archives, read front to back as they come out of the file or of gzip; nothing is sought or written."""

from __future__ import annotations

import tarfile
import zlib
from functools import partial
from typing import TYPE_CHECKING

from briefgen.errors import InputError
from briefgen.sources.entries import Outcomes, ReadingOptions, Unreadable
from briefgen.sources.members import Member, Members, Readable
from briefgen.sources.streams import broken_off

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefgen.sources.streams import Peekable

BREAKS = (OSError, EOFError, zlib.error, tarfile.TarError, ValueError, OverflowError, RecursionError)
_BLOCK = 512
_HEADERS = 4_000_000
"""Headers of one member may take this many bytes: a long name is one, a name of gigabytes a bomb (B-ARC-13)."""


def read_tar(
    file: Peekable, label: str, options: ReadingOptions, packed: Callable[[], int] | None = None
) -> Outcomes:
    """Yield the articles of every member in order; ``packed`` says how many packed bytes were read so far."""
    source = _Blocks(file)
    members = Members(label, options, packed or source.position, BREAKS)
    try:
        with tarfile.open(fileobj=source, mode="r|") as archive:  # type: ignore[call-overload] # it only reads
            while info := source.header(archive):
                if not info.isdir():
                    yield from members.outcomes(_member(archive, info))
                archive.members.clear()  # it would keep them all
                archive.pax_headers.clear()
            if not source.ended_at(archive.offset):
                raise EOFError("its end is missing")
    except InputError as error:
        yield Unreadable(label, error)
    except BREAKS as error:
        yield Unreadable(label, broken_off(error))


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
    return Member(info.name, partial(_open, archive, info), info.isreg() and not info.issparse())


def _open(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Readable:
    inside = archive.extractfile(info)
    if inside is None or info.size < 0:
        raise InputError("the member has no content")
    return inside


class _Blocks:
    """The bytes under :mod:`tarfile`: counted, and as headers no more than some."""

    def __init__(self, file: Peekable) -> None:
        self._file = file
        self._count = 0
        self._allowed: int | None = None
        self._last = b""

    def position(self) -> int:
        return self._count

    def read(self, size: int) -> bytes:
        data = self._file.read(size)
        self._count += len(data)
        self._last = data
        if self._allowed is not None and self._count > self._allowed:
            raise InputError(
                f"a header of more than {_HEADERS // 1_000_000} MB",
                hint="the rest was not read",
                code="archive_limit",
            )
        return data

    def header(self, archive: tarfile.TarFile) -> tarfile.TarInfo | None:
        """Return the next member, or ``None`` where :mod:`tarfile` sees no more headers."""
        self._allowed = max(archive.offset, self._count) + _HEADERS
        info = archive.next()
        self._allowed = None
        return info

    def ended_at(self, offset: int) -> bool:
        """Say whether the block at ``offset`` is the empty one that ends an archive.

        :mod:`tarfile` also stops, without a word, where it meets no header at all.
        """
        at = offset - (self._count - len(self._last))
        return at >= 0 and self._last[at : at + _BLOCK] == bytes(_BLOCK)
