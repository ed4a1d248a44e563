"""The directory at the end of a ZIP file, looked at before :mod:`zipfile` takes all of it into memory."""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_SIZE = 20
_ENTRY_SIZE = 46
_LENGTHS = struct.Struct("<3H")  # of name, extra field and comment, 28 bytes into an entry
_MOST = 64_000_000
_FULL = 0xFFFFFFFF


@dataclass(frozen=True)
class Directory:
    """Where the directory is (``start``, ``size``), and whether there are bytes around the ZIP file."""

    start: int
    size: int
    surrounded: bool


def find_directory(file: BinaryIO) -> Directory | None:
    """Return what the end of the file says of the directory; ``None`` where it says nothing."""
    whole = file.seek(0, os.SEEK_END)
    tail_at = max(0, whole - (1 << 16) - _END.size)
    file.seek(tail_at)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        return None
    *_, size, offset, comment = _END.unpack_from(tail, at)
    end = tail_at + at
    after = end + _END.size + comment
    if _FULL in (size, offset):
        file.seek(max(0, end - _LOCATOR_SIZE - _END64.size))
        block = file.read(_END64.size)
        if len(block) == _END64.size and block.startswith(b"PK\x06\x06"):
            end = end - _LOCATOR_SIZE - _END64.size
            *_, size, offset = _END64.unpack(block)
    if size > end:
        return None
    return Directory(end - size, size, surrounded=end - size != offset or after != whole)


def has_more_than(members: int, directory: Directory, file: BinaryIO) -> bool:
    """Say whether the directory lists more than so many members, whatever number it claims."""
    if directory.size > _MOST:
        return True
    file.seek(directory.start)
    data = file.read(directory.size)
    return any(number >= members for number, _ in enumerate(_entries(data)))


def _entries(data: bytes) -> Iterator[int]:
    at = 0
    while data.startswith(b"PK\x01\x02", at) and at + _ENTRY_SIZE <= len(data):
        yield at
        at += _ENTRY_SIZE + sum(_LENGTHS.unpack_from(data, at + 28))
