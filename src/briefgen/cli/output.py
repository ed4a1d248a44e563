"""Where results go: standard output, or a file that is whole-old or whole-new at every moment."""

from __future__ import annotations

import os
import secrets
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.errors import OutputError, UsageError

if TYPE_CHECKING:
    from io import TextIOBase

PIPE_CLOSED = 141
"""Exit code where the reader of standard output has gone: that of a program killed by SIGPIPE."""


class ReaderGone(Exception):
    """Nobody reads standard output any more."""


@dataclass(frozen=True)
class FileTarget:
    """A file to write, checked before any work is paid for."""

    path: Path
    force: bool = False

    @classmethod
    def checked(cls, path: Path, *, source: str = "-", force: bool = False) -> FileTarget:
        """Return the target, if it can be written and is not the input.

        Raises :class:`UsageError` (it is the input, or exists and ``force`` is not set) and
        :class:`OutputError` (a symbolic link, no regular file, or a directory that takes no files).
        """
        target = cls(path, force)
        if source != "-" and _same_file(path, Path(source)):
            raise UsageError(f"output {str(path)!r} is the input", hint="choose another name for -o")
        target._check()
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise _failed(path, "its directory is missing or read-only")
        return target

    def _check(self) -> None:
        """Look at what stands at the path now."""
        try:
            mode = os.lstat(self.path).st_mode
        except FileNotFoundError:
            return
        except OSError as error:
            raise _failed(self.path, _reason(error)) from None
        if stat.S_ISLNK(mode):
            raise _failed(self.path, "it is a symbolic link")
        if not stat.S_ISREG(mode):
            raise _failed(self.path, "it is not a regular file")
        if not self.force:
            raise UsageError(f"output {str(self.path)!r} exists", hint="--force replaces it")

    def write(self, text: str) -> None:
        """Write ``text`` and put it in place of the old file, if there is one, in one step.

        Raises :class:`OutputError`; the old file is then what it was.
        """
        self._check()
        temporary = self.path.with_name(f".briefgen-{secrets.token_hex(8)}.tmp")
        try:
            self._write_through(temporary, text.encode("utf-8"))
            temporary.replace(self.path)
            _sync_directory(self.path.parent)
        except OSError as error:
            raise _failed(self.path, _reason(error)) from None
        finally:
            with suppress(OSError):
                temporary.unlink()

    def _write_through(self, temporary: Path, data: bytes) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(temporary, flags, 0o666), "wb") as file:
            with suppress(FileNotFoundError):  # a new file gets what the umask leaves
                temporary.chmod(stat.S_IMODE(self.path.lstat().st_mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def make_folder(path: Path) -> None:
    """Make a folder, unless there is one. Raises :class:`OutputError`."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _failed(path, _reason(error)) from None


def stdout() -> TextIOBase:
    """Return standard output. Raises :class:`OutputError` if it is closed."""
    if sys.stdout is None:
        raise OutputError("standard output is closed", hint="write to a file with -o")
    return sys.stdout  # type: ignore[return-value]  # typeshed: a TextIO


def knows_only_ascii() -> bool:
    """Whether standard output cannot take every character."""
    encoding = (stdout().encoding or "ascii").lower().replace("_", "-")
    return not encoding.startswith("utf")


def write_stdout(text: str) -> None:
    """Write all of ``text``, characters that the encoding lacks written out.

    Raises :class:`ReaderGone` where nobody reads any more, and :class:`OutputError`.
    """
    stream = stdout()
    encoding = stream.encoding or "ascii"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        _close_stdout()
        raise ReaderGone from None
    except OSError as error:
        _close_stdout()
        raise OutputError(f"standard output: {_reason(error)}", hint="free space, or use -o") from None


def _close_stdout() -> None:
    """Send what is still buffered nowhere, so that the interpreter does not fail on it at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _sync_directory(directory: Path) -> None:
    """Make the new name last. Not every system opens directories; the data itself is safe by then."""
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _failed(path: Path, why: str) -> OutputError:
    return OutputError(f"cannot write {str(path)!r}: {why}", hint="choose another file with -o")


def _reason(error: OSError) -> str:
    return os.strerror(error.errno).lower() if error.errno else type(error).__name__
