"""Which item is which: the keys of the guide, one to one, maximum weight."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.evaluate.destinations import Place
from briefgen.evaluate.entries import Entry
from briefgen.evaluate.matching import KEYS, pair
from briefgen.evaluate.parties import Named, NameList, Party

NAMES = NameList([Named("Ada Rell", (), "person"), Named("Norland"), Named("Velia"), Named("Ostia")])
RELL, NORLAND, VELIA, OSTIA = NAMES.parties


def motive(holder: Party, words: str, *sentences: int) -> Entry:
    return Entry("motives", words, words, words=words, subjects=(holder,), sentences=frozenset(sentences))


def accusation(accused: tuple[Party, ...], words: str, *sentences: int) -> Entry:
    return Entry("allegations", words, words, words=words, objects=accused, sentences=frozenset(sentences))


def question(words: str, kind: str, *sentences: int) -> Entry:
    return Entry("open_questions", words, words, words=words, kind=kind, sentences=frozenset(sentences))


def visit(visitors: tuple[Party, ...], place: str) -> Entry:
    return Entry("planned_visits", place, place, subjects=visitors, place=Place.of(place))


@pytest.mark.parametrize(
    ("gold", "item", "same"),
    [
        (motive(VELIA, "keep the strait closed", 1), motive(VELIA, "keep it closed", 2), True),
        (motive(VELIA, "keep the strait closed", 1), motive(NORLAND, "keep it closed", 2), False),
        (motive(VELIA, "keep the strait closed", 1), motive(VELIA, "earn money", 2), False),
        (motive(VELIA, "keep the strait closed", 1), motive(VELIA, "earn money", 1), True),
        # Read to the letter, the same sentence is enough; the holder is a field of its own.
        (motive(VELIA, "keep the strait closed", 1), motive(NORLAND, "earn money", 1), True),
    ],
)
def test_motives_need_holder_and_words_or_the_same_sentence(gold: Entry, item: Entry, same: bool) -> None:
    assert (KEYS["motives"](gold, item) is not None) is same


@pytest.mark.parametrize(
    ("gold", "item", "same"),
    [
        (accusation((VELIA,), "sank a trawler", 1), accusation((VELIA,), "sank it", 2), True),
        (accusation((VELIA,), "sank a trawler", 1), accusation((VELIA,), "shot", 1), True),
        (accusation((VELIA,), "sank a trawler", 1), accusation((VELIA,), "shot", 2), False),
        (accusation((VELIA,), "sank a trawler", 1), accusation((OSTIA,), "sank a trawler", 1), False),
        (accusation((VELIA, OSTIA), "sank a trawler", 1), accusation((OSTIA,), "sank a trawler"), True),
        (accusation((), "sank a trawler", 1), accusation((), "sank it", 2), True),
        (accusation((), "sank a trawler", 1), accusation((VELIA,), "sank a trawler", 1), False),
        (accusation((VELIA,), "sank a trawler", 1), accusation((), "sank a trawler", 1), False),
    ],
)
def test_allegations_need_an_accused_in_common_and_words_or_the_same_sentence(
    gold: Entry, item: Entry, same: bool
) -> None:
    assert (KEYS["allegations"](gold, item) is not None) is same


@pytest.mark.parametrize(
    ("gold", "item", "same"),
    [
        (
            question("Who owned it?", "information_gap", 1),
            question("Who owned what?", "unconfirmed", 2),
            True,
        ),
        (question("Who owned it?", "unconfirmed", 1), question("When, then?", "unconfirmed", 1), True),
        (question("Who owned it?", "unconfirmed", 1), question("When, then?", "unconfirmed", 2), False),
        (question("Who owned it?", "unconfirmed", 1), question("When, then?", "possible_agenda", 1), False),
    ],
)
def test_open_questions_need_words_or_kind_and_sentence(gold: Entry, item: Entry, same: bool) -> None:
    assert (KEYS["open_questions"](gold, item) is not None) is same


@pytest.mark.parametrize(
    ("gold", "item", "same"),
    [
        (visit((RELL,), "Velia"), visit((RELL, OSTIA), "Velia"), True),
        (visit((RELL,), "Velia"), visit((OSTIA,), "Velia"), False),
        (visit((RELL,), "Velia"), visit((RELL,), "Ostia"), False),
        (visit((RELL,), "Velia"), visit((), "Velia"), False),
        (visit((), "Velia"), visit((), "Velia"), False),
    ],
)
def test_visits_need_a_visitor_in_common_and_the_same_destination(
    gold: Entry, item: Entry, same: bool
) -> None:
    assert (KEYS["planned_visits"](gold, item) is not None) is same


def lettered(side: str, count: int, optional: int = 0) -> list[Entry]:
    return [
        Entry("actors", f"{side}{at}", f"{side}{at}", required=not optional >> at & 1) for at in range(count)
    ]


def weight(
    pairs: list[tuple[Entry, Entry]], likeness: dict[tuple[str, str], float]
) -> tuple[int, int, float]:
    """What the matching is to maximise: pairs, then required gold, then likeness."""
    return (
        len(pairs),
        sum(gold.required for gold, _ in pairs),
        round(sum(round(1000 * likeness[gold.ref, item.ref]) for gold, item in pairs)),
    )


def best_by_trying(
    gold: list[Entry], items: list[Entry], likeness: dict[tuple[str, str], float]
) -> tuple[int, int, float]:
    longer = [*items, *([None] * len(gold))]
    return max(
        weight(
            [(one, other) for one, other in zip(gold, order, strict=False) if other and (one.ref, other.ref) in likeness],
            likeness,
        )
        for order in permutations(longer, len(gold))
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 4),
    st.integers(1, 4),
    st.integers(0, 15),
    st.dictionaries(
        st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(0, 10).map(lambda n: n / 10), max_size=16
    ),
)
def test_the_matching_is_one_to_one_and_as_good_as_the_best_of_all(
    golds: int, items: int, optional: int, scores: dict[tuple[int, int], float]
) -> None:
    left, right = lettered("g", golds, optional), lettered("i", items)
    likeness = {(f"g{one}", f"i{other}"): score for (one, other), score in scores.items()}
    found = pair(left, right, lambda gold, item: likeness.get((gold.ref, item.ref)))
    assert len({gold.ref for gold, _ in found}) == len(found)
    assert len({item.ref for _, item in found}) == len(found)
    assert weight(found, likeness) == best_by_trying(left, right, likeness)


def test_an_item_that_fits_two_leaves_the_other_to_the_one_that_fits_only_there() -> None:
    gold, items = lettered("g", 2), lettered("i", 2)
    likeness = {("g0", "i0"): 1.0, ("g1", "i0"): 0.1, ("g0", "i1"): 0.1}
    found = pair(gold, items, lambda one, other: likeness.get((one.ref, other.ref)))
    assert {(one.ref, other.ref) for one, other in found} == {("g1", "i0"), ("g0", "i1")}


def test_a_required_item_is_matched_before_an_optional_one() -> None:
    gold, items = lettered("g", 2, optional=0b01), lettered("i", 1)
    likeness = {("g0", "i0"): 1.0, ("g1", "i0"): 0.0}
    found = pair(gold, items, lambda one, other: likeness.get((one.ref, other.ref)))
    assert [one.ref for one, _ in found] == ["g1"]


def test_nothing_matches_nothing() -> None:
    assert pair([], [], lambda *_: 1.0) == []
    assert pair(lettered("g", 2), [], lambda *_: 1.0) == []
