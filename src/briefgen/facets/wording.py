"""Sentences made of verified items, for where the model's own wording fails. Attribution inside each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.brief import Allegation, PlannedVisit
    from briefgen.facets.base import Context


def row(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def visit_line(visit: PlannedVisit, context: Context) -> str:
    """One sentence on a visit, with who says so."""
    who = row([member.name for member in context.members(visit.visitors)])
    place = visit.destination.name
    if visit.status in {"postponed", "cancelled", "denied"}:
        by = next((c.by for c in visit.confirmations if c.value == visit.status), who)
        return f"The visit of {who} to {place} is {visit.status}, according to {by}."
    when = f" {visit.timing.text}" if visit.timing else ""
    sources = (
        list(visit.according_to[:2]) or [c.by for c in visit.confirmations if c.value == "confirmed"][:1]
    )
    source = f", according to {row(sources)}" if sources else _words("phrases")["by_article"]
    confirmed = [c for c in visit.confirmations if c.value == "confirmed" and c.aspect != "occurrence"]
    aspect = f"; {confirmed[0].by} confirmed the {confirmed[0].aspect}" if confirmed else ""
    return f"{who} {_words('plans')[visit.status]} {place}{when}{source}{aspect}."


def allegation_line(item: Allegation, context: Context) -> str:
    """One sentence on an allegation, with the answer of each accused."""
    accusers = row(
        [member.name for member in context.members(item.accusers)] or [_words("phrases")["no_accuser"]]
    )
    answers = [
        f"{member.name} {_words('answers')[response.stance]}"
        for response in item.responses
        for member in context.members((response.by,))
    ]
    answer = f"; {row(answers)}" if answers else ""
    return f"According to {accusers}, {item.claim.rstrip('.')}{answer}."


def visits_headline(visits: Sequence[PlannedVisit], context: Context) -> str:
    """A headline from the visits of one visitor, no stronger than the weakest of them."""
    first = visits[0]
    same = [visit for visit in visits if visit.visitors == first.visitors]
    who = row([member.name for member in context.members(first.visitors)])
    places = row(list(dict.fromkeys(visit.destination.name for visit in same)))
    if all(visit.status in {"postponed", "cancelled", "denied"} for visit in same):
        return f"Visit of {who} to {places} {first.status}"
    order = list(_words("headlines"))
    weakest = max((visit.status for visit in same if visit.status in order), key=order.index)
    return f"{who} {_words('headlines')[weakest]} {places}"


def _words(section: str) -> dict[str, str]:
    words: dict[str, str] = table("wording")[section]
    return words
