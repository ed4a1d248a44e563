"""Every code that a rule can emit: in one place, well-formed, documented, of one severity."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import briefgen
from briefgen.facets.base import Rule, all_facets
from briefgen.facets.brief_rules import BRIEF_RULES, BriefRule
from briefgen.facets.general import GENERAL

PACKAGE = Path(briefgen.__file__).parent
SOURCES = [*sorted((PACKAGE / "facets").glob("*.py")), PACKAGE / "verification.py"]

CODES = {
    "G01", "G02", "G03", "G04", "G05", "G06", "G07", "G08", "G09", "G10", "G11", "G12",
    "V01", "V02", "V03", "V04", "V05", "V06", "V07", "V08", "V10", "V11", "V12", "V13", "V14",
    "T01", "T02", "T03", "T04", "T05",
    "C01", "C02", "C03", "C04", "C05",
    "M01", "M02", "M03", "M04", "M05",
    "L01", "L02", "L03", "L04", "L05", "L06", "L07", "L08", "L09",
    "A01", "A02", "A03", "A04", "A05", "A06",
    "Q01", "Q02", "Q03", "Q04",
    "P01",
    "D06", "S01", "S02", "S03", "S04",
}  # fmt: skip
"""T06 (no clock) is a test of ``briefgen.timing``."""

NOTES = {
    "A01",
    "A05",
    "A06",
    "C02",
    "C05",
    "G08",
    "G10",
    "L04",
    "L09",
    "M05",
    "Q02",
    "Q03",
    "S04",
    "T04",
    "V11",
    "V13",
    "V14",
}
"""Kept and reported; every other code withholds."""


def every_rule() -> list[Rule[Any] | BriefRule]:
    return [*GENERAL, *(rule for facet in all_facets() for rule in facet.rules), *BRIEF_RULES]


def emitted() -> set[str]:
    """Codes of rules, and of findings that a facet makes while it proposes items."""
    found = {rule.code for rule in every_rule()}
    for source in SOURCES:
        found |= set(re.findall(r"Finding\(\s*\"([A-Z]\d\d)\"", source.read_text(encoding="utf-8")))
    return found


def test_the_codes_that_rules_emit_are_these() -> None:
    assert emitted() == CODES


def test_a_code_has_one_severity_but_for_one() -> None:
    assert {rule.code for rule in every_rule() if not rule.critical} == NOTES
    both = NOTES & {rule.code for rule in every_rule() if rule.critical}
    assert both <= {"V13"}, "a description of a named visitor is withheld, a twin is noted"


@pytest.mark.parametrize("rule", every_rule(), ids=lambda rule: f"{rule.code} {rule.says}")
def test_a_rule_says_in_one_line_what_it_catches(rule: Rule[Any] | BriefRule) -> None:
    assert re.fullmatch(r"[A-Z]\d\d", rule.code)
    assert 5 < len(rule.says) < 90
    assert "\n" not in rule.says


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_documented(code: str, shared: Path) -> None:
    domain = (shared / "DOMAIN.md").read_text(encoding="utf-8")
    design = (shared / "DESIGN.md").read_text(encoding="utf-8")
    family = re.search(rf"{code[0]}(\d\d)–{code[0]}(\d\d)", design)
    in_family = family is not None and family[1] <= code[1:] <= family[2]
    assert re.search(rf"\b{code}\b", domain) or in_family


@pytest.mark.parametrize("facet", all_facets(), ids=lambda facet: facet.name)
def test_facets_have_unique_names_prefixes_and_order(facet: Any) -> None:
    others = [other for other in all_facets() if other is not facet]
    assert facet.name not in {other.name for other in others}
    assert facet.prefix not in {other.prefix for other in others}
    assert facet.order not in {other.order for other in others}
