"""When a request may be sent, beyond what its own call has left: the interface, and the pace of a single caller.

A batch puts its own pace (:class:`briefgen.batch.admission.Admission`) in the place of :class:`Gate`.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from briefgen.errors import BriefgenError

LONGEST_WAIT = 120.0
"""Seconds. A server that asks for more is not waited for: the caller is told when to come back."""


class Closed(Exception):
    """The model was closed while a request waited for its turn."""


class TooLong(Exception):
    """A request would have to wait ``seconds``: longer than anybody waits, or than its call may take."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass
class Waiter:
    """A request that wants to be sent.

    ``tokens``: an estimate of what it costs, in and out. ``ends``: the instant of the monotonic clock at which
    its call is over; a pace moves it by what it made the call wait for reasons of its own. ``sleep`` is the
    caller's, and returns early when the model is closed.
    """

    tokens: int
    ends: float
    sleep: Callable[[float], None]
    closed: Callable[[], bool]


@dataclass(frozen=True)
class Sent:
    """A request that was let through at the instant ``at``."""

    at: float
    tokens: int = 0


class Pace(Protocol):
    """Shared by all callers of one model. Called from many threads."""

    def enter(self, waiter: Waiter) -> Sent:
        """Wait for the turn of a request. Raises :class:`Closed` and :class:`TooLong`."""
        ...

    def leave(self, sent: Sent, error: BriefgenError | None, tokens: int | None) -> None:
        """Tell how a request ended, and how many tokens the server counted, if it said."""
        ...

    def shut(self, seconds: float) -> None:
        """Let no request through for so long: the server asked to be left alone."""
        ...

    def heard(self, headers: Mapping[str, str]) -> None:
        """Tell the headers (names in lower case) of an answer, whatever its status."""
        ...


@runtime_checkable
class Paced(Protocol):
    """A model whose requests can be held to a pace."""

    def keep_pace(self, pace: Pace) -> None:
        """Ask ``pace`` before every request from now on."""
        ...


class Gate:
    """Lets everything through, save while the server wants to be left alone."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._shut_until = float("-inf")

    def enter(self, waiter: Waiter) -> Sent:
        self.wait(waiter)
        return Sent(self._monotonic(), waiter.tokens)

    def wait(self, waiter: Waiter) -> None:
        """Wait until no server wish to be left alone is in force."""
        while True:
            if waiter.closed():
                raise Closed
            with self._lock:
                shut_until = self._shut_until
            delay = shut_until - self._monotonic()
            if delay <= 0:
                return
            if delay > LONGEST_WAIT or shut_until > waiter.ends:
                raise TooLong(delay)
            waiter.sleep(delay)

    def leave(self, sent: Sent, error: BriefgenError | None, tokens: int | None) -> None:
        """Nothing is learnt from it."""

    def shut(self, seconds: float) -> None:
        with self._lock:
            self._shut_until = max(self._shut_until, self._monotonic() + seconds)

    def heard(self, headers: Mapping[str, str]) -> None:
        """Nothing is learnt from them."""
