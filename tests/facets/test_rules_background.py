"""Background: what is past belongs there, and only that (rule C03); allegations and plans do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefgen.evidence import whole_sentence
from core_helpers import article_of, audited, brief_of, broken, critical, visit, withheld_codes

if TYPE_CHECKING:
    from briefgen.brief import Brief

TEXT = (
    "Ada Rell plans to visit Ostia in June. "
    "Norland and Velia signed an accord in 1998. "
    "Ada Rell met Ivo Marn last year. "
    "Norland pledged to buy ships last month. "
    "The sea is blue. "
    "Ada Rell visited France in 2019."
)


def told(sentence: int, text: str) -> Brief:
    article = article_of(TEXT)
    brief = brief_of(
        article,
        planned_visits=[visit(1, "Ada Rell", "Ostia")],
        background=[{"sentence": sentence, "text": text}],
    )
    assert critical(brief, article) == []
    return brief


@pytest.mark.parametrize(
    ("sentence", "text", "kind"),
    [
        (2, "Norland and Velia signed an accord in 1998.", "agreement"),
        (3, "Ada Rell met Ivo Marn last year.", "meeting"),
        (4, "Norland pledged to buy ships last month.", "pledge"),
    ],
)
def test_what_is_past_is_kept_with_its_kind(sentence: int, text: str, kind: str) -> None:
    item = next(item for item in told(sentence, text).background if item.text == text)
    assert item.kind == kind
    assert [piece.sentence for piece in item.evidence] == [sentence]


@pytest.mark.parametrize(("sentence", "text"), [(5, "The sea is blue."), (5, "The sea is blue")])
def test_c03_what_is_not_past_is_withheld(sentence: int, text: str) -> None:
    brief = told(sentence, text)
    assert "C03" in withheld_codes(brief, "background")
    assert text not in [item.text for item in brief.background]


@pytest.mark.parametrize("n", [1, 5])
def test_c03_evidence_that_tells_nothing_past_is_caught(n: int) -> None:
    article = article_of(TEXT)
    brief = told(2, "Norland and Velia signed an accord in 1998.")
    at = [item.kind for item in brief.background].index("agreement")
    bad = broken(brief, "background", at, evidence=(whole_sentence(article, n),))
    assert "C03" in audited(bad, article)


def test_a_plan_is_never_background() -> None:
    brief = told(1, "Ada Rell plans to visit Ostia in June.")
    assert all(piece.sentence != 1 for item in brief.background for piece in item.evidence)


def test_a_past_visit_is_background_by_code() -> None:
    kinds = {item.kind: item.text for item in told(5, "").background}
    assert kinds["past_visit"] == "Ada Rell visited France in 2019."


@pytest.mark.parametrize(
    ("sentence", "text", "code"),
    [
        (99, "Norland and Velia signed an accord in 1998.", "G04"),
        (2, "Norland and Velia signed an accord in 1999.", "G06"),
        (2, "Norland and Velia signed the Zemblan accord in 1998.", "G05"),
        (2, "Dolphins inherited the oceans.", "G02"),
        (2, "Norland and Velia “signed accords” in 1998.", "G07"),
    ],
)
def test_background_of_what_is_not_there_is_withheld(sentence: int, text: str, code: str) -> None:
    brief = told(sentence, text)
    assert code in withheld_codes(brief, "background")
    assert text not in [item.text for item in brief.background]


def test_the_same_thing_told_twice_is_one() -> None:
    article = article_of(TEXT)
    text = "Norland and Velia signed an accord in 1998"
    entries = [{"sentence": 2, "text": text}, {"sentence": 2, "text": f"{text}."}]
    brief = brief_of(article, background=entries)
    assert [item.kind for item in brief.background].count("agreement") == 1


@pytest.mark.parametrize("text", ["\x1b", "\u200b", "…"])
def test_a_text_without_a_word_is_withheld_and_stops_nothing(text: str) -> None:
    brief = told(2, text)
    assert text not in [item.text for item in brief.background]
