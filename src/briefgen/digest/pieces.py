"""Piece: an item of one brief on its way into a merged line; and what all merged lines have."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from briefgen.brief import Item
from briefgen.digest.places import Places
from briefgen.digest.sources import sources_of, with_quoted_media

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from briefgen.digest.digest import Cited
    from briefgen.digest.identity import ActorIndex
    from briefgen.digest.reports import Report

T_co = TypeVar("T_co", bound=Item, covariant=True)
T = TypeVar("T", bound=Item)


@dataclass(frozen=True, eq=False)
class Piece(Generic[T_co]):
    """``item`` of the brief of ``report``."""

    report: Report
    item: T_co

    @property
    def member(self) -> str:
        return self.report.member(self.item.id)

    @property
    def order(self) -> tuple[date, str, str]:
        """Oldest first, and the same whatever order the reports came in."""
        return self.report.said, self.report.brief.article.id, self.item.id


@dataclass(frozen=True)
class Merging:
    """What merging needs to know beside the pieces.

    ``day``: last day of the digest. ``ids``: the id that a member's line had in the last digest.
    """

    reports: Sequence[Report]
    index: ActorIndex
    day: date
    ids: Mapping[str, str] = field(default_factory=dict)

    def pieces(self, facet: str) -> list[Piece[Any]]:
        """Every item of a facet, oldest first."""
        found = [Piece(report, item) for report in self.reports for item in getattr(report.brief, facet)]
        return sorted(found, key=lambda piece: piece.order)

    def actors(self, report: Report, ids: Iterable[str]) -> tuple[str, ...]:
        """Merged ids of actors of a brief."""
        return tuple(dict.fromkeys(self.index.of(report, each) for each in ids))

    @cached_property
    def places(self) -> Places:
        """Where the visits of these reports go."""
        return Places(piece.item for piece in self.pieces("planned_visits"))

    def name(self, merged_id: str) -> str:
        return self.index.get(merged_id).name


def line_fields(
    kind: str, pieces: Sequence[Piece[Any]], named: Callable[[Piece[Any]], Sequence[str]], merging: Merging
) -> dict[str, Any]:
    """The fields of :class:`briefgen.digest.digest.Line` but for what changed. ``named``: whom a piece names as
    sources.
    """
    reports = {piece.report.number: piece.report for piece in pieces}
    index = merging.index
    statements = [
        (each.report, with_quoted_media(each.report, named(each), each.item.evidence, index))
        for each in pieces
    ]
    return {
        "id": line_id(kind, pieces, merging),
        "articles": tuple(sorted(reports)),
        "sources": sources_of(statements, index),
        "evidence": cited(pieces),
        "members": tuple(piece.member for piece in pieces),
        "first_seen": min(piece.report.arrived for piece in pieces),
        "last_seen": max(piece.report.arrived for piece in pieces),
        "last_changed": max(piece.report.arrived for piece in pieces),
    }


def line_id(kind: str, pieces: Sequence[Piece[Any]], merging: Merging) -> str:
    """The id that the line had before; a new line's is made of its oldest member."""
    for piece in pieces:
        if piece.member in merging.ids:
            return merging.ids[piece.member]
    return new_id(kind, pieces[0].member)


def new_id(kind: str, member: str) -> str:
    """An id that hangs on the line's oldest member alone."""
    return f"{kind}-{hashlib.sha256(member.encode()).hexdigest()[:8]}"


def cited(pieces: Iterable[Piece[Any]]) -> tuple[Cited, ...]:
    """The evidence of all pieces, each sentence once."""
    return unique(cite for piece in pieces for cite in piece.report.cite(piece.item.evidence))


def unique(cites: Iterable[Cited]) -> tuple[Cited, ...]:
    """The same without repetitions, in order."""
    return tuple({(cite.article, cite.start, cite.end): cite for cite in cites}.values())


def gathered(
    pieces: Iterable[Piece[T]], key: Callable[[Piece[T]], Hashable | None]
) -> Iterator[list[Piece[T]]]:
    """Pieces with the same key together; those without one are left out."""
    found: dict[Hashable, list[Piece[T]]] = defaultdict(list)
    for piece in pieces:
        of = key(piece)
        if of is not None:
            found[of].append(piece)
    yield from found.values()


def united(values: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All values, each once, in order."""
    return tuple(dict.fromkeys(value for each in values for value in each))


def most_said(values: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All values, those that most pieces have first."""
    counts: dict[str, int] = defaultdict(int)
    for each in values:
        for value in each:
            counts[value] += 1
    return tuple(sorted(counts, key=lambda value: -counts[value]))
