"""Which visits are one: the same visitor and the same place, by whatever name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.brief import Background, PlannedVisit
from briefgen.geography import country_of, seat_of
from briefgen.grounding import fold_name

if TYPE_CHECKING:
    from briefgen.facets.base import Context


def visits_of(context: Context) -> list[PlannedVisit]:
    """The planned visits vouched for so far."""
    return [item for item in context.items.get("planned_visits", ()) if isinstance(item, PlannedVisit)]


def past_visits_of(context: Context) -> list[Background]:
    """What the background tells of visits that are over."""
    found = (item for item in context.items.get("background", ()) if isinstance(item, Background))
    return [item for item in found if item.kind == "past_visit"]


def place_key(item: PlannedVisit) -> str:
    """The destination for comparing: a state by its code, its capital too."""
    name = item.destination.name
    return item.destination.country or country_of(name) or seat_of(name) or fold_name(name)


def visit_identity(item: PlannedVisit) -> tuple[str, str]:
    """Visitor and place: direction matters. The first visitor stands for a delegation."""
    return item.visitors[0] if item.visitors else "", place_key(item)


def other_destinations(item: PlannedVisit, context: Context) -> list[str]:
    """Names of the destinations of the other visits."""
    own = place_key(item)
    return [other.destination.name for other in visits_of(context) if place_key(other) != own]
