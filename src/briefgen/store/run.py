"""A run: the one writer of a store, from the moment it has the lock until it gives it up."""

from __future__ import annotations

import json
import os
import socket
import time
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from briefgen.store.ledger import Ledger
from briefgen.store.packing import storable
from briefgen.store.records import DUPLICATE, Known, State, Totals
from briefgen.store.tokens import Settled, signed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from briefgen.article import Article
    from briefgen.brief import Brief
    from briefgen.store.records import Counts, Origin, Recipe, Result, RunInfo
    from briefgen.store.store import Store

_KNOWN = """SELECT w.id, w.article, w.state, w.code, w.retryable, w.partial, a.title, a.published
    FROM articles a JOIN works w ON w.article = a.id WHERE a.hash = ? AND w.recipe = ?"""
_OWN = """SELECT i.work, i.state, i.code, i.retryable, i.hash, w.article, i.twin IS NULL OR EXISTS (
        SELECT 1 FROM works t WHERE t.article = i.twin AND t.recipe = ?) AS stands
    FROM inputs i LEFT JOIN works w ON w.id = i.work WHERE i.label = ?"""
_SETTLED = """SELECT i.token FROM inputs i LEFT JOIN works w ON w.id = i.work WHERE i.token IS NOT NULL AND (
    (w.recipe = :recipe AND (w.state = 'done' AND NOT (:failed AND w.partial) OR w.state = 'failed' AND NOT :failed))
    OR (i.state = 'failed' AND NOT :failed)
    OR (i.state = 'skipped' AND NOT (:duplicates AND i.code = :code) AND (
        i.twin IS NULL OR EXISTS (SELECT 1 FROM works t WHERE t.article = i.twin AND t.recipe = :recipe))))"""
# Forms that were filled in thousands of times share their bands: of each band only the oldest are looked at.
_OF_A_BAND = """SELECT b.article FROM (SELECT article FROM bands WHERE band = ? ORDER BY article LIMIT 1024) b
    JOIN works w ON w.article = b.article AND w.recipe = ? WHERE b.article <> ? ORDER BY b.article LIMIT 32"""
_NEAR = "SELECT hash, text FROM articles WHERE id = ?"

_CLOSE = """UPDATE runs SET outcome = 'killed', ended = MAX(started, COALESCE(
    (SELECT MAX(changed) FROM works WHERE run = runs.id), 0)) WHERE ended IS NULL"""


class Run:
    """What one run may do to the store. Made by :meth:`briefgen.store.store.Store.run`."""

    def __init__(self, store: Store, kind: str, recipe: Recipe | None) -> None:
        self._store = store
        self.took_over: RunInfo | None = None
        """The run before, if it was killed: what it had in flight may have been billed."""
        self.outcome = "finished"
        """What is written when the block of :meth:`Store.run` ends without an exception."""
        with self._store.writing() as connection:
            self.took_over = _close_killed(store, connection)
            self._recipe = _recipe_row(connection, recipe) if recipe else None
            cursor = connection.execute(
                "INSERT INTO runs (kind, recipe, briefgen, pid, host, started) VALUES (?, ?, ?, ?, ?, ?)",
                (kind, self._recipe, version("briefgen"), os.getpid(), socket.gethostname(), time.time()),
            )
            self.id = int(cursor.lastrowid or 0)
        self._ledger = Ledger(connection, self.id, self._recipe)

    # -- what is known ------------------------------------------------------------------------------------------

    def settled(self, *, redo_failed: bool = False, redo_duplicates: bool = False) -> Settled:
        """The inputs that were brought to their end under this recipe, by label and fingerprint.

        ``redo_failed`` leaves out the failed and the partial, ``redo_duplicates`` those skipped as copies.
        """
        values = {
            "recipe": self._recipe,
            "failed": redo_failed,
            "duplicates": redo_duplicates,
            "code": DUPLICATE,
        }
        return Settled(token for (token,) in self._store.stream(_SETTLED, values))

    def look_up(self, origin: Origin, article: Article) -> Known | None:
        """What the store knows of an input under the recipe of this run; ``None`` if it must be briefed."""
        key = bytes.fromhex(article.id)
        work = self._store.row(_KNOWN, (key, self._recipe))
        own = self._store.row(_OWN, (self._recipe, storable(origin.label)))
        if own and own["hash"] == key and own["state"] and own["stands"]:
            return Known(
                own["state"], origin.label, own=True, code=own["code"], retryable=bool(own["retryable"])
            )
        if work is None:
            return None
        published = article.published.isoformat() if article.published else None
        label = None if own and own["article"] == work["article"] else self._store.label_of(work["id"])
        state: State = work["state"]
        return Known(
            state,
            origin.label if label is None else label,
            own=label is None,
            code=work["code"],
            retryable=bool(work["retryable"]),
            partial=bool(work["partial"]),
            changed=(work["title"], work["published"]) != (article.title, published),
        )

    def near(self, article: Article, bands: Sequence[int]) -> list[tuple[str, bytes]]:
        """Id and packed text of other articles under this recipe that share a band: the 32 oldest of each band."""
        row = self._store.row("SELECT id FROM articles WHERE hash = ?", (bytes.fromhex(article.id),))
        own = row["id"] if row else 0
        numbers = {
            number
            for band in bands
            for (number,) in self._store.rows(_OF_A_BAND, (signed(band), self._recipe, own))
        }
        found = [self._store.row(_NEAR, (number,)) for number in sorted(numbers)]
        return [(row["hash"].hex(), row["text"]) for row in found if row]

    def counts(self) -> Counts:
        """How many inputs of the store are in which state."""
        return self._store.counts()

    def totals(self) -> Totals:
        """What this run has used so far."""
        return self._ledger.totals

    # -- what is written ----------------------------------------------------------------------------------------

    def record(self, results: Sequence[Result]) -> None:
        """Write the results in one transaction. When this returns, they survive ``kill -9``.

        The last word on an input counts. Where it raises, none of the results was written: one of
        :class:`briefgen.errors.StoreError`, or ``LookupError`` for a :class:`Skipped` that names an article
        which the store does not have.
        """
        before = self._ledger.totals
        try:
            with self._store.writing():
                self._ledger.write(results)
        except BaseException:
            self._ledger.totals = before
            raise

    def revise(self, revised: Mapping[int, Brief]) -> None:
        """Replace the briefs of these works (:attr:`StoredBrief.work`), in one transaction; answers and costs stay."""
        with self._store.writing():
            for work, brief in revised.items():
                self._ledger.revise(work, brief)

    def remember(self, key: str, value: Any) -> None:
        """Keep a JSON value under a key, for a later run."""
        with self._store.writing() as connection:
            connection.execute(
                "INSERT INTO memory (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, json.dumps(value)),
            )

    def remembered(self, prefix: str = "") -> dict[str, Any]:
        """What was kept under the keys that start with ``prefix``, in the order of the keys."""
        rows = self._store.rows(
            "SELECT key, value FROM memory WHERE substr(key, 1, ?) = ? ORDER BY key", (len(prefix), prefix)
        )
        return {row["key"]: json.loads(row["value"]) for row in rows}

    def forget(self, key: str) -> None:
        """Drop what was kept under a key, if anything was."""
        with self._store.writing() as connection:
            connection.execute("DELETE FROM memory WHERE key = ?", (key,))

    def end(self, outcome: str) -> None:
        """Write how the run ended. :meth:`Store.run` does it."""
        with self._store.writing() as connection:
            connection.execute(
                "UPDATE runs SET ended = ?, outcome = ? WHERE id = ?", (time.time(), outcome, self.id)
            )


def _recipe_row(connection: sqlite3.Connection, recipe: Recipe) -> int:
    row = connection.execute("SELECT id FROM recipes WHERE digest = ?", (recipe.digest,)).fetchone()
    if row is None:
        row = connection.execute(
            "INSERT INTO recipes (digest, model, checked_by, schema_version, prompts, profile) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (
                recipe.digest,
                recipe.model,
                recipe.checked_by,
                recipe.schema_version,
                json.dumps(dict(recipe.prompts)),
                json.dumps(dict(recipe.profile)),
            ),
        ).fetchone()
    return int(row[0])


def _close_killed(store: Store, connection: sqlite3.Connection) -> RunInfo | None:
    """Mark the runs that never ended: who holds the lock knows that they are gone. Return the last one."""
    gone = [run for run in store.runs() if run.ended is None]
    if gone:
        connection.execute(_CLOSE)
    return gone[-1] if gone else None
