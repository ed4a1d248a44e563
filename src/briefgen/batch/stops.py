"""Why a run stopped before its inputs were used up, and what it ends with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefgen.batch.outcomes import Tally

INTERRUPTED = "interrupted"
BUDGET = "budget_exceeded"
CIRCUIT = "api_unavailable"

_EXIT_CODES = {"api_auth": 3, "config": 3, INTERRUPTED: 130}
_RESUMABLE = 5


@dataclass(frozen=True)
class Stop:
    """``code`` as of the error that stopped the run, or ``interrupted``, ``budget_exceeded``.

    ``resume_at``: seconds since the epoch before which the server does not want to be asked.
    """

    code: str
    message: str
    resume_at: float | None = None

    @property
    def exit_code(self) -> int:
        return _EXIT_CODES.get(self.code, _RESUMABLE)


def exit_code(stop: Stop | None, tally: Tally) -> int:
    """What the command line ends with (RELIABILITY.md 3.0)."""
    if stop is not None:
        return stop.exit_code
    if tally.pending:
        return _RESUMABLE
    return 1 if tally.failed or tally.partial else 0


class Circuit:
    """Opens after ``most`` articles in a row for which the model could not be reached (A-35)."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._row = 0

    def reached(self) -> None:
        self._row = 0

    def unreached(self) -> bool:
        """Count one more; return whether the circuit is open."""
        self._row += 1
        return self._row >= self._most
