"""What is left of a ZIP file that was cut off: the members at its front, without the directory at its end."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from briefgen.errors import InputError
from briefgen.sources.entries import Outcomes, ReadingOptions, Unreadable
from briefgen.sources.members import Member, Members, Readable

if TYPE_CHECKING:
    from collections.abc import Iterator

_BREAKS = (OSError, EOFError, zlib.error)
_HEADER = struct.Struct("<4s5H3L2H")
_DESCRIPTOR = struct.Struct("<4sL")
_DESCRIPTOR_SIZE = 16
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_FOLLOW, _UTF8 = 0x1, 0x8, 0x800
_CHUNK = 1 << 16


@dataclass(frozen=True)
class _Local:
    """One member as its own header tells it; ``size`` is that of the packed bytes, where it is told."""

    name: str
    method: int
    encrypted: bool
    start: int
    size: int | None
    crc: int | None


def read_remains(file: BinaryIO, label: str, options: ReadingOptions) -> Outcomes:
    """Yield the articles of the members that are whole, and one error for the rest."""
    members = Members(label, options, file.tell, _BREAKS)
    try:
        for local in _headers(file):
            if not local.name.endswith("/"):
                yield from members.outcomes(Member(local.name, partial(_open, file, local), packed=file.tell))
    except InputError as error:
        yield Unreadable(label, error)
        return
    except _BREAKS:
        pass  # that is the end of what can be read
    yield Unreadable(
        label, InputError("the ZIP archive is damaged or cut off: it has no directory", hint="get it again")
    )


def _headers(file: BinaryIO) -> Iterator[_Local]:
    at = 0
    while True:
        file.seek(at)
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size or not header.startswith(b"PK\x03\x04"):
            return
        _, _, flags, method, _, _, crc, packed, _, name_size, extra_size = _HEADER.unpack(header)
        name = file.read(name_size).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        start = at + _HEADER.size + name_size + extra_size
        later = bool(flags & _SIZES_FOLLOW)
        local = _Local(
            name, method, bool(flags & _ENCRYPTED), start, None if later else packed, None if later else crc
        )
        yield local
        if not later:
            at = start + packed
        elif method == _DEFLATED:
            at = _end_of(file, local)
        else:
            return


def _end_of(file: BinaryIO, local: _Local) -> int:
    """Return where the next header is, behind a member whose size is not told ahead."""
    inside = _Inside(file, local)
    while inside.read(_CHUNK):
        pass
    return inside.end + (_DESCRIPTOR_SIZE if inside.marked else _DESCRIPTOR_SIZE - 4)


def _open(file: BinaryIO, local: _Local) -> Readable:
    if local.encrypted:
        raise InputError("the member is encrypted", hint="unpack the archive", code="archive_encrypted")
    if local.method not in (_STORED, _DEFLATED) or (local.method == _STORED and local.size is None):
        raise InputError("the member is packed in a way that is not read", code="input_unsupported")
    return _Inside(file, local)


class _Inside:
    """The bytes of a member, unpacked as they are read; its checksum is compared at the end."""

    def __init__(self, file: BinaryIO, local: _Local) -> None:
        self._file = file
        self._local = local
        self._at = local.start
        self._crc = 0
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS) if local.method == _DEFLATED else None
        self.end = 0
        self.marked = False

    def read(self, size: int, /) -> bytes:
        data = self._stored(size) if self._inflate is None else self._inflated(size)
        self._crc = zlib.crc32(data, self._crc)
        if not data and size:
            self._check()
        return data

    def _stored(self, size: int) -> bytes:
        left = self._local.start + (self._local.size or 0) - self._at
        data = self._packed(min(size, left)) if left > 0 else b""
        if left > 0 and not data:
            raise EOFError("the archive ends inside a member")
        self.end = self._at
        return data

    def _inflated(self, size: int) -> bytes:
        inflate = self._inflate
        data = b""
        while inflate is not None and not data and not inflate.eof:
            packed = inflate.unconsumed_tail or self._packed(_CHUNK)
            if not packed:
                raise EOFError("the archive ends inside a member")
            data = inflate.decompress(packed, size)
            self.end = self._at - len(inflate.unused_data)
        return data

    def _packed(self, size: int) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(size)
        self._at += len(data)
        return data

    def _check(self) -> None:
        crc = self._local.crc
        if crc is None:
            self._file.seek(self.end)
            block = self._file.read(_DESCRIPTOR_SIZE)
            if len(block) < _DESCRIPTOR_SIZE:
                raise EOFError("the archive ends behind a member")
            mark, crc = _DESCRIPTOR.unpack_from(block)
            self.marked = mark == b"PK\x07\x08"
            crc = crc if self.marked else int.from_bytes(mark, "little")
        if crc != self._crc:
            raise OSError("the checksum of the member is wrong")
