"""Scores: the gold held against briefs, counted."""

from __future__ import annotations

from functools import reduce
from importlib.metadata import version
from operator import add
from typing import TYPE_CHECKING, TypeVar

from briefgen.evaluate.critical import critical_errors
from briefgen.evaluate.entries import FACETS, Entry, Facet
from briefgen.evaluate.expected import Expected
from briefgen.evaluate.found import Found
from briefgen.evaluate.pairing import Pairing
from briefgen.evaluate.results import (
    FIELDS,
    ArticleScore,
    Check,
    Cost,
    Evaluation,
    FacetScore,
    Failed,
    ScoredField,
    Scores,
    Share,
    Tally,
    Verdict,
    WithheldVerdict,
)
from briefgen.evaluate.withholding import judge_withheld

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefgen.brief import Brief
    from briefgen.evaluate.gold import GoldArticle, GoldSet

T = TypeVar("T")

NO_BRIEF = Failed(code="no_brief", message="there is no brief of it")


def evaluate(gold: GoldSet, briefs: Mapping[str, Brief | Failed]) -> Evaluation:
    """Score briefs against the gold, as the gold's guide says.

    ``briefs``: by the gold's article ids. An article that failed, or has no brief, is not left out:
    everything that its gold requires is missed.
    """
    articles = tuple(_score(each, briefs.get(each.id, NO_BRIEF)) for each in gold.articles)
    made = [briefs[each.id] for each in gold.articles if each.id in briefs]
    used = [brief.provenance for brief in made if not isinstance(brief, Failed)]
    return Evaluation(
        briefgen=version("briefgen"),
        models=tuple(sorted({each.model for each in used})),
        prompts={name: sha for each in used for name, sha in sorted(each.prompts.items())},
        articles=articles,
        totals=total(article.scores for article in articles),
        gold_errors=tuple(
            f"{each.id}: no quotation of the article: “{quote}”"
            for each in gold.articles
            for quote in Expected(each).unknown_quotes
        ),
    )


def total(scores: Iterable[Scores]) -> Scores:
    """The sums of counts, so that every ratio is a micro-average."""
    listed = list(scores)
    return Scores(
        facets={facet: _sum((each.facets[facet] for each in listed), FacetScore()) for facet in FACETS},
        overall=_sum((each.overall for each in listed), FacetScore()),
        fields={field: _sum((each.fields[field] for each in listed), Share()) for field in FIELDS},
        cost=_sum((each.cost for each in listed), Cost()),
    )


def _sum(parts: Iterable[T], zero: T) -> T:
    return reduce(add, parts, zero)


def _score(source: GoldArticle, brief: Brief | Failed) -> ArticleScore:
    expected = Expected(source)
    if isinstance(brief, Failed):
        missed = tuple(_missed(gold) for facet in FACETS for gold in expected.entries[facet])
        return ArticleScore(
            id=source.id,
            title=source.article.title,
            gold=source.fingerprint,
            scores=_count(missed, (), Cost()),
            verdicts=missed,
            failed=brief,
        )
    pairing = Pairing(expected, Found(brief, source.article))
    verdicts = tuple(verdict for facet in FACETS for verdict in _verdicts(facet, pairing))
    withheld = judge_withheld(pairing)
    used = brief.provenance
    cost = Cost(
        requests=used.requests,
        input_tokens=used.input_tokens,
        cached_tokens=used.cached_tokens,
        output_tokens=used.output_tokens,
        seconds=used.seconds,
    )
    return ArticleScore(
        id=source.id,
        title=source.article.title,
        gold=source.fingerprint,
        scores=_count(verdicts, withheld, cost),
        verdicts=verdicts,
        withheld=withheld,
        critical=critical_errors(pairing),
        unanswered=tuple(f for f, state in brief.coverage.facets.items() if state == "failed"),
        remarks=() if pairing.found.is_of_this_text else ("the brief was made of another text",),
    )


def _verdicts(facet: Facet, pairing: Pairing) -> Iterator[Verdict]:
    for gold, item in pairing.pairs[facet]:
        yield Verdict(
            facet=facet,
            outcome="hit" if gold.required else "optional",
            gold=gold.text,
            gold_ref=gold.ref,
            item=item.text,
            item_ref=item.ref,
            cited=tuple(sorted(item.cited)),
            quoted=tuple(sorted(gold.sentences)),
            checks=tuple(_checks(gold, item)),
        )
    for gold in pairing.unmatched_gold(facet):
        yield _missed(gold)
    for item in pairing.unmatched_items(facet):
        yield Verdict(
            facet=facet,
            outcome="false_alarm",
            item=item.text,
            item_ref=item.ref,
            cited=tuple(sorted(item.cited)),
        )


def _missed(gold: Entry) -> Verdict:
    return Verdict(
        facet=gold.facet,
        outcome="missed" if gold.required else "optional_missed",
        gold=gold.text,
        gold_ref=gold.ref,
        quoted=tuple(sorted(gold.sentences)),
    )


def _checks(gold: Entry, item: Entry) -> Iterator[Check]:
    if gold.facet == "planned_visits":
        yield _check("status", gold.value, item.value)
        yield _check("dates", _days(gold), _days(item))
    elif gold.facet == "motives":
        yield _check("basis", gold.value, item.value)
        holder, of_brief = gold.subjects[0], item.subjects[0]
        yield Check(field="holder", expected=holder.label, found=of_brief.label, right=holder.same(of_brief))
    elif gold.facet == "allegations":
        for accused, stance in gold.stances:
            said = next((known for party, known in item.stances if party.same(accused)), "")
            yield Check(field="stance", of=accused.label, expected=stance, found=said, right=stance == said)


def _check(field: ScoredField, expected: str, found: str) -> Check:
    return Check(field=field, expected=expected, found=found, right=expected == found)


def _days(entry: Entry) -> str:
    earliest, latest = entry.dates
    return f"{earliest or '?'} to {latest or '?'}"


def _count(verdicts: Sequence[Verdict], withheld: Sequence[WithheldVerdict], cost: Cost) -> Scores:
    facets = {
        facet: _facet(
            [each for each in verdicts if each.facet == facet],
            [each for each in withheld if each.facet == facet],
        )
        for facet in FACETS
    }
    checks = [check for each in verdicts if each.outcome == "hit" for check in each.checks]
    return Scores(
        facets=facets,
        overall=_sum(facets.values(), FacetScore()),
        fields={
            field: Share(
                right=sum(check.right for check in checks if check.field == field),
                of=sum(check.field == field for check in checks),
            )
            for field in FIELDS
        },
        cost=cost,
    )


def _facet(verdicts: Sequence[Verdict], withheld: Sequence[WithheldVerdict]) -> FacetScore:
    hits = [each for each in verdicts if each.outcome == "hit"]
    shown = sum(each.item_ref is not None for each in verdicts)
    return FacetScore(
        tally=Tally(
            hits=len(hits),
            misses=sum(each.outcome == "missed" for each in verdicts),
            false_alarms=sum(each.outcome == "false_alarm" for each in verdicts),
        ),
        evidence=Share(
            right=sum(len(set(each.cited) & set(each.quoted)) for each in hits),
            of=sum(len(each.cited) for each in hits),
        ),
        withheld=Share(right=len(withheld), of=shown + len(withheld)),
        rightly=Share(right=sum(each.right for each in withheld), of=len(withheld)),
    )
