"""The numbers behind each line of the page, as links to its sentences.

Written in code and not in a template because a page has thousands of them. They hold numbers only, so nothing
that came from an article can stand in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefgen.digest.digest import Cited
    from briefgen.render.page_texts import ShownText

ONE_ARTICLE = 1
"""The number of the article on the page of a brief."""


class Cites:
    """Writes the numbers of one page.

    ``data-e`` names every sentence behind a line in order, "3.7" for sentence 7 of article 3 ("3.0": the
    article as a whole), and ``data-at`` where a link begins: the script opens the sentences beside the line.
    Without it the links lead to them.
    """

    def __init__(self, texts: Mapping[int, ShownText], articles: Iterable[int], *, single: bool) -> None:
        self._texts = texts
        self._articles = frozenset(articles)
        self._single = single

    def line(self, evidence: Iterable[Cited], articles: Iterable[int] = ()) -> Markup:
        """[1, 3] for articles 1 and 3, on paper with their sentences; of one article [s3 s7].

        ``articles``: further ones, of which no sentence is known.
        """
        found: dict[int, set[int]] = {number: set() for number in articles}
        for piece in evidence:
            found.setdefault(piece.article, set()).add(piece.sentence)
        if self._single:
            return self.sentences(found.get(ONE_ARTICLE, ()), space=" ")
        refs = [(number, sorted(found[number])) for number in sorted(found)]
        links = [self._article(number, sentences) for number, sentences in refs]
        every = [f"{number}.{n}" for number, sentences in refs for n in sentences or [0]]
        return _bracketed(links, every, between=",", space=" ")

    def sentences(self, numbers: Iterable[int], *, space: str = "") -> Markup:
        """[s3 s7]: sentences of the one article."""
        found = sorted(set(numbers))
        links = [self._link(ONE_ARTICLE, n, f"s{n}", f"evidence: sentence {n}") for n in found]
        return _bracketed(links, [f"{ONE_ARTICLE}.{n}" for n in found], space=space)

    def _article(self, number: int, sentences: list[int]) -> str:
        many = f", {len(sentences)} sentences" if len(sentences) > 1 else ""
        first = sentences[0] if sentences else 0
        link = self._link(number, first, str(number), f"evidence: article {number}{many}")
        if not sentences:
            return link
        each = " ".join(self._plain(number, n) for n in sentences)
        return f'{link}<span class="sn">:{each}</span>'

    def _link(self, article: int, n: int, text: str, label: str) -> str:
        place = self._place(article, n)
        if not place:
            return text
        return f'<a class="c" href="#{place}" aria-label="{label}" data-at="{article}.{n}">{text}</a>'

    def _plain(self, article: int, n: int) -> str:
        place = self._place(article, n)
        return f'<a href="#{place}" aria-label="article {article}, sentence {n}">{n}</a>' if place else str(n)

    def _place(self, article: int, n: int) -> str:
        """The sentence's own place on the page, or at least that of its article; "" where it has none."""
        text = self._texts.get(article)
        if text and n in text.numbers:
            return f"a{article}s{n}"
        return f"a{article}" if article in self._articles else ""


def _bracketed(links: list[str], every: list[str], *, between: str = "", space: str) -> Markup:
    if not links:
        return Markup()
    pieces = [
        f'<span class="nb">{"" if at else "["}{link}{between if at < len(links) - 1 else "]"}</span>'
        for at, link in enumerate(links)
    ]
    html = f'{space}<span class="cites" data-e="{" ".join(every)}">{" ".join(pieces)}</span>'
    return Markup(html)  # noqa: S704 - numbers and our own words
