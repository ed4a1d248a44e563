"""Processes that are killed, disks that are full, locks that outlive nobody. Real processes, real signals.

``BRIEFGEN_KILLS=100`` kills that many writers instead of ten.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.errors import StoreError, StoreLocked
from briefgen.store import Store, inputs, stored_briefs
from briefgen.store.checking import check
from briefgen.store.schema import MIGRATIONS
from store_examples import RECIPE, done, origin_of, states

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Start = Callable[..., subprocess.Popen[str]]

CHILD = Path(__file__).with_name("store_child.py")
KILLS = int(os.environ.get("BRIEFGEN_KILLS", "10"))
ARTICLES = 24 * KILLS
HELD = 60
"""Seconds after which a child that does not answer is a failure."""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start a child; none is left at the end of the test."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: object, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        command = [*before, sys.executable, str(CHILD), *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(CHILD.parents[1])}
        pipe = subprocess.PIPE
        child = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment)
        started.append(child)
        return child

    yield begin
    for child in started:
        child.kill()
        child.communicate()


def lines(child: subprocess.Popen[str]) -> list[str]:
    """Everything a child has to say, until it ends."""
    out, err = child.communicate(timeout=HELD * 5)
    assert "Traceback" not in err, err
    return out.splitlines()


def kill_after(child: subprocess.Popen[str], count: int) -> list[str]:
    """Read that many lines, kill the child, and return all that it had said by then."""
    assert child.stdout is not None
    said = [line.strip() for _, line in zip(range(count), child.stdout, strict=False)]
    child.kill()
    return said + [line.strip() for line in child.stdout.read().splitlines()]


def numbers(said: list[str], word: str) -> list[int]:
    return [int(line.split()[1]) for line in said if line.startswith(f"{word} ")]


@pytest.mark.covers("K-02", "K-13", "K-11", "K-15", "B-ARC-14")
def test_writers_killed_at_random_points_lose_nothing_and_repeat_only_what_was_in_flight(
    path: Path, start: Start
) -> None:
    dice = random.Random(8)
    told: set[int] = set()
    for _ in range(KILLS):
        said = kill_after(start("writes", path, 0, ARTICLES), dice.randrange(1, 45))
        asked_again = told & set(numbers(said, "asked"))
        assert not asked_again, "nothing that was told to be done is asked again"
        told |= set(numbers(said, "done"))
        with Store.open(path, create=True) as store:
            assert list(check(store)) == []
            known = {brief.label for brief in stored_briefs(store)}
            counts = store.counts()
        assert {origin_of(n).label for n in told} <= known, "what was told to be done is done"
        assert counts.pending <= 4, "no more than was in flight"
    assert lines(start("writes", path, 0, ARTICLES))[-1] == "finished"
    with Store.open(path, readonly=True) as store:
        assert store.counts().done == store.counts().inputs == ARTICLES
        assert [brief.label for brief in stored_briefs(store)] == [
            origin_of(n).label for n in range(ARTICLES)
        ]
        assert [run.outcome for run in store.runs()] == [*["killed"] * KILLS, "finished"][
            -len(store.runs()) :
        ]


@pytest.mark.covers("K-01", "K-03", "K-04", "K-05", "K-06", "K-07", "K-09")
def test_a_run_that_dies_at_any_statement_leaves_all_of_a_transaction_or_nothing(
    tmp_path: Path, start: Start
) -> None:
    """Before and after each SQL statement of a run in turn: SIGKILL, check, look, go on."""
    deaths = [json.loads(line) for line in lines(start("dies_at", tmp_path, "record_one"))]
    assert len(deaths) > 50
    assert sum(death["survived"] for death in deaths) == 2
    for death in deaths:
        assert death["damage"] == []
        assert death["inputs"] == {None: 0, "pending": 1, "done": 3}[death["state"]]
        assert death["state"] == "done" or not death["recorded"]
    assert {death["state"] for death in deaths} == {None, "pending", "done"}


@pytest.mark.covers("K-10")
def test_a_migration_that_dies_at_any_statement_leaves_the_old_version_or_the_new(
    tmp_path: Path, start: Start
) -> None:
    deaths = [json.loads(line) for line in lines(start("dies_at", tmp_path, "migrates"))]
    newest = len(MIGRATIONS) + 1  # the child adds one
    assert {death["version"] for death in deaths} == set(range(newest + 1))
    assert {death["newest"] for death in deaths} == {newest}
    assert all(death["damage"] == [] for death in deaths)


@pytest.mark.covers("K-12")
def test_a_writer_killed_while_its_log_is_carried_over_leaves_a_sound_store(path: Path, start: Start) -> None:
    """After every commit, so that a kill at a random point often falls into it."""
    dice = random.Random(12)
    for _ in range(3):
        said = kill_after(start("writes", path, 0, 4000, "carries over"), dice.randrange(1, 60))
        with Store.open(path) as store:
            assert list(check(store)) == []
            assert store.counts().done >= len(numbers(said, "done"))


@pytest.mark.covers("K-22")
def test_a_machine_that_loses_power_loses_only_the_last_records(path: Path, tmp_path: Path) -> None:
    """The log as it may be left: cut off anywhere. What is found is a beginning of what was recorded."""
    with Store.open(path, create=True) as store, store.run(RECIPE) as run:
        for n in range(40):
            run.record([done(n)])
        main = path.read_bytes()
        log = path.with_name(path.name + "-wal").read_bytes()
    dice = random.Random(22)
    lengths = []
    for cut in (0, len(log), *(dice.randrange(len(log)) for _ in range(10))):
        left = tmp_path / f"left{cut}"
        left.write_bytes(main)
        left.with_name(left.name + "-wal").write_bytes(log[:cut])
        with Store.open(left, create=True) as store:
            assert list(check(store)) == []
            labels = [brief.label for brief in stored_briefs(store)]
        assert labels == [origin_of(n).label for n in range(len(labels))]
        lengths.append((cut, len(labels)))
    assert [count for _, count in sorted(lengths)] == sorted(count for _, count in lengths)
    assert lengths[1] == (len(log), 40)


@pytest.mark.covers("D-13", "D-15", "D-16")
def test_a_second_run_is_told_who_has_the_store_and_a_dead_holder_has_it_no_longer(
    path: Path, start: Start
) -> None:
    holder = start("holds", path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "holding\n"
    with Store.open(path) as store:
        with pytest.raises(StoreLocked, match=rf"in use by process {holder.pid} on \S+; wait") as raised:
            store.run(RECIPE).__enter__()
        assert raised.value.exit_code == 6
        assert store.counts().done == 1, "readers go on"
        holder.send_signal(signal.SIGKILL)
        holder.wait(HELD)
        with store.run(RECIPE) as run:
            assert run.took_over is not None
            assert (run.took_over.pid, run.took_over.in_flight) == (holder.pid, 1)
            assert states(run, 1, 2) == {1: "done", 2: "pending"}
    with Store.open(path) as store:
        assert [run.outcome for run in store.runs()] == ["killed", "finished"]


@pytest.mark.covers("D-16")
def test_a_live_process_with_the_pid_of_a_dead_holder_is_not_taken_for_it(path: Path, start: Start) -> None:
    """The store says that this very process has it; the kernel knows better."""
    with Store.open(path, create=True) as store:
        with store.writing() as connection:
            connection.execute(
                "INSERT INTO runs (kind, briefgen, pid, host, started) VALUES ('batch', '0', ?, 'here', 1.0)",
                (os.getpid(),),
            )
        with store.run(RECIPE) as run:
            assert run.took_over is not None
            assert run.took_over.pid == os.getpid()


def test_two_runs_of_one_process_do_not_share_a_store_either(path: Path) -> None:
    with (
        Store.open(path, create=True) as one,
        Store.open(path) as two,
        one.run(RECIPE),
        pytest.raises(StoreLocked, match=f"process {os.getpid()} on"),
        two.run(RECIPE),
    ):
        pytest.fail("a second run began")


@pytest.mark.covers("D-04")
def test_a_write_that_fails_anywhere_is_a_clear_error_and_the_next_run_finishes(
    tmp_path: Path, start: Start
) -> None:
    """The system refuses to let a file grow beyond a limit, which is another write for each limit."""
    limits = [str(limit) for limit in range(2_000, 140_000, 11_000)]
    told = "\n".join(lines(start("fills_each", tmp_path, *limits))).split("limit ")[1:]
    assert [each.split()[0] for each in told] == limits
    for limit, each in zip(limits, told, strict=True):
        said = each.splitlines()
        assert re.fullmatch(r"error store_\w+ 6", said[-1]), said[-1]
        with Store.open(tmp_path / limit, create=True) as store, store.run(RECIPE) as run:
            assert list(check(store)) == []
            assert {found.label for found in inputs(store)} >= {
                origin_of(n).label for n in numbers(said, "done")
            }
            run.record([done(10_000)])


def test_a_full_store_is_rolled_back_and_goes_on_once_there_is_space(path: Path) -> None:
    with Store.open(path, create=True) as store, store.run(RECIPE) as run:
        run.record([done(1)])
        (pages,) = store.rows("PRAGMA page_count")[0]
        store.rows(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(StoreError, match=r"no space left .*; free space") as raised:
            run.record([done(n) for n in range(2, 40)])
        assert (raised.value.code, raised.value.exit_code, raised.value.retryable) == ("store_full", 6, True)
        assert run.counts().inputs == 1
        store.rows("PRAGMA max_page_count = 1000000")
        run.record([done(2)])
        assert run.counts().done == 2
        assert run.totals().requests == 14, "what was rolled back was not counted"


@pytest.mark.covers("D-01")
@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare, to mount a small disk")
def test_a_full_disk_ends_with_store_full_and_all_that_was_told_is_kept(tmp_path: Path, start: Start) -> None:
    """A real one: 3 MB in memory, filled by a child, looked into before it goes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = f"mount -t tmpfs -o size=3m none {disk}"
    if subprocess.run(["unshare", "-m", "sh", "-c", mounted], capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a disk")
    script = f'{mounted} && "$@" && cp -r {disk} {tmp_path}/copy'
    said = lines(start("fills", disk / "store", before=("unshare", "-m", "sh", "-c", script, "sh")))
    assert said[-1] == "error store_full 6"
    assert len(said) > 20
    with Store.open(tmp_path / "copy" / "store") as store, store.run(RECIPE) as run:
        assert list(check(store)) == []
        assert store.counts().done == len(numbers(said, "done"))
        run.record([done(10_000)])
