"""Stores of older versions are brought up to date and lose nothing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.errors import StoreError, StoreLocked
from briefgen.store import Pending, Store, schema, stored_briefs
from briefgen.store.checking import check
from briefgen.store.locking import alone
from briefgen.store.packing import unpack
from store_examples import RECIPE, article_of, done, filled, origin_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def first(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of version 1: three briefs, and one article on its way, with the second text that it kept."""
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        filled(path, 1, 2, 3)
        with Store.open(path) as store, store.run(RECIPE) as run:
            run.record([Pending(origin_of(9), article_of(9), (7, 8))])
            store.rows("UPDATE articles SET signature = x'0102'")
    return path


def test_a_store_of_version_1_keeps_briefs_states_and_bands(first: Path) -> None:
    with Store.open(first) as store:
        assert list(check(store)) == []
        expected = [done(n).brief.headline for n in (1, 2, 3)]
        assert [found.headline for found in stored_briefs(store)] == expected
        counts = store.counts()
        assert (counts.done, counts.pending) == (3, 1)
        with store.run(RECIPE) as run:
            ((name, text),) = run.near(article_of(1), (8, 99))
            assert (name, unpack(text, "")) == (article_of(9).id, article_of(9).text)
            assert all(origin_of(n) in run.settled() for n in range(1, 4))
    with closing(sqlite3.connect(first)) as connection:
        assert schema.version_of(connection) == len(schema.MIGRATIONS)


def test_an_older_store_gets_the_same_tables_as_a_new_one(first: Path, tmp_path: Path) -> None:
    with Store.open(first):
        filled(tmp_path / "new", 1)
    columns = []
    for place in (first, tmp_path / "new"):
        with closing(sqlite3.connect(place)) as connection:
            names = [
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            columns.append({name: list(connection.execute(f"PRAGMA table_info({name})")) for name in names})
    assert columns[0] == columns[1]


def test_an_older_store_where_nothing_can_be_written_says_what_to_do(
    first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.access

    def access(place: Any, mode: int, **more: Any) -> bool:
        return mode != os.W_OK and real(place, mode, **more)

    monkeypatch.setattr(os, "access", access)
    with pytest.raises(StoreError, match="older version") as raised:
        Store.open(first, readonly=True)
    assert "copy it" in str(raised.value.hint)


def test_an_older_store_that_a_run_has_is_left_as_it_is(first: Path) -> None:
    """Its tables would change under a run of the older version, which then dies."""
    with alone(first, lambda: "nobody"), pytest.raises(StoreLocked, match="a run of an older version"):
        Store.open(first)
    with closing(sqlite3.connect(first)) as connection:
        assert schema.version_of(connection) == 1
    with Store.open(first) as store:
        assert store.counts().done == 3
