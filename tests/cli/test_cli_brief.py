"""``briefgen brief`` in this process."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.errors import AuthenticationError, QuotaExceeded, Refused
from briefgen.testing import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.outcomes import Outcome

MODEL = ("--model", "openai:any")


def test_a_brief_goes_to_standard_output_and_nothing_else_does(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel
) -> None:
    done = briefgen("brief", article, *MODEL)
    assert done.code == 0
    assert done.out.endswith("Machine-made summary; check against the article.\n")
    assert done.err == ""
    assert model.history


def test_standard_error_says_which_model_was_chosen_by_default(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")
    done = briefgen("brief", article)
    assert done.code == 0
    assert "openai:" in done.err
    assert "no --model" in done.err
    monkeypatch.setenv("BRIEFGEN_MODEL", "openai:named")
    assert briefgen("brief", article).err == ""


@pytest.mark.parametrize(
    ("name", "start"), [("text", ""), ("markdown", "# "), ("json", '{\n  "schema_version": "1"')]
)
def test_each_format_of_the_option_can_be_asked_for(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel, name: str, start: str
) -> None:
    done = briefgen("brief", article, *MODEL, "--format", name)
    assert done.code == 0
    assert done.out.startswith(start)


def test_the_formats_of_the_option_are_those_of_the_renderers() -> None:
    from typing import get_args

    from briefgen.cli.brief import Format
    from briefgen.render import RENDERERS

    assert get_args(Format) == tuple(RENDERERS)


def test_metadata_options_reach_the_brief(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel
) -> None:
    told = ("--title", "A title", "--publisher", "The Post", "--url", "https://post.example/1")
    done = briefgen("brief", article, *MODEL, "--format", "json", "--published", "2031-05-01", *told)
    info = json.loads(done.out)["article"]
    assert (info["title"], info["publisher"]) == ("A title", "The Post")
    assert (info["url"], info["published"]) == ("https://post.example/1", "2031-05-01")


@pytest.mark.parametrize("arguments", [("-",), ()])
def test_the_article_is_read_from_standard_input(
    briefgen: Callable[..., Outcome],
    model: ScriptedModel,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(b"Ana Ruiz spoke in Velia. She left the next morning by ship.\n"))
    monkeypatch.setattr(sys, "stdin", stdin)
    done = briefgen("brief", *arguments, *MODEL, "--format", "json")
    assert done.code == 0
    assert len(json.loads(done.out)["article"]["sentences"]) == 2


def test_a_missing_article_ends_with_4_and_one_line_that_names_it(
    briefgen: Callable[..., Outcome], model: ScriptedModel, tmp_path: Path
) -> None:
    done = briefgen("brief", tmp_path / "no\x1b[31m\nsuch.txt", *MODEL)
    assert done.code == 4
    assert done.out == ""
    assert done.err.startswith(f"error[input_missing] {tmp_path}/no\\x1b[31m\\nsuch.txt: ")
    assert done.err.count("\n") == 1
    assert model.history == []


def test_a_date_that_is_none_ends_with_2_before_anything_is_asked(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel
) -> None:
    done = briefgen("brief", article, *MODEL, "--published", "yesterday")
    assert done.code == 2
    assert done.err == f"error[usage] {article}: 'yesterday' is no date; write it as 2024-06-10\n"
    assert model.history == []


def test_a_facet_that_failed_is_told_and_ends_with_1_but_the_brief_is_written(
    briefgen: Callable[..., Outcome], article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(prompt: Any) -> Any:
        return Refused("the model refuses") if prompt.facet == "motives" else {}

    monkeypatch.setattr("briefgen.providers.registry.open_model", lambda *_, **__: ScriptedModel(answer))
    done = briefgen("brief", article, *MODEL)
    assert done.code == 1
    assert "NOT ANSWERED: the model refuses" in done.out
    assert f"error[refused] {article}: motives is not complete: the model refuses" in done.err


@pytest.mark.parametrize(
    ("error", "code"),
    [(AuthenticationError("the key is wrong", hint="check it"), 3), (QuotaExceeded("no money left"), 5)],
)
def test_an_error_that_ends_the_run_ends_with_its_own_exit_code(
    briefgen: Callable[..., Outcome],
    article: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: AuthenticationError,
    code: int,
) -> None:
    monkeypatch.setattr(
        "briefgen.providers.registry.open_model", lambda *_, **__: ScriptedModel(lambda _: error)
    )
    done = briefgen("brief", article, *MODEL)
    assert done.code == code
    assert done.err == f"error[{error.code}] {article}: {error}\n"


@pytest.mark.covers("B-CLI-01")
def test_without_a_key_the_line_names_the_variable_and_the_exit_code_is_3(
    briefgen: Callable[..., Outcome], article: Path
) -> None:
    done = briefgen("brief", article, *MODEL)
    assert done.code == 3
    assert "OPENAI_API_KEY" in done.err


def test_a_model_spec_of_the_wrong_form_ends_with_2(briefgen: Callable[..., Outcome], article: Path) -> None:
    done = briefgen("brief", article, "--model", "gpt")
    assert done.code == 2
    assert "provider:model" in done.err


def test_a_prompts_directory_that_is_none_ends_with_3(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel, tmp_path: Path
) -> None:
    done = briefgen("brief", article, *MODEL, "--prompts", tmp_path / "none")
    assert done.code == 3
    assert model.history == []


@pytest.mark.covers("B-CLI-09")
def test_an_output_that_is_the_input_ends_with_2_even_by_another_name(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel
) -> None:
    other = article.parent / "sub" / ".." / article.name
    (article.parent / "sub").mkdir()
    before = article.read_text()
    done = briefgen("brief", article, *MODEL, "--force", "-o", other)
    assert (done.code, article.read_text(), model.history) == (2, before, [])
    assert "is the input" in done.err


@pytest.mark.covers("B-CLI-10")
def test_an_existing_output_is_replaced_with_force_only(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel, tmp_path: Path
) -> None:
    output = tmp_path / "brief.txt"
    output.write_text("old")
    refused = briefgen("brief", article, *MODEL, "-o", output)
    assert (refused.code, output.read_text(), model.history) == (2, "old", [])
    assert "--force" in refused.err
    assert briefgen("brief", article, *MODEL, "--force", "-o", output).code == 0
    assert output.read_text().endswith("check against the article.\n")


def test_an_output_file_is_plain_text_and_standard_output_stays_empty(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel, tmp_path: Path
) -> None:
    done = briefgen("brief", article, *MODEL, "--output", tmp_path / "brief.txt")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert "\x1b" not in (tmp_path / "brief.txt").read_text()


def test_output_named_dash_is_standard_output(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel
) -> None:
    assert briefgen("brief", article, *MODEL, "-o", "-").out


@pytest.mark.covers("B-CLI-11")
def test_a_file_name_that_starts_with_a_dash_goes_after_two_dashes(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(article.parent)
    article.rename("-x.txt")
    assert briefgen("brief", *MODEL, "--", "-x.txt").code == 0
    refused = briefgen("brief", *MODEL, "-x.txt")
    assert refused.code == 2
    assert "after --" in refused.err


@pytest.mark.covers("D-20")
def test_an_output_that_is_a_symbolic_link_is_refused_before_anything_is_asked(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel, tmp_path: Path
) -> None:
    (tmp_path / "target.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("target.txt")
    done = briefgen("brief", article, *MODEL, "--force", "-o", tmp_path / "link.txt")
    assert (done.code, (tmp_path / "target.txt").read_text(), model.history) == (6, "old", [])
    assert "symbolic link" in done.err


@pytest.mark.covers("D-03")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_device_as_output_ends_with_6_and_one_line(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel
) -> None:
    done = briefgen("brief", article, *MODEL, "--force", "-o", "/dev/full")
    assert (done.code, done.err.count("\n"), model.history) == (6, 1, [])


@pytest.mark.covers("D-05")
def test_a_directory_that_takes_no_file_ends_with_6_before_anything_is_asked(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel, tmp_path: Path
) -> None:
    done = briefgen("brief", article, *MODEL, "-o", tmp_path / "none" / "brief.txt")
    assert (done.code, model.history) == (6, [])
