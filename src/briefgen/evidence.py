"""Evidence: exact substrings of the article, and finding the sentences that carry a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from briefgen.article import Article


class Evidence(BaseModel):
    """Sentence number, and the exact substring: ``article.text[start:end] == quote``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentence: int
    quote: str
    start: int
    end: int


def whole_sentence(article: Article, n: int) -> Evidence:
    """Evidence that quotes sentence ``n`` whole. Raises ``IndexError`` where there is none."""
    sentence = article.sentence(n)
    return Evidence(sentence=n, quote=sentence.text, start=sentence.start, end=sentence.end)
