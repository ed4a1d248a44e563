"""A brief as entries: its items, and what it withheld."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from briefgen.evaluate.destinations import Place
from briefgen.evaluate.entries import FACETS, Entry, Facet, allegation_text, motive_text, visit_text
from briefgen.evaluate.parties import Named, NameList, Party
from briefgen.evaluate.quotes import Quotes
from briefgen.facets.general import all_evidence
from briefgen.names import strip_titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefgen.article import Article
    from briefgen.brief import Brief, Item, Withheld
    from briefgen.evidence import Evidence


@dataclass(frozen=True)
class Found:
    """What a brief of ``article`` says, ready to be compared."""

    brief: Brief
    article: Article

    @property
    def is_of_this_text(self) -> bool:
        """Whether the brief was made of this very text; else its sentences have other numbers."""
        return self.brief.article.id == self.article.id

    @cached_property
    def names(self) -> NameList:
        return NameList([Named(a.name, a.aliases, a.kind) for a in self.brief.actors])

    @cached_property
    def _by_id(self) -> dict[str, Party]:
        return {actor.id: party for actor, party in zip(self.brief.actors, self.names.parties, strict=True)}

    @cached_property
    def entries(self) -> dict[Facet, tuple[Entry, ...]]:
        """The items of each facet, in an order that does not depend on that of the brief."""
        found: dict[Facet, Iterable[Entry]] = {
            "actors": self._actors(),
            "planned_visits": self._visits(),
            "motives": self._motives(),
            "allegations": self._allegations(),
            "open_questions": self._questions(),
        }
        return {facet: tuple(sorted(items, key=lambda each: each.order)) for facet, items in found.items()}

    @cached_property
    def withheld(self) -> tuple[tuple[Withheld, Entry], ...]:
        """What was withheld in the facets that have gold, in the order of the brief."""
        return tuple(
            (entry, self._drafted(facet, at, entry.item))
            for at, entry in enumerate(self.brief.withheld)
            for facet in FACETS
            if facet == entry.facet
        )

    def numbers(self, evidence: Iterable[Evidence]) -> frozenset[int]:
        """Numbers of the sentences, as the article has them now, that the evidence quotes."""
        pieces = list(evidence)
        if self.is_of_this_text:
            return frozenset(n for piece in pieces for n in self._between(piece.start, piece.end))
        return self._quotes.sentences(piece.quote for piece in pieces)

    def _between(self, start: int, end: int) -> list[int]:
        return [s.n for s in self.article.sentences if s.start < end and start < s.end]

    @cached_property
    def _renumbered(self) -> dict[int, list[int]]:
        """From the brief's numbers to those of today: the splitter may have changed since it was made."""
        return {span.n: self._between(span.start, span.end) for span in self.brief.article.sentences}

    @cached_property
    def _quotes(self) -> Quotes:
        return Quotes(self.article)

    def _parties(self, ids: Iterable[str]) -> tuple[Party, ...]:
        return tuple(self._by_id.get(each) or Party(each, frozenset()) for each in ids)

    def _at(self, facet: Facet, item: Item) -> dict[str, Any]:
        return {
            "facet": facet,
            "ref": item.id,
            "sentences": self.numbers(item.evidence),
            "cited": self.numbers(all_evidence(item)),
        }

    def _actors(self) -> list[Entry]:
        return [
            Entry(**self._at("actors", actor), text=actor.name, subjects=(self._by_id[actor.id],))
            for actor in self.brief.actors
        ]

    def _visits(self) -> list[Entry]:
        found = []
        for visit in self.brief.planned_visits:
            visitors, place = self._parties(visit.visitors), visit.destination
            timing = visit.timing
            found.append(
                Entry(
                    **self._at("planned_visits", visit),
                    text=visit_text(visitors, place.name),
                    subjects=visitors,
                    place=Place.of(place.name, country=place.country),
                    value=visit.status,
                    dates=(timing.earliest, timing.latest) if timing else (None, None),
                )
            )
        return found

    def _motives(self) -> list[Entry]:
        return [
            Entry(
                **self._at("motives", motive),
                text=motive_text(self._parties((motive.holder,))[0].label, motive.text),
                words=motive.text,
                subjects=self._parties((motive.holder,)),
                value=motive.basis,
            )
            for motive in self.brief.motives
        ]

    def _allegations(self) -> list[Entry]:
        found = []
        for item in self.brief.allegations:
            accusers, accused = self._parties(item.accusers), self._parties(item.accused)
            found.append(
                Entry(
                    **self._at("allegations", item),
                    text=allegation_text(accusers, accused, item.claim),
                    words=item.claim,
                    subjects=accusers,
                    objects=accused,
                    stances=tuple((self._parties((each.by,))[0], each.stance) for each in item.responses),
                )
            )
        return found

    def _questions(self) -> list[Entry]:
        return [
            Entry(**self._at("open_questions", item), text=item.question, words=item.question, kind=item.kind)
            for item in self.brief.open_questions
        ]

    # -- what was withheld: raw entries of a model, or items that code had made --------------------------

    def _drafted(self, facet: Facet, at: int, raw: Mapping[str, object]) -> Entry:
        sentences = self._raw_sentences(raw)
        entry: dict[str, Any] = {
            "facet": facet,
            "ref": f"withheld-{at + 1}",
            "sentences": sentences,
            "cited": sentences,
        }
        if facet == "actors":
            actor = self._raw_parties(raw, "name")
            return Entry(**entry, text=_first(raw, "name"), subjects=actor)
        if facet == "planned_visits":
            visitors = self._raw_parties(raw, "visitors")
            place = _first(raw, "destination", "destinations")
            return Entry(**entry, text=visit_text(visitors, place), subjects=visitors, place=Place.of(place))
        if facet == "motives":
            holder, aim = self._raw_parties(raw, "holder"), _first(raw, "aim", "text")
            return Entry(**entry, text=motive_text(_first(raw, "holder"), aim), words=aim, subjects=holder)
        if facet == "allegations":
            accusers, accused = self._raw_parties(raw, "accusers"), self._raw_parties(raw, "accused")
            claim = _first(raw, "claim")
            return Entry(
                **entry,
                text=allegation_text(accusers, accused, claim),
                words=claim,
                subjects=accusers,
                objects=accused,
            )
        question = _first(raw, "question")
        return Entry(**entry, text=question, words=question, kind=_first(raw, "kind"))

    def _raw_parties(self, raw: Mapping[str, object], field: str) -> tuple[Party, ...]:
        """Names as the model wrote them, with titles and all, or ids of actors."""
        return tuple(
            self._by_id.get(name) or self.names.party(name, strip_titles(name) or name)
            for name in _strings(raw.get(field))
        )

    def _raw_sentences(self, raw: Mapping[str, object]) -> frozenset[int]:
        if not self.is_of_this_text:
            return frozenset()  # numbers of another text say nothing here
        numbers = [raw.get("sentence"), *_listed(raw.get("sentences"))]
        numbers += [
            piece.get("sentence") for piece in _listed(raw.get("evidence")) if isinstance(piece, dict)
        ]
        told = [n for n in numbers if isinstance(n, int)]
        return frozenset(now for n in told for now in self._renumbered.get(n, [n]))


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _strings(value: object) -> list[str]:
    """The names in a raw value: a string, a list of strings, or an object with a name."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, str):
        return [value] if value.strip() else []
    return [each for each in _listed(value) if isinstance(each, str) and each.strip()]


def _first(raw: Mapping[str, object], *fields: str) -> str:
    return next((text for field in fields for text in _strings(raw.get(field))), "")
