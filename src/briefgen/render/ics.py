"""Planned visits as an iCalendar file, for editors' diaries (RFC 5545, RFC 7986; DOMAIN.md, section 8).

A visit is an event only where its days are known: never a day that no article names. What has no event is
listed by :func:`undated`, with the reason. Nothing comes from the clock: the same digest gives the same bytes.
There is no METHOD: the file is a calendar to import, and no scheduling message, which would need an organizer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from briefgen.render.clean import one_line
from briefgen.render.days import day_text
from briefgen.render.digest_entries import Page
from briefgen.render.digest_visits import confirmed_by
from briefgen.render.names import Names
from briefgen.render.words import counted, listed, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from icalendar import Event

    from briefgen.digest.digest import Digest, MergedVisit, ReportedTiming
    from briefgen.timing import Timing

_NAMESPACE = UUID("6a0a1a0e-6f0c-5d5e-9b1c-2b8f0f6f7d11")
"""Of the ids of events: a line's id has the same UID in every digest, and tells nothing of a host."""
_DAY = timedelta(days=1)
_OFF = frozenset({"cancelled", "denied"})
_INEXACT = frozenset({"before", "after", "not_before", "not_after", "approximate"})


@dataclass(frozen=True)
class Undated:
    """A visit without an event: its line id, "Ana Ruiz to Velia", its status in words, why, and its articles."""

    id: str
    title: str
    status: str
    reason: str
    articles: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Span:
    first: date
    last: date
    month: bool = False


def render_ics(digest: Digest, *, months: bool = False) -> str:
    """The calendar, with CR LF. ``months``: visits of which only the month is known are events too, marked as such
    and tentative, all days of the month long.
    """
    from icalendar import Calendar  # noqa: PLC0415 - only this format needs it

    names = Names(digest)
    events = [
        _event(visit, span, digest, names)
        for visit in digest.planned_visits
        if isinstance(span := _when(visit, digest, months=months), _Span)
    ]
    calendar = Calendar.new(
        prodid=f"-//briefgen//briefgen {one_line(digest.made.briefgen)}//EN",
        name=word("digest_calendar", "name", day=day_text(digest.last)),
        description=_about(len(digest.planned_visits) - len(events)),
        uid=str(uuid5(_NAMESPACE, "calendar")),
        last_modified=_midnight(digest.last),
        language="en",
        subcomponents=events,
    )
    return str(calendar.to_ical(), "utf-8")


def undated(digest: Digest, *, months: bool = False) -> tuple[Undated, ...]:
    """The visits that :func:`render_ics` has no event for, in the order of the digest."""
    names = Names(digest)
    found = [(visit, _when(visit, digest, months=months)) for visit in digest.planned_visits]
    return tuple(
        Undated(visit.id, _title(visit, names), word("visit_status", visit.status), why, visit.articles)
        for visit, why in found
        if isinstance(why, str)
    )


# -- when ---------------------------------------------------------------------------------------------------


def _when(visit: MergedVisit, digest: Digest, *, months: bool) -> _Span | str:
    """The days of the event, or why there is none."""
    if any(each.kind == "date" and each.about == visit.id for each in digest.conflicts):
        standing = _party_timings(visit)
        if len(standing) != 1:
            return word("digest_calendar", "dates_disputed", sides=_sides(visit.timings))
        return _span(standing[0].timing, months=months)
    return _span(visit.timing, months=months)


def _party_timings(visit: MergedVisit) -> list[ReportedTiming]:
    """What parties of the visit say of its time and have not taken back, each time once."""
    return list(
        {
            (each.timing.earliest, each.timing.latest, each.timing.bound): each
            for each in visit.timings
            if each.current and each.official
        }.values()
    )


def _sides(timings: Iterable[ReportedTiming]) -> str:
    told = [
        f"“{one_line(each.timing.text)}”" + (f" ({listed([*map(one_line, each.by)])})" if each.by else "")
        for each in timings
        if each.current
    ]
    return "; ".join(told)


def _span(timing: Timing | None, *, months: bool) -> _Span | str:
    if timing is None:
        return word("digest_calendar", "no_time")
    text = one_line(timing.text)
    first, last = timing.earliest, timing.latest
    if timing.ambiguous:
        return word("digest_calendar", "ambiguous", text=text)
    if timing.bound == "approximate":
        return word("digest_calendar", "approximate", text=text)
    if (first is None) != (last is None) or timing.bound in _INEXACT:
        return word("digest_calendar", "no_end", text=text)
    if first is None or last is None or first > last:
        return word("digest_calendar", "no_day", text=text)
    if timing.granularity == "day":
        return _Span(first, last)
    if timing.granularity == "month":
        return _Span(first, last, month=True) if months else word("digest_calendar", "only_month", text=text)
    return word("digest_calendar", "no_day", text=text)


# -- events -------------------------------------------------------------------------------------------------


def _event(visit: MergedVisit, span: _Span, digest: Digest, names: Names) -> Event:
    from icalendar import STATUS, TRANSP, Event  # noqa: PLC0415 - only this format needs it

    status = STATUS.CANCELLED if visit.status in _OFF else STATUS.TENTATIVE
    if _is_settled(visit, span):
        status = STATUS.CONFIRMED
    return Event.new(
        uid=str(uuid5(_NAMESPACE, visit.id)),
        sequence=visit.sequence,
        stamp=_midnight(digest.last),
        created=_midnight(visit.first_seen),
        last_modified=_midnight(visit.last_changed),
        start=span.first,
        end=_after(span.last),
        status=status,
        transparency=TRANSP.TRANSPARENT,
        summary=" ".join([*_marks(visit, span), _title(visit, names)]),
        location=one_line(visit.destination.name),
        description="\n".join(_described(visit, span, digest, names)),
    )


def _is_settled(visit: MergedVisit, span: _Span) -> bool:
    """Whether a party of the visit confirms it, and the days are a party's too and not a newspaper's."""
    if visit.status != "confirmed" or span.month:
        return False
    told = {each.value for each in visit.confirmations if each.current and each.aspect == "dates"}
    if told:
        return told == {"confirmed"}
    return any(
        each.official
        and each.current
        and (each.timing.earliest, each.timing.latest) == (span.first, span.last)
        for each in visit.timings
    )


def _marks(visit: MergedVisit, span: _Span) -> list[str]:
    """What stands before the title, so that nobody takes the entry for more than it is."""
    marks: list[str]
    if visit.status in _OFF:
        marks = [visit.status]
    else:
        marks = [] if _is_settled(visit, span) else ["unconfirmed"]
        marks += [visit.status] if visit.status in {"postponed", "disputed"} else []
    return [word("digest_calendar", key) for key in (*marks, *(["month_only"] if span.month else []))]


def _title(visit: MergedVisit, names: Names) -> str:
    who = names.actors(visit.visitors) or word("phrase", "no_visitor")
    return word("digest_calendar", "summary", who=who, where=one_line(visit.destination.name))


def _described(visit: MergedVisit, span: _Span, digest: Digest, names: Names) -> list[str]:
    lines = [word("digest_calendar", "status", status=word("visit_status", visit.status))]
    by = confirmed_by(visit, Page(digest, names))
    lines.append(word("digest_calendar", "confirmed_by", names=by))
    reported = [each for each in visit.timings if each.current]
    lines.append(word("digest_calendar", "reported", text=_sides(reported)) if reported else "")
    if span.month:
        lines.append(word("digest_calendar", "month_note"))
    if visit.overdue:
        lines.append(word("digest_calendar", "overdue"))
    for key in ("according_to", "hedges"):
        told = [one_line(value) for value in getattr(visit, key)]
        lines.append(word("digest_calendar", key, told=listed(told)) if told else "")
    sources = visit.sources
    counts = ", ".join(
        (
            counted("digest", "one_source", "sources", sources.independent),
            counted("digest", "one_outlet", "outlets", sources.outlets),
        )
    )
    lines.append(word("digest_calendar", "sources", counts=counts, articles=_articles(visit, digest)))
    lines.append(word("digest_calendar", "notice"))
    return [line for line in lines if line]


def _articles(visit: MergedVisit, digest: Digest) -> str:
    known = {article.number: article for article in digest.articles}
    named = []
    for number in visit.articles:
        article = known.get(number)
        facts = [article.publisher, article.url] if article else []
        named.append(" ".join([f"[{number}]", *(one_line(fact) for fact in facts if fact)]))
    return "; ".join(named)


def _about(without: int) -> str:
    about = word("digest_calendar", "description")
    if not without:
        return about
    return f"{about} {counted('digest_calendar', 'without_one', 'without', without)}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _after(day: date) -> date | None:
    """The day after: DTEND is exclusive. The last day of all has none, and an event without DTEND is one day."""
    return day + _DAY if day < date.max else None
