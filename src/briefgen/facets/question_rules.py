"""Rules that judge an open question: it asks something (Q01), takes nothing for granted (Q02), is not answered (Q04),
and its sentence speaks of it (G02).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.brief import Allegation, OpenQuestion, PlannedVisit
from briefgen.facets.base import Context, rule
from briefgen.facets.general import all_evidence
from briefgen.grounding import content_stems
from briefgen.lexicon import cue, words
from briefgen.names import name_pattern
from briefgen.time_phrases import find_time_phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Item

_LEAD = re.compile(r"(?:(?:on|in|at|by|for|with|from|to|under|of|over)\s+)?([a-z]+)\b", re.IGNORECASE)
_ANSWERED = re.compile(
    r"^(?:(?:what|which|how many|how much)\s+\w+\s+(?:has|have|had|is|are|was|were|did|does|do)\b|what\s+(?:is|are|was|were|did|does|do|has|have)\b(?!\s+(?:come|become|the outcome))|why\b|how\s+(?:is|are|was|were|did|does)\b|"
    r"who\s+(?:is|are|was|were|said|\w+ed)\b)(?!\s+to\b)",
    re.IGNORECASE,
)
_WHERE_TO = re.compile(
    r"^(?:where|(?:to\s+)?(?:which|what)\s+(?:country|state|place|city|town|capital))\b", re.IGNORECASE
)
_WHEN_WAS = re.compile(r"^when\s+(?:did|was|were|has|had)\b", re.IGNORECASE)
_LEANS = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|them|[Tt]h(?:is|ese|at))\b|^(?:The|But|And|Nor|Neither|No)\b"
)
_SPEAKS_OF_IT = 0.3
"""Share of a question's content words that its sentences must have, with the one before where they lean on it."""
_SPEAKS_WELL = 0.7
"""The same for the question about a visit or an allegation, whose sentences are known."""
_SAME_CLAIM = 0.5


@rule("Q01", "not a question")
def is_question(item: OpenQuestion, context: Context) -> str | None:
    del context
    lead = _LEAD.match(item.question)
    asks = lead is not None and lead[1].lower() in words("question_words", of="retelling")
    long_enough = len(item.question) > len("Why is it?") and item.question.endswith("?")
    return None if asks and long_enough else "it does not ask anything"


@rule("Q02", "a loaded question", critical=False)
def is_neutral(item: OpenQuestion, context: Context) -> str | None:
    """On an allegation, or on a visit that is not confirmed, only whether, and of a visit when, is open."""
    asked = _asked(item.question)
    for allegation in _allegations_of(item, context):
        if asked in words("question_openers", of="retelling"):
            return f"“{asked}” takes {allegation.id} for a fact"
        loaded = cue("presupposing", of="retelling").search(item.question)
        if loaded and loaded[0].lower() not in getattr(allegation, "claim", "").lower():
            return f"“{loaded[0]}” takes {allegation.id} for a fact"
    about_time = cue("time_asked", of="retelling").search(item.question)
    if item.kind == "unconfirmed" and asked in words("question_openers", of="retelling") and not about_time:
        return f"“{asked}” takes what is not confirmed for settled"
    return None


@rule("Q04", "a question that the article answers")
def is_open(item: OpenQuestion, context: Context) -> str | None:
    """What somebody says, or why, stands in the article; what will be done or come of it does not."""
    if _ANSWERED.match(item.question):
        return "it asks what the article says"
    told = " ".join(context.text(piece.sentence) for piece in item.evidence)
    if (
        _WHEN_WAS.match(item.question)
        and find_time_phrases(told)
        and _support(item, _own(item), context) > 0.8
    ):
        return "its sentence says when"
    for visit in context.items.get("planned_visits", ()):
        if isinstance(visit, PlannedVisit) and _answered_by_visit(item, visit, context):
            return f"{visit.id} answers it"
    for allegation in context.items.get("allegations", ()):
        if isinstance(allegation, Allegation) and _answered_by_response(item, allegation, context):
            return f"{allegation.id} answers it"
    return None


@rule("G02", "a question of which its sentence does not speak")
def speaks_of_it(item: OpenQuestion, context: Context) -> str | None:
    if not item.evidence:
        return None
    own = _own(item)
    known = {
        piece.sentence
        for items in context.items.values()
        for other in items
        if other.id in item.about
        for piece in all_evidence(other)
    }
    if _support(item, own | known, context) < _SPEAKS_OF_IT:
        return "its sentences say nothing of it"
    of_an_item = known and item.kind in {"unconfirmed", "unresolved_allegation"}
    if of_an_item:
        speaks = context.ground.support(item.question, filter(context.exists, own)) >= _SPEAKS_WELL
    else:
        speaks = _support(item, own, context) >= _SPEAKS_OF_IT
    if not own & known and not speaks:
        return f"sentence {min(own)} says nothing of it"
    return None


def _asked(question: str) -> str:
    lead = _LEAD.match(question)
    return lead[1].lower() if lead else ""


def _own(item: OpenQuestion) -> set[int]:
    return {piece.sentence for piece in item.evidence}


def _support(item: OpenQuestion, numbers: set[int], context: Context) -> float:
    near = {n for n in numbers if context.exists(n)}
    near |= {n - 1 for n in near if n > 1 and _LEANS.search(context.text(n))}
    return context.ground.support(item.question, near)


def _allegations_of(item: OpenQuestion, context: Context) -> Iterator[Item]:
    """Unresolved allegations that the question is about: by reference, or by its words and the accused."""
    stems = content_stems(item.question)
    for allegation in context.items.get("allegations", ()):
        if not isinstance(allegation, Allegation) or allegation.status != "unresolved":
            continue
        claim = content_stems(allegation.claim)
        names = [name for member in context.members(allegation.accused) for name in member.names]
        accused = bool(names) and re.search(name_pattern(*names), item.question) is not None
        told = accused and len(claim & stems) >= len(claim) * _SAME_CLAIM
        if told or (allegation.id in item.about and item.kind == "unresolved_allegation"):
            yield allegation


def _answered_by_visit(item: OpenQuestion, visit: PlannedVisit, context: Context) -> bool:
    names = [name for member in context.members(visit.visitors) for name in member.names]
    if (
        not names
        or not re.search(name_pattern(*names), item.question)
        or not cue("visit").search(item.question)
    ):
        return False
    if _WHERE_TO.match(item.question):
        return True
    if visit.status != "confirmed" or _asked(item.question) not in {"will", "is", "are", "does", "do"}:
        return False
    told = content_stems(" ".join((*names, visit.destination.name))) | content_stems(
        "visit travel trip go confirmed"
    )
    return content_stems(visit.destination.name) <= content_stems(item.question) <= told


def _answered_by_response(item: OpenQuestion, allegation: Allegation, context: Context) -> bool:
    if not cue("responding", of="retelling").search(item.question):
        return False
    for response in allegation.responses:
        names = [name for member in context.members((response.by,)) for name in member.names]
        if response.stance != "not_reported" and names and re.search(name_pattern(*names), item.question):
            return True
    return False


QUESTION_RULES = (is_question, is_open, is_neutral, speaks_of_it)
