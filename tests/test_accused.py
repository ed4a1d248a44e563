"""Where in a sentence the accused may stand: named in the right place, by the right word."""

from __future__ import annotations

import pytest

from briefgen.accusations import Roles, order_fault
from core_helpers import cast_of

NAMES = ("Norland", "Velia", "Estmark", "Ostia")
REST = " Norland, Velia, Estmark and Ostia are states."


def fault(text: str, accuser: str, *accused: str) -> str | None:
    """Code of what is wrong with these roles in the sentence."""
    cast = cast_of(text + REST, *NAMES)
    members = [cast.find(name) for name in (accuser, *accused)]
    found = [member for member in members if member is not None]
    assert len(found) == len(members)
    judged = order_fault(Roles(1, tuple(found[:1]), tuple(found[1:])), cast)
    return judged[0] if judged else None


@pytest.mark.parametrize(
    "text",
    [
        "Norland accused Velia of arming Estmark.",
        "Norland has repeatedly accused Velia of lying.",
        "Norland accused the government of Velia of lying.",
        "Norland blamed Velia for the attack.",
        "Norland blamed the attack on Velia.",
        "Norland alleged that Velia sank a ship of Estmark.",
        "Norland alleged on Tuesday that Velia sank a ship.",
        "Norland claims Velia shelled Estmark.",
        "Norland said the port was bombed by Velia.",
        "Velia was accused by Norland of arming Estmark.",
        "Velia, accused by Norland of spying, denied it.",
        "“Velia has attacked Estmark,” Norland said.",
        "Velia allegedly sank a ship of Estmark, according to Norland.",
    ],
)
def test_velia_is_accused_by_norland(text: str) -> None:
    assert fault(text, "Norland", "Velia") is None


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Norland accused Velia of arming Estmark.", "Estmark"),
        ("Norland blamed Velia for the attack on Estmark.", "Estmark"),
        ("Norland alleged that Velia sank a ship of Estmark.", "Estmark"),
        ("Norland said in Estmark that Velia had bombed a port.", "Estmark"),
        ("Norland said that unknown men had bombed a bridge of Velia.", "Velia"),
        ("Norland told Estmark that Velia had bombed a port.", "Estmark"),
        ("Velia was accused by Norland of arming Estmark.", "Estmark"),
        ("Norland condemned the accord of Velia and Estmark.", "Velia"),
    ],
)
def test_one_who_is_only_named_is_not_accused(text: str, party: str) -> None:
    assert fault(text, "Norland", party) in {"L01", "L02"}


def test_two_in_one_row_are_both_accused() -> None:
    text = "Norland accused Velia and Estmark of lying."
    assert fault(text, "Norland", "Velia", "Estmark") is None


@pytest.mark.parametrize(
    "text", ["Velia accused Norland of lying.", "Norland was accused by Velia of lying."]
)
def test_swapped_roles_are_named_as_such(text: str) -> None:
    assert fault(text, "Norland", "Velia") == "L03"
