"""A bar for what goes through a whole store: on a terminal, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefgen.cli import progress
from store_examples import filled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.outcomes import Outcome

    Run = Callable[..., Outcome]

COMMANDS = [
    (("status", "--check"), "Checking"),
    (("export", "--format", "jsonl", "-o", "briefs.jsonl"), "Exporting"),
    (("reverify", "--dry-run"), "Verifying"),
]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    filled(tmp_path / "archive.briefs", 1, 2, 3)
    return tmp_path / "archive.briefs"


@pytest.mark.parametrize(("command", "says"), COMMANDS)
def test_a_terminal_shows_how_many_briefs_of_how_many(
    briefgen: Run, store: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], says: str
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(progress, "_on_terminal", lambda: True)
    name, *options = command
    shown = briefgen(name, store, *options).err
    assert says in shown
    assert "3/3" in shown


@pytest.mark.parametrize(("command", "says"), COMMANDS)
def test_a_pipe_gets_no_bar(briefgen: Run, store: Path, command: tuple[str, ...], says: str) -> None:
    name, *options = command
    shown = briefgen(name, store, *options)
    assert says not in shown.err + shown.out
    assert "\x1b" not in shown.err


def test_what_is_printed_to_a_terminal_has_no_bar_among_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_on_terminal", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with progress.counting("Exporting", printing=True) as watch:
        assert watch is None
