"""A digest to its outline: the sections of DOMAIN.md 7.2 in their order, under a header whose counts add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.render import digest_entries as entries
from briefgen.render.clean import one_line
from briefgen.render.days import day_text, tick_text
from briefgen.render.digest_changes import changes, conflict, no_changes
from briefgen.render.digest_entries import Page
from briefgen.render.digest_sources import articles, limits, story, withheld
from briefgen.render.digest_visits import visits_table
from briefgen.render.names import Names
from briefgen.render.outline import Entry, Line, Outline, Role, Section, Span, Table, said
from briefgen.render.words import counted, listed, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefgen.digest.digest import Digest

_QUIET = Role.QUIET


def digest_outline(digest: Digest) -> Outline:
    """Return everything a reader is told of ``digest``."""
    page = Page(digest, Names(digest))
    title = f"{word('digest', 'title')}, {tick_text(digest.last, 'EEEE')} {day_text(digest.last)}"
    return Outline(
        headline=(Span(title, Role.STRONG),),
        source=tuple(_header(digest, page)),
        sections=tuple(_sections(digest, page)),
        footer=((Span(word("digest", "end", day=day_text(digest.last)), Role.STRONG),),),
    )


# -- header -------------------------------------------------------------------------------------------------


def _header(digest: Digest, page: Page) -> Iterator[Line]:
    window = (
        word("digest", "window_day", first=page.day(digest.first))
        if digest.first == digest.last
        else word("digest", "window", first=page.day(digest.first), last=page.day(digest.last))
    )
    yield (_small(f"{_capital(window)}; {word('digest', 'cut_off', last=page.day(digest.last))}."),)
    yield (Span(counts_line(digest), Role.STRONG),)
    among, beside = [*_among(digest)], [*_beside(digest)]
    if among:
        yield (_small(f"{_capital(word('digest', 'of_these'))}: {', '.join(among)}."),)
    if beside:
        yield (_small(f"{_capital('; '.join(beside))}."),)
    since = (
        word("digest", "since_digest", day=page.day(digest.previous))
        if digest.previous
        else word("digest", "first_digest")
    )
    told = [_dated(digest, page), since] if digest.counts.articles else [since]
    yield (_small(f"{_capital('; '.join(told))}."),)
    yield (said(_made(digest), _QUIET),)
    yield (Span(word("digest", "notice"), Role.WARNING),)


def _dated(digest: Digest, page: Page) -> str:
    oldest, newest = digest.oldest_article, digest.newest_article
    if oldest is None or newest is None:
        return word("digest", "none_dated")
    key = "dated_one" if oldest == newest else "dated"
    return word("digest", key, oldest=page.day(oldest), newest=page.day(newest))


def counts_line(digest: Digest) -> str:
    """Return "7 articles in = 4 briefs ok + 1 partly withheld + 1 failed + 1 duplicate": always all of them."""
    counts = digest.counts
    parts = [
        counted("digest", "briefs_one", "briefs", counts.ok),
        word("digest", "partly", count=f"{counts.partly_withheld:,}"),
        word("digest", "failed", count=f"{counts.failed:,}"),
        counted("digest", "duplicate_one", "duplicates", counts.duplicates),
    ]
    return f"{counted('digest', 'counts_one', 'counts', counts.articles)} = {' + '.join(parts)}"


def _among(digest: Digest) -> Iterator[str]:
    counts = digest.counts
    for key, count in (("undated", counts.undated), ("late", counts.late)):
        if count:
            yield word("digest", key, count=f"{count:,}")
    if counts.other_languages:
        yield counted("digest", "other_language_one", "other_languages", counts.other_languages)


def _beside(digest: Digest) -> Iterator[str]:
    """What is counted, and none of the articles that came in."""
    for key, count in (
        ("withheld", digest.counts.withheld_items),
        ("later", digest.counts.later),
        ("history", digest.counts.history),
    ):
        if count:
            yield counted("digest", f"{key}_one", key, count)


def _made(digest: Digest) -> str:
    made = digest.made
    models = (
        word("digest", "models", names=listed([one_line(name) for name in made.models]))
        if made.models
        else word("digest", "no_models")
    )
    parts = [f"briefgen {made.briefgen}", models]
    if made.worded_by:
        parts.append(word("digest", "worded_by", name=made.worded_by))
    return " · ".join(map(one_line, parts))


def _small(text: str) -> Span:
    return Span(text, _QUIET)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# -- sections -----------------------------------------------------------------------------------------------


def _sections(digest: Digest, page: Page) -> Iterator[Section]:
    none = _none_reported(digest)
    yield _bottom_line(digest, page)
    yield Section(_heading("changes"), tuple(changes(page)), no_changes(page))
    yield _visits(digest, page, none)
    yield _listing("allegations", [entries.allegation(item, page) for item in digest.allegations], none)
    yield _listing("motives", entries.motives(digest.motives, page), none)
    yield _listing("positions", [entries.position(item, page) for item in digest.positions], none)
    yield _listing("conflicts", [conflict(item, page) for item in digest.conflicts], none)
    yield _listing("open_questions", [entries.question(item, page) for item in digest.open_questions], none)
    yield _listing("background", [entries.background(item, page) for item in digest.background], none)
    yield _listing("actors", [entries.actor(item, page) for item in digest.actors], none)
    if digest.stories:
        yield _listing("stories", [story(item, page) for item in digest.stories], none)
    yield _listing("articles", [*articles(page)], _told("no_articles"))
    yield _listing("withheld", [*withheld(digest)], _told("nothing_withheld"))
    yield Section(_heading("limits"), tuple(limits(digest)))


def _bottom_line(digest: Digest, page: Page) -> Section:
    lines = tuple(entries.bottom_line(item, page) for item in digest.bottom_line)
    message: Line = (said(digest.no_lead, Role.WARNING),) if digest.no_lead else ()
    if not lines and not message:
        message = _told("no_bottom_line")
    return Section(_heading("bottom_line"), lines, message)


def _visits(digest: Digest, page: Page, none: Line) -> Section:
    table: Table | None = visits_table(digest, page) if digest.planned_visits else None
    return Section(_heading("planned_visits"), (), () if table else none, table)


def _listing(key: str, items: Iterable[Entry], none: Line) -> Section:
    listed_items = tuple(items)
    return Section(_heading(key), listed_items, () if listed_items else none)


def _told(key: str) -> Line:
    return (Span(word("digest", key), _QUIET),)


def _heading(key: str) -> str:
    return word("digest_heading", key)


def _none_reported(digest: Digest) -> Line:
    """What stands in an empty section, so that a reader can tell absence from omission."""
    counts = digest.counts
    told = counted("digest", "none_reported_one", "none_reported", counts.ok + counts.partly_withheld)
    unread = f" {word('digest', 'none_read', count=f'{counts.failed:,}')}" if counts.failed else ""
    return (Span(told + unread, _QUIET),)
