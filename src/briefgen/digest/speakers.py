"""Who says a thing, across articles: one voice, and whether it is a party to the visit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefgen.grounding import fold_name

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from datetime import date

    from briefgen.brief import PlannedVisit
    from briefgen.digest.pieces import Merging, Piece
    from briefgen.digest.reports import Report


def voice(report: Report, name: str, merging: Merging) -> str:
    """Who speaks under ``name`` in an article: the state whose office or government it is, else the merged actor,
    else the name.
    """
    merged = merging.index.called(report, name)
    if merged is None:
        return fold_name(name)
    return merging.index.side(merged) or merged


@dataclass(frozen=True)
class Sides:
    """The two sides of a visit. ``hosts``: voices of the host's; ``visitors``: of the visitor's."""

    visitors: frozenset[str]
    hosts: frozenset[str]

    @classmethod
    def of(cls, pieces: Iterable[Piece[PlannedVisit]], merging: Merging) -> Sides:
        """The sides of the visit that the pieces tell of."""
        visitors: set[str] = set()
        hosts: set[str] = set()
        for piece in pieces:
            hosts.add(merging.places.host(piece.item.destination))
            for found, actors in ((visitors, piece.item.visitors), (hosts, piece.item.hosts)):
                for actor in actors:
                    merged = merging.index.of(piece.report, actor)
                    found |= {merged, merging.index.side(merged) or merged}
        return cls(frozenset(visitors), frozenset(hosts - visitors))

    def confirming(self, report: Report, by: str, merging: Merging) -> str:
        """Which side confirms: only the two sides do (V06), so who is not the host's speaks for the visitor. A
        ministry's "yes" is withdrawn by the presidency's "no".
        """
        return "host" if voice(report, by, merging) in self.hosts else "visitor"

    def party(self, report: Report, name: str, merging: Merging) -> str | None:
        """The side of somebody whom an article names as its source, ``None`` if he is of neither."""
        speaker = voice(report, name, merging)
        if speaker in self.visitors:
            return "visitor"
        return "host" if speaker in self.hosts else None


@dataclass(frozen=True)
class Statement:
    """What one voice says about one aspect on one day; ``value`` is compared, not shown."""

    voice: str
    aspect: str
    value: Hashable
    said: date
    current: bool = True


def superseded(statements: Iterable[Statement]) -> list[Statement]:
    """The same with ``current`` false where the same voice said something else on the same aspect later."""
    listed = list(statements)
    newest: dict[tuple[str, str], date] = {}
    for each in listed:
        key = each.voice, each.aspect
        newest[key] = max(newest.get(key, each.said), each.said)
    return [replace(each, current=each.said == newest[each.voice, each.aspect]) for each in listed]
