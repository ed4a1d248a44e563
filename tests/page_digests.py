"""Digests for the tests of the page: one article whose text is kept, and one visit that a sentence carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.article import Article
from briefgen.brief import SentenceSpan
from briefgen.digest.digest import Cited
from digest_example import example_digest

if TYPE_CHECKING:
    from briefgen.digest.digest import Digest


def digest_of_text(text: str, *sentences: int) -> Digest:
    """The first visit of the example rests on these sentences of the article, and is all that there is."""
    article = Article.from_text(text)
    spans = tuple(SentenceSpan(n=s.n, start=s.start, end=s.end) for s in article.sentences)
    cited = [article.sentence(n) for n in sentences]
    evidence = tuple(Cited(article=1, sentence=s.n, quote=s.text, start=s.start, end=s.end) for s in cited)
    example = example_digest()
    source = example.articles[0].model_copy(update={"text": article.text, "sentences": spans})
    visit = example.planned_visits[0].model_copy(
        update={"evidence": evidence, "articles": (1,), "timings": (), "confirmations": ()}
    )
    nothing: dict[str, object] = dict.fromkeys(
        ("allegations", "motives", "positions", "conflicts", "open_questions", "background", "changes"), ()
    )
    few = {"articles": (source,), "planned_visits": (visit,), "bottom_line": (), "late_arrivals": ()}
    return example.model_copy(update=nothing | few)


def long_text(paragraphs: int = 40) -> str:
    """Paragraphs of three sentences, each sentence with its number in it."""
    sentences = [
        f"Harbour pilot {n} told the inquiry that the ferry had left the quay late."
        for n in range(paragraphs * 3)
    ]
    return "\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))
