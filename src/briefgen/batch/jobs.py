"""Articles on their way through a run."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefgen.batch.outcomes import BatchOutcome
from briefgen.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.batch.outcomes import State
    from briefgen.batch.verdicts import Verdict
    from briefgen.brief import Brief
    from briefgen.sources.entries import Entry
    from briefgen.store import RawAnswer


@dataclass
class Job:
    """``chances`` and ``tries``: how often it may still be tried again, after an answer that cannot be used and
    after none. ``usage`` and ``usd`` of all tries; ``usd`` is ``None`` once one had no known price. ``kept``: the
    brief of an earlier try, should a later one give none.
    """

    entry: Entry
    chances: int
    tries: int
    since: float = 0.0
    tried: bool = False
    usage: Usage = field(default_factory=Usage)
    usd: float | None = 0.0
    kept: tuple[Brief, Sequence[RawAnswer]] | None = None

    def spend(self, usage: Usage, usd: float | None) -> None:
        """Add what a try cost."""
        self.usage += usage
        self.usd = None if self.usd is None or usd is None else self.usd + usd

    def may_go_again(self, verdict: Verdict) -> bool:
        """Whether it may be tried once more, which is then one time less."""
        if not verdict.again:
            return False
        if verdict.kind == "unreached":
            self.tries -= 1
            return self.tries >= 0
        self.chances -= 1
        return self.chances >= 0

    def billed(self, brief: Brief) -> Brief:
        """The brief, with what all tries cost in its provenance."""
        used = self.usage
        counted = {
            "requests": used.requests,
            "input_tokens": used.input_tokens,
            "cached_tokens": used.cached_tokens,
            "output_tokens": used.output_tokens,
            "cost_usd": self.usd,
        }
        return brief.model_copy(update={"provenance": brief.provenance.model_copy(update=counted)})

    def outcome(self, state: State, verdict: Verdict, now: float, brief: Brief | None = None) -> BatchOutcome:
        """The end of it."""
        failures = brief.coverage.failures if brief else {}
        return BatchOutcome(
            state,
            self.entry.label,
            self.entry.article.id,
            brief,
            next((failure.code for failure in failures.values()), "") if brief else verdict.code,
            "" if brief else verdict.message,
            retryable=verdict.again,
            partial=bool(failures),
            usage=self.usage,
            cost_usd=self.usd,
            seconds=now - self.since if self.tried else 0.0,
        )


class Waiting:
    """Jobs whose turn is to come: new ones in order, and those that are to be tried again later.

    They are tried when nothing new is at hand, or when there are too many of them.
    """

    def __init__(self, most_again: int) -> None:
        self._most_again = most_again
        self._new: deque[Job] = deque()
        self._again: deque[Job] = deque()

    def __bool__(self) -> bool:
        return bool(self._new or self._again)

    def add(self, job: Job) -> None:
        (self._again if job.tried else self._new).append(job)

    def next(self) -> Job:
        """Take the next one."""
        again = self._again and (not self._new or len(self._again) >= self._most_again)
        return (self._again if again else self._new).popleft()

    def give_back(self, job: Job) -> None:
        """Return one that was taken: its turn has not come."""
        (self._again if job.tried else self._new).appendleft(job)

    def clear(self) -> list[Job]:
        """Take all."""
        jobs = [*self._again, *self._new]
        self._again.clear()
        self._new.clear()
        return jobs
