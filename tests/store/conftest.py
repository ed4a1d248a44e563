"""A store of its own for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefgen.store import Run, Store
from store_examples import RECIPE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is, once it is made."""
    return tmp_path / "archive.briefs"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path, create=True) as opened:
        yield opened


@pytest.fixture
def run(store: Store) -> Iterator[Run]:
    with store.run(RECIPE) as started:
        yield started
