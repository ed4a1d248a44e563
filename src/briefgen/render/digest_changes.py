"""What changed, and where sources disagree, as entries of the digest's outline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.render.clean import one_line
from briefgen.render.digest_entries import DOT, refs
from briefgen.render.outline import Entry, Line, Role, Span, said
from briefgen.render.words import counted, value_word, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.digest.digest import Change, ChangeKind, Conflict, Side
    from briefgen.render.digest_entries import Page

ROLES: dict[ChangeKind, Role] = {
    "new": Role.OPEN,
    "updated": Role.OPEN,
    "confirmed": Role.GOOD,
    "postponed": Role.BAD,
    "cancelled": Role.BAD,
    "denied": Role.BAD,
    "took_place": Role.GOOD,
    "response_received": Role.OPEN,
    "retracted": Role.BAD,
    "no_longer_reported": Role.OPEN,
    "overdue": Role.BAD,
    "closed": Role.GOOD,
}


def changes(page: Page) -> Iterator[Entry]:
    """Every change in the order of the digest, then the articles that came late, then what stayed as it was."""
    for change in page.digest.changes:
        yield Entry(
            (
                Span(word("change", change.kind), ROLES[change.kind]),
                Span(": "),
                said(change.title, Role.STRONG),
                *_values(change),
                *_because(change.because),
                *refs(change.articles),
            )
        )
    articles = {article.number: article for article in page.digest.articles}
    for number in page.digest.late_arrivals:
        late = articles.get(number)
        named = [one_line(part) for part in (late.publisher, late.title) if part] if late else []
        on = f" ({page.day(late.published)})" if late and late.published else ""
        yield Entry(
            (
                Span(word("digest", "late_arrival"), Role.OPEN),
                Span(": "),
                said(": ".join(named)),
                Span(on, Role.QUIET),
                *refs([number]),
            )
        )
    if page.digest.previous and (page.digest.changes or page.digest.unchanged):
        count = counted("digest", "unchanged_one", "unchanged", page.digest.unchanged)
        yield Entry((Span(count, Role.QUIET),))


def _values(change: Change) -> Line:
    """Return " (status: reported → confirmed)"; nothing where no field is named."""
    if change.field is None:
        return ()
    old, new = (
        one_line(value_word(value or "")) or word("digest", "nothing") for value in (change.old, change.new)
    )
    field = one_line(change.field.replace("_", " "))
    return (Span(" ("), said(f"{field}: {old} {word('phrase', 'to')} {new}"), Span(")"))


def _because(reason: str) -> Line:
    return (DOT, said(reason.rstrip("."))) if reason else ()


def conflict(item: Conflict, page: Page) -> Entry:
    """The sides in the order of the digest: party to the event, other officials, media."""
    lead = (
        said(item.title, Role.STRONG),
        *refs(number for side in item.sides for number in side.articles),
    )
    return Entry(lead, tuple(_side(side, page) for side in item.sides))


def _side(side: Side, page: Page) -> Line:
    """Return "24 and 25 June: the cabinet office (official, 10 June) [2]"."""
    facts = [word("digest", "official")] if side.official else []
    facts += [page.day(side.said)] if side.said else []
    about = (Span(f" ({', '.join(facts)})", Role.QUIET),) if facts else ()
    return (
        said(value_word(side.value), Role.STRONG),
        Span(": "),
        said(side.by or _alone(side)),
        *about,
        *refs(side.articles),
    )


def _alone(side: Side) -> str:
    numbers = ", ".join(map(str, side.articles))
    return word("digest", "article_only" if len(side.articles) == 1 else "articles_only", numbers=numbers)


def no_changes(page: Page) -> Line:
    """Why no change is told of: there is nothing to tell from, or nothing changed."""
    previous = page.digest.previous
    if previous is None:
        return (Span(word("digest", "no_comparison"), Role.QUIET),)
    if page.digest.changes:
        return ()
    return (Span(word("digest", "nothing_changed", day=page.day(previous)), Role.QUIET),)
