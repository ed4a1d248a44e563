"""Headline and summary. The model words them, code checks them; where a line fails, a line made of verified
items stands in. Attribution is in the same sentence (rule C03; AP).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from briefgen.accusations import accusations_in
from briefgen.attribution import hedges_in, sources_in
from briefgen.brief import Allegation, Brief, Item, PlannedVisit
from briefgen.cast import is_null
from briefgen.evidence import Evidence, whole_sentence
from briefgen.facets.base import Context, Draft, Facet, Finding, Part, Proposal, plain_schema, rule
from briefgen.facets.general import RETOLD, carries
from briefgen.facets.retelling_rules import motive_attributed, order_as_said
from briefgen.facets.wording import allegation_line, confirmations_line, visit_line, visits_headline
from briefgen.grounding import content_stems
from briefgen.lexicon import cue
from briefgen.travellers import has_title
from briefgen.visits import destination_spans

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

_MOST_LINES = 3
_OPEN = frozenset({"partly_confirmed", "reported", "possible"})
_PLAN_WORDS = re.compile(
    r"\b(?:planned|planning|plans?|expected|invited|postpon\w+|cancel\w+|proposed|preparations?|preparing)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|is to|are to|to visit|to travel|set to|is due|scheduled|expected|due to|plans?|planning)\b",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"\b(?:cancel\w+|call(?:s|ed)? off|postpon\w+|put off|den(?:y|ies|ied)|delay\w+|scrap\w*|new date)\b",
    re.IGNORECASE,
)
_FUTURE_FACT = re.compile(r"\b(?:will|is set to|are set to|is to|are to|is due to)\b", re.IGNORECASE)


class SummaryEntry(Draft):
    """One sentence of the summary and the sentence of the article that it rests on."""

    sentence: int
    text: str = Field(default="", max_length=600)


class SummaryDraft(Draft):
    headline: str = Field(default="", max_length=300)
    items: tuple[SummaryEntry, ...] = Field(default=(), max_length=6)


class Line(Item):
    """Headline or summary sentence on its way into the brief."""

    text: str
    place: Literal["headline", "summary"]
    refs: tuple[str, ...] = ()


@rule("C03", "a plan or an allegation told as a fact")
def attributed(item: Line, context: Context) -> str | None:
    """Below ``confirmed``, and for every allegation, the sentence itself has a source, a hedge or the accusation."""
    hedges = set(hedges_in(item.text)) - ({"potential", "possible"} if item.place == "headline" else set())
    if accusations_in(item.text) or hedges:
        return None
    if sources_in(item.text):
        return None
    planned = item.place == "headline" and _PLAN_WORDS.search(item.text)
    for other in _spoken_of(item, context):
        if isinstance(other, PlannedVisit) and other.status in _OPEN and not planned:
            return f"it tells {other.id} without saying who says so"
        if isinstance(other, Allegation):
            return f"it tells {other.id} as a fact"
    return None


@rule("C04", "stronger than what is known")
def not_stronger(item: Line, context: Context) -> str | None:
    for other in _spoken_of(item, context):
        if isinstance(other, PlannedVisit):
            for status, listed in (("cancelled", "cancelling"), ("postponed", "postponing")):
                if cue(listed).search(item.text) and other.status != status:
                    return f"{other.id} is {other.status}, not {status}"
            off = other.status in {"cancelled", "postponed", "denied"}
            if off and _TO_COME.search(item.text) and not _PUT_OFF.search(item.text):
                return f"{other.id} is {other.status}"
        weak = isinstance(other, PlannedVisit) and other.status != "confirmed"
        future = _FUTURE_FACT.search(item.text)
        if weak and future and not sources_in(item.text) and not hedges_in(item.text):
            return f"“{future[0]}”, but {other.id} is not confirmed"
    return None


def _spoken_of(item: Line, context: Context) -> Iterator[Item]:
    """Visits and allegations that the line tells."""
    stems = content_stems(item.text)
    travels = cue("visit").search(item.text)
    for visit in context.items.get("planned_visits", ()):
        if (
            isinstance(visit, PlannedVisit)
            and travels
            and destination_spans(item.text, visit.destination.name)
        ):
            yield visit
    for allegation in context.items.get("allegations", ()):
        if isinstance(allegation, Allegation):
            claim = content_stems(allegation.claim)
            if claim and len(claim & stems) / len(claim) >= 0.6:
                yield allegation


class SummaryFacet(Facet[SummaryDraft, Line]):
    name = "summary"
    prefix = "summary"
    order = 90
    draft = SummaryDraft
    rules = (*RETOLD, attributed, not_stronger, order_as_said, motive_attributed)
    answer_tokens = 500

    def candidates(self, context: Context, part: Part) -> list[int]:
        del context, part
        return []

    def asks(self, context: Context, part: Part) -> bool:
        del context, part
        return True

    def schema(self, context: Context, part: Part) -> dict[str, Any]:
        """A guided model words two lines: it takes them from the article, and code adds what they lack."""
        del context
        schema = plain_schema(self.draft)
        items = schema["properties"]["items"]
        entry = items["items"]
        numbers = {"enum": [sentence.n for sentence in part]}
        narrowed = {**entry, "properties": {**entry["properties"], "sentence": numbers}}
        bounded = {**items, "items": narrowed, "minItems": 1, "maxItems": 2}
        return {**schema, "properties": {**schema["properties"], "items": bounded}}

    def propose(self, draft: SummaryDraft, context: Context) -> Iterator[Proposal[Line]]:
        if not is_null(draft.headline):
            yield self._headline(draft.headline.strip(" ."), context)
        for entry in draft.items[:_MOST_LINES]:
            if is_null(entry.text):
                continue
            proposal: Proposal[Line] = Proposal(entry.model_dump(mode="json"))
            n = self._behind(entry, context)
            if n is None:
                proposal.findings.append(Finding("G02", "no sentence of the article says this"))
                yield proposal
                continue
            line = Line(
                id="",
                place="summary",
                text=entry.text.strip(),
                evidence=(whole_sentence(context.article, n),),
            )
            proposal.item = line.model_copy(update={"refs": _refs(line, context)})
            yield proposal

    def _headline(self, text: str, context: Context) -> Proposal[Line]:
        proposal: Proposal[Line] = Proposal({"headline": text})
        n = context.ground.carrying(text, at_least=0.6)
        everywhere = [sentence.n for sentence in context.article.sentences]
        proposal.findings += filter(None, [carries(text, everywhere, context, at_least=1.0)])
        if n is None:
            proposal.findings.append(Finding("G02", "no sentence of the article says this"))
            return proposal
        proposal.item = Line(
            id="", place="headline", text=text, evidence=(whole_sentence(context.article, n),)
        )
        return proposal

    def _behind(self, entry: SummaryEntry, context: Context) -> int | None:
        cited = entry.sentence if context.exists(entry.sentence) else None
        if cited and context.ground.support(entry.text, [cited]) >= 0.75:
            return cited
        return context.ground.carrying(entry.text, at_least=0.75)

    def identity(self, item: Line) -> Hashable:
        return item.place if item.place == "headline" else item.text

    def of_brief(self, brief: Brief, context: Context) -> list[Line]:
        """The lines that the model may have worded; those that code makes of the brief's items are left out."""
        lines = [
            Line(
                id="headline",
                place="headline",
                text=brief.headline,
                evidence=self._nearest(brief.headline, context),
            )
        ]
        for at, line in enumerate(brief.summary, 1):
            lines.append(
                Line(
                    id=f"summary-{at}",
                    place="summary",
                    text=line.text,
                    refs=line.refs,
                    evidence=line.evidence,
                )
            )
        made = {_headline_of(context), *(line.text for line in _lines_of(context, set()))}
        return [line for line in lines if line.text not in made]

    def _nearest(self, text: str, context: Context) -> tuple[Evidence, ...]:
        n = context.ground.carrying(text, at_least=0.0)
        return (whole_sentence(context.article, n),) if n else ()

    def finish(self, context: Context) -> list[Line]:
        """The verified lines of the model, filled up with lines made of items that none of them tells."""
        own = [line for line in context.items.get(self.name, ()) if isinstance(line, Line)]
        headline = [line for line in own if line.place == "headline"]
        if not headline:
            headline = [Line(id="", place="headline", text=_headline_of(context))]
        lines = [line for line in own if line.place == "summary"]
        told = {ref for line in lines for ref in line.refs if _tells(ref, line, context)}
        made = list(_lines_of(context, told))
        news = any(ref.startswith(("visit-", "allegation-")) for ref in told)
        ordered = [*lines, *made] if news else [*made, *lines]  # the main news first
        return [*headline, *_without_repeats(ordered)[:_MOST_LINES]]


def _without_repeats(lines: list[Line]) -> list[Line]:
    """The lines that say something the ones before them do not."""
    kept: list[Line] = []
    said: frozenset[str] = frozenset()
    for line in lines:
        stems = content_stems(line.text)
        if not stems or not stems <= said:
            kept.append(line)
            said |= stems
    return kept


def _tells(ref: str, line: Line, context: Context) -> bool:
    """Whether the line tells the item, not only something about it: a visit is told with its visitor."""
    for visit in context.items.get("planned_visits", ()):
        if isinstance(visit, PlannedVisit) and visit.id == ref:
            return any(
                has_title(member, line.text, context.cast) or any(name in line.text for name in member.names)
                for member in context.members(visit.visitors)
            )
    return True


def _refs(line: Line, context: Context) -> tuple[str, ...]:
    told = {piece.sentence for piece in line.evidence}
    named = ("planned_visits", "allegations", "motives", "background")
    by_sentence = [
        item.id
        for name in named
        for item in context.items.get(name, ())
        if told & {piece.sentence for piece in item.evidence}
    ]
    return tuple(dict.fromkeys([*(item.id for item in _spoken_of(line, context)), *by_sentence]))


def _lines_of(context: Context, told: set[str]) -> Iterator[Line]:
    """Lines made of items: visits not told, what the sides have confirmed, allegations not told."""
    visits = [v for v in context.items.get("planned_visits", ()) if isinstance(v, PlannedVisit)]
    for visit in visits:
        if visit.id not in told:
            yield Line(
                id="",
                place="summary",
                text=visit_line(visit, context),
                refs=(visit.id,),
                evidence=visit.evidence[:1],
            )
    said = confirmations_line(visits, context)
    if said:
        evidence = tuple(
            dict.fromkeys(e for visit in visits for c in visit.confirmations for e in c.evidence)
        )
        refs = tuple(visit.id for visit in visits if visit.confirmations)
        yield Line(id="", place="summary", text=said, refs=refs, evidence=evidence)
    for item in context.items.get("allegations", ()):
        if isinstance(item, Allegation) and item.id not in told:
            text = allegation_line(item, context)
            yield Line(id="", place="summary", text=text, refs=(item.id,), evidence=item.evidence[:1])


def _headline_of(context: Context) -> str:
    """From the items; else the title; else the start of the article."""
    visits = [item for item in context.items.get("planned_visits", ()) if isinstance(item, PlannedVisit)]
    if visits:
        return visits_headline(visits, context)
    if context.article.title:
        return context.article.title
    first = context.article.sentences[0].text if context.article.sentences else ""
    return first if len(first) <= 120 else first[:119].rsplit(" ", 1)[0] + "…"
