"""Times altered as careless hands alter them: a year invented, a day picked, a bound lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from briefgen.timing import Timing, resolve

if TYPE_CHECKING:
    from subjects import Subject

UNKNOWN = re.compile(r"X{4}")


def shown(timing: Timing | None) -> str:
    if timing is None:
        return "no time"
    return f"“{timing.text}” {timing.edtf} [{timing.earliest} {timing.latest}] {timing.bound or ''}"


def moved(timing: Timing, days: int) -> Timing:
    """The same phrase, its days and its EDTF moved."""
    earliest, latest = (day and day + timedelta(days=days) for day in (timing.earliest, timing.latest))
    edtf = re.sub(
        r"\d{4}-\d\d-\d\d", lambda m: str(date.fromisoformat(m[0]) + timedelta(days=days)), timing.edtf or ""
    )
    return timing.model_copy(update={"earliest": earliest, "latest": latest, "edtf": edtf or None})


def year_for_unknown(timing: Timing, subject: Subject) -> Timing | None:
    if not timing.edtf or not UNKNOWN.search(timing.edtf):
        return None
    return timing.model_copy(update={"edtf": UNKNOWN.sub("2024", timing.edtf)})


def resolved_from_memory(timing: Timing, subject: Subject) -> Timing | None:
    """An undated article read as if its day were known."""
    if subject.article.published:
        return None
    new = resolve(timing.text, date(2024, 1, 20))
    return new if new.edtf != timing.edtf else None


def other_year(timing: Timing, subject: Subject) -> Timing | None:
    """Two years on: neither the text nor the day of publication gives it."""
    return in_year(timing, 3)


def next_year(timing: Timing, subject: Subject) -> Timing | None:
    return in_year(timing, 1)


def in_year(timing: Timing, more: int) -> Timing | None:
    if timing.earliest is None and timing.latest is None:
        return None
    earliest, latest = (
        day and day.replace(year=day.year + more, day=min(day.day, 28))
        for day in (timing.earliest, timing.latest)
    )
    edtf = re.sub(r"(?<!\d)(?:19|20)\d\d(?=-|$|/|~)", lambda m: str(int(m[0]) + more), timing.edtf or "")
    return timing.model_copy(update={"earliest": earliest, "latest": latest, "edtf": edtf or None})


def a_day_of_it(timing: Timing, subject: Subject) -> Timing | None:
    """One day out of a longer time."""
    first = timing.earliest
    if first is None or timing.granularity == "day":
        return None
    return timing.model_copy(
        update={"earliest": first, "latest": first, "edtf": str(first), "granularity": "day", "bound": None}
    )


def first_of_the_month(timing: Timing, subject: Subject) -> Timing | None:
    if not timing.edtf or not re.fullmatch(r"[\dX]{4}-\d\d", timing.edtf):
        return None
    return timing.model_copy(update={"edtf": f"{timing.edtf}-15"})


def finer_unit(timing: Timing, subject: Subject) -> Timing | None:
    if timing.granularity == "day":
        return None
    return timing.model_copy(update={"granularity": "day"})


def days_for_vague(timing: Timing, subject: Subject) -> Timing | None:
    """ "In the coming weeks" given a month."""
    day = subject.article.published
    if timing.granularity not in {"vague", "event_anchored", "duration", "season"} or timing.edtf:
        return None
    year = day.year if day else 2024
    month = (day or date(2024, 5, 1)).month % 12 + 1
    return timing.model_copy(update={"edtf": f"{year}-{month:02}", "granularity": "month"})


def next_month(timing: Timing, subject: Subject) -> Timing | None:
    found = re.match(r"([\dX]{4})-(\d\d)", timing.edtf or "")
    if not found:
        return None
    month = int(found[2]) % 12 + 1
    edtf = f"{found[1]}-{month:02}{(timing.edtf or '')[found.end() :]}"
    earliest, latest = (
        day and day.replace(month=day.month % 12 + 1, day=min(day.day, 28))
        for day in (timing.earliest, timing.latest)
    )
    return timing.model_copy(update={"edtf": edtf, "earliest": earliest, "latest": latest})


def a_day_off(timing: Timing, subject: Subject) -> Timing | None:
    return moved(timing, 1) if timing.earliest and timing.granularity == "day" else None


def a_week_off(timing: Timing, subject: Subject) -> Timing | None:
    return moved(timing, 7) if timing.earliest and timing.granularity in {"day", "week"} else None


def end_lost(timing: Timing, subject: Subject) -> Timing | None:
    if not (
        timing.earliest and timing.latest and timing.earliest < timing.latest and timing.granularity == "day"
    ):
        return None
    return timing.model_copy(update={"latest": timing.earliest, "edtf": str(timing.earliest)})


def bound_field_lost(timing: Timing, subject: Subject) -> Timing | None:
    return timing.model_copy(update={"bound": None}) if timing.bound else None


def modifier_lost(timing: Timing, subject: Subject) -> Timing | None:
    """ "As early as June" told and resolved as "June"."""
    bare = re.sub(
        r"^(?:as early as|as soon as|no earlier than|not before|before|after|by|until|from|the end of|late|early)\s+",
        "",
        timing.text,
        flags=re.IGNORECASE,
    )
    return resolve(bare, subject.article.published) if timing.bound and bare != timing.text else None


def another_bound(timing: Timing, subject: Subject) -> Timing | None:
    others = {"not_before": "not_after", "not_after": "not_before", "before": "after", "after": "before"}
    return timing.model_copy(update={"bound": others[timing.bound]}) if timing.bound in others else None


def long_ago(timing: Timing, subject: Subject) -> Timing | None:
    day = subject.article.published
    if day is None:
        return None
    first, last = day - timedelta(days=60), day - timedelta(days=58)
    return timing.model_copy(
        update={"earliest": first, "latest": last, "edtf": f"{first}/{last}", "granularity": "day"}
    )


def bound_invented(timing: Timing, subject: Subject) -> Timing | None:
    if timing.bound or timing.earliest is None:
        return None
    return timing.model_copy(update={"bound": "not_before", "latest": None})
