"""One brief as an HTML page: the page of the daily brief, with one article."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from briefgen.render.clean import one_line
from briefgen.render.one_article import as_digest
from briefgen.render.outline import Role
from briefgen.render.page import SENTENCE_NUMBER, Frame, page
from briefgen.render.sections import KNOWN_FACETS, facet_message, outline
from briefgen.render.words import heading, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefgen.brief import Brief
    from briefgen.render.base import RenderOptions
    from briefgen.render.outline import Section

_FACETS = ("summary", *KNOWN_FACETS)


def render(brief: Brief, options: RenderOptions) -> str:
    """The renderer of the format ``html``. With ``options.article`` its text stands beside the brief.

    An article that is not the brief's own is not shown: its sentences would be others.
    """
    article = options.article
    text = article.text if article is not None and article.id == brief.article.id else None
    told = outline(brief, sentences=False)
    sections = tuple(section for section in told.sections if section.heading not in _of_the_page())
    frame = Frame(
        title=one_line(brief.headline) or word("phrase", "no_headline"),
        today=brief.article.published,
        single=True,
        source=told.source,
        footer=told.footer,
        sections=sections,
        messages={facet: facet_message(brief, facet, len(getattr(brief, facet))) for facet in _FACETS},
        extra=frozenset(_numbers(sections)),
    )
    return page(as_digest(brief, text), frame, ascii_only=options.ascii)


@cache
def _of_the_page() -> frozenset[str]:
    """Headings of what the page shows in its own way."""
    return frozenset(heading(name) for name in (*_FACETS, "withheld"))


def _numbers(sections: Iterable[Section]) -> Iterator[int]:
    """The sentences that these cite."""
    for section in sections:
        lines = [
            section.message,
            *(line for entry in section.entries for line in (entry.lead, *entry.details)),
        ]
        for span in (span for line in lines for span in line if span.role is Role.EVIDENCE):
            yield from map(int, SENTENCE_NUMBER.findall(span.text))
