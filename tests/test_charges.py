"""Whole accusations read by code: each shape, what is left to the model, and what hostile text costs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.charges import Charge, charges_in
from test_worst_cases import GUARD, SIZE, UNITS, of_size

SHAPES = [
    ("Norland accused Velia of sinking a ship.", ["Norland"], ["Velia"], "sinking a ship"),
    ("Norland, Ostia, and Selm accused Velia of lying.", ["Norland", "Ostia", "Selm"], ["Velia"], "lying"),
    ("On Monday Norland accused Velia of lying.", ["Norland"], ["Velia"], "lying"),
    (
        "In January, the United States and Norland accused Velia of jamming its radio, though Velia denied it.",
        ["United States", "Norland"],
        ["Velia"],
        "jamming its radio",
    ),
    (
        "But Norland, Estmark and Ostia accused Velia and Selm of arming rebels and demanded an answer.",
        ["Norland", "Estmark", "Ostia"],
        ["Velia", "Selm"],
        "arming rebels",
    ),
    (
        'Norland, which borders Ostia, accused the Velian navy on Tuesday of "shadowing" its ferries.',
        ["Norland"],
        ["Velian navy"],
        '"shadowing" its ferries',
    ),
    (
        "The premier, Bo Lind, has repeatedly accused opposition lawmakers of taking bribes, saying it must end.",
        ["Bo Lind"],
        ["opposition lawmakers"],
        "taking bribes",
    ),
    (
        "Hours after Norland accused rebels of mining the road, the talks went on.",
        ["Norland"],
        ["rebels"],
        "mining the road",
    ),
    ("Norland blamed Velia for the fire at the port.", ["Norland"], ["Velia"], "responsibility for the fire at the port"),
    ("Norland blames Velia for burning the port.", ["Norland"], ["Velia"], "burning the port"),
    (
        "Norland was quick in blaming Velia for the fire.",
        ["Norland"],
        ["Velia"],
        "responsibility for the fire",
    ),
    (
        'Rell said the talks would go on, and she blamed "some coastal states" for "stirring fears" at sea.',
        ["Rell"],
        ["some coastal states"],
        '"stirring fears" at sea',
    ),
    (
        "Norland alleged that Velia had jammed its radio.",
        ["Norland"],
        ["Velia"],
        "Velia had jammed its radio",
    ),
    ("Norland alleges that Velia jams its radio.", ["Norland"], ["Velia"], "Velia jams its radio"),
    (
        "Officials in Selm have been claiming for weeks that Velia shelled the port.",
        ["Officials in Selm"],
        ["Velia"],
        "Velia shelled the port",
    ),
    (
        "The raid failed, but both Norway and Denmark have alleged Swedish involvement.",
        ["Norway", "Denmark"],
        ["Swedish"],
        "Swedish involvement",
    ),
    ("Velia was accused by Norland of sinking a ship.", ["Norland"], ["Velia"], "sinking a ship"),
    ("Velia itself has been widely accused of arming rebels, using its ports.", [], ["Velia"], "arming rebels"),
    ("The Corvane Line has been blamed for the spill.", [], ["Corvane Line"], "responsibility for the spill"),
    (
        "Velian ships have allegedly smuggled oil to Ostia, according to the Harbour Union.",
        ["Harbour Union"],
        ["Velian ships"],
        "Velian ships have smuggled oil to Ostia",
    ),
    (
        "Velian ships have allegedly smuggled oil to Ostia, according to a report.",
        [],
        ["Velian ships"],
        "Velian ships have smuggled oil to Ostia",
    ),
]  # fmt: skip

SUBORDINATE = ("After", "When", "While", "In Ostia, where")


LEFT_ALONE = [
    "Norland did not accuse Velia of sinking a ship.",
    "Norland has never accused Velia of sinking a ship.",
    "Norland would accuse Velia of sinking a ship.",
    "Norland could have accused Velia of sinking a ship.",
    "Norland refused to blame Velia for the fire.",
    "If Norland accused Velia of sinking a ship, talks would end.",
    "Nobody knows whether Norland accused Velia of sinking a ship.",
    "Velia denied that Norland accused Velia of sinking a ship.",
    "Did Norland accuse Velia of sinking a ship?",
    "Norland accused Velia of sinking a ship?",
    "Norland fined Velia for accusing Ostia of sinking a ship.",
    "Accusing Velia of sinking a ship, Norland left.",
    "Norland read a letter that accused Velia of sinking a ship.",
    "Critics who accused Velia of sinking a ship were jailed.",
    "Norland left the talks and accused Velia of sinking a ship.",
    "Ostia spoke, and Norland accused Velia of sinking a ship.",
    "Norland or Ostia accused Velia of sinking a ship.",
    "Norland as well as several coastal states accused Velia of sinking a ship.",
    "The envoy of Norland and Ostia accused Velia of sinking a ship.",
    "The Norland and Ostia striker has been accused of shoving a referee.",
    "The party chairman and first vice president Bo Lind accused Velia of sinking a ship.",
    "For his part President Bo Lind accused Velia of sinking a ship.",
    "The administration accused Velia of sinking a ship.",
    "He accused Velia of sinking a ship.",
    "Rell and Lind said they would go, and he accused Velia of sinking a ship.",
    "The ministry said it was late, and he accused Velia of sinking a ship.",
    "Norland accused them of sinking a ship.",
    "Norland accused Velia and its allies of sinking a ship.",
    "Norland accused the premier of sinking a ship.",
    "Norland accused Velia for years of sinking ships.",
    "Norland, which Ostia accused Velia of on Monday, left.",
    "Norland blamed the weather for the fire.",
    "Norland blamed two letters by Bo Lind for its defeat.",
    "Norland blamed the union's decision to strike for the delay.",
    "Norland took the blame for the fire.",
    "Norland was blamed for the fire by mistake.",
    "Velia was accused of theft by Norland.",
    "Velia, accused of sinking a ship, denied it.",
    "Two men accused of sinking a ship were freed.",
    "Hurricane Ida has been blamed for the deaths of ten people.",
    "The movement claimed responsibility for the attack.",
    "The attack was claimed by the movement.",
    "Norland claimed that Velia was attacked.",
    "Norland alleged that Velia had been shelled.",
    "Norland claimed that Velia had not attacked anybody.",
    "Norland claimed that Velia bought apples.",
    "Norland claimed its army had attacked.",
    "Norland dismissed claims that Velia shelled the port.",
    "Norland is looking into alleged Swedish involvement.",
    "Lind said no one knew, and the alleged thief had sunk a ship.",
    "The thief allegedly of Velia attacked.",
    "Velian ships have allegedly smuggled oil, Norland said.",
    "Norland accused Velia of on Monday.",
    "Norland accused Velia of “sinking a ship.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "accusers", "accused", "claim"), SHAPES)
def test_an_accusation_of_a_plain_shape_is_read_whole(
    text: str, accusers: list[str], accused: list[str], claim: str
) -> None:
    assert charges_in(text) == (Charge(tuple(accusers), tuple(accused), claim),)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_where_the_grammar_leaves_a_doubt_nothing_is_read(text: str) -> None:
    assert charges_in(text) == ()


@pytest.mark.parametrize(
    ("behind", "claim"),
    [
        (", which was bound for Ostia", "sinking a ship"),
        (" and vowed to answer", "sinking a ship"),
        (" and then claimed it was his", "sinking a ship"),
        (" - an accusation that Velia rejects", "sinking a ship"),
        (", according to two people at the talks", "sinking a ship"),
        (", including by its own divers", "sinking a ship, including by its own divers"),
        (" and drowning its crew", "sinking a ship and drowning its crew"),
        (" that carried grain", "sinking a ship that carried grain"),
        (", with reports of more to come", "sinking a ship"),
        (" after a film came out", "sinking a ship"),
        (", a charge that may end in court", "sinking a ship"),
        (", and is at sea again", "sinking a ship"),
    ],
)
def test_the_claim_ends_where_the_sentence_turns_to_something_else(behind: str, claim: str) -> None:
    assert [charge.claim for charge in charges_in(f"Norland accused Velia of sinking a ship{behind}.")] == [
        claim
    ]


@pytest.mark.parametrize("opening", SUBORDINATE)
def test_the_claim_of_a_clause_that_another_follows_ends_at_its_comma(opening: str) -> None:
    (charge,) = charges_in(f"{opening} Norland accused Velia of sinking a ship, the talks went on.")
    assert charge.claim == "sinking a ship"


PIECES = st.lists(
    st.sampled_from(
        [
            "Norland",
            "Velia",
            "accused",
            "blamed",
            "alleged",
            "claims",
            "allegedly",
            "of",
            "for",
            "that",
            "by",
            "and",
            ",",
            ".",
            ";",
            "”",
            "“",
            '"',
            "(",
            ")",
            "the",
            "an",
            "its",
            "he",
            "had",
            "has",
            "been",
            "was",
            "sinking",
            "ships",
            "fire",
            "on",
            "Monday",
            "rebels",
            "officials",
            "in",
            "not",
            "?",
            "-",
            "—",
            "U.S.",
            "Jr.",
            "said",
            "who",
            ",",
            "according",
            "to",
        ]
    ),
    max_size=30,
)


@given(PIECES)
@settings(max_examples=400, deadline=None)
def test_whatever_is_read_stands_in_the_sentence(pieces: list[str]) -> None:
    """Parties and claims are words of the sentence; only "responsibility for" is added."""
    text = " ".join(pieces)
    for charge in charges_in(text):
        assert charge.accused
        for party in (*charge.accusers, *charge.accused):
            assert party in text
        told = charge.claim.removeprefix("responsibility for ")
        missing = [word for word in told.split() if word not in text]
        assert missing == []


@pytest.mark.covers("T16")
@pytest.mark.parametrize(
    "unit", [*UNITS, "Norland accused Velia of sinking ships and ", "Norland and Velia, "]
)
def test_any_repetition_is_read_in_time(unit: str) -> None:
    started = time.process_time()
    charges_in(of_size(unit, SIZE // 2))
    assert time.process_time() - started < GUARD
