"""Where the time phrases stand in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from briefgen.lexicon import table
from briefgen.time_grammar import ClockText, any_of, clock_text, cores, duration, event, lead, trail, vague

_LONGEST_EXTENSION = 6


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A time phrase of a sentence with its preposition and modifier: ``sentence[start:end] == text``."""

    text: str
    start: int
    end: int


@cache
def _finder() -> re.Pattern[str]:
    unnamed = {kind: re.sub(r"\(\?P<\w+>", "(?:", core) for kind, core in cores().items()}
    leaning = ("season", "weekend", "year")
    free = "|".join(core for kind, core in unnamed.items() if kind not in {*leaning, "whole"})
    lean = "|".join(unnamed[kind] for kind in leaning)
    return re.compile(
        f"(?<!\\S)(?:(?P<event>{event()})|{vague()}|{duration()}"
        f"|{lead()}(?:{free}|(?P<lean>{lean})|(?P<whole>{unnamed['whole']})){trail()})"
    )


@cache
def _relative() -> re.Pattern[str]:
    return re.compile(
        any_of(*(phrase for phrases in table("time")["relative"].values() for phrase in phrases))
    )


def find_time_phrases(sentence_text: str) -> list[TimePhrase]:
    """Find the time phrases of a sentence, in order, none inside or over another.

    Each is complete as a person would copy it: "as early as June", "from July 13-16", "later this week".
    Verbs ("may visit"), names ("Theresa May") and counts ("120 countries") are left alone.
    """
    clock = clock_text(sentence_text)
    phrases: list[TimePhrase] = []
    for found in _finder().finditer(clock.text):
        tokens = clock.tokens_in(*found.span())
        if not _is_time(clock, found) or (phrases and tokens[0].start < phrases[-1].end):
            continue
        start, end = tokens[0].start, tokens[-1].end
        if found["event"]:
            end = _with_place(clock, found.end(), end)
        phrases.append(TimePhrase(sentence_text[start:end], start, end))
    return phrases


def _is_time(clock: ClockText, found: re.Match[str]) -> bool:
    """Tell a time from a number or noun that only looks like one."""
    led = bool(found["bound"] or found["prep"] or found["part"])
    if found["whole"]:
        return bool(found["part"])
    if lean := found["lean"]:
        if lean.endswith("YEAR ") and lean.startswith(("YEAR", "the year")):
            return led and not _counts_things(clock, found.end())
        return led or bool(_relative().match(lean)) or lean.endswith("YEAR ")
    return True


def _counts_things(clock: ClockText, end: int) -> bool:
    """Tell whether a plural follows: "in 2000 villages"."""
    behind = clock.text[end : clock.text.find(" ", end)] if end < len(clock.text) else ""
    plural = len(behind) > 2 and behind.endswith("s") and behind.isalpha()
    return plural and behind not in table("time")["after_year"]["words"]


def _with_place(clock: ClockText, at: int, end: int) -> int:
    """Take "to Hanoi" and "in New York" into "after his trip"."""
    index = bisect_left(clock.starts, at)
    behind = clock.tokens[index : index + _LONGEST_EXTENSION]
    if len(behind) < 2 or behind[0].word not in {"to", "in", "of", "with", "at"}:
        return end
    for token in behind[1:]:
        if token.word == "the" and token is behind[1]:
            continue
        if not token.capital:
            break
        end = token.end
    return end
