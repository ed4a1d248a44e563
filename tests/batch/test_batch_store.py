"""A run with a store: nothing done is asked again, nothing is lost, copies are briefed once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from batch_examples import (
    USAGE,
    NumberedModel,
    article_of,
    entries,
    entry_of,
    recipe,
    run_all,
    states,
    unavailable,
)

from briefgen import errors
from briefgen.batch import BatchOptions, BatchOutcome, BatchRunner
from briefgen.errors import InputError, StoreFull
from briefgen.sources.entries import Entry, Unchanged, Unreadable
from briefgen.store import Store, stored_briefs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from briefgen.store import Run

covers = pytest.mark.covers
pytestmark = pytest.mark.usefixtures("quick")

STORY = (
    "The mayor of Selm, Ada Rell, opened the new bridge over the Onda on Tuesday morning, nine years after the "
    "old one had been closed to lorries. About three hundred people came, and a brass band played until it "
    "rained. The town paid for the bridge with a loan that it will repay over thirty years. Shipping on the "
    "river was stopped for an hour."
)


def again(path: Path, model: NumberedModel, given: Any, **options: Any) -> tuple[Any, Any]:
    with Store.open(path) as store, store.run(recipe()) as run:
        return run_all(model, given, BatchOptions(concurrency=4, **options), store=run)


@covers("K-07")
def test_a_second_run_asks_nothing_and_finds_every_input_unchanged(ledger: Run) -> None:
    run_all(NumberedModel(), entries(20), store=ledger)
    model = NumberedModel()
    batch, outcomes = run_all(model, entries(20), store=ledger)
    assert not model.asked
    assert {outcome.code for outcome in outcomes.values()} == {"unchanged"}
    assert (batch.tally.unchanged, batch.exit_code, ledger.counts().done) == (20, 0, 20)


def test_settled_inputs_are_known_before_they_are_parsed(store_path: Path) -> None:
    with Store.open(store_path, create=True) as store, store.run(recipe()) as run:
        run_all(NumberedModel(), entries(3), store=run)
    with Store.open(store_path) as store, store.run(recipe()) as run:
        runner = BatchRunner(NumberedModel(), store=run)
        first = entry_of(1)
        assert runner.known(first.label, first.fingerprint)
        assert not runner.known(first.label, b"other bytes     ")
        batch = runner.run([Unchanged(first.label, first.fingerprint), entry_of(4)])
        assert [outcome.code for outcome in batch] == ["unchanged", ""]


def test_the_outcome_is_told_only_after_the_store_has_it(ledger: Run) -> None:
    for done, _ in enumerate(BatchRunner(NumberedModel(), store=ledger).run(entries(30)), 1):
        assert ledger.counts().done >= done


@covers("A-01", "N-01")
def test_what_is_pending_after_one_run_is_asked_about_by_the_next(ledger: Run, store_path: Path) -> None:
    down = NumberedModel(lambda n, _: unavailable() if n > 5 else None)
    batch, _ = run_all(down, entries(40), store=ledger)
    assert (batch.exit_code, ledger.counts().done) == (5, 5)
    up = NumberedModel()
    batch, _ = run_all(up, entries(40), store=ledger)
    assert set(up.asked) == set(range(6, 41))
    assert (ledger.counts().done, ledger.counts().pending, batch.exit_code) == (40, 0, 0)


def test_a_failure_is_asked_about_again_only_on_demand(ledger: Run) -> None:
    bad = NumberedModel(lambda n, _: errors.Refused("no", usage=USAGE) if n == 2 else None)
    run_all(bad, entries(4), store=ledger)
    model = NumberedModel()
    run_all(model, entries(4), store=ledger)
    assert not model.asked
    options = BatchOptions(retry_failed=True)
    batch, outcomes = run_all(model, entries(4), options, store=ledger)
    assert (set(model.asked), batch.tally.unchanged, states(outcomes)["done"]) == ({2}, 3, 1)
    assert ledger.counts().done == 4


@covers("D-24")
def test_a_changed_text_is_briefed_again_under_its_name(ledger: Run) -> None:
    run_all(NumberedModel(), entries(3), store=ledger)
    model = NumberedModel()
    changed = replace(entry_of(77), label="archive.jsonl:2")
    _, outcomes = run_all(model, [entry_of(1), changed, entry_of(3)], store=ledger)
    assert set(model.asked) == {77}
    assert states(outcomes) == {"done": 1, "skipped": 2}
    assert ledger.counts().inputs == 3


def test_another_recipe_briefs_everything_again(store_path: Path) -> None:
    with Store.open(store_path, create=True) as store:
        with store.run(recipe()) as run:
            run_all(NumberedModel(), entries(3), store=run)
        other = replace(recipe(), model="scripted:other")
        model = NumberedModel()
        with store.run(other) as run:
            run_all(model, entries(3), store=run)
    assert len(model.asked) == 3


@covers("B-FIL-16")
def test_the_same_text_under_two_names_is_asked_about_once_and_linked(ledger: Run) -> None:
    model = NumberedModel()
    twin = Entry("copy.txt", article_of(1), b"b" * 16)
    _, outcomes = run_all(model, [entry_of(1), twin, entry_of(2)], store=ledger)
    copy = outcomes["copy.txt"]
    assert (copy.state, copy.code, copy.message) == ("skipped", "duplicate", "the text of archive.jsonl:1")
    assert model.asked == {1: 1, 2: 1}
    assert ledger.counts().codes == {"duplicate": 1}


def test_a_syndicated_copy_is_asked_about_once_unless_that_is_switched_off(
    ledger: Run, store_path: Path, tmp_path: Path
) -> None:
    copies = [
        entry_of(1, f"envoy number 1. {STORY}"),
        entry_of(2, f"envoy number 1. {STORY} More to follow."),
    ]
    model = NumberedModel()
    _, outcomes = run_all(model, copies, store=ledger)
    assert outcomes["archive.jsonl:2"].code == "duplicate"
    assert outcomes["archive.jsonl:2"].message.startswith("nearly the text of article")
    assert sum(model.asked.values()) == 1
    _, outcomes = run_all(model, copies, BatchOptions(dedupe=False), store=ledger)
    assert states(outcomes) == {"skipped": 1, "done": 1}
    assert sum(model.asked.values()) == 2


def test_unreadable_inputs_are_in_the_ledger_with_their_reason(ledger: Run, store_path: Path) -> None:
    given = [
        Unreadable("a", InputError("empty", code="input_empty")),
        Unreadable("b", InputError("a link", code="input_unsupported"), skipped=True),
    ]
    run_all(NumberedModel(), given, store=ledger)
    assert ledger.counts().codes == {"input_empty": 1, "input_unsupported": 1}


def test_what_all_tries_cost_is_in_the_brief_and_in_the_store(ledger: Run) -> None:
    model = NumberedModel(lambda _n, times: errors.SchemaInvalid("no", usage=USAGE) if times == 0 else None)
    batch, _ = run_all(model, entries(2), store=ledger)
    assert batch.tally.usage.requests == ledger.totals().requests == 4
    assert batch.tally.usage.input_tokens == ledger.totals().input_tokens == 400


@pytest.mark.parametrize("keep", [True, False])
def test_answers_are_kept_unless_that_is_switched_off(
    store_path: Path, monkeypatch: pytest.MonkeyPatch, keep: bool
) -> None:
    monkeypatch.undo()
    with Store.open(store_path, create=True) as store:
        with store.run(recipe()) as run:
            run_all(NumberedModel(), entries(1), BatchOptions(keep_answers=keep), store=run)
        (brief,) = stored_briefs(store)
        assert bool(brief.answers()) == keep


def test_a_store_that_fails_ends_the_run_with_its_error_and_what_was_written_stays(
    ledger: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = type(ledger).record
    written = 0

    def record(self: Run, results: Any) -> None:
        nonlocal written
        written += 1
        if written > 5:
            raise StoreFull("no space left")
        real(self, results)

    monkeypatch.setattr(type(ledger), "record", record)
    told: list[BatchOutcome] = []
    with pytest.raises(StoreFull):
        told.extend(BatchRunner(NumberedModel(), BatchOptions(concurrency=1), store=ledger).run(entries(50)))
    assert 1 <= len(told) <= ledger.counts().done < 50, "nothing was told that is not kept"


@covers("B-ARC-14")
def test_an_interrupted_run_resumed_in_another_order_asks_for_the_rest_once(ledger: Run) -> None:
    first = NumberedModel()
    batch = BatchRunner(first, BatchOptions(concurrency=4), store=ledger).run(entries(60))
    for outcome in batch:
        if batch.tally.done >= 20 and batch.stopped is None:
            batch.stop()
        assert outcome.state in ("done", "pending")
    done = set(first.asked)
    second = NumberedModel()
    run_all(second, reversed(list(entries(60))), store=ledger)
    assert set(second.asked) == set(range(1, 61)) - done
    assert ledger.counts().done == 60


@covers("D-24", "D-25")
def test_an_input_that_vanished_is_a_failure_that_a_later_run_can_mend(ledger: Run) -> None:
    gone = Unreadable("archive.jsonl:1", InputError("gone", code="input_missing"))
    run_all(NumberedModel(), [gone, entry_of(2)], store=ledger)
    assert ledger.counts().failed == 1
    _, outcomes = run_all(NumberedModel(), [entry_of(1), entry_of(2)], store=ledger)
    assert outcomes["archive.jsonl:1"].state == "done"
    assert ledger.counts().failed == 0


def test_every_input_is_one_row_whatever_became_of_it(ledger: Run, store_path: Path) -> None:
    def mixed() -> Iterator[Any]:
        yield from entries(10)
        yield Unreadable("x", InputError("empty", code="input_empty"))
        yield Entry("copy", article_of(3), b"c" * 16)

    def script(n: int, _times: int) -> errors.BriefgenError | None:
        return errors.Refused("no") if n == 4 else unavailable() if n == 5 else None

    _, outcomes = run_all(NumberedModel(script), mixed(), store=ledger)
    counts = ledger.counts()
    assert states(outcomes) == {"done": 8, "failed": 2, "skipped": 1, "pending": 1}
    assert (counts.done, counts.failed, counts.skipped, counts.pending) == (8, 2, 1, 1)
