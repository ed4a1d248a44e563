"""ZIP archives, opened by their directory; where that is missing (cut off), read from the front."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from briefgen.errors import InputError
from briefgen.sources.entries import Outcomes, ReadingOptions, Unreadable
from briefgen.sources.members import Member, Members, too_many
from briefgen.sources.streams import reason_of
from briefgen.sources.zip_directory import find_directory, has_more_than
from briefgen.sources.zip_remains import read_remains

if TYPE_CHECKING:
    from briefgen.sources.members import Readable

BREAKS = (OSError, EOFError, zlib.error, zipfile.BadZipFile, struct.error, ValueError, OverflowError)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)


def read_zip(file: BinaryIO, label: str, options: ReadingOptions) -> Outcomes:
    """Yield the articles of every member, in the order of the directory.

    Bytes before or after the ZIP file are flagged ``archive_surrounded`` on each article (B-ARC-12).
    """
    directory = find_directory(file)
    if directory is None:
        yield from read_remains(file, label, options)
        return
    try:
        if has_more_than(options.limits.members, directory, file):
            raise too_many(options.limits.members)
        with zipfile.ZipFile(file) as archive:
            members = Members(label, options, partial(_size_of, file), BREAKS)
            members.flags = ("archive_surrounded",) if directory.surrounded else ()
            for info in archive.infolist():
                if not info.filename.endswith("/"):  # ``is_dir`` fails on a member without a name
                    yield from members.outcomes(_member(archive, info))
    except InputError as error:
        yield Unreadable(label, error)
    except (*BREAKS, NotImplementedError) as error:
        yield Unreadable(
            label, InputError(f"the ZIP archive is damaged: {reason_of(error)}", hint="get it again")
        )


def _size_of(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    mode = info.external_attr >> 16
    regular = stat.S_IFMT(mode) in (0, stat.S_IFREG)
    return Member(info.filename, partial(_open, archive, info), regular, lambda: info.compress_size)


def _open(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Readable:
    if info.flag_bits & 0x1:
        raise InputError("the member is encrypted", hint="unpack the archive", code="archive_encrypted")
    if info.compress_type not in _METHODS:
        raise InputError(
            f"the member is packed with method {info.compress_type}, which is not read",
            hint="unpack the archive",
            code="input_unsupported",
        )
    return archive.open(info)
