"""Time phrases of an article to dates and EDTF, against the article's own date, never the clock."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from pydantic import BaseModel, ConfigDict

from briefgen.lexicon import table
from briefgen.time_grammar import (
    any_of,
    clock_text,
    cores,
    duration,
    event,
    lead,
    phrase_lists,
    trail,
    vague,
)
from briefgen.time_spans import span_of
from briefgen.time_units import Bound, Context, Direction, Granularity, Span

__all__ = [
    "Bound",
    "Direction",
    "Granularity",
    "Timing",
    "direction_of",
    "finer_than_text",
    "is_before",
    "resolve",
    "same_resolution",
    "years_in",
]

_LONGEST_PHRASE = 200
_FIRST_YEAR, _LAST_YEAR = 1000, 9000  # of publication: outside, a date is a fault of the file


class Timing(BaseModel):
    """When, as the article says it and as far as code could resolve it.

    ``text`` is the article's phrase with its modifier ("as early as June"). ``earliest`` and ``latest`` are
    days, both ``None`` where text and publication date do not settle them. ``edtf`` is ISO 8601-2
    (``XXXX-06``: June of an unknown year). ``bound`` is the modifier: ``not_before`` for "as early as".
    ``ambiguous`` says that the phrase has two readings, neither of which was chosen.

    With ``before`` and ``after``, ``edtf`` is the time named and the days are those on its far side; with
    ``start``, ``mid`` and ``end`` the days are those of the whole month or year; with ``approximate`` there
    are none, but for a week, month or year counted from publication ("in two weeks").
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    earliest: date | None = None
    latest: date | None = None
    edtf: str | None = None
    granularity: Granularity = "vague"
    bound: Bound | None = None
    ambiguous: bool = False


def resolve(text: str, published: date | None, *, direction: Direction = "future") -> Timing:
    """Resolve a time phrase against the day of publication; any string will do.

    ``direction`` says whether the thing that happens is still to come; wording ("last week", "tomorrow") goes
    before it. A phrase that names no time of the calendar is ``vague``, ``event_anchored`` or a ``duration``
    and has no dates. So has a season, for want of the hemisphere; so has what is "around" a date.

    Nothing is ever resolved against the clock, and no year is made up: without ``published`` and without a
    year in the text, June is ``XXXX-06`` and has no days (DOMAIN.md, section 3; rules T01 to T06).
    """
    if len(text) > _LONGEST_PHRASE:
        return Timing(text=text)
    clock = clock_text(text, prose=False)
    if published and not _FIRST_YEAR <= published.year <= _LAST_YEAR:
        published = None
    context = Context(published, direction_of(text) or direction)
    found = _phrase().fullmatch(clock.text)
    span = span_of(clock, *found.span("core"), context) if found else None
    if found is None or span is None:
        return Timing(text=text, granularity=_undated(clock.text))
    span = _with_bound(_with_part(span, found["part"], context), found, context)
    if context.published and not years_in(text) and _contradicts(span, context):
        span = replace(span, ambiguous=True)
    if span.ambiguous:
        span = replace(span, first=None, last=None, edtf=None)
    return Timing(
        text=text,
        earliest=span.first,
        latest=span.last,
        edtf=span.edtf,
        granularity=span.granularity,
        bound=span.bound,
        ambiguous=span.ambiguous,
    )


def direction_of(text: str) -> Direction | None:
    """Tell past from future by the wording alone ("last week", "tomorrow"); ``None`` where it does not say."""
    clock = clock_text(text, prose=False).text
    past, future = (bool(pattern.search(clock)) for pattern in _direction_words())
    if past == future:
        return None
    return "past" if past else "future"


def years_in(text: str) -> set[int]:
    """Return the years that the text names in four digits, the first of each decade ("1990s") included."""
    tokens = clock_text(text, prose=False).tokens
    years = {token.value for token in tokens if token.name in {"YEAR", "DECADE"}}
    return years | {int(token.word[:4]) for token in tokens if token.name == "ISO"}


def same_resolution(timing: Timing, published: date | None, direction: Direction = "future") -> bool:
    """Tell whether ``timing`` is what its text resolves to (rule T03)."""
    return resolve(timing.text, published, direction=direction) == timing


def is_before(timing: Timing, published: date | None) -> bool:
    """Tell whether the time was over before the day of publication (rule T05); unknown is not before."""
    return published is not None and timing.latest is not None and timing.latest < published


def finer_than_text(timing: Timing) -> bool:
    """Tell whether ``timing`` claims a finer unit than its own text names (rule T02, invariant I9)."""
    said = _FINENESS.index(resolve(timing.text, None).granularity)
    if _FINENESS.index(timing.granularity) < said:
        return True
    days = timing.edtf is not None and any(part.count("-") == 2 for part in timing.edtf.split("/"))
    return days and said > _FINENESS.index("week")


_FINENESS: tuple[Granularity, ...] = (
    "day", "week", "month", "quarter", "season", "year", "duration", "event_anchored", "vague",
)  # fmt: skip


@cache
def _phrase() -> re.Pattern[str]:
    core = "|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern in cores().values())
    return re.compile(f"(?:for |of |to |scheduled for )?{lead()}(?P<core>{core}){trail()}(?:[.,;:] )?")


@cache
def _direction_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = table("time")["direction"]
    last = f"last (?!{any_of(*words['last_of'])})"
    return re.compile(rf"(?<!\S)(?:{any_of(*words['past'])}|{last})"), re.compile(
        rf"(?<!\S){any_of(*words['future'])}"
    )


def _undated(clock: str) -> Granularity:
    if re.match(duration(), clock):
        return "duration"
    if re.match(vague(), clock) or not re.match(rf"{event()}|(?:\S+ )?{_markers()}\S", clock):
        return "vague"
    return "event_anchored"


@cache
def _markers() -> str:
    return any_of(*table("time")["events"]["markers"], "once", "when")


def _with_part(span: Span, words: str | None, context: Context) -> Span:
    """Apply "early", "mid", "late" (the whole month, and the bound says which part) or "later this"."""
    part = phrase_lists("parts").get((words or "").removeprefix("the ")) or phrase_lists("parts").get(
        words or ""
    )
    if part in {"start", "mid", "end"}:
        pair = span.granularity == "month" and "/" in (span.edtf or "")  # "late June or early July"
        return span if pair else replace(span, bound=part)
    day = context.published
    if not (part and day and span.first and span.last and span.first <= day <= span.last):
        return span
    return replace(span, first=day) if part == "later" else replace(span, last=day)


def _with_bound(span: Span, found: re.Match[str], context: Context) -> Span:
    bound: Bound | None = phrase_lists("bounds").get(found["bound"] or "") or phrase_lists(
        "bounds_behind"
    ).get(found["behind"] or "")
    opening = found["bound"] in {"from ", "starting ", "beginning "}
    if bound is None or (opening and span.edtf and "/" in span.edtf and span.granularity != "week"):
        return span
    if bound == "before" and span.bound == "end":
        bound = "not_after"
    if bound == "approximate":
        simple = span.edtf is not None and re.fullmatch(r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?", span.edtf)
        return replace(
            span, first=None, last=None, edtf=f"{span.edtf}~" if simple else span.edtf, bound=bound
        )
    if bound == "before":
        return replace(span, first=None, last=_shift(span.first, -1), bound=bound)
    if bound == "after":
        return replace(span, first=_shift(span.last, 1), last=None, bound=bound)
    # EDTF has no open interval for an unknown year or a quarter: there the bound alone says it.
    known = span.edtf if span.edtf and "X" not in span.edtf and span.granularity != "quarter" else None
    if bound == "not_after":
        edtf = f"../{known.rpartition('/')[2]}" if known else span.edtf
        return replace(span, first=None, edtf=edtf, bound=bound)
    first = span.first
    if first and context.published and context.direction == "future":
        first = max(first, context.published)
    return replace(
        span,
        first=first,
        last=None,
        edtf=f"{known.partition('/')[0]}/.." if known else span.edtf,
        bound="not_before",
    )


def _contradicts(span: Span, context: Context) -> bool:
    """Tell whether the span lies on the other side of the publication date than it must."""
    assert context.published is not None
    if context.direction == "future":
        return span.last is not None and span.last < context.published
    return span.first is not None and span.first > context.published


def _shift(day: date | None, days: int) -> date | None:
    return day + timedelta(days=days) if day else None
