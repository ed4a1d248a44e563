"""Reading an aim out of one sentence: the words behind "in order to", "seeks to", "in response to", "to protect".

Whose aim it is, is read in :mod:`briefgen.held_aims`; here only where it stands and how far it goes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from briefgen.attribution import sources_in
from briefgen.charge_claims import NOT_PAST
from briefgen.grounding import fold, is_negated
from briefgen.lexicon import cue, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_IS_TO = re.compile(r"[^,;:.]{0,60}?\b(?:is|are|was|were)\s+to\s+")
_EFFORT_BY = re.compile(
    r"\b(?:effort|bid|attempt|drive|campaign|push|move)s?\s+by\s+(?:the\s+)?(?:[A-Z][\w.’'-]*\s+){1,5}to\s+"
)
_BARE_TO = re.compile(r"to\s+", re.IGNORECASE)
_BEFORE_TO = re.compile(r"([\w'’-]+)[,\s]*$")
_ONLY_ONE = re.compile(
    r"\b(?:be|become|becomes|became|becoming|is|was|were)\s+(?:the\s+)?(?:only|first|second|third|latest|last)\s+(?:[\w-]+\s+){0,5}$"
)
"""The first to do something has no aim by that."""
_MAYBE = re.compile(r"\b(?:would|could|might|should|if|whether)\s+$")
_RESPONSE = re.compile(r"(?:the|an?|its|their|his|her|recent|[A-Z])\b")
_LIST = re.compile(r"[^,;:]+(?:,\s+[^,;:]{1,70}){1,6},?\s+(?:and|or)\s+[^,;:]+")
_CLOSING = re.compile(r"[”\"](?=\s)|,[”\"]|[;:]|\s[—–-]{1,2}\s|—")
_NEVER_LAST = re.compile(r"\b(?:[A-Z]|\w+-[A-Z]|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$")
_BECAUSE = re.compile(r"\bbecause\s+(?!of\b)")
_FEWEST, _MOST = 2, 32
_MOST_CUES = 12
_LONGEST = 600
"""How many characters an aim may take; what is longer is no aim."""
_NEAR = 160
"""How many characters before a word of purpose are looked at."""


@dataclass(frozen=True)
class Aim:
    """An aim as the sentence words it, and where the word of purpose that leads to it starts."""

    text: str
    marker: int
    kind: str
    """ "to", "response", "goal", "effort" or "because": what leads to it."""


def aims_in(text: str) -> Iterator[str]:
    """The aims that the sentence gives, as it words them, where a word of purpose leaves no doubt."""
    return (aim.text for aim in read_aims(text))


@lru_cache(maxsize=4096)
def read_aims(text: str) -> tuple[Aim, ...]:
    """The aims of one sentence, in order. None of a question."""
    if text.rstrip(' ”"').endswith("?"):
        return ()
    found: dict[int, Aim] = {}
    for start, marker, kind in _starts(text):
        aim = _cut(text[start : start + _LONGEST], plain=kind != "because")
        if _FEWEST <= len(aim.split()) <= _MOST and aim[:1].islower() and _is_whole(aim):
            found.setdefault(start, Aim(f"respond to {aim}" if kind == "response" else aim, marker, kind))
    return tuple(found[start] for start in sorted(found))


def _starts(text: str) -> Iterator[tuple[int, int, str]]:
    """Start of each aim, start of what leads to it, and its kind."""
    for found in list(_EFFORT_BY.finditer(text))[:_MOST_CUES]:  # "an effort by Annan to …"
        yield found.end(), found.start(), "effort"
    for marker in cue("aim_markers").finditer(text)[:_MOST_CUES]:
        bare = _BARE_TO.match(marker[0])
        if fold(marker[0]) == "in response to":
            response = _RESPONSE.match(text, marker.end() + 1)
            if response and not _denied(text, marker.start()):
                yield marker.end() + 1, marker.start(), "response"
        elif _leads(text, marker):
            inner = bool(bare) and " " in marker[0].strip()
            yield marker.start() + bare.end() if bare and inner else marker.end() + 1, marker.start(), "to"
    for noun in cue("aim_nouns", of="grammar").finditer(text)[:_MOST_CUES]:  # "The goal of the bloc is to …"
        goal = _IS_TO.match(text, noun.end())
        if goal:
            yield goal.end(), noun.start(), "goal"
    for reason in list(_BECAUSE.finditer(text))[:_MOST_CUES]:  # "decided not to fire because …"
        if cue("volition", of="grammar").search(text[max(0, reason.start() - _NEAR) : reason.start()]):
            yield reason.end(), reason.start(), "because"


def _leads(text: str, marker: re.Match[str]) -> bool:
    """Not where the words before make it no purpose ("able to protect") or deny it ("does not seek to")."""
    before = text[max(0, marker.start() - _NEAR) : marker.start()]
    if _denied(text, marker.start()) or _MAYBE.search(before[-12:]):
        return False
    if not fold(marker[0]).startswith("to "):
        return True
    last = _BEFORE_TO.search(before[-40:])
    if last is None or fold(last[1]) in words("no_purpose", of="cues") | words("no_aim_before", of="grammar"):
        return False
    return not (_ONLY_ONE.search(before) or cue("of_others", of="grammar").finditer(before[-90:]))


def _denied(text: str, at: int) -> bool:
    near = text[max(0, at - _NEAR) : at]
    return is_negated(near, len(near))


def _cut(rest: str, *, plain: bool) -> str:
    """The aim up to where the sentence turns to something else; commas stay in a list only."""
    ends = [found.start() for found in (_CLOSING.search(rest), _end().search(rest)) if found]
    aim = rest[: min(ends, default=len(rest))]
    if plain and "," in aim and not _LIST.fullmatch(aim.strip(" .")):
        aim = aim[: aim.index(",")]
    for source in sources_in(aim):
        if source.start < source.cue_start and aim[: source.start].rstrip().endswith(","):
            aim = aim[: source.start]
            break
    parted = cue("parting", of="grammar").match(aim) and " from " in rest[len(aim) :] and " from " not in aim
    return "" if parted else aim.strip(" .,;:'‘’")


def _is_whole(aim: str) -> bool:
    """Nothing is cut off in the middle, no quotation or bracket is left open."""
    parts = aim.split()
    marks = sum(aim.count(mark) for mark in '“”"')
    closed = marks % 2 == 0 and aim.count("“") == aim.count("”") and aim.count("(") == aim.count(")")
    last = fold(parts[-1])
    ends = last not in (words("cannot_end") - {"her"}) | words("claim_cannot_end", of="grammar")
    opens = fold(parts[1]) not in words("no_aim_second", of="grammar")
    return closed and ends and opens and not _NEVER_LAST.search(aim)


@cache
def _end() -> re.Pattern[str]:
    """Words that open something else than the aim, behind a comma or by themselves."""
    turns, breaks = cue("claim_turns", of="grammar").pattern, cue("aim_breaks", of="grammar").pattern
    past = cue("irregular_past", of="grammar").pattern
    return re.compile(
        rf",\s+(?:{turns}|(?!including\b|excluding\b)[a-z]+ing\b|[a-z]+ed\b|(?:and\s+)?(?:now|most|mostly|however|later|first|"
        r"today|yesterday)\b)|"
        rf"\s(?:{breaks}|on\s+[A-Z][a-z]+day)\b|"
        r",?\s+(?:and|but)\s+(?:[\w’'-]+\s+){1,3}(?:is|are|was|were|has|have|had|will|would)\b|"
        r",?\s+(?:and|but)\s+(?:he|she|it|they|we|was|were|is|are|has|have|had|will|would|said|says|then|also|that|how|now|"
        rf"wants?|hopes|plans|calls|aims|seeks|(?!{NOT_PAST})[a-z]+ed|{past})\b"
    )
