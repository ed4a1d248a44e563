"""Headline and summary: rules C03 and C04 broken and left alone; where a line fails, code words one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core_helpers import (
    allegation,
    article_of,
    audited,
    brief_of,
    broken,
    critical,
    government,
    visit,
    withheld_codes,
)

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import Brief

TEXT = (
    "Ada Rell is reportedly planning to visit Ostia in June, according to the Selm Kurier. "
    "Norland accused Velia of sinking a ship. "
    "The weather in Selm is good. "
    "Bo Lind confirmed that he will visit Estmark."
)
ACTORS = [*government("Norland", "Ostia", "Velia", "Estmark"), {"name": "Selm Kurier", "kind": "media"}]


@pytest.fixture(scope="module")
def article() -> Article:
    return article_of(TEXT)


def brief_with(headline: str = "", *lines: tuple[int, str]) -> Brief:
    article = article_of(TEXT)
    brief = brief_of(
        article,
        headline=headline,
        actors=ACTORS,
        planned_visits=[visit(1, "Ada Rell", "Ostia"), visit(4, "Bo Lind", "Estmark")],
        allegations=[allegation(2, ["Norland"], ["Velia"], "Velia is sinking a ship")],
        summary=[{"sentence": n, "text": text} for n, text in lines],
    )
    if lines and not headline:
        brief = brief_of(
            article,
            headline="null",
            actors=ACTORS,
            planned_visits=[visit(1, "Ada Rell", "Ostia"), visit(4, "Bo Lind", "Estmark")],
            allegations=[allegation(2, ["Norland"], ["Velia"], "Velia is sinking a ship")],
            summary=[{"sentence": n, "text": text} for n, text in lines],
        )
    assert critical(brief, article) == []
    return brief


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "Ada Rell is planning to visit Ostia in June."),
        (1, "Ada Rell visits Ostia in June."),
        (1, "Ada Rell will visit Ostia in June."),
        (2, "Velia was sinking a ship."),
        (2, "Velia is sinking a ship of Norland."),
    ],
)
def test_c03_a_plan_or_allegation_told_as_a_fact_is_withheld(n: int, text: str) -> None:
    brief = brief_with("", (n, text))
    assert text not in [line.text for line in brief.summary]
    assert "C03" in withheld_codes(brief, "summary")


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "Ada Rell is reportedly planning to visit Ostia in June, according to the Selm Kurier."),
        (1, "The Selm Kurier reported that Ada Rell is reportedly planning to visit Ostia in June."),
        (2, "Norland accused Velia of sinking a ship."),
        (2, "Velia was accused by Norland of sinking a ship."),
        (3, "The weather in Selm is good."),
        (4, "Bo Lind will visit Estmark."),
        (4, "Bo Lind confirmed that he will visit Estmark."),
    ],
)
def test_c03_and_c04_leave_an_attributed_line_alone(n: int, text: str) -> None:
    brief = brief_with("", (n, text))
    assert withheld_codes(brief, "summary") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Ada Rell will visit Ostia in June.",
        "Ada Rell is set to visit Ostia in June.",
        "Ada Rell is to visit Ostia in June.",
    ],
)
def test_c04_a_line_stronger_than_the_status_is_withheld(text: str) -> None:
    brief = brief_with("", (1, text))
    assert "C04" in withheld_codes(brief, "summary")


@pytest.mark.parametrize(
    ("n", "text"),
    [
        (1, "Ada Rell is planning to visit Ostia in June, according to the Selm Kurier."),
        (1, "The Selm Kurier reported that Ada Rell is planning to visit Ostia in June."),
    ],
)
def test_c01_a_line_that_drops_the_hedge_of_its_sentence_is_withheld(n: int, text: str) -> None:
    brief = brief_with("", (n, text))
    assert text not in [line.text for line in brief.summary]
    assert withheld_codes(brief, "summary") == {"C01"}


def test_s03_a_line_that_keeps_the_hedge_and_drops_the_source_is_withheld() -> None:
    brief = brief_with("", (1, "Ada Rell is reportedly planning to visit Ostia in June."))
    assert withheld_codes(brief, "summary") == {"S03"}


@pytest.mark.parametrize(
    "headline", ["Ada Rell will visit Ostia", "Ada Rell is to visit Ostia", "Ada Rell visits Ostia"]
)
def test_c03_and_c04_hold_for_the_headline_too(headline: str) -> None:
    brief = brief_with(headline)
    assert {"C03", "C04"} & withheld_codes(brief, "summary")
    assert brief.headline != headline
    assert brief.headline


@pytest.mark.parametrize(
    "headline", ["Ada Rell reportedly plans visit to Ostia", "Ada Rell reportedly planning to visit Ostia"]
)
def test_a_headline_may_say_that_it_is_a_plan(headline: str) -> None:
    assert brief_with(headline).headline == headline


@pytest.mark.parametrize(
    ("n", "text", "code"),
    [
        (1, "Ada Rell is reportedly planning to visit Ostia in July.", "G05"),
        (1, "Ada Rell is reportedly planning to visit Ostia on 17 June.", "G06"),
        (1, "Ada Rell Quint is reportedly planning to visit Ostia in June.", "G05"),
        (3, "The weather in Selm is “really good”.", "G07"),
        (3, "Dolphins inherited the deep oceans.", "G02"),
    ],
)
def test_a_line_of_what_is_not_there_is_withheld(n: int, text: str, code: str) -> None:
    brief = brief_with("", (n, text))
    assert text not in [line.text for line in brief.summary]
    assert code in withheld_codes(brief, "summary")


def test_where_the_model_has_no_line_code_words_them_with_their_source() -> None:
    brief = brief_with()
    told = " ".join(line.text for line in brief.summary)
    assert 1 <= len(brief.summary) <= 3
    assert "according to" in told.casefold()
    assert "Ada Rell" in told
    assert brief.headline


def test_at_most_three_lines_are_kept_and_each_has_evidence_or_refs() -> None:
    lines = [(n, text) for n, text in enumerate(TEXT.replace(". ", ".|").split("|"), 1)]
    brief = brief_with("", *lines)
    assert len(brief.summary) <= 3
    assert all(line.refs or line.evidence for line in brief.summary)


def test_a_cited_sentence_that_does_not_carry_the_line_is_replaced_by_one_that_does() -> None:
    brief = brief_with("", (3, "Norland accused Velia of sinking a ship."))
    line = next(line for line in brief.summary if line.text.startswith("Norland accused"))
    assert [piece.sentence for piece in line.evidence] == [2]


def test_audit_judges_the_lines_of_a_finished_brief(article: Article) -> None:
    brief = brief_with("", (1, "Ada Rell is reportedly planning to visit Ostia in June."))
    bad = broken(brief, "summary", 0, text="Ada Rell will visit Ostia in June.")
    assert {"C03", "C04"} & audited(bad, article)


def test_audit_judges_the_headline_of_a_finished_brief(article: Article) -> None:
    bad = brief_with().model_copy(update={"headline": "Ada Rell will visit Ostia"})
    assert {"C03", "C04"} & audited(bad, article)


def test_without_anything_the_headline_is_the_title_or_the_start_of_the_article() -> None:
    plain = "It rained in Selm all day. Nobody went out."
    assert brief_of(article_of(plain)).headline == "It rained in Selm all day."
    assert brief_of(article_of(plain, title="Rain in Selm")).headline == "Rain in Selm"
    long = "It rained " + "and rained " * 40 + "in Selm."
    headline = brief_of(article_of(long)).headline
    assert len(headline) <= 121
    assert headline.endswith("…")
