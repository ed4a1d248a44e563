"""Whether what a brief withheld was right to withhold, judged against the gold.

It was wrong if the entry would have been a required or optional item of the gold that the brief has not
otherwise, with the parties that the gold names. One gold item excuses one entry: a second copy of it was
right to withhold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.evaluate.entries import FACETS, Entry
from briefgen.evaluate.matching import KEYS, pair
from briefgen.evaluate.parties import common, strangers
from briefgen.evaluate.results import WithheldVerdict

if TYPE_CHECKING:
    from briefgen.evaluate.pairing import Pairing


def judge_withheld(pairing: Pairing) -> tuple[WithheldVerdict, ...]:
    """A verdict on each entry that was withheld in a facet with gold, in the order of the brief."""
    lost: dict[str, Entry] = {}
    for facet in FACETS:
        entries = [entry for _, entry in pairing.found.withheld if entry.facet == facet]
        entries.sort(key=lambda each: each.order)
        for gold, entry in pair(pairing.unmatched_gold(facet), entries, _key):
            lost[entry.ref] = gold
    verdicts = []
    for withheld, entry in pairing.found.withheld:
        would_be = lost.get(entry.ref)
        verdicts.append(
            WithheldVerdict(
                facet=entry.facet,
                item=entry.text,
                item_ref=entry.ref,
                codes=tuple(dict.fromkeys(reason.code for reason in withheld.reasons)),
                reasons=tuple(f"{reason.code} {reason.message}" for reason in withheld.reasons),
                cited=tuple(sorted(entry.sentences)),
                right=would_be is None,
                gold=None if would_be is None else would_be.text,
                gold_ref=None if would_be is None else would_be.ref,
            )
        )
    return tuple(verdicts)


def _key(gold: Entry, entry: Entry) -> float | None:
    likeness = KEYS[gold.facet](gold, entry)
    return likeness if likeness is not None and _parties_agree(gold, entry) else None


def _parties_agree(gold: Entry, entry: Entry) -> bool:
    if gold.facet == "motives":
        return common(gold.subjects, entry.subjects)
    if gold.facet != "allegations":
        return True
    known = not strangers(entry.subjects, gold.subjects) and not strangers(entry.objects, gold.objects)
    return known and common(gold.subjects, entry.subjects) and common(gold.objects, entry.objects)
