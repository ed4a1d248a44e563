"""Where the time phrases stand in a sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

from briefgen.lexicon import table
from briefgen.time_grammar import (
    ClockText,
    Token,
    clock_text,
    cores,
    duration,
    event,
    lead,
    relative_words,
    trail,
    vague,
)

_LONGEST_EXTENSION = 6
_MODERN = re.compile("19[0-9]{2}|20[0-9]{2}")


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
        f"|{lead()}(?P<time>{free}|(?P<lean>{lean})|(?P<whole>{unnamed['whole']})){trail()})"
    )


@lru_cache(maxsize=4096)
def find_time_phrases(sentence_text: str) -> tuple[TimePhrase, ...]:
    """Find the time phrases of a sentence, in order, none inside or over another.

    Each is complete as a person would copy it: "as early as June", "from July 13-16", "later this week".
    Verbs ("may visit"), names ("Theresa May") and counts ("120 countries") are left alone.
    """
    clock = clock_text(sentence_text)
    phrases: list[TimePhrase] = []
    for found in _finder().finditer(clock.text):
        span = _time_in(clock, found)
        if span is None:
            continue
        tokens = clock.tokens_in(*span)
        start, end = tokens[0].start, tokens[-1].end
        if found["event"]:
            end = _with_place(clock, found.end(), end)
        if not phrases or phrases[-1].end <= start:
            phrases.append(TimePhrase(sentence_text[start:end], start, end))
    return tuple(phrases)


def _time_in(clock: ClockText, found: re.Match[str]) -> tuple[int, int] | None:
    """Return the part of a match that is a time: nothing if it is a number or noun that only looks like one."""
    led = bool(found["bound"] or found["prep"] or found["part"])
    lean = found["lean"] or ""
    if _is_record(clock, found):
        return None
    if lean.endswith("YEAR ") and lean.startswith(("YEAR", "the year")):
        led = led and found["prep"] != "on "
        good = (led or _licensed(clock, found)) and not _counts_things(clock, found.end())
    elif lean:
        good = (led or lean.endswith("YEAR ") or bool(re.match(relative_words(), lean))) and not _is_drop(
            clock, found
        )
    else:
        good = bool(found["part"]) or not found["whole"]
    if not good:
        return None
    if found["time"] and clock.text.startswith("' s ", found.end()):
        return found.start("part") if found["part"] else found.start("time"), found.end()
    return found.span()


def _behind(clock: ClockText, at: int) -> tuple[Token, ...]:
    index = bisect_left(clock.starts, at)
    return clock.tokens[index : index + _LONGEST_EXTENSION]


def _licensed(clock: ClockText, found: re.Match[str]) -> bool:
    """Tell whether a bare number is a year: "the 1956 uprising", "of 1997"."""
    before = clock.tokens[bisect_left(clock.starts, found.start()) - 1].name if found.start() else ""
    modern = _MODERN.fullmatch(clock.tokens_in(*found.span())[0].word)
    behind = _behind(clock, found.end())
    if before in {"the", "a", "s", "its", "his", "her", "their"}:
        return bool(modern and behind and behind[0].word.isalpha())
    return bool(modern) and before in table("time")["before_year"]["words"]


def _counts_things(clock: ClockText, end: int) -> bool:
    """Tell whether a plural or a measure follows: "in 2000 villages", "the 2000 km"."""
    behind = _behind(clock, end)
    word, lexicon = behind[0].word if behind else "", table("time")
    plural = len(word) > 2 and word.endswith("s") and word.isalpha()
    return word in lexicon["counted"]["words"] or (plural and word not in lexicon["after_year"]["words"])


def _is_drop(clock: ClockText, found: re.Match[str]) -> bool:
    """Tell whether "fall" is a loss ("this fall in prices", "the fall of the city") and not the season."""
    behind = _behind(clock, found.end())
    if not found["lean"].endswith("fall ") or len(behind) < 2:
        return False
    if behind[0].word == "of":
        return True
    return (
        behind[0].word in {"in", "from", "to"}
        and not behind[1].capital
        and behind[1].word not in {"the", "a"}
    )


def _is_record(clock: ClockText, found: re.Match[str]) -> bool:
    """Tell whether "in two months" looks back: "the first visit in two months", "the worst week in two months"."""
    if not (found["time"] or "").startswith("in "):
        return False
    index = bisect_left(clock.starts, found.start())
    before = [token.word for token in clock.tokens[max(0, index - _LONGEST_EXTENSION) : index]]
    return any(word in table("time")["records"]["words"] or word.endswith("est") for word in before)


def _with_place(clock: ClockText, at: int, end: int) -> int:
    """Take "to Hanoi" and "in New York" into "after his trip"."""
    behind = _behind(clock, at)
    if len(behind) < 2 or behind[0].word not in {"to", "in", "with", "at"}:
        return end
    for token in behind[1:]:
        if token.word == "the" and token is behind[1]:
            continue
        if not token.capital or token.name != token.word:
            break
        end = token.end
    return end
