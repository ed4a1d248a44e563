"""Reading who takes which stance on what: "Norland expressed concern over the halt and urged Velia to lift it".

The subject before the verb holds the stance. What is denied, only possible, quoted, told in a relative clause or
in the passive is not read: code takes a stance from a sentence only where its grammar leaves no doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, get_args

from briefgen.attribution import row_start, sources_in, subject_before
from briefgen.brief import PositionStance
from briefgen.grounding import fold, is_negated
from briefgen.lexicon import cue, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_WITH_THEIRS = re.compile(
    r"(?P<name>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3})\s+and\s+(?P<group>(?:its|his|her|their)\s+[a-z]+)"
    r"(?:\s+(?:has|have|had|also|again|both|all|later|then|[a-z]+ly))*\s*$"
)
_AROUND = re.compile(r"\s+(?:both|all|today|yesterday|(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$")
_ROW = re.compile(r",\s+(?:and\s+)?(?:the\s+)?(?=[A-Z])|\s+and\s+(?:the\s+)?(?=[A-Z])|\s+and\s+the\s+")
_SKIPPED = re.compile(r"(?:\s+(?:has|have|had|also|both|again|all|later|then|[a-z]+ly))*\s*$")
_PREPOSITION = re.compile(
    r"\b(?:to|of|in|for|from|with|at|on|by|against|between|about|over|into|than|towards?|near|under)\s+(?:the\s+)?$"
)
_TURN = re.compile(
    r"[;:]|\s[—–]\s|,[”\"']*\s+(?:(?!including\b)\w+ing|which|who|whose|where|though|although|but|while|whereas|after|"
    r"before|when|as|because|so|if|in|on|an?|the|he|she|it|they|even|according\s+to|\w+ed|with|and\s+(?:\w+ly\s+)?"
    r"(?:\w+ed|said|told|will|would|has|have|had|is|was|he|she|it|they|both|the\s+\w+\s+\w+s))\b|\s+(?:while|whereas|"
    r"but)\s|\s+and\s+(?:\w+ly\s+)?(?:\w{3,}ed|said|told|will|would|spoke|met|went|took|gave|sent|led|is|are|was|were|"
    r"has|have|had)\b|,\s+[^,;]{2,60}\s(?:said|says|told|reported|announced|added)\b"
)
_NOUN_PHRASE = re.compile(r"[“\"]?(?:the\s|an?\s|its\s|his\s|her\s|their\s|al-)?[A-Z]|[Tt]he\s\w+")
_SAYS = re.compile(r"\b(?:said|says|told|that|who|which|whose)\b")
_NO_OBJECT = re.compile(r"\s*[,.;:)]|\s+(?:by|because|and|but|or|when|after|before|as|while|if)\b|\s*$")
_MOST = 12
"""Stances of one sentence: more is no prose."""
_LEAST_WORDS = 3
_MOST_WORDS = 45


@dataclass(frozen=True, slots=True)
class StanceRead:
    """A stance that a sentence reports: ``holders`` as written, ``text`` the verb and what it is about."""

    stance: PositionStance
    holders: tuple[str, ...]
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@lru_cache(maxsize=2048)
def stances_in(text: str) -> tuple[StanceRead, ...]:
    """The stances of one sentence, left to right."""
    found: list[StanceRead] = []
    matches = list(_cues(text))[:_MOST]
    for at, (stance, start, end) in enumerate(matches):
        if not _is_said(text, start, end, stance):
            continue
        holders = _subject(text, start) or _shared(text, start, found)
        next_start = matches[at + 1][1] if at + 1 < len(matches) else len(text)
        about = _about(text, start, end, next_start)
        if holders and about:
            found.append(StanceRead(stance, holders, about, start))
    return tuple(found)


def _cues(text: str) -> Iterator[tuple[PositionStance, int, int]]:
    """Every stance verb, the longest where two start at one place, left to right."""
    longest: dict[int, tuple[PositionStance, int, int]] = {}
    for stance in get_args(PositionStance):
        for match in cue(stance, of="stances").finditer(text):
            if match.start() not in longest or longest[match.start()][2] < match.end():
                longest[match.start()] = (stance, match.start(), match.end())
    yield from (longest[start] for start in sorted(longest))


def _is_said(text: str, start: int, end: int, stance: PositionStance) -> bool:
    before = _SKIPPED.sub("", text[max(0, start - 200) : start])
    last = re.search(r"[\w'’]+$", before)
    if not last or fold(last[0]) in words("unsaid", of="stances") or last[0].endswith(("n't", "n’t")):
        return False
    if re.search(r"\b(?:if|whether|unless)\b[^,;]*$", before, re.IGNORECASE):
        return False
    quoted = text[:start].count("“") > text[:start].count("”") or text[:start].count('"') % 2
    if quoted or is_negated(text, start) or _NO_OBJECT.match(text, end):
        return False
    if fold(text[start:end]) == "opposed" and re.match(r"\s+to\b", text[end:]):
        return False  # "Norlanders opposed to the accord"
    if stance == "support" and cue("welcome", of="stances").fullmatch(text[start:end]):
        return bool(cue("good_news", of="stances").search(" ".join(text[end:].split()[:9])))
    return True


def _subject(text: str, start: int) -> tuple[str, ...]:
    """The names that stand together right before the verb."""
    if re.search(r"\b(?:and|but|or|then|yet)$", _SKIPPED.sub("", text[:start])):
        return ()  # the verb shares a subject that stands further off
    joined = _WITH_THEIRS.search(text[max(0, start - 120) : start])
    if joined:
        return joined["name"], joined["group"]
    subject = subject_before(text, start)
    if subject is None:
        return ()
    first = row_start(text, subject[1])
    if _PREPOSITION.search(text[max(0, first - 20) : first]):
        return ()
    phrase = _AROUND.sub("", text[first : subject[1] + len(subject[0])])
    last = phrase.split()[-1]
    if fold(last) in words("pronouns_any", of="people"):
        return (last,)
    if cue("clause_openers", of="stances").match(phrase) or _SAYS.search(phrase):
        return ()  # "where the president urged": the phrase is more than its subject
    if not _NOUN_PHRASE.match(phrase):
        return ()
    parts = tuple(part.strip() for part in _ROW.split(phrase) if part.strip())
    return () if any(part.endswith(("'s", "’s")) for part in parts) else parts


def _shared(text: str, start: int, found: list[StanceRead]) -> tuple[str, ...]:
    """The subject of the verb before, where only "and" and that verb's object stand between."""
    if not re.search(r"\band$", _SKIPPED.sub("", text[:start])):
        return ()
    if found and not re.search(r"[,;]", text[found[-1].start : start]):
        return found[-1].holders
    sources = sources_in(text)
    if len(sources) != 1 or sources[0].start > len("The ") or sources[0].start > sources[0].cue_start:
        return ()
    verb = cue("with_object", of="stances").fullmatch(sources[0].cue)
    between = text[sources[0].cue_start : start]
    return (sources[0].name,) if verb and not re.search(r"[,;]|\bthat\b", between) else ()


def _about(text: str, start: int, end: int, limit: int) -> str:
    """The verb and its object, up to where the sentence turns to something else; "" where that says too little."""
    turn = _TURN.search(text, end + 1, limit)
    whole = text[start : turn.start() if turn else limit]
    if turn is None and limit < len(text):  # up to the verb of the next stance: without its subject
        whole = re.split(r",?\s+and\s(?!.*\sand\s)|,\s(?!.*[,\s]and\s)", whole)[0]
    if whole.count("“") > whole.count("”"):
        whole = whole.rpartition("“")[0]
    whole = re.sub(r"\s+(?:and|both|but)(?:\s+(?:has|have|also|\w+ly))*\s*$", "", whole).strip(" .,;:")
    balanced = whole.count("“") == whole.count("”") and whole.count('"') % 2 == 0
    fits = _LEAST_WORDS <= len(whole.split()) <= _MOST_WORDS
    return whole if balanced and fits and whole.count("(") == whole.count(")") else ""
