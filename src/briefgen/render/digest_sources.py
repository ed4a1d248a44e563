"""The articles of the digest, its stories, what was withheld and why, and the limits of it all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from briefgen.render.clean import one_line
from briefgen.render.digest_entries import DOT, counted_sources, labels, refs
from briefgen.render.extras import short_form
from briefgen.render.outline import Entry, Line, Role, Span, said
from briefgen.render.words import counted, heading, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.digest.digest import Digest, DigestArticle, Story
    from briefgen.render.digest_entries import Page

_SHOWN_ID = 8
_QUIET = Role.QUIET


def story(item: Story, page: Page) -> Entry:
    named = ", ".join(map(one_line, item.sources.names))
    lead = (
        said(item.title, Role.STRONG),
        DOT,
        *counted_sources(item.sources),
        *((Span(": ", _QUIET), said(named)) if named else ()),
        *refs(item.articles),
    )
    digest = page.digest
    news = (*digest.planned_visits, *digest.allegations, *digest.positions, *digest.motives)
    told = [line.id for line in news if line.id in item.items]  # not its background and questions
    return Entry(lead, (labels(word("digest", "tells"), told, page),) if told else ())


def articles(page: Page) -> Iterator[Entry]:
    """Every article under its number: publisher, title, day, what became of it, where to find it."""
    languages = Counter(article.language for article in page.digest.articles if article.language)
    usual = languages.most_common(1)[0][0] if languages else None
    for article in page.digest.articles:
        yield _article(article, usual, page)


def _article(article: DigestArticle, usual: str | None, page: Page) -> Entry:
    publisher = article.publisher or word("digest", "no_publisher")
    title = article.title or word("digest", "no_title")
    facts = [page.day(article.published) if article.published else word("digest", "no_date")]
    if article.language and article.language != usual:
        facts.append(word("digest", "language", code=article.language))
    if article.id:
        facts.append(f"sha256 {article.id[:_SHOWN_ID]}")
    facts += [article.label] if article.label and not article.url else []
    lead = (
        Span(f"[{article.number}]", Role.EVIDENCE),
        Span(" "),
        said(publisher, Role.STRONG),
        Span(": "),
        said(title),
        *_state(article),
        DOT,
        said(" · ".join(map(one_line, facts)), _QUIET),
    )
    return Entry((*lead, DOT, said(article.url, _QUIET)) if article.url else lead)


def _state(article: DigestArticle) -> Line:
    """Return " · FAILED: why", " · late arrival"; nothing for an article like any other."""
    line: list[Span] = []
    if article.state == "failed":
        line += [DOT, Span(word("article_state", "failed"), Role.BAD)]
        line += [Span(": "), said(article.reason)] if article.reason else []
    elif article.state == "duplicate":
        line += [DOT, Span(word("article_state", "duplicate"), Role.OPEN)]
        line += [Span(": "), said(article.reason)] if article.reason else []
        if article.duplicate_of is not None and not article.reason:
            line.append(Span(word("digest", "duplicate_of", number=article.duplicate_of)))
    elif article.withheld:
        count = len(article.withheld)
        line += [
            DOT,
            Span(counted("digest", "items_withheld_one", "items_withheld", count), Role.WARNING),
        ]
    if article.place != "new":
        line += [DOT, Span(word("article_place", article.place), Role.STRONG)]
    return tuple(line)


def withheld(digest: Digest) -> Iterator[Entry]:
    """What a model said of an article and code did not vouch for, with each rule that it broke."""
    for article in digest.articles:
        for item in article.withheld:
            line = [
                said(heading(item.facet), Role.STRONG),
                Span(" ("),
                said(short_form(item.item)),
                Span(") — "),
            ]
            for at, reason in enumerate(item.reasons):
                line += [Span("; " if at else ""), said(reason.code, Role.WARNING)]
                line += [Span(" "), said(reason.message)]
            yield Entry((*line, *refs([article.number])))


def limits(digest: Digest) -> Iterator[Entry]:
    """What the digest cannot know, in sentences."""
    for key in ("limit_articles", "limit_sources", "limit_conflicts"):
        yield Entry((Span(word("digest", key)),))
    if digest.counts.failed:
        told = counted("digest", "limit_failed_one", "limit_failed", digest.counts.failed)
        yield Entry((Span(told, Role.WARNING),))
    yield Entry((Span(word("digest", "limit_sentences")),))
