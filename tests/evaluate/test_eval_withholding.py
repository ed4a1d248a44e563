"""Whether what was withheld was right to withhold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from gold_briefs import empty_brief, gold_brief
from invented import GOLD_SET, SOURCE, gold_article, withheld

from briefgen.evaluate import GoldSet, evaluate

if TYPE_CHECKING:
    from briefgen.brief import Brief, Withheld
    from briefgen.evaluate.results import WithheldVerdict

EMPTY = empty_brief(SOURCE.article, actors=gold_brief(SOURCE).actors)
SINKING = "Velia sank a trawler"


def verdicts(*held: Withheld, brief: Brief = EMPTY, gold: GoldSet = GOLD_SET) -> tuple[WithheldVerdict, ...]:
    score = evaluate(gold, {"strait": brief.model_copy(update={"withheld": held})}).articles[0]
    return score.withheld


LOST: dict[str, dict[str, Any]] = {
    "visit": {"facet": "planned_visits", "visitors": ["Bo Lind"], "destination": "Velia", "sentence": 2},
    "visit by title": {
        "facet": "planned_visits",
        "visitors": ["Foreign Minister Bo Lind"],
        "destinations": ["Velia"],
    },
    "visit of ids": {
        "facet": "planned_visits",
        "visitors": ["actor-1"],
        "destination": {"name": "Velia", "country": None},
    },
    "motive by words": {
        "facet": "motives",
        "holder": "Velia",
        "aim": "keep the strait closed",
        "sentence": 1,
    },
    "motive by sentence": {"facet": "motives", "holder": "Velia", "aim": "earn money", "sentences": [8]},
    "allegation": {
        "facet": "allegations",
        "accusers": ["Norland"],
        "accused": ["Velia"],
        "claim": SINKING,
        "sentence": 4,
    },
    "question": {"facet": "open_questions", "question": "Will Lind travel?", "sentence": 2},
    "optional question": {"facet": "open_questions", "question": "Who owned it?"},
}


@pytest.mark.parametrize("name", LOST)
def test_it_was_wrong_to_withhold_what_the_gold_has_and_the_brief_has_not(name: str) -> None:
    (verdict,) = verdicts(withheld(**LOST[name]))
    assert not verdict.right
    assert verdict.gold


@pytest.mark.parametrize("name", LOST)
def test_it_was_right_to_withhold_what_the_brief_has_anyway(name: str) -> None:
    (verdict,) = verdicts(withheld(**LOST[name]), brief=gold_brief(SOURCE))
    assert verdict.right
    assert verdict.gold is None


RIGHTLY: dict[str, dict[str, Any]] = {
    "past visit": {"facet": "planned_visits", "visitors": ["Bo Lind"], "destination": "Kestria"},
    "no visitor": {"facet": "planned_visits", "visitors": [], "destination": "Velia"},
    "another holder": {"facet": "motives", "holder": "Ostia", "aim": "keep the strait closed", "sentence": 8},
    "swapped": {"facet": "allegations", "accusers": ["Velia"], "accused": ["Norland"], "claim": SINKING},
    "another accuser": {
        "facet": "allegations",
        "accusers": ["Ostia"],
        "accused": ["Velia"],
        "claim": SINKING,
    },
    "an accuser too many": {
        "facet": "allegations",
        "accusers": ["Norland", "Ostia"],
        "accused": ["Velia"],
        "claim": SINKING,
    },
    "no accuser": {"facet": "allegations", "accusers": [], "accused": ["Velia"], "claim": SINKING},
    "another question": {"facet": "open_questions", "question": "What did Rell say?", "sentence": 7},
    "nonsense": {"facet": "motives", "holder": 5, "aim": ["x"], "sentence": "no number"},
}


@pytest.mark.parametrize("name", RIGHTLY)
def test_it_was_right_to_withhold_what_the_gold_does_not_have(name: str) -> None:
    (verdict,) = verdicts(withheld(**RIGHTLY[name]))
    assert verdict.right


def test_one_gold_item_excuses_one_entry() -> None:
    entry = withheld(**LOST["visit"])
    assert sorted(verdict.right for verdict in verdicts(entry, entry)) == [False, True]


def test_a_verdict_has_the_codes_and_sentences_of_the_entry() -> None:
    (verdict,) = verdicts(withheld(code="V13", **LOST["visit"]))
    assert verdict.codes == ("V13",)
    assert verdict.reasons == ("V13 why",)
    assert verdict.cited == (2,)
    assert verdict.item == "Bo Lind → Velia"


def test_withheld_without_a_name_of_the_cast_goes_by_the_golds_aliases() -> None:
    nobody = empty_brief(SOURCE.article)
    (verdict,) = verdicts(withheld("motives", holder="velia", aim="keep the strait closed"), brief=nobody)
    assert not verdict.right


def test_sentence_numbers_of_another_text_are_not_believed() -> None:
    longer = gold_article("It rained in Mirel.\n" + SOURCE.article.text)
    of_another = empty_brief(longer.article)
    (verdict,) = verdicts(withheld(**LOST["motive by sentence"]), brief=of_another)
    assert verdict.right
    assert verdict.cited == ()


def test_shares_count_what_was_rightly_withheld() -> None:
    brief = gold_brief(SOURCE)
    brief = brief.model_copy(
        update={
            "planned_visits": brief.planned_visits[:1],
            "withheld": (withheld(**LOST["visit"]), withheld(**RIGHTLY["past visit"])),
        }
    )
    facet = evaluate(GOLD_SET, {"strait": brief}).totals.facets["planned_visits"]
    assert (facet.withheld.right, facet.withheld.of) == (2, 3)
    assert (facet.rightly.right, facet.rightly.of) == (1, 2)
