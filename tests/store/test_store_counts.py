"""Whatever happens in whatever order: one state an input, one brief a key, and the counts add up (I1, I3)."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.store import (
    Done,
    Failed,
    Kept,
    Origin,
    Pending,
    Recipe,
    Result,
    Run,
    Skipped,
    Store,
    inputs,
    stored_briefs,
)
from store_examples import OTHER_RECIPE, RECIPE, article_of, brief_for

Step = tuple[str, int, int]
STEPS = st.tuples(
    st.sampled_from(["pending", "done", "partial", "failed", "unreadable", "skipped", "kept"]),
    st.integers(0, 4),  # label
    st.integers(0, 3),  # article
)
RUNS = st.lists(st.tuples(st.booleans(), st.lists(STEPS, max_size=8)), max_size=4)


@dataclass
class Expected:
    """What a store should hold, told in dictionaries."""

    works: dict[tuple[int, str], str] = field(default_factory=dict)
    inputs: dict[int, tuple[str, tuple[int, str] | None]] = field(default_factory=dict)

    def apply(self, step: Step, recipe: Recipe) -> None:
        what, label, n = step
        key = (n, recipe.model)
        if what in {"unreadable", "skipped"}:
            self.inputs[label] = ("failed" if what == "unreadable" else "skipped", None)
            return
        if what in {"done", "partial"}:
            self.works[key] = "done"
        elif what != "kept" and self.works.get(key) != "done":
            self.works[key] = what
        self.inputs[label] = ("", key)

    def states(self) -> dict[str, str]:
        return {
            f"label {label}": self.works[key] if key else state for label, (state, key) in self.inputs.items()
        }

    def briefed(self) -> set[tuple[int, str]]:
        return {key for _, key in self.inputs.values() if key and self.works[key] == "done"}


def result_of(step: Step) -> Result:
    what, label, n = step
    origin, article = Origin(f"label {label}", b"x"), article_of(n)
    made: dict[str, Result] = {
        "pending": Pending(origin, article),
        "done": Done(origin, article, brief_for(article)),
        "partial": Done(origin, article, brief_for(article, failed=True)),
        "failed": Failed(origin, "refused", "no", article=article),
        "unreadable": Failed(origin, "input_empty", "empty"),
        "skipped": Skipped(origin, "input_unsupported"),
        "kept": Kept(origin, article.id),
    }
    return made[what]


def possible(step: Step, expected: Expected, recipe: Recipe) -> bool:
    return step[0] != "kept" or (step[2], recipe.model) in expected.works


def run_steps(run: Run, steps: list[Step], expected: Expected, recipe: Recipe) -> None:
    """In one group: what the store does for one result must hold for the next one of the same group."""
    group = []
    for step in steps:
        if possible(step, expected, recipe):
            group.append(result_of(step))
            expected.apply(step, recipe)
    run.record(group)


@pytest.mark.covers("B-ARC-14")
@settings(max_examples=40, deadline=None)
@given(RUNS)
def test_every_input_is_in_one_state_and_the_counts_add_up(runs: list[tuple[bool, list[Step]]]) -> None:
    expected = Expected()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        for other, steps in runs:
            recipe = OTHER_RECIPE if other else RECIPE
            with Store.open(path, create=True) as store, store.run(recipe) as run:
                run_steps(run, steps, expected, recipe)
        with Store.open(path, create=True, readonly=not runs) as store:
            found = list(inputs(store))
            counts = store.counts()
            briefs = [(brief.article_id, brief.model) for brief in stored_briefs(store)]
    states = expected.states()
    assert {each.label: each.state for each in found} == states
    assert len(found) == counts.inputs == len(states)
    for state in ("done", "failed", "skipped", "pending"):
        assert getattr(counts, state) == list(states.values()).count(state)
    assert len(briefs) == len(set(briefs)), "at most one brief a key"
    assert set(briefs) == {(article_of(n).id, model) for n, model in expected.briefed()}
