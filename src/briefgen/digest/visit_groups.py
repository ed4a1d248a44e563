"""Which planned visits of many briefs are one: same principal, same host, compatible time (DOMAIN.md 7.3).

Direction matters, for visitor and host are keys apart. The first visitor stands for a delegation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from briefgen.digest.pieces import gathered

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from briefgen.brief import PlannedVisit
    from briefgen.digest.pieces import Merging, Piece

_APART = timedelta(days=30)
"""Dated visits to one host that are further apart are two."""
_OPEN_ENDED = timedelta(days=60)
"""How long "as early as June" may last."""
_AHEAD = timedelta(days=365)
"""How far ahead a visit may be that a report without a date speaks of."""
_SILENCE = timedelta(days=60)
"""Reports without a date that are further apart speak of two visits."""
_AFTERWARDS = timedelta(days=3)


@dataclass(frozen=True)
class Span:
    """The days on which a visit may be, as one report has it."""

    first: date
    last: date


def span_of(piece: Piece[PlannedVisit]) -> Span | None:
    """The days that a report gives; ``None`` where it gives none."""
    timing = piece.item.timing
    if timing is None or (timing.earliest is None and timing.latest is None):
        return None
    first = timing.earliest or min(piece.report.said, timing.latest or piece.report.said)
    return Span(first, timing.latest or first + _OPEN_ENDED)


def visit_groups(merging: Merging) -> Iterator[list[Piece[PlannedVisit]]]:
    """The pieces of each visit, oldest first."""
    every: list[Piece[PlannedVisit]] = merging.pieces("planned_visits")

    def principal(piece: Piece[PlannedVisit]) -> tuple[str, str] | None:
        if not piece.item.visitors:
            return None
        return merging.index.of(piece.report, piece.item.visitors[0]), merging.places.host(
            piece.item.destination
        )

    for pieces in gathered(every, principal):
        for group in _by_time(pieces):
            yield sorted(group, key=lambda piece: piece.order)


def _by_time(pieces: list[Piece[PlannedVisit]]) -> list[list[Piece[PlannedVisit]]]:
    dated = sorted(
        ((span, piece) for piece in pieces if (span := span_of(piece))),
        key=lambda pair: (pair[0].first, pair[0].last, pair[1].order),
    )
    groups: list[_Group] = []
    for span, piece in dated:
        last = groups[-1] if groups else None
        if last and span.first - last.last <= _APART:
            last.take(piece, span)
        else:
            groups.append(_Group([piece], span.first, span.last))
    undated = [piece for piece in pieces if span_of(piece) is None]
    left = _place(undated, groups)
    return [*(group.pieces for group in _put_off(groups)), *left]


class _Group:
    """Dated pieces of one visit."""

    def __init__(self, pieces: list[Piece[PlannedVisit]], first: date, last: date) -> None:
        self.pieces = pieces
        self.first, self.last = first, last

    @property
    def put_off(self) -> bool:
        """Whether the last word is that it is put off, so that a later date is the same visit's."""
        return max(self.pieces, key=lambda piece: piece.order).item.status == "postponed"

    def take(self, piece: Piece[PlannedVisit], span: Span) -> None:
        self.pieces.append(piece)
        self.last = max(self.last, span.last)

    def may_be(self, piece: Piece[PlannedVisit]) -> bool:
        said = piece.report.said
        return self.last >= said - _AFTERWARDS and self.first - said <= _AHEAD


def _put_off(groups: list[_Group]) -> list[_Group]:
    """Join each visit that was put off with the next one."""
    found: list[_Group] = []
    for group in groups:
        if found and found[-1].put_off and group.first - found[-1].last <= _AHEAD:
            found[-1].pieces += group.pieces
            found[-1].last = group.last
        else:
            found.append(group)
    return found


def _place(undated: list[Piece[PlannedVisit]], groups: list[_Group]) -> list[list[Piece[PlannedVisit]]]:
    """Put each piece without a date to the next visit it may be; return those left, as visits of their own."""
    left: list[list[Piece[PlannedVisit]]] = []
    for piece in sorted(undated, key=lambda piece: piece.order):
        fitting = [group for group in groups if group.may_be(piece)]
        if fitting:
            min(fitting, key=lambda group: group.first).pieces.append(piece)
        elif left and piece.report.said - left[-1][-1].report.said <= _SILENCE:
            left[-1].append(piece)
        else:
            left.append([piece])
    return left
