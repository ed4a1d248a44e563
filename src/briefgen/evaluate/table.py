"""An evaluation as a table for a terminal; critical errors and failures one by one below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.evaluate.columns import NOTHING, columns, listed, ratio, share
from briefgen.render.clean import cut, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.evaluate.results import ArticleScore, Evaluation, FacetScore

_LONGEST_ID = 32
_LONGEST_ITEM = 400


def table(evaluation: Evaluation) -> str:
    """The whole evaluation as text: totals by facet, fields, articles, cost, critical errors, failures."""
    blocks = [
        columns(_FACET_HEAD, list(_facet_rows(evaluation))),
        _fields(evaluation),
        columns(_ARTICLE_HEAD, [_article_row(article) for article in evaluation.articles]),
        _cost(evaluation),
        *_critical(evaluation),
        *listed(
            "FAILED",
            [f"{a.id}: {a.failed.code}: {a.failed.message}" for a in evaluation.articles if a.failed],
        ),
        *listed("REMARKS", [f"{a.id}: {remark}" for a in evaluation.articles for remark in _remarks(a)]),
        *listed("ERRORS OF THE GOLD", list(evaluation.gold_errors)),
    ]
    return "\n".join(blocks)


_FACET_HEAD = [
    "facet",
    "precision",
    "recall",
    "F1",
    "hit",
    "missed",
    "false",
    "evidence",
    "withheld",
    "rightly",
]
_ARTICLE_HEAD = ["article", "P", "R", "F1", "critical", "withheld", "seconds"]


def _facet_rows(evaluation: Evaluation) -> Iterator[list[str]]:
    for facet, score in evaluation.totals.facets.items():
        yield _facet_row(facet, score)
    yield _facet_row("all", evaluation.totals.overall)


def _facet_row(name: str, score: FacetScore) -> list[str]:
    tally = score.tally
    return [
        name,
        ratio(tally.precision),
        ratio(tally.recall),
        ratio(tally.f1),
        str(tally.hits),
        str(tally.misses),
        str(tally.false_alarms),
        share(score.evidence),
        share(score.withheld),
        share(score.rightly),
    ]


def _fields(evaluation: Evaluation) -> str:
    accuracies = [f"{field} {share(found)}" for field, found in evaluation.totals.fields.items()]
    without = [score for facet, score in evaluation.totals.facets.items() if facet != "actors"]
    evidence = sum((score.evidence for score in without[1:]), without[0].evidence)
    briefs = len(evaluation.articles) - len(evaluation.failures)
    critical = len(evaluation.critical)
    return (
        f"accuracy: {' · '.join(accuracies)}\n"
        f"evidence precision without actors: {share(evidence)}\n"
        f"critical errors: {critical} in {briefs} briefs, {ratio(critical / briefs if briefs else None)} a brief\n"
    )


def _article_row(article: ArticleScore) -> list[str]:
    overall = article.scores.overall
    return [
        cut(one_line(article.id), _LONGEST_ID),
        ratio(overall.tally.precision),
        ratio(overall.tally.recall),
        ratio(overall.tally.f1),
        str(len(article.critical)) if not article.failed else "failed",
        share(overall.withheld),
        f"{article.scores.cost.seconds:.1f}" if not article.failed else NOTHING,
    ]


def _cost(evaluation: Evaluation) -> str:
    cost = evaluation.totals.cost
    tokens = [
        f"{count:,} tokens {what}" if count is not None else f"tokens {what} not said"
        for count, what in (
            (cost.input_tokens, "in"),
            (cost.cached_tokens, "of them cached"),
            (cost.output_tokens, "out"),
        )
    ]
    models = ", ".join(one_line(model) for model in evaluation.models) or "no model"
    return f"{models}: {cost.requests:,} requests · {' · '.join(tokens)} · {cost.seconds:.1f} s\n"


def _critical(evaluation: Evaluation) -> Iterator[str]:
    """Each with its article, its item, what is wrong, and the sentences it cites."""
    errors = evaluation.critical
    if errors:
        lines = [f"CRITICAL ERRORS ({len(errors)})"]
        for error in errors:
            lines.append(f"  • {_line(error.article)} · {error.kind}")
            lines.append(f"      {_line(f'{error.facet}: {error.item}')}")
            lines.append(f"      {_line(error.detail)}")
            cited = zip(error.sentences, error.quoted, strict=False)
            lines += [f"      [s{n}] {_line(text)}" for n, text in cited]
        yield "\n".join(lines) + "\n"


def _line(text: str) -> str:
    return one_line(text, _LONGEST_ITEM)


def _remarks(article: ArticleScore) -> tuple[str, ...]:
    return (*article.remarks, *(f"{facet} was not answered" for facet in article.unanswered))
