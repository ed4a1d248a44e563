"""Rules that judge a brief as a whole: another article's brief (G12), an id used twice (G04), a gap not raised (Q03).

:func:`briefgen.verification.audit` applies them. A brief that was just made keeps them by the way it is made.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.brief import Allegation, OpenQuestion, PlannedVisit
from briefgen.facets.base import Finding
from briefgen.grounding import content_stems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefgen.brief import Brief, Item
    from briefgen.facets.base import Context

    Blamed = tuple[str, str, str]
    """Facet, id of the item at fault ("" for the brief itself), and what is wrong."""

_SAME_ARTICLE = 0.34
"""Least share of the content words of headline and summary that the article must have: right pairs were seen
at 0.64 to 0.88, a crossed one at 0.07 (DOMAIN.md section 9, G12).
"""
_SAME_CLAIM = 0.3
_SETTLED = frozenset({"confirmed", "cancelled", "denied"})


@dataclass(frozen=True)
class BriefRule:
    """One rule on a whole brief. ``check`` yields everything that is wrong with it."""

    code: str
    says: str
    check: Callable[[Brief, Context], Iterator[Blamed]]
    critical: bool = True

    def judge(self, brief: Brief, context: Context) -> Iterator[tuple[str, str, Finding]]:
        for facet, item, message in self.check(brief, context):
            yield facet, item, Finding(self.code, message, self.critical)


def _of_this_article(brief: Brief, context: Context) -> Iterator[Blamed]:
    if brief.article.id != context.article.id:
        yield "summary", "", f"it is the brief of article {brief.article.id[:12]}"
    told = content_stems(" ".join([brief.headline, *(line.text for line in brief.summary)]))
    share = len(told & context.ground.stems_of_all) / len(told) if told else 1.0
    if share < _SAME_ARTICLE:
        yield "summary", "", f"the article has {share:.0%} of its words"


def _ids_once(brief: Brief, context: Context) -> Iterator[Blamed]:
    del brief
    counted = Counter((facet, item.id) for facet, items in context.items.items() for item in items)
    for (facet, item), times in counted.items():
        if times > 1:
            yield facet, item, f"{times} items have this id"


def _gaps_raised(brief: Brief, context: Context) -> Iterator[Blamed]:
    """A visit that is neither confirmed nor off, and an unresolved allegation, each have their question (I17)."""
    del brief
    asked = [item for item in context.items.get("open_questions", ()) if isinstance(item, OpenQuestion)]
    for item in context.items.get("planned_visits", ()):
        open_visit = isinstance(item, PlannedVisit) and item.status not in _SETTLED
        if open_visit and not any(_asks_of_visit(question, item) for question in asked):
            yield "planned_visits", item.id, "no open question asks whether, or when, it will take place"
    for item in context.items.get("allegations", ()):
        unresolved = isinstance(item, Allegation) and item.status == "unresolved"
        if unresolved and not any(_asks_of_allegation(question, item) for question in asked):
            yield "allegations", item.id, "no open question asks whether it is true"


def _asks_of_visit(question: OpenQuestion, visit: Item) -> bool:
    if not isinstance(visit, PlannedVisit) or question.kind not in {"unconfirmed", "conflicting_reports"}:
        return False
    if question.about:
        return visit.id in question.about
    place = content_stems(visit.destination.name)
    return place <= content_stems(question.question) or _same_sentence(question, visit)


def _asks_of_allegation(question: OpenQuestion, allegation: Item) -> bool:
    if not isinstance(allegation, Allegation):
        return False
    if question.about:
        return allegation.id in question.about and question.kind != "unconfirmed"
    claim = content_stems(allegation.claim)
    return len(claim & content_stems(question.question)) >= len(claim) * _SAME_CLAIM


def _same_sentence(first: Item, second: Item) -> bool:
    return bool({piece.sentence for piece in first.evidence} & {piece.sentence for piece in second.evidence})


BRIEF_RULES: tuple[BriefRule, ...] = (
    BriefRule("G12", "the brief of another article", _of_this_article),
    BriefRule("G04", "one id for two items", _ids_once),
    BriefRule("Q03", "a gap not raised", _gaps_raised, critical=False),
)


def judge_brief(brief: Brief, context: Context) -> Iterator[tuple[str, str, Finding]]:
    """Facet, item and finding of every rule that the brief as a whole breaks."""
    for each in BRIEF_RULES:
        yield from each.judge(brief, context)
