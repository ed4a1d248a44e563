"""The program ``briefgen export``, killed or out of space on the way: ``export_child.py HOW N ARGUMENT…``.

``dies``: SIGKILL at the N-th brief that is read. ``full``: no file may grow beyond N bytes.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from typing import Any

from briefgen.cli.main import run
from briefgen.store import briefs

if __name__ == "__main__":
    how, number = sys.argv[1], int(sys.argv[2])
    del sys.argv[1:3]
    if how == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (number, resource.RLIM_INFINITY))
    else:
        left = [number]
        real = briefs.stored_brief

        def dying(*arguments: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*arguments)

        setattr(briefs, "stored_brief", dying)  # noqa: B010 - mypy knows its type
    run()
