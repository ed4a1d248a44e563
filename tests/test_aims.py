"""Aims read by code: where they stand, how far they go, and what leads to no aim."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.aims import aims_in
from briefgen.held_aims import held_aims
from test_worst_cases import GUARD, SIZE, UNITS, of_size


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("Norland is building a road to reduce its debts.", "reduce its debts"),
        ("Norland seeks to reduce its debts.", "reduce its debts"),
        ("Norland has sought to win back voters.", "win back voters"),
        ("Norland left the union in order to sell more fish.", "sell more fish"),
        ("Norland left the union, in hopes of curbing its debts.", "curbing its debts"),
        ("Norland closed its port in response to the raid.", "respond to the raid"),
        ("The goal of the union is to sell more fish.", "sell more fish"),
        ("It was an effort by Norland to sell more fish.", "sell more fish"),
        ("Norland decided not to sail because it feared a storm.", "it feared a storm"),
        (
            "Rell went to Ostia to discuss trade, ports and the price of fish.",
            "discuss trade, ports and the price of fish",
        ),
    ],
)
def test_what_stands_behind_a_word_of_purpose_is_the_aim(text: str, aim: str) -> None:
    assert list(aims_in(text)) == [aim]


@pytest.mark.parametrize(
    "text",
    [
        "Does Norland build a road to reduce its debts?",
        "Norland is able to protect its ports.",
        "Norland does not seek to reduce its debts.",
        "Norland has the right to defend its ports.",
        "Norland has to protect its ports.",
        "Norland made strides to improve its ports.",
        "Norland urged Velia to protect its ports.",
        "Norland is to discuss trade.",
        "Rell spoke in response to questions.",
        "Norland seeks to.",
        "Norland is building a road to “reduce its debts.",
        "Norland moved to prevent the raid — and its echo — from spreading.",
        "Norland hid its ships because of the storm.",
        "Norland lost its ships because the storm broke.",
    ],
)
def test_what_is_no_aim_is_not_read(text: str) -> None:
    assert list(aims_in(text)) == []


@pytest.mark.parametrize(
    ("behind", "aim"),
    [
        (", leaving little for the schools", "reduce its debts"),
        (" and called on others to follow", "reduce its debts"),
        (", and hopes to sell it", "reduce its debts"),
        (", and that it would sell the port", "reduce its debts"),
        (" after the war", "reduce its debts"),
        (", however", "reduce its debts"),
        (", now twice as high", "reduce its debts"),
        (", officials said", "reduce its debts"),
        (" and feed its people", "reduce its debts and feed its people"),
        (" by half", "reduce its debts by half"),
        (" on Monday", "reduce its debts"),
    ],
)
def test_the_aim_ends_where_the_sentence_turns_to_something_else(behind: str, aim: str) -> None:
    assert list(aims_in(f"Norland is building a road to reduce its debts{behind}.")) == [aim]


PIECES = st.lists(
    st.sampled_from(
        [
            *[
                "Norland",
                "Velia",
                "Rell",
                "He",
                "The",
                "President",
                "seeks",
                "to",
                "protect",
                "reduce",
                "in",
                "order",
                "effort",
                "by",
                "because",
                "decided",
                "goal",
                "is",
            ],
            *[
                "of",
                "its",
                "debts",
                "ports",
                "a",
                "road",
                ",",
                ".",
                ";",
                "”",
                "“",
                "(",
                ")",
                "who",
                "said",
                "and",
                "response",
                "the",
                "attack",
                "will",
                "met",
                "discuss",
                "trade",
                "?",
            ],
        ]
    ),
    max_size=30,
)


@given(PIECES)
@settings(max_examples=300, deadline=None)
def test_whatever_is_read_stands_in_the_sentence(pieces: list[str]) -> None:
    """Aims and holders are words of the sentence; only "respond to" is worded anew."""
    text = " ".join(pieces)
    for aim in aims_in(text):
        assert aim.removeprefix("respond to ") in text
    for held in held_aims(text):
        assert held.holder in text
        assert held.text in list(aims_in(text))


@pytest.mark.covers("T16")
@pytest.mark.parametrize(
    "unit", [*UNITS, "to protect ", "seeks to ", "because decided ", "effort by A to ", "The goal of "]
)
def test_any_repetition_is_read_in_time(unit: str) -> None:
    text = of_size(unit, SIZE // 2)
    started = time.process_time()
    list(aims_in(text))
    held_aims(text)
    assert time.process_time() - started < GUARD
