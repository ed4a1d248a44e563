"""What becomes of each input of a batch, and how many came to what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from briefgen.errors import Usage

if TYPE_CHECKING:
    from briefgen.brief import Brief

State = Literal["done", "failed", "skipped", "pending"]
"""Every input ends in exactly one of these (RELIABILITY I1)."""

UNCHANGED = "unchanged"
"""Code of an input that an earlier run brought to its end."""
NOT_REACHED = "not_reached"
"""Code of an input that was pending because the run was stopped before its turn."""


@dataclass(frozen=True)
class BatchOutcome:
    """The end of one input.

    ``done``: ``brief`` is there; ``partial`` if a facet of it was not answered. ``failed`` and ``skipped``:
    ``code`` and ``message`` say why, ``retryable`` whether asking again may help. ``pending``: the run stopped
    before it was done (``not_reached``), or the model could not be reached for it; the next run takes it up.

    ``label`` is what the source calls the input. ``usage`` is what it cost, failed requests included;
    ``cost_usd`` is ``None`` where the price is not known. ``seconds`` from being taken up to its end.
    """

    state: State
    label: str
    article_id: str | None = None
    brief: Brief | None = None
    code: str = ""
    message: str = ""
    retryable: bool = False
    partial: bool = False
    usage: Usage = field(default_factory=Usage)
    cost_usd: float | None = None
    seconds: float = 0.0


@dataclass
class Tally:
    """Counts of a run. ``unread``: inputs that were counted after the run stopped, and not read; ``None``: unknown.

    ``unchanged`` and ``partial`` are among the skipped and the done; ``codes`` counts failed and skipped inputs.
    """

    done: int = 0
    failed: int = 0
    skipped: int = 0
    pending: int = 0
    partial: int = 0
    unchanged: int = 0
    usage: Usage = field(default_factory=Usage)
    cost_usd: float = 0.0
    unpriced: int = 0
    """Articles that were asked about at a price that is not known."""
    codes: Counter[str] = field(default_factory=Counter)

    @property
    def inputs(self) -> int:
        """All inputs; the four states add up to it."""
        return self.done + self.failed + self.skipped + self.pending

    @property
    def tokens(self) -> int:
        """Tokens in and out, as far as the server said."""
        return (self.usage.input_tokens or 0) + (self.usage.output_tokens or 0)

    def add(self, outcome: BatchOutcome) -> None:
        """Count one input."""
        setattr(self, outcome.state, getattr(self, outcome.state) + 1)
        self.partial += outcome.partial
        self.unchanged += outcome.code == UNCHANGED
        if outcome.state in ("failed", "skipped"):
            self.codes[outcome.code] += 1

    def spend(self, usage: Usage, cost_usd: float | None) -> None:
        """Count what asking about an article cost, whether it is done with that or not."""
        self.usage += usage
        if cost_usd is not None:
            self.cost_usd += cost_usd
        elif usage.requests:
            self.unpriced += 1
