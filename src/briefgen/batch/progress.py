"""Where a run stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefgen.batch.crew import Figures
    from briefgen.batch.outcomes import Tally


@dataclass(frozen=True)
class Progress:
    """Where a run stands. ``running``: labels of the articles under way, and for how many seconds."""

    tally: Tally
    seconds: float
    running: tuple[tuple[str, float], ...]
    figures: Figures
