"""The other commands, and what a wrong command line says."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from briefgen.brief import Brief
from briefgen.cli.models import readable
from briefgen.cli.session import Session
from briefgen.prompts import PromptLibrary
from briefgen.providers import weights
from briefgen.providers.registry import DEFAULT_LOCAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefgen.testing import ScriptedModel
    from cli.outcomes import Outcome

DEFAULT = DEFAULT_LOCAL.removeprefix("local:")


def test_version_names_the_version(briefgen: Callable[..., Outcome]) -> None:
    assert briefgen("--version").out == f"briefgen {version('briefgen')}\n"


def test_schema_is_the_json_schema_of_the_brief(briefgen: Callable[..., Outcome]) -> None:
    schema = json.loads(briefgen("schema").out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert set(Brief.model_fields) <= set(schema["properties"])


def test_without_a_command_the_help_goes_to_standard_error_and_the_code_is_2(
    briefgen: Callable[..., Outcome],
) -> None:
    done = briefgen()
    assert (done.code, done.out) == (2, "")
    assert "briefgen [OPTIONS] COMMAND" in done.err


@pytest.mark.covers("B-CLI-06")
@pytest.mark.parametrize(
    "arguments",
    [
        ("brief", "--nope"),
        ("brief", "a", "b"),
        ("brief", "--format", "pdf"),
        ("nope",),
        ("models",),
        ("prompts", "show"),
    ],
)
def test_a_wrong_command_line_is_one_line_with_a_remedy_and_code_2(
    briefgen: Callable[..., Outcome], arguments: tuple[str, ...]
) -> None:
    done = briefgen(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error[usage] -: ")
    assert "--help`" in done.err
    assert done.err.count("\n") == 1


def test_prompts_list_names_every_prompt_with_the_start_of_its_hash(briefgen: Callable[..., Outcome]) -> None:
    library = PromptLibrary.load()
    lines = briefgen("prompts", "list").out.splitlines()
    assert [line.split()[0] for line in lines] == ["id", *library.ids()]
    assert all(library.get(line.split()[0]).sha256.startswith(line.split()[3]) for line in lines[1:])


def test_prompts_show_prints_the_text_of_one_prompt(briefgen: Callable[..., Outcome]) -> None:
    library = PromptLibrary.load()
    for prompt_id in library.ids():
        assert briefgen("prompts", "show", prompt_id).out.rstrip("\n") == library.get(prompt_id).text.rstrip(
            "\n"
        )


def test_a_prompt_that_there_is_none_of_ends_with_3(briefgen: Callable[..., Outcome]) -> None:
    done = briefgen("prompts", "show", "nope")
    assert (done.code, done.out) == (3, "")


def test_models_list_and_path_tell_what_is_here(briefgen: Callable[..., Outcome]) -> None:
    listed = briefgen("models", "list").out
    for name in weights.CATALOGUE:
        assert name in listed
        assert briefgen("models", "path", name).out.strip() == str(weights.weights_path(name))
    assert "not fetched" in listed


def test_models_pull_says_what_and_how_large_before_it_fetches(
    briefgen: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(weights, "pull", lambda *_, **__: tmp_path / "model.gguf")
    done = briefgen("models", "pull")
    assert done.out == f"{tmp_path / 'model.gguf'}\n"
    assert f"fetching the weights of {DEFAULT}, 1.12 GB, once" in done.err


def test_the_first_brief_of_an_embedded_model_says_what_is_fetched(
    briefgen: Callable[..., Outcome],
    article: Path,
    model: ScriptedModel,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    pulled: list[str] = []

    def pull(name: str, **_: object) -> Path:
        pulled.append(name)
        return tmp_path

    monkeypatch.setattr(weights, "pull", pull)
    done = briefgen("brief", article)
    assert done.code == 0
    assert f"no --model or BRIEFGEN_MODEL, so local:{DEFAULT} is used" in done.err
    assert "1.12 GB" in done.err
    assert pulled == [DEFAULT]
    briefgen("brief", article, "--offline")
    assert pulled == [DEFAULT], "offline fetches nothing"


def test_sizes_read_as_people_say_them() -> None:
    assert readable(1_117_320_768) == "1.12 GB"
    assert readable(2_500_000) == "2.5 MB"


@pytest.mark.covers("B-OUT-03")
def test_an_error_line_is_one_line_whatever_is_in_it(capsys: pytest.CaptureFixture[str]) -> None:
    Session(article="a\nb\x1b]0;x\x07\u202e.txt").error("usage", "one\r\ntwo\x9b31m\udcff" + "x" * 5000)
    line = capsys.readouterr().err
    assert line.startswith(r"error[usage] a\nb\x1b]0;x\x07\u202e.txt: one\r\ntwo\x9b31m\udcff")
    assert line.count("\n") == 1
    assert len(line) <= 2001
