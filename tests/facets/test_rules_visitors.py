"""V02 on who cannot travel: found in briefs of the embedded model."""

from __future__ import annotations

import pytest

from briefgen import Article, BriefGenerator
from briefgen.testing import ScriptedModel

TEXT = (
    "Ada Rell is planning to visit Norland and Velia in June, the daily Kurier reported. "
    "The planned visit to Velia also holds strategic value for Norland. "
    "The Norlandic government has said nothing, and the Velian government neither."
)


@pytest.mark.parametrize(("visitor", "destination", "n"), [("Norland", "Velia", 2), ("Velia", "Norland", 1)])
def test_v02_a_state_named_in_a_sentence_of_the_trip_does_not_travel(
    visitor: str, destination: str, n: int
) -> None:
    entries = [
        {"sentence": 1, "visitors": ["Ada Rell"], "destinations": ["Norland", "Velia"]},
        {"sentence": n, "visitors": [visitor], "destinations": [destination]},
    ]
    brief = BriefGenerator(ScriptedModel({"planned_visits": [{"items": entries}]})).generate(
        Article.from_text(TEXT)
    )
    assert [brief.actor(visit.visitors[0]).name for visit in brief.planned_visits] == ["Ada Rell", "Ada Rell"]
    assert any("V02" in {reason.code for reason in entry.reasons} for entry in brief.withheld)


def test_m03_the_place_behind_a_trip_is_no_aim() -> None:
    text = (
        "Norland's foreign minister Otto Rell said he looked forward to welcoming Ada Lind to Norland soon."
    )
    draft = {"items": [{"sentence": 1, "holder": "Otto Rell", "aim": "welcoming Ada Lind to Norland"}]}
    brief = BriefGenerator(ScriptedModel({"motives": [draft]})).generate(Article.from_text(text))
    assert brief.motives == ()
    assert "M03" in {reason.code for entry in brief.withheld for reason in entry.reasons}


SPEAKER = (
    "Norlandic President Ada Rell will soon visit Velia and Ostia. "
    "The Norlandic ambassador Bo Lind said the president was preparing for the trip. "
    "Another source said Rell will also visit Velia, possibly after her trip to Ostia."
)


def test_v02_a_pronoun_behind_a_name_does_not_stand_for_the_speaker_of_the_sentence_before() -> None:
    """ "Rell will visit Velia after her trip to Ostia": whoever spoke one sentence earlier does not travel."""
    entries = [
        {"sentence": 1, "visitors": ["Ada Rell"], "destinations": ["Velia", "Ostia"]},
        {"sentence": 3, "visitors": ["Bo Lind"], "destinations": ["Ostia"]},
    ]
    brief = BriefGenerator(ScriptedModel({"planned_visits": [{"items": entries}]})).generate(
        Article.from_text(SPEAKER)
    )
    assert {brief.actor(visit.visitors[0]).name for visit in brief.planned_visits} == {"Ada Rell"}
    assert "V02" in {reason.code for entry in brief.withheld for reason in entry.reasons}


def test_a_pronoun_still_stands_for_the_visitor_named_in_the_sentence_before() -> None:
    text = "Ada Rell spoke in Norland on Monday. After that she will travel to Ostia, her office said."
    entries = [{"sentence": 2, "visitors": ["Ada Rell"], "destinations": ["Ostia"]}]
    brief = BriefGenerator(ScriptedModel({"planned_visits": [{"items": entries}]})).generate(
        Article.from_text(text)
    )
    assert [visit.destination.name for visit in brief.planned_visits] == ["Ostia"]


def test_why_a_visit_is_put_off_is_not_its_purpose() -> None:
    text = "Norlandic President Ada Rell is postponing her trip to Ostia to oversee the work after the flood."
    entries = [{"sentence": 1, "visitors": ["Ada Rell"], "destinations": ["Ostia"]}]
    brief = BriefGenerator(ScriptedModel({"planned_visits": [{"items": entries}]})).generate(
        Article.from_text(text)
    )
    assert [(visit.status, visit.purpose) for visit in brief.planned_visits] == [("postponed", None)]


@pytest.mark.parametrize(
    ("news", "codes"),
    [
        ("Ada Rell has arrived in Ostia, the palace said.", {"V01"}),
        ("Ada Rell has arrived in Velia, the palace said.", set()),
        ("Bo Lind has arrived in Ostia, the palace said.", set()),
    ],
)
def test_v01_a_visit_is_no_longer_planned_once_the_visitor_has_arrived(news: str, codes: set[str]) -> None:
    text = f"Ostia and Velia are at peace. {news} On Monday it was reported that Ada Rell would visit Ostia on Tuesday."
    entries = [{"sentence": 3, "visitors": ["Ada Rell"], "destinations": ["Ostia"]}]
    brief = BriefGenerator(ScriptedModel({"planned_visits": [{"items": entries}]})).generate(
        Article.from_text(text)
    )
    assert {reason.code for entry in brief.withheld for reason in entry.reasons} == codes
    assert len(brief.planned_visits) == (0 if codes else 1)


def test_a_city_with_its_state_behind_it_is_one_visit() -> None:
    text = "Norwegian Prime Minister Ada Rell will attend a meeting in Lisbon, Portugal, on 3 June. She will stop in Malta."
    entries = [{"sentence": 1, "visitors": ["Ada Rell"], "destinations": ["Lisbon", "Portugal"]}]
    brief = BriefGenerator(ScriptedModel({"planned_visits": [{"items": entries}]})).generate(
        Article.from_text(text)
    )
    assert [visit.destination.name for visit in brief.planned_visits] == ["Portugal"]


def test_v02_the_prime_minister_is_nobody_with_another_office() -> None:
    """ "invited the prime minister to Ostia": not Secretary Lind, who was named one sentence before."""
    text = (
        "President Ada Rell said Secretary Bo Lind will represent her in Velia. "
        "Rell also invited the prime minister to visit Ostia later this year."
    )
    entries = [{"sentence": 2, "visitors": ["Bo Lind"], "destinations": ["Ostia"]}]
    model = ScriptedModel(
        {
            "actors": [{"items": [{"name": "Bo Lind", "kind": "person"}]}],
            "planned_visits": [{"items": entries}],
        }
    )
    brief = BriefGenerator(model).generate(Article.from_text(text))
    assert brief.planned_visits == ()
    assert "V02" in {reason.code for entry in brief.withheld for reason in entry.reasons}
