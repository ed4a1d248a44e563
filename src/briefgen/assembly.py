"""Put a brief together from verified facets: article, coverage and provenance around the items."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from briefgen.brief import ArticleInfo, Brief, Coverage, Failure, Provenance, SentenceSpan, SummarySentence
from briefgen.errors import ModelError, Usage
from briefgen.facets.base import all_facets
from briefgen.facets.general import all_evidence
from briefgen.facets.lines import Line
from briefgen.prices import cost_usd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from briefgen.article import Article
    from briefgen.brief import FacetState
    from briefgen.facets.base import Context
    from briefgen.providers.base import LanguageModel
    from briefgen.second_reader import SecondReader
    from briefgen.verification import Verified

_WATCHED = ("planned_visits", "allegations", "motives")
"""Facets whose candidate sentences count as uncovered when no item rests on them."""


@dataclass
class Answers:
    """What the model said of one article, and what asking cost. Lives for one ``generate``."""

    drafts: dict[str, list[BaseModel]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[str, list[ModelError]] = field(default_factory=lambda: defaultdict(list))
    usage: Usage = field(default_factory=Usage)
    answered_by: str | None = None
    flags: list[str] = field(default_factory=list)
    prompts: dict[str, str] = field(default_factory=dict)
    ended: bool = False
    """An error said that further calls would fail the same way."""
    reader: SecondReader | None = None

    cost_usd: float | None = None

    def close(self, model: LanguageModel) -> None:
        """Count what ``model`` and the second reader used and met: both are part of what the brief cost."""
        self.cost_usd = cost_usd(model, self.usage)
        if self.reader is not None:
            readers = cost_usd(self.reader.model, self.reader.usage)
            known = self.cost_usd is not None and readers is not None
            self.cost_usd = (self.cost_usd or 0.0) + (readers or 0.0) if known else None
            self.usage += self.reader.usage
            self.errors[self.reader.name] += self.reader.errors
            self.prompts |= self.reader.prompts


def assemble(
    context: Context,
    results: Mapping[str, Verified],
    answers: Answers,
    *,
    model: LanguageModel,
    seconds: float,
) -> Brief:
    """The brief of verified facets. A facet outside the contract is kept under its own name."""
    answers.close(model)
    lines = [line for line in results["summary"].items if isinstance(line, Line)]
    items: dict[str, Any] = {
        name: tuple(result.items)
        if name in Brief.model_fields
        else [item.model_dump() for item in result.items]
        for name, result in results.items()
        if name != "summary"
    }
    return Brief(
        article=_article(context, answers),
        headline=next((line.text for line in lines if line.place == "headline"), ""),
        summary=tuple(
            SummarySentence(text=line.text, refs=line.refs, evidence=line.evidence)
            for line in lines
            if line.place == "summary"
        ),
        **items,
        withheld=tuple(entry for result in results.values() for entry in result.withheld),
        notes=tuple(note for result in results.values() for note in result.notes),
        coverage=_coverage(context, results, answers),
        provenance=_provenance(answers, model.name, seconds),
    )


def _article(context: Context, answers: Answers) -> ArticleInfo:
    article = context.article
    return ArticleInfo(
        id=article.id,
        title=article.title,
        publisher=article.publisher,
        author=article.author,
        url=article.url,
        published=article.published,
        language=article.language,
        sentences=tuple(SentenceSpan(n=s.n, start=s.start, end=s.end) for s in article.sentences),
        flags=tuple(dict.fromkeys((*article.flags, *_own_flags(article), *answers.flags))),
    )


def _own_flags(article: Article) -> tuple[str, ...]:
    return ("instructions_in_text",) if len(article.telling) < len(article.sentences) else ()


def _coverage(context: Context, results: Mapping[str, Verified], answers: Answers) -> Coverage:
    covered = {
        piece.sentence for result in results.values() for item in result.items for piece in all_evidence(item)
    }
    looked = {
        n
        for facet in all_facets()
        if facet.name in _WATCHED
        for n in facet.candidates(context, context.article.sentences)
    }
    return Coverage(
        facets={name: _state(name, result, answers) for name, result in results.items()},
        uncovered=tuple(sorted(looked - covered)),
        failures={
            name: Failure(code=errors[0].code, message=str(errors[0]))
            for name, errors in answers.errors.items()
            if errors
        },
    )


def _state(name: str, result: Verified, answers: Answers) -> FacetState:
    """``empty``: looked for, and nothing there. ``failed``: not answered. ``partial``: a part of a long article was
    not answered, or all that was found had to be withheld.
    """
    if answers.errors.get(name):
        return "partial" if answers.drafts.get(name) else "failed"
    if result.items:
        return "complete"
    return "partial" if result.withheld else "empty"


@cache
def _version() -> str:
    return version("briefgen")


def _provenance(answers: Answers, model: str, seconds: float) -> Provenance:
    checked_by = answers.reader.model.name if answers.reader else None
    return Provenance(
        briefgen=_version(),
        model=model,
        answered_by=answers.answered_by,
        checked_by=checked_by,
        prompts=dict(sorted(answers.prompts.items())),
        created=datetime.now(UTC).replace(microsecond=0),
        requests=answers.usage.requests,
        input_tokens=answers.usage.input_tokens,
        cached_tokens=answers.usage.cached_tokens,
        output_tokens=answers.usage.output_tokens,
        cost_usd=answers.cost_usd,
        seconds=round(seconds, 2),
    )
