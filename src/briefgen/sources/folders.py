"""Folders and globs: the files of an archive, each once, in a stable order.

A folder's own files come first, by name; then its subfolders, by name. Only the names of the folder at hand
(about 70 bytes each: 70 MB for a million files) and of the folders still to come are in memory. Names that
begin with a dot are left alone. What is no file of a format that is read is reported as skipped.
"""

# ruff: noqa: PTH110, PTH112, PTH116, PTH118, PTH119, PTH206 - plain strings: there may be a million, and names that are no UTF-8 stay as they are

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.errors import InputError
from briefgen.sources.base import shown
from briefgen.sources.entries import Unreadable
from briefgen.sources.formats import has_known_extension
from briefgen.sources.labels import path_label
from briefgen.sources.opening import failed_to_read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


@dataclass(frozen=True)
class _Names:
    """The names in one folder by what they are."""

    files: list[str]
    folders: list[str]
    links: list[str]
    devices: list[str]


class FolderWalk:
    """Walks one folder; ``follow_links`` as in :class:`briefgen.sources.entries.ReadingOptions`.

    ``without``: real paths of folders that are left out, because they were walked already.
    """

    def __init__(self, root: str, *, follow_links: bool = False, without: Collection[str] = ()) -> None:
        self._root = root
        self._follow = follow_links
        self._without = without
        self._real_root = os.path.realpath(root)
        self._visited: set[tuple[int, int]] = set()

    def __iter__(self) -> Iterator[str | Unreadable]:
        """Yield the paths of files, and what was skipped or cannot be read."""
        waiting = [self._root]
        empty = True
        while waiting:
            folder = waiting.pop()
            if self._without and os.path.realpath(folder) in self._without:
                empty = False
                continue
            try:
                names = self._names(folder)
            except OSError as error:
                empty = False
                yield Unreadable(path_label(folder), failed_to_read(folder, error))
                continue
            for outcome in self._outcomes(folder, names):
                empty = False
                yield outcome
            waiting.extend(os.path.join(folder, name) for name in sorted(names.folders, reverse=True))
        if empty:
            yield Unreadable(path_label(self._root), _nothing_in(self._root))

    def _names(self, folder: str) -> _Names:
        names = _Names([], [], [], [])
        if self._follow and not self._is_first_visit(folder):
            return names
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_symlink():
                    names.links.append(entry.name)
                elif entry.is_dir(follow_symlinks=False):
                    names.folders.append(entry.name)
                elif entry.is_file(follow_symlinks=False):
                    names.files.append(entry.name)
                else:
                    names.devices.append(entry.name)
        return names

    def _outcomes(self, folder: str, names: _Names) -> Iterator[str | Unreadable]:
        names.files.sort(reverse=True)
        while names.files:  # popped, so that the list shrinks as its files are read
            name = names.files.pop()
            path = os.path.join(folder, name)
            yield path if has_known_extension(name) else _skipped(path, "has no extension that is read")
        for name in sorted(names.devices):
            yield _skipped(os.path.join(folder, name), "is no regular file")
        for name in sorted(names.links):
            yield from self._linked(os.path.join(folder, name), name, names.folders)

    def _linked(self, path: str, name: str, folders: list[str]) -> Iterator[str | Unreadable]:
        if not self._follow:
            yield passed_over_link(path)
        elif not os.path.exists(path):
            yield Unreadable(path_label(path), failed_to_read(path, FileNotFoundError(errno.ENOENT, "")))
        elif os.path.isdir(path):
            folders.append(name)  # once only, however many links lead there
        elif self._is_seen_anyway(path):
            yield _skipped(path, "is a link to a file that is read under its own name")
        else:
            yield path

    def _is_first_visit(self, folder: str) -> bool:
        status = os.stat(folder)
        key = (status.st_dev, status.st_ino)
        if key in self._visited:
            return False
        self._visited.add(key)
        return True

    def _is_seen_anyway(self, path: str) -> bool:
        below = os.path.relpath(os.path.realpath(path), self._real_root)
        hidden = any(part.startswith(".") for part in below.split(os.sep))  # ".." too: outside the root
        return not hidden and has_known_extension(below)


def passed_over_link(path: str) -> Unreadable:
    """Return the outcome for a link that is not followed."""
    return _skipped(path, "is a symbolic link", "follow links with --follow")


def _skipped(path: str, why: str, hint: str = "give it by name to read it all the same") -> Unreadable:
    error = InputError(f"{shown(os.path.basename(path))} {why}", hint=hint, code="input_unsupported")
    return Unreadable(path_label(path), error, skipped=True)


def _nothing_in(folder: str) -> InputError:
    return InputError(f"the folder {shown(folder)} holds no file", hint="check the name", code="input_empty")
