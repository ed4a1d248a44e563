"""The picture of the visits: where each lies on one axis of days. Geometry only; a template draws it.

Horizontal places are percentages, so that the picture has the width of a phone or of a page and its words keep
their size. What is not known is not drawn: a visit without any day stands in a list beside the picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypeAlias

from briefgen.render.days import resolved_text, tick_text
from briefgen.render.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from briefgen.digest.digest import Digest, MergedVisit
    from briefgen.timing import Timing

    _Step: TypeAlias = tuple[Callable[[date, date], Iterator[date]], str]

BarKind = Literal["known", "vague"]

_LABEL, _LANE, _GAP = 19, 15, 11  # pixels: the words of a row, each of its bars, and what parts two rows
_HEAD = 44  # pixels above the first row: the day of the brief, and the ticks
_NARROWEST = 1.2  # per cent: a single day of a long axis is still seen
_MOST_TICKS = 5  # labels that stand side by side on a phone
_CLOSE = 6.0  # per cent
_PAST, _FUTURE = timedelta(days=120), timedelta(days=550)
"""How far from the day of the brief the axis goes. What lies beyond is listed, or the others would be dots."""
_DAY = timedelta(days=1)
_OFF = frozenset({"cancelled", "denied", "postponed"})


@dataclass(frozen=True)
class Bar:
    """One reported time. ``x`` and ``width`` in per cent, ``y`` in pixels; ``words`` say the same."""

    kind: BarKind
    x: float
    width: float
    y: int
    opens_left: bool
    opens_right: bool
    words: str


@dataclass(frozen=True)
class Row:
    """One visit; ``conflict``: the digest says that its dates differ, and each has a bar."""

    visit: MergedVisit
    y: int
    bars: tuple[Bar, ...]
    conflict: bool = False


@dataclass(frozen=True)
class Tick:
    """``anchor`` as in SVG: where its words stand, so that none leaves the picture."""

    x: float
    words: str
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Picture:
    """All of it, ``height`` in pixels. ``off``: some visit is off, and its bar only an outline.
    ``beside``: visits without a day, or too far off, with their words.
    """

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    today: Tick | None
    height: int
    off: bool
    beside: tuple[tuple[MergedVisit, str], ...]


@dataclass(frozen=True)
class _Time:
    """A time that is drawn, and who is named for it."""

    timing: Timing
    by: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        resolved = resolved_text(self.timing)
        text = self.timing.text
        told = text if resolved in {"", text} else f"{text} ({resolved})"
        return f"{told}, {listed(list(self.by))}" if self.by else told


def picture(digest: Digest, today: date | None) -> Picture:
    """The picture of a digest's visits. ``today``: the day of the brief, marked on the axis."""
    disputed = {conflict.about for conflict in digest.conflicts if conflict.kind == "date"}
    drawn: list[tuple[MergedVisit, list[_Time]]] = []
    beside: list[tuple[MergedVisit, str]] = []
    for visit in digest.planned_visits:
        times = _times(visit, disputed=visit.id in disputed)
        shown = [time for time in times if _near(time.timing, today)]
        if shown:
            drawn.append((visit, shown))
        else:
            beside.append((visit, times[0].words if times else ""))
    axis = _Axis.around(days(time.timing for _, times in drawn for time in times), today)
    rows = tuple(_rows(drawn, axis, disputed))
    return Picture(
        rows=rows,
        ticks=axis.ticks(today) if rows else (),
        today=_tick(axis.place(today), tick_text(today, "d MMM y")) if rows and today else None,
        height=_HEAD + sum(_LABEL + _LANE * len(row.bars) + _GAP for row in rows),
        off=any(row.visit.status in _OFF for row in rows),
        beside=tuple(beside),
    )


def days(timings: Iterable[Timing]) -> list[date]:
    """Every day that the times begin or end on."""
    return [day for time in timings for day in (time.earliest, time.latest) if day]


def _times(visit: MergedVisit, *, disputed: bool) -> list[_Time]:
    """What is drawn: the time that stands, or where the dates conflict every one that was not replaced."""
    found: dict[object, _Time] = {}
    for reported in visit.timings if disputed else ():
        key = (reported.timing.earliest, reported.timing.latest)
        if reported.current and any(key):
            found.setdefault(key, _Time(reported.timing, reported.by))
    return list(found.values()) or ([_Time(visit.timing)] if visit.timing else [])


def _near(timing: Timing, today: date | None) -> bool:
    """Whether any of the time lies where the axis may go."""
    first, last = timing.earliest, timing.latest
    if first is None and last is None:
        return False
    if today is None:
        return True
    early, late = _bounds(today)
    return (last is None or last >= early) and (first is None or first <= late)


def _bounds(today: date) -> tuple[date, date]:
    return _shifted(today, -_PAST), _shifted(today, _FUTURE)


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta() else date.min


@dataclass(frozen=True)
class _Axis:
    first: date
    last: date

    @classmethod
    def around(cls, found: list[date], today: date | None) -> _Axis:
        every = [*found, *([today] if today else [])] or [date(2000, 1, 1)]
        first, last = min(every), max(every)
        if today:
            early, late = _bounds(today)
            first, last = max(first, early), min(last, late)
        margin = max(timedelta(days=2), (last - first) * 6 // 100)
        return cls(_shifted(first, -margin), _shifted(last, margin))

    def place(self, day: date) -> float:
        """Where the day begins, in per cent."""
        inside = min(max(day, self.first), self.last)
        return round(100 * (inside - self.first) / max(self.last - self.first, _DAY), 2)

    def ticks(self, today: date | None) -> tuple[Tick, ...]:
        """The ticks, without any that would stand in the line of today, which names its year."""
        found, pattern = next((few for few in map(self._days, _STEPS) if few[0]), ([], ""))
        apart = [day for day in found if not today or abs(self.place(day) - self.place(today)) > _CLOSE]
        years = [today.year if today else None, *(day.year for day in apart)]
        return tuple(
            _tick(
                self.place(day), tick_text(day, pattern if pattern and year == day.year else f"{pattern} y")
            )
            for day, year in zip(apart, years, strict=False)
        )

    def _days(self, step: _Step) -> tuple[list[date], str]:
        """The days of one step, if they are few enough, and how they are written."""
        days_of, pattern = step
        inside = (day for day in days_of(self.first, self.last) if self.first <= day <= self.last)
        found = list(islice(inside, _MOST_TICKS + 1))
        return (found if len(found) <= _MOST_TICKS else []), pattern


def _tick(x: float, words: str) -> Tick:
    return Tick(x, words, "start" if x < 8 else "end" if x > 92 else "middle")


def _weekly(weeks: int) -> Callable[[date, date], Iterator[date]]:
    """Mondays, every so many weeks."""

    def step(first: date, last: date) -> Iterator[date]:
        day = first.toordinal() + (-first.weekday()) % 7
        while day <= last.toordinal():
            yield date.fromordinal(day)
            day += 7 * weeks

    return step


def _daily(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1, 2))


def _monthly(months: int) -> Callable[[date, date], Iterator[date]]:
    """First days of months, every so many."""

    def step(first: date, last: date) -> Iterator[date]:
        start = first.year * 12 + first.month - 1
        for count in range(start + -start % months, last.year * 12 + last.month, months):
            yield date(count // 12, count % 12 + 1, 1)

    return step


_STEPS: tuple[_Step, ...] = (
    (_daily, "d MMM"),
    (_weekly(1), "d MMM"),
    (_weekly(2), "d MMM"),
    (_monthly(1), "MMM"),
    (_monthly(2), "MMM"),
    (_monthly(3), "MMM"),
    (_monthly(6), "MMM"),
    (_monthly(12), ""),
    (_monthly(120), ""),
)


def _rows(drawn: Iterable[tuple[MergedVisit, list[_Time]]], axis: _Axis, disputed: set[str]) -> Iterator[Row]:
    y = _HEAD
    for visit, times in drawn:
        bars = tuple(_bar(time, axis, y + _LABEL + _LANE * lane) for lane, time in enumerate(times))
        yield Row(visit, y, bars, conflict=visit.id in disputed)
        y += _LABEL + _LANE * len(bars) + _GAP


def _bar(time: _Time, axis: _Axis, y: int) -> Bar:
    timing = time.timing
    first, last = timing.earliest, timing.latest
    left = axis.place(first) if first else 0.0
    right = axis.place(_shifted(last, _DAY)) if last else 100.0
    width = max(right - left, _NARROWEST)
    known = first is not None and last is not None and timing.granularity == "day" and timing.bound is None
    return Bar(
        kind="known" if known else "vague",
        x=round(min(left, 100 - width), 2),
        width=round(width, 2),
        y=y,
        opens_left=first is None or first < axis.first,
        opens_right=last is None or last > axis.last,
        words=time.words,
    )
