"""Units of the calendar as spans of days: the week, month or quarter of a day, and the nearest of many."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Granularity = Literal[
    "day", "week", "month", "season", "quarter", "year", "vague", "event_anchored", "duration"
]
Bound = Literal["not_before", "not_after", "before", "after", "start", "mid", "end", "approximate"]
Direction = Literal["future", "past"]

_REACH = 2  # years either side of publication that a date without a year may fall in


@dataclass(frozen=True, slots=True)
class Span:
    """The time a phrase names: first and last day where known, EDTF, and how fine it is."""

    granularity: Granularity
    edtf: str | None = None
    first: date | None = None
    last: date | None = None
    bound: Bound | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """Day of publication, where known, and whether what happens lies behind or before it."""

    published: date | None
    direction: Direction


def day_span(day: date) -> Span:
    return Span("day", day.isoformat(), day, day)


def week_span(day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    sunday = monday + timedelta(days=6)
    return Span("week", f"{monday}/{sunday}", monday, sunday)


def month_span(year: int, month: int) -> Span:
    last = date(year, month, monthrange(year, month)[1])
    return Span("month", f"{year:04}-{month:02}", last.replace(day=1), last)


def quarter_span(year: int, quarter: int) -> Span:
    first, last = month_span(year, 3 * quarter - 2), month_span(year, 3 * quarter)
    return Span("quarter", f"{year:04}-{32 + quarter}", first.first, last.last)


def year_span(year: int) -> Span:
    return Span("year", f"{year:04}", date(year, 1, 1), date(year, 12, 31))


def decade_span(year: int) -> Span:
    return Span("vague", f"{year // 10:03}X", date(year // 10 * 10, 1, 1), date(year // 10 * 10 + 9, 12, 31))


def shifted_span(unit: str, by: int, published: date | None) -> Span:
    """The day, week, month, … that lies ``by`` units from the one of publication."""
    granularity: dict[str, Granularity] = {
        "day": "day",
        "week": "week",
        "month": "month",
        "quarter": "quarter",
    }
    if published is None:
        return Span(granularity.get(unit, "year" if unit == "year" else "vague"))
    if unit == "day":
        return day_span(published + timedelta(days=by))
    if unit == "week":
        return week_span(published + timedelta(weeks=by))
    if unit == "month":
        months = published.year * 12 + published.month - 1 + by
        return month_span(months // 12, months % 12 + 1)
    if unit == "quarter":
        quarters = published.year * 4 + (published.month - 1) // 3 + by
        return quarter_span(quarters // 4, quarters % 4 + 1)
    return year_span(published.year + by) if unit == "year" else decade_span(published.year + 10 * by)


def pick_span(spans: Iterable[Span], context: Context) -> Span | None:
    """The next span that is not past, or the latest that has begun; spans are in order of time."""
    published = context.published
    if published is None:
        return None
    if context.direction == "future":
        return next((span for span in spans if span.last and span.last >= published), None)
    return next((span for span in reversed([*spans]) if span.first and span.first <= published), None)


def near_years(context: Context) -> range:
    year = context.published.year if context.published else 0
    return range(year - _REACH, year + _REACH + 1) if year else range(0)
