"""Verify: drafts of a facet become items that code vouches for, and the rest is withheld with its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from briefgen.brief import Brief, Item, Note, Reason, Withheld
from briefgen.facets.base import Context, Facet, Finding, Proposal, all_facets
from briefgen.facets.general import judge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

    from briefgen.article import Article


@dataclass
class Verified:
    """What became of a facet's drafts. ``raw`` of each withheld entry is what the model said."""

    items: list[Item]
    withheld: list[Withheld] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def verify(facet: Facet[Any, Any], drafts: Iterable[BaseModel], context: Context) -> Verified:
    """Make items of the drafts, unite those of one identity, derive their values, judge them by the rules.

    The facet's items enter ``context`` so that later facets can refer to them.
    """
    proposals = _proposals(facet, drafts, context)
    kept = [proposal for proposal in proposals if proposal.item is not None]
    rejected = [proposal for proposal in proposals if proposal.item is None]
    for _ in range(2):  # what falls in the first round no longer counts in the second
        _derive(facet, kept, context)
        fallen = [proposal for proposal in kept if _critical(facet, proposal, context)]
        if not fallen:
            break
        kept = [proposal for proposal in kept if proposal not in fallen]
        rejected += fallen
    _derive(facet, kept, context)
    notes = [
        Note(facet=facet.name, item=proposal.item.id, code=finding.code, message=finding.message)
        for proposal in kept
        if proposal.item is not None
        for finding in (*proposal.findings, *judge(proposal.item, facet.rules, context))
        if not finding.critical
    ]
    return Verified(context.items[facet.name], [_withheld(facet, p) for p in rejected], notes)


def _proposals(facet: Facet[Any, Any], drafts: Iterable[BaseModel], context: Context) -> list[Proposal[Any]]:
    """Those of code first, then the model's; one for each identity."""
    united: dict[Any, Proposal[Any]] = {}
    loose: list[Proposal[Any]] = []
    context.items[facet.name] = []
    for item in facet.complete(context):
        united.setdefault(facet.identity(item), Proposal({}, item))
    context.items[facet.name] = [proposal.item for proposal in united.values()]
    for draft in drafts:
        for proposal in facet.propose(draft, context):
            if proposal.item is None or any(finding.critical for finding in proposal.findings):
                proposal.item = None
                loose.append(proposal)
                continue
            known = united.setdefault(facet.identity(proposal.item), proposal)
            if known is not proposal:
                known.item = facet.merge(known.item, proposal.item)
                known.findings += proposal.findings
    return [*united.values(), *loose]


def _derive(facet: Facet[Any, Any], proposals: list[Proposal[Any]], context: Context) -> None:
    for at, proposal in enumerate(proposals, 1):
        if facet.numbered:
            proposal.item = proposal.item.model_copy(update={"id": f"{facet.prefix}-{at}"})
    context.items[facet.name] = [proposal.item for proposal in proposals]
    for at, proposal in enumerate(proposals):
        proposal.item = facet.derive(proposal.item, context)
        context.items[facet.name][at] = proposal.item


def _critical(facet: Facet[Any, Any], proposal: Proposal[Any], context: Context) -> bool:
    found = [finding for finding in judge(proposal.item, facet.rules, context) if finding.critical]
    proposal.findings += found
    return bool(found)


def _withheld(facet: Facet[Any, Any], proposal: Proposal[Any]) -> Withheld:
    reasons = {(f.code, f.message): Reason(code=f.code, message=f.message) for f in proposal.findings if f.critical}
    item = proposal.raw or (
        proposal.item.model_dump(mode="json", exclude={"id"}, exclude_defaults=True) if proposal.item else {}
    )
    return Withheld(facet=facet.name, item=item, reasons=tuple(reasons.values()))


def audit(brief: Brief, article: Article) -> list[tuple[str, str, Finding]]:
    """Judge a finished brief by the rules of its facets: facet, item id and finding of each broken one.

    For briefs from elsewhere: stored, edited by hand, or broken on purpose in a test.
    """
    context = Context.of_brief(brief, article)
    return [
        (facet.name, item.id, finding)
        for facet in all_facets()
        for item in context.items.get(facet.name, ())
        for finding in judge(item, facet.rules, context)
    ]
