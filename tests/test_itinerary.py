"""Which of two journeys comes first, read from one sentence and from several."""

from __future__ import annotations

import pytest

from briefgen.itinerary import Order, orders_in, orders_told

NAMES = {"o": "Ostia", "v": "Velia", "e": "Estmark"}


@pytest.mark.parametrize(
    "text",
    [
        "Rell will visit Velia after Ostia.",
        "Rell will visit Ostia, then Velia.",
        "Rell will travel to Ostia and then on to Velia.",
        "Rell will visit Ostia before going on to Velia.",
        "After her trip to Ostia, Rell will fly to Velia.",
        "Before flying to Velia, Rell will visit Ostia.",
        "The trip to Velia follows Rell’s visit to Ostia.",
        "A visit to Ostia will be followed by a stop in Velia.",
        "Rell will visit Ostia on Tuesday and Wednesday, then Velia for two days.",
        "Rell will visit Ostia first and Velia second.",
        "Rell will stop in Velia on the way back from Ostia.",
    ],
)
def test_ostia_comes_before_velia(text: str) -> None:
    assert orders_in(text, NAMES) == (Order("o", "v"),)


@pytest.mark.parametrize(
    "text",
    [
        "Rell will visit Ostia and Velia.",
        "Rell will visit Ostia, which then sent a minister to Velia.",
        "Rell will visit Ostia after a quarrel over fish with Velia.",
        "Rell will visit Ostia. Then she met the king of Velia.",
        "Rell will visit Ostia after Norland.",
        "Rell will visit Ostia.",
        "",
    ],
)
def test_nothing_orders_these(text: str) -> None:
    assert orders_in(text, NAMES) == ()


def test_a_likely_order_is_marked() -> None:
    text = "Rell could visit Velia as early as June, most likely right after her trip to Ostia."
    assert orders_in(text, NAMES) == (Order("o", "v", hedged=True),)


def test_places_in_one_row_share_their_place_in_the_order() -> None:
    found = orders_in("After Ostia and Velia, Rell will fly to Estmark.", NAMES)
    assert set(found) == {Order("o", "e"), Order("v", "e")}


def test_then_and_begin_order_the_journeys_of_several_sentences() -> None:
    texts = ["Rell will visit Ostia in June.", "She will also meet envoys.", "She will then travel to Velia."]
    assert Order("o", "v") in orders_told(texts, NAMES)
    begins = orders_told(
        ["Rell will begin her trip with a visit to Estmark.", "She plans to visit Velia."], NAMES
    )
    assert {Order("e", "o"), Order("e", "v")} <= set(begins)


def test_then_of_a_past_journey_orders_nothing() -> None:
    assert orders_told(["Rell visited Ostia in 2019.", "She then travelled to Velia."], NAMES) == ()
