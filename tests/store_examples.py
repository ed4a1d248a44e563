"""Articles, briefs and results for the tests of the store: many, small, made by number."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from briefgen.article import Article
from briefgen.brief import (
    Actor,
    Allegation,
    ArticleInfo,
    Brief,
    Coverage,
    Destination,
    Failure,
    PlannedVisit,
    Provenance,
    SummarySentence,
)
from briefgen.errors import Usage
from briefgen.store import Done, Origin, Pending, RawAnswer, Recipe, Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefgen.store import Run

PROFILE: dict[str, object] = {
    "window_tokens": 8192,
    "article_tokens": None,
    "calls": "per_facet",
    "repair_rounds": 0,
    "guided": False,
}
RECIPE = Recipe("scripted:model", {"actors": "a" * 64, "system": "b" * 64}, PROFILE)
OTHER_RECIPE = Recipe("scripted:other", {"actors": "a" * 64, "system": "b" * 64}, PROFILE)
ANSWERS = (
    RawAnswer(
        "actors", "0" * 16, '{"items":[{"name":"Ada Rell"}]}', guided=True, usage=Usage(1, 50, None, 9)
    ),
    RawAnswer(
        "motives",
        "1" * 16,
        None,
        error="SchemaInvalid",
        code="schema_invalid",
        message="no JSON",
        warnings=("cut",),
    ),
)


def text_of(n: int) -> str:
    return f"Ada Rell, envoy number {n}, plans to visit Ostia in June. The harbour office said nothing of pier {n}."


def article_of(n: int, **metadata: Any) -> Article:
    known: dict[str, Any] = {
        "title": f"Envoy {n} to Ostia",
        "published": "2031-05-01",
        "publisher": "Selm Kurier",
    }
    return Article.from_text(text_of(n), **(known | metadata))


def brief_for(article: Article, *, cost: float | None = 0.25, failed: bool = False, **changes: Any) -> Brief:
    """A brief of one visit and one allegation. ``failed``: a facet of it was not answered."""
    values: dict[str, Any] = {
        "article": ArticleInfo(id=article.id, title=article.title, published=article.published),
        "headline": f"Ada Rell plans to visit Ostia: {article.title}",
        "summary": (SummarySentence(text="Ada Rell plans to visit Ostia in June.", refs=("visit-1",)),),
        "actors": (
            Actor(id="actor-1", name="Ada Rell", kind="person", role="envoy", aliases=("Rell",)),
            Actor(id="actor-2", name="harbour office", kind="organisation"),
        ),
        "planned_visits": (
            PlannedVisit(
                id="visit-1", visitors=("actor-1",), destination=Destination(name="Ostia"), status="reported"
            ),
        ),
        "allegations": (
            Allegation(id="allegation-1", accusers=("actor-1",), accused=("actor-2",), claim="hiding a pier"),
        ),
        "coverage": Coverage(
            facets={"actors": "complete", "motives": "failed" if failed else "empty"},
            failures={"motives": Failure(code="schema_invalid", message="no JSON")} if failed else {},
        ),
        "provenance": Provenance(
            briefgen="0.0.9",
            model="scripted:model",
            prompts={"actors": "a" * 64},
            created=datetime(2031, 5, 2, tzinfo=UTC),
            requests=7,
            input_tokens=700,
            output_tokens=140,
            cost_usd=cost,
            seconds=1.5,
        ),
    }
    return Brief(**(values | changes))


def origin_of(n: int) -> Origin:
    return Origin(f"archive.jsonl#{n}", b"raw bytes of %d" % n)


def done(n: int, *, answers: Sequence[RawAnswer] = ANSWERS, **changes: Any) -> Done:
    article = article_of(n)
    return Done(origin_of(n), article, brief_for(article, **changes), answers)


def pending(n: int) -> Pending:
    return Pending(origin_of(n), article_of(n))


def filled(path: Path, *numbers: int) -> Path:
    """A store in which these articles are done."""
    with Store.open(path, create=True) as store, store.run(RECIPE) as run:
        run.record([done(n) for n in numbers])
    return path


def states(run: Run, *numbers: int) -> dict[int, str | None]:
    """What the run knows of these articles."""
    known = {n: run.look_up(origin_of(n), article_of(n)) for n in numbers}
    return {n: found.state if found else None for n, found in known.items()}


PUBLISHED = date(2031, 5, 1)
