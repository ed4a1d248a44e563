"""Open questions: Q01, Q02 and Q04 broken and left alone; Q03 is met by code for every open item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from core_helpers import (
    allegation,
    article_of,
    audited,
    brief_of,
    broken,
    critical,
    government,
    only_visit,
    visit,
    withheld_codes,
)

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import Brief

TEXT = (
    "Norland has not said whether Ada Rell will sign the treaty with Ostia. "
    "Norland accused Velia of sinking a ship. "
    "Ada Rell may discuss the port of Selm with Ostia. "
    "Velia signed an accord."
)
ACTORS = government("Norland", "Ostia", "Velia")


@pytest.fixture(scope="module")
def article() -> Article:
    return article_of(TEXT)


@pytest.fixture(scope="module")
def brief(article: Article) -> Brief:
    return brief_of(
        article,
        actors=ACTORS,
        allegations=[allegation(2, ["Norland"], ["Velia"], "Velia is sinking a ship")],
        open_questions=[
            {"sentence": 1, "question": "Will Ada Rell sign the treaty with Ostia?"},
            {"sentence": 3, "question": "Will Ada Rell discuss the port of Selm with Ostia?"},
        ],
    )


def asked(sentence: int, question: str) -> Brief:
    """The brief of an article without an accusation, of which the model asks one question."""
    article = article_of(TEXT.replace("Norland accused Velia of sinking a ship.", "It rained in Norland."))
    brief = brief_of(article, actors=ACTORS, open_questions=[{"sentence": sentence, "question": question}])
    assert critical(brief, article) == []
    return brief


def test_sound_questions_break_no_rule(brief: Brief, article: Article) -> None:
    kinds = {item.question: item.kind for item in brief.open_questions}
    assert kinds["Will Ada Rell discuss the port of Selm with Ostia?"] == "possible_agenda"
    assert "unresolved_allegation" in kinds.values()
    assert audited(brief, article) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Ada Rell will sign the treaty with Ostia.",
        "Ada Rell will sign the treaty with Ostia?",
        "Whether Ada Rell will sign the treaty with Ostia",
        "The signing of the treaty with Ostia",
        "Why?",
        "?",
    ],
)
def test_q01_what_asks_nothing_is_caught(brief: Brief, article: Article, text: str) -> None:
    assert "Q01" in audited(broken(brief, "open_questions", 1, question=text), article)


@pytest.mark.parametrize(
    "text", ["Ada Rell will sign the treaty with Ostia.", "Whether Ada Rell will sign the treaty with Ostia"]
)
def test_q01_a_draft_that_asks_nothing_is_withheld(text: str) -> None:
    brief = asked(1, text)
    assert brief.open_questions == ()
    assert "Q01" in withheld_codes(brief, "open_questions")


@pytest.mark.parametrize(
    "text",
    [
        "Will Ada Rell sign the treaty with Ostia?",
        "When will Ada Rell sign the treaty with Ostia?",
        "Has Ada Rell signed the treaty with Ostia?",
        "With whom will Ada Rell sign the treaty?",
        "Is the treaty with Ostia to be signed by Ada Rell?",
    ],
)
def test_q01_leaves_a_question_alone(text: str) -> None:
    brief = asked(1, text)
    assert [item.question for item in brief.open_questions] == [text]
    assert withheld_codes(brief, "open_questions") == set()


@pytest.mark.parametrize(
    "text", ["Why did Velia sink a ship?", "How did Velia sink a ship?", "why did Velia do so?"]
)
def test_q02_a_question_that_takes_the_allegation_for_a_fact_is_noted(
    brief: Brief, article: Article, text: str
) -> None:
    at = next(i for i, q in enumerate(brief.open_questions) if q.kind == "unresolved_allegation")
    bad = broken(brief, "open_questions", at, question=text)
    assert "Q02" in audited(bad, article)
    assert "Q02" not in {code for _, _, code in critical(bad, article)}


def test_q02_leaves_a_neutral_question_alone(brief: Brief, article: Article) -> None:
    assert any(item.question.startswith("Is the allegation true") for item in brief.open_questions)
    assert "Q02" not in audited(brief, article)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (1, "What is the treaty with Ostia?"),
        (1, "Why will Ada Rell sign the treaty with Ostia?"),
        (4, "Will Velia sign an accord?"),
    ],
)
def test_q04_a_question_that_the_article_answers_is_withheld(sentence: int, text: str) -> None:
    brief = asked(sentence, text)
    assert brief.open_questions == ()
    assert "Q04" in withheld_codes(brief, "open_questions")


@pytest.mark.parametrize(
    "text", ["Will Ada Rell sign the treaty with Ostia?", "What will Ada Rell sign with Ostia?"]
)
def test_q04_leaves_what_is_open_alone(text: str) -> None:
    assert "Q04" not in withheld_codes(asked(1, text), "open_questions")


# -- Q03 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Ada Rell plans to visit Ostia.", "reported"),
        ("Ada Rell may visit Ostia.", "possible"),
        ("Ada Rell plans to visit Ostia. Ada Rell confirmed that the visit to Ostia is being prepared.",
         "partly_confirmed"),
        ("Ada Rell plans to visit Ostia. Ada Rell postponed the visit.", "postponed"),
    ],
)  # fmt: skip
def test_q03_every_visit_that_is_not_confirmed_has_a_question_by_code(sentence: str, status: str) -> None:
    article = article_of(f"Norland spoke. {sentence}")
    brief = brief_of(article, actors=ACTORS, planned_visits=[visit(2, "Ada Rell", "Ostia")])
    assert [item.status for item in brief.planned_visits] == [status]
    (question,) = brief.open_questions
    assert question.about == ("visit-1",)
    assert question.kind == "unconfirmed"
    assert {"Ada", "Rell", "Ostia"} <= set(question.question.rstrip("?").split())
    assert question.evidence


@pytest.mark.parametrize(
    "sentence",
    ["Ada Rell confirmed that she will visit Ostia.", "Ada Rell cancelled her planned visit to Ostia."],
)
def test_q03_a_visit_that_is_confirmed_or_off_has_none(sentence: str) -> None:
    brief = brief_of(article_of(sentence), actors=[], planned_visits=[visit(1, "Ada Rell", "Ostia")])
    assert only_visit(brief).status in {"confirmed", "cancelled"}
    assert brief.open_questions == ()


@pytest.mark.parametrize(
    ("answer", "questions"),
    [
        ("Velia denied it.", 1),
        ("It rained.", 1),
        ("Velia declined to comment.", 1),
        ("Velia admitted it.", 0),
    ],
)
def test_q03_every_unresolved_allegation_has_a_question_by_code(answer: str, questions: int) -> None:
    article = article_of(f"Norland accused Velia of sinking a ship. {answer}")
    entry = allegation(1, ["Norland"], ["Velia"], "Velia is sinking a ship")
    brief = brief_of(article, actors=ACTORS, allegations=[entry])
    about = [item.about for item in brief.open_questions if item.kind == "unresolved_allegation"]
    assert about == [("allegation-1",)] * questions


def test_q03_several_open_items_have_a_question_each() -> None:
    text = (
        "Russian President Vladimir Putin plans to visit North Korea and Vietnam in June. "
        "The United States accused Russia of sinking a ship."
    )
    entry: dict[str, Any] = {
        "sentence": 1, "visitors": ["Vladimir Putin"], "destinations": ["North Korea", "Vietnam"],
    }  # fmt: skip
    accusation = allegation(2, ["United States"], ["Russia"], "Russia is sinking a ship")
    brief = brief_of(article_of(text), planned_visits=[entry], allegations=[accusation])
    assert {ref for item in brief.open_questions for ref in item.about} == {
        "visit-1",
        "visit-2",
        "allegation-1",
    }


def test_a_question_that_code_asks_already_is_not_asked_twice() -> None:
    article = article_of("Ada Rell plans to visit Ostia, but has not said when.")
    brief = brief_of(
        article,
        planned_visits=[visit(1, "Ada Rell", "Ostia")],
        open_questions=[
            {"sentence": 1, "question": "Will Ada Rell visit Ostia?"},
            {"sentence": 1, "question": "Will Rell visit Ostia?"},
        ],
    )
    assert len(brief.open_questions) == 1


@pytest.mark.parametrize(
    ("sentence", "question", "code"),
    [
        (99, "Will Ada Rell sign the treaty with Ostia?", "G04"),
        (1, "Will Ada Rell sign the treaty with Zembla?", "G05"),
        (1, "Will Ada Rell sign 17 treaties with Ostia?", "G06"),
        (1, "Will Ada Rell sign the “treaty of peace” with Ostia?", "G07"),
        (1, "Will dolphins inherit the oceans?", "G02"),
    ],
)
def test_a_question_of_what_is_not_there_is_withheld(sentence: int, question: str, code: str) -> None:
    brief = asked(sentence, question)
    assert brief.open_questions == ()
    assert code in withheld_codes(brief, "open_questions")
