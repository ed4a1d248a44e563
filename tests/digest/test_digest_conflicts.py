"""Where sources disagree both sides stand, with source and date (DOMAIN.md 7.4). Dates and statuses: visits' tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digest_builders import allegation, government, line, person, position, report, response
from digest_days import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping

CAST = [
    government("actor-1", "Uruguay", "UY"),
    government("actor-2", "Finland", "FI"),
    person("actor-3", "Ana Ruiz", "UY"),
    person("actor-4", "Lauri Halme", "FI"),
]
CLAIM = "shelling seven villages across the river"


def kinds(*briefs: Mapping[str, Any]) -> list[str]:
    reports = [
        report(at, actors=CAST, publisher=f"Paper {at}", **facets) for at, facets in enumerate(briefs, 1)
    ]
    return [conflict.kind for conflict in digest_of(reports).conflicts]


def test_different_figures_in_one_accusation_are_a_conflict() -> None:
    other = CLAIM.replace("seven", "nine")
    told = [{"allegations": [allegation(["actor-1"], ["actor-2"], claim)]} for claim in (CLAIM, other)]
    assert kinds(*told) == ["figure"]


def test_one_figure_and_none_are_no_conflict() -> None:
    other = CLAIM.replace("seven ", "")
    told = [{"allegations": [allegation(["actor-1"], ["actor-2"], claim)]} for claim in (CLAIM, other)]
    assert kinds(*told) == []


def test_two_answers_of_one_day_are_a_conflict() -> None:
    told = [
        {
            "allegations": [
                allegation(["actor-1"], ["actor-2"], CLAIM, responses=[response("actor-2", stance)])
            ]
        }
        for stance in ("denied", "declined_to_comment")
    ]
    assert kinds(*told) == ["response"]


def test_accuser_and_accused_exchanged_are_a_conflict_of_roles() -> None:
    told = [
        {"allegations": [allegation([one], [other], CLAIM)]}
        for one, other in (("actor-1", "actor-2"), ("actor-2", "actor-1"))
    ]
    assert kinds(*told) == ["role"]


def test_two_states_that_accuse_each_other_of_different_things_are_none() -> None:
    told = [
        {"allegations": [allegation(["actor-1"], ["actor-2"], CLAIM)]},
        {"allegations": [allegation(["actor-2"], ["actor-1"], "jamming satellites over the border")]},
    ]
    assert kinds(*told) == []


def test_one_quotation_in_two_mouths_is_a_conflict() -> None:
    words = "“We shall not sign a paper that sells the northern harbour.”"
    told = [
        {
            "positions": [
                position(who, "opposed the sale", "opposition", evidence=[line(1, f"{name}: {words}")])
            ]
        }
        for who, name in (("actor-3", "Ruiz"), ("actor-4", "Halme"))
    ]
    assert kinds(*told) == ["attribution"]


def test_one_quotation_of_one_speaker_is_none() -> None:
    words = "“We shall not sign a paper that sells the northern harbour.”"
    told = [
        {"positions": [position("actor-3", "opposed the sale", "opposition", evidence=[line(1, words)])]}
    ] * 2
    assert kinds(*told) == []
