"""What a retold sentence may not change, and what it may: word by word (alignment), strength, source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from briefgen.faithfulness import faults, headline_faults
from core_helpers import cast_of

if TYPE_CHECKING:
    from briefgen.cast import Cast

ACCUSED = "Norland and Ostia accused Velia of jamming two radios in March."
PLAN = "Norlandic President Ada Rell plans to visit Ostia and Velia in May, the Selm Kurier reported."
PASSIVE = "Velia was accused by Norland of jamming two radios, a charge that Velia rejected."
PROMISE = "Ada Rell promised to help Ostia build three dams, and wants to finish the first before June."
SHE = "Ada Rell came late. She said that Norland had stopped the talks."
DATES = "The Ostian government has not yet confirmed the dates of the visit to Ostia."


def cast(text: str) -> Cast:
    known = ("Norland", "Ostia", "Velia", "Ada Rell", "Selm Kurier")
    names = [name for name in known if re.search(rf"\b{name}\b", text)]
    return cast_of(f"{text} Estmark and Bo Lind were silent.", *names, "Estmark", "Bo Lind")


def codes(claim: str, text: str, n: int = 1) -> set[str]:
    return {code for code, _ in faults(claim, (n,), cast(text))}


@pytest.mark.parametrize(
    ("claim", "text", "code"),
    [
        ("Norland and Velia accused Ostia of jamming two radios.", ACCUSED, "G02"),
        ("Velia and Ostia accused Norland of jamming two radios.", ACCUSED, "L03"),
        ("Norland accused Velia of jamming two radios.", ACCUSED, "L04"),
        ("Norland, Ostia and Estmark accused Velia of jamming two radios.", ACCUSED, "G02"),
        ("Norland and Ostia accused Velia of jamming three radios.", ACCUSED, "G02"),
        ("Norland and Ostia accused Velia of jamming two radios in May.", ACCUSED, "G02"),
        ("Norland and Ostia proved that Velia was guilty of jamming two radios.", ACCUSED, "L08"),
        ("Velia was jamming two radios in March.", ACCUSED, "L08"),
        ("Norland was accused by Velia of jamming two radios.", PASSIVE, "G02"),
        ("Ada Rell will visit Ostia and Velia in May, the Selm Kurier reported.", PLAN, "C04"),
        ("Ada Rell visited Ostia and Velia in May, the Selm Kurier reported.", PLAN, "C04"),
        ("Ada Rell plans to visit Ostia and Velia in May.", PLAN, "S03"),
        ("Ada Rell plans to visit Ostia and Velia in May, Bo Lind reported.", PLAN, "S01"),
        ("Former President Ada Rell plans to visit Ostia, the Selm Kurier reported.", PLAN, "G09"),
        ("Ada Rell plans to visit Ostia and.", PLAN, "G02"),
        (
            "Ada Rell plans to visit Ostia, the Selm Kurier reported. This will change the region.",
            PLAN,
            "G02",
        ),
        ("Ada Rell plans to visit Ostia because of Velia, the Selm Kurier reported.", PLAN, "G02"),
        ("Ada Rell helped Ostia build three dams.", PROMISE, "C04"),
        ("Ada Rell builds three dams.", PROMISE, "C04"),
        ("Ada Rell promised to help Ostia build three dams after June.", PROMISE, "G02"),
        ("Ada Rell did not promise to help Ostia build three dams.", PROMISE, "V04"),
        ("Ada Rell said that Norland had started the talks.", SHE, "G02"),
        ("Norland said that Ada Rell had stopped the talks.", SHE, "S01"),
        ("Bo Lind said that Norland had stopped the talks.", SHE, "S01"),
        ("The Ostian government has confirmed the dates of the visit to Ostia.", DATES, "V04"),
        ("The Ostian government has not yet confirmed the visit to Ostia.", DATES, "V08"),
        ("She has not confirmed the dates of the visit.", DATES, "S01"),
    ],
)
def test_a_change_of_what_the_sentence_says_is_found(claim: str, text: str, code: str) -> None:
    assert code in codes(claim, text, 2 if text == SHE else 1)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Norland and Ostia accused Velia of jamming two radios.", ACCUSED),
        ("Ostia and Norland accused Velia of jamming radios.", ACCUSED),
        ("Velia was accused by Norland and Ostia of jamming two radios in March.", ACCUSED),
        ("Norland accused Velia of jamming two radios.", PASSIVE),
        ("President Ada Rell plans to visit Velia and Ostia in May, according to the Selm Kurier.", PLAN),
        ("In May, Ada Rell plans to visit Ostia and Velia, the Selm Kurier reported.", PLAN),
        ("The Selm Kurier reported that Rell plans to visit Ostia.", PLAN),
        ("Ada Rell promised to help Ostia build three dams.", PROMISE),
        ("Ada Rell promised help with three dams in Ostia.", PROMISE),
        ("Ada Rell said that Norland had stopped the talks.", SHE),
        ("Norland had stopped the talks, Ada Rell said.", SHE),
        ("The Ostian government has not confirmed the dates of the visit.", DATES),
        ("The dates of the visit to Ostia have not yet been confirmed by the Ostian government.", DATES),
    ],
)
def test_a_fair_rewording_is_left_alone(claim: str, text: str) -> None:
    assert codes(claim, text, 2 if text == SHE else 1) == set()


@pytest.mark.parametrize(
    ("headline", "found"),
    [
        ("Ada Rell plans visits to Ostia and Velia", set()),
        ("Norlandic president plans to visit Ostia", set()),
        ("Norlandic minister plans to visit Ostia", {"G02"}),
        ("Bo Lind plans to visit Ostia and Velia", {"G02"}),
        ("He plans to visit Ostia and Velia", {"S01"}),
        ("Ada Rell plans to visit Ostia and", {"G02"}),
        ("Ada Rell plans three visits to Ostia and Velia", {"G02"}),
    ],
)
def test_a_headline_may_be_short_and_leave_out_who_says_so(headline: str, found: set[str]) -> None:
    assert {code for code, _ in headline_faults(headline, [1], cast(PLAN))} == found


def test_a_headline_that_one_of_its_sentences_carries_is_left_alone() -> None:
    text = "Ada Rell met Bo Lind in Ostia. Bo Lind met Ada Rell in Velia, where the harbour was closed."
    assert not list(headline_faults("Bo Lind met Ada Rell in Velia", [1, 2], cast(text)))
