"""The rules that judge the words of an allegation's claim: it says what its sentence says, of the same one, and no
more (G02, L03, V04, C01, C04).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefgen.accusations import accusations_in
from briefgen.alignment import any_name
from briefgen.answers import stance_in
from briefgen.facets.base import Context, rule
from briefgen.grounding import content_stems, fold, stem, tokens
from briefgen.lexicon import cue, words
from briefgen.names import name_pattern

if TYPE_CHECKING:
    from briefgen.brief import Allegation, Item
    from briefgen.cast import Member

_CARRIED = 0.75
"""Share of a claim's content words that its sentences must have."""
_CLAUSE_CARRIED = 0.6
_CLAUSES = re.compile(r"\s*[,;]\s+(?:and\s+)?|\s+(?:and|but|while|which)\s+")
_LEAD = 24
"""How many characters before the first word retold a negation or hedge may stand."""
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|wn|ilt|ung|old|ent)\b|\bby\b"
)


def accusing(item: Allegation, context: Context) -> list[int]:
    """Numbers of the item's sentences that accuse."""
    return [
        piece.sentence
        for piece in item.evidence
        if context.exists(piece.sentence) and accusations_in(context.text(piece.sentence))
    ]


@rule("G02", "a claim that its sentence does not make")
def claim_carried(item: Allegation, context: Context) -> str | None:
    return not_carried(item.claim, item, context, at_least=_CARRIED)


def not_carried(text: str, item: Item, context: Context, *, at_least: float) -> str | None:
    """What is wrong if the item's sentences have less than this share of the text's words, or lack a clause of it."""
    numbers = [piece.sentence for piece in item.evidence if context.exists(piece.sentence)]
    if context.ground.support(text, numbers) < at_least:
        return f"no sentence of it says “{text[:80]}”"
    added = _added_clause(text, numbers, context)
    return f"no sentence of it says “{added[:80]}”" if added else None


def _added_clause(text: str, sentences: list[int], context: Context) -> str | None:
    """A clause of the text that these sentences do not carry ("… and hid the evidence"), however well the rest is."""
    for clause in _CLAUSES.split(text):
        if len(content_stems(clause)) > 1 and context.ground.support(clause, sentences) < _CLAUSE_CARRIED:
            return clause.strip()
    return None


@rule("L03", "the claim lets somebody else do it")
def accused_acts(item: Allegation, context: Context) -> str | None:
    """The accused does what the claim tells, not the accuser, and not one who is only named behind the accused."""
    accusers, accused = context.members(item.accusers), context.members(item.accused)
    for member in accusers:
        if member not in accused and _acts_in(item.claim, member):
            return f"the claim makes {member.name}, the accuser, the one who acted"
    stranger = _stranger(item, accused, context)
    if stranger:
        return f"the claim makes {stranger} the one who acted"
    for n in accusing(item, context):
        turned = _turned(item, n, context)
        if turned:
            return f"the claim makes {turned} the one who acted"
    return None


def _acts_in(claim: str, member: Member) -> bool:
    """The claim opens with the member as the subject of an active verb."""
    opening = _opening(member.names).match(claim)
    if opening is None or not claim[opening.end() :].strip():
        return False
    clause = re.split(r"[,;]", claim[opening.end() :])[0]
    return not _PASSIVE.search(clause) and not re.match(r"\s*(?:and|or|,|-)", claim[opening.end() :])


@lru_cache(maxsize=1024)
def _opening(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:[Tt]he\s+)?(?:{name_pattern(*names)})(?!['’])")


def _stranger(item: Allegation, accused: list[Member], context: Context) -> str | None:
    """A state or person of another side who acts in a claim that does not even name the accused."""
    if any(_first(member, item.claim, 0) is not None for member in accused):
        return None
    sides = {context.cast.side(member) for member in accused} - {None}
    for other in context.cast.members:
        if other.kind not in {"government", "person"} or other.id in (*item.accused, *item.accusers):
            continue
        if _acts_in(item.claim, other) and sides and context.cast.side(other) not in sides:
            return other.name
    return None


def _turned(item: Allegation, n: int, context: Context) -> str | None:
    """Somebody before the accused in the claim who stands behind the accused in the sentence."""
    text = context.text(n)
    start = accusations_in(text)[0].end
    if _PASSIVE.search(item.claim) or _PASSIVE.search(text):
        return None
    for accused in context.members(item.accused):
        told, claimed = _first(accused, text, start), _first(accused, item.claim, 0)
        if told is None or claimed is None:
            continue
        for other in context.cast.members:
            if other.id in (*item.accused, *item.accusers) or not _acts_in(item.claim, other):
                continue
            there = _first(other, text, start)
            if there is not None and there > told and (_first(other, item.claim, 0) or 0) < claimed:
                return other.name
    return None


def _first(member: Member, text: str, start: int) -> int | None:
    found = any_name(member.names).search(text, start)
    return found.start() if found else None


@rule("V04", "a negation lost or added in a claim")
def claim_not_turned(item: Allegation, context: Context) -> str | None:
    faults = [_negation_fault(item.claim, n, context) for n in accusing(item, context)]
    return faults[0] if faults and all(faults) else None


def _negation_fault(claim: str, n: int, context: Context) -> str | None:
    text = context.text(n)
    told = _retold(claim, text)
    denied = cue("negations").search(claim) or cue("lacking", of="grammar").search(claim)
    if cue("negations").search(told) and not denied:
        return f"the negation of sentence {n} was lost"
    added = cue("negations").search(claim)
    if added and not cue("negations").search(told) and not cue("lacking", of="grammar").search(told):
        return f"“{added[0]}” is not in sentence {n}"
    return None


@rule("C01", "a hedge dropped in a claim")
def claim_hedged(item: Allegation, context: Context) -> str | None:
    faults = []
    for n in accusing(item, context):
        held_back = cue("possibility").search(_retold(item.claim, context.text(n)))
        kept = cue("hedges").search(item.claim) or cue("possibility").search(item.claim)
        faults.append(f"“{held_back[0]}” of sentence {n} was dropped" if held_back and not kept else None)
    return faults[0] if faults and all(faults) else None


@rule("C04", "an attempt told as done")
def attempt_kept(item: Allegation, context: Context) -> str | None:
    """ "sought to buy" is not "bought": the word of trying stands right before what the claim tells."""
    for n in accusing(item, context):
        told = _retold(item.claim, context.text(n))
        for tried in cue("attempt", of="grammar").finditer(told):
            following = next(tokens(told[tried.end() :]), None)
            wanted = stem(fold(following[0])) if following else None
            if wanted in _stems(item.claim) and not cue("attempt", of="grammar").search(item.claim):
                return f"“{tried[0]}” of sentence {n} was lost"
    return None


def _retold(claim: str, text: str) -> str:
    """The stretch behind the accusing word that the claim retells; what the accused answered is no part of it."""
    wanted = _stems(claim)
    region = _alleged(wanted, text)
    answer = stance_in(region)
    if answer:
        region = region[: answer[1].start()]
        region = region[: max(region.rfind(","), region.rfind(";"))] if re.search("[,;]", region) else region
    spans = [m.span() for m in tokens(region) if stem(fold(m[0])) in wanted]
    return region[max(0, spans[0][0] - _LEAD) : spans[-1][1]] if spans else region


def _alleged(wanted: frozenset[str], text: str) -> str:
    """What stands behind the accusing word: the last one behind which most of the claim stands."""
    cues = accusations_in(text)
    for each in reversed(cues):
        region = text[each.end :] if each.voice != "adverb" else text
        if len(wanted & _stems(region)) * 2 >= len(wanted):
            return region
    return text[cues[0].end :] if cues[0].voice != "adverb" else text


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(fold(m[0])) for m in tokens(text) if fold(m[0]) not in words("function"))


CLAIM_RULES = (claim_carried, accused_acts, claim_not_turned, claim_hedged, attempt_kept)
