"""Motives: rules M01 to M03 and C01, each broken on purpose and left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from briefgen.evidence import whole_sentence
from core_helpers import (
    actor_id,
    article_of,
    audited,
    brief_of,
    broken,
    critical,
    government,
    motive,
    withheld_codes,
)

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import Brief

TEXT = (
    "Norland is building the port in order to lower its freight costs. "
    "Norland is reportedly building a road to reduce its debts, the Selm Kurier reported. "
    "Norland said it is buying ships to protect its coast. "
    "The port has strategic value for Ostia. "
    "Ostia spoke to Norland."
)
ACTORS = [*government("Norland", "Ostia"), {"name": "Selm Kurier", "kind": "media"}]


@pytest.fixture(scope="module")
def article() -> Article:
    return article_of(TEXT)


@pytest.fixture(scope="module")
def brief(article: Article) -> Brief:
    entries = [
        motive(1, "Norland", "lower its freight costs"),
        motive(2, "Norland", "reduce its debts"),
        motive(3, "Norland", "protect its coast"),
    ]
    return brief_of(article, actors=ACTORS, motives=entries)


def made(text: str, *entries: dict[str, Any]) -> Brief:
    article = article_of(f"{text} Norland, Ostia and the Selm Kurier are known.")
    brief = brief_of(article, actors=ACTORS, motives=list(entries))
    assert critical(brief, article) == []
    return brief


def test_sound_motives_break_no_rule(brief: Brief, article: Article) -> None:
    assert [item.basis for item in brief.motives] == ["article", "attributed", "stated"]
    assert brief.motives[1].according_to == ("Selm Kurier",)
    assert "reportedly" in brief.motives[1].hedges
    assert audited(brief, article) == set()


@pytest.mark.parametrize(
    ("at", "basis"),
    [(0, "stated"), (0, "attributed"), (1, "stated"), (1, "article"), (2, "article"), (2, "attributed")],
)
def test_m01_a_basis_that_the_sentence_does_not_give_is_caught(
    brief: Brief, article: Article, at: int, basis: str
) -> None:
    assert "M01" in audited(broken(brief, "motives", at, basis=basis), article)


@pytest.mark.parametrize("name", ["Ostia", "the Kremlin", "diplomats"])
def test_m01_a_motive_credited_to_somebody_who_did_not_say_it_is_caught(
    brief: Brief, article: Article, name: str
) -> None:
    assert "M01" in audited(broken(brief, "motives", 1, according_to=(name,)), article)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("Norland is building a road to reduce its debts.", "article"),
        ("“We build roads to reduce debts,” Norland said.", "stated"),
        ("Norland said it builds roads to reduce debts.", "stated"),
        ("Norland builds roads to reduce debts, according to Ostia.", "attributed"),
        ("Ostia said Norland builds roads to reduce debts.", "attributed"),
        ("Norland builds roads to reduce debts, the Selm Kurier reported.", "attributed"),
        ("The Norlandic government said Norland builds roads to reduce debts.", "stated"),
    ],
)
def test_m01_who_tells_the_motive_is_computed_and_left_alone(text: str, basis: str) -> None:
    brief = made(text, motive(1, "Norland", "reduce debts"))
    assert [item.basis for item in brief.motives] == [basis]


@pytest.mark.parametrize("name", ["Ostia", "Selm Kurier"])
@pytest.mark.parametrize("at", [0, 2])
def test_m02_a_holder_of_whom_the_sentence_does_not_speak_is_caught(
    brief: Brief, article: Article, at: int, name: str
) -> None:
    assert "M02" in audited(broken(brief, "motives", at, holder=actor_id(brief, name)), article)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Norland is building a road to Ostia to reduce its debts.", motive(1, "Ostia", "reduce its debts")),
        (
            "Norland told Ostia that it builds roads to reduce debts.",
            motive(1, "Selm Kurier", "reduce debts"),
        ),
        ("Norland seeks to reduce its debts. Ostia slept.", motive(1, "Ostia", "reduce its debts")),
    ],
)
def test_m02_a_motive_of_somebody_else_is_withheld(text: str, entry: dict[str, Any]) -> None:
    brief = made(text, entry)
    assert all(brief.actor(item.holder).name == "Norland" for item in brief.motives)
    assert "M02" in withheld_codes(brief, "motives")


@pytest.mark.parametrize(
    "text",
    [
        "Norland is building a road to Ostia to reduce its debts.",
        "Norland seeks to reduce its debts.",
        "Norland builds roads in order to reduce its debts.",
        "Norland met Ostia. It seeks to reduce its debts.",
    ],
)
def test_m02_leaves_the_holder_of_the_sentence_alone(text: str) -> None:
    n = 2 if "It seeks" in text else 1
    brief = made(text, motive(n, "Norland", "reduce its debts"))
    assert [brief.actor(item.holder).name for item in brief.motives] == ["Norland"]


@pytest.mark.parametrize("n", [4, 5])
def test_m03_evidence_without_a_word_of_purpose_is_caught(brief: Brief, article: Article, n: int) -> None:
    bad = broken(brief, "motives", evidence=(whole_sentence(article, n),))
    assert "M03" in audited(bad, article)


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("The port has strategic value for Norland.", "strategic value"),
        ("The port is of great importance to Norland.", "great importance"),
        ("The road gave Norland a new harbour, with consequences for trade.", "consequences for trade"),
        ("Norland plans to visit the port.", "visit the port"),
        ("Norland is expected to sign the accord.", "sign the accord"),
        ("Norland agreed to sign the accord.", "sign the accord"),
        ("Norland was invited to sign the accord.", "sign the accord"),
    ],
)
def test_m03_importance_consequence_and_plan_are_withheld(text: str, aim: str) -> None:
    brief = made(text, motive(1, "Norland", aim))
    assert brief.motives == ()
    assert "M03" in withheld_codes(brief, "motives")


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("Norland builds roads in order to reduce its debts.", "reduce its debts"),
        ("Norland seeks to reduce its debts.", "reduce its debts"),
        ("Norland wants to reduce its debts.", "reduce its debts"),
        ("Norland builds roads because its debts grew.", "its debts grew"),
        ("Norland builds roads in a bid to reduce its debts.", "reduce its debts"),
        ("Norland builds roads so that its debts fall.", "its debts fall"),
        ("Norland builds roads aimed at reducing its debts.", "reducing its debts"),
        ("Norland builds roads, hoping to reduce its debts.", "reduce its debts"),
    ],
)
def test_m03_leaves_reason_aim_and_purpose_alone(text: str, aim: str) -> None:
    brief = made(text, motive(1, "Norland", aim))
    assert withheld_codes(brief, "motives") == set()
    assert len(brief.motives) == 1


def test_c01_a_hedge_dropped_from_a_motive_is_caught(brief: Brief, article: Article) -> None:
    assert "C01" in audited(broken(brief, "motives", 1, hedges=()), article)


@pytest.mark.parametrize("at", [0, 2])
def test_c01_leaves_a_motive_without_a_hedge_alone(brief: Brief, article: Article, at: int) -> None:
    assert brief.motives[at].hedges == ()
    assert "C01" not in audited(brief, article)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (motive(99, "Norland", "lower its freight costs"), "G04"),
        (motive(1, "Zembla", "lower its freight costs"), "A02"),
        (motive(1, "Norland", "conquer the moon"), "G02"),
        (motive(1, "Norland", "lower its 17 freight costs"), "G06"),
        (motive(1, "Norland", "lower its freight costs for Zembla"), "G05"),
        (motive(1, "Norland", "“lower its freight bills” costs"), "G07"),
    ],
)
def test_a_motive_of_what_is_not_there_is_withheld(entry: dict[str, Any], code: str) -> None:
    brief = made(TEXT, entry)
    assert brief.motives == made(TEXT).motives, "only what code reads by itself"
    assert code in withheld_codes(brief, "motives")


@pytest.mark.parametrize("entry", [motive(1, "", ""), motive(1, "null", "x"), motive(1, "Norland", "null")])
def test_an_entry_that_says_there_is_no_motive_is_neither_item_nor_withheld(entry: dict[str, Any]) -> None:
    brief = made(TEXT, entry)
    assert brief.motives == made(TEXT).motives, "only what code reads by itself"
    assert withheld_codes(brief, "motives") == set()


NAMED_BEFORE = "Ada Rell met Bo Lind in Ostia. {} agreed to work together to counter smuggling."


@pytest.mark.parametrize("who", ["The two officials", "The officials", "Both leaders"])
def test_m02_whoever_only_stands_for_people_named_before_holds_no_aim(who: str) -> None:
    """ "The two officials" are Rell and Lind, no third party: neither the model's entry nor code's reading makes one."""
    text = NAMED_BEFORE.format(who)
    assert brief_of(article_of(text)).motives == ()
    told = brief_of(article_of(text), motives=[motive(2, who.lower(), "counter smuggling")])
    assert told.motives == ()
    assert "M02" in withheld_codes(told, "motives")
    assert who.lower().removeprefix("the ") not in {actor.name for actor in told.actors}


def test_m02_a_group_of_its_own_still_holds_its_aim() -> None:
    text = NAMED_BEFORE.format("Several lawmakers")
    told = brief_of(article_of(text), motives=[motive(2, "several lawmakers", "counter smuggling")])
    assert [told.actor(item.holder).name.lower() for item in told.motives] == ["several lawmakers"]


def test_an_aim_ends_where_the_next_thing_of_a_list_begins() -> None:
    text = "Norland is building ships to counter smuggling; the price of fish is another matter."
    told = brief_of(
        article_of(text),
        actors=government("Norland"),
        motives=[motive(1, "Norland", "counter smuggling; the price of fish")],
    )
    assert [item.text for item in told.motives] == ["Counter smuggling"]


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("Norland reaffirmed its commitment to defending Ostia.", "defending Ostia"),
        ("Norland praised its commitments to harbour projects in Ostia.", "harbour projects in Ostia"),
    ],
)
def test_m03_what_one_is_committed_to_is_no_aim(text: str, aim: str) -> None:
    told = brief_of(
        article_of(text), actors=government("Norland", "Ostia"), motives=[motive(1, "Norland", aim)]
    )
    assert told.motives == ()
    assert "M03" in withheld_codes(told, "motives")


@pytest.mark.parametrize("aim", ["death", "and to the islands, to avoid further damage"])
def test_m03_a_word_or_the_rest_of_a_sentence_is_no_aim(aim: str) -> None:
    text = "Norland froze its fleet to death and to the islands, to avoid further damage."
    told = brief_of(article_of(text), actors=government("Norland"), motives=[motive(1, "Norland", aim)])
    assert aim.capitalize() not in {item.text for item in told.motives}
    assert "M03" in withheld_codes(told, "motives")
