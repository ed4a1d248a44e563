"""Headline and summary. The model words them, code checks them; where a line fails, a line made of verified
items stands in. Attribution is in the same sentence (rule C03; AP).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from briefgen.brief import Brief, PlannedVisit
from briefgen.cast import is_null
from briefgen.evidence import Evidence, whole_sentence
from briefgen.facets.base import Context, Draft, Facet, Finding, Part, Proposal, plain_schema
from briefgen.facets.general import carries
from briefgen.facets.line_rules import (
    attributed,
    not_stronger,
    spoken_of,
    visit_of_the_brief,
    visitor_as_said,
)
from briefgen.facets.lines import MOST_LINES, Line, headline_of, lines_of, without_repeats
from briefgen.facets.retelling_rules import motive_attributed, order_as_said
from briefgen.facets.retold import RETOLD
from briefgen.lexicon import cue
from briefgen.travellers import has_title

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator


class SummaryEntry(Draft):
    """One sentence of the summary and the sentence of the article that it rests on."""

    sentence: int
    text: str = Field(default="", max_length=600)


class SummaryDraft(Draft):
    headline: str = Field(default="", max_length=300)
    items: tuple[SummaryEntry, ...] = Field(default=(), max_length=6)


class SummaryFacet(Facet[SummaryDraft, Line]):
    name = "summary"
    prefix = "summary"
    order = 90
    draft = SummaryDraft
    rules = (
        *RETOLD,
        attributed,
        not_stronger,
        visitor_as_said,
        visit_of_the_brief,
        order_as_said,
        motive_attributed,
    )
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
        for entry in draft.items[:MOST_LINES]:
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
        made = {(line.text, line.refs, line.evidence) for line in lines_of(context, set())}
        own = headline_of(context)
        return [
            line
            for line in lines
            if (line.text, line.refs, line.evidence) not in made and (line.id, line.text) != ("headline", own)
        ]

    def _nearest(self, text: str, context: Context) -> tuple[Evidence, ...]:
        n = context.ground.carrying(text, at_least=0.0)
        return (whole_sentence(context.article, n),) if n else ()

    def finish(self, context: Context) -> list[Line]:
        """The verified lines of the model, filled up with lines made of items that none of them tells."""
        own = [line for line in context.items.get(self.name, ()) if isinstance(line, Line)]
        headline = [line for line in own if line.place == "headline" and not _hides_news(line, context)]
        if not headline:
            headline = [Line(id="", place="headline", text=headline_of(context))]
        lines = [line for line in own if line.place == "summary"]
        told = {ref for line in lines for ref in line.refs if _tells(ref, line, context)}
        made = list(lines_of(context, told))
        news = any(ref.startswith(("visit-", "allegation-")) for ref in told)
        ordered = [*lines, *made] if news else [*made, *lines]  # the main news first
        return [*headline, *without_repeats(ordered)[:MOST_LINES]]


def _hides_news(headline: Line, context: Context) -> bool:
    """Whether a visit is off and the headline speaks of something else: that it is off is the news."""
    visits = [item for item in context.items.get("planned_visits", ()) if isinstance(item, PlannedVisit)]
    told = any(cue(listed).search(headline.text) for listed in ("postponing", "cancelling", "denying"))
    return not told and any(visit.status in {"postponed", "cancelled", "denied"} for visit in visits)


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
    return tuple(dict.fromkeys([*(item.id for item in spoken_of(line, context)), *by_sentence]))
