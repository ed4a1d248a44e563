"""Planned visits: travel still to come on the article's day. Status, timing and confirmations by code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import Field

from briefgen.aims import aims_in
from briefgen.attribution import hedges_in, is_unnamed
from briefgen.brief import Destination, PlannedVisit
from briefgen.cast import Member, is_null
from briefgen.confirmations import confirmations_of, member_named, only_person
from briefgen.evidence import whole_sentence
from briefgen.facets.base import Context, Draft, Facet, Finding, Part, Proposal, guided_schema, without_field
from briefgen.facets.confirmation_rules import status_of
from briefgen.facets.same_visits import other_destinations, visit_identity
from briefgen.facets.visit_choices import where_to, who_may_travel
from briefgen.facets.visit_places import place_as_written, state_behind, state_meant
from briefgen.facets.visit_rules import VISIT_RULES
from briefgen.geography import country_of, places_in
from briefgen.grounding import fold, fold_name
from briefgen.lexicon import cue, words
from briefgen.purposes import aim_span
from briefgen.told_visits import told_visits
from briefgen.travellers import goes, has_title
from briefgen.visit_rows import places_beside
from briefgen.visit_sources import credited, only_tells_source
from briefgen.visit_times import timing_of
from briefgen.visits import destination_spans, leads, reading

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

_MOST_SENTENCES = 8
_MOST_EVIDENCE = 4
_MOST_NAMED = {"visitors": 1, "destinations": 3}
"""A small model fills a list to its bound, with whoever stands next in the choices."""


class VisitEntry(Draft):
    """What one sentence says of a visit."""

    sentence: int
    visitors: tuple[str, ...] = Field(default=(), max_length=6)
    destinations: tuple[str, ...] = Field(default=(), max_length=8)
    purpose: str | None = Field(default=None, max_length=400)


class VisitsDraft(Draft):
    items: tuple[VisitEntry, ...] = ()


class PlannedVisitsFacet(Facet[VisitsDraft, PlannedVisit]):
    name = "planned_visits"
    prefix = "visit"
    order = 20
    draft = VisitsDraft
    rules = VISIT_RULES

    def candidates(self, context: Context, part: Part) -> list[int]:
        del context
        travels = [s for s in part if cue("visit").search(s.text) and cue("plan").search(s.text)]
        with_place = [sentence.n for sentence in travels if _names_a_place(sentence.text)]
        return (with_place or [sentence.n for sentence in travels])[:_MOST_SENTENCES]

    def schema(self, context: Context, part: Part) -> dict[str, Any] | None:
        """A guided model chooses among the names of the article, and gives no purpose: it would copy the rest of the
        sentence, which code can read.
        """
        numbers = self.to_read(context, part)
        schema = without_field(guided_schema(self.draft, numbers), "purpose")
        choices = {
            "visitors": who_may_travel(numbers, context, part),
            "destinations": where_to(numbers, context),
        }
        items = schema["properties"]["items"]
        entry = items["items"]
        fields = dict(entry["properties"])
        for field, names in choices.items():
            if names:
                fields[field] = {"type": "array", "items": {"enum": names}, "maxItems": _MOST_NAMED[field]}
        narrowed = {**items, "items": {**entry, "properties": fields}}
        return {**schema, "properties": {**schema["properties"], "items": narrowed}}

    def propose(self, draft: VisitsDraft, context: Context) -> Iterator[Proposal[PlannedVisit]]:
        for entry in draft.items:
            destinations = [name for name in entry.destinations if not is_null(name)]
            visitors = [name for name in entry.visitors if not is_null(name)]
            if not destinations or not visitors:
                continue
            if not context.exists(entry.sentence):
                finding = Finding("G04", f"there is no sentence {entry.sentence}")
                yield Proposal(entry.model_dump(exclude_none=True, mode="json"), findings=[finding])
                continue
            for destination in destinations:
                yield self._proposal(entry, visitors, destination, context)

    def supply(self, context: Context) -> Iterator[PlannedVisit]:
        """Dated visits that a sentence tells plainly, by word of a side or a named source, where the model has none."""
        for sentence in context.article.telling:
            for told in told_visits(sentence.text):
                member = context.cast.enter(told.visitor, "person")
                if member is None or member.kind != "person":
                    continue
                beside = places_beside(told.place, sentence.n, context.cast).values()
                for place in (told.place, *beside):
                    item = self._read_by_code(sentence.n, member, state_meant(place, context), context)
                    if item is not None:
                        yield item

    def _read_by_code(self, n: int, member: Member, place: str, context: Context) -> PlannedVisit | None:
        entry = VisitEntry(sentence=n, visitors=(member.name,), destinations=(place,))
        item = self._item(entry, [member], place, _sentences_of(place, [member], n, context), context)
        known = self.derive(item, context)
        dated = known.timing is not None and bool(known.timing.edtf) and known.timing.text in context.text(n)
        vouched = any(n in {piece.sentence for piece in each.evidence} for each in known.confirmations)
        named = any(name != name.lower() and not is_unnamed(name) for name in credited([n], context.cast))
        return item if dated and (vouched or named) else None

    def _proposal(
        self, entry: VisitEntry, visitors: list[str], destination: str, context: Context
    ) -> Proposal[PlannedVisit]:
        raw = {"visitors": visitors, "destination": destination, "sentence": entry.sentence}
        proposal: Proposal[PlannedVisit] = Proposal(raw)
        place = place_as_written(destination, context)
        if place is None:
            proposal.findings.append(Finding("G05", f"the article does not have “{destination}”"))
            return proposal
        place = state_behind(place, context) or place
        somebody = context.cast.find(place)
        if somebody is not None and somebody.kind in {"person", "media"}:
            proposal.findings.append(Finding("V02", f"{somebody.name} is no place"))
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
        purpose = _purpose(entry, numbers, place, context)
        host = context.cast.find(place)
        if host is None and (country_of(place) or context.cast.book.is_state(place)):
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
        return visit_identity(item)

    def merge(self, first: PlannedVisit, second: PlannedVisit) -> PlannedVisit:
        merged = super().merge(first, second)
        return merged.model_copy(
            update={
                "visitors": tuple(dict.fromkeys((*first.visitors, *second.visitors))),
                "purpose": first.purpose or second.purpose,
                "destination": first.destination if first.destination.country else second.destination,
                "hosts": first.hosts or second.hosts,
            }
        )

    def derive(self, item: PlannedVisit, context: Context) -> PlannedVisit:
        sentences = [(piece.sentence, context.text(piece.sentence)) for piece in item.evidence]
        others = other_destinations(item, context)
        item = item.model_copy(
            update={
                "timing": timing_of(item.destination.name, sentences, context.article.published),
                "according_to": credited([n for n, _ in sentences], context.cast),
                "hedges": tuple(dict.fromkeys(hedge for _, text in sentences for hedge in hedges_in(text))),
                "confirmations": confirmations_of(item, others, context.cast),
            }
        )
        return item.model_copy(update={"status": status_of(item, context)})


def _names_a_place(text: str) -> bool:
    """A state, or a name soon behind a word of travel."""
    behind = (text[match.end() : match.end() + 70] for match in cue("visit").finditer(text))
    return bool(places_in(text)) or any(re.search(r"\b[A-Z]\w", rest) for rest in behind)


def _purpose(entry: VisitEntry, numbers: list[int], place: str, context: Context) -> str | None:
    """The trip's purpose as the model gives it, else as the sentence does: behind the place, led to by it."""
    if entry.sentence not in numbers:
        return None
    text = context.text(entry.sentence)
    spans = destination_spans(text, place)
    if cue("postponing").search(text) or cue("cancelling").search(text):
        return None  # what stands there is why it was put off
    given = [] if is_null(entry.purpose) else [(entry.purpose or "").strip(" .,")]
    for purpose in given or aims_in(text):
        bare = re.sub(r"^(?:to|for|in order to)\s+", "", purpose)
        led = re.search(rf"\bfor\s+{re.escape(bare)}", text)
        at = led.start() if led else aim_span(bare, text)
        if at is not None and spans and at >= spans[0][1] and not cue("visit").match(bare):
            return purpose
    return None


def _visitor(name: str, n: int, context: Context) -> Member | None:
    if fold(name) in words("pronouns_any", of="people"):
        return member_named(name, n, context.cast) or only_person(n - 1, context.cast)
    return context.cast.enter(name)


def _sentences_of(place: str, members: list[Member], cited: int, context: Context) -> list[int]:
    """The sentences that tell this visit as planned: those that tell it first of all, else the cited one."""
    visitors = {member.id for member in members}
    found = []
    for sentence in context.article.telling:
        spans = destination_spans(sentence.text, place)
        if "planned" not in {reading(sentence.text, *span) for span in spans}:
            continue
        named = bool(visitors & {m.member.id for m in context.cast.mentions(sentence.n)})
        left = sentence.text[: max(spans)[0]]
        named = named or any(has_title(member, left, context.cast) for member in members)
        if not named and sentence.n == cited:  # "she" of a sentence that the model read
            named = any(goes(member, place, cited, context.cast) for member in members)
        if named and leads(place, sentence.text):
            found.append(sentence.n)
    told = {n + 1 for n in found if only_tells_source(context.text(n + 1))}
    found = sorted({*found[: _MOST_EVIDENCE - len(told)], *told})
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
