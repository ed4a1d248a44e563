"""Quality does not fall: recorded briefs of the embedded model, replayed without weights, against floors."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from measures import COMMAND, FLOORS, SETS, Measured, QualitySet, briefs_of, floors, measured, raised

from briefgen.evaluate import Failed, evaluate
from briefgen.recordings import RecordedModel
from fixture_projection import Fixture

if TYPE_CHECKING:
    from pathlib import Path

every_set = pytest.mark.parametrize("each", SETS, ids=lambda each: each.name)
PINNED = [
    (each, measure) for each in SETS for measure in sorted(floors().get(each.name, {}).get("floors", {}))
]


@cache
def replayed(each: QualitySet) -> Measured:
    gold = each.gold()
    with closing(RecordedModel(each.recordings)) as model:
        briefs = briefs_of(gold, model)
    missing = sorted(
        name for name, made in briefs.items() if isinstance(made, Failed) and made.code == "not_recorded"
    )
    if missing:
        pytest.fail(f"{', '.join(missing)}: not recorded with these prompts; run: {COMMAND}", pytrace=False)
    return measured(evaluate(gold, briefs))


def at_hand(each: QualitySet, request: pytest.FixtureRequest) -> Measured:
    """What the set measures now; skips where its articles are not, fails where they are not recorded."""
    if each.name == "gold":
        request.getfixturevalue("shared")
    if not each.recordings.is_dir():
        pytest.fail(f"{each.name}: nothing is recorded; run: {COMMAND}", pytrace=False)
    return replayed(each)


@every_set
def test_every_set_has_floors(each: QualitySet) -> None:
    """A measure of a set that is not pinned would be free to fall."""
    pinned = floors().get(each.name)
    if pinned is None:
        pytest.fail(f"{each.name}: no floors yet; run: {COMMAND}", pytrace=False)
    assert set(pinned["floors"]) >= {
        "actors_f1", "planned_visits_f1", "motives_f1", "allegations_f1", "open_questions_f1", "status_accuracy",
        "evidence_precision",
    }  # fmt: skip


@pytest.mark.parametrize(("each", "measure"), PINNED, ids=[f"{each.name}-{name}" for each, name in PINNED])
def test_no_measure_falls_below_its_floor(
    each: QualitySet, measure: str, request: pytest.FixtureRequest
) -> None:
    """What is good stays good; a floor that was passed is raised with tests/quality/measures.py."""
    value = at_hand(each, request).values.get(measure, 1.0)
    assert value >= floors()[each.name]["floors"][measure]


@every_set
def test_critical_errors_are_exactly_the_pinned_ones(
    each: QualitySet, request: pytest.FixtureRequest
) -> None:
    """A new one fails by name; one that is gone is taken out of floors.toml, so that it cannot come back."""
    assert list(at_hand(each, request).critical) == floors()[each.name]["critical"]


# -- the tool -----------------------------------------------------------------------------------------------------


def test_floors_only_rise_and_critical_errors_only_go() -> None:
    old = {"floors": {"actors_f1": 0.8, "gone_f1": 0.5}, "critical": ["a: x, 1", "b: y, 2"]}
    now = Measured({"actors_f1": 0.7, "motives_f1": 0.66666}, ("b: y, 2", "c: z, 3"))
    assert raised(old, now) == {
        "floors": {"actors_f1": 0.8, "gone_f1": 0.5, "motives_f1": 0.666},
        "critical": ["b: y, 2"],
    }
    assert raised(old, Measured({"actors_f1": 0.9}, ()))["floors"]["actors_f1"] == 0.9


def test_the_first_measure_of_a_set_is_its_floor() -> None:
    now = Measured({"actors_f1": 0.5}, ("a: x, 1",))
    assert raised({}, now) == {"floors": {"actors_f1": 0.5}, "critical": ["a: x, 1"]}


@pytest.mark.parametrize("article", [article.id for article in SETS[0].gold().articles])
def test_good_answers_score_well_against_the_gold_of_the_fixtures(article: str) -> None:
    """The gold is right about its article: what a good model answers has no critical error and most of the items."""
    gold = SETS[0].gold().only([article])
    evaluation = evaluate(gold, {article: Fixture(article, "good").brief()})
    assert evaluation.gold_errors == ()
    f1 = evaluation.totals.overall.tally.f1
    assert f1 is not None
    assert f1 >= 0.7
    assert evaluation.critical == ()


def test_recordings_hold_no_sentence_of_an_article(request: pytest.FixtureRequest) -> None:
    """Neither of the fixtures nor of the real articles does any stored line hold six words in a row."""
    for each in SETS:
        if each.name == "gold":
            request.getfixturevalue("shared")
        stored = " ".join(
            path.read_text(encoding="utf-8") for path in sorted(each.recordings.glob("*.jsonl"))
        )
        for article in each.gold().articles:
            words = article.article.text.split()
            runs = (" ".join(words[at : at + 6]) for at in range(len(words) - 5))
            assert not any(run in stored for run in runs), article.id


def test_the_floors_are_a_file_a_person_can_read(repository: Path) -> None:
    assert FLOORS.is_relative_to(repository)
    pinned: dict[str, Any] = floors()
    assert all(0.0 <= value <= 1.0 for part in pinned.values() for value in part["floors"].values())
