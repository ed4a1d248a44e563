"""The first articles of real archives, in a run that is killed three times and goes on: what is lost, what is paid twice.

    python benchmarks/killed_runs.py ../shared/data/archive/*.jsonl.gz [--articles 1000] [--kills 3] [--processes 2] [--engine ray]

``briefgen batch`` asks a loopback server that refuses, breaks and garbles one request in twenty each. It is killed
(SIGKILL) after a random number of outcomes, and started again with the same line. Beside it a run without kills and
faults: its store must hold the same briefs. As many articles are taken from each archive.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import loopback_server

from briefgen.facets.base import all_facets
from briefgen.sources.archive import read_archive
from briefgen.sources.entries import Entry
from briefgen.store import Store, stored_briefs
from briefgen.store.checking import check

if TYPE_CHECKING:
    from loopback_server import Server

    from briefgen.article import Article

FAULTS = {"refused": 0.05, "broken": 0.05, "invalid": 0.05}
_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2}")


@dataclass
class Killed:
    """What was told before a kill, and asked until then."""

    done: set[str] = field(default_factory=set)
    asked: Counter[int] = field(default_factory=Counter)
    code: int = 0
    seconds: float = 0.0
    orphans: int = 0


def articles(archives: list[str], count: int) -> list[Article]:
    share = -(-count // len(archives))
    found = []
    for archive in archives:
        read = (each.article for each in read_archive([archive]) if isinstance(each, Entry))
        found += itertools.islice(read, share)
    return found[:count]


def answers_to(article: Article) -> dict[str, str]:
    """What a model might say of it, by the schema asked for: people by their names, and the first sentence."""
    names = list(dict.fromkeys(_NAME.findall(article.text)))[:6]
    first = " ".join(article.sentences[0].text.split()[:10])
    said: dict[str, Any] = {
        "actors": {"items": [{"name": name, "kind": "person"} for name in names]},
        "summary": {"headline": article.title or first, "items": [{"sentence": 1, "text": first}]},
    }
    return {
        facet.draft.__name__: facet.draft.model_validate(said.get(facet.name, {})).model_dump_json()
        for facet in all_facets()
    }


def write_archive(path: Path, found: list[Article]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number, article in enumerate(found):
            row = {
                "text": article.text,
                "title": f"[{number}] {article.title or ''}",
                "date": article.published,
            }
            file.write(json.dumps(row, default=str) + "\n")


def start(archive: Path, store: Path, url: str, given: argparse.Namespace) -> subprocess.Popen[str]:
    program = Path(sys.executable).with_name("briefgen")
    command = [program, "batch", archive, "--store", store, "--log-json"]
    command += ["--model", "openai:loopback", "--concurrency", "16", "--processes", given.processes]
    command += ["--engine", given.engine]
    environment = os.environ | {"OPENAI_BASE_URL": url, "OPENAI_API_KEY": "none"}
    return subprocess.Popen(
        [str(part) for part in command],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def run(process: subprocess.Popen[str], kill_after: int | None) -> Killed:
    """Follow a run to its end, or kill it once so many outcomes were told."""
    found, started = Killed(), time.perf_counter()
    assert process.stderr is not None
    told = 0
    for line in process.stderr:
        event = json.loads(line) if line.startswith("{") else {}
        if event.get("event") == "error":
            print("   ", line.strip()[:160])
        if event.get("event") != "outcome":
            continue
        if event["state"] == "done":
            found.done.add(event["label"])
        told += event.get("code") != "unchanged"
        if kill_after is not None and told >= kill_after:
            process.send_signal(signal.SIGKILL)
            kill_after = None  # what it had written to the pipe was told too
    found.code = process.wait()
    found.seconds = time.perf_counter() - started
    found.orphans = left_behind(process.pid)
    return found


def left_behind(group: int) -> int:
    """Worker processes that still live five seconds after the kill."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return 0
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    return 1


def number_of(label: str) -> int:
    return int(label.rpartition(":")[2]) - 1


def reckon(path: Path, count: int) -> dict[str, str]:
    """Count every input, and return the briefs without what hangs on the clock and on how often was asked."""
    with Store.open(path, readonly=True) as store:
        counts = store.counts()
        damage = list(check(store))
        runs = [(info.outcome, info.totals.requests) for info in store.runs()]
        briefs = {}
        for found in stored_briefs(store):
            values = json.loads(found.json)
            for name in ("created", "seconds", "requests", "input_tokens", "cached_tokens", "output_tokens"):
                values["provenance"].pop(name)
            briefs[found.label] = json.dumps(values, sort_keys=True)
    with closing(sqlite3.connect(path)) as connection:
        (labels,) = connection.execute("SELECT COUNT(DISTINCT label) FROM inputs").fetchone()
        (both,) = connection.execute(
            "SELECT COUNT(*) FROM inputs WHERE (work IS NULL) = (state IS NULL)"
        ).fetchone()
    print(
        f"    {counts.done} done, {counts.failed} failed, {counts.skipped} skipped, {counts.pending} pending: "
        f"{counts.inputs} of {count} inputs, {labels} labels, {both} in no state or two; partial {counts.partial}; "
        f"{dict(counts.codes) or 'no reasons'}; damage: {damage or 'none'}"
    )
    print(f"    runs and their requests: {runs}; store {path.stat().st_size / 1e6:.1f} MB")
    assert counts.inputs == labels == count
    assert not both
    assert not damage
    return briefs


def killed(
    archive: Path, store: Path, server: Server, given: argparse.Namespace, calm: dict[str, str]
) -> None:
    dice = random.Random(given.seed)
    before: dict[int, int] = {}
    done_before: set[str] = set()
    again = late = 0
    share = given.articles // (given.kills + 1)
    for turn in range(given.kills + 1):
        after = dice.randrange(share // 4, share) if turn < given.kills else None
        ended = run(start(archive, store, server.url, given), after)
        asked = server.asked()
        again += sum(asked.get(number_of(label), 0) for label in done_before)
        with Store.open(store, readonly=True) as opened:
            kept = {found.label for found in stored_briefs(opened)}
        late += len(ended.done - kept)
        print(
            f"    run {turn + 1}: exit {ended.code} after {ended.seconds:.1f} s, {len(ended.done)} told done, "
            f"{len(kept)} kept, {sum(asked.values())} requests for {len(asked)} articles; "
            f"told done and not kept: {len(ended.done - kept)}; workers left behind: {ended.orphans}"
        )
        done_before |= kept
        before = {number: before.get(number, 0) + asked.get(number, 0) for number in {*before, *asked}}
    briefs = reckon(store, given.articles)
    total = sum(before.values())
    print(f"    {total} requests, {total / len(before):.2f} for each of {len(before)} articles")
    print(
        f"    asked again about articles whose brief was kept: {again} requests; briefs told and lost: {late}"
    )
    same = sum(briefs.get(label) == brief for label, brief in calm.items())
    print(f"    equal to the run without kills and faults: {same} of {len(calm)} briefs, {len(briefs)} here")
    differing = Counter(
        part
        for label, brief in calm.items()
        for part, value in json.loads(brief).items()
        if json.loads(briefs.get(label, "{}")).get(part) != value
    )
    print(f"    parts that differ: {dict(differing) or 'none'}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archives", nargs="+")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--seed", type=int, default=24)
    given = parser.parse_args()
    found = articles(given.archives, given.articles)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive, answers = folder / "archive.jsonl", folder / "answers.json"
        write_archive(archive, found)
        answers.write_text(json.dumps([answers_to(article) for article in found]), encoding="utf-8")
        print(f"{len(found)} articles, {given.processes} processes ({given.engine}), 16 in flight, 50 ms")
        print("  no kill, no fault")
        with loopback_server.running(answers, latency=0.05) as server:
            ended = run(start(archive, folder / "calm.briefs", server.url, given), None)
            asked = server.asked()
        calm = reckon(folder / "calm.briefs", len(found))
        print(
            f"    exit {ended.code} after {ended.seconds:.1f} s; {sum(asked.values())} requests, "
            f"{sum(asked.values()) / len(asked):.2f} for each of {len(asked)} articles"
        )
        print(f"  {given.kills} kills, faults {FAULTS}")
        with loopback_server.running(answers, latency=0.05, **FAULTS) as server:
            killed(archive, folder / "killed.briefs", server, given, calm)


if __name__ == "__main__":
    main()
