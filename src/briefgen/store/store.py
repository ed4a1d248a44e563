"""Store: the file in which an archive's briefs are kept, and its ledger: what became of every input."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from briefgen.errors import BriefgenError, StoreError
from briefgen.store.locking import alone
from briefgen.store.opening import Access, connect, store_errors
from briefgen.store.records import Counts, RunInfo, Totals
from briefgen.store.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefgen.store.records import Recipe

    Values = Sequence[Any] | Mapping[str, Any]

_COUNTS = """SELECT COALESCE(i.state, w.state) AS state, COALESCE(w.code, i.code) AS code,
    COUNT(*) AS inputs, SUM(COALESCE(w.partial, 0)) AS partial
    FROM inputs i LEFT JOIN works w ON w.id = i.work GROUP BY 1, 2 ORDER BY 3 DESC, 2"""
_RUNS = """SELECT r.*, COALESCE(c.model, '') AS model,
    (SELECT COUNT(*) FROM works w WHERE w.run = r.id AND w.state = 'pending') AS in_flight
    FROM runs r LEFT JOIN recipes c ON c.id = r.recipe ORDER BY r.id"""
_TOTALS = """SELECT TOTAL(requests), SUM(input_tokens), SUM(cached_tokens), SUM(output_tokens), SUM(cost_usd),
    TOTAL(unpriced) FROM runs"""
_MODELS = """SELECT c.model, COUNT(*) AS briefs FROM inputs i JOIN works w ON w.id = i.work
    JOIN recipes c ON c.id = w.recipe WHERE w.state = 'done' GROUP BY 1 ORDER BY 2 DESC, 1"""
_HOLDER = "SELECT pid, host FROM runs WHERE ended IS NULL ORDER BY id DESC LIMIT 1"
_LABEL = "SELECT label FROM inputs WHERE work = ? ORDER BY id LIMIT 1"
_MANY = 500


class Store:
    """A store, open. One thread at a time uses it; others wait.

    Readers see what was recorded when they asked, whatever a run does meanwhile. What :meth:`Run.record` has
    written survives the end of the process, ``kill -9`` included. Should the machine itself stop (power),
    the store stays sound, and the last seconds of records may be missing: they are asked again.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self._lock = threading.RLock()
        self._pid = os.getpid()

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = False, readonly: bool = False, busy_seconds: float = 5.0
    ) -> Store:
        """Open the store at ``path``; ``create``: make it, readable by its owner only, if it is not there.

        ``busy_seconds``: how long to wait for a transaction of somebody else.

        Raises :class:`UsageError` (no regular file), :class:`InputError` (``input_missing``), and
        :class:`StoreError`: :class:`StoreNewer`, :class:`StoreCorrupt` (no store, or damaged),
        :class:`StoreFull`, :class:`StoreLocked`, or plain (a link, no permission). None of them changes it.
        """
        place = Path(path)
        return cls(place, connect(place, Access(create, readonly, busy_seconds)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. A closed store can do nothing."""
        with self._lock:
            self._connection.close()

    # -- writing --------------------------------------------------------------------------------------------

    @contextmanager
    def run(self, recipe: Recipe | None = None, *, kind: str = "batch") -> Iterator[Run]:
        """Be the one run of the store while the block runs. How it ended is written into the store.

        Raises :class:`StoreLocked`, naming process and machine, where another run has the store.
        """
        with alone(self.path, self._holder):
            run = Run(self, kind, recipe)
            try:
                yield run
            except BaseException as error:
                with suppress(StoreError):  # it may be the store that failed
                    run.end(error.code if isinstance(error, BriefgenError) else type(error).__name__)
                raise
            run.end(run.outcome)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all that the block writes, or nothing."""
        with self._lock, store_errors(self.path):
            connection = self._own()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # a full disk has rolled it back already
                    connection.execute("ROLLBACK")
                raise

    # -- reading --------------------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """How many inputs are in which state, and of which code the failed and skipped are."""
        found = dict.fromkeys(("done", "failed", "skipped", "pending"), 0)
        codes: dict[str, int] = {}
        partial = 0
        for row in self.rows(_COUNTS):
            found[row["state"]] += row["inputs"]
            partial += row["partial"]
            if row["code"]:
                codes[row["code"]] = codes.get(row["code"], 0) + row["inputs"]
        return Counts(**found, partial=partial, codes=codes)

    def totals(self) -> Totals:
        """What all runs together have used."""
        (row,) = self.rows(_TOTALS)
        requests, tokens_in, cached, tokens_out, cost, unpriced = row
        return Totals(int(requests), tokens_in, cached, tokens_out, cost, int(unpriced))

    def runs(self) -> list[RunInfo]:
        """Every run, the first one first."""
        return [
            RunInfo(
                **{name: row[name] for name in ("id", "kind", "model", "briefgen", "pid", "host")},
                started=row["started"],
                ended=row["ended"],
                outcome=row["outcome"] or "",
                totals=Totals(*(row[name] for name in Totals.__dataclass_fields__)),
                in_flight=row["in_flight"],
            )
            for row in self.rows(_RUNS)
        ]

    def models(self) -> dict[str, int]:
        """How many inputs have a brief by which model, the one with the most first."""
        return {row["model"]: row["briefs"] for row in self.rows(_MODELS)}

    def superseded(self) -> int:
        """How many briefs no input has any more: of a text that was changed since, or another model's."""
        (row,) = self.rows(
            "SELECT COUNT(*) FROM briefs b WHERE NOT EXISTS (SELECT 1 FROM inputs i WHERE i.work = b.work)"
        )
        return int(row[0])

    def label_of(self, work: int) -> str | None:
        """Label of the first input that has this work, if one has."""
        row = self.row(_LABEL, (work,))
        return str(row["label"]) if row else None

    # -- rows -----------------------------------------------------------------------------------------------

    def rows(self, sql: str, values: Values = ()) -> list[sqlite3.Row]:
        """All rows of a query. Raises :class:`StoreError`."""
        with self._lock, store_errors(self.path):
            return self._own().execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> sqlite3.Row | None:
        """The first row of a query, if there is one."""
        with self._lock, store_errors(self.path):
            found: sqlite3.Row | None = self._own().execute(sql, values).fetchone()
            return found

    def stream(self, sql: str, values: Values = ()) -> Iterator[sqlite3.Row]:
        """The rows of a query, some at a time."""
        with self._lock, store_errors(self.path):
            cursor = self._own().execute(sql, values)
        while True:
            with self._lock, store_errors(self.path):
                found = cursor.fetchmany(_MANY)
            if not found:
                return
            yield from found

    def _own(self) -> sqlite3.Connection:
        """The connection, in the process that opened it: SQLite's do not survive a fork (D-19)."""
        if os.getpid() != self._pid:
            raise StoreError(
                f"the store {str(self.path)!r} was opened by another process", hint="open it in each process"
            )
        return self._connection

    def _holder(self) -> str:
        """Who has the lock, as far as the store knows: the run that has not ended."""
        row = self.row(_HOLDER)
        return f"process {row['pid']} on {row['host']}" if row else "another run that is just starting"
