"""Visits that code reads by itself: visitor, verb and place side by side, dated, and vouched for in the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefgen.told_visits import told_visits
from core_helpers import article_of, audited, brief_of

if TYPE_CHECKING:
    from briefgen.brief import Brief


@pytest.mark.parametrize(
    ("text", "visitor", "place"),
    [
        ("Norwegian Prime Minister Ada Rell will visit Portugal.", "Ada Rell", "Portugal"),
        ("“Ada Rell will pay a friendly state visit to Portugal,” the palace said.", "Ada Rell", "Portugal"),
        ("After Malta, Rell will visit Portugal on 18 June, the palace said.", "Rell", "Portugal"),
        ("President Rell is to travel to Lisbon, Portugal, on Monday.", "Rell", "Portugal"),
        ("Rell will also make a two-day trip to the Netherlands.", "Rell", "Netherlands"),
        ("Rell will then fly to Malta.", "Rell", "Malta"),
    ],
)
def test_a_visit_with_nothing_between_its_parts_is_read(text: str, visitor: str, place: str) -> None:
    assert [(told.visitor, told.place) for told in told_visits(text)] == [(visitor, place)]


@pytest.mark.parametrize(
    "text",
    [
        "Rell visited Portugal.",
        "Rell may visit Portugal.",
        "If Rell will visit Portugal, Malta will protest.",
        "Rell will not visit Portugal.",
        "Rell will not travel to Portugal, the palace said.",
        "She will visit Portugal.",
        "The president will visit Portugal.",
        "President will visit Portugal.",
        "Bo Lind and Ada Rell will visit Portugal.",
        "The minister who praised Rell will visit Portugal.",
        "Rell will meet envoys of Portugal.",
        "Rell will visit troops in Portugal.",
        "Norway will visit Portugal in the final.",
        "A delegation led by Rell will travel to Portugal.",
    ],
)
def test_what_is_said_in_any_other_way_is_left_to_the_model(text: str) -> None:
    assert list(told_visits(text)) == []


def unread(text: str, title: str | None = None, **facets: list[object]) -> Brief:
    """The brief where the model finds no visit."""
    return brief_of(article_of(text, "2027-06-10", title), **facets)


def visits(brief: Brief) -> list[tuple[str, str, str, str | None]]:
    return [
        (
            brief.actor(visit.visitors[0]).name,
            visit.destination.name,
            visit.status,
            visit.timing.edtf if visit.timing else None,
        )
        for visit in brief.planned_visits
    ]


SAID = "Norwegian Prime Minister Ada Rell will pay a working visit to Portugal on June 18-19, the Norwegian government said."


def test_a_dated_visit_that_a_side_announces_is_supplied() -> None:
    brief = unread(SAID)
    assert visits(brief) == [("Ada Rell", "Portugal", "confirmed", "2027-06-18/2027-06-19")]
    assert audited(brief, article_of(SAID, "2027-06-10")) == set()


def test_a_dated_visit_that_a_named_source_reports_is_supplied_as_reported() -> None:
    text = "Norwegian Prime Minister Ada Rell will visit Portugal next week, the Selm Kurier reported."
    assert [(place, status) for _, place, status, _ in visits(unread(text))] == [("Portugal", "reported")]


def test_places_of_one_row_are_supplied_together() -> None:
    text = "Norwegian Prime Minister Ada Rell will visit Portugal and Malta on June 18-19, the Norwegian government said."
    assert {place for _, place, _, _ in visits(unread(text))} == {"Portugal", "Malta"}


def test_the_office_may_stand_in_the_headline_alone() -> None:
    """Whose side the visitor is on: the article says only "Rell"."""
    text = "Norway is at peace. Ada Rell will visit Portugal on June 18-19, the Norwegian government said."
    named = unread(text, title="Norwegian Premier Rell to Visit Portugal")
    assert [status for _, _, status, _ in visits(named)] == ["confirmed"]
    assert [status for _, _, status, _ in visits(unread(text))] == ["reported"]


@pytest.mark.parametrize(
    "text",
    [
        "Norwegian Prime Minister Ada Rell will visit Portugal, the Norwegian government said.",  # no date
        "Norwegian Prime Minister Ada Rell will visit Portugal on June 18-19.",  # nobody says it
        "Norwegian Prime Minister Ada Rell will visit Portugal on June 18-19, two officials said.",
        "Norwegian Prime Minister Ada Rell will visit Portugal on June 3, the Norwegian government said.",  # over
        "Bo Lind said Ada Rell denied it, and Ada Rell will visit troops in Portugal on June 18.",
    ],
)
def test_without_date_or_source_or_after_its_day_nothing_is_supplied(text: str) -> None:
    assert visits(unread(text)) == []


def test_the_models_own_entry_of_the_visit_stands_alone() -> None:
    entry = {"sentence": 1, "visitors": ["Ada Rell"], "destinations": ["Portugal"]}
    brief = unread(SAID, planned_visits=[entry])
    assert len(brief.planned_visits) == 1


def test_what_one_is_expected_to_announce_is_not_announced() -> None:
    """ "Rell is expected to announce accords": no word of Rell's on the visit."""
    text = SAID + " On her first visit to Portugal Rell is expected to announce accords."
    (visit,) = unread(text).planned_visits
    assert "Ada Rell" not in {each.by for each in visit.confirmations}
