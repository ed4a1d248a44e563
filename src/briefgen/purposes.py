"""Reading a purpose in a sentence: where an aim stands, and whether a word of purpose leads to it (rule M03)."""

from __future__ import annotations

import re

from briefgen.grounding import fold, stem, tokens
from briefgen.lexicon import cue, words

STRONG = re.compile(
    r"\b(?:in order to|so as to|so that|because|aim\w*|seek\w*|sought|efforts? to|bid to|in response to|designed to|"
    r"intended to|goals?|purpose|pretext|to (?:address|avoid|curb|reinforce|advance|secure|expand|reduce|prevent|protect|"
    r"remove|deter|strengthen|deepen|boost|counter|ease|encourage|diversify|gain|draft|resolve|keep|maintain|"
    r"bring|improve|increase|end|stop|persuade|press|show|win|help))\b",
    re.IGNORECASE,
)
"""A sentence with one of these is worth reading for a motive."""
_NO_VERB = re.compile(r"(?:both|all|the|an?|its?|their|his|her|any|some|each|more|less)\b")


def led_by_purpose(aim: str, text: str) -> str:
    """The aim, or the part of it behind a "to" that a purpose leads to ("discuss X to ease Y": ease Y)."""
    rest = aim
    while aim_span(rest, text) is None:
        _, found, rest = rest.partition(" to ")
        if not found or re.match(r"(?:both|all|the|an?|its?|their|his|her|any|some|each|more|less)\b", rest):
            return aim
        if _NO_VERB.match(rest):
            return aim
    return rest


def aim_span(aim: str, text: str) -> int | None:
    """Where the aim starts in the sentence, if a word of purpose stands right before it."""
    wanted = [stem(fold(match[0])) for match in tokens(aim) if fold(match[0]) not in words("function")]
    if not wanted:
        return None
    have = {stem(fold(match[0])) for match in tokens(text)}
    first = next((word for word in wanted[:2] if word in have), None)
    for match in tokens(text):
        if stem(fold(match[0])) != first or match[0][0].isupper():  # "to Pakistan": a way, no aim
            continue
        led = _purpose_before(text[: match.start()]) or cue("purpose").fullmatch(match[0])
        if led and _in_one_stretch(wanted, text[match.start() :]):
            return match.start()
    return None


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


_OF_OTHERS = re.compile(
    r"\b(?:expects?|expected|asked|asks|urged|urges|told|allowed|forced|ordered|called on|invited|forbids?|forbade|bans?|banned|bars?|prevents?|likelier|more \w+)\s+(?:[\w’'.-]+\s+){0,5}$"
)
""""expects inflation to reach": what somebody expects or asks of others is no aim."""


def _purpose_before(left: str) -> bool:
    near = left[-48:]
    last = None
    for last in cue("purpose").finditer(near):  # noqa: B007 - the last one is wanted
        pass
    if last is None or len(near[last.end() :].split()) > 3:
        return bool(re.search(r"\breducing|\bthereby\s*$|,\s*(?:and\s+)?$", near[-12:])) and bool(
            STRONG.search(left[-160:])
        )
    if fold(last[0]) != "to":
        return True
    if _OF_OTHERS.search(near[: last.start()]):
        return False
    before = re.search(r"([\w'’-]+)[,\s]*$", near[: last.start()])
    return not before or fold(before[1]) not in words("no_purpose", of="cues")
