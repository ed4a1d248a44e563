"""Items as statements that sentences can support or not: what a second reader is asked about.

Names are written out, and so are the status of a visit and the sources. What code reads by itself (confirmations,
how the accused answered) is left out: no model has said it. The words are in ``lexicon/statements.toml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.brief import Allegation, Motive, PlannedVisit, Position
from briefgen.facets.wording import row
from briefgen.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.brief import Item
    from briefgen.facets.base import Context


def statement_of(item: Item, context: Context) -> str | None:
    """What the item states, in one sentence. ``None`` for what states nothing: an actor, an open question."""
    if isinstance(item, PlannedVisit):
        return _visit(item, context)
    if isinstance(item, Motive):
        said = _words("motives")[item.basis].format(who=_named((item.holder,), context), text=item.text)
        return _attributed(said, item.according_to)
    if isinstance(item, Position):
        said = f"{_named((item.holder,), context)} {item.text}"
        return _attributed(said, item.according_to)
    if isinstance(item, Allegation):
        accusers, accused = _named(item.accusers, context), _named(item.accused, context)
        return _words("allegations")["claim"].format(accusers=accusers, accused=accused, text=item.claim)
    text = getattr(item, "text", None)
    return text if isinstance(text, str) else None


def _visit(item: PlannedVisit, context: Context) -> str:
    said = _words("visits")[item.status].format(
        who=_named(item.visitors, context),
        where=item.destination.name,
        when=f", {item.timing.text}" if item.timing else "",
    )
    return _attributed(said, item.according_to)


def _attributed(statement: str, sources: Sequence[str]) -> str:
    if not sources:
        return statement
    return _words("phrases")["according_to"].format(statement=statement, sources=row(list(sources)))


def _named(ids: Sequence[str], context: Context) -> str:
    return row([member.name for member in context.members(ids)]) or _words("phrases")["unnamed"]


def _words(section: str) -> dict[str, str]:
    found: dict[str, str] = table("statements")[section]
    return found
