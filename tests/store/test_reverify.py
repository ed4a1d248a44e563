"""Briefs of a store made again from the answers that it keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.article import Article
from briefgen.errors import ModelTimeout, QuotaExceeded, RequestTooLarge
from briefgen.facets import planned_visits
from briefgen.facets.base import rule
from briefgen.generator import BriefGenerator
from briefgen.prompts import PromptLibrary
from briefgen.providers.base import ModelProfile
from briefgen.reverify import Reverifier, Revision
from briefgen.store import AnswerRecorder, Done, Origin, Recipe, Store, stored_briefs
from briefgen.testing import PER_FACET, ScriptedModel
from core_helpers import allegation, motive, visit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from briefgen.providers.base import Prompt

TEXT = (
    "Norlandic President Ada Rell plans to visit Ostia in June, the Selm Kurier reported. "
    "The presidential office has not confirmed the dates. "
    "In January, Ostia accused Norland of jamming ships' radios. "
    "By visiting Ostia, Rell wants to end the dispute over the herring banks."
)
ANSWERS: dict[str, list[Any]] = {
    "actors": [{"items": [{"name": "Ada Rell", "kind": "person"}, {"name": "Ostia", "kind": "government"}]}],
    "planned_visits": [{"items": [visit(1, "Ada Rell", "Ostia"), visit(2, "Nobody Known", "Velia")]}],
    "allegations": [{"items": [allegation(3, ["Ostia"], ["Norland"], "jamming ships' radios")]}],
    "motives": [{"items": [motive(4, "Rell", "to end the dispute over the herring banks")]}],
}


def recorded(
    path: Path,
    script: Mapping[str, Any] = ANSWERS,
    *,
    profile: ModelProfile = PER_FACET,
    reader: ScriptedModel | None = None,
    text: str = TEXT,
    keep: bool = True,
) -> None:
    """A store with the brief of one article, made by a generator that takes down its answers."""
    prompts = PromptLibrary.load()
    model = AnswerRecorder(ScriptedModel(script, profile=profile))
    beside = AnswerRecorder(reader, beside=model) if reader else None
    article = Article.from_text(text, published="2031-05-01", title="Rell eyes Ostia")
    with model.taking_down() as answers:
        brief = BriefGenerator(model, check_with=beside, prompts=prompts).generate(article)
    with (
        Store.open(path, create=True) as store,
        store.run(Recipe.of(model, prompts, check_with=beside)) as run,
    ):
        run.record([Done(Origin("rell.txt", b"x"), article, brief, answers if keep else ())])


def revised(path: Path) -> Revision:
    with Store.open(path) as store:
        (stored,) = stored_briefs(store)
        return Reverifier().revise(stored)


SINGLE = replace(PER_FACET, calls="single")
GUIDED = replace(PER_FACET, guided=True)
REPAIRED = replace(PER_FACET, repair_rounds=1)
SMALL = ModelProfile(window_tokens=2700, calls="per_facet", repair_rounds=0)


@pytest.mark.parametrize(
    "profile", [PER_FACET, SINGLE, GUIDED, REPAIRED], ids=["per facet", "single", "guided", "repair"]
)
def test_with_the_same_rules_every_brief_comes_out_the_same(path: Path, profile: ModelProfile) -> None:
    script = (
        {"all": [{facet: answers[0] for facet, answers in ANSWERS.items()}]} if profile is SINGLE else ANSWERS
    )
    recorded(path, script, profile=profile)
    found = revised(path)
    assert found.outcome == "unchanged"
    assert found.after == found.before
    assert found.before.planned_visits
    assert (found.gained, found.lost, found.codes, found.not_asked) == ([], [], [], [])


def test_a_long_article_gets_the_answers_of_its_parts_in_their_order(path: Path) -> None:
    text = "\n".join(f"Ada Rell, envoy number {n}, plans to visit Ostia in June." for n in range(60))
    numbers = iter(range(1, 1000))

    def answer(prompt: Prompt) -> dict[str, Any]:
        return (
            {"items": [visit(next(numbers), "Ada Rell", "Ostia")]} if prompt.facet == "planned_visits" else {}
        )

    recorded(path, answer, profile=SMALL, text=text)  # type: ignore[arg-type]  # a script may be a function
    found = revised(path)
    assert "long_article" in found.before.article.flags
    assert found.outcome == "unchanged"


@pytest.mark.parametrize(
    "error", [ModelTimeout("late", hint="try again"), QuotaExceeded("no money"), RequestTooLarge("too long")]
)
def test_an_error_of_then_is_met_again(path: Path, error: Exception) -> None:
    recorded(path, {**ANSWERS, "motives": [error]})
    found = revised(path)
    assert found.before.coverage.failures["motives"].message == str(error)
    assert found.outcome == "unchanged"


def test_the_second_reader_says_what_it_said_of_each_item_whatever_the_order(path: Path) -> None:
    def verdict(prompt: Prompt) -> dict[str, str]:
        return {"supported": "no" if "Ostia accused" in prompt.user.rpartition("\n\n")[2] else "yes"}

    recorded(path, reader=ScriptedModel(verdict, name="scripted:reader"))
    found = revised(path)
    assert {reason.code for entry in found.before.withheld for reason in entry.reasons} >= {"R01"}
    assert found.outcome == "unchanged"


def test_a_new_rule_withholds_what_it_forbids_and_says_by_which_code(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @rule("V99", "a visit to a port")
    def no_ports(item: Any, _context: Any) -> str | None:
        return "it is a port" if item.destination.name == "Ostia" else None

    recorded(path)
    facet = planned_visits.PlannedVisitsFacet
    monkeypatch.setattr(facet, "rules", (*facet.rules, no_ports))
    found = revised(path)
    assert found.outcome == "changed"
    assert not found.after.planned_visits
    assert any("to Ostia" in said for said in found.lost)
    assert "V99" in found.codes
    assert found.after.provenance.requests == found.before.provenance.requests
    assert found.after.provenance.created == found.before.provenance.created


def test_a_rule_that_is_gone_vouches_for_what_it_withheld(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @rule("V99", "a visit to a port")
    def no_ports(item: Any, _context: Any) -> str | None:
        return "it is a port"

    facet = planned_visits.PlannedVisitsFacet
    with monkeypatch.context() as then:
        then.setattr(facet, "rules", (*facet.rules, no_ports))
        recorded(path)
    found = revised(path)
    assert found.outcome == "changed"
    assert any("to Ostia" in said for said in found.gained)
    assert len(found.after.planned_visits) == 1


def test_what_was_not_asked_then_is_a_failed_facet_and_no_empty_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr(planned_visits.PlannedVisitsFacet, "asks", lambda *_: False)
        recorded(path, profile=GUIDED)
    found = revised(path)
    assert found.outcome == "changed"
    assert found.not_asked == ["planned_visits"]
    assert found.after.coverage.facets["planned_visits"] == "failed"
    assert found.after.allegations == found.before.allegations


def test_without_answers_a_brief_is_left_alone(path: Path) -> None:
    recorded(path, keep=False)
    found = revised(path)
    assert (found.outcome, found.after) == ("no_answers", found.before)


def test_answers_about_other_sentence_numbers_are_not_used(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(path)
    monkeypatch.setattr("briefgen.article.split_sentences", lambda _text: [])
    found = revised(path)
    assert (found.outcome, found.after) == ("renumbered", found.before)


def test_answers_that_fit_no_draft_of_today_leave_the_brief_alone(path: Path) -> None:
    recorded(path)
    with Store.open(path) as store:
        (stored,) = stored_briefs(store)
        old = [replace(answer, output='{"things": 1}') for answer in stored.answers()]
        with store.run(stored.recipe()) as run:
            run.record([Done(Origin("rell.txt", b"x"), stored.article(), stored.brief(), old)])
    found = revised(path)
    assert (found.outcome, found.after) == ("unreadable", found.before)
