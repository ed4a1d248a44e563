"""Is the store sound? SQLite checks its pages; what it cannot see, a byte inside a brief, the checksums show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.errors import StoreCorrupt
from briefgen.store.briefs import stored_brief

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.store.briefs import Watch
    from briefgen.store.store import Store

_SHOWN = 20


def check(store: Store, *, watch: Watch | None = None) -> Iterator[str]:
    """What is wrong with the store, a line each; nothing if it is sound. Reads all of it.

    Raises :class:`StoreCorrupt` where the damage ends the reading.
    """
    for (found,) in store.rows(f"PRAGMA integrity_check({_SHOWN})"):
        if found != "ok":
            yield str(found)
    for row in store.rows("PRAGMA foreign_key_check"):
        yield f"a row of {row[0]} refers to nothing in {row[2]}"
    works = [row["work"] for row in store.stream("SELECT work FROM briefs")]
    for at, work in enumerate(works):
        if watch:
            watch(at, len(works))
        yield from _brief(store, work)


def _brief(store: Store, work: int) -> Iterator[str]:
    found = stored_brief(store, work)
    if found is None:
        yield f"brief {work} has lost its article"
        return
    try:
        brief, article = found.brief(), found.article()
        found.answers()
    except StoreCorrupt as error:
        yield str(error)
        return
    if article.id != found.article_id or brief.article.id != found.article_id:
        yield f"the text of {found.label!r} is not the one that was briefed"
