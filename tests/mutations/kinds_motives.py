"""Kinds of break: whose aim it is, who says so, and what is no aim at all (M01 to M05)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from breaks import Kind, Mutant, added, behind, changed, kind, named_in, new_id, same_side

from briefgen.brief import Motive, SummarySentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

    from briefgen.brief import Basis


def _basis(name: str, before: Basis, after: Basis) -> Kind:
    def make(subject: Subject) -> Iterator[Mutant]:
        for item in subject.brief.motives:
            if item.basis == before:
                sources = () if after != "attributed" else (subject.brief.actors[0].name,)
                yield changed(
                    subject, "motives", item, f"{before} → {after}", basis=after, according_to=sources
                )

    return Kind(name, frozenset({"M01"}), make)


inferred_as_stated = _basis("an inferred motive shown as stated", "article", "stated")
attributed_as_stated = _basis("a motive that others tell shown as stated", "attributed", "stated")
attributed_as_article = _basis("a motive that others tell shown as the article’s", "attributed", "article")
stated_as_article = _basis("a stated motive shown as the article’s", "stated", "article")
stated_as_attributed = _basis("a stated motive shown as told by others", "stated", "attributed")


@kind("a motive credited to a newspaper", "M01")
def motive_credited_to_a_newspaper(subject: Subject) -> Iterator[Mutant]:
    papers = [a.name for a in subject.brief.actors if a.kind == "media"]
    for item in subject.brief.motives:
        for paper in papers or ["Reuters"]:
            if paper not in item.according_to:
                yield changed(
                    subject,
                    "motives",
                    item,
                    f"{item.basis} → attributed to {paper}",
                    basis="attributed",
                    according_to=(paper,),
                )


@kind("a motive credited to another actor of the article", "M01")
def motive_credited_elsewhere(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.motives:
        told = " ".join(subject.sentence(e.sentence) for e in item.evidence)
        for actor in subject.brief.actors:
            if item.basis == "attributed" and not any(part in told for part in actor.name.split()):
                yield changed(
                    subject, "motives", item, f"according to {actor.name}", according_to=(actor.name,)
                )


@kind("source of a motive dropped", "S03 M01")
def motive_source_dropped(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.motives:
        if item.according_to:
            yield changed(subject, "motives", item, f"without {item.according_to}", according_to=())


@kind("a motive given to somebody else in its sentence", "M02")
def holder_exchanged(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.motives:
        holder = subject.brief.actor(item.holder)
        for actor, _ in named_in(subject.sentence(item.evidence[0].sentence), subject):
            if not same_side(actor, holder):
                yield changed(subject, "motives", item, f"{holder.name}’s → {actor.name}’s", holder=actor.id)


@kind("a motive given to somebody of another sentence", "M02")
def holder_from_elsewhere(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.motives:
        holder = subject.brief.actor(item.holder)
        n = item.evidence[0].sentence
        near = " ".join(subject.sentence(k) for k in (n - 2, n - 1, n) if k >= 1)
        for actor in subject.brief.actors:
            if not same_side(actor, holder) and not any(part in near for part in actor.name.split()):
                yield changed(subject, "motives", item, f"{holder.name}’s → {actor.name}’s", holder=actor.id)


def _motive(subject: Subject, holder: str, text: str, n: int) -> Motive:
    words = text.strip(" ,.;")
    return Motive(
        id=new_id(subject, "motives", "motive"),
        holder=holder,
        text=words[:1].upper() + words[1:],
        basis="article",
        evidence=behind(subject, n),
    )


_CONSEQUENCE = re.compile(
    r"\b(?:could have|have had|will have|would have|leaving|causing|making|which (?:halved|doubled|led to|cost)|led to|resulted in|"
    r"sparked|raising|as a result)\b(?P<what>[^.;]{8,70})"
)
_IMPORTANCE = re.compile(
    r"\b(?:is of|holds|hold|comes? at|noteworthy|important|significan\w+|is (?:Africa's )?(?:the )?(?:first|third|largest|biggest)|"
    r"(?:was|is) the (?:first|second|third))\b(?P<what>[^.;]{8,70})"
)


def _no_aims(name: str, pattern: re.Pattern[str]) -> Kind:
    """A kind that lists what the article says came of something, or matters, as somebody's aim."""

    def make(subject: Subject) -> Iterator[Mutant]:
        for sentence in subject.article.telling:
            found = pattern.search(sentence.text)
            if found is None or re.search(r"\bto \w+|in order|so that|aim", found["what"]):
                continue
            for actor, _ in named_in(sentence.text, subject):
                motive = _motive(subject, actor.id, found[0], sentence.n)
                yield added(
                    subject, "motives", motive, f"{actor.name}: “{motive.text}” of sentence {sentence.n}"
                )
                break

    return Kind(name, frozenset({"M03"}), make)


consequence_as_motive = _no_aims("a consequence taken for a motive", _CONSEQUENCE)
importance_as_motive = _no_aims("importance or timing taken for a motive", _IMPORTANCE)


@kind("a plain statement taken for a motive", "M03")
def statement_as_motive(subject: Subject) -> Iterator[Mutant]:
    """What a sentence without any word of purpose says somebody did."""
    for sentence in subject.article.telling:
        purpose = re.search(
            r"\bto\b|\bfor\b|\bbecause\b|\bseek|\baim|\bso\b|\bwant|\bhop|\bbid|\beffort|\bgoal",
            sentence.text,
        )
        verb = re.search(r"\b(?:was|were|is|has|have|had|\w{3,}ed)\b(?P<what>[^.;]{12,80})", sentence.text)
        actors = named_in(sentence.text, subject)
        if not purpose and verb and actors:
            motive = _motive(subject, actors[0][0].id, verb[0], sentence.n)
            yield added(
                subject, "motives", motive, f"{actors[0][1]}: “{motive.text}” of sentence {sentence.n}"
            )


@kind("the aim of one given the words of another’s", "M03 M02 G02")
def aims_exchanged(subject: Subject) -> Iterator[Mutant]:
    motives = subject.brief.motives
    for item in motives:
        for other in motives:
            if other.evidence[0].sentence != item.evidence[0].sentence:
                yield changed(subject, "motives", item, f"“{item.text}” → “{other.text}”", text=other.text)


@kind("an aim turned into its opposite", "V04 G02 M03")
def aim_negated(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.motives:
        if not item.text.startswith(("Not ", "The ")):
            text = f"Not {item.text[:1].lower()}{item.text[1:]}"
            yield changed(subject, "motives", item, f"“{text}”", text=text)


@kind("more in an aim than its sentence says", "G02")
def aim_padded(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.motives:
        text = f"{item.text} and win back the trust of voters at home"
        yield changed(subject, "motives", item, f"“{text}”", text=text)


@kind("a motive tied to a visit that its sentence does not speak of", "M05")
def motive_of_another_matter(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.motives:
        told = " ".join(subject.sentence(e.sentence) for e in item.evidence)
        for visit in subject.brief.planned_visits:
            spoken = visit.destination.name in told or re.search(
                r"\b(?:visit|trip|travel|tour|journey)\w*", told
            )
            if not spoken and not {e.sentence for e in visit.evidence} & {e.sentence for e in item.evidence}:
                yield changed(subject, "motives", item, f"applies to {visit.id}", applies_to=(visit.id,))


@kind("a motive told as a fact in the summary", "M04")
def motive_told_as_fact(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.motives:
        if item.basis == "stated" or item.text.split()[0].lower() in {"the", "a", "an"}:
            continue
        aim = item.text[:1].lower() + item.text[1:].rstrip(".")
        line = SummarySentence(
            text=f"{subject.name(item.holder)} wants to {aim}.", refs=(item.id,), evidence=item.evidence
        )
        lines = (line, *subject.brief.summary[1:])
        yield Mutant(
            subject.brief.model_copy(update={"summary": lines}), f"summary 0: “{line.text}”", ("summary",)
        )


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
