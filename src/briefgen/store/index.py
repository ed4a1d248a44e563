"""What of a brief is searched: its words by column, and marks for the filters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from briefgen.store.packing import storable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Brief, Item

FACETS = ("actors", "planned_visits", "motives", "allegations", "open_questions", "background")
"""The facets of the contract, whose items have ids."""

_WORD = re.compile(r"[^\W_]")


class Words(NamedTuple):
    """The columns of the index."""

    title: str
    headline: str
    body: str
    actors: str


def words_of(brief: Brief) -> Words:
    """Everything that a search for words looks through. Quotes of the article are not: they are its own."""
    actors = (
        text
        for actor in brief.actors
        for text in (actor.name, *actor.aliases, actor.role, actor.affiliation)
        if text
    )
    return Words(brief.article.title or "", brief.headline, "\n".join(_body(brief)), "\n".join(actors))


def _body(brief: Brief) -> Iterator[str]:
    for sentence in brief.summary:
        yield sentence.text
    for visit in brief.planned_visits:
        yield visit.destination.name
        yield from (text for text in (visit.purpose, *visit.according_to) if text)
    for motive in brief.motives:
        yield motive.text
    for allegation in brief.allegations:
        yield allegation.claim
    for question in brief.open_questions:
        yield question.question
    for past in brief.background:
        yield past.text
    for items in (brief.__pydantic_extra__ or {}).values():
        yield from _texts(items)


def _texts(value: Any) -> Iterator[str]:
    """Every text of an item of a facet that is not of the contract, without its evidence and ids."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in {"id", "evidence"}:
                yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def marks_of(brief: Brief) -> str:
    """Which facets have items, of which status: ``|actors|planned_visits|planned_visits=reported|``."""
    found: dict[str, None] = {}
    for facet in FACETS:
        items: tuple[Item, ...] = getattr(brief, facet)
        for item in items:
            found[facet] = None
            status = getattr(item, "status", None)
            if status:
                found[f"{facet}={status}"] = None
    for facet, others in (brief.__pydantic_extra__ or {}).items():
        if others:
            found[facet] = None
    return f"|{'|'.join(found)}|"


def match_of(query: str) -> str:
    """A user's words as an FTS5 expression that all of them match, whatever they are made of.

    What stands between double quotes is a phrase; nothing else means anything to FTS5 (B-OUT-17). "" where
    there is no word to look for.
    """
    pieces = _sendable(query).split('"')
    phrases, loose = pieces[1::2], " ".join(pieces[::2]).split()
    return " AND ".join(f'"{text}"' for text in (*phrases, *loose) if _WORD.search(text))


def phrase_of(text: str) -> str:
    """A text as one FTS5 phrase; "" where there is no word in it."""
    plain = _sendable(text).replace('"', " ")
    return f'"{plain}"' if _WORD.search(plain) else ""


def _sendable(text: str) -> str:
    """FTS5 reads an expression up to its first NUL."""
    return storable(text.replace("\0", " "))
