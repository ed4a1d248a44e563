"""A store's file: whether it may be opened, made with nobody else's eyes on it, and what SQLite's errors mean."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from briefgen.errors import (
    InputError,
    StoreCorrupt,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreNewer,
    UsageError,
)
from briefgen.store import schema
from briefgen.store.locking import alone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAGIC = b"SQLite format 3\x00"
_SIDE_FILES = ("-wal", "-shm", "-journal", ".lock")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CACHE_KIB = 4000


@dataclass(frozen=True)
class Access:
    """How a store is opened. ``busy_seconds``: how long to wait for somebody else's transaction."""

    create: bool = False
    readonly: bool = False
    busy_seconds: float = 5.0


def connect(path: Path, access: Access) -> sqlite3.Connection:
    """Open the store at ``path``, after migrating it if it is older.

    Raises :class:`UsageError` (it is no regular file), :class:`InputError` (there is none), and
    :class:`StoreError` of every kind; a file that is no store of ours is left as it is.
    """
    with store_errors(path):
        made = _inspect(path, access)
        try:
            return _connect(path, access, made=made)
        except BaseException:
            if made:
                _remove(path)
            raise


def _connect(path: Path, access: Access, *, made: bool) -> sqlite3.Connection:
    try:
        return _opened(path, access, _mode(path, access), made=made)
    except sqlite3.OperationalError as error:
        # A full disk has no room for SQLite's shared memory. Without a log there is nothing to share.
        no_room = _name_of(error).startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_FULL"))
        if not (no_room and access.readonly) or _has_log(path):
            raise
        return _opened(path, access, "immutable=1", made=made)


def _opened(path: Path, access: Access, mode: str, *, made: bool) -> sqlite3.Connection:
    connection = _raw(path, access, mode)
    try:
        version = schema.version_of(connection)
        _check_version(path, version if version or made or access.create else None)
        if version != len(schema.MIGRATIONS):
            _migrated(path, access, mode, new=not version)
        if access.readonly:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _mode(path: Path, access: Access) -> str:
    """How SQLite shall open it. A reader may write too: the last one to leave clears SQLite's files away."""
    if not access.readonly or all(os.access(place, os.W_OK) for place in (path, path.parent)):
        return "mode=rw"
    return "mode=ro" if _has_log(path) else "immutable=1"


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _check_version(path: Path, version: int | None) -> None:
    if version is None:
        raise _no_store(path)
    if version > len(schema.MIGRATIONS):
        raise StoreNewer(
            f"a newer briefgen made the store {str(path)!r} (version {version}, this one knows {len(schema.MIGRATIONS)})",
            hint="update briefgen",
        )


def _no_store(path: Path) -> StoreCorrupt:
    return StoreCorrupt(f"{str(path)!r} is no store of briefs", hint="choose another file")


def _raw(path: Path, access: Access, mode: str) -> sqlite3.Connection:
    """A connection without transactions of its own accord, whichever thread uses it."""
    connection = sqlite3.connect(
        f"file:{quote(os.fspath(path.absolute()))}?{mode}",
        uri=True,
        timeout=access.busy_seconds,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("PRAGMA foreign_keys = ON")
        # With a WAL what is committed survives the process, not always the machine (RELIABILITY K-22): a wait
        # for the disk at every commit costs more than asking the last seconds' articles again.
        connection.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _migrated(path: Path, access: Access, mode: str, *, new: bool) -> None:
    """Bring the file up to date through a connection that may write: an older store only while no run has it, as the
    tables of a run of the older version would change under it.
    """
    if mode != "mode=rw":
        raise StoreError(
            f"the store {str(path)!r} is of an older version and cannot be brought up to date where it is",
            hint="copy it to where it can be written to",
        )
    with nullcontext() if new else alone(path, lambda: "a run of an older version"):
        _migrate(path, access)


def _migrate(path: Path, access: Access) -> None:
    connection = _raw(path, access, "mode=rw")
    try:
        # In WAL mode readers and the writer do not wait for each other; the mode stays with the file.
        connection.execute("PRAGMA journal_mode = WAL")
        schema.migrate(connection)
    finally:
        connection.close()


def _inspect(path: Path, access: Access) -> bool:
    """Refuse what is no plain file; make the file if it shall be made. Return whether it was made."""
    for name in (path, *(path.with_name(path.name + ending) for ending in _SIDE_FILES)):
        with suppress(FileNotFoundError):
            if stat.S_ISLNK(name.lstat().st_mode):
                raise StoreError(f"{str(name)!r} is a symbolic link", hint="give the file itself")
    try:
        status = path.lstat()
    except FileNotFoundError:
        if not access.create:
            raise InputError(
                f"there is no store {str(path)!r}", hint="briefgen batch makes one", code="input_missing"
            ) from None
        return _make(path)
    if not stat.S_ISREG(status.st_mode):
        raise UsageError(f"{str(path)!r} is no regular file", hint="give the file of a store")
    _check_content(path, status.st_size, access)
    if not access.readonly:
        _check_writable(path)
    return False


def _check_content(path: Path, size: int, access: Access) -> None:
    if size == 0 and access.create:
        return
    with path.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise _no_store(path)


def _check_writable(path: Path) -> None:
    for name in (path, path.parent):
        if not os.access(name, os.W_OK):
            raise StoreError(f"{str(name)!r} is read-only", hint="choose another place for --store")


def _make(path: Path) -> bool:
    """An empty file that only its owner may read, whatever the umask; SQLite's other files take after it."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        os.close(os.open(path, flags, 0o600))
    except FileExistsError:
        return False  # another process was quicker: it makes the tables, or waits for us to
    return True


def _remove(path: Path) -> None:
    for ending in ("", *_SIDE_FILES[:2]):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the system in the block into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translated(path, error) from None
    except OSError as error:
        if error.errno in _FULL:
            raise _full(path) from None
        raise _failed(path, os.strerror(error.errno or 0).lower()) from None


def _translated(path: Path, error: sqlite3.Error) -> StoreError:
    name = _name_of(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return StoreLocked(
            f"another program is writing to the store {str(path)!r}",
            hint="try again when it is done",
        )
    if name == "SQLITE_FULL":
        return _full(path)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreCorrupt(
            f"the store {str(path)!r} is damaged",
            hint="restore it from a copy, or take what is left with SQLite's .recover",
        )
    if name.startswith("SQLITE_IOERR"):
        return _failed(path, "the disk reports an error, or takes no larger file")
    return _failed(path, str(error))


def _name_of(error: sqlite3.Error) -> str:
    """SQLite's own name of an error; "" for what Python's module found wrong itself."""
    return getattr(error, "sqlite_errorname", "") or ""


def _full(path: Path) -> StoreFull:
    return StoreFull(
        f"there is no space left for the store {str(path)!r}",
        hint="free space and run the same command again",
    )


def _failed(path: Path, why: str) -> StoreError:
    return StoreError(f"the store {str(path)!r} cannot be used: {why}", hint="check the disk and permissions")
