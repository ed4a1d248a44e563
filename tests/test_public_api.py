"""What users of the package see: names, types, a light import, three lines to a brief."""

from __future__ import annotations

import inspect
import subprocess
import sys
from typing import TYPE_CHECKING, get_type_hints

import pytest

import briefgen
from briefgen import (
    Article,
    Brief,
    BriefGenerator,
    BriefgenError,
    LanguageModel,
    ProgressEvent,
    PromptLibrary,
    audit,
)
from briefgen import errors as errors_module
from briefgen.testing import ScriptedModel
from core_helpers import visit

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = (
    "openai", "instructor", "httpx2", "httpx", "trafilatura", "xllamacpp", "babel", "lxml", "typer", "rich",
    "sentencex", "Stemmer", "tenacity", "pydantic",
)  # fmt: skip

ERRORS = [
    each for _, each in inspect.getmembers(errors_module, inspect.isclass) if issubclass(each, BriefgenError)
]


def loaded_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_loads_no_library_at_all() -> None:
    assert loaded_after("import briefgen") == set()


def test_the_core_loads_no_sdk() -> None:
    loaded = loaded_after("import briefgen.generator, briefgen.testing, briefgen.verification")
    assert not loaded & {
        "openai",
        "instructor",
        "httpx2",
        "httpx",
        "trafilatura",
        "xllamacpp",
        "lxml",
        "typer",
        "rich",
    }


def test_three_lines_make_a_brief() -> None:
    model = ScriptedModel({"planned_visits": [{"items": [visit(1, "Ada Rell", "Ostia")]}]})
    article = Article.from_text(
        "Ada Rell plans to visit Ostia in June, the Selm Kurier reported.", published="2024-05-28"
    )
    brief = BriefGenerator(model).generate(article)
    assert isinstance(brief, Brief)
    assert brief.planned_visits[0].status == "reported"
    assert audit(brief, article) == []


@pytest.mark.parametrize("name", briefgen.__all__)
def test_a_public_name_is_there_and_says_what_it_is(name: str) -> None:
    found = getattr(briefgen, name)
    assert inspect.getdoc(found)
    assert name in dir(briefgen)


def test_there_are_about_a_dozen_public_names_and_no_others() -> None:
    assert len(briefgen.__all__) <= 14
    assert briefgen.__all__ == sorted(briefgen.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = briefgen.nonsense


@pytest.mark.parametrize(
    "function",
    [Article.from_text, BriefGenerator.__init__, BriefGenerator.generate, BriefGenerator.agenerate,
     PromptLibrary.load, PromptLibrary.get, briefgen.open_model, briefgen.read_article, audit],
    ids=lambda function: function.__qualname__,
)  # fmt: skip
def test_public_functions_have_annotations_for_every_argument(function: object) -> None:
    assert callable(function)
    parameters = inspect.signature(function).parameters.values()
    assert all(p.annotation is not p.empty for p in parameters if p.name not in {"self", "cls"})
    assert inspect.signature(function).return_annotation is not inspect.Signature.empty


def test_the_package_is_typed(repository: Path) -> None:
    assert (repository / "src/briefgen/py.typed").is_file()
    assert get_type_hints(ProgressEvent)["done"] is int


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_has_a_code_an_exit_code_and_says_whether_to_retry(error: type[BriefgenError]) -> None:
    assert error.code
    assert error.exit_code in range(1, 7)
    assert isinstance(error.retryable, bool)
    assert inspect.getdoc(error)
    raised = error("what happened", hint="what to do")
    assert str(raised) == "what happened; what to do"
    assert raised.hint == "what to do"
    assert str(error("what happened")) == "what happened"


def test_the_codes_of_errors_name_one_thing_each() -> None:
    codes: dict[str, list[str]] = {}
    for error in ERRORS:
        codes.setdefault(error.code, []).append(error.__name__)
    shared = {code: names for code, names in codes.items() if len(names) > 1}
    assert set(shared) <= {"config"}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("", "input_empty"),
        (" \n\t ", "input_empty"),
        ("\u200b\u200b", "input_empty"),
        ("x" * 5_000_001, "input_too_big"),
    ],
    ids=["empty", "white space", "invisible", "too big"],
)
def test_a_text_that_is_no_article_is_refused_with_its_code(wrong: str, code: str) -> None:
    with pytest.raises(BriefgenError) as raised:
        Article.from_text(wrong)
    assert raised.value.code == code
    assert raised.value.exit_code == 4


def test_a_model_of_ones_own_needs_no_base_class() -> None:
    class Own:
        name = "own:model"
        profile = ScriptedModel().profile
        complete = ScriptedModel().complete

        def close(self) -> None: ...

    own: LanguageModel = Own()
    assert isinstance(own, LanguageModel)
    assert (
        BriefGenerator(own).generate(Article.from_text("It rained. Nobody came.")).provenance.model
        == "own:model"
    )


def test_one_line_that_is_no_news_makes_an_honest_nearly_empty_brief() -> None:
    brief = BriefGenerator(ScriptedModel()).generate(Article.from_text("Lorem ipsum"))
    assert brief.headline == "Lorem ipsum"
    assert not (brief.planned_visits)
    assert not (brief.allegations)
    assert not (brief.motives)
    assert not (brief.summary)
    assert set(brief.coverage.facets.values()) <= {"empty", "complete"}
