"""docs/reliability.md says what is so: each row of the specification has the tests that name it, or a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reliability_table import COMMAND, PAGE, Reasons, covered_by, marks_in, page, problems, rows_of

if TYPE_CHECKING:
    from pathlib import Path

REASONS = Reasons(groups={"N": "network", "B-PDF": "PDF"}, without={"B-PDF": "not read"}, rows={}, notes={})


def test_the_page_is_what_the_tests_and_the_reasons_make_of_the_specification(shared: Path) -> None:
    rows = rows_of((shared / "RELIABILITY.md").read_text(encoding="utf-8"))
    covered, reasons = covered_by(), Reasons.read()
    assert list(problems(rows, covered, reasons)) == []
    assert PAGE.read_text(encoding="utf-8") == page(rows, covered, reasons), f"out of date: {COMMAND}"


def test_rows_are_the_first_cells_of_the_tables_and_nothing_else() -> None:
    text = "| id | fault |\n| --- | --- |\n| N-01 | refused |\n| **T-SEC-1** | x |\n| D-1 (new) | x |\nN-02 | N-03 |\n"
    assert rows_of(text) == ["N-01", "T-SEC-1", "D-1"]


def test_marks_of_functions_parameters_classes_and_modules_are_read() -> None:
    """However a mark is written: through ``pytest.mark``, by a short name, in a parameter."""
    source = """
pytestmark = [pytest.mark.covers("N-01")]
@covers("N-02")
@pytest.mark.parametrize("x", [1, pytest.param(2, marks=pytest.mark.covers("N-03"))])
def test_a(x): ...
@covers("N-04")
class TestB:
    @covers("N-05", "N-06")
    async def test_c(self): ...
def uncovered(): ...
"""
    both, one, other = {"test_m::test_a", "test_m::test_c"}, {"test_m::test_a"}, {"test_m::test_c"}
    expected = {"N-01": both, "N-02": one, "N-03": one, "N-04": other, "N-05": other, "N-06": other}
    assert marks_in(source, "test_m") == expected


@pytest.mark.parametrize(
    "source",
    [
        'CASES = [pytest.param(1, marks=covers("N-01"))]\n@pytest.mark.parametrize("x", CASES)\ndef test_a(x): ...',
        '@covers("N-01")\ndef helper(): ...',
        "@covers(*ROWS)\ndef test_a(): ...",
    ],
    ids=["a list apart", "no test", "ids that are computed"],
)
def test_a_mark_that_cannot_be_read_is_an_error_and_not_lost(source: str) -> None:
    with pytest.raises(ValueError, match=r"test_m: covers.* must decorate"):
        marks_in(source, "test_m")


@pytest.mark.parametrize(
    ("rows", "covered", "changes", "problem"),
    [
        (["N-01"], {}, {}, "N-01: no test names it, and [rows] and [without] give no reason"),
        (
            ["N-01"],
            {"N-01": ["m::t"]},
            {"rows": {"N-01": "why"}},
            "N-01: has a reason under [rows], and a test",
        ),
        (
            ["N-01"],
            {"N-01": ["m::t"]},
            {"rows": {"N-02": "why"}},
            "N-02: has a reason under [rows], and is no row",
        ),
        (["N-01"], {}, {"rows": {"N-01": "why"}, "notes": {"N-01": "x"}}, "N-01: has a note, and no test"),
        (
            ["N-01"],
            {"N-01": ["m::t"]},
            {"without": {"N": "why"}},
            "N: has a reason under [without] that no row needs",
        ),
        (["Z-1"], {"Z-1": ["m::t"]}, {}, "Z-1: its group has no name under [groups]"),
    ],
)
def test_a_reason_that_is_missing_or_no_longer_true_is_a_problem(
    rows: list[str], covered: dict[str, list[str]], changes: dict[str, dict[str, str]], problem: str
) -> None:
    data = {"groups": {"N": "network"}, "without": {}, "rows": {}, "notes": {}} | changes
    assert list(problems(rows, covered, Reasons(**data))) == [problem]


def test_the_page_has_a_line_for_each_row_with_a_test_and_one_for_each_reason() -> None:
    rows = ["N-01", "N-02", "B-PDF-01", "B-PDF-02"]
    made = page(rows, {"N-01": ["m::test_a", "m::test_b", "n::test_c"], "N-02": ["m::test_a"]}, REASONS)
    assert "| N-01 | `m`: test_a, test_b; `n`: test_c |\n| N-02 | `m`: test_a |\n" in made
    assert "| B-PDF-01 … B-PDF-02 | not read |\n" in made
    assert "| B-PDF | PDF | 2 | 0 |\n" in made
