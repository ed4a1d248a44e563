"""Positions and background of many briefs, merged by holder and likeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.digest.digest import MergedBackground, MergedPosition
from briefgen.digest.likeness import alike, stems_of
from briefgen.digest.pieces import gathered, line_fields, united

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefgen.brief import Background, Position
    from briefgen.digest.pieces import Merging, Piece

_SAME_EVENT = 0.7
"""Background is told in whole sentences, in which only much in common is one event."""


def position_groups(merging: Merging) -> Iterator[list[Piece[Position]]]:
    """The pieces of each position: same stance, alike words; who hold it together stand together."""
    for pieces in gathered(merging.pieces("positions"), lambda piece: piece.item.stance):
        yield from alike(
            pieces,
            lambda piece: stems_of(piece.item.text),
            may_be_one=lambda one, other: _together(one, other, merging),
        )


def _together(one: Piece[Position], other: Piece[Position], merging: Merging) -> bool:
    if one.report is other.report and one.item.text == other.item.text:
        return True
    holder = merging.index.of(one.report, one.item.holder)
    return holder == merging.index.of(other.report, other.item.holder)


def merged_position(pieces: Sequence[Piece[Position]], merging: Merging) -> MergedPosition:
    """One position of all its pieces, in the words of the oldest."""

    def named(piece: Piece[Position]) -> list[str]:
        holder = merging.name(merging.index.of(piece.report, piece.item.holder))
        return list(piece.item.according_to) or [holder]

    return MergedPosition(
        **line_fields("position", pieces, named, merging),
        holders=united(merging.actors(piece.report, (piece.item.holder,)) for piece in pieces),
        stance=pieces[0].item.stance,
        text=pieces[0].item.text,
        according_to=united(piece.item.according_to for piece in pieces),
        hedges=united(piece.item.hedges for piece in pieces),
    )


def background_groups(merging: Merging) -> Iterator[list[Piece[Background]]]:
    """The pieces of each past event."""
    for pieces in gathered(merging.pieces("background"), lambda piece: piece.item.kind):
        yield from alike(pieces, lambda piece: stems_of(piece.item.text), at_least=_SAME_EVENT)


def merged_background(pieces: Sequence[Piece[Background]], merging: Merging) -> MergedBackground:
    """One past event, in the words of the oldest report."""
    return MergedBackground(
        **line_fields("background", pieces, lambda _: (), merging),
        text=pieces[0].item.text,
        kind=pieces[0].item.kind,
    )
