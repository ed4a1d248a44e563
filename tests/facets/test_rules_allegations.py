"""Allegations: rules L01 to L07 (and L08 of the background), each broken on purpose and left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from briefgen.brief import Response
from briefgen.evidence import whole_sentence
from core_helpers import (
    actor_id,
    allegation,
    article_of,
    audited,
    brief_of,
    broken,
    critical,
    government,
    noted_codes,
    withheld_codes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.article import Article
    from briefgen.brief import Brief

TEXT = (
    "Norland and Ostia accused Velia of jamming the radio of their ships. "
    "Velia declined to confirm or deny it. "
    "Norland is concerned about the fleet of Estmark. "
    "Velia visited nobody. "
    "Estmark said that the weather is good."
)
ACTORS = government("Norland", "Ostia", "Velia", "Estmark")
CLAIM = "Velia jammed the radio of their ships"
RESPONSES = "neither_confirmed_nor_denied"


@pytest.fixture(scope="module")
def article() -> Article:
    return article_of(TEXT)


@pytest.fixture(scope="module")
def brief(article: Article) -> Brief:
    entry = allegation(1, ["Norland", "Ostia"], ["Velia"], CLAIM)
    return brief_of(article, actors=ACTORS, allegations=[entry])


def made(text: str, *entries: dict[str, Any]) -> Brief:
    """The brief of a careless draft; what it lets through breaks no critical rule."""
    article = article_of(f"{text} Norland, Ostia, Velia and Estmark are states.")
    brief = brief_of(article, actors=ACTORS, allegations=list(entries))
    assert critical(brief, article) == []
    return brief


def names(brief: Brief, ids: Iterable[str]) -> list[str]:
    """Names of the actors with these ids."""
    return [brief.actor(each).name for each in ids]


def test_a_sound_allegation_breaks_no_rule(brief: Brief, article: Article) -> None:
    (item,) = brief.allegations
    assert item.status == "unresolved"
    assert [(response.by, response.stance) for response in item.responses] == [
        (actor_id(brief, "Velia"), RESPONSES)
    ]
    assert audited(brief, article) == set()


# -- L01 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_l01_evidence_that_accuses_nobody_is_caught(brief: Brief, article: Article, n: int) -> None:
    bad = broken(brief, "allegations", evidence=(whole_sentence(article, n),))
    assert "L01" in audited(bad, article)


@pytest.mark.parametrize(
    "text",
    [
        "Norland is concerned about the fleet of Velia.",
        "Norland criticised the fleet of Velia.",
        "Norland warned Velia about its fleet.",
        "Norland demanded that Velia withdraw its fleet.",
        "Norland imposed sanctions on Velia over its fleet.",
        "Norland urged Velia to recall its fleet.",
    ],
)
def test_l01_concern_criticism_warning_and_demand_are_withheld(text: str) -> None:
    brief = made(text, allegation(1, ["Norland"], ["Velia"], "Velia has a fleet"))
    assert brief.allegations == ()
    assert withheld_codes(brief, "allegations") & {"L01", "G02"}


@pytest.mark.parametrize("modal", ["should", "must", "ought to"])
def test_l01_what_is_to_be_done_is_no_deed(modal: str) -> None:
    text = f"Norland alleged that Velia sank a ship and said inspectors {modal} be let into Velia."
    brief = made(text, allegation(1, ["Norland"], ["Velia"], f"inspectors {modal} be let into Velia"))
    assert "L01" in withheld_codes(brief, "allegations")


@pytest.mark.parametrize(
    "text",
    [
        "Norland accused Velia of sinking a ship.",
        "Norland alleged that Velia sank a ship.",
        "Norland blamed Velia for sinking a ship.",
        "Velia was accused by Norland of sinking a ship.",
        "Velia allegedly sank a ship, according to Norland.",
        "Norland said Velia had attacked and was sinking a ship.",
    ],
)
def test_l01_leaves_an_accusation_alone(text: str) -> None:
    brief = made(text, allegation(1, ["Norland"], ["Velia"], "Velia is sinking a ship"))
    assert "L01" not in withheld_codes(brief, "allegations")


# -- L02 and L03 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accusers", "accused"),
    [
        (["Estmark"], ["Velia"]),
        (["Norland"], ["Estmark"]),
        (["Norland"], ["Norland"]),
        (["Velia"], ["Velia"]),
        (["Norland", "Velia"], ["Velia"]),
    ],
)
def test_l02_a_party_that_is_none_is_caught(
    brief: Brief, article: Article, accusers: list[str], accused: list[str]
) -> None:
    bad = broken(
        brief,
        "allegations",
        accusers=tuple(actor_id(brief, name) for name in accusers),
        accused=tuple(actor_id(brief, name) for name in accused),
    )
    assert {"L02", "L03"} & audited(bad, article)


def test_l03_swapped_parties_are_caught(brief: Brief, article: Article) -> None:
    (item,) = brief.allegations
    bad = broken(brief, "allegations", accusers=item.accused, accused=item.accusers)
    assert "L03" in audited(bad, article)


def test_l03_a_claim_in_which_the_accuser_acts_is_caught(brief: Brief, article: Article) -> None:
    bad = broken(brief, "allegations", claim="Norland jammed the radio of Velia")
    assert "L03" in audited(bad, article)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Norland accused Velia of sinking a ship.", "Norland is sinking a ship"),
        ("Velia was accused by Norland of sinking a ship.", "Velia is sinking a ship"),
        ("Norland alleged that Velia sank a ship.", "Norland sank a ship"),
        ("Norland blamed Velia for sinking a ship.", "Norland is sinking a ship"),
    ],
)
def test_l03_a_swapped_draft_is_withheld(text: str, claim: str) -> None:
    brief = made(text, allegation(1, ["Velia"], ["Norland"], claim))
    assert all(names(brief, item.accused) == ["Velia"] for item in brief.allegations)
    assert withheld_codes(brief, "allegations") & {"L02", "L03"}


@pytest.mark.parametrize(
    "text",
    [
        "Norland accused Velia of sinking a ship.",
        "Velia was accused by Norland of sinking a ship.",
        "Velia, accused by Norland of sinking a ship, denied it.",
        "In Estmark, Norland accused Velia of sinking a ship.",
    ],
)
def test_l02_and_l03_leave_the_parties_of_the_sentence_alone(text: str) -> None:
    brief = made(text, allegation(1, ["Norland"], ["Velia"], "Velia is sinking a ship"))
    (item,) = brief.allegations
    assert [brief.actor(each).name for each in item.accusers] == ["Norland"]
    assert [brief.actor(each).name for each in item.accused] == ["Velia"]


# -- L04 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", ["Norland", "Ostia"])
def test_l04_a_joint_accuser_left_out_is_noted(brief: Brief, article: Article, kept: str) -> None:
    bad = broken(brief, "allegations", accusers=(actor_id(brief, kept),))
    assert "L04" in audited(bad, article)
    assert "L04" not in {code for _, _, code in critical(bad, article)}


@pytest.mark.parametrize("named", [["Norland"], ["Ostia"], ["Norland", "Ostia"]])
def test_l04_code_adds_the_joint_accuser_to_a_draft(named: list[str]) -> None:
    brief = made(TEXT, allegation(1, named, ["Velia"], CLAIM))
    (item,) = brief.allegations
    assert {brief.actor(each).name for each in item.accusers} == {"Norland", "Ostia"}
    assert noted_codes(brief, "allegations") == set()


@pytest.mark.parametrize(
    "text",
    [
        "Norland accused Velia of sinking a ship.",
        "Norland, which borders Ostia, accused Velia of sinking a ship.",
        "In Ostia, Norland accused Velia of sinking a ship.",
        "Ostia spoke, and Norland accused Velia of sinking a ship.",
    ],
)
def test_l04_a_bystander_is_not_made_an_accuser(text: str) -> None:
    brief = made(text, allegation(1, ["Norland"], ["Velia"], "Velia is sinking a ship"))
    (item,) = brief.allegations
    assert [brief.actor(each).name for each in item.accusers] == ["Norland"]


# -- L05 and L06 -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "stance", ["denied", "admitted", "declined_to_comment", "did_not_respond", "counter_accused"]
)
def test_l05_a_response_other_than_the_sentence_gives_is_caught(
    brief: Brief, article: Article, stance: str
) -> None:
    (item,) = brief.allegations
    said = item.responses[0].model_copy(update={"stance": stance})
    assert "L05" in audited(broken(brief, "allegations", responses=(said,)), article)


@pytest.mark.parametrize(
    ("answer", "stance"),
    [
        ("Velia denied it.", "denied"),
        ("Velia declined to confirm or deny it.", "neither_confirmed_nor_denied"),
        ("Velia neither confirmed nor denied it.", "neither_confirmed_nor_denied"),
        ("Velia declined to comment.", "declined_to_comment"),
        ("Velia did not respond to a request.", "did_not_respond"),
        ("Velia admitted it.", "admitted"),
        ("The Velian government rejected the charge.", "denied"),
        ("Estmark denied it.", "not_reported"),
        ("It rained.", "not_reported"),
        ("Velia did not deny it.", "not_reported"),
    ],
)
def test_l05_l06_the_stance_follows_the_cue_and_is_left_alone(answer: str, stance: str) -> None:
    text = f"Norland accused Velia of sinking a ship. {answer}"
    brief = made(text, allegation(1, ["Norland"], ["Velia"], "Velia is sinking a ship"))
    (item,) = brief.allegations
    assert [response.stance for response in item.responses] == [stance]
    assert [brief.actor(response.by).name for response in item.responses] == ["Velia"]


@pytest.mark.parametrize("stance", [None, "not_reported"])
def test_l06_a_response_left_out_is_caught(brief: Brief, article: Article, stance: str | None) -> None:
    silent = () if stance is None else (Response(by=actor_id(brief, "Velia"), stance="not_reported"),)
    assert "L06" in audited(broken(brief, "allegations", responses=silent), article)


def test_l06_an_accused_without_an_entry_is_caught() -> None:
    article = article_of("Norland accused Velia and Estmark of sinking a ship. Velia denied it.")
    entry = allegation(1, ["Norland"], ["Velia", "Estmark"], "Velia and Estmark are sinking a ship")
    brief = brief_of(article, actors=government("Norland", "Velia", "Estmark"), allegations=[entry])
    (item,) = brief.allegations
    assert {brief.actor(r.by).name: r.stance for r in item.responses} == {
        "Velia": "denied",
        "Estmark": "not_reported",
    }
    for kept in item.responses:
        assert "L06" in audited(broken(brief, "allegations", responses=(kept,)), article)


# -- L07 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["admitted", "withdrawn", "adjudicated"])
def test_l07_an_allegation_closed_without_ground_is_caught(
    brief: Brief, article: Article, status: str
) -> None:
    assert "L07" in audited(broken(brief, "allegations", status=status), article)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Norland accused Velia of sinking a ship.", "unresolved"),
        ("Norland accused Velia of sinking a ship. Velia denied it.", "unresolved"),
        ("Norland accused Velia of sinking a ship, which Velia admitted.", "admitted"),
        ("Norland accused Velia of sinking a ship. Velia admitted it.", "admitted"),
        ("Norland accused Velia of sinking a ship but later withdrew the charge.", "withdrawn"),
        ("Norland accused Velia of sinking a ship. Velia has not admitted it.", "unresolved"),
    ],
)
def test_l07_a_status_with_ground_is_left_alone(text: str, status: str) -> None:
    brief = made(text, allegation(1, ["Norland"], ["Velia"], "Velia is sinking a ship"))
    (item,) = brief.allegations
    assert item.status == status


# -- L08 (background) ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Norland accused Velia of sinking a ship last year.", "Velia was sinking a ship last year"),
        ("Norland alleged that Velia sank a ship last year.", "Velia sank a ship last year"),
        ("Velia allegedly sank a ship last year.", "Velia sank a ship last year"),
        ("Norland blamed Velia for the fire last year.", "Velia started the fire last year"),
    ],
)
def test_l08_an_allegation_told_as_background_is_withheld(text: str, told: str) -> None:
    article = article_of(text)
    brief = brief_of(article, background=[{"sentence": 1, "text": told}])
    assert brief.background == ()
    assert withheld_codes(brief, "background") & {"L08", "G02"}


def test_l08_is_the_code_of_an_allegation_told_as_a_fact() -> None:
    article = article_of("Velia allegedly sank a ship last year.")
    brief = brief_of(article, background=[{"sentence": 1, "text": "Velia sank a ship last year"}])
    assert "L08" in withheld_codes(brief, "background")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Norland and Velia signed an accord last year.", "Norland and Velia signed an accord last year"),
        ("Velia joined the bloc in 1998 and has since paid.", "Velia joined the bloc in 1998"),
        (
            "Norland accused Velia of sinking a ship last year.",
            "Norland accused Velia of sinking a ship last year",
        ),
    ],
)
def test_l08_leaves_facts_and_attributed_allegations_alone(text: str, told: str) -> None:
    brief = brief_of(article_of(text), background=[{"sentence": 1, "text": told}])
    assert withheld_codes(brief, "background") == set()
    assert [item.text for item in brief.background] == [told]


# -- what is not there ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (allegation(99, ["Norland"], ["Velia"], CLAIM), "G04"),
        (allegation(1, ["Zembla"], ["Velia"], CLAIM), "A02"),
        (allegation(1, ["Norland"], ["Zembla"], CLAIM), "A02"),
        (allegation(1, ["Norland"], ["Velia"], "Velia bombed two hospitals"), "G02"),
        (allegation(1, ["Norland"], ["Velia"], "Velia jammed the radio of their 17 ships"), "G06"),
        (allegation(1, ["Norland"], ["Velia"], "Velia jammed the radio of Zemblan ships"), "G05"),
        (allegation(1, ["Norland"], ["Velia"], "Velia “jammed the radio” of their ships"), "G07"),
        (allegation(1, ["Norland"], ["they"], CLAIM), "A02"),
    ],
)
def test_an_allegation_of_what_is_not_there_is_withheld(entry: dict[str, Any], code: str) -> None:
    brief = made(TEXT, entry)
    assert brief.allegations == made(TEXT).allegations, "only what code reads by itself"
    assert code in withheld_codes(brief, "allegations")


@pytest.mark.parametrize(
    "entry",
    [
        allegation(1, [], [], ""),
        allegation(1, ["Norland"], [], CLAIM),
        allegation(1, ["Norland"], ["null"], CLAIM),
        allegation(1, ["Norland"], ["Velia"], "null"),
    ],
)
def test_an_entry_that_says_there_is_no_allegation_is_neither_item_nor_withheld(
    entry: dict[str, Any],
) -> None:
    brief = made(TEXT, entry)
    assert brief.allegations == made(TEXT).allegations, "only what code reads by itself"
    assert withheld_codes(brief, "allegations") == set()


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("In January, Norland accused Velia of sinking a ship.", "In January"),
        ("Norland accused Velia of sinking a ship.", None),
        ("Norland accused Velia of sinking a ship in 2019.", None),
        ("On Monday Norland accused Velia of sinking a ship in 2019.", "On Monday"),
    ],
)
def test_the_time_of_an_allegation_is_that_of_the_accusing_not_of_the_act(
    text: str, phrase: str | None
) -> None:
    brief = made(text, allegation(1, ["Norland"], ["Velia"], "Velia is sinking a ship"))
    (item,) = brief.allegations
    assert (item.made.text if item.made else None) == phrase


def test_l02_who_died_is_not_accused_of_it() -> None:
    text = (
        "“Norland loses today, by the murder of Pia Orn,” Norland's president wrote, and accused Velia of it."
    )
    brief = made(
        text, allegation(1, ["Norland"], ["Pia Orn"], "Norland loses today, by the murder of Pia Orn")
    )
    assert "L02" in withheld_codes(brief, "allegations")


def test_l02_who_is_accused_of_a_murder_stays() -> None:
    text = "Norland accused Velia of the murder of Pia Orn."
    assert made(text, allegation(1, ["Norland"], ["Velia"], "the murder of Pia Orn")).allegations


def test_a_claim_does_not_say_again_who_makes_it() -> None:
    text = "Norland alleged that Velia sank a ship."
    (item,) = made(
        text, allegation(1, ["Norland"], ["Velia"], "Norland alleged that Velia sank a ship")
    ).allegations
    assert item.claim == "Velia sank a ship"
