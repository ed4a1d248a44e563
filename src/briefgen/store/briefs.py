"""Reading briefs back: by selection, or one by its label or the start of its article's id."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from briefgen.article import Article
from briefgen.brief import Brief
from briefgen.errors import StoreCorrupt
from briefgen.store.answers import unpack_answers
from briefgen.store.packing import unpack
from briefgen.store.records import Recipe
from briefgen.store.selection import EVERYTHING, Selection

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from briefgen.store.answers import RawAnswer
    from briefgen.store.store import Store

    Watch: TypeAlias = "Callable[[int, int], None]"
    """Is told how many briefs were read, and of how many."""

_FROM = """FROM works w JOIN articles a ON a.id = w.article JOIN briefs b ON b.work = w.id"""
_LABELLED = """(SELECT i.label FROM inputs i WHERE i.work = w.id ORDER BY i.id LIMIT 1) AS label"""
_ONE = f"""SELECT w.id AS work, w.partial, a.hash, a.title, a.published, b.headline, b.brief, b.briefgen,
    b.revision, c.model, c.digest, {_LABELLED}
    {_FROM} JOIN recipes c ON c.id = w.recipe WHERE w.id = ?"""
_SHOWN = "w.state = 'done' AND EXISTS (SELECT 1 FROM inputs i WHERE i.work = w.id)"
# Pieces of our own: what the user gave is in the values.
_LISTED = f"SELECT w.id, {_LABELLED} {_FROM} WHERE {_SHOWN}"
_FOUND = f"SELECT w.id {_FROM} JOIN found ON found.rowid = b.indexed WHERE {_SHOWN} AND found MATCH ?"
_DIGITS = re.compile(r"\d+")
# Words of title and headline count for more than words further down, names for more than other words.
_RANK = "bm25(found, 4.0, 4.0, 1.0, 2.0)"


@dataclass(frozen=True)
class StoredBrief:
    """A brief of the store. Its text is read when it is asked for."""

    store: Store
    work: int
    label: str
    article_id: str
    title: str | None
    published: date | None
    headline: str
    model: str
    recipe_digest: bytes
    briefgen: str
    """Version that verified it; the one that asked, until it is verified again."""
    revision: int
    partial: bool
    packed: bytes

    @property
    def json(self) -> str:
        """The brief as JSON, on one line. Raises :class:`StoreCorrupt`."""
        return unpack(self.packed, f"the brief of {self.label!r}")

    def brief(self) -> Brief:
        """The brief. Raises :class:`StoreCorrupt`."""
        try:
            return Brief.model_validate_json(self.json)
        except ValidationError:
            raise StoreCorrupt(
                f"the brief of {self.label!r} is none that this version can read",
                hint="update briefgen, or brief it again",
            ) from None

    def article(self) -> Article:
        """The article that was briefed. Raises :class:`StoreCorrupt`."""
        row = self._row(
            "SELECT title, published, metadata, text FROM articles WHERE hash = ?", self.article_id
        )
        rest = json.loads(row["metadata"])
        return Article(
            text=unpack(row["text"], f"the text of {self.label!r}"),
            title=row["title"],
            published=_day(row["published"]),
            flags=tuple(rest.pop("flags", ())),
            **rest,
        )

    def answers(self) -> list[RawAnswer]:
        """What the model said, in the order of asking; nothing if that was not kept."""
        row = self.store.row("SELECT answers FROM briefs WHERE work = ?", (self.work,))
        if row is None or row["answers"] is None:
            return []
        return unpack_answers(row["answers"], f"the answers for {self.label!r}")

    def recipe(self) -> Recipe:
        """What the brief was made with."""
        row = self._row("SELECT * FROM recipes WHERE digest = ?", self.recipe_digest.hex())
        return Recipe(
            row["model"],
            json.loads(row["prompts"]),
            json.loads(row["profile"]),
            row["checked_by"],
            row["schema_version"],
        )

    def _row(self, sql: str, key: str) -> sqlite3.Row:
        row = self.store.row(sql, (bytes.fromhex(key),))
        if row is None:
            raise StoreCorrupt(
                f"what belongs to {self.label!r} is missing from the store", hint="restore it from a copy"
            )
        return row


def matching(store: Store, selection: Selection = EVERYTHING) -> list[int]:
    """The works whose briefs inputs of the store have and that fit, in the order of their labels (12 after 2);
    those that a query finds, the best first. For :func:`stored_brief`.
    """
    conditions, values = selection.conditions()
    if selection.match:
        sql = f"{_FOUND}{conditions} ORDER BY {_RANK}, w.id"
        return [row["id"] for row in store.stream(sql, [selection.match, *values])]
    rows = store.stream(f"{_LISTED}{conditions}", values)
    return [work for _, work in sorted((natural(row["label"]), row["id"]) for row in rows)]


def stored_briefs(
    store: Store, selection: Selection = EVERYTHING, *, watch: Watch | None = None
) -> Iterator[StoredBrief]:
    """The briefs that fit, as :func:`matching` orders them, read one by one."""
    works = matching(store, selection)
    for at, work in enumerate(works):
        if watch:
            watch(at, len(works))
        found = stored_brief(store, work)
        if found is not None:
            yield found


def stored_brief(store: Store, work: int) -> StoredBrief | None:
    """The brief of a work, if it has one."""
    row = store.row(_ONE, (work,))
    if row is None:
        return None
    return StoredBrief(
        store,
        work,
        label=row["label"] or row["hash"].hex(),
        article_id=row["hash"].hex(),
        title=row["title"],
        published=_day(row["published"]),
        headline=row["headline"],
        model=row["model"],
        recipe_digest=row["digest"],
        briefgen=row["briefgen"],
        revision=row["revision"],
        partial=bool(row["partial"]),
        packed=row["brief"],
    )


def natural(label: str) -> list[tuple[bool, int, str]]:
    """A key that sorts ``a#2`` before ``a#12``."""
    parts: list[tuple[bool, int, str]] = []
    at = 0
    for match in _DIGITS.finditer(label):
        parts += [(True, 0, label[at : match.start()]), (False, int(match[0]), "")]
        at = match.end()
    return [*parts, (True, 0, label[at:])]


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
