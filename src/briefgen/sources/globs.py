"""Globs that the shell did not expand: ``*``, ``?``, ``[…]`` and ``**``, in a stable order.

Unlike :mod:`glob`, ``**`` follows no link: a link to a folder above would be walked forty times over.
"""

from __future__ import annotations

import os
import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAGIC = re.compile(r"[*?[]")


def is_glob(name: str) -> bool:
    """Say whether a name that leads nowhere is meant as a pattern."""
    return bool(_MAGIC.search(name))


def expand(pattern: str) -> Iterator[str]:
    """Yield the paths that match, files and folders, by name; those of one folder before its subfolders'."""
    parts = pattern.split("/")
    waiting = [("", 0)]
    while waiting:
        base, at = waiting.pop()
        part, last = parts[at], at == len(parts) - 1
        if part == "**" and not last:  # as the last part it is "*": folders are read with all below
            waiting.extend((path + "/", at) for path in reversed(list(_children(base, folders=True))))
            waiting.append((base, at + 1))
        elif not _MAGIC.search(part):
            path = base + part if last else base + part + "/"
            if last and part and os.path.lexists(path):
                yield path
            elif not last:
                waiting.append((path, at + 1))
        elif last:
            yield from _children(base, part)
        else:
            waiting.extend(
                (path + "/", at + 1) for path in reversed(list(_children(base, part, folders=True)))
            )


def _children(base: str, part: str = "*", *, folders: bool = False) -> Iterator[str]:
    try:
        with os.scandir(base or ".") as entries:
            names = [
                entry.name
                for entry in entries
                if (part.startswith(".") or not entry.name.startswith("."))
                and fnmatchcase(entry.name, part)
                and (not folders or entry.is_dir(follow_symlinks=False))
            ]
    except OSError:  # not a folder, or closed to us: nothing matches in it
        return
    for name in sorted(names):
        yield base + name
