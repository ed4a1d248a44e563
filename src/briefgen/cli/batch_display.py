"""The live display of ``briefgen batch`` on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from briefgen.cli import batch_figures as figures
from briefgen.cli.batch_report import Report
from briefgen.render.clean import one_line

if TYPE_CHECKING:
    from briefgen.batch import BatchRun
    from briefgen.cli.session import Session
    from briefgen.store import Counts

_RUNNING_SHOWN = 5
_BAR_WIDTH = 40
_LABEL_SHOWN = 60


class Display(Report):
    """Drawn anew a few times a second by a thread of rich's; gone at the end, when the summary is printed."""

    wants_total = True

    def __init__(self, session: Session, batch: BatchRun) -> None:
        super().__init__(session, batch)
        self._live = Live(
            get_renderable=self.draw, console=Console(stderr=True), refresh_per_second=4, transient=True
        )

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def say_progress(self) -> None:
        """The display says it all the time."""

    def stopping(self) -> None:
        """The display says it."""

    def finish(self, counts: Counts) -> None:
        self._live.stop()
        super().finish(counts)

    def draw(self) -> Group:
        """The display as of now."""
        progress = self.batch.progress()
        tally = progress.tally
        rate, left = self.pace.rate(progress), self.pace.left(progress, self.total)
        facts = Table.grid(padding=(0, 2))
        facts.add_row("Articles", figures.states(tally))
        ahead = f", {figures.duration(left)} left" if left is not None else ""
        facts.add_row("Time", f"{rate:.1f} a second, {figures.duration(progress.seconds)} gone{ahead}")
        facts.add_row("Cost", f"{figures.tokens(tally.tokens)}, {figures.cost(tally)}")
        limit = f", {progress.figures.rate:.1f} a second let through" if progress.figures.rate else ""
        facts.add_row(
            "Requests", f"{progress.figures.requests} of at most {progress.figures.limit} under way{limit}"
        )
        for name, (label, seconds) in zip(
            ["Running", "", "", "", ""], progress.running[:_RUNNING_SHOWN], strict=False
        ):
            facts.add_row(name, Text(f"{_end_of(label)} ({seconds:.0f} s)"))
        more = len(progress.running) - _RUNNING_SHOWN
        if more > 0:
            facts.add_row("", f"and {more} more")
        parts: list[ProgressBar | Table | Text] = [facts]
        if self.total:
            parts.insert(0, ProgressBar(self.total, min(tally.inputs, self.total), width=_BAR_WIDTH))
        if self.batch.stopped:
            parts.append(Text("Stopping: what is under way may still end; Ctrl-C again ends it now"))
        return Group(*parts)


def _end_of(label: str) -> str:
    """The end of a label tells more than its start."""
    line = one_line(label)
    return line if len(line) <= _LABEL_SHOWN else f"…{line[1 - _LABEL_SHOWN :]}"
