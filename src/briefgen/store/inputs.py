"""What became of each input: the ledger as a reader sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.errors import InputError, UsageError
from briefgen.store.briefs import StoredBrief, natural, stored_brief
from briefgen.store.packing import storable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from briefgen.store.records import State
    from briefgen.store.store import Store

SHORTEST_ID = 6
"""Hexadecimal digits that name an article."""

_ROWS = """SELECT i.id, i.label, COALESCE(i.state, w.state) AS state, COALESCE(w.code, i.code) AS code,
    COALESCE(w.message, i.message) AS message, COALESCE(w.retryable, i.retryable) AS retryable,
    COALESCE(w.partial, 0) AS partial, COALESCE(a.hash, i.hash) AS hash, a.title, a.published,
    t.hash AS twin, i.work
    FROM inputs i LEFT JOIN works w ON w.id = i.work LEFT JOIN articles a ON a.id = w.article
    LEFT JOIN articles t ON t.id = i.twin"""
# The newest brief of an article, whatever made it, that an input still has.
_BRIEFED = """SELECT w.id FROM works w JOIN articles a ON a.id = w.article WHERE a.hash = ? AND w.state = 'done'
    ORDER BY EXISTS (SELECT 1 FROM inputs i WHERE i.work = w.id) DESC, w.changed DESC LIMIT 1"""
_HASHES = """SELECT hash FROM articles WHERE hash BETWEEN :first AND :last
    UNION SELECT hash FROM inputs WHERE hash BETWEEN :first AND :last LIMIT 6"""
_HEXADECIMAL = re.compile(rf"[0-9a-f]{{{SHORTEST_ID},64}}")


@dataclass(frozen=True)
class Input:
    """One input and its state. ``twin``: id of the article whose brief stands for a duplicate."""

    label: str
    state: State
    code: str
    message: str
    retryable: bool
    partial: bool
    article_id: str | None
    title: str | None
    published: str | None
    twin: str | None


def inputs(store: Store, state: State | None = None) -> Iterator[Input]:
    """Every input, or those in one state, in the order of their labels."""
    keys = [(natural(row["label"]), row["id"]) for row in store.stream("SELECT id, label FROM inputs")]
    for _, key in sorted(keys):
        row = store.row(f"{_ROWS} WHERE i.id = ?", (key,))
        if row is not None and (state is None or row["state"] == state):
            yield _input(row)


def find(store: Store, name: str) -> StoredBrief | Input:
    """The brief that a label or the start of an article's id (6 digits or more) names; where there is none,
    the input, which says why. A duplicate's is the brief of its twin.

    Raises :class:`InputError` (``input_missing``) and :class:`UsageError` (the id is of several articles).
    """
    row = store.row(f"{_ROWS} WHERE i.label = ?", (storable(name),))
    if row is not None:
        found = stored_brief(store, row["work"]) if row["work"] else None
        return found or _twin(store, row) or _input(row)
    key = _article(store, name.lower())
    briefed = _brief_of(store, key)
    if briefed is not None:
        return briefed
    row = store.row(f"{_ROWS} WHERE a.hash = :key OR i.hash = :key LIMIT 1", {"key": key})
    if row is None:
        raise _unknown(store, name)
    return _twin(store, row) or _input(row)


def _twin(store: Store, row: sqlite3.Row) -> StoredBrief | None:
    return _brief_of(store, row["twin"]) if row["twin"] else None


def _brief_of(store: Store, key: bytes) -> StoredBrief | None:
    row = store.row(_BRIEFED, (key,))
    return stored_brief(store, row["id"]) if row else None


def _article(store: Store, name: str) -> bytes:
    if not _HEXADECIMAL.fullmatch(name):
        raise _unknown(store, name)
    ends = {"first": bytes.fromhex(name.ljust(64, "0")), "last": bytes.fromhex(name.ljust(64, "f"))}
    found = [bytes(row["hash"]) for row in store.rows(_HASHES, ends)]
    if not found:
        raise _unknown(store, name)
    if len(found) > 1:
        raise UsageError(
            f"{len(found)} articles or more have an id that starts with {name}",
            hint=f"one is {found[0].hex()[: len(name) + 6]}",
        )
    return found[0]


def _unknown(store: Store, name: str) -> InputError:
    return InputError(
        f"nothing in {str(store.path)!r} is called {name!r}",
        hint=f"give a label, or {SHORTEST_ID} or more digits of an article's id; briefgen search finds them",
        code="input_missing",
    )


def _input(row: sqlite3.Row) -> Input:
    return Input(
        label=row["label"],
        state=row["state"],
        code=row["code"],
        message=row["message"],
        retryable=bool(row["retryable"]),
        partial=bool(row["partial"]),
        article_id=row["hash"].hex() if row["hash"] else None,
        title=row["title"],
        published=row["published"],
        twin=row["twin"].hex() if row["twin"] else None,
    )
