"""Visits of many briefs become one line each: identity, united confirmations, the status derived again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from digest_builders import (
    background,
    confirmation,
    government,
    line,
    medium,
    person,
    place,
    report,
    timing,
    visit,
)
from digest_days import digest_of

if TYPE_CHECKING:
    from briefgen.digest.digest import Digest, MergedVisit
    from briefgen.digest.reports import Report

CAST = [
    person("actor-1", "Ana Ruiz", "UY"),
    person("actor-2", "Lauri Halme", "FI"),
    government("actor-3", "Uruguay", "UY"),
    government("actor-4", "Finland", "FI"),
    person("actor-5", "Pia Sand", "UY"),
    medium("actor-6", "Lantern"),
]
FINLAND = place("Finland", "FI")


def trip(number: int, day: str, when: str | None = None, **more: object) -> Report:
    """An article of ``day`` about Ruiz's trip to Finland."""
    told = {"visitors": ["actor-1"], "destination": FINLAND, **more}
    item = visit(when=timing(when, day) if when else None, **told)  # type: ignore[arg-type]  # by name
    return report(number, published=day, actors=CAST, planned_visits=[item], publisher=f"Paper {number}")


def only_visit(digest: Digest) -> MergedVisit:
    (found,) = digest.planned_visits
    return found


def test_two_articles_of_one_visit_are_one_line_with_both_numbers() -> None:
    found = only_visit(digest_of([trip(1, "2024-06-10", "in July"), trip(2, "2024-06-10", "on 10 July")]))
    assert found.articles == (1, 2)


def test_visits_to_one_host_more_than_thirty_days_apart_are_two() -> None:
    found = digest_of([trip(1, "2024-06-10", "on 20 June"), trip(2, "2024-06-10", "on 20 September")])
    assert len(found.planned_visits) == 2


def test_a_report_without_a_date_joins_the_next_visit_it_may_be() -> None:
    reports = [
        trip(1, "2024-06-10", "on 20 June"),
        trip(2, "2024-06-10", "on 20 September"),
        trip(3, "2024-06-10"),
    ]
    first, second = digest_of(reports).planned_visits
    assert (first.articles, second.articles) == ((1, 3), (2,))


def test_direction_matters_host_and_visitor_are_never_one_visit() -> None:
    back = visit(["actor-2"], place("Uruguay", "UY"))
    reports = [trip(1, "2024-06-10"), report(2, actors=CAST, planned_visits=[back])]
    assert len(digest_of(reports).planned_visits) == 2


def test_a_capital_is_its_state() -> None:
    reports = [trip(1, "2024-06-10"), trip(2, "2024-06-10", destination=place("Helsinki"))]
    assert only_visit(digest_of(reports)).destination.country == "FI"


def test_a_visit_put_off_and_given_a_later_day_is_the_same_visit() -> None:
    reports = [
        trip(1, "2024-06-01", "on 20 June", status="confirmed", confirmations=[confirmation("Uruguay")]),
        trip(
            2,
            "2024-06-05",
            "on 20 June",
            status="postponed",
            confirmations=[confirmation("Uruguay", value="postponed")],
        ),
        trip(3, "2024-06-10", "on 20 September", status="confirmed", confirmations=[confirmation("Uruguay")]),
    ]
    found = only_visit(digest_of(reports))
    assert found.status == "confirmed"
    assert found.timing is not None
    assert found.timing.text == "on 20 September"
    assert found.sequence == 2


@pytest.mark.parametrize(
    ("values", "status"),
    [
        (("confirmed",), "confirmed"),
        (("not_confirmed",), "reported"),
        (("confirmed", "cancelled"), "cancelled"),
        (("cancelled", "confirmed"), "confirmed"),
    ],
)
def test_of_one_voice_the_later_word_counts(values: tuple[str, ...], status: str) -> None:
    reports = [
        trip(at, f"2024-06-0{7 + at}", "on 20 June", confirmations=[confirmation("Uruguay", value=value)])  # type: ignore[arg-type]  # of the table
        for at, value in enumerate(values, 1)
    ]
    assert only_visit(digest_of(reports)).status == status


def test_parties_that_contradict_each_other_are_a_dispute_and_both_stand() -> None:
    reports = [
        trip(1, "2024-06-09", confirmations=[confirmation("Uruguay")]),
        trip(2, "2024-06-10", confirmations=[confirmation("Finland", value="denied")]),
    ]
    digest = digest_of(reports)
    assert only_visit(digest).status == "disputed"
    (conflict,) = digest.conflicts
    assert conflict.kind == "status"
    assert {(side.value, side.by) for side in conflict.sides} == {
        ("confirmed", "Uruguay"),
        ("denied", "Finland"),
    }


def test_a_party_calls_a_visit_off_alone_whatever_the_other_confirmed_before() -> None:
    reports = [
        trip(1, "2024-06-08", confirmations=[confirmation("Finland")]),
        trip(2, "2024-06-10", confirmations=[confirmation("Uruguay", value="cancelled")]),
    ]
    assert only_visit(digest_of(reports)).status == "cancelled"


def test_the_host_of_a_visit_named_by_its_town_is_a_party_to_it() -> None:
    """ "In Turku, Finland" says whose side Finland is on: its "no" beside the visitor's "yes" is a dispute."""
    text = "Ana Ruiz will travel to Turku, Finland."
    there: dict[str, Any] = {"destination": place("Turku"), "evidence": [line(text=text)]}
    reports = [
        trip(1, "2024-06-09", confirmations=[confirmation("Uruguay")], **there),
        trip(2, "2024-06-10", confirmations=[confirmation("Finland", value="denied")], **there),
    ]
    assert only_visit(digest_of(reports)).status == "disputed"


def test_who_names_the_days_no_longer_leaves_the_dates_unconfirmed() -> None:
    reports = [
        trip(1, "2024-06-08", confirmations=[confirmation("Uruguay", "dates", "not_confirmed")]),
        trip(2, "2024-06-10", "on 20 June", confirmations=[confirmation("Uruguay")]),
    ]
    current = [each.value for each in only_visit(digest_of(reports)).confirmations if each.current]
    assert current == ["confirmed"]


def test_days_that_do_not_fit_are_shown_side_by_side_the_party_first() -> None:
    reports = [
        trip(1, "2024-06-10", "from 19 to 29 June", according_to=["Lantern"]),
        trip(2, "2024-06-10", "on 19-20 June", confirmations=[confirmation("Uruguay")]),
    ]
    digest = digest_of(reports)
    (conflict,) = digest.conflicts
    assert conflict.kind == "date"
    assert [side.by for side in conflict.sides] == ["Uruguay", "Lantern"]
    timing_shown = only_visit(digest).timing
    assert timing_shown is not None
    assert timing_shown.text == "on 19-20 June"


def test_a_month_and_a_day_in_it_are_no_conflict() -> None:
    digest = digest_of([trip(1, "2024-06-10", "in July"), trip(2, "2024-06-10", "on 10 July")])
    assert digest.conflicts == ()


def test_five_papers_that_quote_one_report_are_one_source() -> None:
    reports = [trip(at, "2024-06-10", according_to=["Lantern", "a diplomatic source"]) for at in range(1, 6)]
    sources = only_visit(digest_of(reports)).sources
    assert (sources.independent, sources.outlets) == (1, 1)


def test_a_visit_whose_last_day_is_past_is_overdue_and_not_done() -> None:
    found = only_visit(digest_of([trip(1, "2024-06-05", "on 8 June")], "2024-06-10"))
    assert found.overdue
    assert found.took_place == ()


def test_a_report_that_looks_back_on_it_says_that_it_took_place() -> None:
    told = background("Ruiz arrived in Helsinki on 8 June for talks.", evidence=[line(4)])
    later = report(2, published="2024-06-10", actors=CAST, background=[told])
    digest = digest_of([trip(1, "2024-06-05", "on 8 June"), later], "2024-06-10")
    assert not only_visit(digest).overdue
    assert [(cite.article, cite.sentence) for cite in only_visit(digest).took_place] == [(1, 4)]


@pytest.mark.parametrize("text", ["Ruiz last visited Finland in 2019.", "Ruiz visited Peru on 8 June."])
def test_an_earlier_visit_or_another_place_does_not_say_that_it_took_place(text: str) -> None:
    later = report(2, published="2024-06-10", actors=CAST, background=[background(text)])
    digest = digest_of([trip(1, "2024-06-05", "on 8 June"), later], "2024-06-10")
    assert only_visit(digest).overdue


def test_every_piece_of_evidence_names_its_article() -> None:
    digest = digest_of([trip(1, "2024-06-10"), trip(2, "2024-06-10")])
    assert {cite.article for cite in only_visit(digest).evidence} == {1, 2}


def test_a_source_is_listed_once_by_its_name_and_the_paper_itself_not_at_all() -> None:
    reports = [
        trip(1, "2024-06-10", according_to=["the weekly Lantern"]),
        trip(2, "2024-06-10", according_to=["Lantern", "Paper 2"]),
    ]
    assert only_visit(digest_of(reports)).according_to == ("Lantern",)
