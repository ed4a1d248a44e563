"""When a visit is to be, as the articles have it: all timings, the one that stands, and where they conflict."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from briefgen.digest.digest import ReportedTiming
from briefgen.digest.pieces import unique, united
from briefgen.digest.speakers import Sides, voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefgen.brief import PlannedVisit
    from briefgen.digest.pieces import Merging, Piece
    from briefgen.timing import Timing

_FINENESS = {
    "day": 0,
    "week": 1,
    "month": 2,
    "quarter": 3,
    "season": 4,
    "year": 5,
    "vague": 6,
    "event_anchored": 7,
    "duration": 8,
}
_EXACT = frozenset({"day", "week", "month"})
"""Granularities in which two timings that do not fit are a conflict."""


@dataclass(frozen=True)
class _Told:
    """A timing in one report, and whose it is."""

    timing: Timing
    piece: Piece[PlannedVisit]
    by: tuple[str, ...]
    voice: str
    official: bool


def reported_timings(
    pieces: Sequence[Piece[PlannedVisit]], sides: Sides, merging: Merging
) -> tuple[ReportedTiming, ...]:
    """Every timing, the one that stands first: a party's before others', then the finer, then the newer."""
    told = [_told(piece, sides, merging) for piece in pieces if piece.item.timing]
    together: dict[object, list[_Told]] = defaultdict(list)
    for each in told:
        together[_days(each.timing), each.official].append(each)
    timings = [
        _reported(same, current=any(not _taken_back(each, told) for each in same))
        for same in together.values()
    ]
    return tuple(sorted(timings, key=_rank))


def _told(piece: Piece[PlannedVisit], sides: Sides, merging: Merging) -> _Told:
    timing = piece.item.timing
    assert timing is not None
    speakers = [
        each.by
        for each in piece.item.confirmations
        if each.aspect in {"dates", "occurrence"} and each.value in {"confirmed", "postponed"}
    ]
    by = tuple(dict.fromkeys([*speakers, *piece.item.according_to]))
    official = [sides.confirming(piece.report, name, merging) for name in speakers]
    official += filter(None, (sides.party(piece.report, name, merging) for name in piece.item.according_to))
    others = [voice(piece.report, name, merging) for name in piece.item.according_to]
    medium = piece.report.brief.article.publisher or piece.report.brief.article.id
    return _Told(timing, piece, by, (official or others or [medium])[0], bool(official))


def _reported(same: Sequence[_Told], *, current: bool) -> ReportedTiming:
    newest = max(same, key=lambda each: each.piece.order)
    return ReportedTiming(
        timing=newest.timing,
        by=united(each.by for each in same),
        official=newest.official,
        said=newest.piece.report.said,
        articles=tuple(sorted({each.piece.report.number for each in same})),
        current=current,
        evidence=unique(cite for each in same for cite in each.piece.report.cite(each.piece.item.evidence)),
    )


def _taken_back(one: _Told, told: Iterable[_Told]) -> bool:
    """Whether the same voice later named days that do not fit. "Later this month" takes no day of it back, and "for two
    days" none at all.
    """
    return any(
        other.voice == one.voice
        and other.piece.report.said > one.piece.report.said
        and not _fit(one.timing, other.timing)
        for other in told
    )


def _days(timing: Timing) -> object:
    """What makes two timings the same: the days, or the words where there are none."""
    if timing.earliest or timing.latest:
        return timing.earliest, timing.latest, timing.bound
    return timing.text.casefold()


def _rank(reported: ReportedTiming) -> tuple[bool, bool, bool, int, int, tuple[int, ...]]:
    timing = reported.timing
    said = reported.said.toordinal() if reported.said else 0
    undated = timing.earliest is None and timing.latest is None
    fineness = _FINENESS[timing.granularity]
    return not reported.current, undated, not reported.official, fineness, -said, reported.articles


def conflicting(timings: Sequence[ReportedTiming]) -> list[ReportedTiming]:
    """The timings that stand and cannot all be true: they name days, weeks or months that do not fit."""
    standing = [
        each
        for each in timings
        if each.current and each.timing.granularity in _EXACT and each.timing.earliest and each.timing.latest
    ]
    return [one for one in standing if any(not _fit(one.timing, other.timing) for other in standing)]


def _fit(one: Timing, other: Timing) -> bool:
    """A month holds its days, "as early as June" every later day, and a journey the day on which it starts; but 19-29
    June is not 19-20 June. What has no days fits everything.
    """
    spans = _bounds(one), _bounds(other)
    if not _holds(*spans) and not _holds(*reversed(spans)):
        return False
    if one.granularity != "day" or other.granularity != "day":
        return True
    return spans[0] == spans[1] or any(first == last for first, last in spans)


def _holds(outer: tuple[date, date], inner: tuple[date, date]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _bounds(timing: Timing) -> tuple[date, date]:
    return timing.earliest or date.min, timing.latest or date.max
