"""The words of the renderers against the contract of the brief."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from briefgen import brief
from briefgen.render.sections import KNOWN_FACETS
from briefgen.render.words import listed, tables, word

VALUES = {
    "visit_status": brief.VisitStatus,
    "confirmation": brief.ConfirmationValue,
    "aspect": brief.Aspect,
    "basis": brief.Basis,
    "stance": brief.Stance,
    "position_stance": brief.PositionStance,
    "allegation_status": brief.AllegationStatus,
    "question": brief.QuestionKind,
    "background": brief.BackgroundKind,
    "actor_kind": brief.ActorKind,
}


@pytest.mark.parametrize("table", VALUES)
def test_each_value_of_the_contract_has_a_word(table: str) -> None:
    literal: Any = VALUES[table]
    assert set(get_args(literal)) <= set(tables()[table])


def test_each_facet_of_the_contract_has_a_heading() -> None:
    assert set(KNOWN_FACETS) <= set(tables()["heading"])


def test_a_value_without_a_word_is_shown_as_it_is_written_and_cleaned() -> None:
    assert word("stance", "shrugged\x1b[31m_it_off") == "shrugged[31m it off"


@pytest.mark.parametrize(
    ("names", "shown"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_are_listed_as_people_list_them(names: list[str], shown: str) -> None:
    assert listed(names) == shown
