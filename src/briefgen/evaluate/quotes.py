"""Where the gold's quotations stand in the article: the numbers of their sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from briefgen.article import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.article import Article


@dataclass(frozen=True)
class Quotes:
    """Finds quotations in one article. White space of any kind and length counts as one space."""

    article: Article

    @cached_property
    def _squeezed(self) -> tuple[str, list[int]]:
        """The text with single spaces, and for each of its characters the offset in the article's text."""
        kept: list[str] = []
        offsets: list[int] = []
        for match in re.finditer(r"\S+|\s+", self.article.text):
            kept.append(" " if match[0].isspace() else match[0])
            offsets += [match.start()] if match[0].isspace() else range(match.start(), match.end())
        return "".join(kept), offsets

    def sentences(self, quotes: Iterable[str]) -> frozenset[int]:
        """Numbers of the sentences in which one of the quotations stands, each time that it does."""
        return frozenset(n for quote in quotes for n in self._sentences(quote))

    def unknown(self, quotes: Iterable[str]) -> list[str]:
        """The quotations that neither the article's text nor its title has: errors of the gold."""
        title = " ".join((self.article.title or "").split())
        return [quote for quote in quotes if _plain(quote) not in title and not self._sentences(quote)]

    def _sentences(self, quote: str) -> list[int]:
        text, offsets = self._squeezed
        plain = _plain(quote)
        found: list[int] = []
        at = text.find(plain) if plain else -1
        while at >= 0:
            start, end = offsets[at], offsets[at + len(plain) - 1] + 1
            found += [s.n for s in self.article.sentences if s.start < end and start < s.end]
            at = text.find(plain, at + 1)
        return found


def _plain(quote: str) -> str:
    return " ".join(normalise(quote)[0].split())
