"""``briefgen batch`` killed, interrupted, and started again. Real processes, real signals.

``BRIEFGEN_KILLS=100`` kills that many runs instead of ten.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from batch_examples import NumberedModel, Point, entries, quick_generate, recipe, text_of

from briefgen.batch import BatchOptions, BatchRunner
from briefgen.generator import BriefGenerator
from briefgen.sources.archive import read_archive
from briefgen.store import Store
from briefgen.store.checking import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from briefgen.batch.reading import Input

    Start = Callable[..., "Child"]

CHILD = Path(__file__).with_name("batch_child.py")
KILLS = int(os.environ.get("BRIEFGEN_KILLS", "10"))
HELD = 120
"""Seconds after which a child that does not end is a failure."""
POINTS: list[tuple[str, set[int]]] = [
    ("first", set()),
    ("read", {1, 2}),
    ("before_pending", {1, 2}),
    ("after_pending", {1, 2}),
    ("sent", {1, 2, 3}),
    ("validated", {1, 2, 3}),
    ("before_done", {1, 2, 3, 4}),
    ("after_done", {4}),
]
"""Points of the third article's way, one worker at work; and what may be asked about again, if anything."""
covers = pytest.mark.covers


@pytest.fixture
def archive(tmp_path: Path) -> Callable[[int], Path]:
    """An archive of so many articles."""

    def make(count: int) -> Path:
        path = tmp_path / "archive.jsonl"
        rows = (json.dumps({"text": text_of(n), "title": f"Envoy {n}"}) for n in range(1, count + 1))
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return path

    return make


class Child:
    """``briefgen batch`` in a process of its own; what it says is kept from the start."""

    def __init__(self, behaviour: str, arguments: list[object], folder: Path) -> None:
        command = [sys.executable, str(CHILD), behaviour, "batch", *map(str, arguments)]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=folder)
        self._lines: list[str] = []
        self._errors: list[str] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        self._errors.extend(self.process.stderr)

    def wait_for(self, word: str, count: int = 1) -> None:
        """Read up to the line in which the word comes for that time."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.append(line)
            count -= line.startswith(word)
            if count <= 0:
                return
        pytest.fail(f"the program ended without {word!r}: {self._errors}")

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def ended(self) -> Child:
        """Wait for the end."""
        assert self.process.stdout is not None
        self._lines += self.process.stdout
        self.process.wait(HELD)
        self._thread.join(HELD)
        assert "Traceback" not in self.errors, self.errors
        return self

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self._thread.join(HELD)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()

    @property
    def code(self) -> int:
        return self.process.returncode

    @property
    def errors(self) -> str:
        return "".join(self._errors)

    @property
    def asked(self) -> list[int]:
        """Numbers of the articles that the model was asked about."""
        return [int(line.split()[1]) for line in self._lines if re.fullmatch("asked [0-9]+\n", line)]

    @property
    def events(self) -> list[dict[str, Any]]:
        """The lines of ``--log-json``, without one that was cut off."""
        return [json.loads(line) for line in self._errors if line.startswith("{") and line.endswith("}\n")]

    def event(self, name: str) -> dict[str, Any]:
        return next(event for event in self.events if event["event"] == name)

    @property
    def done(self) -> set[int]:
        """Numbers of the articles that were reported done."""
        ends = [event for event in self.events if event["event"] == "outcome" and event["state"] == "done"]
        return {int(event["label"].rpartition(":")[2]) for event in ends}


@pytest.fixture
def start(tmp_path: Path, store_path: Path) -> Iterator[Start]:
    """Start ``briefgen batch`` on an archive; none is left at the end of the test."""
    started: list[Child] = []

    def begin(behaviour: str, archive: Path, *arguments: object) -> Child:
        given = [archive, "--store", store_path, "--model", "openai:any", "--log-json", *arguments]
        started.append(Child(behaviour, given, tmp_path))
        return started[-1]

    yield begin
    for child in started:
        child.close()


def flaws(path: Path) -> list[str]:
    with Store.open(path, readonly=True) as store:
        return list(check(store))


def counts(path: Path) -> tuple[int, int, int, int]:
    with Store.open(path, readonly=True) as store:
        found = store.counts()
    return found.done, found.failed, found.skipped, found.pending


@covers("K-13", "K-15", "K-16", "B-ARC-14", "K-03")
def test_runs_killed_at_random_points_lose_nothing_and_ask_again_only_what_was_in_flight(
    start: Start, archive: Callable[[int], Path], store_path: Path
) -> None:
    dice = random.Random(4)
    articles = 30 * KILLS
    path = archive(articles)
    told: set[int] = set()
    asked: Counter[int] = Counter()
    for _ in range(KILLS):
        child = start("answers", path, "--concurrency", 8)
        child.wait_for("asked", dice.randint(1, 25))
        child.process.kill()
        killed = child.ended()
        assert killed.code == -signal.SIGKILL
        assert not told & set(killed.asked), "what was reported done is never asked about again"
        told |= killed.done
        asked.update(killed.asked)
        assert flaws(store_path) == [], "sound after every kill, before anything mends it"
        assert counts(store_path)[0] >= len(told), "what was reported done is in the store"
    last = start("answers", path, "--concurrency", 8).ended()
    asked.update(last.asked)
    assert last.code == 0
    assert counts(store_path) == (articles, 0, 0, 0)
    assert set(asked) == set(range(1, articles + 1))
    assert sum(asked.values()) <= articles + 9 * KILLS, "done once, and what was in flight at each kill"


@covers("K-01", "K-02", "K-03", "K-04", "K-05", "K-07", "K-11")
@pytest.mark.parametrize(("point", "twice"), POINTS)
def test_a_run_that_is_killed_at_a_point_of_an_articles_way_goes_on_there(
    start: Start, archive: Callable[[int], Path], store_path: Path, point: str, twice: set[int]
) -> None:
    path = archive(6)
    child = start(f"dies:{point}", path, "--concurrency", 1).ended()
    assert child.code == -signal.SIGKILL
    assert flaws(store_path) == []
    go_on(store_path, read_archive([path]), set(child.asked), twice)


@covers("K-01", "K-02", "K-03", "K-04", "K-05", "K-07", "K-11")
@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("point", "twice"), POINTS)
def test_a_run_in_which_something_is_raised_at_a_point_goes_on_there(
    store_path: Path, monkeypatch: pytest.MonkeyPatch, point: str, twice: set[int]
) -> None:
    asked: list[int] = []
    with monkeypatch.context() as patch:
        script = Point("raises", point, asked.append).install(patch.setattr)
        with Store.open(store_path, create=True) as store, suppress(RuntimeError), store.run(recipe()) as run:
            list(BatchRunner(NumberedModel(script), BatchOptions(concurrency=1), store=run).run(entries(6)))
    options = BatchOptions(retry_failed=point in ("sent", "validated"))
    go_on(store_path, entries(6), set(asked), twice, options)


def go_on(
    path: Path,
    inputs: Iterable[Input],
    before: set[int],
    twice: set[int],
    options: BatchOptions | None = None,
) -> None:
    """Run to the end in this process; check what is asked about again."""
    model = NumberedModel()
    with Store.open(path) as store, store.run(recipe()) as run, pytest.MonkeyPatch.context() as patch:
        patch.setattr(BriefGenerator, "generate", quick_generate)
        list(BatchRunner(model, options, store=run).run(inputs))
    assert counts(path) == (6, 0, 0, 0)
    assert set(model.asked) | before == set(range(1, 7))
    assert set(model.asked) & before <= twice, "at most what was in flight"


@covers("G-01", "G-03", "K-21")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)]
)
def test_one_signal_lets_what_is_under_way_end_and_begins_nothing_new(
    start: Start, archive: Callable[[int], Path], store_path: Path, number: signal.Signals, code: int
) -> None:
    child = start("answers", archive(1500), "--concurrency", 4)
    child.wait_for("answered", 20)
    child.signal(number)
    ended = child.ended()
    finished = ended.event("finished")
    assert ended.code == code
    assert (finished["stopped"], finished["all_counted"]) == ("interrupted", True)
    assert set(ended.asked) == ended.done, "everything that was asked about is done"
    assert finished["done"] + finished["pending"] == 1500
    assert counts(store_path)[0] == len(ended.done) < 1500
    assert ended.event("error")["remedy"] == "run the same command again to go on"


@covers("G-01", "G-09")
def test_what_does_not_answer_is_given_up_when_the_grace_is_over(
    start: Start, archive: Callable[[int], Path], store_path: Path
) -> None:
    child = start("hangs", archive(50), "--concurrency", 4, "--grace", "0.5")
    child.wait_for("asked", 4)
    child.signal(signal.SIGINT)
    begun = time.monotonic()
    ended = child.ended()
    assert time.monotonic() - begun < 15, "half a second, and room for a busy machine"
    assert (ended.code, ended.done) == (130, {1, 2})
    assert flaws(store_path) == []


@covers("G-02", "G-05", "G-10")
def test_a_second_signal_ends_the_run_at_once_and_the_store_is_sound(
    start: Start, archive: Callable[[int], Path], store_path: Path
) -> None:
    child = start("hangs", archive(50), "--concurrency", 4, "--grace", "60")
    child.wait_for("asked", 4)
    child.signal(signal.SIGINT)
    while '"stopping"' not in child.errors:
        assert child.process.poll() is None
        time.sleep(0.01)
    child.signal(signal.SIGINT)
    begun = time.monotonic()
    assert child.ended().code == 130
    assert time.monotonic() - begun < 10, "a second, and room for a busy machine"
    assert flaws(store_path) == []
    rest = start("answers", archive(50)).ended()
    assert (rest.code, counts(store_path)) == (0, (50, 0, 0, 0))


@covers("A-35")
def test_a_model_that_is_not_there_ends_the_run_with_5_and_a_later_run_goes_on(
    start: Start, archive: Callable[[int], Path], store_path: Path
) -> None:
    ended = start("down", archive(100)).ended()
    finished = ended.event("finished")
    assert (ended.code, finished["stopped"], finished["pending"]) == (5, "api_unavailable", 100)
    rest = start("answers", archive(100)).ended()
    assert (rest.code, counts(store_path)) == (0, (100, 0, 0, 0))


@covers("D-13")
def test_a_second_run_on_the_same_store_ends_with_6_and_names_the_first(
    start: Start, archive: Callable[[int], Path]
) -> None:
    first = start("hangs", archive(20), "--concurrency", 2)
    first.wait_for("asked", 3)
    second = start("answers", archive(20)).ended()
    assert (second.code, second.asked) == (6, [])
    assert "error[store_locked] batch: " in second.errors
    assert str(first.process.pid) in second.errors


@covers("D-17")
def test_the_store_can_be_read_while_a_run_writes(
    start: Start, archive: Callable[[int], Path], store_path: Path
) -> None:
    child = start("answers", archive(400), "--concurrency", 4)
    child.wait_for("answered", 30)
    assert counts(store_path)[0] >= 1
    assert child.ended().code == 0


@covers("G-08")
def test_a_run_that_was_put_to_sleep_goes_on_when_it_is_woken(
    start: Start, archive: Callable[[int], Path], store_path: Path
) -> None:
    child = start("answers", archive(300), "--concurrency", 4)
    child.wait_for("answered", 20)
    child.signal(signal.SIGSTOP)
    os.waitpid(child.process.pid, os.WUNTRACED)
    assert counts(store_path)[0] < 300
    child.signal(signal.SIGCONT)
    assert child.ended().code == 0
    assert counts(store_path) == (300, 0, 0, 0)


@covers("D-22")
def test_few_file_descriptors_are_enough_for_many_files(
    start: Start, tmp_path: Path, store_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(1, 401):
        (folder / f"{n}.txt").write_text(text_of(n), encoding="utf-8")
    child = start("poor", folder, "--concurrency", 4)
    assert child.ended().code == 0
    assert counts(store_path) == (400, 0, 0, 0)
