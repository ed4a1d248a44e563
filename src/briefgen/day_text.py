"""Days as people write them: "10 June 2024", which no country reads in another order."""

from __future__ import annotations

from datetime import date, timedelta

from babel.dates import format_date

_DAY = timedelta(days=1)


def day_text(day: date) -> str:
    """ "10 June 2024"."""
    return _formatted(day, "d MMMM y")


def span_text(first: date, last: date) -> str:
    """A day, or "9–10 June 2024", "28 June – 2 July 2024"; a whole month or year by its name."""
    if first == last:
        return day_text(first)
    whole = _whole(first, last)
    if whole:
        return whole
    if first.year != last.year:
        return f"{day_text(first)} – {day_text(last)}"
    if first.month != last.month:
        return f"{_formatted(first, 'd MMMM')} – {day_text(last)}"
    return f"{first.day}–{day_text(last)}"


def tick_text(day: date, pattern: str) -> str:
    """The day in a pattern of Unicode CLDR ("d MMM")."""
    return _formatted(day, pattern)


def _whole(first: date, last: date) -> str:
    """The name of the month or year, or of the months, that the days fill; "" where they fill none."""
    if first.day != 1 or (last < date.max and (last + _DAY).day != 1):
        return ""
    if (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.year != last.year:
        return f"{_formatted(first, 'MMMM y')} – {_formatted(last, 'MMMM y')}"
    if first.month != last.month:
        return f"{_formatted(first, 'MMMM')} – {_formatted(last, 'MMMM y')}"
    return _formatted(first, "MMMM y")


def _formatted(day: date, pattern: str) -> str:
    return str(format_date(day, pattern, locale="en"))
