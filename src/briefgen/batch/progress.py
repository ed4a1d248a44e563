"""Where a run stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefgen.batch.outcomes import Tally


@dataclass(frozen=True)
class Progress:
    """Where a run stands. ``running``: labels of the articles under way, and for how many seconds; ``requests``
    under way and the ``limit`` of these; ``rate``: requests a second that the server lets through, if known.
    """

    tally: Tally
    seconds: float
    running: tuple[tuple[str, float], ...]
    requests: int
    limit: int
    rate: float | None
