"""``briefgen brief --check-with SPEC``: a second model reads what the first one made."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.errors import Refused
from briefgen.providers import registry
from briefgen.testing import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.outcomes import Outcome

VISIT = {"sentence": 1, "visitors": ["Ana Ruiz"], "destinations": ["Velia"]}
MODELS = ("--model", "openai:first", "--check-with", "openai:second")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What each spec opens: the first model finds a visit, the second one is a script of the test's."""
    models: dict[str, Any] = {
        "openai:first": ScriptedModel({"planned_visits": [{"items": [VISIT]}]}, name="openai:first"),
        "openai:second": ScriptedModel({"second_reader": [{"supported": "yes"}]}, name="openai:second"),
    }
    monkeypatch.setattr(registry, "open_model", lambda spec, **_: models[spec])
    return models


def test_both_models_are_opened_and_named(
    briefgen: Callable[..., Outcome], article: Path, opened: dict[str, Any]
) -> None:
    done = briefgen("brief", article, *MODELS, "--format", "json")
    made = json.loads(done.out)
    assert done.code == 0
    assert made["planned_visits"]
    assert (made["provenance"]["model"], made["provenance"]["checked_by"]) == (
        "openai:first",
        "openai:second",
    )
    assert {prompt.facet for prompt in opened["openai:second"].history} == {"second_reader"}


def test_its_no_is_shown_as_withheld(
    briefgen: Callable[..., Outcome], article: Path, opened: dict[str, Any]
) -> None:
    opened["openai:second"] = ScriptedModel({"second_reader": [{"supported": "no"}]}, name="openai:second")
    done = briefgen("brief", article, *MODELS)
    assert done.code == 0
    assert "R01" in done.out


def test_a_reader_that_does_not_answer_ends_in_exit_code_1(
    briefgen: Callable[..., Outcome], article: Path, opened: dict[str, Any]
) -> None:
    """The brief is written, one line on standard error names the second reader, and the exit code tells."""
    opened["openai:second"] = ScriptedModel({"second_reader": [Refused("it refuses")]}, name="openai:second")
    done = briefgen("brief", article, *MODELS)
    assert done.code == 1
    assert "Ana Ruiz" in done.out
    assert done.err.count("\n") == 1
    assert done.err.startswith(f"error[refused] {article}: second_reader is not complete: it refuses")
