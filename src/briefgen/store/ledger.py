"""A run: the one writer of a store."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, NamedTuple

from briefgen.store.answers import pack_answers
from briefgen.store.index import marks_of, words_of
from briefgen.store.packing import pack, storable
from briefgen.store.records import Done, Failed, Kept, Origin, Pending, Skipped, Totals
from briefgen.store.tokens import signed, token_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from briefgen.article import Article
    from briefgen.brief import Brief
    from briefgen.store.records import Result

_INPUT = """INSERT INTO inputs (label, token, work, state, code, message, retryable, hash, twin)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (label) DO UPDATE SET token = excluded.token,
    work = excluded.work, state = excluded.state, code = excluded.code, message = excluded.message,
    retryable = excluded.retryable, hash = excluded.hash, twin = excluded.twin"""
_WORK = """INSERT INTO works (article, recipe, state, code, message, retryable, partial, run, changed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (article, recipe) DO UPDATE SET state = excluded.state,
    code = excluded.code, message = excluded.message, retryable = excluded.retryable,
    partial = excluded.partial, run = excluded.run, changed = excluded.changed RETURNING id"""
_BRIEF = """INSERT INTO briefs (work, headline, marks, brief, answers, briefgen, indexed) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (work) DO UPDATE SET headline = excluded.headline, marks = excluded.marks, brief = excluded.brief,
    answers = excluded.answers, briefgen = excluded.briefgen, revision = revision + 1, indexed = excluded.indexed"""


class _Fate(NamedTuple):
    """What became of an input: its work, or a state of its own; in the order of the columns."""

    work: int | None = None
    state: str | None = None
    code: str = ""
    message: str = ""
    retryable: bool = False
    hash: bytes | None = None
    twin: int | None = None


class _Verdict(NamedTuple):
    """The state of a work, in the order of the columns."""

    state: str
    code: str = ""
    message: str = ""
    retryable: bool = False
    partial: bool = False


class Ledger:
    """Writes results into an open transaction. :class:`briefgen.store.run.Run` opens and commits it."""

    def __init__(self, connection: sqlite3.Connection, run: int, recipe: int | None) -> None:
        self._connection = connection
        self._execute: Callable[..., sqlite3.Cursor] = connection.execute
        self._run = run
        self._recipe = recipe
        self.totals = Totals()

    def write(self, results: Sequence[Result]) -> None:
        """Write each result, and what the run has used so far."""
        used = self.totals
        for result in results:
            if isinstance(result, Done):
                self._done(result)
                used = used.with_brief(result.brief.provenance)
            elif isinstance(result, Pending):
                self._taken(result)
            elif isinstance(result, Failed):
                self._failed(result)
                used = used.with_usage(result.usage)
            elif isinstance(result, Kept):
                self._kept(result)
            else:
                self._skipped(result)
        if used != self.totals:
            self._execute(
                "UPDATE runs SET requests = ?, input_tokens = ?, cached_tokens = ?, output_tokens = ?, cost_usd = ?, unpriced = ? WHERE id = ?",
                (*used.columns(), self._run),
            )
        self.totals = used

    def revise(self, work: int, brief: Brief) -> None:
        """Put a brief made of the same answers in the place of the one that a work has."""
        self._execute(
            "UPDATE briefs SET headline = ?, marks = ?, brief = ?, briefgen = ?, revision = revision + 1, indexed = ? WHERE work = ?",
            (
                brief.headline,
                marks_of(brief),
                pack(brief.model_dump_json(), json=True),
                brief.provenance.briefgen,
                self._index(brief),
                work,
            ),
        )
        self._execute("UPDATE works SET partial = ? WHERE id = ?", (_is_partial(brief), work))

    # -- one kind of result each ----------------------------------------------------------------------------

    def _taken(self, result: Pending) -> None:
        article = self._article(result.article, result.bands)
        known = self._work_of(article)
        if known and known[1] == "done":
            self._follow(result.origin, known[0])
        else:
            self._input(result.origin, _Fate(self._work(article, _Verdict("pending"))))

    def _done(self, result: Done) -> None:
        article = self._article(result.article)
        self._execute(
            "UPDATE articles SET title = ?, published = ?, metadata = ? WHERE id = ?",
            (*_metadata(result.article), article),
        )
        work = self._work(article, _Verdict("done", partial=_is_partial(result.brief)))
        answers = pack_answers(result.answers) if result.answers else None
        brief = result.brief
        self._execute(
            _BRIEF,
            (
                work,
                brief.headline,
                marks_of(brief),
                pack(brief.model_dump_json(), json=True),
                answers,
                brief.provenance.briefgen,
                self._index(brief),
            ),
        )
        self._input(result.origin, _Fate(work))

    def _failed(self, result: Failed) -> None:
        message = storable(result.message)
        if result.article is None:
            self._input(result.origin, _Fate(None, "failed", result.code, message, result.retryable))
            return
        article = self._article(result.article)
        known = self._work_of(article)
        if known and known[1] == "done":
            self._follow(result.origin, known[0])
        else:
            verdict = _Verdict("failed", result.code, message, result.retryable)
            self._input(result.origin, _Fate(self._work(article, verdict)))

    def _skipped(self, result: Skipped) -> None:
        twin = None
        if result.of is not None:
            row = self._execute(
                "SELECT id FROM articles WHERE hash = ?", (bytes.fromhex(result.of),)
            ).fetchone()
            if row is None:
                raise LookupError(f"the store does not know article {result.of}")
            (twin,) = row
        own = bytes.fromhex(result.article_id) if result.article_id else None
        message = storable(result.message)
        self._input(result.origin, _Fate(None, "skipped", result.code, message, hash=own, twin=twin))

    def _kept(self, result: Kept) -> None:
        row = self._execute(
            "SELECT w.id FROM works w JOIN articles a ON a.id = w.article WHERE a.hash = ? AND w.recipe = ?",
            (bytes.fromhex(result.article_id), self._recipe),
        ).fetchone()
        if row is not None:
            self._input(result.origin, _Fate(row[0]))
            return
        known = self._execute(  # a copy stays a copy: it has no work
            "UPDATE inputs SET token = ? WHERE label = ? AND hash = ?",
            (token_of(result.origin), storable(result.origin.label), bytes.fromhex(result.article_id)),
        )
        if not known.rowcount:
            raise LookupError(f"the store has nothing of article {result.article_id} under this recipe")

    # -- rows -------------------------------------------------------------------------------------------------

    def _article(self, article: Article, bands: Sequence[int] = ()) -> int:
        key = bytes.fromhex(article.id)
        row = self._execute("SELECT id FROM articles WHERE hash = ?", (key,)).fetchone()
        if row is None:
            row = self._execute(
                "INSERT INTO articles (hash, title, published, metadata, text) VALUES (?, ?, ?, ?, ?) RETURNING id",
                (key, *_metadata(article), pack(article.text)),
            ).fetchone()
        found = int(row[0])
        if bands:
            self._connection.executemany(
                "INSERT OR IGNORE INTO bands (band, article) VALUES (?, ?)",
                [(signed(band), found) for band in bands],
            )
        return found

    def _work_of(self, article: int) -> tuple[int, str] | None:
        row: tuple[int, str] | None = self._execute(
            "SELECT id, state FROM works WHERE article = ? AND recipe = ?", (article, self._recipe)
        ).fetchone()
        return row

    def _work(self, article: int, verdict: _Verdict) -> int:
        row = self._execute(_WORK, (article, self._recipe, *verdict, self._run, time.time())).fetchone()
        return int(row[0])

    def _follow(self, origin: Origin, work: int) -> None:
        """Let an input have a work that stays as it is; its fingerprint is not that of what the work knows."""
        row = self._execute("SELECT work FROM inputs WHERE label = ?", (storable(origin.label),)).fetchone()
        if row is None or row[0] != work:
            self._input(Origin(origin.label), _Fate(work))

    def _input(self, origin: Origin, fate: _Fate) -> None:
        self._execute(_INPUT, (storable(origin.label), token_of(origin), *fate))

    def _index(self, brief: Brief) -> int:
        return int(
            self._execute(
                "INSERT INTO found (title, headline, body, actors) VALUES (?, ?, ?, ?)", words_of(brief)
            ).lastrowid
            or 0
        )


def _metadata(article: Article) -> tuple[str | None, str | None, str]:
    rest = {
        "publisher": article.publisher,
        "author": article.author,
        "url": article.url,
        "language": article.language,
        "flags": article.flags,
    }
    published = article.published.isoformat() if article.published else None
    kept = {name: value for name, value in rest.items() if value}
    return (
        article.title and storable(article.title),
        published,
        storable(json.dumps(kept, ensure_ascii=False)),
    )


def _is_partial(brief: Brief) -> bool:
    return bool(brief.coverage.failures) or "failed" in brief.coverage.facets.values()
