"""Rules that judge a line of headline or summary against the brief's items: attribution (C03), strength (C04)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.accusations import accusations_in
from briefgen.alignment import names_anybody
from briefgen.attribution import hedges_in, sources_in
from briefgen.brief import Allegation, PlannedVisit
from briefgen.confirmations import aspect_of
from briefgen.facets.base import Context, rule
from briefgen.geography import places_in
from briefgen.grounding import content_stems, is_negated
from briefgen.lexicon import cue
from briefgen.names import name_pattern
from briefgen.travellers import has_title
from briefgen.visits import destination_spans, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Item
    from briefgen.cast import Member
    from briefgen.facets.lines import Line

_TRAVELS = re.compile(
    r"\s+(?:(?:is|are|was)\s+)?(?:(?:reported|said|expected|scheduled|set|due|planning)\s+)*(?:to|will|may|could|plans\s+to)\s+"
    r"(?:plan\s+to\s+)?(?:visit|travel|go|fly|tour)\b"
)
_LEADS_TO = re.compile(
    r"\b(?:visit|visits|visiting|(?:travel|travels|trip|visit|go|goes|fly|flies|journey)\s+to)\s+(?:the\s+)?$"
)
_JOINED = re.compile(r",?\s+(?:and|or)\s+(?:the\s+)?|,\s+")
_OPEN = frozenset({"partly_confirmed", "reported", "possible"})


@rule("C03", "a plan or an allegation told as a fact")
def attributed(item: Line, context: Context) -> str | None:
    """Below ``confirmed``, and for every allegation, the sentence itself has a source, a hedge or the accusation."""
    hedges = set(hedges_in(item.text)) - ({"potential", "possible"} if item.place == "headline" else set())
    if hedges or any(found.voice != "adverb" for found in accusations_in(item.text)):
        return None
    if sources_in(item.text):
        return None
    planned = item.place == "headline" and cue("plan_words", of="retelling").search(item.text)
    for other in spoken_of(item, context):
        if isinstance(other, PlannedVisit) and other.status in _OPEN and not planned:
            return f"it tells {other.id} without saying who says so"
        if isinstance(other, Allegation):
            return f"it tells {other.id} as a fact"
    return None


@rule("C04", "stronger than what is known")
def not_stronger(item: Line, context: Context) -> str | None:
    for other in spoken_of(item, context):
        if isinstance(other, PlannedVisit):
            fault = (
                _off(item.text, other)
                or _confirmed(item.text, other)
                or _future(item.text, other)
                or _over(item, other, context)
            )
            if fault:
                return fault
    return None


def _off(text: str, visit: PlannedVisit) -> str | None:
    """Called off, put off, or neither, as the visit is."""
    for status, listed in (("cancelled", "cancelling"), ("postponed", "postponing")):
        if cue(listed).search(text) and visit.status != status:
            return f"{visit.id} is {visit.status}, not {status}"
    to_come = cue("to_come", of="retelling").search(text)
    off = visit.status in {"cancelled", "postponed", "denied"}
    return (
        f"{visit.id} is {visit.status}"
        if off and to_come and not cue("put_off", of="retelling").search(text)
        else None
    )


def _confirmed(text: str, visit: PlannedVisit) -> str | None:
    """Nothing is confirmed of a visit but what the brief says is."""
    found = (m for m in cue("confirming").finditer(text) if m[0].lower().startswith("confirm"))
    confirms = [m for m in found if not is_negated(text, m.start(), m.end())]
    known = {c.aspect for c in visit.confirmations if c.value == "confirmed"}
    if confirms and visit.status != "confirmed" and aspect_of(text) not in known:
        return f"“{confirms[0][0]}”, but {visit.id} is {visit.status}"
    return None


def _over(item: Line, visit: PlannedVisit, context: Context) -> str | None:
    """A visit still to come, told as over."""
    spans = destination_spans(item.text, visit.destination.name)
    own = {piece.sentence for piece in item.evidence} & {piece.sentence for piece in visit.evidence}
    past = any(reading(item.text, *span) == "past" for span in spans)
    if past and any("past" in _readings(context.text(n), visit) for n in own):
        return None
    return f"{visit.id} is still to come" if past and own else None


def _readings(text: str, visit: PlannedVisit) -> set[str]:
    return {reading(text, *span) for span in destination_spans(text, visit.destination.name)}


def _future(text: str, visit: PlannedVisit) -> str | None:
    future = cue("to_come_as_fact", of="retelling").search(text)
    if visit.status != "confirmed" and future and not sources_in(text) and not hedges_in(text):
        return f"“{future[0]}”, but {visit.id} is not confirmed"
    return None


def spoken_of(item: Line, context: Context) -> Iterator[Item]:
    """Visits and allegations that the line tells."""
    stems = content_stems(item.text)
    travels = cue("visit").search(item.text)
    for visit in context.items.get("planned_visits", ()):
        told = isinstance(visit, PlannedVisit) and destination_spans(item.text, visit.destination.name)
        if travels and told:
            yield visit
    for allegation in context.items.get("allegations", ()):
        if isinstance(allegation, Allegation):
            claim = content_stems(allegation.claim)
            if claim and len(claim & stems) / len(claim) >= 0.6:
                yield allegation


@rule("V02", "a visit of somebody else")
def visitor_as_said(item: Line, context: Context) -> str | None:
    """Who is named before the destination, and tells nothing, is among the visitors."""
    if sources_in(item.text) or accusations_in(item.text):
        return None
    for visit in spoken_of(item, context):
        if not isinstance(visit, PlannedVisit):
            continue
        start, end = destination_spans(item.text, visit.destination.name)[0]
        if _TRAVELS.match(item.text[end:]):
            return f"{visit.destination.name} does not travel"
        named = [m for m in context.cast.members if m.kind == "person" and _has(item.text[:start], m)]
        visitors = context.members(visit.visitors)
        for member in named:
            if member not in visitors and any(
                _in_a_row(item.text[:start], member, other) for other in visitors
            ):
                return f"{member.name} is no visitor of {visit.id}"
        if (
            named
            and visitors
            and not any(m in visitors for m in named)
            and not _titled(item.text, visitors, context)
        ):
            return f"{named[0].name} is no visitor of {visit.id}"
    return None


def _in_a_row(text: str, first: Member, second: Member) -> bool:
    """ "Ada Rell and Bo Lind", either way round."""
    one, other = name_pattern(*first.names), name_pattern(*second.names)
    return re.search(rf"{one},?\s+and\s+{other}|{other},?\s+and\s+{one}", text) is not None


def _has(text: str, member: Member) -> bool:
    return names_anybody(text, member.names)


def _titled(text: str, members: list[Member], context: Context) -> bool:
    return any(has_title(member, text, context.cast) or _has(text, member) for member in members)


@rule("G02", "a visit that the brief does not have")
def visit_of_the_brief(item: Line, context: Context) -> str | None:
    """Where a line names a visitor, the states it sends them to are destinations of the brief."""
    visits = [visit for visit in context.items.get("planned_visits", ()) if isinstance(visit, PlannedVisit)]
    visitors = context.members({ref for visit in visits for ref in visit.visitors})
    if not any(_has(item.text, member) for member in visitors):
        return None
    known = {span for visit in visits for span in destination_spans(item.text, visit.destination.name)}
    states = [(place.start, place.end) for place in places_in(item.text) if place.form == "name"]
    states += [
        span
        for member in context.cast.members
        if member.kind == "government" and context.cast.book.is_state(member.name)
        for span in destination_spans(item.text, member.name)
    ]
    for start, end in states:
        left = item.text[:start]
        joined = any(_JOINED.fullmatch(item.text[span[1] : start]) for span in known if span[1] <= start)
        if (start, end) not in known and (joined or _LEADS_TO.search(left)):
            return f"the brief has no visit to {item.text[start:end]}"
    return None
