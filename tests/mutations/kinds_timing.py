"""Kinds of break: dates of visits and of accusations (T01 to T05, V10, L09)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import moved_times
from breaks import Kind, Mutant, changed, kind

from briefgen.time_phrases import find_time_phrases
from briefgen.timing import Timing, resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from subjects import Subject

    from briefgen.brief import PlannedVisit


def _timed(subject: Subject) -> Iterator[tuple[PlannedVisit, Timing]]:
    for visit in subject.brief.planned_visits:
        if visit.timing is not None:
            yield visit, visit.timing


def _retimed(name: str, codes: str, change: Callable[[Timing, Subject], Timing | None]) -> Kind:
    """A kind that gives a visit another time."""

    def make(subject: Subject) -> Iterator[Mutant]:
        for visit, timing in _timed(subject):
            new = change(timing, subject)
            if new is not None and new != timing:
                yield changed(
                    subject,
                    "planned_visits",
                    visit,
                    f"{moved_times.shown(timing)} → {moved_times.shown(new)}",
                    timing=new,
                )

    return Kind(name, frozenset(codes.split()), make)


year_for_an_unknown_one = _retimed("a year put where none is known", "T01", moved_times.year_for_unknown)
resolved_against_the_clock = _retimed(
    "an undated article resolved against a clock", "T01", moved_times.resolved_from_memory
)
year_from_nowhere = _retimed("another year, years away", "T01", moved_times.other_year)
next_year = _retimed("the year after", "T03 T01", moved_times.next_year)
day_out_of_a_longer_time = _retimed("a day picked out of a longer time", "T02", moved_times.a_day_of_it)
day_of_the_month_invented = _retimed("a day added to a month", "T02", moved_times.first_of_the_month)
finer_granularity = _retimed("a finer unit than the text’s", "T02", moved_times.finer_unit)
month_for_a_vague_time = _retimed("a month put for a vague time", "T02 T01 T03", moved_times.days_for_vague)
wrong_month = _retimed("the month after", "T03", moved_times.next_month)
a_day_off = _retimed("a day too late", "T03", moved_times.a_day_off)
a_week_off = _retimed("a week too late", "T03", moved_times.a_week_off)
end_lost = _retimed("the last day of several lost", "T03", moved_times.end_lost)
bound_field_lost = _retimed("the bound of a time lost", "T04", moved_times.bound_field_lost)
modifier_lost = _retimed("“as early as” cut off the phrase", "T04", moved_times.modifier_lost)
bound_turned_round = _retimed("“not before” turned into “not after”", "T04", moved_times.another_bound)
bound_invented = _retimed("a bound that the phrase does not have", "T04", moved_times.bound_invented)
planned_long_ago = _retimed("a planned visit dated before the article", "T05 T03", moved_times.long_ago)


@kind("a planned visit that was over when the article appeared", "T05")
def article_of_later(subject: Subject) -> Iterator[Mutant]:
    """The same brief beside an article that appeared after the visit."""
    for visit, timing in _timed(subject):
        if timing.latest:
            article = replace(subject.article, published=timing.latest + timedelta(days=40))
            yield Mutant(
                subject.brief,
                f"{visit.id}: {moved_times.shown(timing)}, published {article.published}",
                ("planned_visits",),
                article,
            )


def _own_phrases(visit: PlannedVisit, subject: Subject) -> set[str]:
    return {p.text for e in visit.evidence for p in find_time_phrases(subject.sentence(e.sentence))}


@kind("the time of the other visit", "V10 G06")
def time_of_the_other_visit(subject: Subject) -> Iterator[Mutant]:
    visits = subject.brief.planned_visits
    for visit in visits:
        for other in visits:
            if (
                other.id != visit.id
                and other.timing
                and other.timing != visit.timing
                and _tells(other, visit, subject)
            ):
                yield changed(
                    subject,
                    "planned_visits",
                    visit,
                    f"{moved_times.shown(visit.timing)} → {moved_times.shown(other.timing)}",
                    timing=other.timing,
                )


def _tells(other: PlannedVisit, visit: PlannedVisit, subject: Subject) -> bool:
    """Whether the phrase belongs to the other visit alone: no sentence sets both places beside it."""
    assert other.timing is not None
    for e in other.evidence:
        text = subject.sentence(e.sentence)
        if other.timing.text in text and visit.destination.name in text:
            place, phrase = re.escape(other.destination.name), re.escape(other.timing.text)
            return bool(re.search(rf"{place}\W+(?:\w+\W+){{0,2}}{phrase}", text))
    return True


@kind("a time that another sentence gives for something else", "G06 V10 T05")
def time_of_another_sentence(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        own = {e.sentence for e in visit.evidence}
        for sentence in subject.article.sentences:
            for phrase in find_time_phrases(sentence.text):
                if sentence.n not in own and phrase.text not in _own_phrases(visit, subject):
                    timing = resolve(phrase.text, subject.article.published)
                    yield changed(
                        subject,
                        "planned_visits",
                        visit,
                        f"{moved_times.shown(visit.timing)} → {moved_times.shown(timing)}",
                        timing=timing,
                    )


@kind("a time of the day of the report taken for the visit’s", "V10")
def time_of_the_report(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for e in visit.evidence:
            text = subject.sentence(e.sentence)
            found = re.search(r"\b(?:said|announced|reported|told [\w ]+)\s+(on \w+day)\b", text)
            if found and (visit.timing is None or visit.timing.text != found[1]):
                timing = resolve(found[1], subject.article.published)
                yield changed(
                    subject,
                    "planned_visits",
                    visit,
                    f"{moved_times.shown(visit.timing)} → {moved_times.shown(timing)}",
                    timing=timing,
                )


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
