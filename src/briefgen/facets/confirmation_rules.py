"""The rules on what the sides have said of a visit, and the status that follows: V03 to V08 (DOMAIN.md section 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.confirmations import concerns, confirmations_of, derive_status, on_a_side, statements
from briefgen.facets.base import Context, rule
from briefgen.facets.same_visits import other_destinations
from briefgen.grounding import fold_name, is_negated
from briefgen.lexicon import cue
from briefgen.visits import asserts_plan, destination_spans, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Aspect, Confirmation, ConfirmationValue, PlannedVisit, VisitStatus

_HOLDING_BACK = frozenset({"not_confirmed", "denied", "postponed", "cancelled"})
"""What a brief must not leave out: a visit without it looks surer than it is."""


def status_of(item: PlannedVisit, context: Context) -> VisitStatus:
    """The status that the item's confirmations and evidence give."""
    told = [context.text(piece.sentence) for piece in item.evidence if context.exists(piece.sentence)]
    planned = [
        text
        for text in told
        if any(reading(text, *span) == "planned" for span in destination_spans(text, item.destination.name))
    ]
    return derive_status(item.confirmations, asserted=any(asserts_plan(text) for text in planned))


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


def _said(confirmation: Confirmation, n: int, context: Context) -> list[tuple[Aspect, ConfirmationValue]]:
    """What sentence ``n`` has of the one who is said to confirm: aspect and value."""
    wanted = fold_name(confirmation.by)
    return [
        (aspect, value)
        for aspect, value, member in statements(n, context.cast)
        if fold_name(member.name) == wanted
    ]


def _each(item: PlannedVisit) -> Iterator[tuple[Confirmation, int]]:
    for confirmation in item.confirmations:
        yield from ((confirmation, piece.sentence) for piece in confirmation.evidence)


@rule("V04", "a negation lost in a confirmation")
def confirmation_as_said(item: PlannedVisit, context: Context) -> str | None:
    for confirmation, n in _each(item):
        values = [value for _, value in _said(confirmation, n, context)]
        if values and confirmation.value not in values:
            return f"{confirmation.by}: “{confirmation.value}”, but sentence {n} says “{values[0]}”"
    return None


@rule("V04", "a denial or a missing confirmation kept back")
def nothing_kept_back(item: PlannedVisit, context: Context) -> str | None:
    """What a party of the brief denies, calls off or has not confirmed is among the visit's confirmations."""
    known = {member.id for member in context.cast.members}
    given = {(c.aspect, c.value, fold_name(c.by)) for c in item.confirmations}
    for told in confirmations_of(item, other_destinations(item, context), context.cast):
        speaker = context.cast.find(told.by)
        if told.value not in _HOLDING_BACK or speaker is None or speaker.id not in known:
            continue
        if (told.aspect, told.value, fold_name(told.by)) not in given:
            return f"“{told.value}” by {told.by} in sentence {told.evidence[0].sentence} is left out"
    return None


@rule("V05", "a confirmation by somebody whom its sentence does not name")
def confirmer_named(item: PlannedVisit, context: Context) -> str | None:
    for confirmation in item.confirmations:
        if not confirmation.evidence:
            return f"no sentence is behind the word of {confirmation.by}"
    for confirmation, n in _each(item):
        if not _said(confirmation, n, context):
            return f"sentence {n} has no word of {confirmation.by} on the visit"
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
    for confirmation, n in _each(item):
        concern = concerns(item.destination.name, others, context.text(n))
        if concern is None or (confirmation.value == "confirmed" and not concern.named and others):
            return f"sentence {n} does not speak of {item.destination.name}"
    return None


@rule("V08", "preparation taken for the visit, or dates confirmed that are not named")
def aspect_as_said(item: PlannedVisit, context: Context) -> str | None:
    for confirmation, n in _each(item):
        aspects = [aspect for aspect, value in _said(confirmation, n, context) if value == confirmation.value]
        if aspects and confirmation.aspect not in aspects:
            return f"“{confirmation.aspect}”, but sentence {n} is about {aspects[0]}"
    return None


CONFIRMATION_RULES = (
    status_follows, put_off_by_a_side, confirmation_as_said, nothing_kept_back, confirmer_named, confirmer_of_a_side,
    confirmation_of_this_visit, aspect_as_said,
)  # fmt: skip
