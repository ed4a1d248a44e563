"""One pace for all requests of a batch: how many at once, how many a minute, and when none.

What limits them: the crowd that the server copes with (:mod:`.crowd`), the rate that it lets through
(:mod:`.rates`), what its headers say is left (:mod:`.allowances`), a Retry-After, and the caller's own
``--rpm`` and ``--tpm``. A refusal that one caller gets holds for all.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.batch.allowances import Allowance, read_allowances
from briefgen.batch.crowd import Crowd
from briefgen.batch.rates import LearntRate
from briefgen.batch.verdicts import is_fatal
from briefgen.errors import ModelUnavailable, RateLimited
from briefgen.providers.pacing import LONGEST_WAIT, Closed, Sent, TooLong, Waiter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from briefgen.errors import BriefgenError

_LOOK = 0.5
"""Seconds after which somebody who waits for a place looks whether the model was closed."""
_LOW = 2
"""With fewer requests left than this many times those under way, they are spread over the time left."""


@dataclass(frozen=True)
class Limits:
    """``concurrency``: requests at once, at most. ``rpm``, ``tpm``: requests and tokens a minute."""

    concurrency: int = 8
    rpm: float | None = None
    tpm: float | None = None

    def shares(self, count: int) -> list[Limits]:
        """Divide them among so many."""
        least, more = divmod(self.concurrency, count)
        sizes = [least + (number < more) for number in range(count)]
        parts = [size / self.concurrency for size in sizes]
        return [
            Limits(size, self.rpm and self.rpm * part, self.tpm and self.tpm * part)
            for size, part in zip(sizes, parts, strict=True)
        ]


class Admission:
    """The :class:`briefgen.providers.pacing.Pace` of a batch. Safe to call from many threads."""

    def __init__(
        self,
        limits: Limits,
        monotonic: Callable[[], float],
        *,
        on_shut: Callable[[float], None] | None = None,
    ) -> None:
        """``on_shut`` is told for how many seconds the server wants to be left alone, when it says so."""
        self._limits = limits
        self._on_shut = on_shut or (lambda _: None)
        self._monotonic = monotonic
        self._changed = threading.Condition()
        self._crowd = Crowd(limits.concurrency)
        self._learnt = LearntRate()
        self._under_way = 0
        self._shut_until = float("-inf")
        self._wishes = 0
        """How often the gate was shut: who waited meanwhile gets a new turn."""
        self._next_turn = self._next_tokens = float("-inf")
        self._tokens_a_request = 0.0
        self._closed = False
        self._last = float("inf")

    # -- the pace ---------------------------------------------------------------------------------------

    def enter(self, waiter: Waiter) -> Sent:
        """Wait for a place and a turn. The time that this takes is added to what the call has left."""
        self._take_place(waiter)
        try:
            return self._take_turn(waiter)
        except BaseException:
            with self._changed:
                self._give_place()
            raise

    def leave(self, sent: Sent, error: BriefgenError | None, tokens: int | None) -> None:
        """Learn from how a request ended."""
        with self._changed:
            now = self._monotonic()
            if isinstance(error, RateLimited):
                self._learnt.refused(sent.at, now, error.retry_after)
            else:
                self._learnt.let_through(now)
            if isinstance(error, ModelUnavailable) and not isinstance(error, RateLimited):
                self._crowd.failed(sent.at, now)
            else:
                self._crowd.coped(sent.at)
            if is_fatal(error):
                self._close()  # before the next worker sends in vain
            if tokens is not None:
                self._settle(sent, tokens)
            self._give_place()

    def shut(self, seconds: float) -> None:
        self.leave_alone(seconds)
        self._on_shut(seconds)

    def heard(self, headers: Mapping[str, str]) -> None:
        for allowance in read_allowances(headers):
            with self._changed:
                self._heed(allowance)

    def leave_alone(self, seconds: float) -> None:
        """As :meth:`shut`, where somebody else was asked to."""
        with self._changed:
            self._shut(self._monotonic() + seconds)

    # -- the batch --------------------------------------------------------------------------------------

    def close(self) -> None:
        """Send away whoever waits, and whoever comes."""
        with self._changed:
            self._close()

    def let_none_in_after(self, instant: float) -> None:
        """Send away, now, whoever would have to wait for longer than until then."""
        self._last = instant

    @property
    def under_way(self) -> int:
        """Requests that were let in and have not ended."""
        return self._under_way

    @property
    def limit(self) -> int:
        """Requests that may be under way at once, now."""
        return self._crowd.limit

    @property
    def rate(self) -> float | None:
        """Requests a second that the server lets through, as far as is known."""
        return self._learnt.rate

    # -- places and turns -------------------------------------------------------------------------------

    def _take_place(self, waiter: Waiter) -> None:
        with self._changed, self._on_our_time(waiter):
            while not self._refuses(waiter) and self._under_way >= self._crowd.limit:
                self._changed.wait(_LOOK)
            if self._refuses(waiter):
                raise Closed
            self._under_way += 1

    def _refuses(self, waiter: Waiter, at: float = float("-inf")) -> bool:
        """Whether a request may not be sent any more, or not as late as ``at``."""
        return self._closed or at > self._last or waiter.closed()

    def _close(self) -> None:
        self._closed = True
        self._changed.notify_all()

    def _give_place(self) -> None:
        self._under_way -= 1
        self._changed.notify(2)  # the limit may have grown by one as well

    def _take_turn(self, waiter: Waiter) -> Sent:
        while True:
            with self._changed:
                now = self._monotonic()
                if self._shut_until <= now:
                    at, wishes = self._reserve(now, waiter.tokens), self._wishes
                else:
                    at, wishes = self._shut_until, -1
                    if at - now > LONGEST_WAIT or at > waiter.ends:
                        raise TooLong(at - now)
            if wishes >= 0:
                with self._on_our_time(waiter):
                    self._sleep_until(at, waiter)
            else:
                self._sleep_until(at, waiter)
            with self._changed:
                now = self._monotonic()
                if self._refuses(waiter, at):
                    raise Closed
                if wishes == self._wishes:
                    self._learnt.sent(now)
                    return Sent(now, waiter.tokens)

    def _sleep_until(self, at: float, waiter: Waiter) -> None:
        while not self._refuses(waiter, at) and (left := at - self._monotonic()) > 0:
            waiter.sleep(min(left, _LOOK))

    @contextmanager
    def _on_our_time(self, waiter: Waiter) -> Iterator[None]:
        """Let a call not lose the time for which our limits, not the server's wishes, hold it up."""
        started = self._monotonic()
        yield
        waiter.ends += self._monotonic() - started

    def _reserve(self, now: float, tokens: int) -> float:
        """Take the next turn, which may be now, and return when it is."""
        at = max(now, self._next_turn, self._next_tokens)
        gaps = [60 / self._limits.rpm] if self._limits.rpm else []
        if self._learnt.rate is not None:
            gaps.append(1 / self._learnt.rate)
        if gaps:
            self._next_turn = at + max(gaps)
        if self._limits.tpm:
            self._next_tokens = at + (self._tokens_a_request or tokens) * 60 / self._limits.tpm
        return at

    # -- what is learnt ---------------------------------------------------------------------------------

    def _settle(self, sent: Sent, tokens: int) -> None:
        reserved = self._tokens_a_request or sent.tokens
        self._tokens_a_request = 0.9 * reserved + 0.1 * tokens
        if self._limits.tpm:
            self._next_tokens += (tokens - reserved) * 60 / self._limits.tpm

    def _shut(self, until: float) -> None:
        if until > self._shut_until:
            self._shut_until = until
            self._wishes += 1
            self._next_turn = max(self._monotonic(), until)

    def _heed(self, allowance: Allowance) -> None:
        now = self._monotonic()
        needed = 1.0 if allowance.of == "requests" else max(1.0, self._tokens_a_request)
        left = allowance.remaining / needed
        if left < 1:
            self._shut(now + allowance.reset)
        elif allowance.reset and left < _LOW * self._under_way:
            self._next_turn = max(self._next_turn, now + allowance.reset / left)
