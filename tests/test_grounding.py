"""Names, numbers, quotations and claims: what an article's words vouch for, and what they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.grounding import (
    Grounding,
    content_stems,
    fold,
    fold_name,
    is_negated,
    numbers_in,
)
from core_helpers import article_of

TEXT = (
    "The United States and North Korea will hold talks in Port Selm on 12 June, the Selm Kurier reported. "
    "Norlandic President Ada Rell, a co-founder of the Harbour Union, said that twenty-four ships and 1,500 "
    "sailors would leave. “We are actively preparing,” said Bo Müller, the minister’s adviser. "
    "Ms. O’Neil paid 3.5 million for it, and the accord dates from 1998."
)


@pytest.fixture(scope="module")
def ground() -> Grounding:
    return Grounding(article_of(TEXT, title="Talks near the Velian border"))


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param("Uncertainty surrounds the talks", id="ordinary word that opens a sentence"),
        pytest.param("Preparing the talks, Ada Rell spoke", id="participle that opens a sentence"),
        pytest.param("Officials said nothing. Negotiations go on.", id="two ordinary openers"),
        pytest.param("“Preparations go on”", id="ordinary word that opens a quotation"),
        pytest.param("Whether Rell goes is open", id="function word that opens a sentence"),
        pytest.param("Diplomats expect talks", id="plural that opens a sentence"),
        pytest.param("Ships will leave Port Selm", id="word that the article has in small letters"),
        pytest.param("PORT SELM", id="another case"),
        pytest.param("The U.S. will hold talks", id="U.S. for United States"),
        pytest.param("The US will hold talks", id="US for United States"),
        pytest.param("America will hold talks", id="America for United States"),
        pytest.param("American talks", id="adjective of a state"),
        pytest.param("North Korean talks", id="adjective of two words"),
        pytest.param("The DPRK will hold talks", id="abbreviation of a state"),
        pytest.param("Norlandic ships", id="adjective of an invented state as the article has it"),
        pytest.param("Rell's ships", id="possessive"),
        pytest.param("Rell’s ships", id="typographic possessive"),
        pytest.param("Bo Muller", id="accent left out"),
        pytest.param("Ms. O'Neil", id="straight apostrophe for a typographic one"),
        pytest.param("Co-founder Rell", id="hyphenated word"),
        pytest.param("the Velian border", id="name that only the title has"),
        pytest.param("June", id="month of the article"),
        pytest.param("", id="nothing"),
    ],
)
def test_a_name_that_the_article_has_in_any_form_is_grounded(ground: Grounding, claim: str) -> None:
    assert ground.ungrounded_names(claim) == []


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("Ada Rell met Ivo Marn", ["Ivo", "Marn"]),
        ("Talks in Pyongyang", ["Pyongyang"]),
        ("Talks in Washington", ["Washington"]),
        ("South Korean talks", ["South", "Korean"]),
        ("China will hold talks", ["China"]),
        ("Chinese talks", ["Chinese"]),
        ("talks in July", ["July"]),
        ("Rell spoke at the White House", ["White", "House"]),
        ("see https://evil.example/x?q=1", ["https://evil.example/x?q=1"]),
        ("see www.evil.example for more", ["www.evil.example"]),
        ("said Zorka", ["Zorka"]),
        ("Zorka said so", ["Zorka"]),
        ("NATO ships", ["NATO"]),
        ("Mr. Vance said", ["Vance"]),
    ],
)
def test_a_name_that_the_article_does_not_have_is_reported(
    ground: Grounding, claim: str, missing: list[str]
) -> None:
    assert ground.ungrounded_names(claim) == missing


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        ("24 ships", []),
        ("twenty-four ships", []),
        ("1,500 sailors", []),
        ("1500 sailors", []),
        ("3.5 million", []),
        ("3.50 million", []),
        ("12 June", []),
        ("012 June", []),
        ("one ship", []),
        ("the first and second ship", []),
        ("25 ships", ["25"]),
        ("seven ships", ["seven"]),
        ("in 2019", ["2019"]),
        ("1,501 sailors", ["1,501"]),
        ("150 sailors", ["150"]),
        ("3.6 million", ["3.6"]),
        ("a billion", ["billion"]),
    ],
)
def test_a_number_counts_in_digits_and_in_words(ground: Grounding, claim: str, missing: list[str]) -> None:
    assert ground.ungrounded_numbers(claim) == missing


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("two of 3 ships", {"2", "3"}),
        ("1,000,000", {"1000000"}),
        ("0.50", {"0.5"}),
        ("007", {"7"}),
        ("0", {"0"}),
        ("no figures, only one word", set()),
        ("two-thirds", {"2"}),
    ],
)
def test_numbers_have_one_normal_form(text: str, numbers: set[str]) -> None:
    assert set(numbers_in(text)) == numbers


@pytest.mark.parametrize(
    "claim",
    [
        "Müller: “We are actively preparing.”",
        'Müller: "We are actively preparing"',
        "he is “actively preparing”",
        "the minister’s adviser",
        'he said "we are  actively preparing,"',
        "no quotation at all",
    ],
)
def test_a_verbatim_quotation_is_kept_whatever_its_marks(ground: Grounding, claim: str) -> None:
    assert ground.altered_quotes(claim) == []


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Müller: “We are busily preparing”", "We are busily preparing"),
        ('Rell said "the ships are ours"', "the ships are ours"),
        ("“actively prepared”", "actively prepared"),
    ],
)
def test_a_paraphrase_in_quotation_marks_is_reported(ground: Grounding, claim: str, quote: str) -> None:
    assert ground.altered_quotes(claim) == [quote]


def test_each_altered_quotation_of_a_claim_is_reported(ground: Grounding) -> None:
    assert ground.altered_quotes("“actively preparing” and “never mind” and “so be it”") == [
        "never mind",
        "so be it",
    ]


@pytest.mark.parametrize(
    ("claim", "sentences", "share"),
    [
        ("The United States will hold talks", [1], 1.0),
        ("U.S. talks with North Koreans", [1], 1.0),
        ("ships leave", [2], 1.0),
        ("ships leave", [1], 0.0),
        ("ships leave Port Selm", [1], 0.5),
        ("ships leave Port Selm", [1, 2], 1.0),
        ("leaving sailors", [2], 1.0),
        ("the of and", [1], 0.0),
        ("", [1], 0.0),
        ("ships", [], 0.0),
    ],
)
def test_support_is_the_share_of_content_words_that_the_sentences_have(
    ground: Grounding, claim: str, sentences: list[int], share: float
) -> None:
    assert ground.support(claim, sentences) == pytest.approx(share)


@pytest.mark.parametrize(
    ("claim", "at_least", "n"),
    [
        ("twenty-four ships would leave", 0.8, 2),
        ("talks in Port Selm", 0.8, 1),
        ("the accord dates from 1998", 0.8, 4),
        ("submarines were sunk", 0.5, None),
        ("the of", 0.5, None),
    ],
)
def test_the_sentence_that_carries_a_claim_best_is_found(
    ground: Grounding, claim: str, at_least: float, n: int | None
) -> None:
    assert ground.carrying(claim, at_least=at_least) == n


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("American ships", "ships of the United States"),
        ("the U.S. fleet", "the American fleet"),
        ("North Korean satellites", "satellites of the DPRK"),
        ("visits planned", "planning visits"),
    ],
)
def test_content_words_compare_by_stem_and_states_by_code(one: str, other: str) -> None:
    assert content_stems(one) == content_stems(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("South Korea", "North Korea"), ("Pyongyang", "North Korea"), ("Russian visit", "Prussian visit")],
)
def test_content_words_keep_apart_what_is_different(one: str, other: str) -> None:
    assert content_stems(one) != content_stems(other)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("The  Selm Kurier", "selm kurier"),
        ("U.S.", "us"),
        ("Bo Müller", "bo muller"),
        ("Theodor Rell", "theodor rell"),
        ("Rell, Ada", "rell ada"),
    ],
)
def test_names_are_compared_without_article_stops_and_accents(name: str, folded: str) -> None:
    assert fold_name(name) == folded


@given(st.text(max_size=40))
def test_folding_a_folded_word_changes_nothing_more_than_possessives(text: str) -> None:
    assert fold(fold(text)).startswith(fold(fold(fold(text))))


@pytest.mark.parametrize(
    ("text", "word", "negated"),
    [
        ("The palace has not confirmed the dates", "confirmed", True),
        ("The palace has not yet officially confirmed the dates", "confirmed", True),
        ("Nobody confirmed the dates", "confirmed", True),
        ("The palace has yet to confirm the dates", "confirm", True),
        ("The palace declined to confirm the dates", "confirm", True),
        ("The palace hasn’t confirmed the dates", "confirmed", True),
        ("The palace hasn't confirmed the dates", "confirmed", True),
        ("The palace stopped short of confirming the dates", "confirming", True),
        ("The palace confirmed the dates", "confirmed", False),
        ("The trip was not short, but the palace confirmed the dates", "confirmed", False),
        ("It is not large; the palace confirmed the dates", "confirmed", False),
        ("Although he did not speak, the palace confirmed the dates", "confirmed", False),
    ],
)
def test_a_negation_counts_in_its_own_clause_only(text: str, word: str, negated: bool) -> None:
    assert is_negated(text, text.index(word)) is negated


@pytest.mark.parametrize("phrase", ["Port  Selm", "port selm", "the minister's adviser", "“We are actively"])
def test_a_phrase_is_found_in_any_case_and_spacing(ground: Grounding, phrase: str) -> None:
    assert ground.has_phrase(phrase)


def test_a_phrase_of_words_in_another_order_is_not_found(ground: Grounding) -> None:
    assert not ground.has_phrase("Selm Port")


@given(st.text(max_size=200))
def test_every_text_vouches_for_its_own_numbers_and_quotations(text: str) -> None:
    text = f"Ada Rell spoke. {text}"
    article = article_of(text)
    own = Grounding(article)
    assert own.ungrounded_numbers(article.text) == []
    assert own.altered_quotes(article.text) == []
