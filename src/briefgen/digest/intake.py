"""What a digest is given: each article with its brief, or why it has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from briefgen.brief import Brief


@dataclass(frozen=True)
class Arrived:
    """One article of the input.

    ``failed``: ``reason`` says why there is no brief. ``duplicate``: ``duplicate_of`` is the id of the article
    whose brief stands for it. ``text``: the article's, where the caller has it, for showing sentences in place.
    """

    label: str
    state: Literal["briefed", "failed", "duplicate"] = "briefed"
    brief: Brief | None = None
    text: str | None = None
    article_id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    duplicate_of: str | None = None
    reason: str = ""

    @classmethod
    def of(cls, brief: Brief, label: str = "", text: str | None = None) -> Arrived:
        """An article with its brief."""
        article = brief.article
        return cls(
            label=label,
            brief=brief,
            text=text,
            article_id=article.id,
            title=article.title,
            publisher=article.publisher,
            published=article.published,
            url=article.url,
            language=article.language,
        )
