"""Gold and brief of one article side by side, paired."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from briefgen.evaluate.entries import FACETS, Entry, Facet
from briefgen.evaluate.matching import KEYS, pair

if TYPE_CHECKING:
    from briefgen.evaluate.expected import Expected
    from briefgen.evaluate.found import Found


@dataclass(frozen=True)
class Pairing:
    """``expected`` and ``found``, and which entries of the two are the same item."""

    expected: Expected
    found: Found

    @cached_property
    def pairs(self) -> dict[Facet, list[tuple[Entry, Entry]]]:
        return {
            facet: pair(self.expected.entries[facet], self.found.entries[facet], KEYS[facet])
            for facet in FACETS
        }

    @cached_property
    def _gold_of(self) -> dict[str, Entry]:
        return {item.ref: gold for pairs in self.pairs.values() for gold, item in pairs}

    def gold_of(self, item: Entry) -> Entry | None:
        """The gold item that this item of the brief was paired with."""
        return self._gold_of.get(item.ref)

    def unmatched_gold(self, facet: Facet) -> list[Entry]:
        matched = {gold.ref for gold, _ in self.pairs[facet]}
        return [gold for gold in self.expected.entries[facet] if gold.ref not in matched]

    def unmatched_items(self, facet: Facet) -> list[Entry]:
        return [item for item in self.found.entries[facet] if self.gold_of(item) is None]
