"""Processes that use a store and end badly: ``store_child.py BEHAVIOUR STORE …``.

``writes`` records articles and tells of each on standard output once it is recorded; ``holds`` waits with the
lock; ``dies_at`` kills itself at each SQL statement in turn; ``fills`` writes until the disk is full, and
``fills_each`` until the files reach each of some sizes.
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import signal
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from briefgen.errors import BriefgenError
from briefgen.store import Failed, Origin, Skipped, Store, schema
from briefgen.store.checking import check
from briefgen.store.opening import Access, connect
from store_examples import RECIPE, article_of, done, pending, states

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefgen.store import Result

GROUP = 4


def tell(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def writes(path: Path, first: str, last: str, *carries_over: str) -> None:
    """Bring what is not done of these articles to its end, some at a time, as a run does."""
    with Store.open(path, create=True) as store, store.run(RECIPE) as run:
        store.rows(f"PRAGMA wal_autocheckpoint = {1 if carries_over else 1000}")
        numbers = range(int(first), int(last))
        for start in range(numbers.start, numbers.stop, GROUP):
            group = [n for n in numbers[start - numbers.start :][:GROUP] if states(run, n)[n] != "done"]
            run.record([pending(n) for n in group])
            for n in group:
                tell("asked", n)
            run.record([done(n) for n in group])
            for n in group:
                tell("done", n)
    tell("finished")


def holds(path: Path) -> None:
    with Store.open(path, create=True) as store, store.run(RECIPE) as run:
        run.record([done(1), pending(2)])
        tell("holding")
        signal.pause()


class Counting:
    """A connection that kills its process at the n-th statement, before or after it is carried out."""

    def __init__(self, connection: sqlite3.Connection, at: int, *, after: bool) -> None:
        self._connection = connection
        self._left = at
        self._after = after

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        self._left -= 1
        if self._left == 0 and not self._after:
            os.kill(os.getpid(), signal.SIGKILL)
        cursor = self._connection.execute(*arguments)
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return cursor

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            super().__setattr__(name, value)
        else:
            setattr(self._connection, name, value)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def group_of(n: int) -> list[Result]:
    copy = Skipped(Origin(f"copy {n}"), "duplicate", of=article_of(n).id)
    return [done(n), Failed(Origin(f"broken {n}"), "input_empty", "empty"), copy]


def record_one(path: Path, at: int, *, after: bool) -> None:
    """A whole run that dies at one of its statements."""
    store = Store(
        path, cast("sqlite3.Connection", Counting(connect(path, Access(create=True)), at, after=after))
    )
    with store.run(RECIPE) as run:
        run.record([pending(1)])
        run.record(group_of(1))
        tell("recorded")
    store.close()


def migrates(path: Path, at: int, *, after: bool) -> None:
    """A migration that dies at one of its statements."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")  # it is the process that dies, not the machine
    schema.migrate(cast("sqlite3.Connection", Counting(connection, at, after=after)))
    tell("recorded")


def dies_at(folder: Path, what: str) -> None:
    """Die at every statement of a run or a migration, before it and after it, each in a store of its own."""
    schema.MIGRATIONS += (("CREATE TABLE later (x)", "INSERT INTO later VALUES (1)"),) * (what == "migrates")
    action = {"record_one": record_one, "migrates": migrates}[what]
    for after in (False, True):
        for at in itertools.count(1):
            path = folder / f"{at}{after}"
            told, ours = os.pipe()
            child = os.fork()
            if child == 0:
                os.dup2(ours, 1)
                action(path, at, after=after)
                os._exit(0)
            os.close(ours)
            with os.fdopen(told, "rb") as pipe:
                recorded = b"recorded" in pipe.read()
            survived = os.waitpid(child, 0)[1] == 0
            tell(json.dumps({"recorded": recorded, "survived": survived, **left_by_death(path)}))
            if survived:
                break


def left_by_death(path: Path) -> dict[str, object]:
    """What the next run finds."""
    with sqlite3.connect(path) as connection:
        version = schema.version_of(connection)
    connection.close()
    with Store.open(path, create=True) as store:
        damage = list(check(store))
        with store.run(RECIPE) as run:
            state, counts = states(run, 1)[1], run.counts()
        (newest,) = store.rows("PRAGMA user_version")[0]
    return {"version": version, "newest": newest, "state": state, "inputs": counts.inputs, "damage": damage}


def fills(path: Path, *limit: str) -> None:
    """Record articles until there is no space, or no file may grow beyond ``limit`` bytes; then tell why."""
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[0]), resource.RLIM_INFINITY))
    n = 0
    try:
        with Store.open(path, create=True) as store, store.run(RECIPE) as run:
            while True:
                run.record([done(n)])
                tell("done", n)
                n += 1
    except BriefgenError as error:
        tell("error", error.code, error.exit_code)


def fills_each(folder: Path, *limits: str) -> None:
    """As :func:`fills`, once for each limit, in a process of its own and a store of that name."""
    for limit in limits:
        child = os.fork()
        if child == 0:
            tell("limit", limit)
            fills(folder / limit, limit)
            os._exit(0)
        os.waitpid(child, 0)


BEHAVIOURS: dict[str, Callable[..., None]] = {
    function.__name__: function for function in (writes, holds, dies_at, fills, fills_each)
}

if __name__ == "__main__":
    with suppress(BrokenPipeError):
        BEHAVIOURS[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
