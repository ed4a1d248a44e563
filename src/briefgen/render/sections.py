"""A brief to its outline: which sections, in which order, and what is told of each facet's state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.render import entries
from briefgen.render.extras import extra_entry, short_form
from briefgen.render.names import Names
from briefgen.render.outline import Entry, Line, Outline, Role, Section, Span, numbers, said
from briefgen.render.words import counted, heading, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefgen.brief import Brief
    from briefgen.evidence import Evidence

_ENTRIES: dict[str, Callable[[Brief, Names], list[Entry]]] = {
    "summary": lambda brief, _: [entries.summary_sentence(item) for item in brief.summary],
    "planned_visits": lambda brief, names: [entries.visit(item, names) for item in brief.planned_visits],
    "allegations": lambda brief, names: [entries.allegation(item, names) for item in brief.allegations],
    "positions": lambda brief, names: entries.positions(brief.positions, names),
    "motives": lambda brief, names: [entries.motive(item, names) for item in brief.motives],
    "open_questions": lambda brief, _: [entries.question(item) for item in brief.open_questions],
    "background": lambda brief, _: [entries.background(item) for item in brief.background],
    "actors": lambda brief, _: [entries.actor(item) for item in brief.actors],
}
"""How the facets of the contract are shown, in the order in which an editor reads them."""

KNOWN_FACETS = tuple(facet for facet in _ENTRIES if facet != "summary")
"""The facets of the contract that list items."""

_SHOWN_ID = 12


def outline(brief: Brief, *, sentences: bool = True) -> Outline:
    """Return everything a reader is told of ``brief``."""
    headline = said(brief.headline, Role.STRONG)
    missing = Span(word("phrase", "no_headline"), Role.QUIET)
    return Outline(
        headline=(headline if headline.text else missing,),
        source=tuple(_source(brief)),
        sections=tuple(_sections(brief, sentences=sentences)),
        footer=tuple(_footer(brief)),
    )


def _source(brief: Brief) -> Iterator[Line]:
    article = brief.article
    title = article.title if article.title != brief.headline else None
    named = [value for value in (title, article.publisher, article.author) if value]
    dated = (
        f"{word('phrase', 'published')} {article.published}"
        if article.published
        else word("phrase", "undated")
    )
    yield _joined([*(said(value, Role.QUIET) for value in named), Span(dated, Role.QUIET)])
    if article.url:
        yield (said(article.url, Role.QUIET),)
    for flag in article.flags:
        yield (said(word("flag", flag), Role.WARNING),)
    counts = [Span(counted("phrase", "one_sentence", "sentences", len(article.sentences)), Role.QUIET)]
    if brief.withheld:
        counts.append(
            Span(counted("phrase", "one_withheld", "many_withheld", len(brief.withheld)), Role.WARNING)
        )
    failed = sum(state == "failed" for state in brief.coverage.facets.values())
    if failed:
        counts.append(Span(counted("phrase", "one_failed", "many_failed", failed), Role.BAD))
    yield _joined(counts)


def _joined(spans: list[Span]) -> Line:
    line: list[Span] = []
    for span in spans:
        line += [Span(" · ", Role.QUIET), span] if line else [span]
    return tuple(line)


def _sections(brief: Brief, *, sentences: bool) -> Iterator[Section]:
    names = Names(brief)
    found = _facet_entries(brief, names)
    for facet, items in found.items():
        message = facet_message(brief, facet, len(items))
        if items or facet != "summary" or brief.coverage.facets.get(facet) in {"failed", "partial"}:
            yield Section(heading(facet), tuple(items), message)
    if brief.withheld:
        told = (Span(word("phrase", "withheld"), Role.QUIET),)
        yield Section(heading("withheld"), tuple(_withheld(brief)), told)
    if brief.notes:
        yield Section(heading("notes"), tuple(_notes(brief, names)))
    if brief.coverage.uncovered:
        line = (Span(word("phrase", "uncovered")), *numbers(brief.coverage.uncovered))
        yield Section(heading("coverage"), message=line)
    if sentences and (quotes := list(_quotes(brief))):
        yield Section(heading("sentences"), tuple(quotes))


def _facet_entries(brief: Brief, names: Names) -> dict[str, list[Entry]]:
    found = {facet: entries_of(brief, names) for facet, entries_of in _ENTRIES.items()}
    for facet, items in (brief.__pydantic_extra__ or {}).items():
        found[facet] = [extra_entry(item, names) for item in items]
    for facet in (*brief.coverage.facets, *brief.coverage.failures):
        found.setdefault(facet, [])
    return found


def facet_message(brief: Brief, facet: str, shown: int) -> Line:
    """What a reader must know of a facet's state; nothing where its items say it all."""
    state = brief.coverage.facets.get(facet)
    failure = brief.coverage.failures.get(facet)
    if state == "failed" or failure:
        label = word("facet_state", "failed" if state == "failed" else "partial")
        reason = failure.message if failure else word("facet_state", "part_missing")
        code = (Span(" "), said(f"({failure.code})", Role.QUIET)) if failure else ()
        return (Span(label, Role.BAD), Span(": "), said(reason), *code)
    if shown:
        return ()
    withheld = sum(item.facet == facet for item in brief.withheld)
    if withheld:
        return (Span(counted("facet_state", "withheld_one", "withheld_many", withheld), Role.QUIET),)
    key = {None: "not_asked", "empty": "empty"}.get(state, "nothing")
    return (Span(word("facet_state", key), Role.QUIET),)


def _withheld(brief: Brief) -> Iterator[Entry]:
    for item in brief.withheld:
        line = [said(heading(item.facet), Role.STRONG), Span(" ("), said(short_form(item.item)), Span(")")]
        for at, reason in enumerate(item.reasons):
            line += [
                Span("; " if at else " — "),
                said(reason.code, Role.WARNING),
                Span(" "),
                said(reason.message),
            ]
        yield Entry(tuple(line))


def _notes(brief: Brief, names: Names) -> Iterator[Entry]:
    for note in brief.notes:
        about = said(names.label(note.item), Role.STRONG)
        yield Entry((about, Span(" — "), said(note.code, Role.WARNING), Span(" "), said(note.message)))


def _quotes(brief: Brief) -> Iterator[Entry]:
    longest: dict[int, list[str]] = {}
    for piece in _all_evidence(brief):
        kept = longest.setdefault(piece.sentence, [])
        if not any(piece.quote in quote for quote in kept):
            kept[:] = [quote for quote in kept if quote not in piece.quote] + [piece.quote]
    for n, quotes in sorted(longest.items()):
        for quote in quotes:
            yield Entry((Span(f"s{n}", Role.EVIDENCE), Span(" "), said(quote, Role.QUIET)))


def _all_evidence(brief: Brief) -> Iterator[Evidence]:
    for sentence in brief.summary:
        yield from sentence.evidence
    for facet in KNOWN_FACETS:
        for item in getattr(brief, facet):
            yield from item.evidence
    for visit in brief.planned_visits:
        for confirmation in visit.confirmations:
            yield from confirmation.evidence
    for allegation in brief.allegations:
        for response in allegation.responses:
            yield from response.evidence


def _footer(brief: Brief) -> Iterator[Line]:
    made = brief.provenance
    model = [Span(f"{word('provenance', 'model')} ", Role.QUIET), said(made.model, Role.QUIET)]
    if made.answered_by and made.answered_by != made.model:
        model += [
            Span(", ", Role.QUIET),
            said(word("provenance", "answered_by", name=made.answered_by), Role.QUIET),
        ]
    if made.checked_by:
        model += [
            Span(", ", Role.QUIET),
            said(word("provenance", "checked_by", name=made.checked_by), Role.QUIET),
        ]
    yield tuple(model)
    facts = [counted("provenance", "one_request", "requests", made.requests)]
    tokens = [
        word("provenance", key, count=f"{count:,}")
        for key, count in (
            ("tokens_in", made.input_tokens),
            ("cached", made.cached_tokens),
            ("tokens_out", made.output_tokens),
        )
        if count is not None
    ]
    facts += tokens or [word("provenance", "tokens_unknown")]
    if made.cost_usd is not None:
        facts.append(word("provenance", "cost", cost=f"{made.cost_usd:.4f}"))
    facts.append(word("provenance", "seconds", seconds=f"{made.seconds:.1f}"))
    yield _joined([Span(fact, Role.QUIET) for fact in facts])
    yield _joined(
        [
            said(f"briefgen {made.briefgen}", Role.QUIET),
            Span(f"{made.created:%Y-%m-%d %H:%M %Z}".rstrip(), Role.QUIET),
            said(word("provenance", "article", id=brief.article.id[:_SHOWN_ID]), Role.QUIET),
        ]
    )
    yield (Span(word("phrase", "machine_made"), Role.STRONG),)
