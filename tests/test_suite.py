"""The test suite itself: what pytest would only find out by confusing two files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest


@pytest.fixture
def check(request: pytest.FixtureRequest) -> Any:
    """The check of the conftest beside this file; other folders have a conftest of their own."""
    here = str(Path(__file__).with_name("conftest.py"))
    plugins = request.config.pluginmanager.get_plugins()
    return next(p for p in plugins if getattr(p, "__file__", None) == here).pytest_collection_modifyitems


def item_that_covers(*ids: str) -> Mock:
    return Mock(nodeid="test_x.py::test_y", iter_markers=lambda _name: [Mock(args=ids)])


def test_no_two_modules_of_the_tests_share_a_name(repository: Path) -> None:
    """Folders of tests are on one path: a second ``harness.py`` would be imported in the place of the first."""
    loose = [path.parent for path in (repository / "tests").rglob("__init__.py")]
    modules = [path for path in (repository / "tests").rglob("*.py") if path.parent not in loose]
    twice = [name for name, count in Counter(path.name for path in modules).items() if count > 1]
    assert set(twice) <= {"conftest.py"}


def test_a_row_that_does_not_exist_cannot_be_covered(shared: Path, check: Any) -> None:
    """A slip in a ``covers`` id stops the run instead of counting as coverage."""
    assert (shared / "RELIABILITY.md").is_file()
    with pytest.raises(pytest.UsageError, match="N-999"):
        check([item_that_covers("N-01", "N-999")])


def test_rows_that_exist_are_fine(shared: Path, check: Any) -> None:
    """Ids of every family are known: faults, statuses, shapes, inputs, threats."""
    assert (shared / "RELIABILITY.md").is_file()
    check([item_that_covers("N-01", "A-30", "S-49", "B-INJ-06", "T-SEC-1", "T16")])
