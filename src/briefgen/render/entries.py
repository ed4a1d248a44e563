"""One entry of the outline for each kind of item. The lead holds all hedges and attributions."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from briefgen.brief import AllegationStatus, VisitStatus
from briefgen.render.clean import one_line
from briefgen.render.outline import Entry, Line, Role, Span, cited, said
from briefgen.render.words import listed, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.brief import (
        Actor,
        Allegation,
        Background,
        Confirmation,
        Motive,
        OpenQuestion,
        PlannedVisit,
        Position,
        SummarySentence,
    )
    from briefgen.digest.digest import MergedMotive
    from briefgen.render.names import Names
    from briefgen.timing import Timing

VISIT_ROLES: dict[VisitStatus, Role] = {
    status: Role.GOOD
    if status == "confirmed"
    else Role.BAD
    if status in {"cancelled", "denied"}
    else Role.OPEN
    for status in get_args(VisitStatus)
}
ALLEGATION_ROLES: dict[AllegationStatus, Role] = {
    status: Role.OPEN if status == "unresolved" else Role.STRONG for status in get_args(AllegationStatus)
}


def summary_sentence(item: SummarySentence) -> Entry:
    return Entry((said(item.text), *cited(item.evidence)))


def visit(item: PlannedVisit, names: Names) -> Entry:
    lead = (
        said(names.journey(item), Role.STRONG),
        Span(", "),
        *when(item.timing),
        *attribution(item.according_to),
        *hedges(item.hedges),
        *cited(item.evidence),
    )
    details = [*_status_lines(item)]
    if item.hosts:
        details.append(labelled("hosts", names.actors(item.hosts), separator=" "))
    if item.purpose:
        details.append(labelled("purpose", item.purpose))
    return Entry(lead, tuple(details))


def _status_lines(item: PlannedVisit) -> list[Line]:
    wanted = "confirmed" if item.status == "partly_confirmed" else item.status
    grounds = [entry for entry in item.confirmations if entry.value == wanted]
    status = Span(word("visit_status", item.status), VISIT_ROLES[item.status])
    if grounds:
        lines: list[Line] = [(status, Span(": "), *_confirmations(grounds))]
    elif item.status in {"reported", "possible"} and not _confirmed(item):
        lines = [(status, Span(": "), Span(word("phrase", "nobody_yet")))]
    else:
        lines = [(status,)]
    others = dict.fromkeys(entry.value for entry in item.confirmations if entry.value != wanted)
    for value in others:
        same = [entry for entry in item.confirmations if entry.value == value]
        lines.append((Span(f"{word('confirmation', value)}: "), *_confirmations(same)))
    return lines


def _confirmed(item: PlannedVisit) -> bool:
    return any(entry.value == "confirmed" for entry in item.confirmations)


def _confirmations(entries: Sequence[Confirmation]) -> Line:
    line: list[Span] = []
    for entry in entries:
        line += [Span("; ")] if line else []
        line += [Span(f"{word('aspect', entry.aspect)}, {word('phrase', 'by')} "), said(entry.by)]
        line += cited(entry.evidence)
    return tuple(line)


def motive(item: Motive, names: Names) -> Entry:
    lead = (
        said(names.actor(item.holder), Role.STRONG),
        Span(": "),
        said(item.text),
        Span(" ("),
        *basis(item, names),
        Span(")"),
        *hedges(item.hedges),
        *cited(item.evidence),
    )
    applies = [names.label(target) for target in item.applies_to]
    return Entry(lead, (labelled("about", listed(applies)),) if applies else ())


def basis(item: Motive | MergedMotive, names: Names) -> Line:
    """Who tells of the motive: its holder, somebody else, or the article alone."""
    sources = listed([one_line(name) for name in item.according_to])
    holder = names.actor(item.holder)
    if item.basis == "stated":
        return (
            Span(f"{word('basis', 'stated')} ", Role.ATTRIBUTION),
            said(sources or holder, Role.ATTRIBUTION),
        )
    if item.basis == "attributed" and sources:
        return (Span(f"{word('basis', 'attributed')} ", Role.ATTRIBUTION), said(sources, Role.ATTRIBUTION))
    if item.basis == "attributed":
        return (Span(word("basis", "attributed_unnamed"), Role.ATTRIBUTION),)
    inference = (Span(f"{word('basis', 'article')} ", Role.ATTRIBUTION), said(holder, Role.ATTRIBUTION))
    return (*inference, *attribution(item.according_to))


def allegation(item: Allegation, names: Names) -> Entry:
    made = (Span(f"; {word('phrase', 'made')}: "), *when(item.made)) if item.made else ()
    lead = (
        said(names.accusation(item), Role.STRONG),
        Span(": "),
        said(item.claim),
        *made,
        *cited(item.evidence),
    )
    status = Span(word("allegation_status", item.status), ALLEGATION_ROLES[item.status])
    answers = [
        (said(names.actor(answer.by)), Span(f": {word('stance', answer.stance)}"), *cited(answer.evidence))
        for answer in item.responses
    ]
    return Entry(lead, ((status,), *answers))


def positions(items: Sequence[Position], names: Names) -> list[Entry]:
    """One entry for each stance; those who take it together stand together."""
    together: dict[object, list[Position]] = {}
    for item in items:
        together.setdefault((item.stance, item.text, item.evidence), []).append(item)
    return [_position(same, names) for same in together.values()]


def _position(same: Sequence[Position], names: Names) -> Entry:
    item = same[0]
    stance = Span(f" ({word('position_stance', item.stance)})", Role.QUIET)
    outside = [hedge for hedge in item.hedges if hedge not in item.text.lower()]
    lead = (
        said(names.actors([each.holder for each in same]), Role.STRONG),
        Span(" "),
        said(item.text),
        stance,
        *attribution(item.according_to),
        *hedges(outside),
        *cited(item.evidence),
    )
    return Entry(lead)


def question(item: OpenQuestion) -> Entry:
    kind = Span(f" ({word('question', item.kind)})", Role.QUIET)
    return Entry((said(item.question), kind, *cited(item.evidence)))


def background(item: Background) -> Entry:
    kind = Span(f" ({word('background', item.kind)})", Role.QUIET)
    return Entry((said(item.text), kind, *cited(item.evidence)))


def actor(item: Actor) -> Entry:
    facts = [item.role, item.affiliation, item.country]
    described = ", ".join([word("actor_kind", item.kind), *(one_line(fact) for fact in facts if fact)])
    others = [f"“{one_line(name)}”" for name in item.aliases if name != item.name]
    also = (Span("; "), Span(f"{word('phrase', 'also')} {listed(others)}")) if others else ()
    return Entry((said(item.name, Role.STRONG), Span(": "), said(described), *also, *cited(item.evidence)))


def when(timing: Timing | None) -> Line:
    """The article's phrase, and behind it what code made of it: dates, or that no year is known."""
    if timing is None:
        return (Span(word("when", "no_timing"), Role.QUIET),)
    notes = [_dates(timing)] if timing.granularity != "event_anchored" or timing.earliest else []
    notes += [word("when", "ambiguous")] if timing.ambiguous else []
    quiet = (Span(f" ({', '.join(notes)})", Role.QUIET),) if notes else ()
    return (said(timing.text), *quiet)


def _dates(timing: Timing) -> str:
    first, last = timing.earliest, timing.latest
    if first is None and last is None:
        return word("when", "no_year" if (timing.edtf or "").startswith("XXXX") else "no_date")
    key = (
        "not_before"
        if last is None
        else "not_after"
        if first is None
        else "on"
        if first == last
        else "between"
    )
    text = word("when", key, earliest=first, latest=last)
    return word("when", "approximate", when=text) if timing.bound == "approximate" else text


def attribution(sources: Sequence[str]) -> Line:
    """Return ", according to A and B"; nothing if nobody is named."""
    if not sources:
        return ()
    named = listed([one_line(source) for source in sources])
    return (
        Span(", "),
        Span(f"{word('phrase', 'according_to')} ", Role.ATTRIBUTION),
        said(named, Role.ATTRIBUTION),
    )


def hedges(words: Sequence[str]) -> Line:
    """Return "; hedged: “reportedly”, “may”"; nothing if there are none."""
    if not words:
        return ()
    quoted = ", ".join(f"“{one_line(hedge)}”" for hedge in words)
    return (Span("; "), Span(f"{word('phrase', 'hedged')}: ", Role.HEDGE), said(quoted, Role.HEDGE))


def labelled(key: str, value: str, *, separator: str = ": ") -> Line:
    """Return "purpose: talks" for the words of ``key``."""
    return (Span(word("phrase", key) + separator, Role.QUIET), said(value))
