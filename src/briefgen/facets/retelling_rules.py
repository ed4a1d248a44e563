"""Rules on what headline, summary and background make of visits and motives: V11, V12, M04 (DOMAIN.md section 9).

They judge any item with a ``text``; the facets whose texts retell the article list them among their rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefgen.accusations import accusations_in
from briefgen.attribution import hedges_in, sources_in
from briefgen.brief import Motive
from briefgen.facets.base import Context, rule
from briefgen.facets.same_visits import place_key, visits_of
from briefgen.grounding import content_stems
from briefgen.itinerary import Order, orders_in, orders_told
from briefgen.lexicon import cue, table
from briefgen.purposes import aim_span
from briefgen.visits import destination_spans, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Background, PlannedVisit

_MOST_OF_AN_AIM = 0.6
"""Share of an aim's content words that a line must have to tell it."""


@rule("V12", "order of visits reversed, invented or circular")
def order_as_said(item: Any, context: Context) -> str | None:
    """An order of two planned visits must be the article's: said by it, or given by their dates."""
    visits = visits_of(context)
    names = {place_key(visit): visit.destination.name for visit in visits}
    told = orders_in(item.text, names) if len(names) > 1 else ()
    if not told:
        return None
    known = {(order.first, order.then): order for order in _known_orders(context, names)}
    for order in told:
        first, then = names[order.first], names[order.then]
        if any((other.then, other.first) == (order.first, order.then) for other in told):
            return f"{first} and {then} each come before the other"
        said = known.get((order.first, order.then))
        if said is None:
            turned = (order.then, order.first) in known
            return (
                f"{then} comes before {first}"
                if turned
                else f"the article does not say that {first} comes first"
            )
        if said.hedged and not order.hedged and not hedges_in(item.text):
            return f"that {first} comes before {then} is only said to be likely"
    return None


def _known_orders(context: Context, names: dict[str, str]) -> list[Order]:
    """What the article says of the order, the sure before the likely, and what the dates of the visits give."""
    told = list(orders_told([sentence.text for sentence in context.article.telling], names))
    told.sort(key=lambda order: not order.hedged)  # the last one of a pair stands in the dictionary
    return [*told, *_orders_by_date(visits_of(context))]


def _orders_by_date(visits: list[PlannedVisit]) -> Iterator[Order]:
    for one in visits:
        for other in visits:
            ends = one.timing.latest if one.timing else None
            begins = other.timing.earliest if other.timing else None
            if ends and begins and ends < begins:
                yield Order(place_key(one), place_key(other))


@rule("M04", "a motive told as a fact")
def motive_attributed(item: Any, context: Context) -> str | None:
    """A line that tells an aim says whose word it is, in the same sentence. A statement of the holder's own
    side, whose sentence names no source because all of it is one, may stand as it is.
    """
    if sources_in(item.text) or hedges_in(item.text) or accusations_in(item.text):
        return None
    if table("wording")["phrases"]["by_article"].strip(" ,") in item.text:
        return None
    for motive in context.items.get("motives", ()):
        if isinstance(motive, Motive) and _tells_aim(item.text, motive) and not _own_words(motive, context):
            return f"it tells {motive.id} without saying who says so"
    return None


def _tells_aim(text: str, motive: Motive) -> bool:
    aim = content_stems(motive.text)
    most = bool(aim) and len(aim & content_stems(text)) / len(aim) >= _MOST_OF_AN_AIM
    return most and (aim_span(motive.text, text) is not None or bool(cue("purpose").search(text)))


def _own_words(motive: Motive, context: Context) -> bool:
    told = [context.text(piece.sentence) for piece in motive.evidence]
    return motive.basis == "stated" and not any(sources_in(text) for text in told)


@rule("V11", "one sentence behind a past and a planned visit", critical=False)
def past_or_planned(item: Background, context: Context) -> str | None:
    """Allowed only where the sentence tells both: the planned visit with a word of plan, another as over (I7)."""
    if item.kind != "past_visit":
        return None
    own = {piece.sentence for piece in item.evidence}
    for visit in visits_of(context):
        for n in sorted(own & {piece.sentence for piece in visit.evidence}):
            text = context.text(n)
            spans = destination_spans(text, visit.destination.name)
            planned = "planned" in {reading(text, *span) for span in spans}
            if not planned or not cue("past_visit").search(text):
                return f"sentence {n} stands behind {visit.id} too"
    return None
