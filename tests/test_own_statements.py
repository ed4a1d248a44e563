"""A statement of a side's own office confirms its travel; news about a statement does not."""

from __future__ import annotations

import pytest

from briefgen.article import Article
from briefgen.own_statements import own_statement
from core_helpers import article_of, brief_of, critical, government, motive, only_visit, visit

TITLE = "Statement by Press Secretary Bo Lind on President Rell’s Travel to Ostia"
TEXT = (
    "President Ada Rell will visit Ostia on 3 June to open a bridge. "
    "The President will then return to Norland to rest. "
    "The visit may also take in the old harbour."
)


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "Statement from Press Secretary Bo Lind on the President’s Travel to Ostia",
        "Press Release by the Foreign Ministry on President Rell's Upcoming Trip to Ostia",
        "Statement by Spokesperson Bo Lind on the Visit of President Rell to Ostia",
        "Statement by Press Secretary Bo Lind on Updates to President Rell’s Travel to Ostia and Norland",
    ],
)
def test_the_title_of_a_side_s_own_statement_is_read(title: str) -> None:
    assert own_statement(article_of(TEXT, title=title)) is not None


@pytest.mark.parametrize(
    "title",
    [
        "Rell to visit Ostia",
        "Statement by Press Secretary Bo Lind",
        "Statement by Press Secretary Bo Lind on the Storm in Ostia",
        "Statement by Press Secretary Bo Lind on President Rell’s Travel to Ostia draws anger",
        "Statement by Press Secretary Bo Lind on President Rell’s Travel to Ostia Draws Anger",
        "Statement by Bo Lind on President Rell’s Travel to Ostia",
        "Readout of President Rell’s Travel to Ostia",
        "Opposition attacks Statement by Press Secretary Bo Lind on President Rell’s Travel to Ostia",
        None,
    ],
)
def test_any_other_title_is_news(title: str | None) -> None:
    assert own_statement(article_of(TEXT, title=title)) is None


@pytest.mark.parametrize("publisher", ["Selm Kurier", "The Daily Herald"])
def test_a_newspaper_issues_no_statement(publisher: str) -> None:
    assert own_statement(Article.from_text(TEXT, title=TITLE, publisher=publisher)) is None


def test_a_body_of_government_does() -> None:
    assert own_statement(Article.from_text(TEXT, title=TITLE, publisher="The White House")) is not None


@pytest.mark.parametrize(
    "more",
    [
        "Press Secretary Bo Lind said so on Friday.",
        "According to the statement, all is ready.",
        "Lind added that it will rain.",
    ],
)
def test_a_text_that_tells_what_the_issuer_said_is_a_report(more: str) -> None:
    assert own_statement(article_of(f"{TEXT} {more}", title=TITLE)) is None


def test_the_statement_confirms_the_visit_and_states_its_aims() -> None:
    article = article_of(TEXT, "2027-05-20", TITLE)
    brief = brief_of(
        article,
        actors=government("Ostia", "Norland"),
        planned_visits=[visit(1, "Ada Rell", "Ostia")],
        motives=[motive(1, "Ada Rell", "open a bridge")],
    )
    found = only_visit(brief)
    assert (found.status, [c.aspect for c in found.confirmations]) == ("confirmed", ["occurrence"])
    assert [item.basis for item in brief.motives] == ["stated"]
    assert critical(brief, article) == []


def test_the_same_text_as_news_confirms_nothing() -> None:
    article = article_of(TEXT, "2027-05-20", "Rell to open a bridge")
    brief = brief_of(
        article,
        actors=government("Ostia", "Norland"),
        planned_visits=[visit(1, "Ada Rell", "Ostia")],
        motives=[motive(1, "Ada Rell", "open a bridge")],
    )
    assert only_visit(brief).status == "reported"
    assert [item.basis for item in brief.motives] == ["article"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("President Ada Rell may visit Ostia on 3 June.", "possible"),
        ("President Ada Rell hopes to visit Ostia on 3 June.", "possible"),
        ("King Otto will visit Ostia on 3 June. Ada Rell, the President, greets him.", "reported"),
    ],
)
def test_a_hedge_or_another_traveller_stays_unconfirmed(text: str, status: str) -> None:
    """The title speaks for the President's journey, and for what is certain of it."""
    visitor = "Otto" if "Otto" in text else "Ada Rell"
    brief = brief_of(
        article_of(text, "2027-05-20", TITLE),
        actors=[*government("Ostia"), {"name": "Otto", "kind": "person"}],
        planned_visits=[visit(1, visitor, "Ostia")],
    )
    assert only_visit(brief).status == status
