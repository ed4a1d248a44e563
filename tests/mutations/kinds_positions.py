"""Kinds of break: concern, criticism and demands, and who takes them (P01)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from breaks import Kind, Mutant, added, behind, changed, kind, named_in, same_side

from briefgen.brief import Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

    from briefgen.brief import Background, Motive, PositionStance


def _stance(name: str, before: tuple[PositionStance, ...], after: PositionStance) -> Kind:
    def make(subject: Subject) -> Iterator[Mutant]:
        held = {(p.holder, p.stance, p.evidence) for p in subject.brief.positions}
        for item in subject.brief.positions:
            if item.stance in before and (item.holder, after, item.evidence) not in held:
                yield changed(subject, "positions", item, f"{item.stance} → {after}", stance=after)

    return Kind(name, frozenset({"P01"}), make)


concern_raised = _stance(
    "concern raised to condemnation", ("concern", "criticism", "warning"), "condemnation"
)
demand_as_support = _stance(
    "a demand or criticism turned into support", ("demand", "criticism", "condemnation"), "support"
)
support_as_opposition = _stance(
    "support turned into opposition", ("support", "concern", "demand"), "opposition"
)
condemnation_lowered = _stance(
    "condemnation lowered to concern", ("condemnation", "opposition", "demand"), "concern"
)


@kind("a position given to somebody else of its sentence", "P01")
def position_of_another_here(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.positions:
        holder = subject.brief.actor(item.holder)
        together = {p.holder for p in subject.brief.positions if p.evidence == item.evidence}
        for actor, _ in named_in(subject.sentence(item.evidence[0].sentence), subject):
            if actor.id not in together and not same_side(actor, holder):
                yield changed(
                    subject, "positions", item, f"{holder.name}’s → {actor.name}’s", holder=actor.id
                )


@kind("a position given to somebody of another sentence", "P01")
def position_of_another_elsewhere(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.positions:
        holder = subject.brief.actor(item.holder)
        n = item.evidence[0].sentence
        near = " ".join(subject.sentence(k) for k in (n - 1, n) if k >= 1)
        for actor in subject.brief.actors:
            if not same_side(actor, holder) and not any(part in near for part in actor.name.split()):
                yield changed(
                    subject, "positions", item, f"{holder.name}’s → {actor.name}’s", holder=actor.id
                )


@kind("a position under the neighbouring sentence", "P01 G02")
def position_under_the_neighbour(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.positions:
        n = item.evidence[0].sentence
        told = {e.sentence for p in subject.brief.positions for e in p.evidence}
        for other in (n + 1, n - 1):
            if 1 <= other <= len(subject.article.sentences) and other not in told:
                yield changed(
                    subject, "positions", item, f"cites {other} for {n}", evidence=behind(subject, other)
                )


@kind("what a position is about taken from another sentence", "G02")
def position_about_something_else(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.positions:
        told_of: tuple[Background | Motive, ...] = (*subject.brief.background, *subject.brief.motives)
        for other in told_of:
            if not {e.sentence for e in other.evidence} & {e.sentence for e in item.evidence}:
                yield changed(subject, "positions", item, f"about “{other.text}”", text=other.text)


@kind("more in a position than its sentence says", "G02")
def position_padded(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.positions:
        text = f"{item.text.rstrip('.')} and announced tougher sanctions on its banks"
        yield changed(subject, "positions", item, f"“{text}”", text=text)


@kind("a year from nowhere in a position", "G06")
def position_dated_from_memory(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.positions:
        if "2031" not in subject.article.text:
            text = f"{item.text.rstrip('.')} in 2031"
            yield changed(subject, "positions", item, f"“{text}”", text=text)


def _position(subject: Subject, holder: str, stance: PositionStance, text: str, n: int) -> Position:
    number = len(subject.brief.positions) + 1
    return Position(
        id=f"position-{number}", holder=holder, stance=stance, text=text, evidence=behind(subject, n)
    )


@kind("an accusation listed as a mere position", "P01")
def accusation_as_position(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        for accuser in item.accusers[:1]:
            for stance in ("concern", "criticism"):
                more = _position(subject, accuser, stance, item.claim, item.evidence[0].sentence)
                yield added(subject, "positions", more, f"{subject.name(accuser)}, {stance}: “{item.claim}”")


@kind("a plain statement listed as a position", "P01")
def statement_as_position(subject: Subject) -> Iterator[Mutant]:
    taken = {e.sentence for p in subject.brief.positions for e in p.evidence}
    for sentence in subject.article.telling:
        found = re.search(
            r"\b(?:said|told|announced|visited|met|signed|arrived|discussed?)\b(?P<what>[^.;”\"]{15,90})",
            sentence.text,
        )
        cues = r"concern|critici|condemn|oppos|support|demand|urg|call|warn|want|insist|refus|reject|slam|must|should|threat|welcom|back"
        if found is None or sentence.n in taken or re.search(cues, sentence.text):
            continue
        for actor, _ in named_in(sentence.text[: found.start()], subject)[-1:]:
            more = _position(subject, actor.id, "criticism", found["what"].strip(" ,"), sentence.n)
            yield added(subject, "positions", more, f"{actor.name}: “{more.text}” of sentence {sentence.n}")


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
