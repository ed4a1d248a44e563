"""Reading a visit in a sentence: planned or past (rule V01), a plan or a possibility, and when (V10)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from briefgen.geography import country_of, places_in
from briefgen.lexicon import cue
from briefgen.time_phrases import find_time_phrases
from briefgen.timing import Timing, direction_of, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

Reading = Literal["planned", "past", "hypothetical", "unclear"]

_CLAUSE = re.compile(
    r"[;:“”\"]|,\s(?=during|where|which|who|when|while|after|before|though|although|but|and\s\w+ed)|"
    r"\s(?:when|while|during which|although|though|but)\s"
)
_PAST_VERB = re.compile(
    r"(?:visited|travell?ed|toured|flew|went|came|arrived|returned|welcomed|hosted|received)$", re.IGNORECASE
)
_OVER_AFTER = re.compile(
    r"^(?:\W+\w+){0,3}?\W+(?:was|were|took place|ended|concluded|came)\b(?!\s+(?:to|due|expected|scheduled|planned|set|postponed|cancel|under way|underway|being|not|still|in preparation|agreed|discussed|announced|confirmed|uncertain|in doubt|unclear))",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"\b(?:will|would|could|may|might|can|shall|should|to|plans?|planning|'ll|’ll)\b[^,;]{0,40}$",
    re.IGNORECASE,
)
_NOUN_BEHIND = re.compile(r"(?:['’]s)?\s+(?:\w+\s+){0,2}?(?:visit|trip|tour|leg|stop|summit|journey)\b")
_WINDOW = 110


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
    if _PAST_VERB.search(verb[0]):
        return "planned" if _MODAL.search(before[-40:]) else "past"
    if cue("past_visit").search(left[max(0, verb.start() - 40) :]) and not cue("plan").search(before[-40:]):
        return "past"
    if _OVER_AFTER.search(right):
        return "past"
    if cue("plan").search(before) or cue("plan").search(between[len(verb[0]) :]) or cue("plan").search(right):
        return "planned"
    phrases = [p for p in find_time_phrases(between + right) if direction_of(p.text) == "future"]
    return "planned" if phrases else "unclear"


def _governs(between: str) -> bool:
    """Whether what stands between a word of travel and a place lets the one lead to the other."""
    if re.search(r"\b(?:to|in|at|into)\s+(?:the\s+)?(?:[\w.’'-]+\s+(?:of|in)\s+(?:the\s+)?)?$", between):
        return len(between.split()) <= 12 and not re.search(
            r"\b(?:for|said|that|which|has|have|is|was)\b", between
        )
    return len(between.split()) <= 8 and not re.search(
        r"\b(?:for|from|by|said|that|which|holds?|has|have|is|was|were|against|with|on)\b", between
    )


def _reading_without_verb(left: str, right: str) -> Reading:
    """ "North Korea visit": the noun of travel stands right behind the place."""
    noun = _NOUN_BEHIND.match(right)
    if noun is None:
        return "unclear"
    if _OVER_AFTER.search(right[noun.end() :]) or cue("past_visit").search(left[-40:]):
        return "past"
    if cue("plan").search(left) or cue("plan").search(right[noun.end() :]):
        return "planned"
    return "unclear"


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
    return all(_coordinated(text, span, own) for span in earlier)


def asserts_plan(text: str) -> bool:
    """Whether the sentence presents the plan as a plan, not as a mere possibility."""
    possible = [m for m in cue("possibility").finditer(text) if m[0] != "May" or m.start() == 0]
    if not possible:
        return True
    first_plan = re.search(
        r"\b(?:planning|plans?|planned|scheduled|will|due|set|agreed|announced)\b", text, re.IGNORECASE
    )
    return bool(first_plan and first_plan.start() < possible[0].start())


# -- when ------------------------------------------------------------------------------------------------------


def timing_of(name: str, sentences: Sequence[tuple[int, str]], published: date | None) -> Timing | None:
    """When the visit to ``name`` is to be: the most precise phrase of these sentences that belongs to it."""
    found: list[Timing] = []
    for _, text in sentences:
        for phrase in find_time_phrases(text):
            if direction_of(phrase.text) == "past" or not _belongs(name, text, phrase.start, phrase.end):
                continue
            found.append(resolve(phrase.text, published))
    rank = {"day": 0, "week": 1, "month": 2, "quarter": 3, "season": 3, "year": 4, "vague": 5, "duration": 6}
    found = [timing for timing in found if timing.granularity in rank]
    return min(found, key=lambda timing: rank[timing.granularity], default=None)


def _belongs(name: str, text: str, start: int, end: int) -> bool:
    """V10: the phrase goes with the nearest destination before it, or one coordinated with that."""
    if _dates_the_telling(text, start, end) or _was_meant(text, start):
        return False
    own = destination_spans(text, name)
    if not own:
        return bool(cue("visit_nouns").search(text)) and not places_in(text)
    every = sorted(set(own) | {(p.start, p.end) for p in places_in(text) if p.form == "name"} | _led_to(text))
    before = [span for span in every if span[1] <= start]
    if not before:
        after = [span for span in every if span[0] >= end]
        return bool(after) and (after[0] in own or _coordinated(text, after[0], own))
    if before[-1] not in own and not _coordinated(text, before[-1], own):
        return False
    gap = text[before[-1][1] : start]
    return not re.search(r"[;:“”]", gap) and not cue("reporting").search(gap)


def _was_meant(text: str, start: int) -> bool:
    """ "postponed her visit, planned for 9 April": the day that no longer holds."""
    left = text[max(0, start - 60) : start]
    if re.search(r"\b(?:was|were|had been)\s+(?:scheduled|due|expected|planned|set)\b[^,;]*$", left):
        return True
    put_off = cue("postponing").search(text) or cue("cancelling").search(text)
    return bool(
        put_off
        and re.search(
            r"\b(?:planned|scheduled|due|set|originally)\b(?:\s+(?:for|to|begin|start|on|arrive|in)\b)*\s*$",
            text[:start],
        )
    )


def _led_to(text: str) -> set[tuple[int, int]]:
    """Capitalised names behind a word of travel or a conjunction: cities, and states that no list has."""
    pattern = rf"(?:{cue('visit').pattern}|(?<!\w)(?:to|and|then|in))\s+(?:the\s+)?(?-i:(?P<place>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*))"
    found = {match.span("place") for match in re.finditer(pattern, text, re.IGNORECASE)}
    return {span for span in found if not find_time_phrases(text[span[0] : span[1]])}


def _coordinated(text: str, span: tuple[int, int], own: Sequence[tuple[int, int]]) -> bool:
    """Whether the place stands in one row with one of ``own`` ("North Korea and Vietnam")."""
    row = re.compile(r"^(?:,?\s*(?:and|or|then|,)\s*|,\s*|[\w\s]{0,25},\s*|\s*and\s*)+$")
    for other in own:
        first, second = sorted((span, other))
        if re.fullmatch(r",?\s+in\s+(?:the\s+)?", text[first[1] : second[0]]):
            return True  # "Calder in Tavria"
        if first[1] <= second[0] and row.match(text[first[1] : second[0]]) and second[0] - first[1] < 30:
            return True
    return False


def _dates_the_telling(text: str, start: int, end: int) -> bool:
    """ "announced on Monday", "said Friday": the day of the telling, not of the visit."""
    before = text[:start].rstrip()
    verb = re.search(r"(\w+)$", before)
    if verb and cue("reporting").fullmatch(verb[1]):
        return True
    after = re.match(r"[\s,]*(\w+)", text[end:])
    return bool(
        after
        and cue("reporting").fullmatch(after[1])
        and re.search(r"(?:^|[”\"]\s*)$", before[:0] or before[-1:])
    )
