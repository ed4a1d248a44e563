"""Motives of many briefs, merged: same holder, same target, same basis, alike words. What a holder states is never
merged with what somebody infers (DOMAIN.md 7.3).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.digest.digest import MergedMotive
from briefgen.digest.likeness import alike, stems_of
from briefgen.digest.pieces import gathered, line_fields, united

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefgen.brief import Motive
    from briefgen.digest.pieces import Merging, Piece


def motive_groups(merging: Merging, lines: Mapping[str, str]) -> Iterator[list[Piece[Motive]]]:
    """The pieces of each motive. ``lines``: members to the ids of their lines."""

    def same(piece: Piece[Motive]) -> tuple[str, str]:
        return merging.index.of(piece.report, piece.item.holder), piece.item.basis

    def may_be_one(one: Piece[Motive], other: Piece[Motive]) -> bool:
        targets, others = targets_of(one, lines), targets_of(other, lines)
        return not targets or not others or bool(set(targets) & set(others))

    for pieces in gathered(merging.pieces("motives"), same):
        yield from alike(pieces, lambda piece: stems_of(piece.item.text), may_be_one=may_be_one)


def targets_of(piece: Piece[Motive], lines: Mapping[str, str]) -> tuple[str, ...]:
    """The lines that it is a motive for."""
    members = [piece.report.member(each) for each in piece.item.applies_to]
    return tuple(dict.fromkeys(lines[member] for member in members if member in lines))


def merged_motive(
    pieces: Sequence[Piece[Motive]], merging: Merging, lines: Mapping[str, str]
) -> MergedMotive:
    """One motive of all its pieces, in the words of the oldest."""
    first = pieces[0].item

    def named(piece: Piece[Motive]) -> list[str]:
        sources = list(piece.item.according_to)
        holder = merging.name(merging.index.of(piece.report, piece.item.holder))
        return sources or ([holder] if piece.item.basis == "stated" else [])

    return MergedMotive(
        **line_fields("motive", pieces, named, merging),
        holder=merging.index.of(pieces[0].report, first.holder),
        text=first.text,
        basis=first.basis,
        according_to=united(piece.item.according_to for piece in pieces),
        applies_to=united(targets_of(piece, lines) for piece in pieces),
        hedges=united(piece.item.hedges for piece in pieces),
    )
