"""Bytes that arrive bit by bit: lines with a cap, breaks as errors, and an end to what holds no record."""

from __future__ import annotations

import codecs
import io
import os
import zlib
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from briefgen.errors import InputError
from briefgen.sources.decode import wide_encoding
from briefgen.sources.labels import escaped

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

    from briefgen.sources.entries import Limits

BREAKS: tuple[type[Exception], ...] = (OSError, EOFError, zlib.error)
"""What reading a file or a gzip stream raises where it is damaged."""

_CHUNK = 1 << 20
_LONGEST_REASON = 200


class Peekable(Protocol):
    """What is needed of an open file: buffered files, gzip and ZIP streams have it."""

    def read(self, size: int, /) -> bytes: ...

    def readline(self, size: int, /) -> bytes: ...

    def peek(self, size: int, /) -> bytes: ...


def peekable(stream: BinaryIO) -> Peekable:
    """Return a stream that can be looked into."""
    if hasattr(stream, "peek"):
        return cast("Peekable", stream)
    return io.BufferedReader(cast("io.RawIOBase", stream))  # io.BytesIO serves it as well as a raw file


class Stream:
    """A stream read once, front to back.

    ``packed`` says how many bytes of the packed file were read so far; ``breaks`` is what ``inner`` raises
    where it is damaged. All failures become :class:`InputError`: ``input_unreadable`` where it breaks off,
    ``input_too_big`` where it goes on and on without a record, or unpacks to far more than articles do.
    """

    def __init__(
        self,
        inner: Peekable,
        limits: Limits,
        packed: Callable[[], int] | None = None,
        breaks: tuple[type[Exception], ...] = BREAKS,
    ) -> None:
        self._limits = limits
        self._packed = packed
        self._breaks = breaks
        self._barren = self._unpacked = 0
        self._unread: bytes = b""
        self._inner = self._as_utf8(inner)

    def line(self) -> bytes | None:
        """Return the next line with its end, ``b""`` at the end, ``None`` for one over the limit."""
        most = self._limits.record
        if self._unread:
            line, self._unread = self._unread, b""
            return line
        line = self._next(most + 1)
        if len(line) <= most or line.endswith(b"\n"):
            return line
        while line and not line.endswith(b"\n"):
            line = self._next(_CHUNK)
        return None

    def head(self) -> bytes:
        """Return the bytes that come next, at least one unless this is the end, without reading them."""
        try:
            return self._unread or self._inner.peek(256)
        except self._breaks as error:
            raise broken_off(error) from error

    def unread(self, line: bytes) -> None:
        """Give back the line that was read last."""
        self._unread = line

    def rest(self, most: int) -> bytes:
        """Return what is left, or its first ``most`` bytes."""
        try:
            return self._unread + self._inner.read(most)
        except self._breaks as error:
            raise broken_off(error) from error

    def found_record(self) -> None:
        """Say that what was read last is a record."""
        self._barren = 0

    def _next(self, most: int) -> bytes:
        try:
            line = self._inner.readline(most)
        except self._breaks as error:
            raise broken_off(error) from error
        self._barren += len(line)
        self._unpacked += len(line)
        if self._barren > self._limits.barren:
            raise InputError(
                f"it goes on for more than {self._limits.barren // 1_000_000:,} MB without an article",
                hint="look at the file; the rest was not read",
                code="input_too_big",
            )
        if self._packed and self._unpacked > self._limits.barren:
            self._check_ratio(self._packed())
        return line

    def _check_ratio(self, packed: int) -> None:
        if self._unpacked > self._limits.ratio * max(packed, 1):
            raise InputError(
                f"it unpacks to more than {self._limits.ratio} times its size",
                hint="unpack it first if that is meant; the rest was not read",
                code="input_too_big",
            )

    def _as_utf8(self, inner: Peekable) -> Peekable:
        r"""Drop a byte order mark, and read UTF-16 and UTF-32 as UTF-8, so that lines end at ``\n``."""
        try:
            encoding, mark = wide_encoding(inner.peek(256)[:256])
            inner.read(mark)
        except self._breaks as error:
            raise broken_off(error) from error
        return io.BufferedReader(_Transcoded(inner, encoding)) if encoding else inner


class _Transcoded(io.RawIOBase):
    """Bytes of one character set as UTF-8; what does not decode is U+FFFD."""

    def __init__(self, inner: Peekable, encoding: str) -> None:
        self._inner = inner
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        while not self._ready:
            data = self._inner.read(len(view))
            self._ready = self._decoder.decode(data, final=not data).encode()
            if not data:
                break
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


class Unchanging:
    """Whether a file is the same at the end of reading as at the beginning (size and time of change)."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._before = self._state()

    def _state(self) -> tuple[int, int]:
        status = os.fstat(self._file.fileno())
        return status.st_size, status.st_mtime_ns

    def error(self) -> InputError | None:
        """Return what to report after the last record, if anything."""
        if self._state() == self._before:
            return None
        return InputError("the file changed while it was read", hint="run it again when it is complete")


def broken_off(error: Exception) -> InputError:
    """Return the error for a stream that ends before its end."""
    return InputError(
        f"the input is damaged or cut off from here on: {reason_of(error)}", hint="get it again"
    )


def reason_of(error: Exception) -> str:
    """Return what an error says, as one short printable line: it may quote names and bytes of the input."""
    said = (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
    return escaped(" ".join(said.split()))[:_LONGEST_REASON]
