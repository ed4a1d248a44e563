"""When a visit is to be: which time phrase of a sentence belongs to which visit (rule V10)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefgen.geography import places_in
from briefgen.lexicon import cue
from briefgen.time_phrases import find_time_phrases
from briefgen.timing import Timing, direction_of, resolve
from briefgen.visits import coordinated, destination_spans, is_destination

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_DATELINE = re.compile(
    r"[A-Z][A-Z.’' -]*(?:,\s[A-Z][\w. ]*)?,?\s+@\s*[,.]?\s*(?:\([A-Z][\w/ ]*\)|-|--|—|–|_)"
)
""" "SEOUL, January 20 (AJP) - …": the day of the telling. The phrase is an @."""
_TO = re.compile(r"\s+to\s+(?:the\s+)?")
_RANK = {"day": 0, "week": 1, "month": 2, "quarter": 3, "season": 3, "year": 4, "vague": 5, "duration": 6}


def timing_of(name: str, sentences: Sequence[tuple[int, str]], published: date | None) -> Timing | None:
    """When the visit to ``name`` is to be: the most precise phrase of these sentences that belongs to it, rather its
    own than one of a whole journey ("Velia and Ostia from 10 to 15 May. On 13 May she will be in Ostia").
    """
    found = [
        (resolve(phrase.text, published), _is_shared(name, text))
        for _, text in sentences
        for phrase in find_time_phrases(text)
        if belongs(name, text, phrase.start, phrase.end)
    ]
    found = [(timing, shared) for timing, shared in found if timing.granularity in _RANK]
    best = min(found, key=lambda each: (_RANK[each[0].granularity], each[1]), default=None)
    return best[0] if best else None


def _is_shared(name: str, text: str) -> bool:
    """Whether the sentence names other states in one row with the place."""
    own = destination_spans(text, name)
    others = [(p.start, p.end) for p in places_in(text) if p.form == "name" and (p.start, p.end) not in own]
    return any(coordinated(text, span, own) for span in others)


def belongs(name: str, text: str, start: int, end: int) -> bool:
    """Whether the phrase ``text[start:end]`` dates the visit to ``name``: it goes with the nearest destination
    before it, or one coordinated with that; and it dates neither the telling nor something else.
    """
    if direction_of(text[start:end]) == "past" or _dates_the_telling(text, start, end):
        return False
    if _was_meant(text, start) or _DATELINE.match(text[:start] + " @ " + text[end:]):
        return False
    own = destination_spans(text, name)
    every = sorted(set(own) | {(p.start, p.end) for p in places_in(text) if p.form == "name"} | _led_to(text))
    before = [span for span in every if span[1] <= start]
    if any(end <= span[0] and _TO.fullmatch(text[end : span[0]]) for span in own):
        return True  # "her visit next week to Ostia"
    if not any(is_destination(text, *span) for span in own) and _of_the_whole_trip(text, start):
        return True
    if not own:
        return False
    if not before:
        after = [span for span in every if span[0] >= end]
        return bool(after) and (after[0] in own or _in_one_row(text, after[0], own))
    if before[-1] not in own and not _in_one_row(text, before[-1], own):
        return False
    return not _dates_another_thing(text[before[-1][1] : start])


def _of_the_whole_trip(text: str, start: int) -> bool:
    """A sentence without the place: "The visit is planned for June", "will tour the Gulf region in June"."""
    if cue("visit_nouns").search(text) and not places_in(text):
        return True
    region = [match for match in cue("toured_regions", of="grammar").finditer(text) if match.end() <= start]
    if not region:
        return False
    between = [p for p in places_in(text) if p.form == "name" and region[-1].end() <= p.start < start]
    travels = cue("visit").search(text[: region[-1].start()])
    return bool(travels) and not between and not _dates_another_thing(text[region[-1].end() : start])


def _in_one_row(text: str, span: tuple[int, int], own: Sequence[tuple[int, int]]) -> bool:
    """Coordinated, and no date of its own between: not "Ostia on 3 June, and Velia on 5 June"."""
    for other in own:
        first, second = sorted((span, other))
        if coordinated(text, span, (other,)) and not find_time_phrases(text[first[1] : second[0]]):
            return True
    return False


def _dates_another_thing(gap: str) -> bool:
    """What stands between the place and the phrase makes it the date of something else: speech, another clause,
    "since the election in", "the accord signed in".
    """
    if (
        re.search(r"[;:“”]", gap)
        or cue("reporting").search(gap)
        or cue("other_event", of="grammar").search(gap)
    ):
        return True
    if re.search(r"\bwhich\b", gap) and not cue("plan").search(gap):
        return True  # "the summit, which is happening from …"
    done = re.search(r"(?<!\bbe )(?<!\bbeen )(?<!\bbeing )\b(\w{3,}ed|held|begun|made|met)\s+$", gap)
    return done is not None and not cue("plan").search(done[0]) and not cue("postponing").search(done[0])


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
            text[max(0, start - 60) : start],
        )
    )


@lru_cache(maxsize=256)
def _led_to(text: str) -> frozenset[tuple[int, int]]:
    """Capitalised names behind a word of travel or a conjunction: cities, and states that no list has."""
    pattern = rf"(?:{cue('visit').pattern}|(?<!\w)(?:to|and|then|in))\s+(?:the\s+)?(?-i:(?P<place>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*))"
    found = {match.span("place") for match in re.finditer(pattern, text, re.IGNORECASE)}
    return frozenset(span for span in found if not find_time_phrases(text[span[0] : span[1]]))


def _dates_the_telling(text: str, start: int, end: int) -> bool:
    """ "announced on Monday", "said Friday": the day of the telling, not of the visit."""
    before = text[:start].rstrip()
    verb = re.search(r"(\w+)$", before)
    if verb and cue("reporting").fullmatch(verb[1]):
        return True
    after = re.match(r"[\s,]*(\w+)", text[end:])
    told = after and cue("reporting").fullmatch(after[1])
    return bool(told and re.search(r"(?:^|[”\"]\s*)$", before[-1:]))
