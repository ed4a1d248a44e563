"""Reading stances: only where the grammar leaves no doubt who takes which stance on what."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from briefgen.brief import PositionStance
from briefgen.lexicon import table
from briefgen.stances import stances_in


def read(text: str) -> list[tuple[str, tuple[str, ...], str]]:
    return [(found.stance, found.holders, found.text) for found in stances_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Belvar and Tavria expressed concern over the halt, which took effect in July.",
            [("concern", ("Belvar", "Tavria"), "expressed concern over the halt")],
        ),
        (
            "Norland and its allies have expressed deep concern over the ships.",
            [("concern", ("Norland", "its allies"), "expressed deep concern over the ships")],
        ),
        (
            "Norland, Velia and Ostia immediately condemned the launch.",
            [("condemnation", ("Norland", "Velia", "Ostia"), "condemned the launch")],
        ),
        (
            "On June 3, the Harbour Union, Norland, and Velia condemned the launch.",
            [("condemnation", ("the Harbour Union", "Norland", "Velia"), "condemned the launch")],
        ),
        (
            "Rell visited Ostia, and Velia condemned the launch.",
            [("condemnation", ("Velia",), "condemned the launch")],
        ),
        (
            "Minister Bo Lind called the halt short-sighted and urged Ostia to lift it.",
            [("demand", ("Minister Bo Lind",), "urged Ostia to lift it")],
        ),
        (
            "Ostia voiced concern over the ships and called on both sides to keep them in port.",
            [
                ("concern", ("Ostia",), "voiced concern over the ships"),
                ("demand", ("Ostia",), "called on both sides to keep them in port"),
            ],
        ),
        (
            "Ada Rell welcomed the decision of the court, saying it was overdue.",
            [("support", ("Ada Rell",), "welcomed the decision of the court")],
        ),
        (
            "On Friday, Ada Rell warned that wages would follow.",
            [("warning", ("Ada Rell",), "warned that wages would follow")],
        ),
        (
            "Ada Rell sharply criticized the plan on Tuesday, and Bo Lind praised the minister for it.",
            [
                ("criticism", ("Ada Rell",), "criticized the plan on Tuesday"),
                ("support", ("Bo Lind",), "praised the minister for it"),
            ],
        ),
        (
            "The Ostian Foreign Ministry objected to the new map.",
            [("opposition", ("The Ostian Foreign Ministry",), "objected to the new map")],
        ),
        (
            "They opposed any ban on fishing.",
            [("opposition", ("They",), "opposed any ban on fishing")],
        ),
    ],
)
def test_a_stance_is_read_with_its_holders_and_what_it_is_about(text: str, found: Any) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Norland did not condemn the launch of the missile.",
        "Norland would condemn the launch of the missile.",
        "Norland has not criticised the launch of the missile.",
        "Norland is to urge Velia to lift the ban.",
        "If Norland condemned the launch of the missile, Velia would laugh.",
        "The launch of the missile was condemned by Norland.",
        "“Velia condemned the launch of our missile,” said Ada Rell.",
        "Bo Lind, who opposed the accord with Velia, stayed away.",
        "Iran, which had condemned Velia's invasion of Ostia but also criticized the force, stayed away.",
        "A cable on the mission of Norland and warned that it was open to attack.",
        "Ada Rell welcomed world leaders to the palace for a dinner.",
        "Norlanders opposed to the accord with Velia walked out.",
        "The draft, which Norland objected to because it was long, was dropped.",
        "Its demands have included a new council.",
        "Velian-backed forces left.",
        "China’s and Russia’s ambassadors to the council spoke.",
        "Those who oppose sending the boy to Cuba are worried about his father.",
        "Nobody condemned the launch of the missile.",
        "An alarm was heard in Ostia.",
    ],
)
def test_what_is_unsaid_quoted_or_anothers_is_not_read(text: str) -> None:
    """Negations, plans, conditions, passives, quotations, relative clauses and guests are no stance of anybody."""
    assert read(text) == []


@pytest.mark.parametrize("stance", get_args(PositionStance))
def test_every_stance_of_the_contract_has_words(stance: str) -> None:
    words = table("stances")[stance]
    assert len(words) == len(set(words)) >= 8


@pytest.mark.covers("T-REDOS-1")
@pytest.mark.parametrize(
    "text", ["condemned ", "Norland and ", "urged the call, and ", "expressed concern “", "a-"]
)
def test_reading_costs_no_more_than_the_length_of_a_sentence(text: str) -> None:
    """2000 characters, the longest sentence there is, of the worst words are read at once."""
    assert len(stances_in((text * 2000)[:2000])) <= 2000
