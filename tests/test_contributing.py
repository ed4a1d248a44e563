"""CONTRIBUTING.md says what is so: its files exist, and its way to a rule leads there."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from briefgen.facets.base import Rule, all_facets
from briefgen.facets.brief_rules import BRIEF_RULES, BriefRule
from briefgen.facets.general import GENERAL

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "briefgen"
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_each_file_that_it_names_exists() -> None:
    """A path from the root, or one inside the package, where ``page.py`` may be in the folder named before it."""
    named = set(re.findall(r"`([\w./]+(?:\.py|\.md|/))`", TEXT))
    assert len(named) > 40
    inside = {path.name for path in PACKAGE.rglob("*.py")}
    places = (ROOT, PACKAGE)
    missing = [
        each for each in named if each not in inside and not any((base / each).exists() for base in places)
    ]
    assert missing == []


def test_the_withheld_entry_of_the_page_is_withheld_under_its_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL)
    assert code
    exec(dedent(code[1]), {})  # the page's own lines
    assert "code='V02'" in capsys.readouterr().out


def test_a_search_for_any_code_finds_where_it_is_judged() -> None:
    """As the page searches: the code in quotation marks, in the sources."""
    source = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    rules: list[Rule[Any] | BriefRule] = [
        *GENERAL,
        *BRIEF_RULES,
        *(rule for facet in all_facets() for rule in facet.rules),
    ]
    codes = {rule.code for rule in rules}
    assert len(codes) > 40
    assert [code for code in sorted(codes) if f'"{code}"' not in source] == []
