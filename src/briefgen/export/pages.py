"""Markdown: all briefs on one page, or a page for each in a folder, under a name that no article chooses."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

from briefgen.render import RenderOptions
from briefgen.render.clean import one_line
from briefgen.render.markdown import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from briefgen.brief import Brief
    from briefgen.export.records import Export

_LONGEST_SLUG = 60
_SHOWN_ID = 12


def write_page(export: Export, write: Callable[[str], object]) -> None:
    """Write all briefs one below the other."""
    for at, stored in enumerate(export.briefs()):
        write(("\n\n" if at else "") + render(stored.brief(), RenderOptions()))


def write_pages(export: Export, folder: Path) -> None:
    """Write a page for each brief, with its article's metadata as YAML in front."""
    for stored in export.briefs():
        brief = stored.brief()
        page = "".join(_front_matter(brief)) + render(brief, RenderOptions())
        (folder / page_name(brief)).write_text(page, encoding="utf-8", newline="\n")


def page_name(brief: Brief) -> str:
    """``2031-05-01-rell-eyes-ostia-ab12cd34ef56.md``: day, words of the title, start of the article's id.

    Only small letters, digits and hyphens, and never a name that a system keeps for itself (B-OUT-13).
    """
    spelt = unicodedata.normalize("NFKD", brief.article.title or brief.headline)
    plain = "".join(char for char in spelt if not unicodedata.combining(char)).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).lstrip("-")[:_LONGEST_SLUG].rstrip("-")
    parts = (str(brief.article.published or "undated"), slug, brief.article.id[:_SHOWN_ID])
    return "-".join(part for part in parts if part) + ".md"


def _front_matter(brief: Brief) -> Iterator[str]:
    """YAML in which every text is a quoted string, so that none can be anything else (B-OUT-09)."""
    article, provenance = brief.article, brief.provenance
    values = {
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "url": article.url,
        "published": str(article.published) if article.published else None,
        "language": article.language,
        "model": provenance.model,
        "briefgen": provenance.briefgen,
        "created": provenance.created.isoformat(),
    }
    yield "---\n"
    for name, value in values.items():
        if value:
            yield f"{name}: {json.dumps(one_line(value), ensure_ascii=False)}\n"
    yield "ai_generated: true\n---\n\n"
