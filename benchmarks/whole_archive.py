"""A whole archive, briefed from the command line: time, memory, the size of the store, and what became of each article.

    python benchmarks/whole_archive.py ../shared/data/archive/reuters21578.jsonl.gz [--processes 2]

``briefgen batch`` asks a loopback server that takes 50 ms and says what a model might (benchmarks/killed_runs.py).
Memory is that of the process that reads and writes, at its height, and of all its workers at their last look.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
import time
from pathlib import Path

import killed_runs
import loopback_server

_LOOK = 2.0


def proportional_mb(group: int) -> float:
    """Memory of every process of a group in MB; what they share is counted once. 0 where the system does not say."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[2]) != group:
                continue
            lines = (folder / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archives", nargs="+")
    parser.add_argument("--articles", type=int, default=10**9)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    given.engine = "local"
    found = killed_runs.articles(given.archives, given.articles)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive, answers, store = folder / "archive.jsonl", folder / "answers.json", folder / "briefs"
        killed_runs.write_archive(archive, found)
        answers.write_text(json.dumps([killed_runs.answers_to(a) for a in found]), encoding="utf-8")
        print(f"{len(found)} articles, {given.processes} processes, 16 in flight, 50 ms", flush=True)
        with loopback_server.running(answers, latency=0.05) as server:
            process = killed_runs.start(archive, store, server.url, given)
            looked: list[tuple[float, float]] = []
            ended = threading.Event()

            def look() -> None:
                started = time.perf_counter()
                while not ended.wait(_LOOK):
                    looked.append((time.perf_counter() - started, proportional_mb(process.pid)))

            watch = threading.Thread(target=look)
            watch.start()
            outcome = killed_runs.run(process, None)
            ended.set()
            watch.join()
            asked = server.asked()
        print(
            f"    exit {outcome.code} after {outcome.seconds:.0f} s, {len(found) / outcome.seconds * 3600:.0f} an hour; "
            f"{sum(asked.values())} requests for {len(asked)} articles"
        )
        tenth = max(1, len(looked) // 10)
        print(
            f"    memory of all processes: {max(mb for _, mb in looked[: 2 * tenth]):.0f} MB in the first fifth, "
            f"{max(mb for _, mb in looked):.0f} MB at most"
        )
        killed_runs.reckon(store, len(found))


if __name__ == "__main__":
    main()
