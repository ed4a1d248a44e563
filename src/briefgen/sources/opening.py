"""Opening files that may be anything: only regular ones, never waiting, every failure an InputError."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, BinaryIO

from briefgen.errors import InputError, UsageError
from briefgen.sources.base import shown

if TYPE_CHECKING:
    from pathlib import Path

_MISSING = (errno.ENOENT, errno.ENOTDIR)


def open_regular(path: str | Path) -> BinaryIO:
    """Open a regular file for reading bytes.

    Raises :class:`InputError` (``input_missing``, ``input_unreadable``; ``input_unsupported`` for pipes,
    sockets and devices) and :class:`UsageError` for a folder.
    """
    label = shown(path)
    try:
        refuse_by_status(os.stat(path), label)  # noqa: PTH116 - any name, surrogates and all
        # Opened without waiting: the file may have become a pipe since.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError) as error:
        raise failed_to_read(path, error) from error
    stream = open(handle, "rb")  # noqa: PTH123, SIM115 - a descriptor; the caller closes it
    try:
        refuse_by_status(os.fstat(handle), label)
    except BaseException:
        stream.close()
        raise
    return stream


def refuse_by_status(status: os.stat_result, label: str) -> None:
    """Raise for what is no regular file."""
    if stat.S_ISDIR(status.st_mode):
        raise UsageError(f"{label} is a folder", hint="give a file, or read folders with: briefgen batch")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(
            f"{label} is no regular file", hint="pipe its content in and give -", code="input_unsupported"
        )


def failed_to_read(path: str | Path, error: OSError | ValueError) -> InputError:
    """Return the error for a path that the system does not open or read."""
    label = shown(path)
    if isinstance(error, OSError) and error.errno not in _MISSING:
        return InputError(
            f"cannot read {label}: {error.strerror or error}", hint="check the name and its permissions"
        )
    # A ValueError is a NUL in the name.
    return InputError(f"there is no file {label}", hint="check the name", code="input_missing")
