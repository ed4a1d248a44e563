"""What is shown on standard error while something takes its time. In a pipe: nothing."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from rich.progress import Progress

    from briefgen.generator import ProgressEvent
    from briefgen.providers.weights import PullProgress
    from briefgen.store.briefs import Watch

_AT_A_TIME = 25
"""Briefs between two updates: they pass by faster than anybody reads."""


def facets() -> AbstractContextManager[Callable[[ProgressEvent], None] | None]:
    """Show which facet is being asked, how many are done, and the time since the start."""
    return _facets() if _on_terminal() else nullcontext()


def download() -> AbstractContextManager[Callable[[PullProgress], None] | None]:
    """Show how much of a download has arrived."""
    return _download() if _on_terminal() else nullcontext()


def counting(what: str, *, printing: bool = False) -> AbstractContextManager[Watch | None]:
    """Show how many of a store's briefs were gone through. ``printing``: there is output all the while, among
    which no bar can stand on a terminal.
    """
    beside_text = printing and sys.stdout is not None and sys.stdout.isatty()
    return _counting(what) if _on_terminal() and not beside_text else nullcontext()


def _on_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def _facets() -> Iterator[Callable[[ProgressEvent], None]]:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn

    from briefgen.render.words import heading

    text = TextColumn("{task.description}", markup=False)
    asked: dict[str, None] = {}  # in order; a set would show them at random
    with _bar(text, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()) as bar:
        task = bar.add_task("Reading", total=None)

        def show(event: ProgressEvent) -> None:
            if event.state == "started":
                asked[event.facet] = None
            else:
                asked.pop(event.facet, None)
            names = ", ".join(heading(facet) for facet in list(asked)) or "Checking"
            bar.update(task, description=names, completed=event.done, total=event.total)

        yield show


@contextmanager
def _download() -> Iterator[Callable[[PullProgress], None]]:
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    from briefgen.render.clean import one_line

    text = TextColumn("{task.description}", markup=False)
    with _bar(text, BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn()) as bar:
        task = bar.add_task("Connecting", total=None)

        def show(event: PullProgress) -> None:
            described = one_line(event.message or event.source)
            bar.update(task, description=described, completed=event.done_bytes, total=event.total_bytes)

        yield show


@contextmanager
def _counting(what: str) -> Iterator[Watch]:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

    text = TextColumn("{task.description}", markup=False)
    with _bar(text, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()) as bar:
        task = bar.add_task(what, total=None)

        def show(done: int, total: int) -> None:
            if done % _AT_A_TIME == 0 or done == total - 1:
                bar.update(task, completed=done + 1, total=total)

        yield show


def _bar(*columns: object) -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    return Progress(*columns, console=Console(stderr=True), transient=True)  # type: ignore[arg-type]
