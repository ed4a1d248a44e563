"""Verify: drafts of a facet become items that code vouches for, and the rest is withheld with its reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from briefgen.brief import Brief, Item, Note, Reason, Withheld
from briefgen.facets.base import Context, Facet, Finding, Proposal, all_facets
from briefgen.facets.brief_rules import judge_brief
from briefgen.facets.general import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic import BaseModel

    from briefgen.article import Article


@dataclass
class Verified:
    """What became of a facet's drafts. ``raw`` of each withheld entry is what the model said."""

    items: list[Item]
    withheld: list[Withheld] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def verify(
    facet: Facet[Any, Any],
    drafts: Iterable[BaseModel],
    context: Context,
    reader: Callable[[Item], list[Finding]] | None = None,
) -> Verified:
    """Make items of the drafts, unite those of one identity, derive their values, judge them by the rules.

    ``reader`` may find more in what the rules let pass. The facet's items enter ``context`` so that later
    facets can refer to them.
    """

    def judged_of(item: Item) -> list[Finding]:
        found = judge(item, facet.rules, context)
        passed = not any(finding.critical for finding in found)
        return [*found, *reader(item)] if reader and passed else found

    kept, rejected = _candidates(facet, drafts, context)
    supplied = False
    while True:  # what falls in one round no longer counts in the next
        _derive(facet, kept, context)
        judged = [(candidate, judged_of(candidate.item)) for candidate in kept]
        fallen = [(candidate, found) for candidate, found in judged if any(f.critical for f in found)]
        if not fallen:
            missing = [] if supplied else _missing(facet, kept, context)
            if not missing:
                break
            kept, supplied = [*kept, *missing], True
            continue
        kept = [candidate for candidate, found in judged if not any(f.critical for f in found)]
        rejected += [
            _withheld(facet, candidate.raw or _shown(candidate.item), found, context)
            for candidate, found in fallen
        ]
    notes = [
        Note(facet=facet.name, item=candidate.item.id, code=finding.code, message=finding.message)
        for candidate, found in judged
        for finding in (*candidate.findings, *found)
        if not finding.critical
    ]
    return Verified(context.items[facet.name], _told_once(rejected), notes)


def _missing(facet: Facet[Any, Any], kept: list[_Candidate], context: Context) -> list[_Candidate]:
    """What code reads by itself, every rule lets stand, and the model did not say or got wrong."""
    found: list[_Candidate] = []
    for item in facet.supply(context):
        if not any(facet.same(known.item, item) for known in (*kept, *found)) and not any(
            finding.critical for finding in _all_findings(facet, Proposal({}, item), context)
        ):
            found.append(_Candidate({}, item, []))
    return found


def _told_once(rejected: list[Withheld]) -> list[Withheld]:
    """One entry for what the model said of several sentences and what failed for the same reasons."""
    united: dict[str, Withheld] = {}
    for entry in rejected:
        said = {name: value for name, value in entry.item.items() if name != "sentence"}
        key = repr((said, sorted({reason.code for reason in entry.reasons})))
        known = united.get(key)
        if known is None:
            united[key] = entry
        elif "sentence" in entry.item:
            numbers: Any = known.item.get("sentences") or [known.item["sentence"]]
            if entry.item["sentence"] not in numbers:
                item = {**said, "sentences": [*numbers, entry.item["sentence"]]}
                united[key] = known.model_copy(update={"item": item})
    return list(united.values())


@dataclass
class _Candidate:
    """An item on trial, with what the model said of it."""

    raw: dict[str, Any]
    item: Item
    findings: list[Finding]


def _candidates(
    facet: Facet[Any, Any], drafts: Iterable[BaseModel], context: Context
) -> tuple[list[_Candidate], list[Withheld]]:
    """Items of code first, then the model's, one for each identity; and entries that could not become one."""
    united: list[_Candidate] = []
    rejected: list[Withheld] = []
    context.items[facet.name] = []
    for item in facet.complete(context):
        if not any(facet.same(known.item, item) for known in united):
            united.append(_Candidate({}, item, []))
    context.items[facet.name] = [candidate.item for candidate in united]
    for draft in drafts:
        for proposal in facet.propose(draft, context):
            if proposal.item is None or any(finding.critical for finding in proposal.findings):
                rejected.append(
                    _withheld(facet, proposal.raw, _all_findings(facet, proposal, context), context)
                )
                continue
            known = next((each for each in united if facet.same(each.item, proposal.item)), None)
            if known is None:
                united.append(_Candidate(proposal.raw, proposal.item, proposal.findings))
                continue
            known.item = facet.merge(known.item, proposal.item)
            known.findings += proposal.findings
    return united, rejected


def _all_findings(facet: Facet[Any, Any], proposal: Proposal[Any], context: Context) -> list[Finding]:
    """What was found on the way, and every rule that the item would break."""
    if proposal.item is None:
        return proposal.findings
    item = facet.derive(proposal.item.model_copy(update={"id": f"{facet.prefix}-0"}), context)
    return [*proposal.findings, *judge(item, facet.rules, context)]


def _derive(facet: Facet[Any, Any], candidates: list[_Candidate], context: Context) -> None:
    if facet.numbered:
        for at, candidate in enumerate(candidates, 1):
            candidate.item = candidate.item.model_copy(update={"id": f"{facet.prefix}-{at}"})
    context.items[facet.name] = [candidate.item for candidate in candidates]
    for at, candidate in enumerate(candidates):
        candidate.item = facet.derive(candidate.item, context)
        context.items[facet.name][at] = candidate.item


def _withheld(
    facet: Facet[Any, Any], raw: dict[str, Any], findings: Iterable[Finding], context: Context
) -> Withheld:
    """What the model said, without the article's delimiter: that belongs to the prompt (T3)."""
    reasons = {(f.code, f.message): Reason(code=f.code, message=f.message) for f in findings if f.critical}
    if context.secret and context.secret in repr((raw, reasons)):
        raw = json.loads(json.dumps(raw).replace(context.secret, "…"))
        return Withheld(
            facet=facet.name, item=raw, reasons=tuple(_without(context.secret, r) for r in reasons.values())
        )
    return Withheld(facet=facet.name, item=raw, reasons=tuple(reasons.values()))


def _without(secret: str, reason: Reason) -> Reason:
    return Reason(code=reason.code, message=reason.message.replace(secret, "…"))


def _shown(item: Item) -> dict[str, Any]:
    return item.model_dump(mode="json", exclude={"id"}, exclude_defaults=True)


def audit(brief: Brief, article: Article) -> list[tuple[str, str, Finding]]:
    """Judge a finished brief by every rule: facet, item id ("" for the brief) and finding of each broken one.

    For briefs from elsewhere: stored, edited by hand, or broken on purpose in a test.
    """
    context = Context.of_brief(brief, article)
    of_items = [
        (facet.name, item.id, finding)
        for facet in all_facets()
        for item in context.items.get(facet.name, ())
        for finding in judge(item, facet.rules, context)
    ]
    return [*of_items, *judge_brief(brief, context)]
