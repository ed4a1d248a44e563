"""Lines of headline and summary, and those that code makes of verified items where the model's own wording fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from briefgen.attribution import credited_in, hedges_in
from briefgen.brief import Allegation, Item, PlannedVisit
from briefgen.evidence import whole_sentence
from briefgen.facets.wording import (
    allegation_line,
    arrival_line,
    confirmations_line,
    visit_line,
    visits_headline,
)
from briefgen.geography import places_in
from briefgen.grounding import content_stems
from briefgen.lexicon import cue
from briefgen.visits import has_arrived

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.facets.base import Context

MOST_LINES = 3
_TOLD_BEFORE = 0.75
"""Share of a line's content words from which lines on the same items leave it nothing to add."""


class Line(Item):
    """Headline or summary sentence on its way into the brief."""

    text: str
    place: Literal["headline", "summary"]
    refs: tuple[str, ...] = ()


def without_repeats(lines: list[Line]) -> list[Line]:
    """The lines that say something the ones before them, on the same items, do not."""
    kept: list[Line] = []
    for line in lines:
        stems = content_stems(line.text)
        before = [other for other in kept if set(line.refs) & set(other.refs)] if line.refs else kept
        said = frozenset().union(*(content_stems(other.text) for other in before))
        enough = _TOLD_BEFORE if line.refs and _denies(line) <= any(map(_denies, before)) else 1.0
        if not stems or len(stems & said) < len(stems) * enough:
            kept.append(line)
    return kept


def _denies(line: Line) -> bool:
    return cue("negations").search(line.text) is not None


def lines_of(context: Context, told: set[str]) -> Iterator[Line]:
    """Lines made of items: visits not told, what the sides have confirmed, allegations not told."""
    visits = [v for v in context.items.get("planned_visits", ()) if isinstance(v, PlannedVisit)]
    for visit in visits:
        if visit.id not in told:
            yield Line(
                id="",
                place="summary",
                text=visit_line(visit, context, with_aspect=len(visits) >= MOST_LINES),
                refs=(visit.id,),
                evidence=visit.evidence[:1],
            )
    if not visits:
        yield from _arrivals(context)
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


def _arrivals(context: Context) -> Iterator[Line]:
    """ "Ada Rell has arrived in Ostia, according to the palace", where no visit of the article is still to come."""
    for sentence in context.article.telling:
        text = sentence.text
        there = [p for p in places_in(text) if p.form != "adjective" and has_arrived(text, p.start)]
        people = [m for m in context.cast.mentions(sentence.n) if there and m.end <= there[0].start]
        people = [m for m in people if m.member.kind == "person"]
        if people and not hedges_in(text):
            said = arrival_line(
                people[-1].member.name, text[there[0].start : there[0].end], credited_in(text), context
            )
            yield Line(
                id="", place="summary", text=said, evidence=(whole_sentence(context.article, sentence.n),)
            )
            return


def headline_of(context: Context) -> str:
    """From the items; else the title; else the start of the article."""
    visits = [item for item in context.items.get("planned_visits", ()) if isinstance(item, PlannedVisit)]
    if visits:
        return visits_headline(visits, context)
    if context.article.title:
        return context.article.title
    first = context.article.sentences[0].text if context.article.sentences else ""
    return first if len(first) <= 120 else first[:119].rsplit(" ", 1)[0] + "…"
