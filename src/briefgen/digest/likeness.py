"""Likeness of short texts by their content words: what merges allegations, motives, positions and background."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeVar

from briefgen.grounding import content_stems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

T = TypeVar("T")

ALIKE = 0.5
"""Least Jaccard similarity of the stems of two wordings of one thing (DOMAIN.md 7.3)."""
_MOST_OF_ONE_WORDING = 16
"""Items of the very same words that others are compared with: agencies' lines come a thousand times."""


def stems_of(text: str, without: Iterable[str] = ()) -> frozenset[str]:
    """Stems of the content words of ``text``, those of the texts ``without`` taken out."""
    left = content_stems(text)
    for other in without:
        left -= content_stems(other)
    return left


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return shared / max(1, len(one) + len(other) - shared)


def alike(
    items: Sequence[T],
    stems: Callable[[T], frozenset[str]],
    *,
    at_least: float = ALIKE,
    may_be_one: Callable[[T, T], bool] = lambda _one, _other: True,
) -> list[list[T]]:
    """``items`` in groups: two are together if they are alike and may be one, or a third joins them.

    The groups, and the items in each, keep the order of ``items``; which are together hangs on no order.
    """
    sets = [stems(item) for item in items]
    groups = _Groups(len(items))
    for one, other in _near(sets, at_least):
        if (
            not groups.together(one, other)
            and jaccard(sets[one], sets[other]) >= at_least
            and may_be_one(items[one], items[other])
        ):
            groups.join(one, other)
    return [[items[at] for at in group] for group in groups.lists()]


def _near(sets: Sequence[frozenset[str]], at_least: float) -> Iterator[tuple[int, int]]:
    """Pairs that can reach the likeness: they share one of their rarest stems. Equal sets are neighbours even
    where they are empty.
    """
    counts = Counter(stem for each in sets for stem in each)
    holders: dict[object, list[int]] = defaultdict(list)
    same: dict[frozenset[str], list[int]] = defaultdict(list)
    for at, each in enumerate(sets):
        yield from ((other, at) for other in same[each])
        if len(same[each]) == _MOST_OF_ONE_WORDING:
            continue
        same[each].append(at)
        rarest = sorted(each, key=lambda stem: (counts[stem], stem))
        for stem in rarest[: len(rarest) - math.ceil(at_least * len(rarest)) + 1]:
            yield from ((other, at) for other in holders[stem])
            holders[stem].append(at)


class _Groups:
    """Which of n things are together."""

    def __init__(self, n: int) -> None:
        self._heads = list(range(n))

    def _head(self, at: int) -> int:
        while self._heads[at] != at:
            self._heads[at] = self._heads[self._heads[at]]
            at = self._heads[at]
        return at

    def together(self, one: int, other: int) -> bool:
        return self._head(one) == self._head(other)

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self._head(one), self._head(other)))
        self._heads[second] = first

    def lists(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self._heads)):
            found[self._head(at)].append(at)
        return list(found.values())
