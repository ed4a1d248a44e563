"""The program ``briefgen export``, killed or out of space on the way: ``export_child.py HOW N ARGUMENT…``.

``dies``: SIGKILL at the N-th brief that is read. ``full``: no file may grow beyond N bytes.
"""

from __future__ import annotations

import itertools
import os
import resource
import signal
import sys
from typing import Any

from briefgen.cli.main import run
from briefgen.store import briefs

REAL = briefs.stored_brief


def interrupted(how: str, number: int) -> None:
    """Let it happen once the store is being read."""
    read = itertools.count(1)

    def reading(*arguments: Any) -> Any:
        at = next(read)
        if how == "full":
            resource.setrlimit(resource.RLIMIT_FSIZE, (number, resource.RLIM_INFINITY))
        elif at > number:
            os.kill(os.getpid(), signal.SIGKILL)
        return REAL(*arguments)

    setattr(briefs, "stored_brief", reading)  # noqa: B010 - mypy knows its type


if __name__ == "__main__":
    interrupted(sys.argv[1], int(sys.argv[2]))
    del sys.argv[1:3]
    run()
