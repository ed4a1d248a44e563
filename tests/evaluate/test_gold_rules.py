"""The rules of visits, dates and allegations against the gold: where one fires, it is said which of the two is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from gold_briefs import gold_brief

from briefgen.confirmations import confirmations_of
from briefgen.evaluate.gold import read_gold
from briefgen.facets.allegation_rules import responses_of
from briefgen.facets.base import Context
from briefgen.facets.same_visits import other_destinations
from briefgen.geography import country_of
from briefgen.timing import resolve
from briefgen.verification import audit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefgen.brief import Actor, Allegation, Brief, PlannedVisit
    from briefgen.evaluate.gold import GoldArticle

KNOWN = {
    # The gold reads a visit out of words that name no journey to the place: a speech before Congress, "visit his
    # country" under a title. The rules stay silent only where a sentence names the place as one travelled to.
    ("basil-2b9468af-hpo", "visit-0"): {"V01", "V03", "V10"},
    ("page-ifp-20240519", "visit-0"): {"V01", "V02", "V03"},
    # An optional item: sites that a team could only visit if.
    ("tbaq-APW19980306.1001", "visit-0"): {"V01", "V02", "V10"},
    # Parties that the gold takes from several sentences or the title; a rule asks for one that has them all.
    ("g5w1h-d0b630b229ee", "allegation-0"): {"L02"},
    ("ntrex-thelocal.65969", "allegation-0"): {"L02"},
    ("page-dpa-20240617", "allegation-0"): {"L02"},
    ("page-dpa-20240617", "allegation-1"): {"L02"},
    # A denial in words that no cue list has ("are lying", "denied the reports" of "a report that").
    ("wikinews-2019-114", "allegation-0"): {"L05"},
    ("wikinews-2019-114", "allegation-1"): {"L02", "V04"},
    ("g5w1h-d0b630b229ee", "allegation-1"): {"L01", "L05"},
    ("ntrex-thelocal.65969", "allegation-2"): {"L02"},
}
"""Items on which a rule fires though the gold is right: the rules ask for more than a reader needs, and withhold."""
SOUND_MOTIVES = 8
"""Motives of the gold that break no rule of family M; many give a reason without a word of purpose."""


@pytest.fixture(scope="module")
def judged(shared: Path) -> dict[tuple[str, str], set[str]]:
    """Codes of V, T, L and M for each item of the gold."""
    found: dict[tuple[str, str], set[str]] = {}
    for source in read_gold(shared / "gold").articles:
        brief = filled(source)
        for facet in ("planned_visits", "allegations", "motives"):
            found |= {(source.id[:24], item.id): set() for item in getattr(brief, facet)}
        for _, item, finding in audit(brief, source.article):
            if finding.code[0] in "VTLM" and (source.id[:24], item) in found:
                found[source.id[:24], item].add(finding.code)
    return found


def filled(source: GoldArticle) -> Brief:
    """The gold as a brief, with what code derives and annotators do not write: dates, confirmations, evidence."""
    brief = gold_brief(source)
    context = Context.of_brief(brief, source.article)
    actors = tuple(with_country(actor, context) for actor in brief.actors)
    brief = brief.model_copy(update={"actors": actors})
    context = Context.of_brief(brief, source.article)
    return brief.model_copy(
        update={
            "planned_visits": tuple(derived(visit, context) for visit in brief.planned_visits),
            "allegations": tuple(answered(item, context) for item in brief.allegations),
        }
    )


def with_country(actor: Actor, context: Context) -> Actor:
    role = context.cast.book.role(actor.name)
    country = context.cast.book.country(actor.name, actor.kind, role)
    return actor.model_copy(update={"role": role, "country": country})


def derived(visit: PlannedVisit, context: Context) -> PlannedVisit:
    """The status is the gold's; what it follows from is read again."""
    timing = resolve(visit.timing.text, context.article.published) if visit.timing else None
    place = visit.destination.model_copy(update={"country": country_of(visit.destination.name)})
    said = confirmations_of(visit, other_destinations(visit, context), context.cast)
    return visit.model_copy(update={"timing": timing, "destination": place, "confirmations": said})


def answered(item: Allegation, context: Context) -> Allegation:
    read = {(response.by, response.stance): response for response in responses_of(item, context)}
    given = tuple(read.get((response.by, response.stance), response) for response in item.responses)
    return item.model_copy(update={"responses": given})


def of(judged: dict[tuple[str, str], set[str]], kind: str) -> Iterator[tuple[tuple[str, str], set[str]]]:
    return ((key, codes) for key, codes in judged.items() if key[1].startswith(kind))


@pytest.mark.parametrize("kind", ["visit", "allegation"])
def test_a_rule_fires_on_no_gold_visit_or_allegation_but_those_listed(
    judged: dict[tuple[str, str], set[str]], kind: str
) -> None:
    surprises = {key: codes - KNOWN.get(key, set()) for key, codes in of(judged, kind)}
    assert {key: codes for key, codes in surprises.items() if codes} == {}


def test_what_is_listed_still_fires(judged: dict[tuple[str, str], set[str]]) -> None:
    """A rule made better leaves the list shorter."""
    assert {key: codes - judged[key] for key, codes in KNOWN.items() if codes - judged[key]} == {}


def test_motives_of_the_gold_that_every_rule_lets_through(judged: dict[tuple[str, str], set[str]]) -> None:
    assert sum(not codes for _, codes in of(judged, "motive")) >= SOUND_MOTIVES
