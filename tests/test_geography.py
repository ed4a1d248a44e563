"""States by name, adjective and seat: ISO codes, longest form first, and no state where none is named."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.geography import country_of, first_state, places_in, seat_of


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United States", "US"),
        ("the United States", "US"),
        ("The United States", "US"),
        ("U.S.", "US"),
        ("US", "US"),
        ("USA", "US"),
        ("America", "US"),
        ("U.K.", "GB"),
        ("Britain", "GB"),
        ("North Korea", "KP"),
        ("DPRK", "KP"),
        ("South Korea", "KR"),
        ("the Netherlands", "NL"),
        ("Netherlands", "NL"),
        ("Turkey", "TR"),
        ("Türkiye", "TR"),
        ("Vietnam", "VN"),
        ("Viet Nam", "VN"),
        ("Czech Republic", "CZ"),
        ("Ivory Coast", "CI"),
        ("Russia", "RU"),
        ("Germany", "DE"),
        ("Norland", None),
        ("Pyongyang", None),
        ("Moscow", None),
        ("Korean", None),
        ("us", None),
        ("America's Cup", None),
        ("", None),
    ],
)
def test_a_states_name_has_its_iso_code_and_nothing_else_has_one(name: str, code: str | None) -> None:
    assert country_of(name) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("the Kremlin", "RU"),
        ("Kremlin", "RU"),
        ("Moscow", "RU"),
        ("Pyongyang", "KP"),
        ("the White House", "US"),
        ("Downing Street", "GB"),
        ("Hanoi", "VN"),
        ("Russia", None),
        ("Port Selm", None),
    ],
)
def test_a_capital_or_seat_is_known_as_such(name: str, code: str | None) -> None:
    assert seat_of(name) == code


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("North Korean troops", [("KP", "adjective", "North Korean")]),
        ("South Korea and North Korea", [("KR", "name", "South Korea"), ("KP", "name", "North Korea")]),
        ("the U.S. fleet", [("US", "name", "U.S.")]),
        ("U.S.-backed rebels", [("US", "name", "U.S.")]),
        ("Britain’s navy", [("GB", "name", "Britain")]),
        ("Pyongyang said", [("KP", "seat", "Pyongyang")]),
        ("Papua New Guinea", [("PG", "name", "Papua New Guinea")]),
        ("Guinea-Bissau", [("GW", "name", "Guinea-Bissau")]),
        ("Equatorial Guinea", [("GQ", "name", "Equatorial Guinea")]),
        ("the Russians", [("RU", "adjective", "Russians")]),
        ("tell us more", []),
        ("a turkey and some china", []),
        ("Prussia", []),
        ("Norland", []),
    ],
)
def test_states_of_a_text_are_found_longest_form_first(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(p.code, p.form, text[p.start : p.end]) for p in places_in(text)] == found


@pytest.mark.parametrize(
    ("text", "code"),
    [("the Russian and French ministers", "RU"), ("a man of Hanoi", "VN"), ("a man of Selm", None)],
)
def test_the_first_state_of_a_text_is_taken_in_any_form(text: str, code: str | None) -> None:
    assert first_state(text) == code


@given(st.text(alphabet="RusiaUS. NothKoe’'", max_size=60))
def test_mentions_do_not_overlap_and_stand_in_order(text: str) -> None:
    spans = [(place.start, place.end) for place in places_in(text)]
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert all(0 <= start < end <= len(text) for start, end in spans)
