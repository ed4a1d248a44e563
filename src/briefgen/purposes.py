"""Purpose in a sentence: where an aim stands, and whether a word of purpose leads to it (rules M03 and M05)."""

from __future__ import annotations

import re

from briefgen.grounding import fold, stem, tokens
from briefgen.lexicon import cue, words

_NEAR = 48
"""How many characters before an aim its word of purpose may stand."""
_MOST_WORDS_BETWEEN = 5
_IS = re.compile(r"[^,;:.]*\b(?:is|are|was|were|remains)\s+")


def is_worth_reading(text: str) -> int:
    """How many words of the sentence speak of an aim: 0 where a motive need not be looked for."""
    strong = cue("strong_purpose", of="grammar").finditer(text)
    return len(strong) if strong and cue("purpose").search(text) else 0


def leads_to(purpose: str, text: str) -> bool:
    """Whether the sentence gives this as a purpose: behind a word of purpose, or "for talks on …"."""
    bare = re.sub(r"^(?:in order to|to|for)\s+", "", purpose.strip(" .,"), flags=re.IGNORECASE)
    led = re.search(rf"\bfor\s+(?:an?\s+|the\s+)?{re.escape(bare)}", text, re.IGNORECASE)
    return bool(led) or aim_span(bare, text) is not None


def led_by_purpose(aim: str, text: str) -> str:
    """The aim, or the part of it behind a "to" that a purpose leads to ("discuss X to ease Y": ease Y)."""
    rest = aim
    while aim_span(rest, text) is None:
        _, found, rest = rest.partition(" to ")
        first = rest.split(maxsplit=1)[:1]
        if not found or first[:1] == [] or first[0].lower() in words("determiners", of="grammar"):
            return aim
    return rest


def aim_span(aim: str, text: str) -> int | None:
    """Where the aim starts in the sentence, if a word of purpose stands right before it."""
    wanted = [stem(fold(match[0])) for match in tokens(aim) if fold(match[0]) not in words("function")]
    if not wanted:
        return None
    for match in tokens(text):
        if stem(fold(match[0])) not in wanted[:2] or match[0][0].isupper():  # "to Pakistan": a way, no aim
            continue
        led = _purpose_before(text[: match.start()]) or cue("purpose").fullmatch(match[0])
        if led and _in_one_stretch(wanted, text[match.start() :]):
            return match.start()
    return None


def turns_round(aim: str, text: str) -> str | None:
    """The word that the aim lost if it says the opposite: "provoke Velia" of "not to provoke Velia"."""
    at = aim_span(aim, text)
    if at is None:
        return None
    before = cue("averting", of="grammar").finditer(text[max(0, at - _NEAR) : at])
    last = before[-1] if before else None
    if last is None or len(text[max(0, at - _NEAR) : at][last.end() :].split()) > 1:
        return None
    return None if cue("averting", of="grammar").search(aim) or cue("negations").search(aim) else last[0]


def denial_before(aim: str, text: str) -> bool:
    """Whether a negation, or a word that averts, stands around the aim: then the aim may have one too."""
    at = aim_span(aim, text)
    if at is None:
        return True
    near = text[max(0, at - _NEAR) : at + len(aim)]
    averts = cue("averting", of="grammar").finditer(text[max(0, at - _NEAR) : at])
    return bool(cue("negations").search(near)) or bool(
        averts and len(text[max(0, at - _NEAR) : at][averts[-1].end() :].split()) <= 1
    )


def _in_one_stretch(wanted: list[str], rest: str) -> bool:
    """Whether the aim's words follow in this order, with few others between: not picked from all over."""
    follow = [stem(fold(match[0])) for match in tokens(rest) if fold(match[0]) not in words("function")]
    at = skipped = 0
    for word in wanted:
        if word not in follow[at:]:
            skipped += 1
            continue
        found = follow.index(word, at)
        skipped += max(0, found - at - 3)
        at = found + 1
    return skipped <= len(wanted) // 3


def _purpose_before(left: str) -> bool:
    near = left[-_NEAR:]
    every = cue("purpose").finditer(near)
    last = every[-1] if every else None
    if last is None or len(near[last.end() :].split()) > 3:
        return _carries_on(near) and bool(cue("strong_purpose", of="grammar").search(left[-160:]))
    if fold(last[0]) != "to":
        return True
    before_to = near[: last.start()]
    if _names_a_goal(left[: len(left) - len(near) + last.start()]):
        return True
    if _asked_of_others(before_to):
        return False
    before = re.search(r"([\w'’-]+)(?:\s+not)?[,\s]*$", before_to)
    return not before or fold(before[1]) not in words("no_purpose", of="cues") | words(
        "bound_to", of="grammar"
    )


def _names_a_goal(before: str) -> bool:
    """ "One of the goals of the bloc is to …"."""
    nouns = cue("aim_nouns", of="grammar").finditer(before[-90:])
    return bool(nouns) and bool(_IS.fullmatch(before[-90:][nouns[-1].end() :]))


def _asked_of_others(before: str) -> bool:
    """ "expects inflation to reach": what somebody expects or asks of others is no aim."""
    found = cue("of_others", of="grammar").finditer(before)
    between = before[found[-1].end() :] if found else ""
    return bool(found) and len(between.split()) <= _MOST_WORDS_BETWEEN and not re.search("[,;:]", between)


def _carries_on(near: str) -> bool:
    """ "…, and …", ", reducing …": a second aim behind the first."""
    if re.search(r",\s*(?:and\s+)?$", near):
        return True
    carried = cue("carried_on", of="grammar").finditer(near)
    return bool(carried) and len(near[carried[-1].end() :].split()) <= 1
