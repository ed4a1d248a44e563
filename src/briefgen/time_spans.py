"""The days that a time of the calendar covers: "June 18-19", "next week", "the first half of 2025".

Prepositions and modifiers are not its business: :mod:`briefgen.timing` applies them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING

from briefgen.lexicon import table
from briefgen.time_grammar import ClockText, Token, cores
from briefgen.time_units import (
    Bound,
    Context,
    Span,
    day_span,
    decade_span,
    month_span,
    near_years,
    pick_span,
    quarter_span,
    shifted_span,
    week_span,
    year_span,
)
from briefgen.time_words import Found, number_of, occurrence, relative, said_year, week_step

if TYPE_CHECKING:
    from collections.abc import Callable

    _Reader = Callable[[tuple[Token, ...], Context], Span | None]

_LONGEST_COUNT = 400  # "500 years ago" is no date
_PASSED_LATELY = 334  # a day whose next return is further off has passed within the last month
_WINTER = 24


def span_of(clock: ClockText, start: int, end: int, context: Context) -> Span | None:
    """Resolve the core ``clock.text[start:end]``; ``None`` if it is none, or names no possible date."""
    for kind, pattern in _patterns().items():
        if match := pattern.fullmatch(clock.text, start, end):
            return _RESOLVERS[kind](Found(clock, match), context)
    return None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(pattern) for kind, pattern in cores().items()}


def _date_in(tokens: tuple[Token, ...], context: Context, day: int | None = None) -> Span | None:
    """The day that month, day and year among the tokens name."""
    iso = next((token.word for token in tokens if token.name == "ISO"), None)
    if iso:
        return day_span(date.fromisoformat(iso)) if _is_date(*map(int, iso.split("-"))) else None
    month = next(token.value for token in tokens if token.name == "MONTH")
    day = day or next(token.value for token in tokens if token.name == "DAY")
    if not _is_date(2000, month, day):
        return None
    year = said_year(tokens, context)
    if year is not None:
        return day_span(date(year, month, day)) if _is_date(year, month, day) else None
    spans = [day_span(date(year, month, day)) for year in near_years(context) if _is_date(year, month, day)]
    chosen = pick_span(spans, context)
    if chosen is None or chosen.first is None or context.published is None:
        return Span("day", f"XXXX-{month:02}-{day:02}")
    far = abs((chosen.first - context.published).days) > _PASSED_LATELY
    return replace(chosen, ambiguous=far)


def _is_date(year: int, month: int, day: int) -> bool:
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _month_in(tokens: tuple[Token, ...], context: Context) -> Span:
    month = next(token.value for token in tokens if token.name == "MONTH")
    year = said_year(tokens, context)
    if year is not None:
        return month_span(year, month)
    return pick_span([month_span(year, month) for year in near_years(context)], context) or Span(
        "month", f"XXXX-{month:02}"
    )


def _weekdays(weekday: int, context: Context) -> list[Span]:
    if context.published is None:
        return []
    day = context.published + timedelta(days=weekday - context.published.weekday())
    return [day_span(day + timedelta(weeks=week)) for week in (-2, -1, 0, 1, 2)]


def _weekday_in(tokens: tuple[Token, ...], context: Context) -> Span:
    weekday = next(token.value for token in tokens if token.name == "WEEKDAY")
    if any(token.name == "week" for token in tokens):
        week = shifted_span("week", week_step(tokens), context.published)
        return day_span(week.first + timedelta(days=weekday)) if week.first else Span("day")
    return pick_span(_weekdays(weekday, context), context) or Span("day")


def _pair(found: Found, context: Context, read: _Reader) -> Span | None:
    """Two times, and all between: the first is the latest that does not lie after the second."""
    a, b = found.tokens("a"), found.tokens("b")
    if said_year(a, context) is not None and said_year(b, context) is None:
        first = read(a, context)
        second = read(b, Context(first.first, "future")) if first else None
    else:
        second = read(b, context)
        first = _begin(a, second, context, read)
    return _hull(first, second)


def _begin(tokens: tuple[Token, ...], second: Span | None, context: Context, read: _Reader) -> Span | None:
    """The first time of two: in its own year if the words give one, else the latest before the second."""
    if second is None:
        return None
    return read(tokens, context if said_year(tokens, context) is not None else Context(second.first, "past"))


def _hull(first: Span | None, second: Span | None) -> Span | None:
    if not first or not second:
        return None
    if first.first and second.last and first.first > second.last:
        return Span(second.granularity, ambiguous=True)
    edtf = f"{first.edtf}/{second.edtf}" if first.edtf and second.edtf and first != second else second.edtf
    ambiguous = first.ambiguous or second.ambiguous
    return replace(second, edtf=edtf, first=first.first, last=second.last, ambiguous=ambiguous)


def _days(found: Found, context: Context) -> Span | None:
    tokens = found.tokens()
    first, last = found.value("first") or found.value("from"), found.value("last") or found.value("to")
    second = _date_in(tokens, context, last)
    if second is None or first is None:
        return None
    return _hull(_begin(tokens, second, context, partial(_date_in, day=first)), second)


def _week_of(found: Found, context: Context) -> Span | None:
    day = _date_in(found.tokens("day"), context)
    if day is None:
        return None
    return replace(week_span(day.first), ambiguous=day.ambiguous) if day.first else Span("week")


def _weekday(found: Found, context: Context) -> Span | None:
    weekday = found.value(0, "WEEKDAY")
    assert weekday is not None
    published = context.published
    if published and relative(found.tokens("rel"))[0] == "this":
        return day_span(published + timedelta(days=weekday - published.weekday()))
    spans = _weekdays(weekday, context)
    return occurrence(
        spans,
        found,
        context,
        lambda span: week_span(span.first or date.min) == week_span(published or date.max),
    ) or Span("day")


def _deictic(found: Found, context: Context) -> Span:
    days = {" ".join(token.word for token in found.tokens("day")): 0}
    offset = next((table("time")["deictic"].get(phrase, 0) for phrase in days), 0)
    return shifted_span("day", -1 if found.match["night"] else offset, context.published)


def _day_of_month(found: Found, context: Context) -> Span | None:
    month = shifted_span("month", week_step(found.tokens("rel")), context.published)
    day = found.value("day") or 1
    if month.first is None or month.last is None:
        return Span("day")
    return day_span(month.first.replace(day=day)) if day <= month.last.day else None


def _a_month(found: Found, context: Context) -> Span | None:
    month = found.value(0, "MONTH")
    assert month is not None
    published = context.published
    if published is None or found.match["year"]:
        return _month_in(found.tokens(), context)
    if relative(found.tokens("rel"))[0] == "this":
        return month_span(published.year, month)
    spans = [month_span(year, month) for year in near_years(context)]
    return occurrence(spans, found, context, lambda span: _within_three_months(span, published))


def _within_three_months(span: Span, published: date) -> bool:
    """Tell whether the month ended, or begins, less than three months from publication (DOMAIN.md, 3)."""
    assert span.first is not None
    assert span.last is not None
    if span.last < published:
        return span.last > _three_months(published, -3)
    return span.first < _three_months(published, 3)


def _three_months(day: date, by: int) -> date:
    month = shifted_span("month", by, day)
    assert month.first is not None
    assert month.last is not None
    return month.first.replace(day=min(day.day, month.last.day))


def _half(found: Found, context: Context) -> Span | None:
    whole = span_of(found.clock, *found.match.span("whole"), context)
    if whole is None:
        return None
    later = number_of(found.tokens("n")) != 1
    bound: Bound = "end" if later else "start"
    if whole.first is None or whole.last is None:
        return replace(whole, bound=bound)
    year = whole.first.year
    middle = date(year, 6, 30) if whole.granularity == "year" else whole.first.replace(day=15)
    if later:
        return replace(whole, first=middle + timedelta(days=1), bound=bound)
    return replace(whole, last=middle, bound=bound)


def _a_quarter(found: Found, context: Context) -> Span | None:
    number = number_of(found.tokens("n"))
    if not 1 <= number <= 4:
        return None
    year = said_year(found.tokens("year") or found.tokens("before"), context)
    if year is not None:
        return quarter_span(year, number)
    return pick_span([quarter_span(year, number) for year in near_years(context)], context) or Span("quarter")


def _counted(found: Found, context: Context) -> Span | None:
    """Count from publication ("two weeks ago"): days are exact, all else is about a week, a month, a year."""
    past = found.match.re is _patterns()["ago"]
    here = "n" if past or found.match["n"] else "n2"
    count = number_of(found.tokens(here))
    unit = str(table("time")["units"][found.tokens("unit" if here == "n" else "unit2")[0].word])
    if not 0 < count <= _LONGEST_COUNT:
        return None
    span = shifted_span(unit, -count if past else count, context.published)
    if past and found.match["or"]:  # "three or four weeks ago"
        return Span(span.granularity, bound="approximate")
    return span if unit == "day" else replace(span, bound="approximate")


def _within(found: Found, context: Context) -> Span | None:
    count = number_of(found.tokens("n"))
    unit = str(table("time")["units"][found.tokens("unit")[0].word])
    if not 0 < count <= _LONGEST_COUNT or unit == "decade":
        return None
    end = shifted_span(unit, count, context.published)
    if context.published is None or end.last is None:
        return replace(end, bound="not_after")
    last = end.last if unit == "day" else context.published + timedelta(weeks=count)
    if unit in {"month", "quarter", "year"}:
        last = end.last
    return Span(end.granularity, None, context.published, last, "not_after")


def _unit(found: Found, context: Context) -> Span | None:
    words = [token.name for token in found.tokens("rel")]
    if "past" in words or words == ["the", "last"]:
        return None  # "the past year" is a length of time that ends today
    step = {"past": -1, "future": 1}.get(relative(found.tokens("rel"))[0], 0)
    return shifted_span(found.tokens("unit")[0].word, step, context.published)


def _whole(found: Found, context: Context) -> Span:
    return shifted_span(found.tokens("unit")[0].word, 0, context.published)


def _weekend(found: Found, context: Context) -> Span:
    published = context.published
    if published is None:
        return Span("week")
    week = week_span(published).first
    assert week is not None
    saturdays = [week + timedelta(days=5 + 7 * by) for by in (-2, -1, 0, 1, 2)]
    spans = [
        Span("week", f"{day}/{day + timedelta(days=1)}", day, day + timedelta(days=1)) for day in saturdays
    ]
    same_week = week_span(published)
    chosen = occurrence(
        spans, found, context, lambda span: bool(span.first and week_span(span.first) == same_week)
    )
    return chosen or Span("week")


def _season(found: Found, context: Context) -> Span:
    """A season keeps a year only if the words give one, or "this" does for all but winter; it has no days.

    Which months it covers depends on the hemisphere, which the phrase does not say.
    """
    code = table("time")["seasons"][found.tokens("season")[0].word]
    year = said_year(found.tokens("year"), context)
    if year is None and context.published and relative(found.tokens("rel"))[0] == "this" and code != _WINTER:
        year = context.published.year
    return Span("season", f"{year:04}-{code}" if year is not None else None)


def _a_year(found: Found, _: Context) -> Span:
    return year_span(found.value(0, "YEAR") or 1)


_RESOLVERS: dict[str, Callable[[Found, Context], Span | None]] = {
    "days": _days,
    "pair_of_days": lambda found, context: _pair(found, context, _date_in),
    "pair_of_weekdays": lambda found, context: _pair(found, context, _weekday_in),
    "pair_of_months": lambda found, context: _pair(found, context, _month_in),
    "pair_of_years": lambda found, context: _pair(
        found, context, lambda tokens, _: year_span(tokens[0].value)
    ),
    "iso": lambda found, context: _date_in(found.tokens(), context),
    "week_of": _week_of,
    "day": lambda found, context: _date_in(found.tokens(), context),
    "weekday_of_week": lambda found, context: _weekday_in(found.tokens(), context),
    "weekday": _weekday,
    "deictic": _deictic,
    "day_of_month": _day_of_month,
    "month": _a_month,
    "half": _half,
    "quarter": _a_quarter,
    "year_end": lambda found, context: replace(_whole(found, context), bound="end"),
    "ago": _counted,
    "ahead": _counted,
    "within": _within,
    "unit": _unit,
    "weekend": _weekend,
    "season": _season,
    "decade": lambda found, _: decade_span(found.value(0, "DECADE") or 0),
    "year": _a_year,
    "whole": _whole,
}
