"""What every test may use: the folders around the repository, and the check of the ``covers`` marker."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
SHARED = REPOSITORY.parent / "shared"
_ROW = re.compile(r"^\| \**([A-Z]+(?:-[A-Z]+)*-?\d+)\**(?: \([^|]*\))? \|", re.MULTILINE)


@pytest.fixture(scope="session")
def repository() -> Path:
    """Root of the repository."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of specifications and corpora beside the repository; skip where it is not."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared: the specifications and corpora that stand beside a checkout of ours")
    return SHARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every id that a test says it covers is a row of RELIABILITY.md, where that file is at hand."""
    listed = SHARED / "RELIABILITY.md"
    if not listed.is_file():
        return
    known = set(_ROW.findall(listed.read_text(encoding="utf-8")))
    for item in items:
        for marker in item.iter_markers("covers"):
            unknown = sorted(set(marker.args) - known)
            if unknown or not marker.args:
                raise pytest.UsageError(
                    f"{item.nodeid}: covers {unknown or 'nothing'}, no row of {listed.name}"
                )
