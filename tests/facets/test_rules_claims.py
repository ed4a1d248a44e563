"""What an allegation's claim, its answers and a motive's aim may say: G02, L02, L03, L05, V04, C01 and C04 of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from base_briefs import base
from breaking import changed

from briefgen.verification import audit
from core_helpers import allegation, article_of, brief_of, government, motive, withheld_codes

if TYPE_CHECKING:
    from briefgen.brief import Brief

STATES = government("Norland", "Ostia", "Velia", "Estmark")


def accused_of(text: str, claim: str, accused: str = "Velia") -> Brief:
    """The brief of a sentence in which Norland accuses, and a draft with this claim."""
    article = article_of(f"{text} Norland, Ostia, Velia and Estmark are states.")
    return brief_of(article, actors=STATES, allegations=[allegation(1, ["Norland"], [accused], claim)])


def codes(name: str, **fields: Any) -> set[str]:
    brief = changed("allegations", **fields)(base(name))
    found = audit(brief, base(name).article)
    return {finding.code for facet, _, finding in found if facet == "allegations" and finding.critical}


@pytest.mark.parametrize(
    ("name", "claim", "code"),
    [
        ("joint", "Velia jammed the radio of their ships and hid the evidence afterwards", "G02"),
        ("passive", "Marland rammed a trawler, killing four men", "G02"),
        ("said", "Norland sought to bribe two pilots and had paid them", "V04"),
        ("said", "Norland bribed two pilots and had not paid them", "C04"),
        ("joint", "Velia did not jam the radio of their ships", "V04"),
        ("passive", "Estmark rammed a trawler", "L03"),
        ("joint", "Ostia jammed the radio of their ships", "L03"),
    ],
)
def test_a_claim_changed_in_a_verified_brief_is_caught(name: str, claim: str, code: str) -> None:
    assert code in codes(name, claim=claim)


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("joint", "Velia jammed the radio of Norland's and Ostia's ships"),
        ("joint", "Velia jammed radio of ships"),
        ("passive", "Marland rammed a trawler in 2019"),
        ("said", "Norland sought to bribe two pilots"),
        ("said", "Norland had not paid two pilots"),
        ("neither_nor", "Kasmere supplied rebels with anti-aircraft missiles"),
        ("passive_accusation", "Sorland rammed a trawler inside Dravian waters"),
    ],
)
def test_a_claim_in_other_words_is_left_alone(name: str, claim: str) -> None:
    assert codes(name, claim=claim) == set()


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Norland said that Velia may have sunk a ship.", "Velia sank a ship"),
        ("Norland accused Velia of possibly having sunk a ship.", "Velia sunk a ship"),
        ("Norland alleged that Velia could have bombed a port.", "Velia bombed a port"),
    ],
)
def test_c01_a_hedge_of_the_claim_is_not_dropped(text: str, claim: str) -> None:
    assert withheld_codes(accused_of(text, claim), "allegations") & {"C01", "L01"}


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Norland accused Velia of arming Estmark.", "Estmark"),
        ("Norland accused Velia of firing missiles of Estmark at Ostia.", "Ostia"),
        ("Norland alleged that Velia bombed the port of Ostia.", "Ostia"),
        ("Norland says Velia sank a ship of Estmark.", "Estmark"),
        ("Norland told Ostia that Velia had attacked a port.", "Ostia"),
        ("In Estmark, Norland accused Velia of spying.", "Estmark"),
        ("Norland condemned the accord between Velia and Estmark.", "Velia"),
    ],
)
def test_l02_one_who_is_only_named_in_the_accusation_is_not_accused(text: str, party: str) -> None:
    brief = accused_of(text, f"{party} did it", party)
    assert all(brief.actor(each).name != party for item in brief.allegations for each in item.accused)
    assert withheld_codes(brief, "allegations")


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Norland accused Velia and Estmark of arming rebels.", "Velia was arming rebels"),
        ("Norland said on Monday that Velia had attacked a port.", "Velia had attacked a port"),
        ("Norland has said for months that Velia is arming rebels.", "Velia is arming rebels"),
        ("Norland said the attack was carried out by Velia.", "The attack was carried out by Velia"),
        ("Norland blamed the attack on Velia.", "The attack on Velia"),
        ("“Velia has attacked a port,” Norland said.", "Velia has attacked a port"),
    ],
)
def test_l02_leaves_the_accused_of_the_sentence_alone(text: str, claim: str) -> None:
    assert "L02" not in withheld_codes(accused_of(text, claim), "allegations")


@pytest.mark.parametrize(
    ("text", "aim", "code"),
    [
        ("Norland builds roads to avoid a war.", "a war", None),
        ("Norland builds roads in order not to provoke Velia.", "provoke Velia", None),
        ("Norland builds roads to reduce its debts.", "not reduce its debts", "V04"),
        ("Norland builds roads to reduce its debts.", "reduce its debts and conquer the sea", "G02"),
    ],
)
def test_an_aim_keeps_the_word_that_turns_it_round(text: str, aim: str, code: str | None) -> None:
    """A lost “avoid” is put back, an added “not” or a second aim is withheld."""
    article = article_of(f"{text} Norland and Velia are states.")
    brief = brief_of(article, actors=STATES[:3:2], motives=[motive(1, "Norland", aim)])
    if code:
        assert code in withheld_codes(brief, "motives")
    else:
        texts = [item.text.lower() for item in brief.motives]
        assert texts
        assert all(word.startswith(("avoid", "not to")) for word in texts)
