"""Texts of one thing are put together by their words, near-linearly and in no order's favour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.digest.likeness import ALIKE, alike, jaccard, stems_of

if TYPE_CHECKING:
    import random

WORDS = ["missile", "grain", "border", "treaty", "drone", "harbour", "election", "bank"]
texts = st.lists(st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), max_size=14)


def groups(items: list[str]) -> set[frozenset[int]]:
    numbered = list(enumerate(items))
    found = alike(numbered, lambda pair: stems_of(pair[1]))
    return {frozenset(at for at, _ in group) for group in found}


def by_hand(items: list[str]) -> set[frozenset[int]]:
    """Connected components over all pairs: what the shortcut must give."""
    sets = [stems_of(item) for item in items]
    heads = list(range(len(items)))
    for _ in items:
        for one in range(len(items)):
            for other in range(len(items)):
                if jaccard(sets[one], sets[other]) >= ALIKE or sets[one] == sets[other] != frozenset():
                    heads[one] = heads[other] = min(heads[one], heads[other])
    return {frozenset(at for at in range(len(items)) if heads[at] == head) for head in heads}


@settings(deadline=None, max_examples=60)
@given(texts)
def test_the_shortcut_finds_every_pair_that_all_pairs_would(items: list[str]) -> None:
    assert groups(items) == by_hand(items)


@settings(deadline=None, max_examples=60)
@given(texts, st.randoms(use_true_random=False))
def test_which_texts_are_together_hangs_on_no_order(items: list[str], chance: random.Random) -> None:
    order = list(range(len(items)))
    chance.shuffle(order)
    shuffled = groups([items[at] for at in order])
    assert {frozenset(order[at] for at in group) for group in shuffled} == groups(items)


def test_a_state_and_its_adjective_are_one_word() -> None:
    assert jaccard(stems_of("Peruvian missiles"), stems_of("missiles of Peru")) == 1.0


def test_what_may_not_be_one_stays_apart_however_alike() -> None:
    found = alike(["grain theft", "grain theft"], stems_of, may_be_one=lambda _one, _other: False)
    assert found == [["grain theft"], ["grain theft"]]
