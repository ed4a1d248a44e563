"""How long merging briefs takes, and how it grows: `python benchmarks/digest_merging.py [1000 2000 5000 10000]`.

Briefs are made up: people of 60 states plan visits, accuse, answer and hope, as unevenly as news does (a few make
most of it), spread over a week. Goals (issue 5): 1,000 under 5 s, 10,000 under 60 s, nearly linear.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from datetime import UTC, date, datetime, timedelta

from briefgen.brief import (
    Actor,
    Allegation,
    ArticleInfo,
    Background,
    Brief,
    Confirmation,
    Coverage,
    Destination,
    Motive,
    OpenQuestion,
    PlannedVisit,
    Position,
    Provenance,
    Response,
    SummarySentence,
)
from briefgen.digest.intake import Arrived
from briefgen.digest.making import DigestOptions, make_digest
from briefgen.evidence import Evidence
from briefgen.geography import _forms
from briefgen.timing import resolve

DAY = date(2024, 6, 10)
STATES = sorted((code, name) for name, (code, form) in _forms().items() if form == "name")[::4][:60]
GIVEN = ["Ana", "Boris", "Chen", "Dalia", "Emre", "Fatou", "Goran", "Hana", "Ivo", "Jun", "Kofi", "Lena"]
FAMILY = ["Arlov", "Brandt", "Castell", "Dorrin", "Ekwe", "Falk", "Gorst", "Hollis", "Ibarra", "Jansky"]
ACTS = [
    "supplying {} missiles to rebels",
    "jamming {} satellites over the border",
    "detaining {} crews at sea",
    "printing forged ballots in {} districts",
    "shelling {} villages across the river",
    "hiding uranium from {} inspectors",
]
AIMS = ["secure {} cheap grain deliveries", "win {} seats on the council", "open {} northern ports again"]


def brief(number: int, chance: random.Random) -> Brief:
    """One made-up brief with nine actors, two visits, an allegation, a motive, a position and two questions."""
    published = DAY - timedelta(days=chance.choice([0, 0, 0, 1, 2, 4, 6]))

    def state() -> tuple[str, str]:
        return STATES[min(int(chance.expovariate(0.08)), len(STATES) - 1)]

    home, host, third = state(), state(), state()
    who = [f"{GIVEN[hash_of(code, 12)]} {FAMILY[hash_of(code[::-1], 10)]}" for code, _ in (home, host, third)]
    actors = [
        Actor(id=f"actor-{at}", name=name, kind="person", country=code, evidence=(line(at),))
        for at, ((code, _), name) in enumerate(zip((home, host, third), who, strict=True), 1)
    ] + [
        Actor(id=f"actor-{at}", name=name, kind="government", country=code, evidence=(line(at),))
        for at, (code, name) in enumerate((home, host, third), 4)
    ]
    when = chance.choice(["on 20 June", "next month", "in the coming weeks", "in July", None])
    timing = resolve(when, published) if when else None
    visit = PlannedVisit(
        id="visit-1",
        visitors=("actor-1",),
        destination=Destination(name=host[1], country=host[0]),
        hosts=("actor-5",),
        timing=timing,
        status="confirmed" if chance.random() < 0.4 else "reported",
        confirmations=(Confirmation(aspect="occurrence", value="confirmed", by=home[1], evidence=(line(2),)),)
        if chance.random() < 0.4
        else (),
        according_to=(chance.choice(["a diplomatic source", "Daily Ledger", "Morning Wire"]),),
        evidence=(line(1),),
    )
    claim = chance.choice(ACTS).format(chance.randint(2, 9))
    allegation = Allegation(
        id="allegation-1",
        accusers=("actor-4",),
        accused=("actor-6",),
        claim=claim,
        responses=(Response(by="actor-6", stance=chance.choice(["denied", "not_reported"])),),
        evidence=(line(3),),
    )
    article = ArticleInfo(
        id=hashlib.sha256(str(number).encode()).hexdigest(),
        title=f"{who[0]} to visit {host[1]}",
        publisher=f"Paper {chance.randint(1, 80)}",
        published=published,
        language="en",
    )
    return Brief(
        article=article,
        headline=f"{who[0]} to visit {host[1]}",
        summary=(SummarySentence(text=f"{who[0]} plans to visit {host[1]}.", refs=("visit-1",)),),
        actors=tuple(actors),
        planned_visits=(visit,),
        motives=(
            Motive(
                id="motive-1",
                holder="actor-4",
                text=chance.choice(AIMS).format(chance.randint(2, 9)),
                basis="stated",
                evidence=(line(4),),
            ),
        ),
        allegations=(allegation,),
        positions=(
            Position(
                id="position-1",
                holder="actor-5",
                stance="concern",
                text=f"expressed concern over {claim}",
                evidence=(line(5),),
            ),
        ),
        open_questions=(
            OpenQuestion(id="question-1", question="When?", kind="unconfirmed", about=("visit-1",)),
            OpenQuestion(
                id="question-2",
                question=f"Is {claim} true?",
                kind="unresolved_allegation",
                about=("allegation-1",),
            ),
        ),
        background=(
            Background(
                id="background-1",
                kind="past_visit",
                text=f"{who[2]} visited {home[1]} in {chance.randint(1995, 2022)} for talks on {chance.choice(['grain', 'gas', 'fish'])}.",
                evidence=(line(6),),
            ),
        ),
        coverage=Coverage(facets={}),
        provenance=Provenance(
            briefgen="0",
            model="none",
            prompts={},
            created=datetime(2024, 6, 10, tzinfo=UTC),
            requests=0,
            seconds=0,
        ),
    )


def hash_of(text: str, most: int) -> int:
    return hashlib.sha256(text.encode()).digest()[0] % most


def line(n: int) -> Evidence:
    return Evidence(sentence=n, quote=f"Sentence {n} of the article.", start=100 * n, end=100 * n + 26)


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [500, 1000, 2000, 5000, 10000]
    chance = random.Random(5)
    briefs = [brief(number, chance) for number in range(max(sizes))]
    make_digest([Arrived.of(each) for each in briefs[:20]], DigestOptions(DAY))  # word lists are read once
    print(
        f"{'briefs':>8}{'seconds':>10}{'ms/brief':>10}{'visits':>8}{'allegations':>12}{'stories':>8}{'MB':>8}"
    )
    for size in sizes:
        arrived = [Arrived.of(each) for each in briefs[:size]]
        started = time.process_time()
        digest, _ = make_digest(arrived, DigestOptions(DAY))
        spent = time.process_time() - started
        size_mb = len(digest.to_json(indent=None)) / 1e6
        print(
            f"{size:>8,}{spent:>10.2f}{1000 * spent / size:>10.2f}{len(digest.planned_visits):>8,}"
            f"{len(digest.allegations):>12,}{len(digest.stories):>8,}{size_mb:>8.1f}"
        )


if __name__ == "__main__":
    main()
