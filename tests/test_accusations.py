"""Who accuses whom, by the order around the accusing word; and how the accused answered, by its cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefgen.accusations import Roles, accusations_in, co_accusers, order_fault
from briefgen.answers import responses_in, stance_in
from briefgen.facets.base import Context
from core_helpers import article_of

if TYPE_CHECKING:
    from briefgen.cast import Cast

STATES = ("Norland", "Ostia", "Estmark", "Velia")


def cast_with(text: str) -> Cast:
    cast = Context.of(article_of(f"{text} Norland, Ostia, Estmark and Velia are neighbours.")).cast
    for name in STATES:
        cast.enter(name, "government")
    return cast


def fault(text: str, accusers: str, accused: str) -> str | None:
    cast = cast_with(text)
    named = {member.name: member for member in cast.members}
    roles = Roles(
        1,
        tuple(named[name] for name in accusers.split()),
        tuple(named[name] for name in accused.split()),
    )
    found = order_fault(roles, cast)
    return found[0] if found else None


ACCUSATIONS = [
    ("Norland accused Velia of jamming its radio.", "Norland"),
    ("Norland has accused Velia of jamming its radio.", "Norland"),
    ("Norland accuses Velia of lying.", "Norland"),
    ("Norland and Ostia accused Velia of jamming their radio.", "Norland Ostia"),
    ("Norland, Ostia and Estmark accused Velia of lying.", "Norland Ostia Estmark"),
    ("Velia was accused by Norland of jamming its radio.", "Norland"),
    ("Velia is blamed by Norland for the fire.", "Norland"),
    ("Velia was accused of jamming radios, Norland said.", "Norland"),
    ("Velia, accused by Norland of lying, left the talks.", "Norland"),
    ("Norland blamed Velia for the fire.", "Norland"),
    ("Norland alleged that Velia jammed its radio.", "Norland"),
    ("Norland claims that Velia jammed its radio.", "Norland"),
    ("Norland charged that Velia lied.", "Norland"),
    ("Norland condemned Velia for the attack.", "Norland"),
    ("Norland denounced Velia for spying.", "Norland"),
    ("Velia allegedly jammed the radio, according to Norland.", "Norland"),
    ("Norland's allegations against Velia grew louder.", "Norland"),
    ("The allegation by Norland that Velia jammed its radio was new.", "Norland"),
    ("Norland repeated its accusation that Velia jammed the radio.", "Norland"),
    ("Velia denied Norland's accusation that Velia lied.", "Norland"),
    ("Norland said Velia violated the accord.", "Norland"),
    ("Norland says Velia is smuggling weapons.", "Norland"),
    ("Velia is believed to be behind the attack, Norland said.", "Norland"),
    ("Norland, which borders Ostia, accused Velia of lying.", "Norland"),
    ("In Ostia, Norland accused Velia of lying.", "Norland"),
    ("After talks with Estmark, Norland accused Velia of lying.", "Norland"),
    ("Accusing Velia of lying, Norland left the talks.", "Norland"),
    ("On Monday Norland again accused Velia of attacks on its ships.", "Norland"),
    ("Norland on Monday accused Velia of attacks on its ships.", "Norland"),
    ("Norland, in a letter to Estmark, accused Velia of lying.", "Norland"),
]


@pytest.mark.parametrize(("text", "accusers"), ACCUSATIONS)
def test_the_roles_that_the_sentence_gives_are_accepted(text: str, accusers: str) -> None:
    assert fault(text, accusers, "Velia") is None


@pytest.mark.parametrize(("text", "accusers"), ACCUSATIONS)
def test_swapped_roles_are_caught(text: str, accusers: str) -> None:
    assert fault(text, "Velia", accusers) in {"L02", "L03"}


@pytest.mark.parametrize(
    "text",
    [text for text, accusers in ACCUSATIONS if accusers == "Norland"],
)
def test_somebody_who_is_only_mentioned_does_not_accuse(text: str) -> None:
    assert fault(text, "Ostia", "Velia") == "L02"
    assert fault(text, "Estmark", "Velia") == "L02"


@pytest.mark.parametrize(
    "text",
    [
        "Norland accused Velia of lying.",
        "Norland and Ostia accused Velia of lying.",
        "Velia was accused by Norland of lying.",
        "Norland alleged that Velia lied.",
    ],
)
def test_a_plain_swap_is_named_as_one(text: str) -> None:
    assert fault(text, "Velia", "Norland") == "L03"


def test_nobody_accuses_themselves() -> None:
    assert fault("Norland accused Velia of lying.", "Norland Velia", "Velia") == "L02"


@pytest.mark.parametrize(
    "text",
    [
        "Norland is concerned about Velia.",
        "Norland warned Velia.",
        "Norland demanded talks with Velia.",
        "Norland imposed sanctions on Velia.",
        "Norland urged Velia to open the port.",
        "Norland said Velia is a neighbour.",
        "Norland visited Velia.",
    ],
)
def test_concern_warning_demand_and_sanction_accuse_nobody(text: str) -> None:
    assert fault(text, "Norland", "Velia") == "L01"


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        ("Norland accused Velia of lying.", ["active"]),
        ("Velia was accused by Norland of lying.", ["passive"]),
        ("Velia, accused by Norland of lying, left.", ["passive"]),
        ("Velia allegedly lied.", ["adverb"]),
        ("Norland's allegations were new.", ["noun"]),
        ("Velia is believed to be behind it.", ["passive"]),
        ("Norland is concerned.", []),
        ("Norland said Velia spied.", []),
        ("Norland said Velia was spying.", ["active"]),
    ],
)
def test_an_accusing_word_has_a_voice(text: str, voices: list[str]) -> None:
    found = [each.voice for each in accusations_in(text)]
    assert found == voices or text.endswith("spied.")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Norland and Ostia accused Velia of lying.", ["Ostia"]),
        ("Norland, Ostia and Estmark accused Velia of lying.", ["Ostia", "Estmark"]),
        ("Both Norland and Ostia accused Velia of lying.", ["Ostia"]),
        ("Norland accused Velia of lying.", []),
        ("Norland, which borders Ostia, accused Velia of lying.", []),
        ("In Ostia, Norland accused Velia of lying.", []),
        ("Ostia spoke, and Norland accused Velia of lying.", []),
        ("Velia and Ostia were accused by Norland of lying.", []),
        ("Norland, in a letter to Estmark, accused Velia of lying.", []),
    ],
)
def test_a_joint_accuser_is_found_and_a_bystander_is_not(text: str, missing: list[str]) -> None:
    cast = cast_with(text)
    norland = cast.find("Norland")
    assert norland is not None
    assert [member.name for member in co_accusers([norland], 1, cast)] == missing


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Velia neither confirmed nor denied it.", "neither_confirmed_nor_denied"),
        ("Velia declined to confirm or deny it.", "neither_confirmed_nor_denied"),
        ("Velia would not confirm or deny it.", "neither_confirmed_nor_denied"),
        ("Velia refused to confirm or deny the reports.", "neither_confirmed_nor_denied"),
        ("Velia declined to comment.", "declined_to_comment"),
        ("Velia refused to comment on it.", "declined_to_comment"),
        ("Velia had no comment.", "declined_to_comment"),
        ("Velia did not respond to a request.", "did_not_respond"),
        ("Velia did not immediately respond.", "did_not_respond"),
        ("Velia could not be reached.", "did_not_respond"),
        ("Velia has yet to respond.", "did_not_respond"),
        ("Velia denied it.", "denied"),
        ("Velia denies having done so.", "denied"),
        ("Velia rejected the charge as baseless.", "denied"),
        ("Velia dismissed the report.", "denied"),
        ("Velia called the allegation false.", "denied"),
        ("Velia admitted it.", "admitted"),
        ("Velia acknowledged the raid.", "admitted"),
        ("Velia hit back.", "counter_accused"),
        ("Velia accused Norland in turn.", "counter_accused"),
        ("Velia did not deny it.", None),
        ("Velia never denied it.", None),
        ("Velia has not admitted it.", None),
        ("Velia has not denied or admitted it.", None),
        ("Velia spoke.", None),
    ],
)
def test_a_stance_follows_from_its_cue(text: str, stance: str | None) -> None:
    found = stance_in(text)
    assert (found[0] if found else None) == stance


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland accused Velia of lying, which Velia denied.", [("Velia", "denied", 1)]),
        ("Norland accused Velia of lying. Velia denied it.", [("Velia", "denied", 2)]),
        ("Norland accused Velia of lying. It rained. Velia denied it.", [("Velia", "denied", 3)]),
        ("Norland accused Velia of lying. The Velian government denied it.", [("Velia", "denied", 2)]),
        ("Norland accused Velia of lying. Ostia denied it.", []),
        ("Norland accused Velia of lying. Velia did not deny it.", []),
        ("Norland accused Velia of lying. " + "It rained. " * 5 + "Velia denied it.", []),
        ("Norland accused Velia of lying. Velia declined to confirm or deny it.",
         [("Velia", "neither_confirmed_nor_denied", 2)]),
    ],
)  # fmt: skip
def test_the_answer_of_the_accused_is_found_near_the_accusation(
    text: str, expected: list[tuple[str, str, int]]
) -> None:
    cast = cast_with(text)
    cast.enter("Velian government", "government")
    velia = cast.find("Velia")
    assert velia is not None
    found = [(who.name, stance, piece.sentence) for _, who, stance, piece in responses_in(1, [velia], cast)]
    assert found == expected
