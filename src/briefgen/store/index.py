"""What of a brief is searched: its words by column, and marks for the filters."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from pydantic import BaseModel

from briefgen.brief import Brief, Item
from briefgen.store.packing import storable

if TYPE_CHECKING:
    from collections.abc import Iterator

FACETS = tuple(
    name
    for name, field in Brief.model_fields.items()
    if any(isinstance(kind, type) and issubclass(kind, Item) for kind in get_args(field.annotation))
)
"""The facets of the contract: those parts of a brief whose items have ids."""

_NOT_WORDS = frozenset(
    [
        "id",
        "evidence",
        "kind",
        "status",
        "basis",
        "stance",
        "aspect",
        "value",
        "country",
        "visitors",
        "hosts",
        "accusers",
        "accused",
        "holder",
        "by",
        "about",
        "applies_to",
        "refs",
        "earliest",
        "latest",
        "edtf",
        "granularity",
        "bound",
        "ambiguous",
    ]
)
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
    for facet in FACETS:
        if facet != "actors":
            yield from _texts(getattr(brief, facet))
    yield from _texts(brief.__pydantic_extra__ or {})


def _texts(value: Any) -> Iterator[str]:
    """Every text of a part of a brief that is somebody's words, not an id or a value of ours."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, BaseModel):
        for name in _fields_with_words(type(value)):
            yield from _texts(getattr(value, name))
        yield from _texts(value.__pydantic_extra__ or {})
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _NOT_WORDS:
                yield from _texts(part)


@cache
def _fields_with_words(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name in model.model_fields if name not in _NOT_WORDS)


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
