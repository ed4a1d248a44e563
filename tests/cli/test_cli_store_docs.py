"""What ``docs/archives.md`` says about the store can be typed as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store_examples import done, filled

if TYPE_CHECKING:
    from collections.abc import Callable

    from cli.outcomes import Outcome

PAGE = (Path(__file__).parents[2] / "docs" / "archives.md").read_text(encoding="utf-8")
STORE_PART = PAGE[PAGE.index("## The store") :].split("\n## ")[0]
COMMANDS = [
    line.partition(" #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", STORE_PART, re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_the_page_runs_on_a_store(
    briefgen: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("archive", "shard-1", "shard-2", "shard-3"):
        filled(tmp_path / f"{name}.briefs", 1, 2)
    program, *arguments = shlex.split(command)
    assert program == "briefgen"
    if "parquet" in arguments:
        pytest.importorskip("pyarrow")
    key = done(1).article.id[:6]
    shown = briefgen(*(key if argument == "3f9a0c" else argument for argument in arguments))
    known = {0, 1} if "reverify" in arguments else {0}  # made-up briefs have no sentence numbers to speak of
    assert shown.code in known, shown.err


def test_the_python_of_the_page_prints_what_it_should(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    filled(tmp_path / "archive.briefs", 1)
    found = re.search(r"```python\n(.*?)```", STORE_PART, re.DOTALL)
    assert found
    exec(found[1].replace('"port"', '"Ostia"'), {})  # the page's own lines
    assert "archive.jsonl#1 Ada Rell plans to visit Ostia" in capsys.readouterr().out
