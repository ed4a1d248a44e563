"""Workers on a Ray cluster of this machine. Skipped where Ray is not installed (the extra ``ray``)."""

from __future__ import annotations

import functools
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
)

from briefgen.batch import BatchOptions, BatchOutcome, BatchRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from briefgen.batch import BatchRun
    from briefgen.generator import BriefGenerator
    from briefgen.store import Run

ray = pytest.importorskip("ray")
pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module", autouse=True)
def _cluster() -> Iterator[None]:
    folder = str(__file__).rpartition("/")[0]
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        log_to_driver=False,
        logging_level="ERROR",
        runtime_env={"env_vars": {"PYTHONPATH": folder}},
    )
    yield
    ray.shutdown()


def run(
    factory: Callable[[], BriefGenerator], count: int, *, store: Run | None = None
) -> tuple[BatchRun, dict[str, BatchOutcome]]:
    options = BatchOptions(concurrency=4, processes=2, engine="ray")
    batch = BatchRunner(NumberedModel(), options, store=store, factory=factory).run(entries(count))
    outcomes = {outcome.label: outcome for outcome in batch}
    assert len(outcomes) == batch.tally.inputs == count
    return batch, outcomes


def test_articles_go_to_two_workers_and_into_one_store(ledger: Run) -> None:
    batch, outcomes = run(numbered_generator, 60, store=ledger)
    assert states(outcomes) == {"done": 60}
    assert ledger.counts().done == 60
    assert batch.exit_code == 0


def test_a_worker_that_dies_is_replaced(tmp_path: Path) -> None:
    _, outcomes = run(functools.partial(deadly_generator, tmp_path, once=True), 30)
    assert states(outcomes) == {"done": 30}


def test_what_one_worker_finds_out_stops_all() -> None:
    batch, outcomes = run(refused_generator, 200)
    assert batch.stopped is not None
    assert batch.stopped.code == "api_auth"
    assert states(outcomes)["pending"] > 100


def test_a_wish_for_peace_is_told_to_the_other_worker(tmp_path: Path) -> None:
    _, outcomes = run(functools.partial(busy_generator, tmp_path), 20)
    assert states(outcomes) == {"done": 20}
    assert len({path.read_text().split()[0] for path in tmp_path.iterdir()}) == 2
