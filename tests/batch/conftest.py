"""Fixtures of the tests of batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from batch_examples import quick_generate, recipe

from briefgen.generator import BriefGenerator
from briefgen.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefgen.store import Run


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a brief with one call and no verification: these tests are about the run."""
    monkeypatch.setattr(BriefGenerator, "generate", quick_generate)


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    return tmp_path / "briefs.store"


@pytest.fixture
def ledger(store_path: Path) -> Iterator[Run]:
    """A run of a store of its own."""
    with Store.open(store_path, create=True) as store, store.run(recipe()) as run:
        yield run
