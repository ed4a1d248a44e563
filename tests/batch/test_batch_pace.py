"""How many requests at once, how many a second, and when none: no server, no time that passes."""

from __future__ import annotations

import heapq
import itertools
import random
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from batch_examples import Clock, NumberedModel, entries, run_all, states

from briefgen.batch import BatchOptions
from briefgen.batch.admission import Admission, Limits
from briefgen.batch.allowances import Allowance, read_allowances, read_span
from briefgen.batch.crowd import FIRST, Crowd
from briefgen.batch.rates import LearntRate
from briefgen.errors import ModelUnavailable, RateLimited, UsageError
from briefgen.providers.pacing import Closed, Sent, TooLong, Waiter

if TYPE_CHECKING:
    from collections.abc import Callable

covers = pytest.mark.covers


class TestCrowd:
    def test_it_starts_small_and_doubles_with_every_round_of_answers(self) -> None:
        crowd = Crowd(64)
        sizes = [crowd.limit]
        for _ in range(4):
            for _ in range(crowd.limit):
                crowd.coped(0.0)
            sizes.append(crowd.limit)
        assert sizes == [FIRST, 8, 16, 32, 64]

    def test_it_never_passes_its_most_nor_falls_below_one(self) -> None:
        crowd = Crowd(2)
        for _ in range(50):
            crowd.coped(0.0)
        assert crowd.limit == 2
        for at in range(50):
            crowd.failed(float(at), float(at))
        assert crowd.limit == 1

    def test_it_is_halved_once_for_requests_that_were_sent_under_the_same_limit(self) -> None:
        crowd = Crowd(64)
        for _ in range(60):
            crowd.coped(0.0)
        for _ in range(40):
            crowd.failed(1.0, 2.0)
        assert crowd.limit == 32

    @covers("A-36")
    def test_one_error_in_twenty_does_not_make_it_smaller(self) -> None:
        crowd = Crowd(64)
        for number in range(2000):
            if number % 20:
                crowd.coped(float(number))
            else:
                crowd.failed(float(number), float(number))
        assert crowd.limit == 64

    def test_after_a_failure_it_grows_by_one_a_round(self) -> None:
        crowd = Crowd(64)
        for _ in range(60):
            crowd.coped(0.0)
        for _ in range(40):
            crowd.failed(1.0, 2.0)
        for _ in range(33):
            crowd.coped(3.0)
        assert crowd.limit == 33


@dataclass
class Server:
    """Lets ``rate`` requests a second through, ``burst`` at once, and refuses a share ``noise`` of them at random."""

    rate: float
    burst: float
    noise: float = 0.0
    pause: float | None = None
    tokens: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def lets_through(self, now: float, dice: random.Random) -> bool:
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens < 1 or dice.random() < self.noise:
            return False
        self.tokens -= 1
        return True


@dataclass
class Simulation:
    """Callers of a server that answers in 0.2 s and refuses after ``lag``; each tries three times. ``work``: seconds
    that a caller is busy, on average, before it asks about its next article.
    """

    server: Server
    lag: float = 0.002
    callers: int = 64
    work: float = 0.0
    seed: int = 1
    requests: int = 0
    done: int = 0
    failed: int = 0
    now: float = 0.0

    def run(self, articles: int) -> Simulation:
        dice = random.Random(self.seed)
        learnt, crowd = LearntRate(), Crowd(self.callers)
        events: list[tuple[float, int, str, float, int]] = []
        number = under_way = 0
        turn = shut = 0.0
        ready = [1] * min(self.callers, articles)
        left = articles - len(ready)

        def push(at: float, what: str, sent: float, attempt: int) -> None:
            nonlocal number
            number += 1
            heapq.heappush(events, (at, number, what, sent, attempt))

        while self.done + self.failed < articles:
            while ready and under_way < crowd.limit:
                at = max(self.now, turn, shut)
                turn = at + (1 / learnt.rate if learnt.rate else 0)
                under_way += 1
                push(at, "send", 0.0, ready.pop(0))
            self.now, _, what, sent, attempt = heapq.heappop(events)
            if what == "send" and self.now < shut:
                push(max(shut, turn), "send", 0.0, attempt)
                turn = max(shut, turn) + (1 / learnt.rate if learnt.rate else 0)
                continue
            if what == "send":
                learnt.sent(self.now)
                self.requests += 1
                through = self.server.lets_through(self.now, dice)
                push(self.now + (0.2 if through else self.lag), "ok" if through else "no", self.now, attempt)
                continue
            if what == "again":
                ready.append(attempt)
                continue
            under_way -= 1
            if what == "ok":
                learnt.let_through(self.now)
                crowd.coped(sent)
                self.done += 1
            else:
                learnt.refused(sent, self.now, self.server.pause)
                crowd.coped(sent)
                if self.server.pause:
                    shut = max(shut, self.now + self.server.pause)
                if attempt < 3:
                    push(self.now + dice.random() * 0.5 * 2 ** (attempt - 1), "again", 0.0, attempt + 1)
                    continue
                self.failed += 1
            if left:
                left -= 1
                push(self.now + self.work * (0.5 + dice.random()), "again", 0.0, 1)
        return self


class TestLearntRate:
    @pytest.mark.parametrize("lag", [0.002, 0.2])
    def test_four_hundred_requests_take_little_longer_than_a_limit_of_a_hundred_a_second_allows(
        self, lag: float
    ) -> None:
        done = Simulation(Server(100, 20), lag).run(400)
        assert (done.done, done.failed) == (400, 0)
        assert done.now < 4.6, "3.8 s, 0.2 s for the last answer, and the learning"

    @pytest.mark.parametrize("seed", range(4))
    def test_in_the_long_run_the_limit_is_used_and_few_requests_are_refused(self, seed: int) -> None:
        done = Simulation(Server(100, 20), seed=seed).run(4000)
        assert done.now < 1.03 * 40
        assert done.requests < 1.09 * 4000
        assert done.failed < 4

    @pytest.mark.parametrize("seed", range(4))
    def test_refusals_at_random_do_not_drive_the_rate_to_nothing(self, seed: int) -> None:
        done = Simulation(Server(1e9, 1e9, noise=0.2), seed=seed).run(4000)
        assert done.now < 60, "15.6 s if nothing were learnt from them"

    @pytest.mark.parametrize("seed", range(4))
    @pytest.mark.parametrize(("noise", "most"), [(0.05, 1.1), (0.2, 1.8)])
    def test_refusals_at_random_do_not_hold_up_callers_that_ask_seldom(
        self, noise: float, most: float, seed: int
    ) -> None:
        """A few requests a second tell little: one refused in four of them is no limit."""
        done = Simulation(Server(1e9, 1e9, noise), seed=seed, callers=8, work=0.5).run(500)
        free = Simulation(Server(1e9, 1e9), seed=seed, callers=8, work=0.5).run(500)
        assert done.now < most * free.now

    def test_a_server_that_wants_peace_after_every_refusal_is_seldom_provoked(self) -> None:
        done = Simulation(Server(100, 20, pause=1.0)).run(4000)
        assert done.requests < 1.03 * 4000
        assert done.now < 1.4 * 40
        assert done.failed == 0

    def test_a_few_callers_of_a_slow_server_are_seldom_refused(self) -> None:
        """Its burst makes the first refusals few: they are no noise."""
        done = Simulation(Server(5, 5), seed=1, callers=4).run(400)
        assert done.requests < 1.2 * 400
        assert done.failed < 12

    def test_a_slow_server_with_a_large_burst_is_found_out(self) -> None:
        done = Simulation(Server(10, 100)).run(400)
        assert done.now < 40
        assert done.failed < 20

    def test_a_refusal_while_we_asked_for_little_says_little_of_the_rate(self) -> None:
        """Ten a second, because we were busy: that is no limit, though one of them was refused."""
        learnt = LearntRate()
        for number in range(100):
            learnt.sent(number / 100)
        learnt.refused(0.99, 1.0, 1.0)
        assert learnt.rate == pytest.approx(95, rel=0.05)
        for number in range(30):
            learnt.sent(2.1 + number / 10)
        learnt.refused(5.0, 5.1, 1.0)
        assert learnt.rate == pytest.approx(0.8 * 95, rel=0.05)

    def test_nothing_limits_the_rate_while_nothing_is_refused(self) -> None:
        learnt = LearntRate()
        for number in range(1000):
            learnt.sent(number / 100)
            learnt.let_through(number / 100)
        assert learnt.rate is None


class TestAllowances:
    @pytest.mark.parametrize(
        ("text", "seconds"),
        [
            ("1s", 1.0),
            ("6m0s", 360.0),
            ("17ms", 0.017),
            ("1h2m3.5s", 3723.5),
            ("2m59.56s", 179.56),
            ("12", 12.0),
            ("0.5", 0.5),
            ("", None),
            ("soon", None),
            ("-1s", None),
            ("1e9", None),
            ("9" * 40, None),
            ("9999h", None),
        ],
    )
    def test_a_span_is_read_as_servers_write_it(self, text: str, seconds: float | None) -> None:
        assert read_span(text) == seconds

    def test_headers_tell_what_is_left_and_for_how_long(self) -> None:
        headers = {
            "x-ratelimit-remaining-requests": "3",
            "x-ratelimit-reset-requests": "1.5s",
            "x-ratelimit-remaining-tokens": "149984",
            "x-ratelimit-reset-tokens": "6m0s",
        }
        assert list(read_allowances(headers)) == [
            Allowance("requests", 3, 1.5),
            Allowance("tokens", 149984, 360.0),
        ]

    @pytest.mark.parametrize("value", ["", "x", "-1", "1" * 50, "٣"])
    def test_a_number_that_is_none_says_nothing(self, value: str) -> None:
        headers = {"x-ratelimit-remaining-requests": value, "x-ratelimit-reset-requests": "1s"}
        assert list(read_allowances(headers)) == []


def admission(clock: Clock, **limits: float) -> Admission:
    given = {"concurrency": 8, **limits}
    return Admission(Limits(**given), lambda: clock.now)  # type: ignore[arg-type]  # ints among floats


def waiter(clock: Clock, *, tokens: int = 100, lasts: float = 300.0) -> Waiter:
    return Waiter(tokens, clock.now + lasts, clock.move, lambda: False)


def sent_at(clock: Clock, pace: Admission, count: int, answer: Callable[[int], int | None]) -> list[float]:
    """Send one request after the other; ``answer`` says how many tokens the server counted."""
    times = []
    for number in range(count):
        sent = pace.enter(waiter(clock))
        times.append(sent.at)
        pace.leave(sent, None, answer(number))
    return times


class TestAdmission:
    def test_requests_a_minute_are_spread_over_it(self) -> None:
        clock = Clock()
        times = sent_at(clock, admission(clock, rpm=120), 5, lambda _: None)
        assert [at - times[0] for at in times] == pytest.approx([0, 0.5, 1.0, 1.5, 2.0])

    def test_tokens_a_minute_follow_what_the_server_counts(self) -> None:
        clock = Clock()
        times = sent_at(clock, admission(clock, tpm=6000), 30, lambda _: 200)
        gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
        assert gaps[0] == pytest.approx(2.0), "100 expected, 200 counted: the next one waits for both"
        assert sum(gaps) == pytest.approx(29 * 2.0, rel=0.05)

    def test_a_call_does_not_lose_the_time_that_our_own_limits_take(self) -> None:
        clock = Clock()
        pace = admission(clock, rpm=1)
        pace.leave(pace.enter(waiter(clock)), None, None)
        late = waiter(clock, lasts=10)
        before = late.ends
        pace.enter(late)
        assert late.ends - before == pytest.approx(60)

    @covers("A-14")
    def test_a_retry_after_holds_for_all_callers(self) -> None:
        clock = Clock()
        pace = admission(clock)
        start = clock.now
        pace.shut(2.0)
        for _ in range(4):
            assert pace.enter(waiter(clock)).at - start >= 2.0

    @covers("A-14")
    def test_whoever_waits_for_a_turn_when_the_server_asks_for_peace_waits_on(self) -> None:
        clock = Clock()
        pace = admission(clock, rpm=60)
        pace.leave(pace.enter(waiter(clock)), None, None)
        start = clock.now
        told: list[float] = []

        def sleep(seconds: float) -> None:
            if not told:
                told.append(clock.now)
                pace.shut(5.0)
            clock.move(seconds)

        sent = pace.enter(Waiter(100, clock.now + 300, sleep, lambda: False))
        assert sent.at - start >= 5.0

    @covers("A-09", "A-10")
    def test_a_wish_for_more_than_two_minutes_is_not_waited_for(self) -> None:
        clock = Clock()
        pace = admission(clock)
        pace.shut(121.0)
        with pytest.raises(TooLong) as caught:
            pace.enter(waiter(clock))
        assert caught.value.seconds == pytest.approx(121)
        assert pace.under_way == 0, "its place is free again"

    def test_nothing_left_according_to_the_headers_holds_all_until_the_reset(self) -> None:
        clock = Clock()
        pace = admission(clock)
        start = clock.now
        pace.heard({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1.2s"})
        assert pace.enter(waiter(clock)).at - start == pytest.approx(1.2)

    def test_little_left_is_spread_over_the_time_to_the_reset(self) -> None:
        clock = Clock()
        pace = admission(clock)
        under_way = [pace.enter(waiter(clock)) for _ in range(3)]
        start = clock.now
        pace.heard({"x-ratelimit-remaining-requests": "4", "x-ratelimit-reset-requests": "8s"})
        assert pace.enter(waiter(clock)).at - start == pytest.approx(2.0)
        assert len(under_way) == 3

    def test_tokens_that_are_left_are_counted_in_requests(self) -> None:
        clock = Clock()
        pace = admission(clock)
        pace.leave(pace.enter(waiter(clock)), None, 5000)
        start = clock.now
        pace.heard({"x-ratelimit-remaining-tokens": "100", "x-ratelimit-reset-tokens": "3s"})
        assert pace.enter(waiter(clock)).at - start == pytest.approx(3.0)

    def test_closing_sends_away_whoever_waits_for_a_place(self) -> None:
        clock = Clock()
        pace = admission(clock, concurrency=1)
        pace.enter(waiter(clock))
        ended: list[str] = []

        def wait() -> None:
            try:
                pace.enter(waiter(clock))
            except Closed:
                ended.append("closed")

        thread = threading.Thread(target=wait)
        thread.start()
        pace.close()
        thread.join(20)
        assert ended == ["closed"]
        with pytest.raises(Closed):
            pace.enter(waiter(clock))

    @covers("G-04")
    def test_whoever_would_be_too_late_for_a_stop_is_sent_away_at_once(self) -> None:
        clock = Clock()
        pace = admission(clock)
        pace.shut(60)
        pace.let_none_in_after(clock.now + 5)
        start = clock.now
        with pytest.raises(Closed):
            pace.enter(waiter(clock))
        assert clock.now == start

    def test_a_server_that_is_out_of_order_gets_fewer_requests_at_once(self) -> None:
        clock = Clock()
        pace = admission(clock, concurrency=64)
        for _ in range(60):
            pace.leave(pace.enter(waiter(clock)), None, None)
        before = pace.limit
        clock.move(1)
        sent = [pace.enter(waiter(clock)) for _ in range(30)]
        clock.move(1)
        for each in sent:
            pace.leave(each, ModelUnavailable("503"), None)
        assert pace.limit == before // 2

    def test_a_refusal_is_learnt_from_and_does_not_make_the_crowd_smaller(self) -> None:
        clock = Clock()
        pace = admission(clock, concurrency=64)
        for _ in range(60):
            pace.leave(pace.enter(waiter(clock)), None, None)
        before = pace.limit
        sent = []
        for _ in range(40):
            clock.move(0.01)
            sent.append(pace.enter(waiter(clock)))
        for each in sent[20:]:
            pace.leave(each, RateLimited("429"), None)
        assert pace.rate is not None
        assert pace.limit >= before

    def test_what_was_sent_is_known_by_its_instant(self) -> None:
        clock = Clock()
        assert admission(clock).enter(waiter(clock)) == Sent(clock.now, 100)


@pytest.mark.usefixtures("quick")
class TestBatches:
    def test_requests_a_minute_hold_for_models_without_a_pace_of_their_own(self) -> None:
        clock = Clock()
        options = BatchOptions(concurrency=1, rpm=60, clock=clock.batch)
        start = clock.now
        _, outcomes = run_all(NumberedModel(), entries(6), options)
        assert states(outcomes) == {"done": 6}
        assert clock.now - start == pytest.approx(5.0)

    @covers("A-02")
    def test_a_short_wish_for_peace_is_waited_for(self) -> None:
        clock = Clock()

        def script(n: int, times: int) -> RateLimited | None:
            return RateLimited("busy", retry_after=30) if n == 1 and times == 0 else None

        options = BatchOptions(concurrency=1, clock=clock.batch)
        start = clock.now
        _, outcomes = run_all(NumberedModel(script), entries(3), options)
        assert states(outcomes) == {"done": 3}
        assert clock.now - start >= 30

    @pytest.mark.parametrize("limit", [{"rpm": 0}, {"tpm": -5}])
    def test_a_limit_of_nothing_is_a_mistake(self, limit: dict[str, float]) -> None:
        with pytest.raises(UsageError, match="allows nothing"):
            BatchOptions(**limit)  # type: ignore[arg-type]  # one of the fields, by name
