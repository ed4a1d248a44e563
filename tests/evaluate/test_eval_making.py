"""Briefs of the gold's articles, made with a model."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from invented import TEXT, gold_article

from briefgen import BriefGenerator
from briefgen.brief import Brief
from briefgen.errors import QuotaExceeded, Refused
from briefgen.evaluate import Failed, GoldSet
from briefgen.evaluate.making import make_briefs
from briefgen.testing import ScriptedModel

if TYPE_CHECKING:
    from briefgen.errors import BriefgenError
    from briefgen.providers.base import Prompt


def gold(count: int) -> GoldSet:
    return GoldSet(
        tuple(gold_article(f"{TEXT}Rain number {at}.", article_id=f"n{at}") for at in range(count))
    )


def failing_on(number: int, error: BriefgenError) -> BriefGenerator:
    """A generator whose model does not answer for one article."""

    def answer(prompt: Prompt) -> Any:
        return error if f"Rain number {number}." in prompt.user else {}

    return BriefGenerator(ScriptedModel(answer))


@pytest.mark.parametrize("jobs", [1, 3])
def test_each_article_gets_a_brief_and_is_reported_once(jobs: int) -> None:
    done: list[str] = []
    model = ScriptedModel()
    made = make_briefs(gold(4), BriefGenerator(model), jobs=jobs, on_done=lambda each, _: done.append(each))
    assert sorted(done) == ["n0", "n1", "n2", "n3"]
    assert made.ended is None
    assert {article.id: article.article.id for article in gold(4).articles} == {
        each: brief.article.id for each, brief in made.briefs.items() if isinstance(brief, Brief)
    }


def test_an_article_that_fails_is_a_failure_in_its_place_and_the_others_go_on() -> None:
    made = make_briefs(gold(3), failing_on(1, Refused("it refuses")))
    assert made.briefs["n1"] == Failed(code="refused", message="it refuses")
    assert isinstance(made.briefs["n0"], Brief)
    assert isinstance(made.briefs["n2"], Brief)
    assert made.ended is None


def test_after_an_error_that_ends_the_run_nothing_more_is_asked_and_nothing_is_lost() -> None:
    model = failing_on(1, QuotaExceeded("no quota left"))
    made = make_briefs(gold(4), model)
    assert isinstance(made.ended, QuotaExceeded)
    assert isinstance(made.briefs["n0"], Brief)
    failures = [made.briefs[each] for each in ("n1", "n2", "n3")]
    assert all(isinstance(each, Failed) and each.code == "api_quota" for each in failures)
    assert isinstance(model.model, ScriptedModel)
    assert not any("Rain number 2." in prompt.user for prompt in model.model.history)


def test_briefs_are_made_at_the_same_time() -> None:
    """Both articles are being asked before either is answered."""
    together = threading.Barrier(2, timeout=20)

    class Waiting(ScriptedModel):
        def complete(self, prompt: Prompt, *arguments: Any, **more: Any) -> Any:
            if prompt.facet == "actors":
                together.wait()
            return super().complete(prompt, *arguments, **more)

    made = make_briefs(gold(2), BriefGenerator(Waiting()), jobs=2)
    assert all(isinstance(brief, Brief) for brief in made.briefs.values())


def test_an_unexpected_error_is_not_swallowed() -> None:
    def answer(_: Prompt) -> Any:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make_briefs(gold(1), BriefGenerator(ScriptedModel(answer)))
