"""The digest as tables: one for each facet, and those of responses, conflicts, changes, articles, withheld items.

Ids of actors become names; ids of lines stay, to join tables by. Every row has the day of its digest, so that
tables of several days can be put below each other. A sentence is ``3/s2``: number 2 of article 3 (what looks
like a time or a date, spreadsheets turn into one).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefgen.render.csv import csv_lines
from briefgen.render.extras import short_form
from briefgen.render.names import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from briefgen.digest.digest import Cited, Digest, MergedConfirmation, ReportedTiming
    from briefgen.render.tables import Cell, Row

    Getter = Callable[[Any, Names], Cell]


@dataclass(frozen=True)
class _Table:
    """Where the rows come from, and how a cell of each column is taken from one."""

    items: Callable[[Digest], Iterable[Any]]
    columns: dict[str, Getter]


def table_files(digest: Digest) -> dict[str, str]:
    """Each table as CSV by its name, the names of its columns in the first line; empty ones too."""
    return {name: csv_lines(rows) for name, rows in tables(digest).items()}


def tables(digest: Digest) -> dict[str, list[Row]]:
    """Each table by its name, the names of its columns in the first row."""
    names = Names(digest)
    return {name: list(_rows(table, digest, names)) for name, table in _TABLES.items()}


def _rows(table: _Table, digest: Digest, names: Names) -> Iterator[Row]:
    yield ("digest", *table.columns)
    for item in table.items(digest):
        yield (digest.last, *(cell(item, names) for cell in table.columns.values()))


# -- columns ------------------------------------------------------------------------------------------------


def _plain(*fields: str) -> dict[str, Getter]:
    def getter(field: str) -> Getter:
        return lambda item, _: getattr(item, field)

    return {field: getter(field) for field in fields}


def _named(*fields: str) -> dict[str, Getter]:
    """Ids of actors as names: of one, or of several."""

    def getter(field: str) -> Getter:
        def cell(item: Any, names: Names) -> Cell:
            value = getattr(item, field)
            return names.actor(value) if isinstance(value, str) else tuple(map(names.actor, value))

        return cell

    return {field: getter(field) for field in fields}


def _timing(field: str) -> dict[str, Getter]:
    """``timing``: the phrase; ``timing_earliest`` and so on: what code made of it."""

    def getter(part: str) -> Getter:
        return lambda item, _: getattr(getattr(item, field), part, None)

    parts = ("earliest", "latest", "edtf", "granularity", "bound", "ambiguous")
    return {field: getter("text"), **{f"{field}_{part}": getter(part) for part in parts}}


def _part(at: int, columns: dict[str, Getter]) -> dict[str, Getter]:
    """The columns for one part of each row's tuple."""

    def getter(inner: Getter) -> Getter:
        return lambda row, names: inner(row[at], names)

    return {field: getter(inner) for field, inner in columns.items()}


def _evidence() -> dict[str, Getter]:
    return {
        "articles": lambda item, _: tuple(map(str, item.articles)),
        "sentences": lambda item, _: tuple(f"{piece.article}/s{piece.sentence}" for piece in item.evidence),
        "quotes": lambda item, _: tuple(piece.quote for piece in item.evidence),
    }


def _line() -> dict[str, Getter]:
    """What all lines have, behind their own columns."""
    return {
        **_plain("change", "first_seen", "last_seen", "last_changed"),
        "independent_sources": lambda item, _: item.sources.independent,
        "outlets": lambda item, _: item.sources.outlets,
        "source_names": lambda item, _: item.sources.names,
        "media": lambda item, _: item.sources.media,
        **_evidence(),
        "members": lambda item, _: item.members,
    }


def _confirmation(told: MergedConfirmation) -> str:
    replaced = "" if told.current else "; no longer current"
    return f"{told.aspect}: {told.value} ({told.by}; {told.said or 'undated'}{replaced})"


def _reported(told: ReportedTiming) -> str:
    facts = [*told.by, *(["official"] if told.official else []), str(told.said or "undated")]
    replaced = [] if told.current else ["no longer current"]
    return f"{told.timing.text} ({', '.join([*facts, *replaced])})"


def _cites(pieces: tuple[Cited, ...]) -> tuple[str, ...]:
    return tuple(f"{piece.article}/s{piece.sentence}" for piece in pieces)


# -- tables -------------------------------------------------------------------------------------------------

_VISITS = _Table(
    lambda digest: digest.planned_visits,
    {
        **_plain("id"),
        **_named("visitors"),
        "destination": lambda item, _: item.destination.name,
        "destination_country": lambda item, _: item.destination.country,
        **_named("hosts"),
        **_timing("timing"),
        **_plain("status"),
        "confirmations": lambda item, _: tuple(map(_confirmation, item.confirmations)),
        "timings": lambda item, _: tuple(map(_reported, item.timings)),
        **_plain("purposes", "according_to", "hedges", "overdue"),
        "took_place": lambda item, _: _cites(item.took_place),
        **_plain("sequence"),
        **_line(),
    },
)
_ALLEGATIONS = _Table(
    lambda digest: digest.allegations,
    {
        **_plain("id"),
        **_named("accusers", "accused"),
        **_plain("claim", "wordings"),
        **_timing("made"),
        **_plain("status"),
        **_line(),
    },
)
_RESPONSES = _Table(
    lambda digest: [(line.id, each) for line in digest.allegations for each in line.responses],
    {
        "allegation": lambda pair, _: pair[0],
        **_part(1, {**_named("by"), **_plain("stance", "said", "current"), **_evidence()}),
    },
)
_MOTIVES = _Table(
    lambda digest: digest.motives,
    {
        **_plain("id"),
        **_named("holder"),
        **_plain("text", "basis", "according_to", "applies_to", "hedges"),
        **_line(),
    },
)
_POSITIONS = _Table(
    lambda digest: digest.positions,
    {
        **_plain("id"),
        **_named("holders"),
        **_plain("stance", "text", "according_to", "hedges"),
        **_line(),
    },
)
_QUESTIONS = _Table(
    lambda digest: digest.open_questions,
    {**_plain("id", "question", "kind", "about", "resolves_with"), **_line()},
)
_BACKGROUND = _Table(lambda digest: digest.background, {**_plain("id", "text", "kind"), **_line()})
_ACTORS = _Table(
    lambda digest: digest.actors,
    {
        **_plain("id", "name", "kind", "role", "affiliation", "names", "country", "items"),
        **_evidence(),
    },
)
_CONFLICTS = _Table(
    lambda digest: [
        (number, conflict, side)
        for number, conflict in enumerate(digest.conflicts, 1)
        for side in conflict.sides
    ],
    {
        "conflict": lambda row, _: row[0],
        **_part(1, _plain("kind", "about", "title")),
        **_part(2, {**_plain("value", "by", "official", "said"), **_evidence()}),
    },
)
_CHANGES = _Table(
    lambda digest: digest.changes,
    {**_plain("kind", "facet", "item", "title", "field", "old", "new", "because"), **_evidence()},
)
_ARTICLES = _Table(
    lambda digest: digest.articles,
    {
        **_plain("number", "id", "label", "title", "publisher", "published", "url", "language"),
        **_plain("state", "place", "duplicate_of", "reason"),
        "withheld": lambda item, _: len(item.withheld),
    },
)
_WITHHELD = _Table(
    lambda digest: [(article.number, each) for article in digest.articles for each in article.withheld],
    {
        "article": lambda pair, _: pair[0],
        "facet": lambda pair, _: pair[1].facet,
        "item": lambda pair, _: short_form(pair[1].item),
        "codes": lambda pair, _: tuple(reason.code for reason in pair[1].reasons),
        "reasons": lambda pair, _: tuple(reason.message for reason in pair[1].reasons),
    },
)
_TABLES: dict[str, _Table] = {
    "visits": _VISITS,
    "allegations": _ALLEGATIONS,
    "responses": _RESPONSES,
    "motives": _MOTIVES,
    "positions": _POSITIONS,
    "questions": _QUESTIONS,
    "background": _BACKGROUND,
    "actors": _ACTORS,
    "conflicts": _CONFLICTS,
    "changes": _CHANGES,
    "articles": _ARTICLES,
    "withheld": _WITHHELD,
}
TABLES = tuple(_TABLES)
"""Names of the tables."""
