"""By way of a batch API: nothing is submitted twice, what fails is asked again, and a crash loses nothing."""

from __future__ import annotations

import json
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from batch_api_server import BatchApiServer
from batch_examples import Clock, NumberedModel, article_of, entries, number_in, states
from pydantic import SecretStr

from briefgen.batch import BatchApiOptions, BatchClock, BatchOptions, BatchRunner
from briefgen.batch.chunks import PREFIX
from briefgen.errors import UsageError
from briefgen.generator import BriefGenerator
from briefgen.prompts import PromptLibrary
from briefgen.providers.base import ModelProfile
from briefgen.providers.openai import OpenAIModel, OpenAISettings
from briefgen.store import Recipe, Store

if TYPE_CHECKING:
    from pathlib import Path

    from briefgen.batch import BatchOutcome, BatchRun
    from briefgen.store import Run

covers = pytest.mark.covers
KEY = "sk-CANARY-0123456789abcdef"
SINGLE = ModelProfile(calls="single", repair_rounds=0)
PER_FACET = ModelProfile(calls="per_facet", repair_rounds=0)


def asked_about(body: dict[str, Any]) -> int:
    return number_in(body["messages"][1]["content"])


def empty(body: dict[str, Any], _times: int = 0) -> str:
    """A draft without an item, whichever was asked for."""
    properties = body["response_format"]["json_schema"]["schema"]["properties"]
    return json.dumps({name: {} for name in properties if name not in ("items", "headline")})


def opened(server: BatchApiServer, profile: ModelProfile = SINGLE) -> OpenAIModel:
    url = f"{server.url}/v1"
    return OpenAIModel(OpenAISettings("openai:served", "served", url, SecretStr(KEY), profile))


class Stopwatch(Clock):
    """A clock that moves by itself a little, so that nobody waits for real."""

    @property
    def batch(self) -> BatchClock:
        def now() -> float:
            self.now += 0.5
            return self.now

        return BatchClock(now, lambda: 1_900_000_000 + self.now, self.move)


def run(
    server: BatchApiServer,
    path: Path,
    count: int = 6,
    *,
    profile: ModelProfile = SINGLE,
    stop_after: int | None = None,
    **options: Any,
) -> tuple[BatchRun, dict[str, BatchOutcome]]:
    """One run of an archive to its end, or to a stop."""
    batch_api = BatchApiOptions(
        **{"chunk": 100, "poll": 0.01, "linger": 0.01, **options.pop("batch_api", {})}
    )
    with (
        closing(opened(server, profile)) as model,
        Store.open(path, create=True) as store,
        store.run(Recipe.of(model, PromptLibrary.load())) as ledger,
    ):
        given = BatchOptions(via="batch-api", batch_api=batch_api, **options)
        batch = BatchRunner(model, given, store=ledger).run(entries(count))
        outcomes = {}
        for outcome in batch:
            outcomes[outcome.label] = outcome
            if stop_after is not None and len(outcomes) >= stop_after:
                batch.stop()
    return batch, outcomes


def kept(path: Path) -> dict[str, Any]:
    with Store.open(path) as store, store.run() as ledger:
        return ledger.remembered(PREFIX)


@pytest.mark.parametrize(("profile", "requests"), [(SINGLE, 1), (PER_FACET, None)])
def test_an_archive_becomes_one_batch_and_its_answers_become_briefs(
    store_path: Path, profile: ModelProfile, requests: int | None
) -> None:
    with BatchApiServer(empty, looks=3) as server:
        batch, outcomes = run(server, store_path, profile=profile)
    assert states(outcomes) == {"done": 6}
    assert batch.exit_code == 0
    assert len(server.batches) == 1
    asked = len(server.submitted)
    assert asked == (6 * requests if requests else asked) >= 6
    assert batch.tally.usage.requests == asked
    assert batch.tally.usage.input_tokens == 1000 * asked
    assert server.keys == {f"Bearer {KEY}"}
    assert kept(store_path) == {}, "nothing is left to be remembered"


def test_a_second_run_asks_nothing(store_path: Path) -> None:
    with BatchApiServer(empty) as server:
        run(server, store_path)
        before = len(server.calls)
        batch, _ = run(server, store_path)
        assert len(server.calls) == before
    assert batch.tally.unchanged == 6


def test_articles_go_in_chunks_and_no_more_batches_at_once_than_allowed(store_path: Path) -> None:
    with BatchApiServer(empty) as server:
        _, outcomes = run(server, store_path, 25, batch_api={"chunk": 4, "at_once": 2})
    assert states(outcomes) == {"done": 25}
    assert {len(batch.requests) for batch in server.batches.values()} <= {1, 2, 3, 4}
    assert len(server.batches) >= 7


@covers("A-25", "A-28")
@pytest.mark.parametrize("said", [500, 429, None])
def test_requests_that_failed_are_asked_again_in_another_batch_and_no_others(
    store_path: Path, said: int | None
) -> None:
    def answer(body: dict[str, Any], times: int) -> str | int | None:
        return said if asked_about(body) == 2 and times == 0 else empty(body)

    with BatchApiServer(answer) as server:
        _, outcomes = run(server, store_path)
    assert states(outcomes) == {"done": 6}
    assert [len(batch.requests) for batch in server.batches.values()] == [6, 1]


def test_an_answer_that_cannot_be_used_is_asked_for_once_more(store_path: Path) -> None:
    def answer(body: dict[str, Any], times: int) -> str:
        return "nonsense" if asked_about(body) == 2 and times == 0 else empty(body)

    with BatchApiServer(answer) as server:
        batch, outcomes = run(server, store_path)
    assert states(outcomes) == {"done": 6}
    assert sorted(server.submitted.values()) == [1, 1, 1, 1, 1, 2]
    assert batch.tally.usage.requests == 6


def test_an_article_that_the_model_cannot_answer_has_failed_and_the_others_are_done(store_path: Path) -> None:
    def answer(body: dict[str, Any], _times: int) -> str | int:
        number = asked_about(body)
        return "nonsense" if number == 2 else 400 if number == 3 else empty(body)

    with BatchApiServer(answer) as server:
        batch, outcomes = run(server, store_path, second_chances=0)
    ends = {label.rpartition(":")[2]: outcome.code for label, outcome in outcomes.items() if outcome.code}
    assert ends == {"2": "schema_invalid", "3": "api_bad_request"}
    assert batch.exit_code == 1
    assert max(server.submitted.values()) == 2


def test_repairs_are_a_second_batch(store_path: Path) -> None:
    def answer(body: dict[str, Any], _times: int) -> str:
        draft = json.loads(empty(body))
        if "motives" in draft:
            draft["motives"]["items"] = [{"sentence": 1, "holder": "Bo Lind", "aim": "win the war"}]
        return json.dumps(draft)

    profile = ModelProfile(calls="single", repair_rounds=1)
    with BatchApiServer(answer) as server:
        _, outcomes = run(server, store_path, 3, profile=profile)
    assert states(outcomes) == {"done": 3}
    assert [len(batch.requests) for batch in server.batches.values()] == [3, 3]
    brief = outcomes["archive.jsonl:1"].brief
    assert brief is not None
    assert "repair" in brief.provenance.prompts
    assert brief.provenance.requests == 2


@covers("K-03")
def test_a_batch_whose_creation_was_not_answered_is_found_by_its_token(store_path: Path) -> None:
    with BatchApiServer(empty) as server:
        server.fail_creation = 1
        _, outcomes = run(server, store_path, clock=Stopwatch().batch)
    assert states(outcomes) == {"done": 6}
    assert len(server.batches) == 1


def test_a_server_without_room_is_asked_again_later(store_path: Path) -> None:
    with BatchApiServer(empty) as server:
        server.full = 4
        _, outcomes = run(server, store_path)
    assert states(outcomes) == {"done": 6}
    assert [batch.status for batch in server.batches.values()] == ["failed"] * 4 + ["completed"]
    assert set(server.submitted.values()) == {1}


def test_a_batch_that_expired_half_way_is_finished_by_another(store_path: Path) -> None:
    with BatchApiServer(
        lambda body, times: None if asked_about(body) > 3 and not times else empty(body)
    ) as server:
        server.status = "expired"
        _, outcomes = run(server, store_path)
    assert states(outcomes) == {"done": 6}
    assert [len(batch.requests) for batch in server.batches.values()] == [6, 3]


@covers("A-18", "A-21")
@pytest.mark.parametrize(
    ("error", "code"),
    [
        ({"code": "model_not_found", "message": "no such model"}, "config"),
        ({"code": "insufficient_quota", "message": "no money"}, "api_quota"),
    ],
)
def test_a_batch_that_is_refused_as_a_whole_stops_the_run(
    store_path: Path, error: dict[str, str], code: str
) -> None:
    with BatchApiServer(empty) as server:
        server.error = error
        batch, outcomes = run(server, store_path)
    assert batch.stopped is not None
    assert (batch.stopped.code, states(outcomes)) == (code, {"pending": 6})
    assert len(server.batches) == 1


@covers("N-01")
def test_a_server_that_is_not_there_leaves_everything_pending(store_path: Path) -> None:
    with BatchApiServer(empty) as server:
        pass
    batch, outcomes = run(server, store_path, more_tries=0, clock=Stopwatch().batch)
    assert states(outcomes) == {"pending": 6}
    assert batch.exit_code == 5


@covers("K-13")
def test_a_run_that_was_stopped_reads_the_answers_of_its_batch_in_the_next(store_path: Path) -> None:
    with BatchApiServer(empty, looks=1000) as server:
        with Store.open(store_path, create=True) as store:
            model = opened(server)
            with closing(model), store.run(Recipe.of(model, PromptLibrary.load())) as ledger:
                options = BatchOptions(via="batch-api", batch_api=BatchApiOptions(poll=0.01, linger=0.01))
                batch = BatchRunner(model, options, store=ledger).run(entries(6))
                server.answer = stopping(batch, server)
                assert states({outcome.label: outcome for outcome in batch}) == {"pending": 6}
        assert len(server.batches) == 1
        server.answer, server.looks = empty, 1
        batch, outcomes = run(server, store_path)
    assert states(outcomes) == {"done": 6}
    assert len(server.batches) == 1
    assert set(server.submitted.values()) == {1}


def stopping(batch: BatchRun, server: BatchApiServer) -> Any:
    """Stop the run at the first look at its batch."""
    look = server.look

    def looked(remote: Any) -> Any:
        batch.stop()
        return look(remote)

    setattr(server, "look", looked)  # noqa: B010 - mypy knows it for a method
    return empty


@covers("K-03", "K-13")
def test_a_run_that_was_killed_before_it_knew_its_batch_finds_it(
    store_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefgen.providers.batch_endpoint import BatchEndpoint

    class Killed(BaseException):
        """What no code catches."""

    real = BatchEndpoint.create

    def create(self: BatchEndpoint, file_id: str, token: str) -> Any:
        real(self, file_id, token)
        raise Killed

    with BatchApiServer(empty) as server:
        with monkeypatch.context() as patch:
            patch.setattr(BatchEndpoint, "create", create)
            patch.setattr("threading.excepthook", lambda _: None)
            abandoned(server, store_path)
        assert [value["submissions"][0]["batch"] for value in kept(store_path).values()] == [""]
        _, outcomes = run(server, store_path)
    assert states(outcomes) == {"done": 6}
    assert len(server.batches) == 1
    assert set(server.submitted.values()) == {1}


def abandoned(server: BatchApiServer, path: Path) -> None:
    """A run whose crew dies; it is left like one that was killed."""
    with (
        closing(opened(server)) as model,
        Store.open(path, create=True) as store,
        store.run(Recipe.of(model, PromptLibrary.load())) as ledger,
    ):
        options = BatchOptions(via="batch-api", batch_api=BatchApiOptions(poll=0.01, linger=0.01), grace=0.0)
        batch = BatchRunner(model, options, store=ledger).run(entries(6))
        thread = threading.Thread(target=lambda: list(batch), daemon=True)
        thread.start()
        while not server.batches:
            thread.join(0.01)
        batch.stop()
        thread.join(30)
        assert not thread.is_alive()


def test_what_is_submitted_holds_no_key_and_is_gone_from_the_disk(
    store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with BatchApiServer(empty) as server:
        run(server, store_path)
    assert all(KEY.encode() not in data for data in server.files.values())
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("briefgen-")]
    assert KEY.encode() not in store_path.read_bytes()


def test_half_the_price_is_counted_where_one_is_known() -> None:
    from briefgen.batch.estimate import Estimator
    from briefgen.errors import Usage
    from briefgen.providers.registry import outline

    library = PromptLibrary.load()
    usage = Usage(1, 1000, None, 100)
    whole = Estimator(outline("openai:gpt-5-mini"), library).usd(usage)
    half = Estimator(outline("openai:gpt-5-mini"), library, half_price=True).usd(usage)
    assert whole is not None
    assert half == pytest.approx(whole / 2)


def test_it_needs_a_server_with_that_api_a_store_and_no_second_reader(ledger: Run) -> None:
    options = BatchOptions(via="batch-api")
    with pytest.raises(UsageError, match="no batch API"):
        BatchRunner(NumberedModel(), options, store=ledger).run([])
    with BatchApiServer(empty) as server, closing(opened(server)) as model:
        with pytest.raises(UsageError, match="needs a store"):
            BatchRunner(model, options).run([article_of(1)])
        both = BriefGenerator(model, check_with=NumberedModel())
        with pytest.raises(UsageError, match="second reader"):
            BatchRunner(both, options, store=ledger).run([])
