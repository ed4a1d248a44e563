"""The rules that judge a planned visit itself: V01, V02, V11, V13, V14 and M05 of its purpose (DOMAIN.md section 9).

What the sides say of it is judged in ``confirmation_rules``, its dates in ``time_rules``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.attribution import is_name
from briefgen.facets.base import Context, rule
from briefgen.facets.confirmation_rules import CONFIRMATION_RULES
from briefgen.facets.same_visits import past_visits_of, place_key, visit_identity, visits_of
from briefgen.facets.time_rules import VISIT_TIMES
from briefgen.geography import country_of
from briefgen.grounding import fold_name
from briefgen.lexicon import cue
from briefgen.purposes import leads_to
from briefgen.travellers import goes, receives
from briefgen.visit_rows import places_beside
from briefgen.visits import destination_spans, has_arrived, reading

if TYPE_CHECKING:
    from briefgen.brief import PlannedVisit
    from briefgen.visits import Reading

_CARRIED = 0.7
"""Share of a purpose's content words that the visit's sentences must have."""


def _readings(n: int, item: PlannedVisit, context: Context) -> list[Reading]:
    text = context.text(n)
    return [reading(text, *span) for span in destination_spans(text, item.destination.name)]


@rule("V01", "a past or merely imagined visit shown as planned")
def still_to_come(item: PlannedVisit, context: Context) -> str | None:
    readings = [each for piece in item.evidence for each in _readings(piece.sentence, item, context)]
    if "planned" in readings:
        return None
    if "past" in readings:
        return "the sentence tells a visit that is over"
    if "hypothetical" in readings:
        return "the sentence only imagines the visit"
    return "no sentence presents the visit as still to come"


@rule("V01", "a visit shown as planned whose visitor has arrived")
def not_yet_there(item: PlannedVisit, context: Context) -> str | None:
    """No sentence says that the visitor has arrived: what was planned the day before is under way."""
    for sentence in context.article.telling:
        text = sentence.text
        there = any(has_arrived(text, start) for start, _ in destination_spans(text, item.destination.name))
        if there and {m.member.id for m in context.cast.mentions(sentence.n)} & set(item.visitors):
            return f"sentence {sentence.n} says that the visitor has arrived"
    return None


@rule("V02", "visitor and host swapped")
def visitor_travels(item: PlannedVisit, context: Context) -> str | None:
    own = place_key(item)
    if not context.members(item.visitors):
        return "nobody travels"
    for visitor in context.members(item.visitors):
        if visitor.kind == "government":
            return f"{visitor.name} is a state or its government: people travel"
        if context.cast.side(visitor) == own:
            return f"{visitor.name} is of {item.destination.name} itself"
        if not any(
            goes(visitor, item.destination.name, piece.sentence, context.cast) for piece in item.evidence
        ):
            return f"no sentence lets {visitor.name} travel to {item.destination.name}"
    return None


@rule("V02", "a host who does not receive the visitor")
def host_receives(item: PlannedVisit, context: Context) -> str | None:
    """Hosts are the place, somebody of its side, or somebody who invites or welcomes there."""
    own = {place_key(item), fold_name(item.destination.name)}
    for host in context.members(item.hosts):
        if host.id in item.visitors:
            return f"{host.name} is the visitor"
        if fold_name(host.name) in own or context.cast.side(host) in own:
            continue
        if not any(receives(host, piece.sentence, context.cast) for piece in item.evidence):
            return f"no sentence lets {host.name} receive the visitor in {item.destination.name}"
    return None


@rule("G05", "a state that the place is not")
def state_of_the_place(item: PlannedVisit, context: Context) -> str | None:
    del context
    named = country_of(item.destination.name)
    if item.destination.country != named:
        return f"{item.destination.name} is {named or 'no state'}, not {item.destination.country}"
    return None


@rule("V11", "one sentence behind a past and a planned visit", critical=False)
def nothing_past_behind_it(item: PlannedVisit, context: Context) -> str | None:
    """No sentence of the visit only tells one that is over, be it to another place (I7)."""
    over = {piece.sentence for past in past_visits_of(context) for piece in past.evidence}
    for piece in item.evidence:
        readings = _readings(piece.sentence, item, context)
        if (readings and set(readings) == {"past"}) or (piece.sentence in over and "planned" not in readings):
            return f"sentence {piece.sentence} tells a visit that is over"
    return None


@rule("V13", "a visit told once more by a description of its visitor")
def visitor_named(item: PlannedVisit, context: Context) -> str | None:
    """ "The incoming president" of one sentence is the named visitor of the next."""
    if any(is_name(visitor.name) for visitor in context.members(item.visitors)):
        return None
    told = {piece.sentence for piece in item.evidence}
    for other in visits_of(context):
        if visit_identity(other)[1] == visit_identity(item)[1]:
            near = {piece.sentence + step for piece in other.evidence for step in (-1, 0, 1)}
            if told & near and any(is_name(visitor.name) for visitor in context.members(other.visitors)):
                return f"the visitor of {other.id} by another description"
    return None


@rule("V13", "one visit twice", critical=False)
def only_once(item: PlannedVisit, context: Context) -> str | None:
    """The same place and a visitor in common, unless their dates say that they are two journeys."""
    for other in visits_of(context):
        if other.id == item.id or place_key(other) != place_key(item):
            continue
        if set(other.visitors) & set(item.visitors) and not _apart(item, other):
            return f"the same as {other.id}"
    return None


def _apart(item: PlannedVisit, other: PlannedVisit) -> bool:
    one, two = item.timing, other.timing
    if one is None or two is None:
        return False
    if one.latest and two.earliest and one.latest < two.earliest:
        return True
    return bool(two.latest and one.earliest and two.latest < one.earliest)


@rule("V14", "a second destination of the same plan without a visit", critical=False)
def every_destination(item: PlannedVisit, context: Context) -> str | None:
    """Reported on the visit that the sentence names together with the forgotten one."""
    listed = {place_key(visit) for visit in visits_of(context)}
    for piece in item.evidence:
        beside = places_beside(item.destination.name, piece.sentence, context.cast)
        forgotten = [name for key, name in beside.items() if key not in listed]
        if forgotten:
            return f"sentence {piece.sentence} has {forgotten[0]} under the same plan"
    return None


@rule("G02", "a purpose that no sentence of the visit gives")
def purpose_said(item: PlannedVisit, context: Context) -> str | None:
    numbers = [piece.sentence for piece in item.evidence if context.exists(piece.sentence)]
    if item.purpose is None or context.ground.support(item.purpose, numbers) >= _CARRIED:
        return None
    return f"no sentence of the visit says “{item.purpose[:80]}”"


@rule("M05", "something else made the purpose of the trip", critical=False)
def purpose_of_this_visit(item: PlannedVisit, context: Context) -> str | None:
    """A word of purpose leads to it, in a sentence that speaks of this visit."""
    if item.purpose is None:
        return None
    for piece in item.evidence:
        text = context.text(piece.sentence)
        spoken = destination_spans(text, item.destination.name) or cue("visit_nouns").search(text)
        if spoken and leads_to(item.purpose, text):
            return None
    return f"no sentence gives it as the purpose of the visit to {item.destination.name}"


VISIT_RULES = (
    still_to_come, not_yet_there, visitor_travels, host_receives, state_of_the_place, nothing_past_behind_it, visitor_named, only_once,
    every_destination, purpose_said, purpose_of_this_visit, *CONFIRMATION_RULES, *VISIT_TIMES,
)  # fmt: skip
