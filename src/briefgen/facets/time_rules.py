"""The rules that judge a date: T01 to T05, G06 of its words, and V10 (DOMAIN.md sections 3 and 9).

A visit has its date in ``timing``, an allegation in ``made``; the same rules hold for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from briefgen.facets.base import Rule, rule
from briefgen.time_phrases import find_time_phrases
from briefgen.timing import finer_than_text, is_before, resolve, years_in
from briefgen.visit_times import belongs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from briefgen.brief import PlannedVisit
    from briefgen.facets.base import Context
    from briefgen.timing import Direction, Timing


@dataclass(frozen=True)
class _Dated:
    """A date on trial: the sentences behind its item, the day of publication, and when what it dates happens."""

    timing: Timing
    told: tuple[str, ...]
    published: date | None
    direction: Direction

    def resolved(self, text: str) -> Timing:
        return _resolved(text, self.published, self.direction)


@lru_cache(maxsize=1024)
def _resolved(text: str, published: date | None, direction: Direction) -> Timing:
    """What a time resolves to, once for all the rules that ask."""
    return resolve(text, published, direction=direction)


@lru_cache(maxsize=1024)
def _phrases_in(text: str) -> tuple[str, ...]:
    return tuple(phrase.text for phrase in find_time_phrases(text))


def date_rules(field: str, direction: Direction) -> tuple[Rule[Any], ...]:
    """T01 to T04 and G06 for the items whose date stands in ``field``."""

    def judging(check: Callable[[_Dated], str | None]) -> Callable[[Any, Context], str | None]:
        def judge(item: Any, context: Context) -> str | None:
            timing: Timing | None = getattr(item, field)
            if timing is None:
                return None
            return check(_Dated(timing, _told(item, context), context.article.published, direction))

        return judge

    return (
        Rule("T01", "a year that neither the text nor the publication date gives", judging(_year_given)),
        Rule("T02", "a date finer than the text", judging(_not_finer)),
        Rule("T03", "a date other than the text resolves to", judging(_resolves)),
        Rule("T04", "“as early as” or another modifier lost", judging(_modifier_kept), critical=False),
        Rule("G06", "a time that the evidence does not give", judging(_in_evidence)),
    )


def _told(item: Any, context: Context) -> tuple[str, ...]:
    return tuple(context.text(piece.sentence) for piece in item.evidence)


def _year_given(dated: _Dated) -> str | None:
    known = years_in(dated.timing.text) | _years_of(dated.resolved(dated.timing.text))
    if dated.published:
        known |= {dated.published.year - 1, dated.published.year, dated.published.year + 1}
    invented = sorted(_years_of(dated.timing) - known)
    return f"the year {invented[0]} is not in the article" if invented else None


def _years_of(timing: Timing) -> set[int]:
    dates = [day for day in (timing.earliest, timing.latest) if day]
    return {day.year for day in dates} | years_in(timing.edtf or "")


def _not_finer(dated: _Dated) -> str | None:
    return f"finer than “{dated.timing.text}”" if finer_than_text(dated.timing) else None


def _resolves(dated: _Dated) -> str | None:
    if dated.resolved(dated.timing.text) == dated.timing:
        return None
    return f"“{dated.timing.text}” gives another date"


def _modifier_kept(dated: _Dated) -> str | None:
    timing = dated.timing
    bound = dated.resolved(timing.text).bound
    if bound != timing.bound:
        return f"“{timing.text}” is {bound or 'no bound'}"
    longer = [phrase for text in dated.told for phrase in _phrases_in(text) if timing.text in phrase]
    if not longer or timing.text in longer:
        return None
    bound = dated.resolved(longer[0]).bound  # "June" of "as early as June": the text itself was cut
    return f"the article says “{longer[0]}”" if bound and bound != timing.bound else None


def _in_evidence(dated: _Dated) -> str | None:
    if any(dated.timing.text in text for text in dated.told):
        return None
    return f"no sentence behind it has “{dated.timing.text}”"


@rule("T05", "a planned visit before the article")
def not_over(item: PlannedVisit, context: Context) -> str | None:
    if item.timing and is_before(item.timing, context.article.published):
        return f"“{item.timing.text}” was over on {context.article.published}"
    return None


@rule("V10", "a time that belongs to another visit, or to the telling")
def time_of_this_visit(item: PlannedVisit, context: Context) -> str | None:
    """The nearest destination before the phrase is this visit's, or stands in one row with it."""
    if item.timing is None:
        return None
    found = False
    for text in _told(item, context):
        at = text.find(item.timing.text)
        while at >= 0:
            found = True
            if belongs(item.destination.name, text, at, at + len(item.timing.text)):
                return None
            at = text.find(item.timing.text, at + 1)
    return f"“{item.timing.text}” does not date the visit to {item.destination.name}" if found else None


VISIT_TIMES = (*date_rules("timing", "future"), not_over, time_of_this_visit)
