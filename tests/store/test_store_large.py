"""A store of a whole archive."""

from __future__ import annotations

import resource
import time
from typing import TYPE_CHECKING

import pytest

from briefgen.store import Origin, Store
from briefgen.store.tokens import token_of
from store_examples import RECIPE, filled

if TYPE_CHECKING:
    from pathlib import Path

MANY = 100_000


def origin(n: int) -> Origin:
    return Origin(f"archive.jsonl.gz:{n}", n.to_bytes(16, "big"))


@pytest.mark.covers("D-26")
def test_a_run_takes_up_100_000_done_inputs_within_five_seconds(path: Path) -> None:
    filled(path, 1)
    with Store.open(path) as store, store.writing() as connection:
        rows = ((origin(n).label, token_of(origin(n))) for n in range(MANY))
        connection.executemany(
            "INSERT INTO inputs (label, token, work) SELECT ?, ?, work FROM inputs WHERE id = 1", rows
        )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    with Store.open(path) as store, store.run(RECIPE) as run:
        settled = run.settled()
        assert len(settled) == MANY + 1
        assert origin(0) in settled
        assert origin(MANY - 1) in settled
        assert origin(MANY) not in settled
        assert store.counts().done == MANY + 1
    assert time.perf_counter() - started < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
