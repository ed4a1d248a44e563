"""docs/extending.md is tried by doing it: its gold article scores, its rule judges, its facet makes items."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from briefgen.evaluate import evaluate, read_gold
from briefgen.facets.base import Context, Rule
from core_helpers import allegation, article_of, brief_of, government, visit

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_every_file_that_the_page_names_exists() -> None:
    """Files of the examples (tolls, lighthouse) are what the reader makes; floors.toml is what the tool makes."""
    made = {"prompts/tolls.md", "src/briefgen/facets/tolls.py", "tests/quality/floors.toml"}
    named = (
        set(re.findall(r"(?<![\w/])(?:src|tests|fixtures|prompts|docs|benchmarks)/[\w./-]*\w", PAGE)) - made
    )
    assert len(named) >= 20
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_page_is_linked(page: str) -> None:
    assert "(docs/extending.md)" in (ROOT / page).read_text(encoding="utf-8")


def test_the_gold_article_of_the_page_is_gold(tmp_path: Path) -> None:
    """Its two blocks, saved as the page says, are read, and a right brief of the article scores 1.0 against them."""
    line, gold = blocks("json")
    (tmp_path / "articles.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / f"{json.loads(line)['id']}.json").write_text(gold, encoding="utf-8")
    read = read_gold(tmp_path)
    (one,) = read.articles
    brief = brief_of(
        one.article,
        actors=[
            *government("Norland", "Velia", "Norlandic Trade Ministry"),
            {"name": "Lumen", "kind": "organisation"},
        ],
        planned_visits=[visit(1, "Ada Rell", "Velia")],
        allegations=[allegation(2, ["Velia"], ["Lumen"], "Lumen had stolen a lamp")],
    )
    evaluation = evaluate(read, {one.id: brief})
    assert evaluation.gold_errors == ()
    assert evaluation.critical == ()
    scored = {facet: score.tally.f1 for facet, score in evaluation.totals.facets.items()}
    assert {scored[facet] for facet in ("planned_visits", "allegations", "open_questions")} == {1.0}
    checks = [check for verdict in evaluation.articles[0].verdicts for check in verdict.checks]
    assert checks
    assert all(check.right for check in checks)


def test_a_quotation_that_is_not_in_the_article_is_an_error_of_the_gold(tmp_path: Path) -> None:
    line, gold = blocks("json")
    (tmp_path / "articles.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / "lighthouse.json").write_text(gold.replace("Lumen declined to", "Lumen refused to"), "utf-8")
    read = read_gold(tmp_path)
    brief = brief_of(read.articles[0].article)
    assert any("Lumen refused to" in error for error in evaluate(read, {"lighthouse": brief}).gold_errors)


def test_the_rule_of_the_page_judges() -> None:
    """It catches the broken question and leaves the clean one alone."""
    scope: dict[str, Any] = {}
    exec(blocks("python")[0], scope)  # the page's own lines
    rule: Rule[Any] = scope["is_short"]
    context = Context.of(article_of("Ada Rell spoke. It rained."))
    question = scope["OpenQuestion"](id="question-1", question="Will it rain?", kind="information_gap")
    assert rule.judge(question, context) is None
    found = rule.judge(question.model_copy(update={"question": "Will it rain " * 9 + "?"}), context)
    assert found is not None
    assert (found.code, found.message, found.critical) == ("Q05", "it has 28 words", True)


FACET_RUN = """
import sys, json, hashlib
sys.path.insert(0, sys.argv[1])
from briefgen import Article, BriefGenerator, PromptLibrary
from briefgen.prompts import PromptTemplate
from briefgen.render import render
from briefgen.testing import ScriptedModel

page = json.loads(sys.stdin.read())
module = {"__name__": "briefgen.facets.tolls"}
exec(page["module"], module)
head, _, body = page["prompt"].removeprefix("---\\n").partition("\\n---\\n")
fields = dict(line.split(": ") for line in head.splitlines())
mine = PromptTemplate(**fields, text=body.strip(), sha256="0" * 64)
shipped = PromptLibrary.load()
library = PromptLibrary([*(shipped.get(each) for each in shipped.ids()), mine])
article = Article.from_text("Norland put a toll on salt last week. Velia smiled. It rained.")
said = [{"sentence": 1, "on": "salt"}, {"sentence": 2, "on": "Velia smiled"}, {"sentence": 9, "on": "salt"}]
model = ScriptedModel({"tolls": [{"items": said}]})
brief = BriefGenerator(model, prompts=library).generate(article)
again = type(brief).model_validate_json(brief.to_json())
print(json.dumps({
    "asked": [prompt.user for prompt in model.history if prompt.facet == "tolls"],
    "items": again.tolls,
    "withheld": [[entry.item["sentence"], reason.code] for entry in brief.withheld for reason in entry.reasons],
    "coverage": brief.coverage.facets["tolls"],
    "prompts": "tolls" in brief.provenance.prompts,
    "text": render(brief, "text"),
}))
"""


def test_the_facet_of_the_page_makes_items() -> None:
    """With its two blocks and nothing else it is asked, verified, withheld, rendered and counted (in a process of
    its own, because a facet is known for as long as its process).
    """
    given = json.dumps({"module": blocks("python")[1], "prompt": blocks("markdown")[0]})
    command = [sys.executable, "-c", FACET_RUN, str(ROOT / "src")]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert "Which tolls or duties" in told["asked"][0]
    assert "[1] Norland put a toll on salt last week." in told["asked"][0]
    assert [(item["id"], item["text"]) for item in told["items"]] == [("toll-1", "salt")]
    assert sorted(told["withheld"]) == [[2, "G02"], [9, "G04"]]
    assert told["coverage"] == "complete"
    assert told["prompts"]
    assert "TOLLS\n  • salt [s1]" in told["text"]
