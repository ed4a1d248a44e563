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
