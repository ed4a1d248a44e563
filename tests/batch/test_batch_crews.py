"""Workers in several processes: as in one, and one that dies takes nobody with it."""

from __future__ import annotations

import functools
import multiprocessing
import threading
from typing import TYPE_CHECKING

import pytest
from batch_examples import (
    NumberedModel,
    busy_generator,
    deadly_generator,
    entries,
    numbered_generator,
    refused_generator,
    states,
    unfit_generator,
)

from briefgen.batch import BatchOptions, BatchOutcome, BatchRunner
from briefgen.batch.admission import Limits
from briefgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefgen.batch import BatchRun
    from briefgen.generator import BriefGenerator
    from briefgen.store import Run

covers = pytest.mark.covers


def run_in_two(
    factory: Callable[[], BriefGenerator], count: int, *, store: Run | None = None
) -> tuple[BatchRun, dict[str, BatchOutcome]]:
    options = BatchOptions(concurrency=4, processes=2)
    batch = BatchRunner(NumberedModel(), options, store=store, factory=factory).run(entries(count))
    outcomes = {outcome.label: outcome for outcome in batch}
    assert len(outcomes) == batch.tally.inputs == count
    return batch, outcomes


def test_articles_shared_among_processes_are_all_done_and_stored(ledger: Run) -> None:
    batch, outcomes = run_in_two(numbered_generator, 60, store=ledger)
    assert states(outcomes) == {"done": 60}
    assert all(outcome.brief for outcome in outcomes.values())
    assert ledger.counts().done == 60
    assert batch.tally.usage.requests == 60
    assert batch.progress().figures.limit >= 2


@covers("K-18")
@pytest.mark.parametrize("once", [True, False])
def test_a_process_that_dies_is_replaced_and_what_it_had_is_tried_again(
    tmp_path: Path, *, once: bool
) -> None:
    factory = functools.partial(deadly_generator, tmp_path, once=once)
    batch, outcomes = run_in_two(factory, 40)
    third = outcomes["archive.jsonl:3"]
    if once:
        assert states(outcomes) == {"done": 40}
    else:
        assert (third.state, third.code, batch.exit_code) == ("pending", "worker_died", 5)
        assert states(outcomes)["done"] >= 40 - 2 * 3, "those that were with it when it died the second time"


@covers("K-18")
def test_a_process_that_dies_with_many_articles_does_not_open_the_circuit(tmp_path: Path) -> None:
    """Thirty that one dead worker had are one failure, not thirty in a row."""
    options = BatchOptions(concurrency=60, processes=2)
    factory = functools.partial(deadly_generator, tmp_path, once=True)
    batch = BatchRunner(NumberedModel(), options, factory=factory).run(entries(60))
    assert states({outcome.label: outcome for outcome in batch}) == {"done": 60}
    assert batch.stopped is None


@covers("A-18")
def test_what_one_process_finds_out_stops_all() -> None:
    batch, outcomes = run_in_two(refused_generator, 400)
    assert batch.stopped is not None
    assert (batch.stopped.code, batch.exit_code) == ("api_auth", 3)
    assert states(outcomes)["pending"] > 300


def test_a_model_that_cannot_be_opened_in_a_process_ends_the_run_with_its_error() -> None:
    batch, outcomes = run_in_two(unfit_generator, 20)
    assert batch.stopped is not None
    assert (batch.stopped.code, states(outcomes)) == ("config", {"pending": 20})


@covers("A-14")
def test_a_wish_for_peace_that_one_process_hears_holds_for_all(tmp_path: Path) -> None:
    _, outcomes = run_in_two(functools.partial(busy_generator, tmp_path), 30)
    assert states(outcomes) == {"done": 30}
    sent = [path.read_text().split() for path in tmp_path.iterdir()]
    refused = float((tmp_path / "1-0").read_text().split()[1])
    later = [float(at) - refused for _, at in sent if float(at) > refused + 0.2]
    assert min(later) >= 0.9, "a second, less what the news takes to get around"
    assert len({pid for pid, _ in sent}) == 2


def test_a_stop_ends_the_processes_too() -> None:
    options = BatchOptions(concurrency=4, processes=2)
    runner = BatchRunner(NumberedModel(), options, factory=numbered_generator)
    batch = runner.run(entries(3000))
    outcomes = []
    for outcome in batch:
        outcomes.append(outcome)
        if batch.tally.done >= 10 and batch.stopped is None:
            batch.stop()
    assert len(outcomes) == 3000
    assert 10 <= batch.tally.done < 3000
    assert batch.exit_code == 130
    for thread in threading.enumerate():
        if thread.name == "briefgen-pipe":
            thread.join(20)
            assert not thread.is_alive()
    assert not multiprocessing.active_children()


def test_several_processes_need_a_way_to_open_the_model_in_each() -> None:
    with pytest.raises(UsageError, match="factory"):
        BatchRunner(NumberedModel(), BatchOptions(processes=2)).run([])
    with pytest.raises(UsageError, match="1 to 4"):
        BatchOptions(concurrency=4, processes=5)


def test_limits_are_shared_in_proportion_to_the_concurrency() -> None:
    first, second = Limits(5, rpm=100, tpm=None).shares(2)
    assert (first, second) == (Limits(3, 60.0), Limits(2, 40.0))
