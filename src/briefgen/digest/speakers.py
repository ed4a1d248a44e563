"""Who says a thing, across articles: one voice, and whether it is a party to the visit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefgen.digest.identity import place_key
from briefgen.grounding import fold_name

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable
    from datetime import date

    from briefgen.brief import PlannedVisit
    from briefgen.digest.pieces import Merging, Piece
    from briefgen.digest.reports import Report


def voice(report: Report, name: str, merging: Merging) -> str:
    """Who speaks under ``name`` in an article: the state whose office or government it is, else the merged actor,
    else the name. A ministry's "yes" is withdrawn by the presidency's "no": they are one side.
    """
    merged = merging.index.called(report, name)
    if merged is None:
        return fold_name(name)
    return merging.index.side(merged) or merged


def parties(pieces: Iterable[Piece[PlannedVisit]], merging: Merging) -> frozenset[str]:
    """The voices of the visitors' and the hosts' sides."""
    found: set[str] = set()
    for piece in pieces:
        for actor in (*piece.item.visitors, *piece.item.hosts):
            merged = merging.index.of(piece.report, actor)
            found |= {merged, merging.index.side(merged) or merged}
        found.add(place_key(piece.item.destination))
    return frozenset(found)


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
