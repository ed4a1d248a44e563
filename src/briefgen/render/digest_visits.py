"""Planned visits of the digest as rows of a table, and as entries where there is no room for columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.render import entries
from briefgen.render.clean import cut, one_line
from briefgen.render.digest_entries import DOT, refs, tail, when
from briefgen.render.outline import Column, Entry, Line, Role, Row, Span, Table, said
from briefgen.render.words import listed, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.digest.digest import Digest, MergedConfirmation, MergedVisit
    from briefgen.render.digest_entries import Page
    from briefgen.timing import Timing

_LONGEST_CELL = 160
_LEAST = {"when": 17, "who": 12, "where": 10, "status": 10, "confirmed_by": 20}
_AWAITED = frozenset({"reported", "possible", "partly_confirmed", "disputed"})
"""Statuses with which a confirmation may still come."""
_OFF = frozenset({"postponed", "cancelled", "denied"})

ROLES: dict[str, Role] = {
    **{str(status): role for status, role in entries.VISIT_ROLES.items()},
    "disputed": Role.BAD,
}
"""Of a :data:`briefgen.digest.digest.DigestStatus`."""


def visits_table(digest: Digest, page: Page) -> Table:
    """In the order of the digest, which is DOMAIN.md 7.2's: dated, month, vague, undated."""
    columns = tuple(Column(word("visit_column", key), least) for key, least in _LEAST.items())
    dated = {conflict.about for conflict in digest.conflicts if conflict.kind == "date"}
    return Table(
        columns, tuple(_row(visit, page, dates_differ=visit.id in dated) for visit in digest.planned_visits)
    )


def _row(visit: MergedVisit, page: Page, *, dates_differ: bool) -> Row:
    who = page.names.actors(visit.visitors) or word("phrase", "no_visitor")
    vouched = (
        *entries.attribution(visit.according_to),
        *entries.hedges(visit.hedges),
        *tail(visit, page),
    )
    notes = tuple(_notes(visit, page, dates_differ=dates_differ))
    lead = (
        said(page.names.journey(visit), Role.STRONG),
        Span(", "),
        *when(visit.timing, page),
        DOT,
        *_status(visit),
        *_grounds_beside_status(visit, page),
        *vouched,
    )
    cells = (
        when(visit.timing, page),
        (said(who),),
        (said(visit.destination.name),),
        _status(visit),
        _called_off(visit, page) or (said(confirmed_by(visit, page)),),
    )
    return Row(tuple(map(_cell, cells)), (_opened(vouched), *notes), Entry(lead, notes))


def _cell(line: Line) -> Line:
    return tuple(Span(cut(span.text, _LONGEST_CELL), span.role) for span in line)


def _opened(line: Line) -> Line:
    """The line without what joined it to the words before it."""
    return line[1:] if not line[0].text.strip(" ,;·") else line


def _status(visit: MergedVisit) -> Line:
    """The derived status; beside it that the day is past, or instead of it that the visit took place."""
    if visit.took_place:
        return (Span(word("change", "took_place"), Role.GOOD),)
    status = Span(word("visit_status", visit.status), ROLES[visit.status])
    return (status, Span(", "), Span(word("change", "overdue"), Role.BAD)) if visit.overdue else (status,)


def _grounds_beside_status(visit: MergedVisit, page: Page) -> Line:
    """Return " by Osmark" behind "cancelled"; else " · confirmed by the presidential palace: visit, dates"."""
    off = _called_off(visit, page)
    if off:
        return (Span(f" {word('phrase', 'by')} "), said(_off_by(visit, page)))
    return (DOT, Span(f"{word('visit_column', 'confirmed_by')} "), said(confirmed_by(visit, page)))


def _called_off(visit: MergedVisit, page: Page) -> Line:
    """Return "cancelled by Osmark"; nothing where nobody called it off."""
    names = _off_by(visit, page)
    value = word("visit_status", visit.status)
    return (said(word("digest", "called_off", value=value, names=names)),) if names else ()


def _off_by(visit: MergedVisit, page: Page) -> str:
    if visit.status not in _OFF:
        return ""
    told = [entry for entry in visit.confirmations if entry.current and entry.value == visit.status]
    return listed(list(dict.fromkeys(_speaker(entry, page) for entry in told)))


def confirmed_by(visit: MergedVisit, page: Page) -> str:
    """Return "the presidential palace: visit, dates"; of the visit alone, the name alone.

    Where nobody confirms: "nobody yet", as long as somebody still may.
    """
    told: dict[str, list[str]] = {}
    for entry in visit.confirmations:
        if entry.current and entry.value == "confirmed":
            told.setdefault(_speaker(entry, page), []).append(word("aspect_short", entry.aspect))
    if not told:
        awaited = visit.status in _AWAITED and not visit.took_place
        return word("digest", "nobody_yet" if awaited else "nobody")
    alone = [word("aspect_short", "occurrence")]
    parts = [name if aspects == alone else f"{name}: {', '.join(aspects)}" for name, aspects in told.items()]
    return "; ".join(parts)


def _speaker(entry: MergedConfirmation, page: Page) -> str:
    """The name, and the day of what was said before this digest's window."""
    if entry.said is None or entry.said >= page.digest.first:
        return one_line(entry.by)
    return f"{one_line(entry.by)} ({page.day(entry.said)})"


def _notes(visit: MergedVisit, page: Page, *, dates_differ: bool) -> Iterator[Line]:
    if visit.took_place:
        before = f" ({word('digest', 'until_then')}: {word('visit_status', visit.status)})"
        told = refs(piece.article for piece in visit.took_place)
        yield (Span(word("digest", "took_place")), Span(before, Role.QUIET), *told)
    elif visit.overdue:
        yield (Span(_overdue(visit, page), Role.WARNING),)
    yield from _other_words(visit, page)
    hosts = page.names.actors(visit.hosts)
    if hosts and hosts != one_line(visit.destination.name):
        yield entries.labelled("hosts", hosts, separator=" ")
    if visit.purposes:
        yield entries.labelled("purpose", "; ".join(map(one_line, visit.purposes)))
    if dates_differ:
        yield (Span(word("digest", "dates_differ"), Role.WARNING),)
    else:
        yield from _other_timings(visit, page)


def _overdue(visit: MergedVisit, page: Page) -> str:
    latest = visit.timing.latest if visit.timing else None
    if latest is None:
        return word("digest", "overdue_undated")
    return word("digest", "overdue", latest=page.day(latest))


def _other_words(visit: MergedVisit, page: Page) -> Iterator[Line]:
    """What was said beside confirmations, still stands and is not told of as who called it off."""
    together: dict[tuple[str, str], list[MergedConfirmation]] = {}
    for entry in visit.confirmations:
        if entry.current and entry.value not in {"confirmed", visit.status if visit.status in _OFF else ""}:
            together.setdefault((entry.value, entry.by), []).append(entry)
    for (value, _), same in together.items():
        aspects = ", ".join(word("aspect", entry.aspect) for entry in same)
        yield (
            Span(f"{word('confirmation', value)}: {aspects}, {word('phrase', 'by')} "),
            said(_speaker(same[-1], page)),
            *refs(number for entry in same for number in entry.articles),
        )


def _other_timings(visit: MergedVisit, page: Page) -> Iterator[Line]:
    """The timings that nobody took back and that tell more, or something else, than the one that stands."""
    line: list[Span] = []
    for told in visit.timings:
        if told.current and told.timing != visit.timing and not _says_less(told.timing, visit.timing):
            line.append(Span("; ") if line else Span(f"{word('digest', 'also_reported')}: ", Role.QUIET))
            dated = told.timing.earliest or told.timing.latest
            line += when(told.timing, page) if dated else (said(told.timing.text),)
            line += entries.attribution(told.by)
            if told.said and told.said < page.digest.first:
                line.append(Span(f" ({page.day(told.said)})", Role.QUIET))
            line += refs(told.articles)
    if line:
        yield tuple(line)


def _says_less(one: Timing, other: Timing | None) -> bool:
    """Whether ``one`` is true wherever ``other`` is: a month beside a day in it, "soon" beside any day."""
    if other is None or not (other.earliest or other.latest):
        return False
    begins = one.earliest is None or (other.earliest is not None and one.earliest <= other.earliest)
    ends = one.latest is None or (other.latest is not None and other.latest <= one.latest)
    return begins and ends
