"""What ``briefgen batch`` says while it runs, and at its end, all on standard error.

On a terminal a live display; in a pipe one line a minute; with ``--log-json`` JSON Lines instead of both. No
line holds article text, and control characters are written out.
"""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

import json
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from briefgen.cli import batch_figures as figures
from briefgen.cli.table import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefgen.batch import BatchOutcome, BatchRun
    from briefgen.cli.session import Session
    from briefgen.store import Counts

_LOOK_SECONDS = 0.25
EVERY_SECONDS = 60.0


class Report:
    """In a pipe: one line every minute, one when the run is asked to stop, and the summary."""

    wants_total = False
    """Whether it is worth reading the inputs twice, to know how many there are."""

    def __init__(self, session: Session, batch: BatchRun, *, every: float = EVERY_SECONDS) -> None:
        self.session = session
        self.batch = batch
        self.total: int | None = None
        """How many inputs there are, once they are counted."""
        self.pace = figures.Pace()
        self._every = every
        self._said = 0.0
        self._told_stop = False

    def tell(self, outcome: BatchOutcome) -> None:
        """One input has come to its end."""

    def look(self) -> None:
        """Look what there is to say; called several times a second, from a thread of its own."""
        seconds = self.batch.progress().seconds
        if self.batch.stopped and not self._told_stop:
            self._told_stop = True
            self.stopping()
        if seconds - self._said >= self._every:
            self._said = seconds
            self.say_progress()

    def say_progress(self) -> None:
        progress = self.batch.progress()
        left = self.pace.left(progress, self.total)
        self.session.say(f"briefgen: {figures.line(progress, self.pace.rate(progress), left)}")

    def stopping(self) -> None:
        """The run was asked to stop, and something is under way."""
        under_way = len(self.batch.progress().running)
        if under_way and self.batch.stopped and self.batch.stopped.code == "interrupted":
            self.session.say(
                f"briefgen: stopping; {under_way} articles under way may still end; a second signal ends it now"
            )

    def finish(self, counts: Counts) -> None:
        """Say how the run ended. ``counts``: of the whole store."""
        _write(summary(self.batch, counts))
        self.say_why()

    def say_why(self) -> None:
        """Say why the run stopped early, if it did, and what to do."""
        stop = self.batch.stopped
        if stop is not None:
            self.session.error(stop.code, f"{stop.message}; {remedy(self.batch)}")


class JsonReport(Report):
    """``--log-json``: one object a line, with ``event`` in each."""

    def tell(self, outcome: BatchOutcome) -> None:
        self._log("outcome", figures.outcome_as_json(outcome))

    def say_progress(self) -> None:
        progress = self.batch.progress()
        left = self.pace.left(progress, self.total)
        self._log(
            "progress",
            {
                **figures.as_json(progress.tally),
                "seconds": round(progress.seconds, 1),
                "seconds_left": None if left is None else round(left),
                "articles_a_second": round(self.pace.rate(progress), 2),
                "running": [label for label, _ in progress.running],
            },
        )

    def stopping(self) -> None:
        self._log("stopping", {"under_way": len(self.batch.progress().running)})

    def finish(self, counts: Counts) -> None:
        stop = self.batch.stopped
        self._log(
            "finished",
            {
                **figures.as_json(self.batch.tally),
                "all_counted": self.batch.counted,
                "stopped": stop.code if stop else None,
                "resume_at": stop.resume_at if stop else None,
                "seconds": round(self.batch.progress().seconds, 1),
                "store": {name: getattr(counts, name) for name in ("done", "failed", "skipped", "pending")},
            },
        )
        self.say_why()

    def say_why(self) -> None:
        stop = self.batch.stopped
        if stop is not None:
            self._log("error", {"code": stop.code, "message": stop.message, "remedy": remedy(self.batch)})

    def _log(self, event: str, values: dict[str, Any]) -> None:
        from datetime import UTC, datetime

        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        _write(json.dumps({"at": at, "event": event, **values}) + "\n")


@contextmanager
def open_report(session: Session, batch: BatchRun, *, log_json: bool) -> Iterator[Report]:
    """The report that fits standard error, told regularly to look until the block ends."""
    live = not log_json and sys.stderr is not None and sys.stderr.isatty()
    if live:
        from briefgen.cli.batch_display import Display

        with Display(session, batch) as display, _regularly(display.look):
            yield display
        return
    report = (JsonReport if log_json else Report)(session, batch)
    with _regularly(report.look):
        yield report


@contextmanager
def _regularly(look: Callable[[], None]) -> Iterator[None]:
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(_LOOK_SECONDS):
            look()

    thread = threading.Thread(target=run, name="briefgen-report", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def summary(batch: BatchRun, counts: Counts) -> str:
    """The table at the end."""
    tally = batch.tally
    seconds = batch.progress().seconds
    used = tally.usage
    names = ("done", "failed", "skipped", "pending")
    rows = [[name, f"{getattr(tally, name):,}", f"{getattr(counts, name):,}"] for name in names]
    rows.append(["all", f"{tally.inputs:,}", f"{counts.inputs:,}"])
    lines = [table(["", "this run", "store"], rows)]
    codes = ", ".join(f"{count:,} {code}" for code, count in tally.codes.most_common())
    if codes:
        lines.append(f"Failed or skipped: {codes}\n")
    if tally.partial:
        lines.append(f"Partial (a facet was not answered): {tally.partial:,}\n")
    if not batch.counted:
        lines.append("There are more inputs that were neither read nor counted.\n")
    asked = tally.done + tally.failed
    lines.append(
        f"{used.requests:,} requests, {figures.tokens(used.input_tokens, requests=used.requests)} in, "
        f"{figures.tokens(used.output_tokens, requests=used.requests)} out, {figures.cost(tally)}, "
        f"{figures.duration(seconds)} ({asked / max(seconds, 1e-3):.1f} articles/s)\n"
    )
    return "".join(lines)


def remedy(batch: BatchRun) -> str:
    """What to do about a run that stopped early."""
    from datetime import UTC, datetime

    stop = batch.stopped
    if stop is not None and stop.resume_at is not None:
        when = datetime.fromtimestamp(stop.resume_at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        return f"run the same command again after {when}"
    return "run the same command again to go on"


def _write(text: str) -> None:
    if sys.stderr is None:
        return
    with suppress(BrokenPipeError, ValueError):
        encoding = sys.stderr.encoding or "ascii"
        sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()
