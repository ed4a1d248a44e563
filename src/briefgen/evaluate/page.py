"""An evaluation as one HTML page: each brief beside its article, for an editor's eye and for paper.

The page needs nothing from elsewhere and runs no script. Every string that is printed is cleaned and escaped:
article and brief are untrusted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from briefgen.evaluate.columns import ratio, share
from briefgen.evaluate.results import Failed
from briefgen.render.clean import one_line
from briefgen.render.words import heading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.brief import Brief
    from briefgen.evaluate.entries import Facet
    from briefgen.evaluate.gold import GoldArticle, GoldSet
    from briefgen.evaluate.results import ArticleScore, Evaluation, Verdict, WithheldVerdict

_LONGEST = 20_000

# What an outcome is called on the page, in the order in which items are shown.
_MARKS = {
    "hit": "HIT",
    "missed": "MISSED",
    "false_alarm": "FALSE ALARM",
    "optional": "OPTIONAL",
}
_ORDER: tuple[Facet, ...] = ("planned_visits", "allegations", "motives", "open_questions", "actors")


@dataclass(frozen=True)
class SentenceView:
    """One sentence; ``items`` are the references of what cites it, ``quoted`` whether the gold does."""

    n: int
    text: str
    items: tuple[str, ...]
    quoted: bool
    critical: bool


@dataclass(frozen=True)
class FacetView:
    """The items of one facet, hits first; optional ones that were not found; and what was withheld."""

    heading: str
    verdicts: list[Verdict]
    not_found: list[Verdict]
    withheld: list[WithheldVerdict]


@dataclass(frozen=True)
class ArticleView:
    """One article with its brief. ``anchor`` begins the ids of everything in it."""

    anchor: str
    source: GoldArticle
    score: ArticleScore
    sentences: list[SentenceView]
    facets: list[FacetView]
    brief: Brief | None

    @property
    def wrong(self) -> set[str]:
        """References of the items that have a critical error."""
        return {error.item_ref for error in self.score.critical}


def page(evaluation: Evaluation, gold: GoldSet, briefs: Mapping[str, Brief | Failed]) -> str:
    """The whole page. ``gold`` and ``briefs`` are those that were scored."""
    sources = {source.id: source for source in gold.articles}
    views = [
        _view(f"a{at}", sources[score.id], score, briefs.get(score.id))
        for at, score in enumerate(evaluation.articles, 1)
    ]
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_clean, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(ratio=ratio, share=share, heading=heading)
    template = environment.from_string(files(__package__).joinpath("page.html.jinja").read_text("utf-8"))
    return template.render(evaluation=evaluation, articles=views, marks=_MARKS)


def _clean(value: object) -> object:
    """What an expression prints: no control, bidi or invisible character of an untrusted string."""
    return one_line(value, _LONGEST) if isinstance(value, str) and not isinstance(value, Markup) else value


def _view(anchor: str, source: GoldArticle, score: ArticleScore, brief: Brief | Failed | None) -> ArticleView:
    return ArticleView(
        anchor=anchor,
        source=source,
        score=score,
        sentences=_sentences(source, score),
        facets=[_facet(facet, score) for facet in _ORDER],
        brief=None if isinstance(brief, Failed) else brief,
    )


def _facet(facet: Facet, score: ArticleScore) -> FacetView:
    order = list(_MARKS)
    verdicts = [verdict for verdict in score.verdicts if verdict.facet == facet]
    shown = [verdict for verdict in verdicts if verdict.outcome in _MARKS]
    return FacetView(
        heading=heading(facet),
        verdicts=sorted(shown, key=lambda verdict: order.index(verdict.outcome)),
        not_found=[verdict for verdict in verdicts if verdict.outcome == "optional_missed"],
        withheld=[entry for entry in score.withheld if entry.facet == facet],
    )


def _sentences(source: GoldArticle, score: ArticleScore) -> list[SentenceView]:
    citing: defaultdict[int, list[str]] = defaultdict(list)
    judged: tuple[Verdict | WithheldVerdict, ...] = (*score.verdicts, *score.withheld)
    for verdict in judged:
        for n in verdict.cited:
            citing[n].append(verdict.item_ref or "")
    quoted = {n for verdict in score.verdicts for n in verdict.quoted}
    critical = {n for error in score.critical for n in error.sentences}
    return [
        SentenceView(s.n, s.text, tuple(citing[s.n]), s.n in quoted, s.n in critical)
        for s in source.article.sentences
    ]
