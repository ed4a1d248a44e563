"""Whose aim code reads: the subject of the verb that the aim goes with, or nobody."""

from __future__ import annotations

import pytest

from briefgen.aim_holders import holder_of
from briefgen.cast import Cast
from briefgen.held_aims import held_aims
from core_helpers import article_of


def holder(text: str, *actors: str) -> str | None:
    """Name of the member who holds the one aim of the last sentence; ``None`` where nobody does."""
    article = article_of(text)
    cast = Cast(article)
    for actor in actors:
        assert cast.enter(actor, "person") is not None
    n = len(article.sentences)
    found = held_aims(article.sentence(n).text)
    assert len(found) <= 1
    member = holder_of(n, found[0], cast) if found else None
    return member.name if member else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norland is building a road to reduce its debts.", "Norland"),
        ("Norland has repeatedly sought to reduce its debts.", "Norland"),
        ("On Friday Norland closed its port in an effort to reduce its debts.", "Norland"),
        ("In Ostia, Bo Lind will meet Ada Rell to discuss trade.", "Bo Lind"),
        ("Bo Lind, the envoy, met today with Ada Rell of Ostia to discuss trade.", "Bo Lind"),
        ("Officials said that Norland will send ships to Ostia to protect its ports.", "Norland"),
        ("The Lantern newspaper said Norland seeks to reduce its debts.", "Norland"),
        ("The raid is part of a campaign by Norland to weaken its rival.", "Norland"),
        ("Norland's chief aim in the talks was to free its sailors.", "Norland"),
        ("The goal of the Harbour Union is to sell more fish.", "Harbour Union"),
        ("Norland closed its port in response to the raid.", "Norland"),
        ("Norland decided not to sail because it feared a storm.", "Norland"),
        ("The shipping line Corvane raised its prices to avoid a loss.", "Corvane"),
        ("Norland has made a second attempt to persuade Velia.", "Norland"),
        ("Norland called for a summit of coastal states to discuss fish.", "Norland"),
    ],
)
def test_the_subject_of_the_verb_holds_the_aim(text: str, name: str) -> None:
    assert holder(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Norland said it is important that Velia take steps to reduce tensions.",
        "Norland praised the efforts of Velia to reduce tensions.",
        "Norland supports Velia's efforts to reduce tensions.",
        "Norland discussed ways to reduce tensions.",
        "Norland called for coastal states to reduce tensions.",
        "Norland asked Velia to reduce tensions.",
        "Norland helped Velia to reduce tensions.",
        "Norland has the means to defend its ports.",
        "Norland must build ships to protect its ports.",
        "Norland would seek to reduce its debts.",
        "Norland could build ships to protect its ports.",
        "Norland never built ships to protect its ports.",
        "Norland ruled out a vote to resolve the crisis.",
        "Norland was asked to pay to protect its ports.",
        "Norland was built to protect the ports.",
        "Norland and Velia built ships to protect their ports.",
        "Norland said the law was passed to protect its ports.",
        "The premier said that she left, but Norland stayed to protect its ports, Rell said.",
        "It is the accord that Norland broke to protect its ports.",
        "Norland, which Velia armed to protect its ports, left.",
        "Norland spoke of a ship that sailed to protect its ports.",
        "The law aims to protect the ports.",
        "The leaders met to discuss trade.",
        "Two officials met to discuss trade.",
        "They met to discuss trade.",
        "“We build ships to protect our ports,” Norland said.",
        "Clashes in Ostia spread with Velian police using batons to contain them at sea.",
        "Lind's visit served to strengthen ties.",
    ],
)
def test_where_somebody_else_could_hold_the_aim_nobody_does(text: str) -> None:
    assert holder(text) is None


def test_he_is_the_only_person_of_the_sentence_before_that_begins_with_the_name() -> None:
    text = "Bo Lind will fly to Ostia. He will also meet miners, to advance trade."
    assert holder(text, "Bo Lind") == "Bo Lind"


@pytest.mark.parametrize(
    "before",
    ["Bo Lind spoke with Ada Rell.", "It rained when Bo Lind landed.", "The envoy slept."],
)
def test_he_is_nobody_where_two_are_named_or_none_begins_the_sentence(before: str) -> None:
    assert holder(f"Norland is far. {before} He will also meet miners, to advance trade.", "Norland") is None


def test_the_president_is_the_only_one_who_has_that_office() -> None:
    text = "President Ada Rell will fly to Ostia. The President will visit the mines to promote trade."
    assert holder(text, "Ada Rell") == "Ada Rell"


def test_the_president_of_two_presidents_is_neither() -> None:
    text = (
        "President Ada Rell will meet President Bo Lind in Ostia. "
        "The President will visit the mines to promote trade."
    )
    assert holder(text, "Ada Rell") is None


def test_where_he_is_in_the_clause_behind_is_who_opens_the_sentence() -> None:
    text = "Rell will begin her trip in Ostia, where she will meet miners to discuss trade."
    assert holder(text, "Rell") == "Rell"
