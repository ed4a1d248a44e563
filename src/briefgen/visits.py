"""Reading a visit in a sentence: planned or past (rule V01), a plan or a possibility."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from briefgen.geography import country_of, places_in
from briefgen.lexicon import cue
from briefgen.time_phrases import find_time_phrases
from briefgen.timing import direction_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Reading = Literal["planned", "past", "hypothetical", "unclear"]

_CLAUSE = re.compile(
    r"[;:“”\"]|,\s(?=during|where|which|who|when|while|after|before|though|although|but|and\s\w+ed)|"
    r"\s(?:when|while|during which|although|though|but)\s"
)
_OVER_AFTER = re.compile(
    r"^(?:\W+\w+){0,3}?\W+(?:was|were|took place|ended|concluded|came)\b(?!\s+(?:to|due|expected|scheduled|planned|set|postponed|cancel|under way|underway|being|not|still|in preparation|agreed|discussed|announced|confirmed|uncertain|in doubt|unclear))",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:will|would|could|may|might|can|shall|should|to|plans?|planning|'ll|’ll)\b[^,;]{0,40}$",
    re.IGNORECASE,
)
_WINDOW = 110
_HAS_ARRIVED = re.compile(r"\b(?:has|have)\s+(?:just\s+|already\s+)?(?:arrived|landed)\s+in\s+(?:the\s+)?$")


@lru_cache(maxsize=4096)
def destination_spans(text: str, name: str) -> tuple[tuple[int, int], ...]:
    """Where a sentence names a destination: by its name, or the state by another of its names."""
    spans = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)]
    code = country_of(name)
    if code:
        spans += [(p.start, p.end) for p in places_in(text) if p.code == code and p.form != "adjective"]
        spans += [
            (p.start, p.end)
            for p in places_in(text)
            if p.code == code
            and p.form == "adjective"
            and re.match(r"\s+(?:visit|trip|tour|leg|capital)", text[p.end :])
        ]
    return tuple(sorted(set(spans)))


@lru_cache(maxsize=4096)
def reading(text: str, start: int, end: int) -> Reading:
    """How the sentence tells the visit to the destination at ``text[start:end]``."""
    left_limit = max(0, start - _WINDOW)
    left = _last_clause(text[left_limit:start])
    right = _first_clause(text[end : end + _WINDOW])
    verbs = list(cue("visit").finditer(left))
    if not verbs:
        return _reading_without_verb(left, right)
    verb = verbs[-1]
    if not _governs(left[verb.end() :]):
        return "unclear"
    before, between = left[: verb.start()], left[verb.start() :]
    if cue("hypothetical").search(before[-30:]):
        return "hypothetical"
    if cue("past_travel", of="grammar").fullmatch(verb[0]):
        return "planned" if _MODAL.search(before[-40:]) else "past"
    if cue("past_visit").search(left[max(0, verb.start() - 40) :]) and not cue("plan").search(before[-40:]):
        return "past"
    if _OVER_AFTER.search(right):
        return "past"
    if cue("plan").search(before) or cue("plan").search(between[len(verb[0]) :]) or cue("plan").search(right):
        return "planned"
    phrases = [p for p in find_time_phrases(between + right) if direction_of(p.text) == "future"]
    return "planned" if phrases else "unclear"


def has_arrived(text: str, start: int) -> bool:
    """Whether the sentence says that somebody has arrived in the place that begins at ``start``."""
    return _HAS_ARRIVED.search(text[max(0, start - _WINDOW) : start]) is not None


def is_destination(text: str, start: int, end: int) -> bool:
    """Whether a word of travel leads to the place at ``text[start:end]``, whenever the journey is."""
    left = _last_clause(text[max(0, start - _WINDOW) : start])
    verbs = cue("visit").finditer(left)
    return bool(verbs and _governs(left[verbs[-1].end() :])) or _noun_behind(text[end:]) is not None


def _governs(between: str) -> bool:
    """Whether what stands between a word of travel and a place lets the one lead to the other."""
    for phrase in find_time_phrases(between):  # "visit Ostia on 3 June and Velia"
        between = between.replace(phrase.text, " ")
    if re.search(r",\s+(?!then\b|and\b|or\b|the\s+capital\b|followed\b|including\b)[a-z]", between):
        return False  # "visit the base, the headquarters of U.S. forces"
    if re.search(r"\b(?:to|in|at|into)\s+(?:the\s+)?(?:[\w.’'-]+\s+(?:of|in)\s+(?:the\s+)?)?$", between):
        other_clause = r"\b(?:for|said|that|which|has|have|is|was)\b|\bto\s+(?!the\b|an?\b)[a-z]+\s"
        return len(between.split()) <= 12 and not re.search(other_clause, between)
    return len(between.split()) <= 8 and not re.search(
        r"\b(?:for|from|by|said|that|which|holds?|has|have|is|was|were|against|with|on)\b", between
    )


def _reading_without_verb(left: str, right: str) -> Reading:
    """ "North Korea visit": the noun of travel stands right behind the place."""
    noun = _noun_behind(right)
    if noun is None:
        return "unclear"
    if _OVER_AFTER.search(right[noun:]) or cue("past_visit").search(left[-40:]):
        return "past"
    if cue("plan").search(left) or cue("plan").search(right[noun:]):
        return "planned"
    return "unclear"


def _noun_behind(right: str) -> int | None:
    """Where a noun of travel right behind the place ends ("Ostia visit", "Ostia’s first state visit")."""
    for noun in cue("trip_nouns", of="grammar").finditer(right[:60]):
        if re.fullmatch(r"(?:['’]s)?\s+(?:\w+\s+){0,2}", right[: noun.start()]):
            return noun.end()
    return None


def _last_clause(text: str) -> str:
    return _CLAUSE.split(text)[-1]


def _first_clause(text: str) -> str:
    return _CLAUSE.split(text)[0]


def leads(name: str, text: str) -> bool:
    """Whether the sentence is about the visit to ``name``, not about another that only mentions it ("Vietnam,
    right after his trip to North Korea").
    """
    own = destination_spans(text, name)
    others = [(p.start, p.end) for p in places_in(text) if p.form == "name" and (p.start, p.end) not in own]
    first = min(own, default=(0, 0))
    earlier = [span for span in others if span[1] <= first[0] and reading(text, *span) == "planned"]
    return all(coordinated(text, span, own) for span in earlier)


def asserts_plan(text: str) -> bool:
    """Whether the sentence presents the plan as a plan, not as a mere possibility."""
    possible = [m for m in cue("possibility").finditer(text) if m[0] != "May" or m.start() == 0]
    if not possible:
        return True
    first_plan = cue("firm_plan", of="grammar").search(text)
    return bool(first_plan and first_plan.start() < possible[0].start())


def coordinated(text: str, span: tuple[int, int], own: Sequence[tuple[int, int]]) -> bool:
    """Whether the place stands in one row with one of ``own`` ("North Korea and Vietnam")."""
    row = re.compile(r"^(?:,?\s*(?:and|or|then|,)\s*|,\s*|[\w\s]{0,25},\s*|\s*and\s*)+$")
    for other in own:
        first, second = sorted((span, other))
        between = text[first[1] : second[0]]
        if re.fullmatch(r",?\s+in\s+(?:the\s+)?", between):
            return True  # "Calder in Tavria"
        for phrase in find_time_phrases(between):  # "Ostia on 3 June and Velia"
            between = between.replace(phrase.text, " ")
        if first[1] <= second[0] and row.match(between) and len(between) < 30:
            return True
    return False
