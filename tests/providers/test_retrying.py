"""The retry loop by itself: no server, no time that passes."""

from __future__ import annotations

import signal
import threading
import time
from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest
from harness import FakeClock

from briefgen.errors import BadRequest, ModelUnavailable, RateLimited
from briefgen.providers.pacing import LONGEST_WAIT
from briefgen.providers.retrying import (
    FULLY,
    NEVER,
    Clock,
    Fault,
    RetryLoop,
    RetryPolicy,
    parse_retry_after,
)

if TYPE_CHECKING:
    from collections.abc import Callable

covers = pytest.mark.covers


def failing(fault: Fault) -> tuple[list[float], Callable[[float], str]]:
    """A sender that always fails, and the seconds it was given each time."""
    given: list[float] = []

    def send(seconds: float) -> str:
        given.append(seconds)
        raise fault

    return given, send


def busy(attempts: int = FULLY, retry_after: float | None = None) -> Fault:
    return Fault(ModelUnavailable("busy"), attempts=attempts, retry_after=retry_after)


@pytest.mark.parametrize(("attempts", "sent"), [(1, 1), (2, 2), (3, 3), (99, 4)])
def test_a_fault_is_sent_again_as_often_as_it_is_worth_and_the_budget_allows(
    attempts: int, sent: int
) -> None:
    given, send = failing(busy(attempts))
    loop = RetryLoop(clock=FakeClock().clock)
    with pytest.raises(Fault):
        loop.run(send, loop.budget())
    assert len(given) == sent


def test_backoff_doubles_up_to_its_longest_and_jitter_is_full() -> None:
    clock = FakeClock()
    loop = RetryLoop(RetryPolicy(requests=8), Clock(lambda: clock.now, lambda: 0.0, clock.sleep, lambda: 0.5))
    _, send = failing(busy(99))
    with pytest.raises(Fault):
        loop.run(send, loop.budget())
    assert clock.sleeps == [0.25, 0.5, 1.0, 2.0, 4.0, 4.0, 4.0]


def test_no_wait_is_begun_that_the_call_cannot_outlast() -> None:
    clock = FakeClock()
    loop = RetryLoop(RetryPolicy(seconds=150), clock.clock)
    given, send = failing(busy(retry_after=100))
    with pytest.raises(Fault):
        loop.run(send, loop.budget())
    assert clock.sleeps == [100]
    assert given == [150, 50]


def test_an_error_that_is_no_fault_passes_at_once() -> None:
    loop = RetryLoop(clock=FakeClock().clock)

    def send(_seconds: float) -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        loop.run(send, loop.budget())


@covers("A-14")
def test_a_caller_that_comes_while_the_server_wants_peace_waits_first() -> None:
    clock = FakeClock()
    loop = RetryLoop(clock=clock.clock)
    _, send = failing(busy(NEVER, retry_after=7))
    with pytest.raises(Fault):
        loop.run(send, loop.budget())
    assert clock.sleeps == []
    assert loop.run(lambda _s: "done", loop.budget()) == "done"
    assert clock.sleeps == [7]


@covers("A-14")
def test_a_caller_without_the_time_to_wait_is_told_when_to_come_back() -> None:
    clock = FakeClock()
    loop = RetryLoop(RetryPolicy(seconds=30), clock.clock)
    _, send = failing(busy(NEVER, retry_after=100))
    with pytest.raises(Fault):
        loop.run(send, loop.budget())
    with pytest.raises(Fault) as caught:
        loop.run(lambda _s: "done", loop.budget())
    assert isinstance(caught.value.error, RateLimited)
    assert caught.value.error.retry_after == 100


@covers("C-01", "C-02")
@pytest.mark.parametrize("jump", [-3600.0, 3600.0])
def test_a_jump_of_the_wall_clock_changes_no_wait(jump: float) -> None:
    clock = FakeClock()
    wall = [1000.0]

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        wall[0] += jump

    loop = RetryLoop(clock=Clock(lambda: clock.now, lambda: wall[0], sleep, lambda: 1.0))
    given, send = failing(busy())
    with pytest.raises(Fault):
        loop.run(send, loop.budget())
    assert (clock.sleeps, len(given)) == ([0.5, 1.0], 3)


@covers("G-04")
def test_ctrl_c_ends_a_wait_at_once() -> None:
    loop = RetryLoop()
    _, send = failing(busy(retry_after=60))
    main = threading.main_thread().ident
    assert main is not None
    threading.Timer(0.1, signal.pthread_kill, [main, signal.SIGINT]).start()
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        loop.run(send, loop.budget())
    assert time.monotonic() - started < 5


@covers("G-09")
def test_close_ends_the_waits_of_other_threads_and_refuses_later_calls() -> None:
    loop = RetryLoop()
    given, send = failing(busy(retry_after=60))
    ended: list[Fault] = []

    def work() -> None:
        try:
            loop.run(send, loop.budget())
        except Fault as fault:
            ended.append(fault)

    thread = threading.Thread(target=work)
    thread.start()
    while not given:
        time.sleep(0.005)
    loop.close()
    thread.join(timeout=5)
    assert [fault.error.code for fault in ended] == ["api_unavailable"]
    with pytest.raises(Fault):
        loop.run(lambda _s: "done", loop.budget())
    assert len(given) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": " 7 "}, 7.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9.0),
        ({"retry-after": "1e3"}, None),
        ({"retry-after": "٣"}, None),
        ({"retry-after": "0x10"}, None),
        ({"retry-after": str(32 * 86400)}, None),
        ({"retry-after": "Mon, 99 Foo 2026 00:00:00 GMT"}, None),
        ({"retry-after": "Thu, 01 Jan 1970 00:00:09 -0000"}, 9.0),
        ({"retry-after": formatdate(5000, usegmt=True)}, LONGEST_WAIT),
        ({"retry-after": formatdate(5000, usegmt=True), "date": formatdate(1000, usegmt=True)}, 4000.0),
        ({"retry-after": formatdate(5000, usegmt=True), "date": "yesterday"}, LONGEST_WAIT),
        ({"retry-after": "1" * 100_000}, None),
    ],
)
def test_a_retry_after_is_seconds_milliseconds_or_a_date_and_anything_else_is_nothing(
    headers: dict[str, str], seconds: float | None
) -> None:
    assert parse_retry_after(headers, wall_now=0.0) == seconds


def test_a_fault_shows_no_more_than_its_code() -> None:
    assert str(Fault(BadRequest("long text"))) == "api_bad_request"
