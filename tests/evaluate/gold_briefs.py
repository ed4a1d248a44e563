"""Gold as a brief: what a perfect model and perfect rules would have made of the article."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from briefgen.brief import (
    Actor,
    Allegation,
    ArticleInfo,
    Brief,
    Coverage,
    Destination,
    Motive,
    OpenQuestion,
    PlannedVisit,
    Provenance,
    Response,
)
from briefgen.evaluate.quotes import Quotes
from briefgen.evidence import whole_sentence
from briefgen.timing import Timing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.article import Article
    from briefgen.evaluate.gold import GoldArticle, GoldItem
    from briefgen.evidence import Evidence

PROVENANCE = Provenance(
    briefgen="0", model="gold", prompts={}, created=datetime(2030, 1, 1, tzinfo=UTC), requests=0, seconds=0.0
)


def empty_brief(article: Article, **more: Any) -> Brief:
    """A brief of the article that says nothing but what is given."""
    given: dict[str, Any] = {
        "article": ArticleInfo(id=article.id),
        "headline": article.title or article.sentences[0].text,
        "coverage": Coverage(facets={}),
        "provenance": PROVENANCE,
    }
    return Brief(**(given | more))


def gold_brief(source: GoldArticle, *, optional: bool = True) -> Brief:
    """The gold of an article as a brief, with or without what it lists as optional (all actors stay)."""
    return _Projection(source, optional=optional).brief()


class _Projection:
    def __init__(self, source: GoldArticle, *, optional: bool) -> None:
        self.source, self.optional = source, optional
        self.ids: dict[str, str] = {}
        for at, actor in enumerate(source.gold.actors):
            for name in (actor.name, *actor.aliases):
                self.ids.setdefault(name, f"actor-{at}")

    def brief(self) -> Brief:
        return empty_brief(
            self.source.article,
            actors=tuple(self._actors()),
            planned_visits=tuple(self._visits()),
            motives=tuple(self._motives()),
            allegations=tuple(self._allegations()),
            open_questions=tuple(self._questions()),
        )

    def _wanted(self, items: Iterable[Any]) -> Iterable[tuple[int, Any]]:
        return [(at, item) for at, item in enumerate(items) if item.required or self.optional]

    def _evidence(self, item: GoldItem) -> tuple[Evidence, ...]:
        numbers = Quotes(self.source.article).sentences(item.evidence)
        return tuple(whole_sentence(self.source.article, n) for n in sorted(numbers))

    def _ids(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.ids[name] for name in names)

    def _actors(self) -> Iterable[Actor]:
        for at, actor in enumerate(self.source.gold.actors):
            yield Actor(
                id=f"actor-{at}",
                name=actor.name,
                aliases=actor.aliases,
                kind=actor.kind,
                evidence=self._evidence(actor),
            )

    def _visits(self) -> Iterable[PlannedVisit]:
        for at, visit in self._wanted(self.source.gold.planned_visits):
            timing = None
            if visit.timing_text:
                timing = Timing(text=visit.timing_text, earliest=visit.earliest, latest=visit.latest)
            yield PlannedVisit(
                id=f"visit-{at}",
                visitors=self._ids(visit.visitors),
                destination=Destination(name=visit.destination),
                timing=timing,
                status=visit.status,
                evidence=self._evidence(visit),
            )

    def _motives(self) -> Iterable[Motive]:
        for at, motive in self._wanted(self.source.gold.motives):
            (holder,) = self._ids((motive.holder,))
            yield Motive(
                id=f"motive-{at}",
                holder=holder,
                text=motive.text,
                basis=motive.basis,
                according_to=motive.according_to,
                evidence=self._evidence(motive),
            )

    def _allegations(self) -> Iterable[Allegation]:
        for at, item in self._wanted(self.source.gold.allegations):
            yield Allegation(
                id=f"allegation-{at}",
                accusers=self._ids(item.accusers),
                accused=self._ids(item.accused),
                claim=item.claim,
                responses=tuple(
                    Response(by=self.ids[response.by], stance=response.stance) for response in item.responses
                ),
                evidence=self._evidence(item),
            )

    def _questions(self) -> Iterable[OpenQuestion]:
        for at, item in self._wanted(self.source.gold.open_questions):
            yield OpenQuestion(
                id=f"question-{at}", question=item.question, kind=item.kind, evidence=self._evidence(item)
            )
