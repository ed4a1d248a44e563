"""Allegations of many briefs, merged: accusers united, answers per accused (DOMAIN.md 7.3)."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from briefgen.digest.digest import MergedAllegation, MergedResponse
from briefgen.digest.likeness import alike, stems_of
from briefgen.digest.pieces import line_fields, most_said, unique, united
from briefgen.grounding import stem
from briefgen.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from briefgen.brief import Allegation, AllegationStatus, Response
    from briefgen.digest.pieces import Merging, Piece

_APART = timedelta(days=30)
"""Accusations made further apart are two."""
_RANK: tuple[AllegationStatus, ...] = ("withdrawn", "adjudicated", "admitted", "unresolved")


def allegation_groups(merging: Merging) -> Iterator[list[Piece[Allegation]]]:
    """The pieces of each allegation: an accused in common, the same class of act, alike words, compatible dates."""
    accused = {
        piece: frozenset(merging.actors(piece.report, piece.item.accused))
        for piece in merging.pieces("allegations")
    }

    def may_be_one(one: Piece[Allegation], other: Piece[Allegation]) -> bool:
        shared = accused[one] & accused[other] or accused[one] == accused[other]
        return bool(shared) and _may_be_one(one, other)

    yield from alike(list(accused), lambda piece: _claim(piece, merging), may_be_one=may_be_one)


def _claim(piece: Piece[Allegation], merging: Merging) -> frozenset[str]:
    names = [
        merging.name(each)
        for each in merging.actors(piece.report, (*piece.item.accused, *piece.item.accusers))
    ]
    return stems_of(piece.item.claim, names)


def _may_be_one(one: Piece[Allegation], other: Piece[Allegation]) -> bool:
    acts, others = acts_in(one.item.claim), acts_in(other.item.claim)
    if acts and others and not acts & others:
        return False
    (first, last), (other_first, other_last) = _made(one), _made(other)
    return other_first - last <= _APART and first - other_last <= _APART


def _made(piece: Piece[Allegation]) -> tuple[date, date]:
    """The days on which it may have been made; where that is not said, about when it was reported."""
    made = piece.item.made
    if made and made.earliest and made.latest:
        return made.earliest, made.latest
    return piece.report.said, piece.report.said


def acts_in(claim: str) -> frozenset[str]:
    """Classes of blameworthy acts that a claim names (``lexicon/acts.toml``)."""
    return frozenset(name for each in stems_of(claim) for name in _acts().get(each, ()))


@cache
def _acts() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, listed in table("acts").items():
        for word in listed:
            found[stem(word)].append(name)
    return {key: tuple(names) for key, names in found.items()}


def merged_allegation(pieces: Sequence[Piece[Allegation]], merging: Merging) -> MergedAllegation:
    """One allegation of all its pieces, oldest first."""
    best = max(pieces, key=lambda piece: (len(piece.item.accusers), -piece.report.said.toordinal()))
    dated = [piece.item.made for piece in pieces if piece.item.made]
    exact = [made for made in dated if made.earliest]
    responses = _responses(pieces, merging)
    return MergedAllegation(
        **line_fields("allegation", pieces, lambda piece: _accusers(piece, merging), merging),
        accusers=united(merging.actors(piece.report, piece.item.accusers) for piece in pieces),
        accused=most_said(merging.actors(piece.report, piece.item.accused) for piece in pieces),
        claim=best.item.claim,
        wordings=united((piece.item.claim,) for piece in pieces),
        made=next(iter(exact or dated), None),
        responses=responses,
        status=min((piece.item.status for piece in pieces), key=_RANK.index),
    )


def _accusers(piece: Piece[Allegation], merging: Merging) -> list[str]:
    return [merging.name(each) for each in merging.actors(piece.report, piece.item.accusers)]


def _responses(pieces: Sequence[Piece[Allegation]], merging: Merging) -> tuple[MergedResponse, ...]:
    """Each accused's answers, the newest current. That an article reports none takes no answer away."""
    told: dict[str, dict[str, list[tuple[Piece[Allegation], Response]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for piece in pieces:
        for response in piece.item.responses:
            by = merging.index.of(piece.report, response.by)
            told[by][response.stance].append((piece, response))
    found = []
    for by, stances in told.items():
        if len(stances) > 1:
            stances.pop("not_reported", None)
        newest = max(piece.report.said for same in stances.values() for piece, _ in same)
        found += [_response(by, same, newest) for same in stances.values()]
    return tuple(sorted(found, key=lambda each: (each.by, not each.current, each.stance)))


def _response(by: str, same: Sequence[tuple[Piece[Allegation], Response]], newest: date) -> MergedResponse:
    said = max(piece.report.said for piece, _ in same)
    return MergedResponse(
        by=by,
        stance=same[0][1].stance,
        said=said,
        articles=tuple(sorted({piece.report.number for piece, _ in same})),
        current=said == newest,
        evidence=unique(cite for piece, response in same for cite in piece.report.cite(response.evidence)),
    )
