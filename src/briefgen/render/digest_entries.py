"""One entry of the digest's outline for each kind of line. The lead holds all hedges and attributions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from briefgen.brief import AllegationStatus
from briefgen.render import entries
from briefgen.render.clean import one_line
from briefgen.render.days import day_text, resolved_text, tick_text
from briefgen.render.outline import Entry, Line, Role, Span, said
from briefgen.render.words import counted, listed, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from briefgen.digest import digest as contract
    from briefgen.render.names import Names
    from briefgen.timing import Timing

SHOWN_ITEMS = 8
"""Of an actor's or a story's lines; the rest are counted."""
_WORD = re.compile(r"\w+")
DOT = Span(" · ", Role.QUIET)
"""Between the facts of one line."""

ALLEGATION_ROLES: dict[AllegationStatus, Role] = {
    status: Role.OPEN if status == "unresolved" else Role.GOOD for status in get_args(AllegationStatus)
}


@dataclass(frozen=True)
class Page:
    """What every entry needs to know of its digest."""

    digest: contract.Digest
    names: Names

    def day(self, day: date) -> str:
        """ "9 June"; with the year, where it is another than the digest's."""
        return tick_text(day, "d MMMM") if day.year == self.digest.last.year else day_text(day)


def refs(numbers: Iterable[int]) -> Line:
    """Numbers of articles as " [1 4]"; nothing if there are none."""
    found = sorted(set(numbers))
    return (Span(" "), Span(f"[{' '.join(map(str, found))}]", Role.EVIDENCE)) if found else ()


def counted_sources(sources: contract.Sources) -> Line:
    """Return "2 sources, 1 outlet", or "single source, 1 outlet" so that nobody overlooks it."""
    outlets = counted("digest", "one_outlet", "outlets", sources.outlets)
    if sources.outlets == 0:
        outlets = word("digest", "no_outlet")
    if sources.independent == 1:
        first = Span(word("digest", "single_source"), Role.WARNING)
    elif sources.independent == 0:
        first = Span(word("digest", "no_source"), Role.WARNING)
    else:
        first = Span(word("digest", "sources", count=f"{sources.independent:,}"), Role.QUIET)
    return (first, Span(f", {outlets}", Role.QUIET))


def since(line: contract.Line, page: Page) -> str:
    """Since when the digests have it, or that it is new; "" in a first digest."""
    if page.digest.previous is None:
        return ""
    if line.first_seen >= page.digest.last:
        return word("digest", "new")
    return word("digest", "since", day=page.day(line.first_seen))


def tail(line: contract.Line, page: Page) -> Line:
    """Return " · 2 sources, 1 outlet · since 9 June [1 4]"."""
    age = since(line, page)
    aged = (DOT, Span(age, Role.QUIET)) if age else ()
    return (DOT, *counted_sources(line.sources), *aged, *refs(line.articles))


def when(timing: Timing | None, page: Page) -> Line:
    """The phrase as reported and the days that code made of it, where the phrase does not name them itself."""
    if timing is None:
        return (Span(word("when", "no_timing"), Role.QUIET),)
    resolved = resolved_text(timing).replace(f" {page.digest.last.year}", "")
    if not resolved or set(_WORD.findall(timing.text)).issuperset(_WORD.findall(resolved)):
        return (said(timing.text),)
    return (said(timing.text), Span(f" ({resolved})", Role.QUIET))


def bottom_line(item: contract.BottomLine, page: Page) -> Entry:
    lines = {line.id: line for line in (*page.digest.planned_visits, *page.digest.allegations)}
    stories = {story.id: story.sources for story in page.digest.stories}
    refer = lines.get(item.refs[0]) if len(item.refs) == 1 else None
    sources = refer.sources if refer else stories.get(item.story)
    if item.single_source:
        vouched: Line = (Span(word("digest", "single_source"), Role.WARNING),)
    elif sources and sources.independent > 1:
        vouched = counted_sources(sources)
    else:
        vouched = ()
    counted_in = (Span(" (", Role.QUIET), *vouched, Span(")", Role.QUIET)) if vouched else ()
    return Entry((said(item.text), *counted_in, *refs(item.articles)))


def allegation(item: contract.MergedAllegation, page: Page) -> Entry:
    names = page.names
    made = (DOT, Span(f"{word('phrase', 'made')} "), *when(item.made, page)) if item.made else ()
    accusation = names.accusation(item)
    lead = (
        said(accusation[:1].upper() + accusation[1:], Role.STRONG),
        Span(": "),
        said(item.claim),
        *made,
        *tail(item, page),
    )
    status = Span(word("allegation_status", item.status), ALLEGATION_ROLES[item.status])
    answers = [_response(response, page) for response in item.responses if response.current]
    details: list[Line] = [(status, DOT, *answers[0]) if answers else (status,), *answers[1:]]
    others = [wording for wording in item.wordings if not wording.startswith(item.claim)]
    if others:
        quoted = "; ".join(f"“{one_line(wording)}”" for wording in others)
        details.append((Span(f"{word('digest', 'also_worded')}: ", Role.QUIET), said(quoted)))
    return Entry(lead, tuple(details))


def _response(response: contract.MergedResponse, page: Page) -> Line:
    said_on = f", {page.day(response.said)}" if response.said else ""
    return (
        said(page.names.actor(response.by)),
        Span(f": {word('stance', response.stance)}"),
        Span(said_on, Role.QUIET),
        *refs(response.articles),
    )


def motives(items: Sequence[contract.MergedMotive], page: Page) -> list[Entry]:
    """One entry for each holder; on every motive the label that says who tells of it."""
    by_holder: dict[str, list[contract.MergedMotive]] = {}
    for item in items:
        by_holder.setdefault(item.holder, []).append(item)
    return [
        Entry(
            (
                said(page.names.actor(holder), Role.STRONG),
                *refs(number for item in same for number in item.articles),
            ),
            tuple(_motive(item, page) for item in same),
        )
        for holder, same in by_holder.items()
    ]


def _motive(item: contract.MergedMotive, page: Page) -> Line:
    about = [page.names.label(target) for target in item.applies_to]
    applies = (Span("; "), *entries.labelled("about", "; ".join(about), separator=" ")) if about else ()
    return (
        *entries.basis(item, page.names),
        Span(": "),
        said(item.text),
        *entries.hedges(item.hedges),
        *applies,
        *tail(item, page),
    )


def position(item: contract.MergedPosition, page: Page) -> Entry:
    outside = [hedge for hedge in item.hedges if hedge not in item.text.lower()]
    return Entry(
        (
            said(page.names.actors(item.holders), Role.STRONG),
            Span(" "),
            said(item.text),
            Span(f" ({word('position_stance', item.stance)})", Role.QUIET),
            *entries.attribution(item.according_to),
            *entries.hedges(outside),
            *tail(item, page),
        )
    )


def question(item: contract.MergedQuestion, page: Page) -> Entry:
    kind = Span(f" ({word('question', item.kind)})", Role.QUIET)
    details: list[Line] = []
    if item.resolves_with:
        details.append((Span(f"{word('digest', 'resolves_with')}: ", Role.QUIET), said(item.resolves_with)))
    if item.about:
        details.append(labels(word("digest", "about"), item.about, page))
    return Entry((said(item.question), kind, *refs(item.articles)), tuple(details))


def background(item: contract.MergedBackground, page: Page) -> Entry:
    kind = Span(f" ({word('background', item.kind)})", Role.QUIET)
    return Entry((said(item.text), kind, *tail(item, page)))


def actor(item: contract.MergedActor, page: Page) -> Entry:
    facts = [item.role, item.affiliation, item.country]
    described = ", ".join([word("actor_kind", item.kind), *(one_line(fact) for fact in facts if fact)])
    others = [f"“{one_line(name)}”" for name in item.names if name != item.name]
    also = (Span("; "), said(f"{word('phrase', 'also')} {listed(others)}")) if others else ()
    named_in = (DOT, *labels(word("digest", "in"), item.items, page)) if item.items else ()
    lead = (said(item.name, Role.STRONG), Span(": "), said(described), *also, *named_in)
    return Entry((*lead, *refs(item.articles)))


def labels(head: str, ids: Sequence[str], page: Page) -> Line:
    """Return "in: Ana Ruiz → Velia; …": the first lines by their labels, the rest counted."""
    shown = "; ".join(page.names.label(each) for each in ids[:SHOWN_ITEMS])
    more = len(ids) - SHOWN_ITEMS
    rest = f" (+{more:,})" if more > 0 else ""
    return (Span(f"{head}: ", Role.QUIET), said(shown), Span(rest, Role.QUIET))
