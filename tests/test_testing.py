"""ScriptedModel: what users of briefgen test their own code with."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from briefgen.errors import Refused, SchemaInvalid, Usage
from briefgen.facets.planned_visits import VisitsDraft
from briefgen.providers.base import LanguageModel, ModelProfile, Prompt
from briefgen.testing import PER_FACET, ScriptedModel

ASKED = Prompt("planned_visits", "system", "user")
ENTRY = {"sentence": 1, "visitors": ["Ada Rell"], "destinations": ["Ostia"]}


def test_it_is_a_language_model() -> None:
    model: LanguageModel = ScriptedModel()
    assert isinstance(model, LanguageModel)
    assert model.profile is PER_FACET
    assert model.name == "scripted:model"
    model.close()


@pytest.mark.parametrize(
    "answer",
    [{"items": [ENTRY]}, '{"items": [{"sentence": 1, "visitors": ["Ada Rell"], "destinations": ["Ostia"]}]}'],
)
def test_an_answer_is_a_dict_or_json_text(answer: Any) -> None:
    completion = ScriptedModel({"planned_visits": [answer]}).complete(ASKED, VisitsDraft)
    assert completion.output.items[0].visitors == ("Ada Rell",)
    assert completion.answered_by == "scripted:model"
    assert completion.usage == Usage(requests=1, input_tokens=100, output_tokens=20)


def test_an_error_is_raised() -> None:
    with pytest.raises(Refused):
        ScriptedModel({"planned_visits": [Refused("no")]}).complete(ASKED, VisitsDraft)


def test_answers_come_in_order_and_the_last_repeats() -> None:
    model = ScriptedModel({"planned_visits": [{}, {"items": [ENTRY]}]})
    counts = [len(model.complete(ASKED, VisitsDraft).output.items) for _ in range(4)]
    assert counts == [0, 1, 1, 1]


def test_a_facet_without_a_script_answers_with_an_empty_draft() -> None:
    assert ScriptedModel().complete(ASKED, VisitsDraft).output == VisitsDraft()


def test_a_function_of_the_prompt_is_a_script_too() -> None:
    model = ScriptedModel(lambda prompt: {"items": [ENTRY]} if prompt.facet == "planned_visits" else {})
    assert len(model.complete(ASKED, VisitsDraft).output.items) == 1


@pytest.mark.parametrize(
    "answer", ["not JSON", {"nothing": 1}, {"items": [{"sentence": "x"}]}, {"items": 3}, "[]"]
)
def test_a_script_that_does_not_fit_the_draft_is_schema_invalid(answer: Any) -> None:
    usage = Usage(requests=1, input_tokens=5)
    with pytest.raises(SchemaInvalid, match="planned_visits") as raised:
        ScriptedModel({"planned_visits": [answer]}, usage=usage).complete(ASKED, VisitsDraft)
    assert raised.value.usage == usage


def test_it_remembers_what_it_was_asked_from_every_thread() -> None:
    model = ScriptedModel(name="x:y", profile=ModelProfile())
    prompts = [Prompt("planned_visits", "s", str(n)) for n in range(50)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda prompt: model.complete(prompt, VisitsDraft, schema={"n": 1}), prompts))
    assert sorted(model.history, key=lambda prompt: int(prompt.user)) == prompts
    assert model.schemas == [{"n": 1}] * 50
