"""The runner: every input ends once, an article's failure is its own, and some failures stop the run."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from batch_examples import (
    USAGE,
    Clock,
    NumberedModel,
    article_of,
    brief_of,
    entries,
    entry_of,
    run_all,
    states,
    unavailable,
)

from briefgen import errors
from briefgen.batch import BatchOptions, BatchOutcome, BatchRunner
from briefgen.errors import InputError, Usage, UsageError
from briefgen.generator import BriefGenerator
from briefgen.sources.entries import Unchanged, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from batch_examples import Said

    from briefgen.article import Article
    from briefgen.brief import Brief
    from briefgen.sources.entries import Entry

covers = pytest.mark.covers
pytestmark = pytest.mark.usefixtures("quick")


def test_a_model_makes_a_brief_of_each_article_without_any_store() -> None:
    batch, outcomes = run_all(NumberedModel(), [article_of(1), article_of(2)])
    assert states(outcomes) == {"done": 2}
    assert {outcome.brief.article.title for outcome in outcomes.values() if outcome.brief} == {
        "Envoy 1",
        "Envoy 2",
    }
    assert batch.exit_code == 0


def test_a_generator_brings_its_own_prompts_and_second_reader() -> None:
    generator = BriefGenerator(NumberedModel(), check_with=NumberedModel())
    _, outcomes = run_all(generator, entries(3))
    assert states(outcomes) == {"done": 3}


def test_no_input_is_no_outcome() -> None:
    batch, outcomes = run_all(NumberedModel(), [])
    assert (outcomes, batch.exit_code) == ({}, 0)


def test_an_article_is_called_by_its_address_or_by_its_hash() -> None:
    from dataclasses import replace

    article = article_of(1)
    _, outcomes = run_all(NumberedModel(), [article, replace(article_of(2), url="https://example.org/2")])
    assert set(outcomes) == {f"article {article.id[:16]}", "https://example.org/2"}


@covers("A-15", "A-23", "A-26", "A-27")
@pytest.mark.parametrize(
    "error",
    [
        errors.BadRequest("no", usage=USAGE),
        errors.RequestTooLarge("no", usage=USAGE),
        errors.Refused("no", usage=USAGE),
        errors.ContentFiltered("no", usage=USAGE),
        errors.OutputTruncated("no", usage=USAGE),
        errors.ResponseTooBig("no", usage=USAGE),
    ],
)
def test_an_articles_failure_is_its_own_and_is_not_asked_about_again(error: errors.ModelError) -> None:
    model = NumberedModel(lambda n, _: error if n == 2 else None)
    batch, outcomes = run_all(model, entries(4))
    failed = outcomes["archive.jsonl:2"]
    assert states(outcomes) == {"done": 3, "failed": 1}
    assert (failed.code, failed.usage.requests, model.asked[2]) == (error.code, 1, 1)
    assert batch.exit_code == 1


def test_a_fault_of_our_own_is_the_articles_failure_and_says_nothing_of_its_text() -> None:
    model = NumberedModel(lambda n, _: ValueError("secret text") if n == 2 else None)
    _, outcomes = run_all(model, entries(3))
    failed = outcomes["archive.jsonl:2"]
    assert (failed.state, failed.code) == ("failed", "internal")
    assert "ValueError" in failed.message
    assert "secret" not in failed.message


@pytest.mark.parametrize(
    "error", [errors.SchemaInvalid("no", usage=USAGE), errors.BadResponse("no", usage=USAGE)]
)
def test_what_may_pass_is_tried_once_more_and_both_tries_are_counted(error: errors.ModelError) -> None:
    model = NumberedModel(lambda n, times: error if n == 2 and times == 0 else None)
    batch, outcomes = run_all(model, entries(3))
    assert states(outcomes) == {"done": 3}
    again = outcomes["archive.jsonl:2"]
    assert (model.asked[2], again.usage.requests) == (2, 2)
    assert again.brief is not None
    assert again.brief.provenance.requests == 2, "in the brief too"
    assert batch.tally.usage.requests == 4


def test_what_fails_again_has_failed_and_may_be_retried_in_another_run() -> None:
    model = NumberedModel(lambda n, _: errors.SchemaInvalid("no", usage=USAGE) if n == 2 else None)
    _, outcomes = run_all(model, entries(3))
    failed = outcomes["archive.jsonl:2"]
    assert (failed.state, failed.code, failed.retryable, model.asked[2]) == (
        "failed",
        "schema_invalid",
        True,
        2,
    )


@covers("N-01", "A-01")
def test_an_article_that_the_model_was_not_there_for_stays_pending() -> None:
    model = NumberedModel(lambda n, _: unavailable() if n == 2 else None)
    batch, outcomes = run_all(model, entries(3))
    left = outcomes["archive.jsonl:2"]
    assert (left.state, left.code, model.asked[2]) == ("pending", "api_unavailable", 3)
    assert (states(outcomes)["done"], batch.exit_code) == (2, 5)


@covers("A-35")
def test_twenty_unavailable_in_a_row_open_the_circuit_and_the_rest_is_pending() -> None:
    model = NumberedModel(lambda n, _: unavailable() if n > 30 else None)
    batch, outcomes = run_all(model, entries(500), BatchOptions(concurrency=4))
    assert states(outcomes) == {"done": 30, "pending": 470}
    assert batch.stopped is not None
    assert (batch.stopped.code, batch.exit_code) == ("api_unavailable", 5)
    assert sum(model.asked.values()) <= 30 + 20 + 5, "those under way when it opened"
    assert {outcome.code for outcome in outcomes.values()} >= {"not_reached"}


@covers("A-35")
def test_one_success_closes_the_circuit_again() -> None:
    model = NumberedModel(lambda n, times: unavailable() if n % 15 and times == 0 else None)
    batch, outcomes = run_all(model, entries(100))
    assert states(outcomes) == {"done": 100}
    assert batch.stopped is None


@covers("A-11", "A-18", "A-19", "A-20", "A-21")
@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.AuthenticationError("no key", usage=USAGE), 3),
        (errors.QuotaExceeded("no money", usage=USAGE), 5),
        (errors.ModelNotFound("no model", usage=USAGE), 3),
        (errors.Redirected("elsewhere", usage=USAGE), 5),
        (errors.ConfigurationError("certificate"), 3),
    ],
)
def test_what_would_fail_for_all_stops_the_run_after_at_most_one_request_a_worker(
    error: errors.BriefgenError, code: int
) -> None:
    model = NumberedModel(lambda _n, _times: error)
    batch, outcomes = run_all(model, entries(200), BatchOptions(concurrency=8))
    assert states(outcomes) == {"pending": 200}
    assert batch.stopped is not None
    assert (batch.stopped.code, batch.exit_code) == (error.code, code)
    assert sum(model.asked.values()) <= 8


@covers("A-09", "A-10")
@pytest.mark.parametrize(("seconds", "stops"), [(3600.0, True), (121.0, True), (120.0, False)])
def test_a_server_that_wants_peace_for_long_stops_the_run_with_the_time_to_resume(
    seconds: float, stops: bool
) -> None:
    clock = Clock()
    error = errors.RateLimited("busy", retry_after=seconds, usage=USAGE)

    def script(n: int, times: int) -> Said:
        if n == 1 and times == 0:
            return error
        clock.move(200)
        return None

    options = BatchOptions(concurrency=1, clock=clock.batch)
    batch, outcomes = run_all(NumberedModel(script), entries(3), options)
    if not stops:
        assert states(outcomes) == {"done": 3}
        return
    assert batch.stopped is not None
    assert batch.stopped.resume_at == 1_900_000_000 + clock.now + seconds
    assert (batch.exit_code, outcomes["archive.jsonl:1"].state) == (5, "pending")


def test_a_brief_with_an_unanswered_facet_is_done_and_partial_after_a_second_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failures = {"archive.jsonl:2": {"motives": "schema_invalid"}, "archive.jsonl:3": {"motives": "refused"}}
    tries: list[str] = []

    def generate(_self: BriefGenerator, article: Article) -> Brief:
        number = article.title or ""
        tries.append(number)
        return brief_of(article, failed=failures.get(f"archive.jsonl:{number[-1]}"))

    monkeypatch.setattr(BriefGenerator, "generate", generate)
    batch, outcomes = run_all(NumberedModel(), entries(3))
    assert states(outcomes) == {"done": 3}
    assert (batch.tally.partial, batch.exit_code) == (2, 1)
    assert sorted(tries) == ["Envoy 1", "Envoy 2", "Envoy 2", "Envoy 3"], "a refusal is not tried again"
    assert outcomes["archive.jsonl:2"].code == "schema_invalid"


@pytest.mark.parametrize(("code", "stopped"), [("api_timeout", None), ("api_quota", "api_quota")])
def test_a_brief_that_was_cut_short_because_nobody_answered_any_more_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, code: str, stopped: str | None
) -> None:
    monkeypatch.setattr(
        BriefGenerator, "generate", lambda _self, article: brief_of(article, failed={"summary": code})
    )
    batch, outcomes = run_all(NumberedModel(), entries(1))
    left = outcomes["archive.jsonl:1"]
    assert (left.state, left.code, left.brief) == ("pending", code, None)
    assert (batch.stopped.code if batch.stopped else None) == stopped


def test_inputs_that_are_no_articles_end_as_their_source_says() -> None:
    given = [
        Unreadable("a", InputError("empty", code="input_empty")),
        Unreadable("b", InputError("a link", code="input_unsupported"), skipped=True),
        Unchanged("c", b"x"),
        entry_of(1),
    ]
    batch, outcomes = run_all(NumberedModel(), given)
    ends = {label: (outcome.state, outcome.code) for label, outcome in outcomes.items()}
    assert ends == {
        "a": ("failed", "input_empty"),
        "b": ("skipped", "input_unsupported"),
        "c": ("skipped", "unchanged"),
        "archive.jsonl:1": ("done", ""),
    }
    assert batch.tally.codes == {"input_empty": 1, "input_unsupported": 1, "unchanged": 1}


def test_what_reading_the_inputs_raises_is_raised_to_whoever_asks_for_outcomes() -> None:
    def broken() -> Iterator[Entry]:
        yield entry_of(1)
        raise UsageError("no such column")

    with pytest.raises(UsageError, match="column"):
        list(BatchRunner(NumberedModel()).run(broken()))


def test_inputs_are_read_no_further_ahead_than_a_window() -> None:
    read: list[int] = []

    def watched() -> Iterator[Entry]:
        for n in range(1, 1001):
            read.append(n)
            yield entry_of(n)

    options = BatchOptions(concurrency=2)
    ahead = []
    done = 0
    for _ in BatchRunner(NumberedModel(), options).run(watched()):
        done += 1
        ahead.append(len(read) - done)
    assert done == 1000
    assert max(ahead) <= 2 * (2 + 1) + 8 + 1, "twice what the workers can take, and a few"


@covers("K-16")
def test_no_more_requests_are_under_way_than_the_concurrency() -> None:
    barrier = threading.Barrier(3, timeout=20)

    def script(_n: int, _times: int) -> None:
        barrier.wait()

    model = NumberedModel(script)
    run_all(model, entries(30), BatchOptions(concurrency=3))
    assert model.most == 3


def test_facet_calls_of_an_article_are_made_by_one_worker_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    seen: dict[int, set[int]] = {}
    lock = threading.Lock()

    def script(n: int, _times: int) -> None:
        with lock:
            seen.setdefault(n, set()).add(threading.get_ident())

    model = NumberedModel(script, calls="per_facet")
    _, outcomes = run_all(model, entries(4), BatchOptions(concurrency=2))
    assert states(outcomes) == {"done": 4}
    assert all(len(threads) == 1 for threads in seen.values())
    assert min(model.asked.values()) > 1


def test_stopping_ends_what_is_under_way_and_leaves_the_rest_pending() -> None:
    asked = threading.Semaphore(0)
    go = threading.Event()

    def script(_n: int, _times: int) -> None:
        asked.release()
        go.wait(20)

    batch = BatchRunner(NumberedModel(script), BatchOptions(concurrency=2)).run(entries(50))
    outcomes: list[BatchOutcome] = []
    thread = threading.Thread(target=lambda: outcomes.extend(batch))
    thread.start()
    for _ in range(2):
        assert asked.acquire(timeout=20)
    batch.stop()
    go.set()
    thread.join(20)
    assert (batch.tally.done, batch.tally.pending, batch.exit_code) == (2, 48, 130)
    assert batch.counted
    assert {outcome.code for outcome in outcomes if outcome.state == "pending"} == {"not_reached"}


@covers("G-09")
def test_what_does_not_end_within_the_grace_is_given_up_and_pending() -> None:
    clock = Clock()
    asked = threading.Semaphore(0)
    hang = threading.Event()

    def script(_n: int, _times: int) -> None:
        asked.release()
        hang.wait(60)

    options = BatchOptions(concurrency=2, grace=5, clock=clock.batch)
    batch = BatchRunner(NumberedModel(script), options).run(entries(10))
    outcomes: list[BatchOutcome] = []
    thread = threading.Thread(target=lambda: outcomes.extend(batch))
    thread.start()
    for _ in range(2):
        assert asked.acquire(timeout=20)
    batch.stop()
    clock.move(6)
    batch.stop()
    thread.join(20)
    hang.set()
    assert not thread.is_alive()
    codes = sorted(outcome.code for outcome in outcomes)
    assert codes == ["interrupted"] * 2 + ["not_reached"] * 8


def test_closing_a_run_ends_its_threads() -> None:
    before = set(threading.enumerate())
    batch = BatchRunner(NumberedModel(), BatchOptions(concurrency=4)).run(entries(1000))
    next(batch)
    batch.close()
    own = [t for t in threading.enumerate() if t not in before and t.name.startswith("briefgen-")]
    for thread in own:
        thread.join(20)
    assert not any(thread.is_alive() for thread in own)


def test_progress_tells_what_runs_and_for_how_long() -> None:
    clock = Clock()
    asked = threading.Event()
    go = threading.Event()

    def script(_n: int, _times: int) -> None:
        asked.set()
        go.wait(20)

    batch = BatchRunner(NumberedModel(script), BatchOptions(concurrency=1, clock=clock.batch)).run(entries(1))
    thread = threading.Thread(target=lambda: list(batch))
    thread.start()
    assert asked.wait(20)
    clock.move(7)
    progress = batch.progress()
    go.set()
    thread.join(20)
    assert progress.running == (("archive.jsonl:1", 7.0),)
    assert (progress.figures.requests, progress.figures.limit, progress.seconds) == (1, 1, 7.0)
    assert batch.progress().tally.usage == Usage(1, 100, None, 20, 0.1)


@covers("B-CLI-05")
@pytest.mark.parametrize("given", [0, -1, 100_000])
def test_a_concurrency_out_of_range_names_the_range(given: int) -> None:
    with pytest.raises(UsageError, match="1 to 256"):
        BatchOptions(concurrency=given)
