"""Kinds of break: who tells a visit, and what it is for (S01 to S03, A05, M05)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from breaks import (
    Kind,
    Mutant,
    changed,
    kind,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

    from briefgen.brief import Background, Motive


# -- sources and purpose -------------------------------------------------------------------------------------------


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
