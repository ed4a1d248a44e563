"""What is no store, or one that cannot be used: a clear error, and the file as it was."""

from __future__ import annotations

import os
import sqlite3
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.errors import (
    BriefgenError,
    InputError,
    StoreCorrupt,
    StoreError,
    StoreLocked,
    StoreNewer,
    UsageError,
)
from briefgen.store import Store, stored_briefs
from briefgen.store.checking import check
from briefgen.store.schema import MIGRATIONS
from store_examples import RECIPE, done, filled, origin_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def test_a_store_that_is_not_there_is_missing_and_is_not_made_by_looking(path: Path) -> None:
    with pytest.raises(InputError, match="no store") as raised:
        Store.open(path, readonly=True)
    assert raised.value.code == "input_missing"
    assert not path.exists()


@pytest.mark.covers("D-23")
def test_only_its_owner_may_read_it_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        with Store.open(path, create=True) as store, store.run(RECIPE) as run:
            run.record([done(1)])
            modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert len(modes) == 4, "the file, its log, its shared memory, its lock"
    assert set(modes.values()) == {0o600}


def test_a_closed_store_is_one_file_and_its_lock(path: Path) -> None:
    filled(path, 1)
    assert sorted(file.name for file in path.parent.iterdir()) == ["archive.briefs", "archive.briefs.lock"]


@pytest.mark.covers("D-07")
@pytest.mark.parametrize("kind", ["folder", "pipe", "device"])
def test_what_is_no_file_is_a_usage_error_and_is_not_opened(path: Path, kind: str) -> None:
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)  # opening it would wait for ever
    else:
        path = Path("/dev/zero")
    with pytest.raises(UsageError, match="no regular file"):
        Store.open(path, create=True)


@pytest.mark.covers("D-20")
@pytest.mark.parametrize("ending", ["", "-wal", ".lock"])
def test_a_symbolic_link_is_refused_the_store_or_what_is_beside_it(
    path: Path, tmp_path: Path, ending: str
) -> None:
    target = filled(tmp_path / "other", 1) if not ending else tmp_path / "elsewhere"
    if ending:
        filled(path, 1)
        path.with_name(path.name + ending).unlink(missing_ok=True)
    path.with_name(path.name + ending).symlink_to(target)
    with pytest.raises(StoreError, match="symbolic link"):
        Store.open(path, create=True)
    assert target.exists() == (not ending)


@pytest.mark.covers("D-08")
@pytest.mark.parametrize("content", [b"no database at all\n" * 100, b"", b"SQLite", b"\0" * 4096])
def test_what_is_no_database_is_left_as_it_was(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreCorrupt, match="no store of briefs") as raised:
        Store.open(path)
    assert raised.value.exit_code == 6
    assert path.read_bytes() == content


@pytest.mark.covers("D-08")
def test_a_database_of_another_program_is_left_as_it_was(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photos (name)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreCorrupt, match="no store of briefs"):
        Store.open(path, create=True)
    assert path.read_bytes() == before


@pytest.mark.covers("D-12")
@pytest.mark.parametrize("readonly", [True, False])
def test_a_newer_store_is_left_as_it_was(path: Path, readonly: bool) -> None:
    filled(path, 1)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreNewer, match="update briefgen"):
        Store.open(path, readonly=readonly)
    assert path.read_bytes() == before


@pytest.mark.covers("D-09")
def test_a_store_cut_in_half_is_damaged_and_not_overwritten(path: Path) -> None:
    filled(path, *range(60))
    half = path.read_bytes()[: path.stat().st_size // 2]
    path.write_bytes(half)
    with pytest.raises(StoreCorrupt, match="restore it from a copy"), Store.open(path, create=True) as store:
        store.counts()
    assert path.read_bytes() == half


@pytest.mark.covers("D-10")
def test_one_flipped_byte_is_found_by_a_check_wherever_it_is(path: Path) -> None:
    """In a brief, a text, an answer or the pages around them; never taken for what it is not."""
    filled(path, *range(30))
    whole = path.read_bytes()
    with Store.open(path, readonly=True) as store:
        assert list(check(store)) == []
        parts = [
            bytes(store.rows(sql)[0][0])
            for sql in (
                "SELECT brief FROM briefs WHERE work = 17",
                "SELECT answers FROM briefs WHERE work = 9",
                "SELECT text FROM articles WHERE id = 12",
            )
        ]
    places = [whole.index(part) + len(part) // 2 for part in parts] + [4096 * 3, 100]
    for place in places:
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        path.write_bytes(bytes(damaged))
        try:
            with Store.open(path, readonly=True) as store:
                found = list(check(store))
        except StoreCorrupt as error:
            found = [str(error)]
        assert found, f"byte {place}"


@pytest.mark.covers("D-11")
def test_a_lost_log_or_shared_memory_leaves_a_sound_store(path: Path, tmp_path: Path) -> None:
    """As after a crash: the main file without what SQLite had beside it."""
    lonely = tmp_path / "lonely"
    with Store.open(path, create=True) as store, store.run(RECIPE) as run:
        run.record([done(1)])
        store.rows("PRAGMA wal_checkpoint(FULL)")
        run.record([done(2)])
        lonely.write_bytes(path.read_bytes())
    with Store.open(lonely) as store:
        assert list(check(store)) == []
        assert [brief.label for brief in stored_briefs(store)] == [origin_of(1).label]


@pytest.mark.covers("D-05", "D-06")
@pytest.mark.skipif(ROOT, reason="root may write everywhere")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_store_that_takes_no_writing_says_so_before_anything_is_asked(path: Path, what: str) -> None:
    filled(path, 1)
    locked = path.parent if what == "folder" else path
    mode = locked.stat().st_mode
    locked.chmod(0o500 if what == "folder" else 0o400)
    try:
        with pytest.raises(StoreError, match="read-only"):
            Store.open(path, create=True)
        with Store.open(path, readonly=True) as store:
            assert store.counts().done == 1, "reading goes on"
    finally:
        locked.chmod(mode)


@pytest.mark.covers("D-05", "D-06")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_without_permission_to_write_the_error_names_what_is_read_only(
    path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """As above for those whom permissions do not stop: the system says that it takes no writing."""
    filled(path, 1)
    locked = path.parent if what == "folder" else path
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda name, mode, **more: Path(name) != locked and real(name, mode, **more)
    )
    with pytest.raises(StoreError, match=f"'{locked}' is read-only") as raised:
        Store.open(path, create=True)
    assert raised.value.exit_code == 6
    with Store.open(path, readonly=True) as store:
        assert store.counts().done == 1


def test_a_store_on_a_full_disk_can_still_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite has no room there for the memory that its readers share; without a log they need none."""
    filled(path, 1)
    real: Callable[..., sqlite3.Connection] = sqlite3.connect
    no_room = sqlite3.OperationalError("unable to open database file")
    no_room.sqlite_errorname = "SQLITE_CANTOPEN"

    def full(database: str, **options: Any) -> sqlite3.Connection:
        if "immutable" not in database:
            raise no_room
        return real(database, **options)

    monkeypatch.setattr(sqlite3, "connect", full)
    with Store.open(path, readonly=True) as store:
        assert store.counts().done == 1
    with pytest.raises(StoreError, match="cannot be used"):
        Store.open(path)


def test_a_reader_cannot_write(path: Path) -> None:
    filled(path, 1)
    with (
        Store.open(path, readonly=True) as store,
        pytest.raises(StoreError, match="cannot be used"),
        store.run(RECIPE),
    ):
        pytest.fail("a run began")


def test_a_store_that_could_not_be_made_leaves_no_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_connection: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("briefgen.store.schema.migrate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Store.open(path, create=True)
    assert list(path.parent.iterdir()) == []


def test_an_empty_file_becomes_a_store_where_one_may_be_made(path: Path) -> None:
    """What is left of a run that was killed between making the file and making its tables (K-01)."""
    path.touch()
    with Store.open(path, create=True) as store:
        assert store.counts().inputs == 0


@pytest.mark.covers("D-19")
def test_a_child_of_fork_does_not_use_the_connection_of_its_parent(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(StoreError, match="open it in each process"):
        store.counts()


@pytest.mark.covers("D-18")
def test_a_transaction_of_another_program_ends_in_store_locked_after_the_time_out(path: Path) -> None:
    filled(path, 1)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with (
            Store.open(path, busy_seconds=0.05) as store,
            pytest.raises(StoreLocked, match="another program is writing") as raised,
            store.run(RECIPE),
        ):
            pytest.fail("a run began")
        assert raised.value.exit_code == 6
    finally:
        other.close()


@pytest.mark.covers("D-17")
def test_readers_see_what_is_committed_while_a_run_writes(path: Path) -> None:
    with (
        Store.open(path, create=True) as store,
        store.run(RECIPE) as run,
        Store.open(path, readonly=True) as reader,
    ):
        run.record([done(1)])
        with store.writing() as connection:
            connection.execute("DELETE FROM briefs")
            assert [brief.label for brief in stored_briefs(reader)] == [origin_of(1).label]
            assert reader.counts().done == 1
            connection.execute("ROLLBACK")
            connection.execute("BEGIN")


def test_every_error_of_a_store_is_one_of_ours_with_exit_code_6() -> None:
    assert {error.exit_code for error in (StoreError, StoreCorrupt, StoreLocked, StoreNewer)} == {6}
    assert issubclass(StoreError, BriefgenError)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE articles SET text = (SELECT text FROM articles WHERE id = 1)",
            "is not the one that was briefed",
        ),
        ("DELETE FROM articles WHERE id = 2", "lost its article"),
        ("DELETE FROM works WHERE id = 2", "refers to nothing in works"),
    ],
)
def test_a_check_finds_rows_that_do_not_belong_together(path: Path, statement: str, said: str) -> None:
    """What another program may have done to the file: every page is sound, and yet it is wrong."""
    filled(path, 1, 2)
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    with Store.open(path, readonly=True) as store:
        assert any(said in line for line in check(store))
