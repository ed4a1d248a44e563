"""The articles' texts as the page has them: each once, in paragraphs of numbered sentences."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from briefgen.render.page_view import all_cited

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from briefgen.brief import SentenceSpan
    from briefgen.digest.digest import Digest, DigestArticle


@dataclass(frozen=True)
class ShownSentence:
    """``cited``: a line of the page rests on it."""

    n: int
    text: str
    cited: bool


@dataclass(frozen=True)
class ShownText:
    """``kept``: it is the whole article; else only the sentences that were quoted are known."""

    kept: bool
    paragraphs: tuple[tuple[ShownSentence, ...], ...]

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The sentences that stand on the page."""
        return frozenset(sentence.n for paragraph in self.paragraphs for sentence in paragraph)


def texts(digest: Digest, also: Iterable[int] = ()) -> dict[int, ShownText]:
    """The text of every article of which anything is known. ``also``: sentences that count as cited in all."""
    quotes: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for piece in all_cited(digest):
        known = quotes[piece.article].get(piece.sentence, "")
        quotes[piece.article][piece.sentence] = max(known, piece.quote, key=len)
    extra = set(also)
    shown = {
        article.number: _shown(article, quotes[article.number], extra)
        for article in digest.articles
        if article.text is not None or article.number in quotes
    }
    return {number: text for number, text in shown.items() if text.paragraphs}


def _shown(article: DigestArticle, quotes: Mapping[int, str], also: set[int]) -> ShownText:
    if article.text is None or not article.sentences:
        alone = tuple((ShownSentence(n, quotes[n], cited=True),) for n in sorted(quotes))
        return ShownText(kept=False, paragraphs=alone)
    text = article.text
    return ShownText(
        kept=True,
        paragraphs=tuple(
            tuple(
                ShownSentence(span.n, text[span.start : span.end], span.n in quotes or span.n in also)
                for span in paragraph
            )
            for paragraph in _paragraphs(text, article.sentences)
        ),
    )


def _paragraphs(text: str, spans: Iterable[SentenceSpan]) -> Iterator[list[SentenceSpan]]:
    """The sentences between two line ends."""
    paragraph: list[SentenceSpan] = []
    for span in spans:
        if paragraph and "\n" in text[paragraph[-1].end : span.start]:
            yield paragraph
            paragraph = []
        paragraph.append(span)
    if paragraph:
        yield paragraph
