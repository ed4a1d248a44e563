"""Planned or past, plan or possibility, and when: read from one sentence."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.visit_times import timing_of
from briefgen.visits import asserts_plan, destination_spans, leads, reading


def read(text: str, place: str) -> str:
    spans = destination_spans(text, place)
    assert spans, f"{place} is not in the sentence"
    return reading(text, *spans[0])


@pytest.mark.parametrize(
    "text",
    [
        "Rell will visit Ostia next week.",
        "Rell plans to visit Ostia.",
        "Rell is planning a visit to Ostia.",
        "Rell is to visit Ostia.",
        "Rell is scheduled to arrive in Ostia on Monday.",
        "Rell is expected to travel to Ostia in June.",
        "Rell could visit Ostia as early as June.",
        "Rell may travel to Ostia.",
        "Rell intends to fly to Ostia.",
        "Rell accepted an invitation to visit Ostia.",
        "Rell was invited to visit Ostia.",
        "Rell's upcoming trip to Ostia worries Velia.",
        "Rell, who has never been abroad, will visit Ostia.",
        "A planned visit by Rell to Ostia is being prepared.",
        "Rell's visit to Ostia is planned for June.",
        "Rell postponed her visit to Ostia.",
        "Rell's trip to Ostia has been cancelled.",
        "Rell will be welcomed in Ostia on Friday.",
        "Rell is considering a trip to Ostia.",
        "Preparations for Rell's visit to Ostia are under way.",
        "Rell would visit Ostia in the autumn, the palace said.",
        "Rell is due to visit the port of Ostia.",
        "Rell is about to visit Ostia.",
    ],
)
def test_a_visit_still_to_come_is_read_as_planned(text: str) -> None:
    assert read(text, "Ostia") == "planned"


@pytest.mark.parametrize(
    "text",
    [
        "Rell visited Ostia in 2019.",
        "Rell travelled to Ostia last September.",
        "Rell toured Ostia.",
        "Rell's last visit to Ostia was in 2000.",
        "Rell's visit to Ostia took place in May.",
        "Rell paid a visit to Ostia.",
        "Rell flew to Ostia on Monday.",
        "Rell arrived in Ostia on Monday.",
        "Rell has visited Ostia twice.",
        "During a visit to Ostia, Rell spoke of peace.",
        "After visiting Ostia, Rell flew home.",
        "Rell's recent trip to Ostia ended without a deal.",
        "Rell's visit to Ostia was a success.",
    ],
)
def test_a_visit_that_is_over_is_read_as_past(text: str) -> None:
    assert read(text, "Ostia") == "past"


@pytest.mark.parametrize(
    "text",
    [
        "If Rell visits Ostia, Velia will protest.",
        "Unless Rell travels to Ostia, nothing will change.",
        "Rell would have travelled to Ostia.",
        "Had she visited Ostia, things would be better.",
    ],
)
def test_a_visit_under_a_condition_is_no_plan(text: str) -> None:
    assert read(text, "Ostia") != "planned"


@pytest.mark.parametrize(
    "text",
    [
        "Rell said that Ostia is rich.",
        "The trade between Norland and Ostia grows.",
        "Rell will meet the ambassador from Ostia.",
        "The visit was announced by a minister of Ostia.",
    ],
)
def test_a_sentence_without_a_journey_there_is_unclear(text: str) -> None:
    assert read(text, "Ostia") not in {"planned", "past"}


def test_each_destination_of_a_sentence_is_read_for_itself() -> None:
    text = "Rell, who visited Velia in 2019, will travel to Ostia in June."
    assert read(text, "Velia") == "past"
    assert read(text, "Ostia") == "planned"


def test_a_past_visit_beside_a_plan_stays_past() -> None:
    text = "Rell plans to travel to Ostia, but when she visited Velia last year nobody came."
    assert read(text, "Ostia") == "planned"
    assert read(text, "Velia") == "past"


@pytest.mark.parametrize("text", ["Putin is planning to visit North Korea and Vietnam in the coming weeks."])
@pytest.mark.parametrize("place", ["North Korea", "Vietnam"])
def test_coordinated_destinations_are_both_planned(text: str, place: str) -> None:
    assert read(text, place) == "planned"


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Rell will visit Ostia and the Ostia valley", "Ostia", ["Ostia", "Ostia"]),
        ("Rell will visit Hostia", "Ostia", []),
        ("Biden will visit the U.K. in May", "Britain", ["U.K."]),
        ("Putin will fly to Hanoi", "Vietnam", ["Hanoi"]),
        ("Putin's North Korean visit", "North Korea", ["North Korean"]),
        ("North Korean missiles", "North Korea", []),
        ("a visit to OSTIA", "Ostia", ["OSTIA"]),
    ],
)
def test_a_state_is_found_by_its_other_names_too(text: str, name: str, found: list[str]) -> None:
    assert [text[slice(*span)] for span in destination_spans(text, name)] == found


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("Rell will visit Ostia", True),
        ("Rell is reportedly planning to visit Ostia", True),
        ("Rell is planning to visit Ostia and may go on to Velia", True),
        ("Rell may visit Ostia", False),
        ("Rell could visit Ostia", False),
        ("Rell is considering a visit to Ostia", False),
        ("Rell hopes to visit Ostia", False),
        ("Rell will visit Ostia in May", True),
        ("A visit to Ostia is possible", False),
    ],
)
def test_a_plan_is_told_apart_from_a_possibility(text: str, asserted: bool) -> None:
    assert asserts_plan(text) is asserted


@pytest.mark.parametrize(
    ("text", "name", "phrase"),
    [
        ("Rell will visit Ostia on 12 June.", "Ostia", "on 12 June"),
        ("Rell could visit Ostia as early as June.", "Ostia", "as early as June"),
        ("Rell will visit Ostia in June and Velia in July.", "Ostia", "in June"),
        ("Rell will visit Ostia in June and Velia in July.", "Velia", "in July"),
        ("Rell will visit Ostia and Velia in the coming weeks.", "Ostia", "in the coming weeks"),
        ("Rell will visit Ostia and Velia in the coming weeks.", "Velia", "in the coming weeks"),
        ("The palace said on Monday that Rell will visit Ostia.", "Ostia", None),
        ("Rell will visit Ostia.", "Ostia", None),
        ("Rell, who came in 2019, will visit Ostia next week.", "Ostia", "next week"),
    ],
)
def test_a_visit_has_the_time_that_stands_with_its_destination(
    text: str, name: str, phrase: str | None
) -> None:
    timing = timing_of(name, [(1, text)], None)
    assert (timing.text if timing else None) == phrase


def test_real_states_do_not_borrow_each_others_dates() -> None:
    text = "Putin could visit Vietnam as early as June, most likely right after his trip to North Korea."
    vietnam, korea = (timing_of(name, [(4, text)], None) for name in ("Vietnam", "North Korea"))
    assert vietnam is not None
    assert vietnam.text == "as early as June"
    assert korea is None


def test_the_most_precise_time_of_several_sentences_is_taken() -> None:
    told = [(1, "Rell will visit Ostia in June."), (3, "Rell will visit Ostia on 12 June.")]
    timing = timing_of("Ostia", told, dt.date(2024, 5, 1))
    assert timing is not None
    assert timing.earliest == dt.date(2024, 6, 12)


def test_a_sentence_leads_to_its_own_destination_not_to_one_it_only_mentions() -> None:
    text = "Putin will visit Vietnam right after his trip to North Korea."
    assert leads("Vietnam", text)
    assert not leads("North Korea", text)
    assert leads("North Korea", "Putin will visit Vietnam and North Korea.")


@given(st.text(alphabet="Ostia wilvsplanedo,.“ to", max_size=80))
def test_reading_never_raises_and_knows_four_answers(noise: str) -> None:
    text = f"{noise}Ostia {noise}"
    start = text.index("Ostia")
    assert reading(text, start, start + 5) in {"planned", "past", "hypothetical", "unclear"}


def test_a_visits_own_date_goes_before_that_of_the_whole_journey() -> None:
    sentences = [
        (1, "Rell will travel to Norway and Finland from 10 to 15 May."),
        (2, "On 13-15 May, Rell will travel to Helsinki, Finland."),
    ]
    found = timing_of("Finland", sentences, dt.date(2027, 5, 1))
    assert found is not None
    assert found.text == "On 13-15 May"
    whole = timing_of("Norway", sentences[:1], dt.date(2027, 5, 1))
    assert whole is not None
    assert whole.text == "from 10 to 15 May"
