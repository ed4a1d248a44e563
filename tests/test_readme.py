"""The README says what is so: its Python runs, its files exist, its commands are the ones CI runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.main import get_command

import briefgen
from briefgen.cli.main import app
from briefgen.testing import ScriptedModel

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_of_the_readme_makes_a_brief(monkeypatch: pytest.MonkeyPatch) -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code
    monkeypatch.setattr(briefgen, "open_model", lambda _: ScriptedModel(), raising=False)
    scope: dict[str, object] = {"text": "Ada Rell plans to visit Norland in June, the daily Kurier reported."}
    exec(code[1], scope)  # the README's own lines
    assert isinstance(scope["brief"], briefgen.Brief)


def test_each_file_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"`((?:src|fixtures|prompts|requirements|tests|benchmarks)/[\w./-]*)`", README))
    commands = set(re.findall(r"(?:fixtures|requirements)/[\w./-]+", README))
    assert named | commands
    assert [path for path in sorted(named | commands) if not (ROOT / path).exists()] == []


def test_each_command_of_the_readme_has_the_options_that_it_is_shown_with() -> None:
    """Also where the line would ask a hosted model, fetch weights or want a file that the reader has."""
    lines = [
        line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()
    ]
    shown = [
        line.partition(" #")[0].partition("<")[0]
        for line in lines
        if re.match(r"([A-Z_]+=\S+ )?briefgen ", line)
    ]
    assert len(shown) >= 15
    for line in shown:
        command: Any = get_command(app)
        words = shlex.split(line)
        for word in words[words.index("briefgen") + 1 :]:
            if word.startswith("-") and word != "-":
                assert word in {name for each in command.params for name in each.opts}, line
            elif word in getattr(command, "commands", {}):
                command = command.commands[word]
        assert not hasattr(command, "commands"), line


def test_both_commands_are_one_line_each() -> None:
    for mark in ("command one", "command two"):
        block = re.search(rf"<!-- {mark} -->\n```sh\n(.*?)```", README, re.DOTALL)
        assert block, mark
        assert len(block[1].strip().splitlines()) == 1


def test_the_ci_runs_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "command two" in script
    assert "README.md" in script


def test_the_example_of_the_readme_says_nothing_that_its_article_does_not_say() -> None:
    article = (ROOT / "fixtures" / "preparation_only" / "article.md").read_text(encoding="utf-8")
    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL)
    assert shown
    names = set(re.findall(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b", shown[1]))
    assert names
    assert [name for name in sorted(names) if name.split()[-1] not in article and not name.isupper()] == []
