"""``briefgen brief --format html``: the article stands beside its brief, in a file and on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefgen.testing import ScriptedModel
    from cli.outcomes import Outcome

MODEL = ("--model", "openai:any", "--format", "html")
SENTENCES = (
    ">President Ana Ruiz is planning to visit Velia in the coming weeks, the Norland Herald reported.</span>",
    ">The presidential office has not confirmed the dates.</span>",
)


@pytest.mark.parametrize("to_file", [True, False])
def test_the_page_has_the_whole_article_sentence_by_sentence(
    briefgen: Callable[..., Outcome], article: Path, model: ScriptedModel, tmp_path: Path, *, to_file: bool
) -> None:
    target = tmp_path / "page.html"
    done = briefgen("brief", article, *MODEL, *(("-o", target) if to_file else ()))
    assert done.code == 0
    page = target.read_text(encoding="utf-8") if to_file else done.out
    assert page.startswith("<!doctype html>\n")
    assert all(page.count(sentence) == 1 for sentence in SENTENCES)
    assert "was not kept" not in page
