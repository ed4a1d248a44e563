"""Sentences that code makes of verified items: their times and sources as inside a sentence."""

from __future__ import annotations

import datetime as dt

import pytest

from briefgen.facets.wording import dated
from briefgen.timing import resolve
from core_helpers import article_of, brief_of, visit


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("June", "in June"),
        ("June 2024", "in June 2024"),
        ("18 June", "on 18 June"),
        ("June 18-19", "on June 18-19"),
        ("June 18 to 20", "from June 18 to 20"),
        ("Tuesday", "on Tuesday"),
        ("On Tuesday", "on Tuesday"),
        ("The first week of December", "in the first week of December"),
        ("early June", "in early June"),
        ("Next week", "next week"),
        ("the weekend", "at the weekend"),
        ("as early as June", "as early as June"),
        ("from October 17-18", "from October 17-18"),
        ("soon", "soon"),
    ],
)
def test_a_time_is_told_as_inside_a_sentence(text: str, told: str) -> None:
    assert dated(resolve(text, dt.date(2024, 5, 1))) == told


def test_the_question_of_an_unconfirmed_visit_has_its_time_as_a_sentence_needs_it() -> None:
    """ "Will Rell visit Ostia in June?", where the article only has "scheduled for June"."""
    text = "The visit of Norlandic President Ada Rell to Ostia is scheduled for June."
    brief = brief_of(
        article_of(text),
        actors=[{"name": "Ada Rell", "kind": "person"}],
        planned_visits=[visit(1, "Ada Rell", "Ostia")],
    )
    assert [question.question for question in brief.open_questions] == ["Will Ada Rell visit Ostia in June?"]


def test_a_state_has_the_article_that_its_name_needs_and_one_full_stop() -> None:
    text = "Norwegian Prime Minister Ada Rell may visit the U.S. in June, the U.S. said."
    brief = brief_of(
        article_of(text),
        actors=[{"name": "Ada Rell", "kind": "person"}],
        planned_visits=[visit(1, "Ada Rell", "U.S.")],
    )
    assert brief.summary[0].text == "Ada Rell may visit the U.S. in June, according to the U.S."
    assert brief.open_questions[0].question == "Will Ada Rell visit the U.S. in June?"


def test_a_paper_that_is_only_described_has_its_article() -> None:
    text = "Ada Rell is planning to visit Ostia in June.\nSource: Norlandic newspaper Lantern"
    brief = brief_of(
        article_of(text),
        actors=[{"name": "Ada Rell", "kind": "person"}],
        planned_visits=[visit(1, "Ada Rell", "Ostia")],
    )
    assert brief.summary[0].text.endswith("according to the Norlandic newspaper Lantern.")


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("Ada Rell to meet farmers at home", "Visit of Ada Rell to Ostia postponed"),
        ("Ada Rell puts off trip to Ostia", "Ada Rell puts off trip to Ostia"),
    ],
)
def test_a_visit_that_is_off_is_the_news(headline: str, shown: str) -> None:
    """A model's headline on something else gives way to code's."""
    text = (
        "Norlandic President Ada Rell puts off her trip to Ostia, her office said. "
        "Ada Rell is postponing her trip to Ostia. Ada Rell is to meet farmers at home."
    )
    brief = brief_of(
        article_of(text),
        headline=headline,
        actors=[{"name": "Ada Rell", "kind": "person"}],
        planned_visits=[visit(2, "Ada Rell", "Ostia")],
    )
    assert brief.planned_visits[0].status == "postponed"
    assert brief.headline == shown


def test_of_a_postponed_visit_with_a_vague_time_it_is_asked_when() -> None:
    text = "Norlandic President Ada Rell has postponed her visit to Ostia and will visit Ostia soon, her office said."
    brief = brief_of(
        article_of(text),
        actors=[{"name": "Ada Rell", "kind": "person"}],
        planned_visits=[visit(1, "Ada Rell", "Ostia")],
    )
    assert [visit.status for visit in brief.planned_visits] == ["postponed"]
    assert [question.question for question in brief.open_questions] == [
        "When will the postponed visit of Ada Rell to Ostia take place?"
    ]


@pytest.mark.parametrize(
    ("news", "line"),
    [
        (
            "Norwegian Prime Minister Ada Rell has arrived in Portugal.",
            ("Ada Rell has arrived in Portugal.",),
        ),
        (
            "Ada Rell has just arrived in the Netherlands, the palace said.",
            ("Ada Rell has arrived in the Netherlands, according to the palace.",),
        ),
        ("Ada Rell has reportedly arrived in Portugal.", ()),
        ("Ada Rell may have arrived in Portugal.", ()),
        ("Ada Rell has not arrived in Portugal.", ()),
    ],
)
def test_a_visitor_who_has_arrived_is_told_in_the_summary(news: str, line: tuple[str, ...]) -> None:
    """Where the model has no line of its own; nothing of it where the article holds back."""
    brief = brief_of(article_of(news), actors=[{"name": "Ada Rell", "kind": "person"}])
    assert tuple(each.text for each in brief.summary) == line
