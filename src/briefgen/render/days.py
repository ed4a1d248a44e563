"""Days as the page has them: "10 June 2024", which no country reads in another order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from babel.dates import format_date

from briefgen.render.words import word

if TYPE_CHECKING:
    from briefgen.timing import Timing

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


def resolved_text(timing: Timing) -> str:
    """What code made of a time phrase: days, or that no year or no date is known.

    "" where there is nothing to add to the phrase itself ("after the summit").
    """
    first, last = timing.earliest, timing.latest
    if first is None and last is None:
        if timing.granularity == "event_anchored":
            text = ""
        else:
            text = word("when", "no_year" if (timing.edtf or "").startswith("XXXX") else "no_date")
    elif first is None:
        text = word("when", "not_after", latest=day_text(last or date.max))
    elif last is None:
        text = word("when", "not_before", earliest=day_text(first))
    else:
        text = span_text(first, last)
        if timing.bound == "approximate":
            text = word("when", "approximate", when=text)
    notes = [text] if text else []
    notes += [word("when", "ambiguous")] if timing.ambiguous else []
    return ", ".join(notes)


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
