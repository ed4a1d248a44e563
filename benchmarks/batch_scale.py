"""A batch of many articles: memory, the second run, and how soon a resumed one asks again.

    python benchmarks/batch_scale.py [ARTICLES]          default 100,000; each size in a process of its own

The model is scripted and a brief costs nothing, so that what is left is the run, the reader and the store.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "batch"))

from batch_examples import NumberedModel, quick_generate, recipe, text_of

from briefgen.batch import BatchOptions, BatchRunner
from briefgen.generator import BriefGenerator
from briefgen.sources.archive import read_archive
from briefgen.sources.entries import ReadingOptions
from briefgen.store import Store

if TYPE_CHECKING:
    from briefgen.batch import BatchRun

FILLER = " ".join(
    f"Clerk {n} of the harbour wrote down the ships of pier {n} and went home." for n in range(20)
)


def rss() -> float:
    """MB that the process has taken at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def archive(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for n in range(1, count + 1):
            row = {"text": f"{text_of(n)} {n * 7919 % 1009} {FILLER}", "title": f"Envoy {n}"}
            file.write(json.dumps(row) + "\n")


def run(folder: Path, model: NumberedModel, *inputs: Path) -> BatchRun:
    with Store.open(folder / "store", create=True) as store, store.run(recipe()) as ledger:
        runner = BatchRunner(model, BatchOptions(concurrency=16, dedupe=False), store=ledger)
        batch = runner.run(read_archive(inputs, ReadingOptions(known=runner.known)))
        for _ in batch:
            pass
    return batch


class Noting(NumberedModel):
    """Notes when it was asked first, and how much memory there was then. Remembers no article."""

    def __init__(self, started: float) -> None:
        super().__init__()
        self.first = 0.0
        self._started = started

    def complete(self, *given: Any, **named: Any) -> Any:
        self.first = self.first or time.perf_counter() - self._started
        completion = super().complete(*given, **named)
        self.asked.clear()
        return completion


def measure(count: int) -> None:
    setattr(BriefGenerator, "generate", quick_generate)  # noqa: B010 - mypy knows it for a method
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive(folder / "archive.jsonl", count)
        started = time.perf_counter()
        batch = run(folder, Noting(started), folder / "archive.jsonl")
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in folder.glob("store*")) / 1e6
        print(
            f"{count:7,} articles: {batch.tally.done:,} done, {count / seconds:,.0f}/s, {rss():.0f} MB, store {size:.0f} MB"
        )
        started = time.perf_counter()
        batch = run(folder, Noting(started), folder / "archive.jsonl")
        seconds = time.perf_counter() - started
        print(
            f"        second run: {batch.tally.unchanged:,} unchanged, {count / seconds:,.0f}/s, {rss():.0f} MB"
        )
        archive(folder / "more.jsonl", 5)
        started = time.perf_counter()
        again = Noting(started)
        more = folder / "more.jsonl"
        more.write_text(more.read_text().replace("envoy number", "envoy number 9"))
        run(folder, again, folder / "archive.jsonl", more)
        print(f"        resumed: first new request after {again.first:.2f} s")


def main() -> None:
    if len(sys.argv) > 2:
        measure(int(sys.argv[2]))
        return
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for count in (1_000, most):
        subprocess.run([sys.executable, __file__, "only", str(count)], check=True)


if __name__ == "__main__":
    main()
