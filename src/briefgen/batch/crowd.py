"""How many requests may be under way at once: few at first, more while the server copes, half when it does not."""

from __future__ import annotations

FIRST = 4
_SAMPLE = 8
_TOO_MANY = 0.25


class Crowd:
    """``limit`` is between 1 and ``most``. Refusals (429) are none of its business: see :mod:`.rates`.

    It doubles with every round of answers until the server first fails to cope, and grows by one a round
    after that. One error is none: a quarter of the last answers must be missing before it is halved.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._limit = float(min(FIRST, most))
        self._doubling = True
        self._since = float("-inf")
        """Only requests sent from this instant on count: those before were sent under another limit."""
        self._answers = self._missing = 0

    @property
    def limit(self) -> int:
        return int(self._limit)

    def coped(self, sent_at: float) -> None:
        """The server answered, with whatever."""
        step = 1.0 if self._doubling else 1 / self._limit
        self._limit = min(float(self._most), self._limit + step)
        if sent_at >= self._since:
            self._count(missing=False)

    def failed(self, sent_at: float, now: float) -> None:
        """The server is overloaded, out of order, or did not answer."""
        if sent_at < self._since:
            return
        self._count(missing=True)
        if self._answers >= min(_SAMPLE, self._limit) and self._missing > _TOO_MANY * self._answers:
            self._limit = max(1.0, self._limit / 2)
            self._doubling = False
            self._since = now
            self._answers = self._missing = 0

    def _count(self, *, missing: bool) -> None:
        self._answers += 1
        self._missing += missing
        if self._answers >= 2 * _SAMPLE and self._answers >= 2 * self._limit:
            self._answers //= 2
            self._missing //= 2
