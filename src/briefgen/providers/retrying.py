"""The one retry loop: what may be sent again, when, and how often.

Nothing below it retries (the SDK's retries and redirects are off) and nothing above it does, save for one
re-ask after an answer that does not fit. So a call makes at most :attr:`RetryPolicy.requests` requests.
"""

from __future__ import annotations

import random
import re
import threading
import time
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type

from briefgen.errors import BriefgenError, ModelUnavailable, RateLimited
from briefgen.providers.pacing import LONGEST_WAIT, Closed, Gate, TooLong, Waiter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from briefgen.providers.pacing import Pace, Sent

R = TypeVar("R")

NEVER, ONCE, FULLY = 1, 2, 3
"""Requests that a fault is worth: none again, one again, all that the policy has."""

_PLAUSIBLE = 31 * 86_400.0
"""Seconds. A Retry-After beyond a month is rubbish, not a wish."""

_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,6})?")


class Fault(Exception):
    """One request failed with ``error``; the same fault is worth at most ``attempts`` requests.

    ``retry_after``: seconds for which the server asks to be left alone.
    """

    def __init__(
        self, error: BriefgenError, *, attempts: int = NEVER, retry_after: float | None = None
    ) -> None:
        super().__init__(error.code)
        self.error = error
        self.attempts = attempts
        self.retry_after = retry_after


@dataclass(frozen=True)
class RetryPolicy:
    """``requests`` and ``seconds`` bound one call of the model; backoff is in seconds, with full jitter."""

    requests: int = 4
    seconds: float = 300.0
    backoff_first: float = 0.5
    backoff_longest: float = 8.0


@dataclass(frozen=True)
class Clock:
    """Where time comes from. ``sleep`` is ``None`` for a wait that :meth:`RetryLoop.close` ends."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], object] | None = None
    jitter: Callable[[], float] = random.random


@dataclass
class Budget:
    """What one call may still spend: requests, and time until the instant ``ends`` of the monotonic clock.

    ``tokens`` estimates what its next request costs, in and out; ``counted`` is what the server said the last
    one cost, if it said.
    """

    requests: int
    ends: float
    tokens: int = 0
    counted: int | None = None


class RetryLoop:
    """Shared by all callers of one model, so that all of them heed one Retry-After."""

    def __init__(self, policy: RetryPolicy | None = None, clock: Clock | None = None) -> None:
        self._policy = policy or RetryPolicy()
        self.clock = clock or Clock()
        self._closed = threading.Event()
        self.pace: Pace = Gate(self.clock.monotonic)

    def budget(self, tokens: int = 0) -> Budget:
        return Budget(self._policy.requests, self.clock.monotonic() + self._policy.seconds, tokens)

    def run(self, send: Callable[[float], R], budget: Budget) -> R:
        """Call ``send(seconds left to the call)`` until it returns, or raise its last :class:`Fault`."""

        def once() -> R:
            sent = self._enter(budget)
            budget.requests -= 1
            budget.counted = None
            error: BriefgenError | None = None
            try:
                return send(budget.ends - self.clock.monotonic())
            except Fault as fault:
                error = fault.error
                if fault.retry_after is not None:
                    self.pace.shut(fault.retry_after)
                raise
            finally:
                self.pace.leave(sent, error, budget.counted)

        def stop(state: RetryCallState) -> bool:
            fault = _fault(state)
            return (
                state.attempt_number >= fault.attempts
                or budget.requests <= 0
                or self.clock.monotonic() + state.upcoming_sleep > budget.ends
            )

        retrying = Retrying(
            retry=retry_if_exception_type(Fault),
            wait=self._wait,
            stop=stop,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(once)

    def close(self) -> None:
        """Wake all sleepers; they and all later callers get :class:`ModelUnavailable`."""
        self._closed.set()

    @property
    def closed(self) -> bool:
        return self._closed.is_set()

    def _sleep(self, seconds: float) -> None:
        if self.clock.sleep is not None:
            self.clock.sleep(seconds)
        else:
            # Wakes at once on close() and, in the main thread, on Ctrl-C.
            self._closed.wait(seconds)

    def _wait(self, state: RetryCallState) -> float:
        fault = _fault(state)
        if fault.retry_after is not None:
            return fault.retry_after
        # The exponent is bounded because a float is not.
        longest = self._policy.backoff_first * 2.0 ** min(state.attempt_number - 1, 30)
        return self.clock.jitter() * min(self._policy.backoff_longest, longest)

    def _enter(self, budget: Budget) -> Sent:
        """Wait for the turn of the next request."""
        waiter = Waiter(budget.tokens, budget.ends, self._sleep, self._closed.is_set)
        try:
            sent = self.pace.enter(waiter)
        except Closed:
            fault = Fault(ModelUnavailable("the model was closed while it was in use"))
        except TooLong as wait:
            fault = Fault(rate_limited("the server asked all callers to wait", wait.seconds))
        else:
            budget.ends = waiter.ends
            return sent
        raise fault


def rate_limited(message: str, retry_after: float | None) -> RateLimited:
    """Return the error, with a hint that says when to come back."""
    hint = "" if retry_after is None else f"try again in {retry_after:.0f} s"
    return RateLimited(message, hint=hint, retry_after=retry_after)


def parse_retry_after(headers: Mapping[str, str], wall_now: float) -> float | None:
    """Return the seconds that a server asks for, or ``None`` where it says nothing or nothing sensible.

    ``headers`` has lower-case names. A date is measured against the answer's own ``Date``, so that a wrong
    clock on either side does no harm; without one, against ``wall_now`` and up to 120 s.
    """
    milliseconds = headers.get("retry-after-ms", "").strip()
    if _NUMBER.fullmatch(milliseconds):
        seconds: float | None = float(milliseconds) / 1000
    else:
        text = headers.get("retry-after", "").strip()
        seconds = float(text) if _NUMBER.fullmatch(text) else _until(text, headers.get("date"), wall_now)
    return seconds if seconds is not None and 0 < seconds <= _PLAUSIBLE else None


def _until(date: str, server_date: str | None, wall_now: float) -> float | None:
    moment = _timestamp(date)
    if moment is None:
        return None
    server_now = _timestamp(server_date or "")
    return min(moment - wall_now, LONGEST_WAIT) if server_now is None else moment - server_now


def _timestamp(date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
        # A date in "-0000" comes back without a zone and means UTC.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None


def _fault(state: RetryCallState) -> Fault:
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, Fault), "tenacity asks about nothing else"
    return error
