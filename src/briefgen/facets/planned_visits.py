"""Planned visits: travel still to come on the article's day. Status, timing and confirmations by code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from briefgen.attribution import hedges_in, is_report_noun, source_name, sources_in
from briefgen.brief import Destination, PlannedVisit
from briefgen.cast import Member, is_null
from briefgen.confirmations import (
    aspect_of,
    concerns,
    confirmations_of,
    derive_status,
    member_named,
    on_a_side,
    only_person,
    statements,
)
from briefgen.evidence import whole_sentence
from briefgen.facets.base import Context, Draft, Facet, Finding, Part, Proposal, rule
from briefgen.facets.general import carries
from briefgen.geography import country_of, places_in
from briefgen.grounding import content_stems, fold, fold_name, is_negated
from briefgen.lexicon import cue, words
from briefgen.timing import finer_than_text, is_before, resolve, same_resolution, years_in
from briefgen.visits import Reading, asserts_plan, destination_spans, leads, reading, timing_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

_MOST_SENTENCES = 8
_MOST_EVIDENCE = 4


class VisitEntry(Draft):
    """What one sentence says of a visit."""

    sentence: int
    visitors: tuple[str, ...] = Field(default=(), max_length=6)
    destinations: tuple[str, ...] = Field(default=(), max_length=8)
    purpose: str | None = Field(default=None, max_length=400)


class VisitsDraft(Draft):
    items: tuple[VisitEntry, ...] = ()


# -- rules -----------------------------------------------------------------------------------------------------


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
    for visitor in context.members(item.visitors):
        if not any(_goes(visitor, item.destination.name, piece.sentence, context) for piece in item.evidence):
            return f"no sentence lets {visitor.name} travel to {item.destination.name}"
    return None


def _goes(visitor: Member, destination: str, n: int, context: Context) -> bool:
    """The visitor stands before the destination, or behind a word of welcome; a pronoun may stand for one
    named in the two sentences before.
    """
    text = context.text(n)
    places = destination_spans(text, destination)
    own = [m for m in context.cast.mentions(n) if m.member.id == visitor.id]
    if not places:
        return False
    last = max(places)[0]
    for mention in own:
        if (
            mention.start < last
            and not _by_line(text, mention.start)
            and not _is_hosted(text, mention.end, last)
        ):
            return True
        if (
            mention.start > places[0][0]
            and not _by_line(text, mention.start)
            and cue("hosting").search(text[: mention.start])
        ):
            return True
    if own:
        return False
    stands_for = re.search(
        r"\b(?:he|she|they|his|her|their|him|them|its?|the (?:president|minister|premier|chancellor|leader|"
        r"delegation|king|pope|envoy|team|prime minister)|(?:the|this|planned) (?:visit|trip)s?)\b",
        text[: last + 1],
        re.IGNORECASE,
    )
    before = [m.member.id for k in (n - 1, n - 2) if k >= 1 for m in context.cast.mentions(k)]
    return bool(stands_for) and visitor.id in before


def _only_speaks(text: str, start: int, destination: int) -> bool:
    """ "The envoy said that a delegation might travel to …": the one who speaks does not go."""
    for source in sources_in(text):
        if source.start <= start < source.end and source.end <= source.cue_start < destination:
            said = text[source.cue_start + len(source.cue) : destination]
            other = re.search(
                r"^(.*?)\b(?:might|may|will|would|could|was|were|is|are|has|had|planned|plans)\b", said
            )
            if other is None:
                return bool(
                    re.match(r"[^“”\"]{0,14}\bthat\s+(?!he\b|she\b|it\b|they\b|his\b|her\b|their\b)", said)
                )
            return bool(other[1].strip(" ,")) and not re.search(r"\b(?:he|she|it|they)\s*$", other[1])
    return False


def _by_line(text: str, start: int) -> bool:
    if re.search(r"\b(?:visits?|trips?|tours?|journey)\s+by\s+(?:the\s+)?(?:\w+\s){0,3}$", text[:start]):
        return False
    return bool(re.search(r"\b(?:by|according to|told|with)\s+(?:the\s+)?(?:\w+\s){0,3}$", text[:start]))


def _is_hosted(text: str, end: int, destination: int) -> bool:
    """ "Kim invited Putin to visit North Korea": the one who invites does not travel."""
    verb = re.match(
        r"[^,.;]{0,30}?\b(invit(?:e|es|ed|ing)|welcom\w+|hosts?|hosted|hosting)\b", text[end:destination]
    )
    if verb is None:
        return False
    return not re.search(r"\b(?:was|were|been|is|are|be|being)\s*$", text[end : end + verb.start(1)])


@rule("V03", "status stronger or other than the evidence")
def status_follows(item: PlannedVisit, context: Context) -> str | None:
    derived = _status(item, context)
    return None if item.status == derived else f"“{item.status}”, but the evidence gives “{derived}”"


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
    others = _other_destinations(item, context)
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


@rule("V13", "one visit twice", critical=False)
def only_once(item: PlannedVisit, context: Context) -> str | None:
    for other in context.items.get("planned_visits", ()):
        if isinstance(other, PlannedVisit) and other.id != item.id and _identity(other) == _identity(item):
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


# -- the facet -------------------------------------------------------------------------------------------------


class PlannedVisitsFacet(Facet[VisitsDraft, PlannedVisit]):
    name = "planned_visits"
    prefix = "visit"
    order = 20
    draft = VisitsDraft
    rules = (
        still_to_come, visitor_travels, status_follows, confirmation_as_said, confirmer_named, confirmer_of_a_side,
        confirmation_of_this_visit, aspect_as_said, only_once, year_given, not_finer, resolves, modifier_kept,
        not_over, time_in_evidence,
    )  # fmt: skip

    def candidates(self, context: Context, part: Part) -> list[int]:
        del context
        found = []
        for sentence in part:
            text = sentence.text
            if cue("visit").search(text) and cue("plan").search(text):
                places = len(places_in(text)) + len(re.findall(r"\bto (?:the )?[A-Z]", text))
                found.append((bool(places), sentence.n))
        with_place = [n for place, n in found if place]
        return (with_place or [n for _, n in found])[:_MOST_SENTENCES]

    def propose(self, draft: VisitsDraft, context: Context) -> Iterator[Proposal[PlannedVisit]]:
        for entry in draft.items:
            destinations = [name for name in entry.destinations if not is_null(name)]
            visitors = [name for name in entry.visitors if not is_null(name)]
            if not destinations or not visitors:
                continue
            if not context.exists(entry.sentence):
                finding = Finding("G04", f"there is no sentence {entry.sentence}")
                yield Proposal(entry.model_dump(exclude_none=True), findings=[finding])
                continue
            for destination in destinations:
                yield self._proposal(entry, visitors, destination, context)

    def _proposal(
        self, entry: VisitEntry, visitors: list[str], destination: str, context: Context
    ) -> Proposal[PlannedVisit]:
        raw = {"visitors": visitors, "destination": destination, "sentence": entry.sentence}
        proposal: Proposal[PlannedVisit] = Proposal(raw)
        place = _place_as_written(destination, context)
        if place is None:
            proposal.findings.append(Finding("G05", f"the article does not have “{destination}”"))
            return proposal
        members = []
        for name in visitors:
            member = _visitor(name, entry.sentence, context)
            if member is None:
                proposal.findings.append(Finding("A02", f"the article does not have “{name}”"))
            elif member not in members and fold_name(member.name) != fold_name(place):
                members.append(member)
        if not members:
            proposal.findings = proposal.findings or [Finding("V02", f"nobody travels to {place}")]
            return proposal
        spans = destination_spans(context.text(entry.sentence), place)
        if spans and {reading(context.text(entry.sentence), *span) for span in spans} <= {"past"}:
            proposal.findings.append(Finding("V01", "the sentence tells a visit that is over"))
            return proposal
        numbers = _sentences_of(place, members, entry.sentence, context)
        if not numbers:
            proposal.findings.append(Finding("G02", f"sentence {entry.sentence} does not name {place}"))
            return proposal
        proposal.item = self._item(entry, members, place, numbers, context)
        return proposal

    def _item(
        self, entry: VisitEntry, members: list[Member], place: str, numbers: list[int], context: Context
    ) -> PlannedVisit:
        purpose = entry.purpose if not is_null(entry.purpose) else None
        travel = re.compile(rf"(?:{cue('visit').pattern})|\bto\b", re.IGNORECASE)
        if purpose and (
            carries(purpose, numbers, context, at_least=0.8) or not content_stems(travel.sub(" ", purpose))
        ):
            purpose = None
        host = context.cast.find(place)
        if host is None and (country_of(place) or context.cast.is_state(place)):
            host = context.cast.enter(place, "government")
        return PlannedVisit(
            id="",
            visitors=tuple(member.id for member in members),
            destination=Destination(name=place, country=country_of(place)),
            hosts=(host.id,) if host else (),
            status="possible",
            purpose=purpose,
            evidence=tuple(whole_sentence(context.article, n) for n in numbers),
        )

    def identity(self, item: PlannedVisit) -> Hashable:
        return _identity(item)

    def merge(self, first: PlannedVisit, second: PlannedVisit) -> PlannedVisit:
        merged = super().merge(first, second)
        return merged.model_copy(
            update={
                "visitors": tuple(dict.fromkeys((*first.visitors, *second.visitors))),
                "purpose": first.purpose or second.purpose,
            }
        )

    def derive(self, item: PlannedVisit, context: Context) -> PlannedVisit:
        sentences = [(piece.sentence, context.text(piece.sentence)) for piece in item.evidence]
        sources = [
            source_name(source.name)
            for _, text in sentences
            for source in sources_in(text)
            if not is_report_noun(source.name)
            and fold(source.name) not in words("pronouns_any", of="people")
            and not is_negated(text, source.cue_start)
        ]
        others = _other_destinations(item, context)
        item = item.model_copy(
            update={
                "timing": timing_of(item.destination.name, sentences, context.article.published),
                "according_to": tuple(dict.fromkeys(sources)),
                "hedges": tuple(dict.fromkeys(hedge for _, text in sentences for hedge in hedges_in(text))),
                "confirmations": confirmations_of(item, others, context.cast),
            }
        )
        return item.model_copy(update={"status": _status(item, context)})


def _status(item: PlannedVisit, context: Context) -> str:
    told = [context.text(piece.sentence) for piece in item.evidence if context.exists(piece.sentence)]
    planned = [
        text
        for text in told
        if any(reading(text, *span) == "planned" for span in destination_spans(text, item.destination.name))
    ]
    return derive_status(item.confirmations, asserted=any(asserts_plan(text) for text in planned))


def _identity(item: PlannedVisit) -> tuple[str, str]:
    """Visitor and place: direction matters. The first visitor stands for a delegation."""
    return item.visitors[0] if item.visitors else "", item.destination.country or fold_name(
        item.destination.name
    )


def _other_destinations(item: PlannedVisit, context: Context) -> list[str]:
    others = [other for other in context.items.get("planned_visits", ()) if isinstance(other, PlannedVisit)]
    own = item.destination.country or fold_name(item.destination.name)
    return [
        other.destination.name
        for other in others
        if (other.destination.country or fold_name(other.destination.name)) != own
    ]


def _visitor(name: str, n: int, context: Context) -> Member | None:
    if fold(name) in words("pronouns_any", of="people"):
        return member_named(name, n, context.cast) or only_person(n - 1, context.cast)
    return context.cast.enter(name)


def _place_as_written(name: str, context: Context) -> str | None:
    """The place as the article writes it; a state by the name the article uses for it."""
    name = re.sub(r"^(?:the\s+)?(?:capital of|city of)\s+", "", name.strip(" .,"))
    if not any(word[:1].isupper() for word in name.split()):
        return None
    inner = re.fullmatch(
        r"([\w\s-]+), ([A-Z][\w\s]+)", name
    )  # "Jeddah, Saudi Arabia": the state is the place
    if inner and country_of(inner[2]):
        name = inner[2]
    if context.ground.has_phrase(name):
        return name
    code = country_of(name)
    for sentence in context.article.sentences:
        for place in places_in(sentence.text):
            if code and place.code == code and place.form == "name":
                return sentence.text[place.start : place.end]
    return None


def _sentences_of(place: str, members: list[Member], cited: int, context: Context) -> list[int]:
    """The sentences that tell this visit as planned: those that tell it first of all, else the cited one."""
    visitors = {member.id for member in members}
    found = []
    for sentence in context.article.telling:
        spans = destination_spans(sentence.text, place)
        if "planned" not in {reading(sentence.text, *span) for span in spans}:
            continue
        named = visitors & {m.member.id for m in context.cast.mentions(sentence.n)}
        if (named or sentence.n == cited) and leads(place, sentence.text):
            found.append(sentence.n)
    return found[:_MOST_EVIDENCE] or ([cited] if destination_spans(context.text(cited), place) else [])


def past_sentences(context: Context) -> list[int]:
    """Sentences that tell a visit as over: background."""
    states = [member for member in context.cast.members if member.kind == "government"]
    found = []
    for sentence in context.article.telling:
        spans = {(p.start, p.end) for p in places_in(sentence.text) if p.form != "adjective"}
        spans |= {span for member in states for span in destination_spans(sentence.text, member.name)}
        if any(reading(sentence.text, *span) == "past" for span in spans):
            found.append(sentence.n)
    return found
