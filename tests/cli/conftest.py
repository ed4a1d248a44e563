"""The command line in this process and in one of its own, with a scripted model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.cli.main import main
from briefgen.cli.session import Session
from briefgen.providers import registry
from briefgen.testing import ScriptedModel
from cli.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAM = Path(__file__).with_name("scripted_program.py")
TEXT = (
    "President Ana Ruiz is planning to visit Velia in the coming weeks, the Norland Herald reported. "
    "The presidential office has not confirmed the dates.\n"
)


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (
        "BRIEFGEN_MODEL",
        "BRIEFGEN_PROMPTS",
        "BRIEFGEN_OFFLINE",
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BRIEFGEN_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> ScriptedModel:
    """The model that every spec opens."""
    scripted = ScriptedModel()
    monkeypatch.setattr(registry, "open_model", lambda *_, **__: scripted)
    return scripted


@pytest.fixture
def briefgen(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run ``briefgen`` with these arguments in this process."""

    def run(*arguments: object) -> Outcome:
        code = main([str(argument) for argument in arguments], Session())
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start ``briefgen`` as a process of its own, with a behaviour of ``scripted_program.py``."""
    started: list[subprocess.Popen[bytes]] = []

    def start(behaviour: str, *arguments: object, **options: Any) -> subprocess.Popen[bytes]:
        environment = {**os.environ, **options.pop("env", {})}
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        command = [sys.executable, str(PROGRAM), behaviour, *map(str, arguments)]
        started.append(subprocess.Popen(command, env=environment, cwd=tmp_path, **{**pipes, **options}))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()
