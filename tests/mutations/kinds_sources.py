"""Kinds of break: who tells a visit, and what it is for (S01 to S03, A05, M05)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from breaks import Kind, Mutant, behind, changed, kind

from briefgen.attribution import hedges_in, sources_in
from briefgen.visits import destination_spans, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

    from briefgen.brief import Background, Motive


@kind("source of a visit dropped", "S03")
def visit_source_dropped(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for at, name in enumerate(visit.according_to):
            rest = (*visit.according_to[:at], *visit.according_to[at + 1 :])
            yield changed(
                subject, "planned_visits", visit, f"{name} dropped from according_to", according_to=rest
            )


@kind("a visit credited to somebody else of the article", "S01 S02")
def visit_credited_elsewhere(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        told = " ".join(subject.sentence(e.sentence) for e in visit.evidence)
        for actor in subject.brief.actors:
            stranger = actor.id not in (*visit.visitors, *visit.hosts) and actor.name not in told
            if stranger and visit.according_to and not any(part in told for part in actor.name.split()):
                yield changed(
                    subject,
                    "planned_visits",
                    visit,
                    f"according to {actor.name} instead of {visit.according_to[0]}",
                    according_to=(actor.name,),
                )


@kind("a source of a visit that is not in the article", "S01 G05")
def visit_credited_from_memory(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for paper in ("Bloomberg", "Yonhap", "Harbour Gazette"):
            if paper not in subject.article.text and paper != subject.article.publisher:
                sources = (*visit.according_to, paper)
                yield changed(subject, "planned_visits", visit, f"according to {paper}", according_to=sources)
                break


@kind("a visit credited to the source of the other visit", "S02 S01")
def visit_credited_to_the_other_source(subject: Subject) -> Iterator[Mutant]:
    """The ambassador who spoke of one visit taken for a source on the other."""
    for visit in subject.brief.planned_visits:
        told = " ".join(subject.sentence(e.sentence) for e in visit.evidence)
        for other in subject.brief.planned_visits:
            speakers = (*(c.by for c in other.confirmations), *other.according_to)
            for name in speakers:
                silent = not any(part.casefold() in told.casefold() for part in name.split() if len(part) > 3)
                if other.id != visit.id and silent:
                    sources = (*visit.according_to, name)
                    yield changed(
                        subject, "planned_visits", visit, f"also according to {name}", according_to=sources
                    )


@kind("one source counted twice", "S04")
def source_counted_twice(subject: Subject) -> Iterator[Mutant]:
    for facet in ("planned_visits", "motives"):
        for item in getattr(subject.brief, facet):
            for name in item.according_to:
                twin = _twin(name, subject)
                owned = name.startswith(("his ", "her ", "its ", "their "))
                if twin not in item.according_to and not owned:
                    sources = (*item.according_to, twin)
                    yield changed(subject, facet, item, f"{name} and {twin}", according_to=sources)


def _twin(name: str, subject: Subject) -> str:
    """The same source by another name: with or without its article, its noun, its title."""
    for actor in subject.brief.actors:
        if name in (actor.name, *actor.aliases) and (actor.aliases or actor.role):
            return next((n for n in (actor.name, *actor.aliases) if n != name), f"{actor.role} {actor.name}")
    words = name.split()
    return words[0] if len(words) > 1 and words[0][:1].isupper() else f"the {name}"


@kind("certainty taken from a sentence that nobody stands for", "C05 C01 S03")
def careless_sentence(subject: Subject) -> Iterator[Mutant]:
    """Only the sentence that writes as if the visit were settled is cited, where others hedge or have a source."""
    for visit in subject.brief.planned_visits:
        if visit.status not in {"possible", "reported", "partly_confirmed"} or not (
            visit.hedges or visit.according_to
        ):
            continue
        for sentence in subject.article.telling:
            spans = destination_spans(sentence.text, visit.destination.name)
            told = any(reading(sentence.text, *span) == "planned" for span in spans)
            settled = told or re.search(r"planned visit|visit to", sentence.text)
            plain = not hedges_in(sentence.text) and not sources_in(sentence.text)
            if spans and settled and plain and not re.search(r"\blast\b|\bvisited\b", sentence.text):
                yield changed(
                    subject,
                    "planned_visits",
                    visit,
                    f"cites {sentence.n} only, without hedge and source",
                    evidence=behind(subject, sentence.n),
                    hedges=(),
                    according_to=(),
                )


@kind("one source of a visit becomes several", "A05")
def visit_source_plural(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for at, name in enumerate(visit.according_to):
            if name.endswith(("source", "newspaper", "official", "insider", "spokesman")):
                sources = (*visit.according_to[:at], f"{name}s", *visit.according_to[at + 1 :])
                yield changed(subject, "planned_visits", visit, f"{name} → {name}s", according_to=sources)


@kind("purpose taken from another sentence", "M05 G02")
def purpose_of_another_sentence(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        own = {e.sentence for e in visit.evidence}
        told_of: tuple[Motive | Background, ...] = (*subject.brief.motives, *subject.brief.background)
        for item in told_of:
            told = " ".join(subject.sentence(e.sentence) for e in item.evidence)
            far = not own & {e.sentence for e in item.evidence} and not re.search(r"\bwill visit\b", told)
            if far:
                purpose = item.text[:1].lower() + item.text[1:].rstrip(".")
                yield changed(subject, "planned_visits", visit, f"purpose “{purpose[:60]}”", purpose=purpose)


@kind("purpose from the sentence behind the visit", "M05 G02")
def purpose_of_the_next_sentence(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        own = {e.sentence for e in visit.evidence}
        for n in sorted(own):
            if n + 1 not in own and n < len(subject.article.sentences):
                words = subject.sentence(n + 1).rstrip(".").split()
                if len(words) > 8:
                    purpose = "discuss " + " ".join(words[3:9]).strip(",;:“”\"' ")
                    yield changed(subject, "planned_visits", visit, f"purpose “{purpose}”", purpose=purpose)


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
