"""What one run of the command line knows of itself, for its error lines."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

import sys
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from briefgen.errors import BriefgenError

LONGEST_LINE = 2000


@dataclass
class Session:
    """One run: whether tracebacks are wanted, and which article an error line names."""

    debug: bool = False
    article: str = "-"

    def error(self, code: str, message: str) -> None:
        """Write ``error[CODE] ARTICLE: what; what to do`` to standard error, as one line."""
        self.say(f"error[{code}] {self.article}: {message}")

    def say(self, message: str) -> None:
        """Write one line to standard error; control characters in it are written out."""
        from briefgen.render.clean import cut, visible

        _write_error(cut(visible(message), LONGEST_LINE) + "\n")

    def report(self, error: BriefgenError) -> int:
        """Report an error that was raised on purpose; return the exit code."""
        if self.debug:
            traceback.print_exception(error)
        self.error(error.code, str(error))
        return error.exit_code

    def report_unexpected(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """The ``sys.excepthook`` of a run. Its line leaves out the message, which may hold article text."""
        if self.debug:
            traceback.print_exception(kind, error, trace)
            remedy = "please report it with the lines above"
        else:
            remedy = "run `briefgen --debug …` for the place, and please report it"
        self.error("internal", f"unexpected {kind.__name__}; {remedy}")


def _write_error(text: str) -> None:
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except BrokenPipeError:
        return
