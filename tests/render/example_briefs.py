"""Briefs built by hand, of invented people and states, for the tests of the renderers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from briefgen.brief import (
    Actor,
    Allegation,
    ArticleInfo,
    Brief,
    Confirmation,
    Coverage,
    Destination,
    Failure,
    Motive,
    Note,
    OpenQuestion,
    PlannedVisit,
    Position,
    Provenance,
    Reason,
    Response,
    SentenceSpan,
    SummarySentence,
    Withheld,
)
from briefgen.evidence import Evidence
from briefgen.timing import Timing

QUOTES = {
    1: "President Ana Ruiz is reportedly planning to visit Velia and Osmark in the coming weeks, the Norland "
    "Herald reported, citing a diplomatic source.",
    2: "The visit to Velia is being “actively prepared,” confirmed Tomas Lindqvist, the Norlandic ambassador.",
    4: "The presidential office has not yet confirmed the dates, but Ruiz could visit Osmark as early as June.",
    9: "By strengthening ties with Velia, Norland is seeking to reduce its reliance on the coastal states.",
    12: "In January, Osmark and the Free Ports accused Norland of jamming ships’ radios, though Norland declined "
    "to confirm or deny this.",
}

FACETS = (
    "actors", "planned_visits", "motives", "allegations", "positions", "open_questions", "background",
)  # fmt: skip


def at(*sentences: int) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(sentence=n, quote=QUOTES[n], start=1000 * n, end=1000 * n + len(QUOTES[n]))
        for n in sentences
    )


ACTORS = (
    Actor(
        id="actor-1",
        name="Ana Ruiz",
        kind="person",
        role="President",
        affiliation="Norland",
        aliases=("Ruiz",),
        evidence=at(1, 4),
    ),
    Actor(id="actor-2", name="Tomas Lindqvist", kind="person", role="Norlandic ambassador", evidence=at(2)),
    Actor(id="actor-3", name="the presidential office", kind="government", evidence=at(4)),
    Actor(id="actor-4", name="Norland", kind="government", evidence=at(9, 12)),
    Actor(id="actor-5", name="Osmark", kind="government", evidence=at(12)),
    Actor(id="actor-6", name="the Free Ports", kind="group", evidence=at(12)),
    Actor(id="actor-7", name="Norland Herald", kind="media", evidence=at(1)),
)

VISITS = (
    PlannedVisit(
        id="visit-1",
        visitors=("actor-1",),
        destination=Destination(name="Velia"),
        timing=Timing(text="in the coming weeks"),
        status="partly_confirmed",
        confirmations=(
            Confirmation(aspect="preparation", value="confirmed", by="Tomas Lindqvist", evidence=at(2)),
            Confirmation(aspect="dates", value="not_confirmed", by="the presidential office", evidence=at(4)),
        ),
        purpose="talks on fishing rights",
        according_to=("Norland Herald", "a diplomatic source"),
        hedges=("reportedly", "planning to"),
        evidence=at(1, 2, 4),
    ),
    PlannedVisit(
        id="visit-2",
        visitors=("actor-1",),
        destination=Destination(name="Osmark"),
        hosts=("actor-5",),
        timing=Timing(text="as early as June", edtf="XXXX-06", granularity="month", bound="not_before"),
        status="reported",
        according_to=("Norland Herald",),
        hedges=("could",),
        evidence=at(1, 4),
    ),
)

ALLEGATION = Allegation(
    id="allegation-1",
    accusers=("actor-5", "actor-6"),
    accused=("actor-4",),
    claim="jamming ships’ radios",
    made=Timing(text="in January", edtf="XXXX-01", granularity="month"),
    responses=(Response(by="actor-4", stance="neither_confirmed_nor_denied", evidence=at(12)),),
    evidence=at(12),
)

MOTIVES = (
    Motive(
        id="motive-1",
        holder="actor-4",
        text="reduce its reliance on the coastal states",
        basis="article",
        applies_to=("visit-1",),
        evidence=at(9),
    ),
    Motive(
        id="motive-2",
        holder="actor-1",
        text="ease the shortage of deckhands",
        basis="attributed",
        according_to=("Norland Herald",),
        hedges=("may",),
        evidence=at(4),
    ),
)


POSITIONS = tuple(
    Position(
        id=f"position-{number}",
        holder=holder,
        stance="concern",
        text="voiced concern over the ships",
        according_to=("Norland Herald",),
        hedges=("reportedly",),
        evidence=at(12),
    )
    for number, holder in enumerate(("actor-5", "actor-6"), 1)
)


def provenance(**changes: Any) -> Provenance:
    values: dict[str, Any] = {
        "briefgen": "0.1.0",
        "model": "local:small",
        "prompts": {"actors": "0" * 64},
        "created": datetime(2031, 5, 2, 6, 30, tzinfo=UTC),
        "requests": 6,
        "input_tokens": 4120,
        "cached_tokens": 3250,
        "output_tokens": 612,
        "seconds": 48.23,
    }
    return Provenance(**(values | changes))


def empty_brief(**changes: Any) -> Brief:
    """A brief of an article in which nothing was found."""
    values: dict[str, Any] = {
        "article": ArticleInfo(id="ab12" * 16, sentences=(SentenceSpan(n=1, start=0, end=20),)),
        "headline": "A quiet day in Norland",
        "coverage": Coverage(facets=dict.fromkeys(FACETS, "empty")),
        "provenance": provenance(),
    }
    return Brief(**(values | changes))


def rich_brief(**changes: Any) -> Brief:
    """A brief with something in every part, and one facet that failed."""
    spans = tuple(SentenceSpan(n=n, start=1000 * n, end=1000 * n + 100) for n in range(1, 15))
    values: dict[str, Any] = {
        "article": ArticleInfo(
            id="ab12" * 16,
            title="Ruiz eyes Velia",
            publisher="Harbour Post",
            author="B. Holm",
            url="https://harbour.example/ruiz",
            published=date(2031, 5, 1),
            sentences=spans,
            flags=("hidden_characters",),
        ),
        "headline": "Ana Ruiz is reportedly planning to visit Velia and Osmark, Norland Herald reports",
        "summary": (
            SummarySentence(
                text="Norland Herald, citing a diplomatic source, reports that Ana Ruiz is planning to visit "
                "Velia and Osmark in the coming weeks.",
                refs=("visit-1", "visit-2"),
                evidence=at(1),
            ),
            SummarySentence(
                text="Tomas Lindqvist confirmed preparation of the trip to Velia; the presidential office has "
                "not confirmed the dates.",
                evidence=at(2, 4),
            ),
        ),
        "actors": ACTORS,
        "planned_visits": VISITS,
        "motives": MOTIVES,
        "allegations": (ALLEGATION,),
        "positions": POSITIONS,
        "open_questions": (
            OpenQuestion(
                id="question-1", question="Will Ana Ruiz visit Velia?", kind="unconfirmed", evidence=at(4)
            ),
        ),
        "withheld": (
            Withheld(
                facet="motives",
                item={"holder": "Osmark", "motive": "punish the coastal states", "sentences": [9]},
                reasons=(Reason(code="G03", message="sentence 9 does not say this"),),
            ),
        ),
        "notes": (
            Note(
                facet="actors", item="actor-2", code="A02", message="the role was cut to the article's words"
            ),
        ),
        "coverage": Coverage(
            facets={**dict.fromkeys(FACETS, "complete"), "background": "failed", "motives": "partial"},
            uncovered=(7, 11),
            failures={"background": Failure(code="api_timeout", message="no complete answer within 120 s")},
        ),
        "provenance": provenance(),
    }
    return Brief(**(values | changes))
