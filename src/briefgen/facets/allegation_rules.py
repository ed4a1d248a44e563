"""The rules that judge an allegation: L01 to L07 and L09, and those of its date (DOMAIN.md section 9).

Its claim is judged in ``claim_rules``, what other texts make of it (L08) in ``faithfulness``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from briefgen.accusations import (
    Roles,
    accusations_in,
    co_accusers,
    dates_accusing,
    order_fault,
)
from briefgen.answers import responses_in, stance_in
from briefgen.brief import AllegationStatus, Response
from briefgen.charges import is_gerund
from briefgen.facets.base import Context, rule
from briefgen.facets.claim_rules import CLAIM_RULES, accusing
from briefgen.facets.time_rules import date_rules
from briefgen.grounding import fold
from briefgen.lexicon import cue, words
from briefgen.names import name_pattern
from briefgen.time_phrases import find_time_phrases
from briefgen.timing import Timing, direction_of, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Allegation


@rule("L01", "concern or criticism taken for an accusation")
def accuses(item: Allegation, context: Context) -> str | None:
    return None if accusing(item, context) else "no accusing word in the evidence"


@rule("L01", "a demand taken for an accusation")
def is_no_demand(item: Allegation, context: Context) -> str | None:
    """ "Inspectors should be let in" says what is to be done, not what somebody did."""
    del context
    asked = cue("demanding").search(item.claim)
    if asked is None or is_gerund(item.claim):
        return None
    before = item.claim[: asked.start()].split()[-1:]  # "politicising what should be" asks for nothing
    relative = before and fold(before[0]) in words("relatives", of="grammar")
    return None if relative else f"“{asked[0]}” demands something"


@rule("L02", "a victim taken for the accused")
def is_no_victim(item: Allegation, context: Context) -> str | None:
    """ "The death of Ada Rell" is nothing that she did."""
    for member in context.members(item.accused):
        name = name_pattern(*member.names)
        mourned = re.search(rf"\b(?:{victim_nouns()})\s+of\s+(?:[\w.]+\s+){{0,3}}?{name}", item.claim)
        if mourned and len(re.findall(name, item.claim)) == 1:
            return f"“{mourned[0]}” has it done to {member.name}"
    return None


@cache
def victim_nouns() -> str:
    return "|".join(map(re.escape, sorted(words("victim_nouns", of="people"))))


def _fault(item: Allegation, context: Context) -> tuple[str, str] | None:
    faults = []
    for n in accusing(item, context):
        roles = Roles(n, tuple(context.members(item.accusers)), tuple(context.members(item.accused)))
        fault = order_fault(roles, context.cast)
        if fault is None:
            return None
        faults.append(fault)
    return max(faults, default=None)


@rule("L02", "an accuser or accused who is neither")
def parties_as_said(item: Allegation, context: Context) -> str | None:
    if not context.members(item.accused):
        return "nobody is accused"
    fault = _fault(item, context)
    return fault[1] if fault and fault[0] == "L02" else None


@rule("L03", "accuser and accused swapped")
def not_swapped(item: Allegation, context: Context) -> str | None:
    fault = _fault(item, context)
    return fault[1] if fault and fault[0] == "L03" else None


@rule("L04", "a joint accuser left out", critical=False)
def every_accuser(item: Allegation, context: Context) -> str | None:
    for n in accusing(item, context):
        missing = co_accusers(context.members(item.accusers), n, context.cast)
        if missing:
            return f"sentence {n} also has {', '.join(member.name for member in missing)}"
    return None


@rule("L05", "a response changed")
def responses_as_said(item: Allegation, context: Context) -> str | None:
    """The sentence of a response has its cue, and its speaker answers for the accused."""
    given = {(found.by, found.stance): found.evidence for found in responses_of(item, context)}
    for response in item.responses:
        if response.stance == "not_reported":
            continue
        stances = [
            found[0] for piece in response.evidence if (found := stance_in(context.text(piece.sentence)))
        ]
        if response.stance not in stances:
            return f"“{response.stance}”, but the sentence says {stances[0] if stances else 'nothing of it'}"
        if (response.by, response.stance) not in given:
            who = ", ".join(member.name for member in context.members((response.by,)))
            return f"“{response.stance}” is not the answer of {who or response.by}"
        where = {piece.sentence for piece in given[response.by, response.stance]}
        if not where & {piece.sentence for piece in response.evidence}:
            return f"the answer stands in sentence {min(where)}"
    return None


@rule("L06", "a response left out")
def every_response(item: Allegation, context: Context) -> str | None:
    answered = {response.by for response in item.responses}
    for member in context.members(item.accused):
        if member.id not in answered:
            return f"{member.name} has no entry, not even “not reported”"
    given = {(response.by, response.stance) for response in item.responses}
    for expected in responses_of(item, context):
        if expected.stance != "not_reported" and (expected.by, expected.stance) not in given:
            return f"the answer “{expected.stance}” of sentence {expected.evidence[0].sentence} is missing"
    return None


@rule("L07", "closed without ground")
def closed_with_ground(item: Allegation, context: Context) -> str | None:
    derived = status_of(item, context)
    if item.status == derived:
        return None
    return f"“{item.status}”, but the article gives “{derived}”"


@rule("L09", "dated to the alleged act", critical=False)
def made_when_accused(item: Allegation, context: Context) -> str | None:
    if item.made is None:
        return None
    for n, phrase_start, phrase_end in _phrases(item, context):
        text = context.text(n)
        same = item.made.text in text[phrase_start:phrase_end]
        if same and any(
            dates_accusing(text, phrase_start, phrase_end, each) for each in accusations_in(text)
        ):
            return None
    return f"“{item.made.text}” is not when the accusation was made"


ALLEGATION_RULES = (
    accuses, is_no_demand, is_no_victim, parties_as_said, not_swapped, every_accuser, responses_as_said, every_response, closed_with_ground,
    made_when_accused, *CLAIM_RULES, *date_rules("made", "past"),
)  # fmt: skip


# -- what the facet computes and the rules compute again ---------------------------------------------------------


def responses_of(item: Allegation, context: Context) -> tuple[Response, ...]:
    """Every answer that the article gives, and ``not_reported`` for each accused without one."""
    found: list[Response] = []
    accused = context.members(item.accused)
    answered = set()
    for n in accusing(item, context):
        for speaker, member, stance, evidence in responses_in(n, accused, context.cast):
            by = member.id if member.kind != "group" else speaker.id
            if all((r.by, r.stance) != (by, stance) for r in found):
                found.append(Response(by=by, stance=stance, evidence=(evidence,)))
            answered.add(by)
    found += [
        Response(by=member.id, stance="not_reported") for member in accused if member.id not in answered
    ]
    return tuple(found)


def made_of(item: Allegation, context: Context) -> Timing | None:
    """When the accusation was made (L09): a phrase that goes with the accusing word, never with the act."""
    for n, start, end in _phrases(item, context):
        text = context.text(n)
        phrase = text[start:end]
        if direction_of(phrase) != "future" and dates_accusing(text, start, end, accusations_in(text)[0]):
            return resolve(phrase, context.article.published, direction="past")
    return None


def _phrases(item: Allegation, context: Context) -> Iterator[tuple[int, int, int]]:
    """Sentence, start and end of every time phrase of the accusing sentences."""
    for n in accusing(item, context):
        for phrase in find_time_phrases(context.text(n)):
            yield n, phrase.start, phrase.end


def status_of(item: Allegation, context: Context) -> AllegationStatus:
    """``unresolved`` unless a sentence of the allegation closes it, or every accused admits it."""
    texts = [context.text(p.sentence) for p in item.evidence if context.exists(p.sentence)]
    if any(cue("withdrawn").search(text) for text in texts):
        return "withdrawn"
    if any(cue("adjudicated").search(text) for text in texts):
        return "adjudicated"
    admitted = {response.by for response in item.responses if response.stance == "admitted"}
    return "admitted" if item.accused and set(item.accused) <= admitted else "unresolved"
