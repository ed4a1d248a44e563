"""What a change did, item by item, and whether it can be told from chance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from gold_briefs import PROVENANCE, empty_brief, gold_brief
from invented import GOLD_SET, SOURCE, actor, gold_article

from briefgen.evaluate import Evaluation, Failed, compare, evaluate
from briefgen.evaluate.comparison import PairedTest, exact_p
from briefgen.evaluate.comparison_table import comparison_table
from briefgen.evaluate.gold import GoldSet
from core_helpers import broken

if TYPE_CHECKING:
    from briefgen.brief import Brief

GOOD = gold_brief(SOURCE)


def scored(brief: Brief | Failed, gold: GoldSet = GOLD_SET) -> Evaluation:
    return evaluate(gold, {each.id: brief for each in gold.articles})


def actors(*names: str) -> Brief:
    """A brief that has nothing but these actors: those of the gold, and made-up ones in capitals."""
    kept = [each for each in GOOD.actors if each.name in names]
    return empty_brief(SOURCE.article, actors=(*kept, *(actor(name, 4) for name in names if name.isupper())))


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [
        (0, 0, 1),
        (1, 0, 1),
        (5, 0, 2 / 32),
        (6, 0, 2 / 64),
        (0, 6, 2 / 64),
        (8, 1, 2 * (1 + 9) / 512),
        (3, 3, 1),
        (10, 2, 2 * (1 + 12 + 66) / 4096),
    ],
)
def test_the_exact_two_sided_p(better: int, worse: int, p: float) -> None:
    assert exact_p(better, worse) == pytest.approx(p)


@pytest.mark.parametrize(
    ("better", "worse", "verdict"),
    [
        (5, 0, "no evidence of a change"),
        (6, 0, "better"),
        (0, 6, "worse"),
        (20, 18, "no evidence of a change"),
        (0, 0, "no evidence of a change"),
    ],
)
def test_noise_is_not_called_progress(better: int, worse: int, verdict: str) -> None:
    assert PairedTest(name="all", items=40, better=better, worse=worse).verdict == verdict


def test_items_won_and_lost_are_named() -> None:
    old, new = scored(actors("Ada Rell", "Norland")), scored(actors("Ada Rell", "Velia", "Ostia"))
    comparison = compare(old, new)
    assert {change.text for change in comparison.won} == {"Velia", "Ostia"}
    assert [(change.article, change.facet, change.text) for change in comparison.lost] == [
        ("strait", "actors", "Norland")
    ]
    test = {each.name: each for each in comparison.found}["actors"]
    assert (test.items, test.better, test.worse) == (6, 2, 1)
    overall = {each.name: each for each in comparison.found}["all"]
    assert (overall.items, overall.better, overall.worse) == (13, 2, 1)


def test_false_alarms_gone_and_new_are_named() -> None:
    comparison = compare(scored(actors("SUND", "SEL")), scored(actors("SEL", "CAPE")))
    assert [change.text for change in comparison.alarms_gone] == ["SUND"]
    assert [change.text for change in comparison.alarms_new] == ["CAPE"]
    test = {each.name: each for each in comparison.alarms}["actors"]
    assert (test.items, test.better, test.worse) == (3, 1, 1)


def test_critical_errors_gone_and_new_are_named() -> None:
    old = scored(broken(GOOD, "motives", 1, basis="stated"))
    new = scored(broken(GOOD, "planned_visits", 1, status="confirmed"))
    comparison = compare(old, new)
    assert [change.text.split(":")[0] for change in comparison.critical_gone] == ["motive_not_stated"]
    assert [change.text.split(":")[0] for change in comparison.critical_new] == ["status_too_strong"]


def test_fields_of_items_found_both_times_are_mended_or_spoiled() -> None:
    old = scored(broken(GOOD, "planned_visits", 1, status="denied"))
    new = scored(broken(GOOD, "motives", 1, basis="article"))
    comparison = compare(old, new)
    assert [change.text.split(" of ")[0] for change in comparison.mended] == ["status"]
    assert [change.text.split(" of ")[0] for change in comparison.spoiled] == ["basis"]
    assert not (comparison.won)
    assert not (comparison.lost)


def test_the_same_evaluation_twice_shows_no_change() -> None:
    old = scored(broken(GOOD, "motives", 1, basis="stated", holder="actor-3"))
    comparison = compare(old, old)
    assert comparison.old == comparison.new
    assert {each.verdict for each in (*comparison.found, *comparison.alarms)} == {"no evidence of a change"}
    for changes in ("won", "lost", "mended", "spoiled", "alarms_gone", "alarms_new", "changed"):
        assert getattr(comparison, changes) == ()


def test_old_and_new_exchanged_exchanges_won_and_lost() -> None:
    one, two = scored(actors("Ada Rell", "SUND")), scored(actors("Velia", "SEL", "CAPE"))
    there, back = compare(one, two), compare(two, one)
    assert (there.won, there.alarms_new) == (back.lost, back.alarms_gone)
    assert [each.p for each in there.found] == [each.p for each in back.found]


def test_articles_that_only_one_of_the_two_has_are_left_out_and_named() -> None:
    other = replace(gold_article(article_id="other"), id="other")
    comparison = compare(scored(GOOD, GoldSet((other, SOURCE))), scored(GOOD))
    assert comparison.articles == ("strait",)
    assert comparison.only_old == ("other",)
    assert compare(scored(GOOD), scored(GOOD, GoldSet((other, SOURCE)))).only_new == ("other",)


def test_an_article_whose_gold_has_changed_is_left_out_and_named() -> None:
    changed = GoldSet((gold_article(motives=[]),))
    comparison = compare(scored(GOOD), scored(GOOD, changed))
    assert comparison.articles == ()
    assert comparison.other_gold == ("strait",)
    assert comparison.found[-1].items == 0


def test_an_article_of_which_no_brief_was_made_is_left_out_and_one_that_failed_is_lost() -> None:
    failed = Failed(code="api_timeout", message="no answer")
    assert compare(scored(GOOD), evaluate(GOLD_SET, {})).articles == ()
    assert compare(scored(GOOD), evaluate(GOLD_SET, {})).failed == ("strait",)
    comparison = compare(scored(GOOD), scored(failed))
    assert len(comparison.lost) == 13
    assert comparison.failed == ("strait",)


def test_what_else_differs_is_said() -> None:
    used = {"model": "openai:other", "prompts": {"motives": "1"}}
    new = GOOD.model_copy(update={"provenance": PROVENANCE.model_copy(update=used)})
    assert compare(scored(GOOD), scored(new)).changed == ("model: gold, now openai:other", "prompts: motives")


def test_the_table_names_everything_that_changed_and_everything_left_out() -> None:
    other = replace(gold_article(article_id="other"), id="other")
    old = scored(actors("Norland", "SUND"), GoldSet((other, SOURCE)))
    shown = comparison_table(compare(old, scored(actors("Velia", "SEL"))))
    for part in (
        "only in the old evaluation, left out: other",
        "CRITICAL ERRORS, GONE (1)\n  • strait · actors: not_in_article: SUND — not in the article: SUND",
        "CRITICAL ERRORS, NEW (1)",
        "ITEMS WON (1)\n  • strait · actors: Velia",
        "ITEMS LOST (1)\n  • strait · actors: Norland",
        "FALSE ALARMS, NEW (1)\n  • strait · actors: SEL",
        "FALSE ALARMS, GONE (1)\n  • strait · actors: SUND",
        "no evidence of a change",
    ):
        assert part in shown
