"""Batches against a loopback server: what many callers of one server do together."""

from __future__ import annotations

import itertools
import json
import random
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from batch_examples import entries, states
from pydantic import SecretStr

from briefgen.batch import BatchClock, BatchOptions, BatchRunner
from briefgen.prompts import PromptLibrary
from briefgen.providers.base import ModelProfile
from briefgen.providers.openai import OpenAIModel, OpenAISettings
from briefgen.providers.retrying import Clock
from briefgen.store import Recipe, Store

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "providers"))

from fake_server import FakeServer, completion, reply

if TYPE_CHECKING:
    from briefgen.batch import BatchOutcome, BatchRun

covers = pytest.mark.covers
pytestmark = pytest.mark.usefixtures("quick")
KEY = "sk-CANARY-0123456789abcdef"
OK = reply(200, completion({}))
BROKEN = reply(500, {"error": {"message": "no"}})


def opened(server: FakeServer, clock: Clock | None = None) -> OpenAIModel:
    settings = OpenAISettings(
        name="openai:fake",
        model="fake",
        base_url=f"{server.url}/v1",
        api_key=SecretStr(KEY),
        profile=ModelProfile(calls="single", repair_rounds=0),
        request_deadline=20.0,
    )
    return OpenAIModel(settings, clock=clock)


def run(
    server: FakeServer,
    count: int,
    options: BatchOptions,
    *,
    path: Path | None = None,
    clock: Clock | None = None,
) -> tuple[BatchRun, dict[str, BatchOutcome]]:
    with closing(opened(server, clock)) as model:
        if path is None:
            batch = BatchRunner(model, options).run(entries(count))
            return batch, {outcome.label: outcome for outcome in batch}
        recipe = Recipe.of(model, PromptLibrary.load())
        with Store.open(path, create=True) as store, store.run(recipe) as ledger:
            batch = BatchRunner(model, options, store=ledger).run(entries(count))
            return batch, {outcome.label: outcome for outcome in batch}


@covers("A-36")
def test_five_per_cent_of_random_500s_leave_nothing_undone_and_cost_few_requests() -> None:
    dice = random.Random(3)
    scripts = [BROKEN if dice.random() < 0.05 else OK for _ in range(600)]
    with FakeServer([*scripts, OK]) as server:
        _, outcomes = run(server, 500, BatchOptions(concurrency=16), clock=Clock(jitter=lambda: 0.0))
    assert states(outcomes) == {"done": 500}
    assert len(server.requests) <= 550


@covers("A-18")
def test_a_wrong_key_costs_at_most_one_request_a_worker() -> None:
    with FakeServer([reply(401, {"error": {"message": f"Incorrect API key {KEY}"}})]) as server:
        batch, outcomes = run(server, 100, BatchOptions(concurrency=8))
    assert states(outcomes) == {"pending": 100}
    assert (batch.exit_code, len(server.requests) <= 8) == (3, True)


@covers("A-14")
def test_a_retry_after_that_one_caller_gets_stops_all_for_so_long() -> None:
    refusal = reply(429, {"error": {"message": "slow down"}}, "Retry-After-Ms: 600")
    with FakeServer([*[OK] * 20, refusal, OK]) as server:
        batch, outcomes = run(server, 100, BatchOptions(concurrency=8))
        times = [request.at for request in server.requests]
    assert states(outcomes) == {"done": 100}
    assert batch.tally.usage.requests == 101
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert max(gaps) >= 0.6 * 0.9, "a pause of the length that was asked for"
    at = gaps.index(max(gaps))
    assert 20 <= at <= 20 + 8, "after those that were under way"


def test_headers_that_say_that_nothing_is_left_stop_all_before_anything_is_refused() -> None:
    spent = ("x-ratelimit-remaining-requests: 0", "x-ratelimit-reset-requests: 600ms")
    with FakeServer([*[OK] * 20, reply(200, completion({}), *spent), OK]) as server:
        _, outcomes = run(server, 100, BatchOptions(concurrency=8))
        times = [request.at for request in server.requests]
    assert states(outcomes) == {"done": 100}
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert max(gaps) >= 0.6 * 0.9


def test_requests_a_minute_are_requests_not_articles() -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    clock = Clock(monotonic=lambda: now[0], sleep=sleep, jitter=lambda: 0.0)
    options = BatchOptions(concurrency=1, rpm=60, clock=BatchClock(lambda: now[0], lambda: 0.0, sleep))
    with FakeServer([BROKEN, BROKEN, OK]) as server:
        _, outcomes = run(server, 3, options, clock=clock)
    assert states(outcomes) == {"done": 3}
    assert len(server.requests) == 5
    assert now[0] >= 4.0


@covers("T-SEC-1", "A-34")
def test_a_server_that_echoes_the_key_and_the_article_gets_neither_into_the_store_or_the_outcome(
    store_path: Path,
) -> None:
    echo = {"error": {"message": f"bad request with {KEY}: Authorization: Bearer {KEY}"}}
    with FakeServer([reply(400, echo)]) as server:
        _, outcomes = run(server, 5, BatchOptions(), path=store_path)
    assert states(outcomes) == {"failed": 5}
    kept = b"".join(path.read_bytes() for path in store_path.parent.glob(f"{store_path.name}*"))
    assert KEY.encode() not in kept
    assert all(KEY not in repr(outcome) for outcome in outcomes.values())


@covers("S-47")
def test_where_the_server_counts_no_tokens_they_stay_unknown() -> None:
    with FakeServer([reply(200, completion({}, usage=None))]) as server:
        batch, outcomes = run(server, 3, BatchOptions())
    assert states(outcomes) == {"done": 3}
    assert (batch.tally.usage.requests, batch.tally.usage.input_tokens) == (3, None)


@covers("N-30", "A-02")
def test_a_server_that_closes_every_connection_serves_all_the_same() -> None:
    from fake_server import CLOSE

    closing_reply: Any = (*OK, CLOSE)
    with FakeServer([closing_reply]) as server:
        _, outcomes = run(server, 40, BatchOptions(concurrency=4))
    assert states(outcomes) == {"done": 40}
    assert json.loads(server.requests[0].body)["model"] == "fake"
