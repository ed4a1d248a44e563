"""What is different from the last digest, and one line why (DOMAIN.md 7.5; ICD 203, standard 7)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from briefgen.day_text import day_text, span_text
from briefgen.digest.digest import Change, ChangeKind, DigestFacet, Line, MergedAllegation, MergedVisit
from briefgen.digest.titles import title_of
from briefgen.digest.words import phrase
from briefgen.facets.wording import row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from briefgen.digest.digest import MergedQuestion
    from briefgen.digest.pieces import Merging

SILENCE = timedelta(days=7)
"""After so many days without a report a line is no longer reported, and then left out."""
_ORDER: tuple[ChangeKind, ...] = (
    "cancelled",
    "postponed",
    "denied",
    "retracted",
    "overdue",
    "took_place",
    "confirmed",
    "response_received",
    "updated",
    "new",
    "closed",
    "no_longer_reported",
)
"""What went down stands first."""
_STATUS_CHANGES: tuple[ChangeKind, ...] = ("confirmed", "postponed", "cancelled", "denied")
_WEAKER = ("partly_confirmed", "reported", "possible")


def ordered(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Bad news first, then by facet, as they came."""
    return tuple(sorted(changes, key=lambda change: _ORDER.index(change.kind)))


def first_reported(line: Line, facet: DigestFacet, merging: Merging) -> Change:
    return Change(
        kind="new",
        facet=facet,
        item=line.id,
        title=title_of(line, merging),
        because=phrase("because", "new"),
        articles=line.articles,
        evidence=line.evidence[:1],
    )


# -- visits -------------------------------------------------------------------------------------------------


def visit_facts(visit: MergedVisit) -> tuple[object, ...]:
    """What counts as a change of a visit, and raises its sequence."""
    return visit.status, _days(visit), visit.visitors, bool(visit.took_place)


def visit_changes(before: MergedVisit, now: MergedVisit, merging: Merging) -> Iterator[Change]:
    """Status, dates, visitors, completion and lateness, as far as they changed."""
    if before.status != now.status:
        yield _status_change(before, now, merging)
    if _days(before) != _days(now) and now.timing is not None:
        told = next(each for each in now.timings if each.current)
        by = row(list(told.by))
        why = phrase("because", "said_by", by=by) if by else phrase("because", "reported")
        yield _of_visit("updated", now, merging).model_copy(
            update={
                "field": "when",
                "old": _when(before) or None,
                "new": _when(now),
                "because": why,
                "articles": told.articles,
                "evidence": told.evidence,
            }
        )
    if set(now.visitors) - set(before.visitors) and before.visitors:
        yield _of_visit("updated", now, merging).model_copy(
            update={
                "field": "visitors",
                "old": row([merging.name(each) for each in before.visitors]),
                "new": row([merging.name(each) for each in now.visitors]),
                "because": phrase("because", "reported"),
            }
        )
    if now.took_place and not before.took_place:
        yield _of_visit("took_place", now, merging).model_copy(
            update={
                "because": phrase("because", "completed"),
                "articles": tuple(sorted({cite.article for cite in now.took_place})),
                "evidence": now.took_place,
            }
        )
    if now.overdue and not before.overdue:
        yield overdue(now, merging)


def overdue(visit: MergedVisit, merging: Merging) -> Change:
    """A visit whose last possible day is past."""
    latest = max(each.timing.latest for each in visit.timings if each.current and each.timing.latest)
    return _of_visit("overdue", visit, merging).model_copy(
        update={"because": phrase("because", "overdue", day=day_text(latest))}
    )


def _status_change(before: MergedVisit, now: MergedVisit, merging: Merging) -> Change:
    kind: ChangeKind = next((each for each in _STATUS_CHANGES if each == now.status), "updated")
    if before.status == "confirmed" and now.status in _WEAKER:
        kind = "retracted"
    wanted = "confirmed" if now.status == "partly_confirmed" else now.status
    said = [
        each
        for each in now.confirmations
        if each.current and (each.value == wanted or now.status == "disputed")
    ]
    newest = max(said, key=lambda each: (each.said is not None, each.said, each.by), default=None)
    because = phrase("because", "said_by", by=newest.by) if newest else phrase("because", "reported")
    return _of_visit(kind, now, merging).model_copy(
        update={
            "field": "status",
            "old": phrase("status", before.status),
            "new": phrase("status", now.status),
            "because": because,
            "articles": newest.articles if newest else now.articles,
            "evidence": newest.evidence if newest else now.evidence[-1:],
        }
    )


def _of_visit(kind: ChangeKind, visit: MergedVisit, merging: Merging) -> Change:
    return Change(
        kind=kind,
        facet="planned_visits",
        item=visit.id,
        title=title_of(visit, merging),
        articles=visit.articles,
    )


def _days(visit: MergedVisit) -> object:
    """What the timing says, however it is worded."""
    timing = visit.timing
    if timing is None:
        return None
    return (timing.earliest, timing.latest, timing.bound) if timing.earliest or timing.latest else timing.text


def _when(visit: MergedVisit) -> str:
    timing = visit.timing
    if timing is None:
        return ""
    first, last = timing.earliest, timing.latest
    if first is not None and last is not None:
        return phrase("when", "days", text=timing.text, days=span_text(first, last))
    if first is not None:
        return phrase("when", "not_before", text=timing.text, day=day_text(first))
    return phrase("when", "not_after", text=timing.text, day=day_text(last)) if last else timing.text


# -- allegations --------------------------------------------------------------------------------------------


def allegation_facts(line: MergedAllegation) -> tuple[object, ...]:
    """What counts as a change of an allegation."""
    return (
        line.status,
        line.accusers,
        tuple((each.by, each.stance) for each in line.responses if each.current),
    )


def allegation_changes(before: MergedAllegation, now: MergedAllegation, merging: Merging) -> Iterator[Change]:
    """Answers, accusers who joined, and how it ended."""
    base = Change(
        kind="updated",
        facet="allegations",
        item=now.id,
        title=title_of(now, merging),
        because=phrase("because", "reported"),
        articles=now.articles,
    )
    if before.status != now.status:
        yield base.model_copy(
            update={
                "kind": "retracted" if now.status == "withdrawn" else "updated",
                "field": "status",
                "old": phrase("status", before.status),
                "new": phrase("status", now.status),
            }
        )
    if set(now.accusers) - set(before.accusers):
        names = [row([merging.name(each) for each in line.accusers]) for line in (before, now)]
        yield base.model_copy(update={"field": "accusers", "old": names[0] or None, "new": names[1]})
    known = {(each.by, each.stance) for each in before.responses}
    for each in now.responses:
        if each.current and each.stance != "not_reported" and (each.by, each.stance) not in known:
            old = [told.stance for told in before.responses if told.by == each.by and told.current]
            yield base.model_copy(
                update={
                    "kind": "response_received",
                    "field": "response",
                    "old": phrase("stance", old[0]) if old else None,
                    "new": phrase("stance", each.stance),
                    "because": phrase("because", "response", by=merging.name(each.by)),
                    "articles": each.articles,
                    "evidence": each.evidence,
                }
            )


# -- silence and settled questions --------------------------------------------------------------------------


def is_silent(line: Line, day: date) -> bool:
    """Whether no article spoke of it for a week."""
    return line.last_seen < day - SILENCE


def silence(line: Line, facet: DigestFacet, merging: Merging) -> Change:
    return Change(
        kind="no_longer_reported",
        facet=facet,
        item=line.id,
        title=title_of(line, merging),
        because=phrase("because", "silent", day=day_text(line.last_seen)),
        articles=line.articles,
    )


def closed(question: MergedQuestion, by: Line, merging: Merging) -> Change:
    """A question that the state of a line settles."""
    if isinstance(by, MergedVisit):
        because = phrase("because", "closed_visit", status=phrase("status", by.status))
    else:
        status = by.status if isinstance(by, MergedAllegation) else "adjudicated"
        because = phrase("because", "closed_allegation", status=phrase("status", status))
    return Change(
        kind="closed",
        facet="open_questions",
        item=question.id,
        title=title_of(question, merging),
        because=because,
        articles=by.articles,
        evidence=by.evidence[-1:],
    )
