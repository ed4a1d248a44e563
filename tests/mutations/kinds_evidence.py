"""Kinds of break: evidence altered, missing, of another sentence, or pointing nowhere (G01 to G04)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from breaks import FACETS, Kind, Mutant, changed, kind

from briefgen.evidence import Evidence, whole_sentence
from briefgen.grounding import content_stems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from subjects import Subject

    from briefgen.brief import Item

_EVERY = ("actors", *FACETS)


def _items(subject: Subject, *facets: str) -> Iterator[tuple[str, Item]]:
    """The first two items of each facet that have evidence."""
    for facet in facets or _EVERY:
        for item in getattr(subject.brief, facet)[:2]:
            if item.evidence:
                yield facet, item


def _each(name: str, codes: str, alter: Callable[[Evidence, Subject], Evidence | None]) -> Kind:
    """A kind that alters the first piece of evidence of an item, and takes the others away."""

    def make(subject: Subject) -> Iterator[Mutant]:
        for facet, item in _items(subject):
            piece = alter(item.evidence[0], subject)
            if piece is not None:
                shown = f"{item.evidence[0].sentence} “{item.evidence[0].quote[:40]}” → {piece.sentence} “{piece.quote[:40]}”"
                yield changed(subject, facet, item, shown, evidence=(piece,))

    return Kind(name, frozenset(codes.split()), make)


def _one_word_changed(piece: Evidence, subject: Subject) -> Evidence | None:
    words = piece.quote.split(" ")
    if len(words) < 4:
        return None
    words[2] = "certainly"
    return piece.model_copy(update={"quote": " ".join(words)})


def _shifted(piece: Evidence, subject: Subject) -> Evidence:
    return piece.model_copy(update={"start": piece.start + 1, "end": piece.end + 1})


def _shortened(piece: Evidence, subject: Subject) -> Evidence:
    """A gap left out of the quotation without a mark."""
    words = piece.quote.split(" ")
    return piece.model_copy(update={"quote": " ".join((*words[:2], *words[4:]))})


def _nowhere(piece: Evidence, subject: Subject) -> Evidence:
    return piece.model_copy(update={"sentence": len(subject.article.sentences) + 3})


def _wrong_number(piece: Evidence, subject: Subject) -> Evidence | None:
    """The right quotation under the number of the sentence behind it."""
    last = len(subject.article.sentences)
    return piece.model_copy(update={"sentence": piece.sentence % last + 1}) if last > 1 else None


one_word_of_a_quotation_changed = _each("one word of a quotation changed", "G01", _one_word_changed)
offsets_shifted = _each("offsets of the evidence shifted by one", "G01 G04", _shifted)
quotation_with_a_gap = _each("words left out of a quotation", "G01", _shortened)
sentence_that_is_not_there = _each("evidence of a sentence that is not there", "G04", _nowhere)
number_of_another_sentence = _each("quotation under the number of another sentence", "G04 G01", _wrong_number)


@kind("evidence dropped", "G03")
def evidence_dropped(subject: Subject) -> Iterator[Mutant]:
    for facet, item in _items(subject):
        if getattr(item, "kind", "") != "information_gap":
            yield changed(subject, facet, item, "no evidence", evidence=())


def _claim(facet: str, item: Any, subject: Subject) -> str:
    """What the item says, for comparing it with sentences."""
    if facet == "planned_visits":
        names = [subject.name(visitor) for visitor in item.visitors]
        return " ".join((*names, item.destination.name))
    for field in ("claim", "question", "text", "name"):
        if hasattr(item, field):
            return str(getattr(item, field))
    return ""


def _carries(facet: str, item: Any, n: int, subject: Subject) -> bool:
    """Whether a sentence may well stand behind the item, so that citing it would not be wrong."""
    claim = content_stems(_claim(facet, item, subject))
    text = subject.sentence(n)
    if facet == "actors":
        names = (item.name, *item.aliases, *item.name.split())
        return any(part.casefold() in text.casefold() for part in names if len(part) > 2)
    share = 0.3 if facet != "planned_visits" else 0.01
    return not claim or len(claim & content_stems(text)) / len(claim) >= share


def _neighbour(facet: str, item: Item, subject: Subject) -> int | None:
    n = item.evidence[0].sentence
    for other in (n + 1, n - 1):
        there = 1 <= other <= len(subject.article.sentences)
        asked = (
            facet == "open_questions"
            and there
            and re.search(
                r"accus|alleg|den[iy]|declin|whether|unclear|no decision|[Nn]either|not (?:yet|say|specify)",
                subject.sentence(other),
            )
        )
        if there and not asked and other not in _cited(item) and not _carries(facet, item, other, subject):
            return other
    return None


def _unrelated(facet: str, item: Item, subject: Subject) -> int | None:
    """The farthest sentence that has no word of what the item says."""
    claim = content_stems(_claim(facet, item, subject))
    free = [
        s.n
        for s in subject.article.sentences
        if s.n not in _cited(item)
        and not claim & content_stems(s.text)
        and not _carries(facet, item, s.n, subject)
    ]
    return max(free, key=lambda n: abs(n - item.evidence[0].sentence), default=None)


def _cites(name: str, codes: str, facet: str, other: Callable[[str, Item, Subject], int | None]) -> Kind:
    """A kind that lets items of a facet rest on another sentence."""

    def make(subject: Subject) -> Iterator[Mutant]:
        for _, item in _items(subject, facet):
            n = other(facet, item, subject)
            if n:
                shown = f"“{_claim(facet, item, subject)[:60]}” cites {n} for {item.evidence[0].sentence}"
                yield changed(subject, facet, item, shown, evidence=(whole_sentence(subject.article, n),))

    return Kind(name, frozenset(codes.split()), make)


_OF = {
    "planned_visits": ("a visit", "G02 V01 V02"),
    "motives": ("a motive", "G02 M02 M03"),
    "allegations": ("an allegation", "G02 L01 L02"),
    "open_questions": ("a question", "G02 Q04"),
    "background": ("background", "G02 C03"),
}
NEIGHBOURS = tuple(
    _cites(f"{name} under the neighbouring sentence", c, f, _neighbour) for f, (name, c) in _OF.items()
)
STRANGERS = tuple(
    _cites(f"{name} under an unrelated sentence", c, f, _unrelated) for f, (name, c) in _OF.items()
)


def _cited(item: Item) -> set[int]:
    return {piece.sentence for piece in item.evidence}


_IDS = {
    "planned_visits": ("visitors", "hosts"),
    "motives": ("holder", "applies_to"),
    "allegations": ("accusers", "accused"),
    "open_questions": ("about",),
}


@kind("id of nobody and nothing", "G04")
def dangling_id(subject: Subject) -> Iterator[Mutant]:
    for facet, fields in _IDS.items():
        for item in getattr(subject.brief, facet)[:1]:
            for field in fields:
                nobody: Any = "actor-99" if field == "holder" else ("actor-99",)
                yield changed(subject, facet, item, f"{field} → actor-99", **{field: nobody})


@kind("a line that refers to an item that is not there", "G04")
def dangling_ref(subject: Subject) -> Iterator[Mutant]:
    for at, line in enumerate(subject.brief.summary[:1]):
        lines = list(subject.brief.summary)
        lines[at] = line.model_copy(update={"refs": (*line.refs, "visit-77")})
        yield Mutant(
            subject.brief.model_copy(update={"summary": tuple(lines)}),
            f"summary {at}: refs visit-77",
            ("summary",),
        )


@kind("an actor dropped whom items refer to", "G04")
def referred_actor_dropped(subject: Subject) -> Iterator[Mutant]:
    used = {v for visit in subject.brief.planned_visits for v in visit.visitors}
    used |= {a for item in subject.brief.allegations for a in (*item.accusers, *item.accused)}
    used |= {motive.holder for motive in subject.brief.motives}
    for actor in subject.brief.actors:
        if actor.id in used:
            actors = tuple(other for other in subject.brief.actors if other.id != actor.id)
            yield Mutant(subject.brief.model_copy(update={"actors": actors}), f"{actor.name} dropped")


KINDS = (*(each for each in dict(globals()).values() if isinstance(each, Kind)), *NEIGHBOURS, *STRANGERS)
