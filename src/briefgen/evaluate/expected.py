"""The gold of one article as entries, its quotations found in the article."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from briefgen.evaluate.destinations import Place
from briefgen.evaluate.entries import Entry, Facet, allegation_text, motive_text, visit_text
from briefgen.evaluate.parties import Named, NameList, Party
from briefgen.evaluate.quotes import Quotes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.evaluate.gold import GoldArticle, GoldItem


@dataclass(frozen=True)
class NoAllegation:
    """What must not be made an allegation, and the sentences in which it stands."""

    text: str
    sentences: frozenset[int]


@dataclass(frozen=True)
class Expected:
    """What the gold of one article says, ready to be compared."""

    source: GoldArticle

    @cached_property
    def quotes(self) -> Quotes:
        return Quotes(self.source.article)

    @cached_property
    def unknown_quotes(self) -> tuple[str, ...]:
        """Quotations of the gold that are not in the article: errors of the gold."""
        return tuple(dict.fromkeys(self.quotes.unknown(self.source.gold.quotes())))

    @cached_property
    def _names(self) -> NameList:
        return NameList([Named(a.name, a.aliases, a.kind) for a in self.source.gold.actors])

    @cached_property
    def entries(self) -> dict[Facet, tuple[Entry, ...]]:
        """The items of each facet, in an order that does not depend on that of the file."""
        found: dict[Facet, Iterable[Entry]] = {
            "actors": self._actors(),
            "planned_visits": self._visits(),
            "motives": self._motives(),
            "allegations": self._allegations(),
            "open_questions": self._questions(),
        }
        return {facet: tuple(sorted(items, key=lambda each: each.order)) for facet, items in found.items()}

    @cached_property
    def past_visits(self) -> tuple[Entry, ...]:
        return tuple(
            Entry(
                facet="planned_visits",
                ref=f"past_visits[{at}]",
                text=visit_text(self._parties(visit.visitors), visit.destination),
                subjects=self._parties(visit.visitors),
                place=self._place(visit.destination),
                sentences=self.quotes.sentences(visit.evidence),
            )
            for at, visit in enumerate(self.source.gold.past_visits)
        )

    @cached_property
    def no_allegations(self) -> tuple[NoAllegation, ...]:
        return tuple(
            NoAllegation(each.text, self.quotes.sentences(each.evidence))
            for each in self.source.gold.not_allegations
        )

    def _parties(self, names: Iterable[str]) -> tuple[Party, ...]:
        return tuple(self._names.party(name) for name in names)

    def _place(self, destination: str) -> Place:
        """A destination is also called what the actor of its name is: the gold's own short forms."""
        key = self._names.party(destination)
        aliases = (
            a.aliases for a in self.source.gold.actors if a.name == key.label and a.kind == "government"
        )
        return Place.of(destination, aliases=next(aliases, ()))

    def _at(self, facet: Facet, at: int, item: GoldItem) -> dict[str, Any]:
        found = self.quotes.sentences(item.evidence)
        return {
            "facet": facet,
            "ref": f"{facet}[{at}]",
            "sentences": found,
            "cited": found,
            "required": item.required,
        }

    def _actors(self) -> list[Entry]:
        return [
            Entry(**self._at("actors", at, actor), text=actor.name, subjects=(party,))
            for at, (actor, party) in enumerate(
                zip(self.source.gold.actors, self._names.parties, strict=True)
            )
        ]

    def _visits(self) -> list[Entry]:
        return [
            Entry(
                **self._at("planned_visits", at, visit),
                text=visit_text(self._parties(visit.visitors), visit.destination),
                subjects=self._parties(visit.visitors),
                place=self._place(visit.destination),
                value=visit.status,
                dates=(visit.earliest, visit.latest),
            )
            for at, visit in enumerate(self.source.gold.planned_visits)
        ]

    def _motives(self) -> list[Entry]:
        return [
            Entry(
                **self._at("motives", at, motive),
                text=motive_text(motive.holder, motive.text),
                words=motive.text,
                subjects=self._parties((motive.holder,)),
                value=motive.basis,
            )
            for at, motive in enumerate(self.source.gold.motives)
        ]

    def _allegations(self) -> list[Entry]:
        found = []
        for at, item in enumerate(self.source.gold.allegations):
            accusers, accused = self._parties(item.accusers), self._parties(item.accused)
            found.append(
                Entry(
                    **self._at("allegations", at, item),
                    text=allegation_text(accusers, accused, item.claim),
                    words=item.claim,
                    subjects=accusers,
                    objects=accused,
                    stances=tuple((self._names.party(each.by), each.stance) for each in item.responses),
                )
            )
        return found

    def _questions(self) -> list[Entry]:
        return [
            Entry(
                **self._at("open_questions", at, item),
                text=item.question,
                words=item.question,
                kind=item.kind,
            )
            for at, item in enumerate(self.source.gold.open_questions)
        ]
