"""The figures of a batch, as people and as programs read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefgen.batch import BatchOutcome, Progress, Tally

_SHOWN_SECONDS = 600.0
"""The rate is that of the last ten minutes, or of the whole run if it is shorter."""


@dataclass(frozen=True)
class _Mark:
    at: float
    asked: int


class Pace:
    """How fast a run goes, and how long it will take."""

    def __init__(self) -> None:
        self._marks: list[_Mark] = [_Mark(0.0, 0)]

    def rate(self, progress: Progress) -> float:
        """Articles a second, of those that were asked about."""
        tally = progress.tally
        mark = _Mark(progress.seconds, tally.done + tally.failed)
        if mark.at - self._marks[-1].at >= 1.0:
            self._marks.append(mark)
        while len(self._marks) > 2 and mark.at - self._marks[1].at > _SHOWN_SECONDS:
            self._marks.pop(0)
        first = self._marks[0]
        return (mark.asked - first.asked) / max(mark.at - first.at, 1e-3)

    def left(self, progress: Progress, total: int | None) -> float | None:
        """Seconds to go; ``None`` if nobody knows."""
        rate = self.rate(progress)
        return None if total is None or not rate else max(0, total - progress.tally.inputs) / rate


def states(tally: Tally) -> str:
    """Return "1,234 done (3 partial), 5 failed, 20 skipped, 0 pending"."""
    partial = f" ({tally.partial:,} partial)" if tally.partial else ""
    unchanged = f" ({tally.unchanged:,} unchanged)" if tally.unchanged else ""
    return (
        f"{tally.done:,} done{partial}, {tally.failed:,} failed, {tally.skipped:,} skipped{unchanged}, "
        f"{tally.pending:,} pending"
    )


def cost(tally: Tally) -> str:
    """Return the money spent, or that nobody knows it."""
    return dollars(tally.cost_usd if tally.unpriced == 0 else None)


def dollars(amount: float | None) -> str:
    """Return "0.45 USD"; "cost unknown"."""
    return "cost unknown" if amount is None else f"{amount:.2f} USD" if amount >= 1 else f"{amount:.4f} USD"


def duration(seconds: float) -> str:
    """Return "1:02:03"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def tokens(count: int | None, *, requests: int = 1) -> str:
    """Return "1.2 M tokens". Of ``requests`` requests; without one it is none, not unknown."""
    count = count if requests else 0
    if count is None:
        return "tokens unknown"
    return f"{count:,} tokens" if count < 1_000_000 else f"{count / 1e6:.2f} M tokens"


def line(progress: Progress, rate: float, left: float | None) -> str:
    """One line on where a run stands."""
    parts = [states(progress.tally), f"{rate:.1f}/s", tokens(progress.tally.tokens), cost(progress.tally)]
    parts.append(f"{duration(progress.seconds)} gone")
    if left is not None:
        parts.append(f"{duration(left)} left")
    return "; ".join(parts)


def as_json(tally: Tally) -> dict[str, Any]:
    """The figures of a tally, for a log."""
    return {
        "done": tally.done,
        "failed": tally.failed,
        "skipped": tally.skipped,
        "pending": tally.pending,
        "partial": tally.partial,
        "unchanged": tally.unchanged,
        "codes": dict(sorted(tally.codes.items())),
        "requests": tally.usage.requests,
        "input_tokens": tally.usage.input_tokens,
        "cached_tokens": tally.usage.cached_tokens,
        "output_tokens": tally.usage.output_tokens,
        "cost_usd": None if tally.unpriced else round(tally.cost_usd, 6),
    }


def outcome_as_json(outcome: BatchOutcome) -> dict[str, Any]:
    """One outcome, for a log: nothing that an article or a server said."""
    return {
        "label": outcome.label,
        "article": outcome.article_id,
        "state": outcome.state,
        "code": outcome.code,
        "partial": outcome.partial,
        "requests": outcome.usage.requests,
        "input_tokens": outcome.usage.input_tokens,
        "output_tokens": outcome.usage.output_tokens,
        "cost_usd": outcome.cost_usd,
        "seconds": round(outcome.seconds, 3),
    }
