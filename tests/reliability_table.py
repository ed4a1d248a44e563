"""docs/reliability.md: which rows of the specification of faults which tests cover, and why others have none.

    python tests/reliability_table.py            say what is amiss; ends with 1 if anything is
    python tests/reliability_table.py --write    write the page

The rows stand in ``../shared/RELIABILITY.md``; the tests name them with ``@pytest.mark.covers``, read here
without running any; names of groups and reasons are data, in ``docs/reliability_reasons.toml``.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Covered = Mapping[str, Sequence[str]]  # row to the tests that name it, as ``module::test``, sorted

TESTS = Path(__file__).resolve().parent
REPOSITORY = TESTS.parent
ROWS = REPOSITORY.parent / "shared" / "RELIABILITY.md"
PAGE = REPOSITORY / "docs" / "reliability.md"
REASONS = REPOSITORY / "docs" / "reliability_reasons.toml"
COMMAND = "python tests/reliability_table.py --write"
_ROW = re.compile(r"^\| \**([A-Z]+(?:-[A-Z]+)*-?\d+)\**(?: \([^|]*\))? \|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reasons:
    """``docs/reliability_reasons.toml``: ``groups`` and ``without`` by group, ``rows`` and ``notes`` by row."""

    groups: Mapping[str, str]
    """What the rows of a group are about; the order of the page."""
    without: Mapping[str, str]
    """Why rows of a group have no test, where they have no reason of their own."""
    rows: Mapping[str, str]
    """Why a row has no test."""
    notes: Mapping[str, str]
    """What to know of a row that has tests: what they leave out."""

    @classmethod
    def read(cls, path: Path = REASONS) -> Reasons:
        return cls(**tomllib.loads(path.read_text(encoding="utf-8")))

    def of(self, row: str) -> str:
        return self.rows.get(row) or self.without.get(group_of(row), "")


def group_of(row: str) -> str:
    return re.sub(r"-?\d+$", "", row)


def rows_of(specification: str) -> list[str]:
    """Return the ids of all rows, in order."""
    return _ROW.findall(specification)


def _is_mark(node: ast.AST) -> TypeGuard[ast.Call]:
    """Tell ``covers(…)`` and ``….covers(…)``."""
    if not isinstance(node, ast.Call):
        return False
    match node.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name == "covers"
    return False


def _marks(nodes: Iterable[ast.AST]) -> Iterator[ast.Call]:
    for outer in nodes:
        yield from filter(_is_mark, ast.walk(outer))


def _tests(body: Iterable[ast.stmt], around: tuple[ast.AST, ...]) -> Iterator[tuple[str, list[ast.Call]]]:
    """Yield each test with its marks: its own, also inside ``parametrize``, and those of class and module."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _tests(node.body, (*around, *node.decorator_list))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name, list(_marks([*around, *node.decorator_list]))


def _sets_marks(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"


def marks_in(source: str, module: str) -> dict[str, set[str]]:
    """Row to tests of one module; raises ValueError for a mark that cannot be read without running it."""
    tree = ast.parse(source)
    found: dict[str, set[str]] = defaultdict(set)
    lost = set(_marks([tree]))
    for name, marks in _tests(tree.body, tuple(node for node in tree.body if _sets_marks(node))):
        for mark in marks:
            rows = [node.value for node in mark.args if isinstance(node, ast.Constant)]
            if len(rows) == len(mark.args):
                lost.discard(mark)
            for row in rows:
                found[str(row)].add(f"{module}::{name}")
    if lost:
        at = min(mark.lineno for mark in lost)
        raise ValueError(f"{module}: covers(…) of line {at} must decorate a test, with ids as they are")
    return found


def covered_by(folder: Path = TESTS) -> Covered:
    found: dict[str, set[str]] = defaultdict(set)
    for path in folder.rglob("test_*.py"):
        for row, tests in marks_in(path.read_text(encoding="utf-8"), path.stem).items():
            found[row] |= tests
    return {row: sorted(tests) for row, tests in found.items()}


def problems(rows: Sequence[str], covered: Covered, reasons: Reasons) -> Iterator[str]:
    """Say what the data file leaves out, or says of rows that are not there or no longer without a test."""
    known = set(rows)
    bare = {row for row in rows if row not in covered}
    for row in rows:
        if group_of(row) not in reasons.groups:
            yield f"{row}: its group has no name under [groups]"
        if row in bare and not reasons.of(row):
            yield f"{row}: no test names it, and [rows] and [without] give no reason"
    for row in reasons.rows:
        if row not in bare:
            yield f"{row}: has a reason under [rows], and {'a test' if row in known else 'is no row'}"
    for row in reasons.notes:
        if row in bare or row not in known:
            yield f"{row}: has a note, and {'no test' if row in known else 'is no row'}"
    for group in reasons.without:
        if not any(group_of(row) == group and row not in reasons.rows for row in bare):
            yield f"{group}: has a reason under [without] that no row needs"


def _shown(tests: Sequence[str]) -> str:
    parts = []
    for module, names in groupby(tests, key=lambda test: test.split("::")[0]):
        parts.append(f"`{module}`: " + ", ".join(name.split("::")[1] for name in names))
    return "; ".join(parts)


def _bare(rows: Sequence[str], reasons: Reasons) -> Iterator[str]:
    """Yield a line for each run of rows without a test that have one reason."""
    for reason, same in groupby(rows, key=reasons.of):
        ids = list(same)
        yield f"| {ids[0] if len(ids) == 1 else f'{ids[0]} … {ids[-1]}'} | {reason} |"


def _section(group: str, rows: Sequence[str], covered: Covered, reasons: Reasons) -> Iterator[str]:
    tested = [row for row in rows if row in covered]
    yield f"\n## {group}: {reasons.groups[group]}\n"
    if tested:
        yield "| row | tests |\n| --- | --- |"
        for row in tested:
            note = f" — {reasons.notes[row]}" if row in reasons.notes else ""
            yield f"| {row} | {_shown(covered[row])}{note} |"
    if len(tested) < len(rows):
        if tested:
            yield ""
        yield "| without a test | why |\n| --- | --- |"
        yield from _bare([row for row in rows if row not in covered], reasons)


def page(rows: Sequence[str], covered: Covered, reasons: Reasons) -> str:
    """Return the page, as Markdown; ``problems`` has found nothing."""
    by_group = {group: [row for row in rows if group_of(row) == group] for group in reasons.groups}
    tested = sum(row in covered for row in rows)
    counted = (
        f"The specification of faults, bad and hostile input has {len(rows)} rows: {tested} are named by a test, "
        f"{len(rows) - tested} have none, and a reason. To run one: `pytest -k` and its name.\n"
    )
    lines = [
        "# What happens when things go wrong: rows and their tests\n",
        f"Made by `{COMMAND}`: change the tests or `docs/reliability_reasons.toml`, not this page.\n",
        counted,
        "| group | about | rows | with a test |\n| --- | --- | ---: | ---: |",
    ]
    for group, ids in by_group.items():
        lines.append(
            f"| {group} | {reasons.groups[group]} | {len(ids)} | {sum(row in covered for row in ids)} |"
        )
    for group, ids in by_group.items():
        lines += _section(group, ids, covered, reasons)
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Rows of the specification of faults, and the tests that cover them."
    )
    parser.add_argument("--write", action="store_true", help="write docs/reliability.md")
    write = parser.parse_args().write
    rows, covered, reasons = rows_of(ROWS.read_text(encoding="utf-8")), covered_by(), Reasons.read()
    found = list(problems(rows, covered, reasons))
    made = "" if found else page(rows, covered, reasons)
    if write and made:
        PAGE.write_text(made, encoding="utf-8")
    elif made and PAGE.read_text(encoding="utf-8") != made:
        found = [f"{PAGE.name} is out of date: {COMMAND}"]
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
