"""Positions: concern, criticism and demands have a place of their own, and accuse nobody (rule P01)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from briefgen.evidence import whole_sentence
from briefgen.generator import BriefGenerator
from briefgen.providers.base import ModelProfile
from briefgen.testing import ScriptedModel
from core_helpers import (
    actor_id,
    allegation,
    article_of,
    audited,
    brief_of,
    broken,
    critical,
    government,
    withheld_codes,
)
from fixture_projection import Fixture

if TYPE_CHECKING:
    from briefgen.brief import Brief

TEXT = (
    "Norland and Velia expressed concern over Ostia's halt to grain exports. "
    "Velian Trade Minister Bo Lind called the halt short-sighted and urged Ostia to lift it before the harvest. "
    "Ostia did not condemn the tax. "
    "President Ada Rell of Ostia welcomed the decision of the court. "
    "She warned that wages would follow. "
    "Norland condemned Velia for jamming its radio. "
    "Norland's critics denounced the tax on fish. "
    "The sea is blue."
)
ACTORS = [*government("Norland", "Velia", "Ostia"), {"name": "Bo Lind", "kind": "person"}]
ALL_AT_ONCE = ModelProfile(calls="single", repair_rounds=0)


def read(text: str = TEXT) -> Brief:
    """The brief of a text whose model says nothing of positions."""
    article = article_of(text)
    brief = brief_of(article, actors=ACTORS)
    assert critical(brief, article) == []
    return brief


def positions(brief: Brief) -> list[tuple[str, str, str, list[int]]]:
    return [
        (brief.actor(item.holder).name, item.stance, item.text, [piece.sentence for piece in item.evidence])
        for item in brief.positions
    ]


def proposed(*entries: dict[str, Any]) -> Brief:
    """The brief of a model that answers everything in one call, with these positions."""
    answer = {"actors": {"items": ACTORS}, "positions": {"items": list(entries)}}
    model = ScriptedModel({"all": [answer]}, profile=ALL_AT_ONCE)
    return BriefGenerator(model).generate(article_of(TEXT))


def entry(sentence: int, holder: str, stance: str, about: str) -> dict[str, Any]:
    return {"sentence": sentence, "holder": holder, "stance": stance, "about": about}


# -- what code reads -------------------------------------------------------------------------------------------


def test_code_reads_who_takes_which_stance() -> None:
    concern = "expressed concern over Ostia's halt to grain exports"
    assert positions(read())[:3] == [
        ("Norland", "concern", concern, [1]),
        ("Velia", "concern", concern, [1]),
        ("Bo Lind", "demand", "urged Ostia to lift it before the harvest", [2]),
    ]


def test_a_small_model_is_not_asked() -> None:
    """It costs no call: code reads what there is."""
    guided = ModelProfile(window_tokens=8192, calls="per_facet", repair_rounds=0, guided=True)
    model = ScriptedModel({"actors": [{"items": ACTORS}]}, profile=guided)
    brief = BriefGenerator(model).generate(article_of(TEXT))
    assert brief.positions
    assert "positions" not in [prompt.facet for prompt in model.history]


def test_concern_and_demands_are_no_allegations() -> None:
    """What a careless reader takes for an accusation is withheld there, and stands here."""
    article = article_of(TEXT)
    careless = [
        allegation(1, ["Norland"], ["Ostia"], "Ostia halted grain exports"),
        allegation(2, ["Bo Lind"], ["Ostia"], "Ostia's halt is short-sighted"),
    ]
    brief = brief_of(article, actors=ACTORS, allegations=careless)
    assert {item.evidence[0].sentence for item in brief.allegations} <= {6}
    assert {1, 2} <= {item.evidence[0].sentence for item in brief.positions}


def test_an_accusation_is_no_position() -> None:
    """ "Condemned Velia for jamming its radio" accuses: it is an allegation, and told once."""
    assert not any(item.evidence[0].sentence == 6 for item in read().positions)


@pytest.mark.parametrize("n", [3, 5, 7, 8])
def test_code_reads_nothing_where_it_is_not_sure(n: int) -> None:
    """Not what is denied, not whose "she" is, not what somebody's critics say."""
    assert not any(item.evidence[0].sentence == n for item in read().positions)


def test_a_word_that_may_be_anything_is_no_holder() -> None:
    """A lone capitalised word that no actor bears is not made one by taking a stance."""
    assert read("Vessa condemned the launch of the missile. It rained.").positions == ()


def test_sources_and_hedges_of_the_sentence_are_kept() -> None:
    text = (
        "Norland reportedly opposed the ban on fishing, the Kurier reported. "
        "According to Bo Lind, Velia criticised the ban on fishing."
    )
    first, second = read(text).positions
    assert (first.according_to, first.hedges) == (("Kurier",), ("reportedly",))
    assert (second.according_to, second.hedges) == (("Bo Lind",), ())


# -- P01: broken briefs that it must catch -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "stance", ["support", "criticism", "condemnation", "demand", "warning", "opposition"]
)
def test_p01_another_stance_is_caught(stance: str) -> None:
    brief = broken(read(), "positions", 0, stance=stance)
    assert "P01" in audited(brief, article_of(TEXT))


@pytest.mark.parametrize(("at", "holder"), [(0, "Ostia"), (1, "Bo Lind"), (2, "Ostia"), (2, "Norland")])
def test_p01_another_holder_is_caught(at: int, holder: str) -> None:
    """Whoever the stance is about, or whoever else is in the article, does not take it."""
    brief = read()
    swapped = broken(brief, "positions", at, holder=actor_id(brief, holder))
    assert "P01" in audited(swapped, article_of(TEXT))


@pytest.mark.parametrize("n", [2, 3, 7, 8])
def test_p01_another_sentence_is_caught(n: int) -> None:
    article = article_of(TEXT)
    assert "P01" in audited(broken(read(), "positions", 0, evidence=(whole_sentence(article, n),)), article)


@pytest.mark.parametrize("name", ["no_visit", "passive_accusation"])
def test_p01_catches_every_stance_and_holder_exchanged_in_the_fixtures(name: str) -> None:
    fixture = Fixture(name, "good")
    article, brief = fixture.article(), fixture.brief()
    assert brief.positions
    for at, item in enumerate(brief.positions):
        other = "support" if item.stance != "support" else "criticism"
        assert "P01" in audited(broken(brief, "positions", at, stance=other), article)
        strangers = {actor.id for actor in brief.actors} - {each.holder for each in brief.positions}
        for stranger in sorted(strangers):
            assert "P01" in audited(broken(brief, "positions", at, holder=stranger), article)


@pytest.mark.parametrize(
    "wrong",
    [
        entry(3, "Ostia", "condemnation", "condemn the tax"),
        entry(7, "Norland", "condemnation", "denounced the tax on fish"),
        entry(8, "Norland", "concern", "the sea is blue"),
        entry(1, "Ostia", "concern", "halt to grain exports"),
        entry(2, "Bo Lind", "support", "urged Ostia to lift it"),
    ],
)
def test_p01_what_a_model_invents_is_withheld(wrong: dict[str, Any]) -> None:
    """A denied stance, somebody's critics, no stance at all, the wrong holder, the wrong stance."""
    brief = proposed(wrong)
    assert "P01" in withheld_codes(brief, "positions")
    assert positions(brief) == positions(proposed())


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (entry(99, "Norland", "concern", "expressed concern over the halt"), "G04"),
        (entry(1, "Zembla", "concern", "expressed concern over the halt"), "A02"),
        (entry(5, "Ada Rell", "warning", "warned that Dolphins inherit oceans"), "G02"),
    ],
)
def test_other_inventions_fall_to_the_rules_of_every_facet(wrong: dict[str, Any], code: str) -> None:
    assert code in withheld_codes(proposed(wrong), "positions")


# -- clean briefs that it must leave alone -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "right",
    [
        entry(1, "Norland", "concern", "concern over Ostia's halt to grain exports"),
        entry(1, "Velia", "concern", "expressed concern over Ostia's halt"),
        entry(2, "Bo Lind", "demand", "urged Ostia to lift the halt before the harvest"),
        entry(4, "Ada Rell", "support", "welcomed the decision of the court"),
        entry(5, "Ada Rell", "warning", "warned that wages would follow"),
    ],
)
def test_p01_leaves_what_is_said_alone(right: dict[str, Any]) -> None:
    """Also where the sentence has "she" for the one person of the sentence before."""
    brief = proposed(right)
    assert withheld_codes(brief, "positions") == set()
    said = [(name, stance, cited) for name, stance, _, cited in positions(brief)]
    assert (right["holder"], right["stance"], [right["sentence"]]) in said


def test_a_model_that_says_what_code_has_read_adds_nothing() -> None:
    same = entry(1, "Norland", "concern", "concern over Ostia's halt to grain exports")
    assert positions(proposed(same)) == positions(proposed())


@pytest.mark.parametrize(
    "file", ["no_visit", "passive_accusation", "neither_nor", "two_allegations", "motives"]
)
def test_p01_finds_nothing_in_the_briefs_of_the_fixtures(file: str) -> None:
    for kind in ("good", "careless"):
        fixture = Fixture(file, kind)
        assert "P01" not in audited(fixture.brief(), fixture.article())


@pytest.mark.parametrize(
    ("first", "second", "holders"),
    [
        (
            "President Ada Rell met Chancellor Bo Lind in Selm.",
            "The two leaders condemned the launch.",
            {"Ada Rell", "Bo Lind"},
        ),
        (
            "President Ada Rell met Chancellor Bo Lind in Selm.",
            "The leaders condemned the launch.",
            {"Ada Rell", "Bo Lind"},
        ),
        (
            "President Ada Rell met Chancellor Bo Lind in Selm.",
            "The three leaders condemned the launch.",
            set(),
        ),
        ("President Ada Rell resembles Chancellor Bo Lind.", "The leaders condemned the launch.", set()),
        ("President Ada Rell met Bo Lind in Selm.", "The leaders condemned the launch.", set()),
    ],
)
def test_the_leaders_are_those_who_met_in_the_sentence_before(
    first: str, second: str, holders: set[str]
) -> None:
    """By name where there are as many in office as it says, and nobody otherwise."""
    text = f"{first} {second}"
    told = brief_of(
        article_of(text), actors=[{"name": name, "kind": "person"} for name in ("Ada Rell", "Bo Lind")]
    )
    assert {told.actor(item.holder).name for item in told.positions} == holders
    assert audited(told, article_of(text)) == set()
