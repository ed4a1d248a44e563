"""A comparison as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.evaluate.columns import columns, listed, ratio
from briefgen.evaluate.entries import FACETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefgen.evaluate.comparison import Change, Comparison, PairedTest
    from briefgen.evaluate.results import FacetScore, Scores


def comparison_table(comparison: Comparison) -> str:
    """F1 before and after, the paired tests, and what changed, item by item."""
    blocks = [
        _what(comparison),
        columns(["facet", "precision", "recall", "F1"], list(_scores(comparison.old, comparison.new))),
        columns(
            ["test", "items", "better", "worse", "p", "verdict"],
            [
                *(_test("found", each) for each in comparison.found),
                *(_test("false alarms", each) for each in comparison.alarms),
            ],
        ),
    ]
    for title, changes in (
        ("CRITICAL ERRORS, NEW", comparison.critical_new),
        ("CRITICAL ERRORS, GONE", comparison.critical_gone),
        ("ITEMS WON", comparison.won),
        ("ITEMS LOST", comparison.lost),
        ("FIELDS MENDED", comparison.mended),
        ("FIELDS SPOILED", comparison.spoiled),
        ("FALSE ALARMS, NEW", comparison.alarms_new),
        ("FALSE ALARMS, GONE", comparison.alarms_gone),
    ):
        blocks += listed(title, _lines(changes))
    return "\n".join(blocks)


def _what(comparison: Comparison) -> str:
    left_out = (
        ("only in the old evaluation, left out", comparison.only_old),
        ("only in the new evaluation, left out", comparison.only_new),
        ("text or gold has changed, left out", comparison.other_gold),
        ("without a brief, then or now", comparison.failed),
    )
    lines = [f"compared: {len(comparison.articles)} articles"]
    lines += [f"{why}: {', '.join(ids)}" for why, ids in left_out if ids]
    lines += [f"changed {each}" for each in comparison.changed]
    return "".join(f"{line}\n" for line in lines)


def _scores(old: Scores, new: Scores) -> Iterator[list[str]]:
    for facet in FACETS:
        yield _score(facet, old.facets[facet], new.facets[facet])
    yield _score("all", old.overall, new.overall)
    for field, before in old.fields.items():
        yield [f"{field} accuracy", _arrow(before.value, new.fields[field].value), "", ""]


def _score(name: str, old: FacetScore, new: FacetScore) -> list[str]:
    before, now = old.tally, new.tally
    return [
        name,
        _arrow(before.precision, now.precision),
        _arrow(before.recall, now.recall),
        _arrow(before.f1, now.f1),
    ]


def _arrow(old: float | None, new: float | None) -> str:
    return f"{ratio(old)} → {ratio(new)}"


def _test(what: str, test: PairedTest) -> list[str]:
    counts = (str(test.items), str(test.better), str(test.worse))
    return [f"{what}: {test.name}", *counts, f"{test.p:.3f}", test.verdict]


def _lines(changes: Iterable[Change]) -> Sequence[str]:
    return [f"{each.article} · {each.facet}: {each.text}" for each in changes]
