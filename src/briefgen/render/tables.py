"""Briefs as rows: one table for each facet, one of the briefs, one of what was withheld.

The columns of a facet's table follow from its item's model: a facet that gets a field gets a column. Ids of
actors become names, other ids stay, to join tables by; what has parts of its own is flattened.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from briefgen.brief import Brief, Confirmation, Destination, Item, Response
from briefgen.evidence import Evidence
from briefgen.render.names import Names
from briefgen.timing import Timing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

Cell: TypeAlias = str | int | float | bool | date | tuple[str, ...] | None
Kind = Literal["text", "texts", "number", "decimal", "truth", "day"]
Row: TypeAlias = tuple[Cell, ...]

BRIEFS, WITHHELD, OTHERS = "briefs", "withheld", "other_items"
"""Tables beside those of the facets. ``other_items`` has the items of facets outside the contract, as JSON."""


@dataclass(frozen=True)
class Column:
    """One column; ``cell`` takes its value from an item (or from the whole brief, in the table of briefs)."""

    name: str
    kind: Kind
    cell: Callable[[Any, Names], Cell]


@cache
def tables() -> dict[str, tuple[Column, ...]]:
    """Every table and its columns, in the order of the contract."""
    facets = {name: _facet_columns(kind) for name, kind in _facets()}
    return {BRIEFS: _BRIEF, **facets, WITHHELD: _WITHHELD, OTHERS: _OTHERS}


def rows(brief: Brief) -> dict[str, list[Row]]:
    """What a brief adds to each table."""
    names = Names(brief)
    found = {BRIEFS: [_row(BRIEFS, brief, brief, names)]}
    for facet, _ in _facets():
        found[facet] = [_row(facet, brief, item, names) for item in getattr(brief, facet)]
    found[WITHHELD] = [_row(WITHHELD, brief, entry, names) for entry in brief.withheld]
    others = (brief.__pydantic_extra__ or {}).items()
    found[OTHERS] = [_row(OTHERS, brief, (facet, item), names) for facet, items in others for item in items]
    return found


def column_names(table: str) -> list[str]:
    """Names of all columns of a table: the article's, by which tables are joined, and its own."""
    return [name for name, _ in columns(table)]


def columns(table: str) -> list[tuple[str, Kind]]:
    """Name and kind of all columns of a table."""
    own: list[tuple[str, Kind]] = [(column.name, column.kind) for column in tables()[table]]
    return [("article_id", "text"), ("published", "day"), *own]


def _row(table: str, brief: Brief, item: object, names: Names) -> Row:
    own = (column.cell(item, names) for column in tables()[table])
    return (brief.article.id, brief.article.published, *own)


# -- facets -------------------------------------------------------------------------------------------------


def _facets() -> Iterator[tuple[str, type[Item]]]:
    for name, field in Brief.model_fields.items():
        for kind in get_args(field.annotation):
            if isinstance(kind, type) and issubclass(kind, Item):
                yield name, kind


def _facet_columns(kind: type[Item]) -> tuple[Column, ...]:
    found: list[Column] = []
    evidence: list[Column] = []
    for name, field in kind.model_fields.items():
        (evidence if name == "evidence" else found).extend(_columns(name, field))
    return (*found, *evidence)


def _columns(name: str, field: FieldInfo) -> Iterator[Column]:
    kinds = {kind for kind in (field.annotation, *get_args(field.annotation)) if isinstance(kind, type)}
    said = field.description or ""
    if Evidence in kinds:
        yield Column("sentences", "texts", lambda item, _: tuple(str(e.sentence) for e in item.evidence))
        yield Column("quotes", "texts", lambda item, _: tuple(e.quote for e in item.evidence))
    elif Timing in kinds or Destination in kinds:
        yield from _parts(name, Timing if Timing in kinds else Destination)
    elif Confirmation in kinds:
        yield Column(name, "texts", lambda item, _: tuple(map(_confirmation, getattr(item, name))))
    elif Response in kinds:
        yield Column(
            name, "texts", lambda item, names: tuple(_response(r, names) for r in getattr(item, name))
        )
    elif "actor id" in said:
        yield _named(name, field)
    else:
        kind: Kind = "texts" if _is_many(field) else "text"
        yield Column(name, kind, lambda item, _: getattr(item, name))


def _parts(name: str, kind: type[BaseModel]) -> Iterator[Column]:
    """A column for each part of a field: ``timing``, ``timing_earliest``, …"""
    for part, field in kind.model_fields.items():
        known: Kind = "day" if date in get_args(field.annotation) else "text"
        if field.annotation is bool:
            known = "truth"
        head = name if part in {"text", "name"} else f"{name}_{part}"

        def cell(item: Any, _: Names, part: str = part) -> Cell:
            value: Cell = getattr(getattr(item, name), part, None)
            return value

        yield Column(head, known, cell)


def _named(name: str, field: FieldInfo) -> Column:
    """Ids of actors, as their names."""
    if _is_many(field):
        return Column(name, "texts", lambda item, names: tuple(map(names.actor, getattr(item, name))))
    return Column(name, "text", lambda item, names: names.actor(getattr(item, name)))


def _is_many(field: FieldInfo) -> bool:
    return any(kind is Ellipsis for kind in get_args(field.annotation))


def _confirmation(found: Confirmation) -> str:
    where = ", ".join(str(piece.sentence) for piece in found.evidence)
    return f"{found.aspect}: {found.value} ({found.by}; sentence {where})"


def _response(found: Response, names: Names) -> str:
    where = ", ".join(str(piece.sentence) for piece in found.evidence)
    return f"{names.actor(found.by)}: {found.stance}" + (f" (sentence {where})" if where else "")


# -- the other tables ---------------------------------------------------------------------------------------


def _of_article(name: str) -> Column:
    return Column(name, "text", lambda brief, _: getattr(brief.article, name))


def _of_provenance(name: str, kind: Kind) -> Column:
    def cell(brief: Brief, _: Names) -> Cell:
        value = getattr(brief.provenance, name)
        return value.isoformat() if isinstance(value, datetime) else value

    return Column(name, kind, cell)


def _failed(brief: Brief, _: Names) -> tuple[str, ...]:
    return tuple(facet for facet, state in brief.coverage.facets.items() if state == "failed")


_BRIEF = (
    *map(_of_article, ("title", "publisher", "author", "url", "language")),
    Column("headline", "text", lambda brief, _: brief.headline),
    Column("summary", "texts", lambda brief, _: tuple(line.text for line in brief.summary)),
    Column("flags", "texts", lambda brief, _: brief.article.flags),
    Column("sentence_count", "number", lambda brief, _: len(brief.article.sentences)),
    Column("withheld_count", "number", lambda brief, _: len(brief.withheld)),
    Column("failed_facets", "texts", _failed),
    *(_of_provenance(name, "text") for name in ("model", "checked_by", "briefgen", "created")),
    *(
        _of_provenance(name, "number")
        for name in ("requests", "input_tokens", "cached_tokens", "output_tokens")
    ),
    *(_of_provenance(name, "decimal") for name in ("cost_usd", "seconds")),
)
_WITHHELD = (
    Column("facet", "text", lambda entry, _: entry.facet),
    Column("codes", "texts", lambda entry, _: tuple(reason.code for reason in entry.reasons)),
    Column("reasons", "texts", lambda entry, _: tuple(reason.message for reason in entry.reasons)),
    Column("item", "text", lambda entry, _: json.dumps(entry.item, ensure_ascii=False, default=str)),
)
_OTHERS = (
    Column("facet", "text", lambda pair, _: pair[0]),
    Column("item", "text", lambda pair, _: json.dumps(pair[1], ensure_ascii=False, default=str)),
)
