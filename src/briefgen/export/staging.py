"""Files and folders that are whole-old or whole-new: written beside their place, then moved there.

What a killed export leaves beside it has its process in its name, and goes with the next export.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import stat
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from briefgen.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_HOST = re.sub(r"\W", "-", socket.gethostname())[:40]
_SYNCED = 50
"""Files of a folder that are waited for: every table, but not each of 100,000 pages."""
_MARK = f".briefgen-{_HOST}-"


@contextmanager
def staged_folder(path: Path, *, force: bool = False) -> Iterator[Path]:
    """A folder to write to, which becomes ``path``, or whose files go there if that exists.

    Raises :class:`UsageError` (there are files in it, and ``force`` is not set) and :class:`OutputError`.
    """
    _refuse(path, stat.S_ISDIR, "a folder")
    exists = path.is_dir()
    if exists and not force and any(not _is_ours(file.name) for file in path.iterdir()):
        raise UsageError(
            f"folder {str(path)!r} is not empty", hint="--force replaces the files that an export writes"
        )
    with _output_errors(path):
        temporary = _temporary(path if exists else path.parent)
        temporary.mkdir(mode=0o777)
        try:
            yield temporary
            _move(temporary, path, exists=exists)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def staged_file(path: Path, *, force: bool = False) -> Iterator[Path]:
    """The name of a file to write, which then takes the place of ``path``.

    Raises :class:`UsageError` (it exists, and ``force`` is not set) and :class:`OutputError`.
    """
    _refuse(path, stat.S_ISREG, "a regular file")
    if path.exists() and not force:
        raise UsageError(f"output {str(path)!r} exists", hint="--force replaces it")
    with _output_errors(path):
        temporary = _temporary(path.parent)
        try:
            yield temporary
            _sync(temporary)
            temporary.replace(path)
            _sync(path.parent)
        finally:
            with suppress(OSError):
                temporary.unlink()


def _refuse(path: Path, is_right: Callable[[int], bool], kind: str) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise _failed(path, os.strerror(error.errno or 0).lower()) from None
    if stat.S_ISLNK(mode):
        raise _failed(path, "it is a symbolic link")
    if not is_right(mode):
        raise _failed(path, f"it is not {kind}")


def _move(temporary: Path, path: Path, *, exists: bool) -> None:
    files = sorted(temporary.iterdir())
    for file in files[:_SYNCED]:
        _sync(file)
    if not exists:
        temporary.replace(path)
        _sync(path.parent)
        return
    for file in files:
        file.replace(path / file.name)
    _sync(path)


def _temporary(folder: Path) -> Path:
    """A name that nobody has; and nothing of exports that are no more."""
    for left in folder.iterdir():
        if not (_is_ours(left.name) and _is_abandoned(left.name)):
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink()
    return folder / f"{_MARK}{os.getpid()}-{secrets.token_hex(6)}.tmp"


def _is_ours(name: str) -> bool:
    return name.startswith(_MARK) and name.endswith(".tmp")


def _is_abandoned(name: str) -> bool:
    """Whether the process that made it is gone. One that has its number by chance only keeps it longer."""
    pid = name.removeprefix(_MARK).partition("-")[0]
    if not pid.isdigit() or sys.platform == "win32":  # where signal 0 is no question but Ctrl-C
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _sync(path: Path) -> None:
    """Bring it to the disk. Not every system opens folders; the data itself is safe by then."""
    with suppress(PermissionError if path.is_dir() else FileNotFoundError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _output_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _failed(path, os.strerror(error.errno).lower() if error.errno else str(error)) from None


def _failed(path: Path, why: str) -> OutputError:
    return OutputError(f"cannot write {str(path)!r}: {why}", hint="choose another place with -o")
