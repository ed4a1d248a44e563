"""Names and token F1, as the evaluator compares them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.evaluate.wording import folded_name, token_f1, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Wall Street Journal", "Wall Street Journal’s"),
        ("U.S.", "US"),
        ("Zoë Ñandú", "zoe nandu"),
        ("O’Neil", "O'Neil"),
        ("Abu-Sel Corporation", "abu sel  corporation."),
        ("A Velian newspaper", "Velian newspaper"),
        ("Norland's envoy", "Norland envoy"),
    ],
)
def test_case_punctuation_articles_accents_and_possessives_make_no_other_name(one: str, other: str) -> None:
    assert folded_name(one) == folded_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada Rell", "Rell"), ("Norland", "Norlandic"), ("Theo", "The o"), ("its allies", "allies")],
)
def test_other_words_are_other_names(one: str, other: str) -> None:
    assert folded_name(one) != folded_name(other)


def test_a_name_that_is_an_article_keeps_it() -> None:
    assert folded_name("The A") == "a"
    assert folded_name("A") == "a"


def test_words_are_folded_and_split_at_hyphens() -> None:
    assert words_of("The U.S.’ third-party aims, in 2027.") == (
        "the", "us", "third", "party", "aims", "in", "2027",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "f1"),
    [
        ("sink a trawler", "the trawler sank", 2 * 1 / (2 + 2)),  # sink trawler | trawler sank
        ("keep the strait closed", "keep the strait closed for ships", 2 * 3 / (3 + 5)),
        ("ships and ships", "ships", 2 * 1 / (3 + 1)),  # a word counts as often as it stands there
        ("reopen the harbour", "close a port", 0),
        ("the", "the", 0),  # nothing but articles: nothing to compare
        ("", "", 0),
        ("Reopen it!", "reopen IT", 1),
    ],
)
def test_token_f1_is_that_of_squad(one: str, other: str, f1: float) -> None:
    assert token_f1(one, other) == pytest.approx(f1)


@given(st.text(max_size=60), st.text(max_size=60))
def test_token_f1_is_symmetric_and_between_0_and_1(one: str, other: str) -> None:
    assert token_f1(one, other) == token_f1(other, one)
    assert 0 <= token_f1(one, other) <= 1


def test_three_tenths_is_enough_exactly_at_the_border() -> None:
    ten = "a1 b c d e f g h i j"
    assert token_f1("a1 b c k l m n o p q", ten) == 0.3
