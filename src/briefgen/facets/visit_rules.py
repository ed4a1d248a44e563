"""The rules that judge a planned visit: V01 to V08 and V13, T01 to T05 (DOMAIN.md section 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.attribution import is_name
from briefgen.brief import PlannedVisit
from briefgen.confirmations import aspect_of, concerns, derive_status, on_a_side, statements
from briefgen.facets.base import Context, rule
from briefgen.geography import seat_of
from briefgen.grounding import fold_name, is_negated
from briefgen.lexicon import cue
from briefgen.timing import finer_than_text, is_before, resolve, same_resolution, years_in
from briefgen.travellers import goes
from briefgen.visits import asserts_plan, destination_spans, reading

if TYPE_CHECKING:
    from briefgen.brief import VisitStatus
    from briefgen.visits import Reading


def _readings(item: PlannedVisit, context: Context) -> list[Reading]:
    found: list[Reading] = []
    for piece in item.evidence:
        text = context.text(piece.sentence)
        spans = destination_spans(text, item.destination.name)
        found += [reading(text, *span) for span in spans]
    return found


@rule("V01", "a past or merely imagined visit shown as planned")
def still_to_come(item: PlannedVisit, context: Context) -> str | None:
    readings = _readings(item, context)
    if "planned" in readings:
        return None
    if "past" in readings:
        return "the sentence tells a visit that is over"
    if "hypothetical" in readings:
        return "the sentence only imagines the visit"
    return "no sentence presents the visit as still to come"


@rule("V02", "visitor and host swapped")
def visitor_travels(item: PlannedVisit, context: Context) -> str | None:
    own = place_key(item)
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


@rule("V03", "status stronger or other than the evidence")
def status_follows(item: PlannedVisit, context: Context) -> str | None:
    derived = status_of(item, context)
    return None if item.status == derived else f"“{item.status}”, but the evidence gives “{derived}”"


@rule("V03", "a visit put off, shown as if it stood")
def put_off_by_a_side(item: PlannedVisit, context: Context) -> str | None:
    """A sentence of the visit says that it was postponed or cancelled, and nobody of either side was found to say so."""
    if item.status in {"postponed", "cancelled", "denied"}:
        return None
    for piece in item.evidence:
        text = context.text(piece.sentence)
        for match in (*cue("postponing").finditer(text), *cue("cancelling").finditer(text)):
            if not is_negated(text, match.start()):
                return f"sentence {piece.sentence} puts the visit off, and who says so is not clear"
    return None


@rule("V04", "a negation lost in a confirmation")
def confirmation_as_said(item: PlannedVisit, context: Context) -> str | None:
    for confirmation in item.confirmations:
        for piece in confirmation.evidence:
            said = statements(piece.sentence, context.cast)
            by = [value for _, value, member in said if fold_name(member.name) == fold_name(confirmation.by)]
            if by and confirmation.value not in by:
                return (
                    f"{confirmation.by}: “{confirmation.value}”, but sentence {piece.sentence} says “{by[0]}”"
                )
    return None


@rule("V05", "a confirmation by somebody whom its sentence does not name")
def confirmer_named(item: PlannedVisit, context: Context) -> str | None:
    for confirmation in item.confirmations:
        for piece in confirmation.evidence:
            said = statements(piece.sentence, context.cast)
            if fold_name(confirmation.by) not in {fold_name(member.name) for _, _, member in said}:
                return f"sentence {piece.sentence} has no word of {confirmation.by} on the visit"
    return None


@rule("V06", "confirmed by somebody of neither side")
def confirmer_of_a_side(item: PlannedVisit, context: Context) -> str | None:
    for confirmation in item.confirmations:
        member = context.cast.find(confirmation.by)
        if member is None or not on_a_side(member, item, context.cast):
            return f"{confirmation.by} speaks for neither side"
    return None


@rule("V07", "one confirmation spread over two visits")
def confirmation_of_this_visit(item: PlannedVisit, context: Context) -> str | None:
    others = other_destinations(item, context)
    for confirmation in item.confirmations:
        for piece in confirmation.evidence:
            concern = concerns(item.destination.name, others, context.text(piece.sentence))
            if concern is None or (confirmation.value == "confirmed" and not concern.named and others):
                return f"sentence {piece.sentence} does not speak of {item.destination.name}"
    return None


@rule("V08", "preparation taken for the visit, or dates confirmed that are not named")
def aspect_as_said(item: PlannedVisit, context: Context) -> str | None:
    for confirmation in item.confirmations:
        for piece in confirmation.evidence:
            aspect = aspect_of(context.text(piece.sentence))
            if confirmation.aspect != aspect and confirmation.value in {"confirmed", "not_confirmed"}:
                return f"“{confirmation.aspect}”, but sentence {piece.sentence} is about {aspect}"
    return None


@rule("V13", "a visit told once more by a description of its visitor")
def visitor_named(item: PlannedVisit, context: Context) -> str | None:
    """ "The incoming president" of one sentence is the named visitor of the next."""
    if any(is_name(visitor.name) for visitor in context.members(item.visitors)):
        return None
    told = {piece.sentence for piece in item.evidence}
    for other in context.items.get("planned_visits", ()):
        if isinstance(other, PlannedVisit) and visit_identity(other)[1] == visit_identity(item)[1]:
            near = {piece.sentence + step for piece in other.evidence for step in (-1, 0, 1)}
            if told & near and any(is_name(visitor.name) for visitor in context.members(other.visitors)):
                return f"the visitor of {other.id} by another description"
    return None


@rule("V13", "one visit twice", critical=False)
def only_once(item: PlannedVisit, context: Context) -> str | None:
    for other in context.items.get("planned_visits", ()):
        if (
            isinstance(other, PlannedVisit)
            and other.id != item.id
            and visit_identity(other) == visit_identity(item)
        ):
            return f"the same as {other.id}"
    return None


@rule("T01", "a year that neither the text nor the publication date gives")
def year_given(item: PlannedVisit, context: Context) -> str | None:
    if item.timing is None:
        return None
    dates = [day for day in (item.timing.earliest, item.timing.latest) if day]
    years = {day.year for day in dates} | years_in(item.timing.edtf or "")
    given = years_in(item.timing.text)
    published = context.article.published
    known = given | ({published.year, published.year + 1, published.year - 1} if published else set())
    invented = sorted(years - known)
    return f"the year {invented[0]} is not in the article" if invented else None


@rule("T02", "a date finer than the text")
def not_finer(item: PlannedVisit, context: Context) -> str | None:
    del context
    if item.timing and finer_than_text(item.timing):
        return f"finer than “{item.timing.text}”"
    return None


@rule("T03", "a date other than the text resolves to")
def resolves(item: PlannedVisit, context: Context) -> str | None:
    if item.timing and not same_resolution(item.timing, context.article.published):
        return f"“{item.timing.text}” gives another date"
    return None


@rule("T04", "“as early as” or another modifier lost", critical=False)
def modifier_kept(item: PlannedVisit, context: Context) -> str | None:
    if item.timing is None:
        return None
    bound = resolve(item.timing.text, context.article.published).bound
    return None if bound == item.timing.bound else f"“{item.timing.text}” is {bound or 'no bound'}"


@rule("T05", "a planned visit before the article")
def not_over(item: PlannedVisit, context: Context) -> str | None:
    if item.timing and is_before(item.timing, context.article.published):
        return f"“{item.timing.text}” was over on {context.article.published}"
    return None


@rule("G06", "a time that the evidence does not give")
def time_in_evidence(item: PlannedVisit, context: Context) -> str | None:
    if item.timing and not any(item.timing.text in context.text(piece.sentence) for piece in item.evidence):
        return f"no sentence of the visit has “{item.timing.text}”"
    return None


VISIT_RULES = (
    still_to_come, put_off_by_a_side, visitor_travels, status_follows, confirmation_as_said, confirmer_named, confirmer_of_a_side,
    confirmation_of_this_visit, aspect_as_said, visitor_named, only_once, year_given, not_finer, resolves, modifier_kept,
    not_over, time_in_evidence,
)  # fmt: skip


# -- what the facet computes and the rules compute again ---------------------------------------------------------


def status_of(item: PlannedVisit, context: Context) -> VisitStatus:
    told = [context.text(piece.sentence) for piece in item.evidence if context.exists(piece.sentence)]
    planned = [
        text
        for text in told
        if any(reading(text, *span) == "planned" for span in destination_spans(text, item.destination.name))
    ]
    return derive_status(item.confirmations, asserted=any(asserts_plan(text) for text in planned))


def place_key(item: PlannedVisit) -> str:
    """The destination for comparing: a state by its code, its capital too."""
    name = item.destination.name
    return item.destination.country or seat_of(name) or fold_name(name)


def visit_identity(item: PlannedVisit) -> tuple[str, str]:
    """Visitor and place: direction matters. The first visitor stands for a delegation."""
    return item.visitors[0] if item.visitors else "", place_key(item)


def other_destinations(item: PlannedVisit, context: Context) -> list[str]:
    others = [other for other in context.items.get("planned_visits", ()) if isinstance(other, PlannedVisit)]
    own = place_key(item)
    return [other.destination.name for other in others if (place_key(other)) != own]
