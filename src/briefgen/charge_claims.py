"""The claim of an accusation that code reads: where it opens, how far it goes, how it is worded."""

from __future__ import annotations

import re
from functools import cache

from briefgen.attribution import sources_in
from briefgen.grounding import fold
from briefgen.lexicon import cue, words

_FEWEST, _MOST = 2, 45
_OPENING = re.compile(
    r"[“\"‘']?(?:(?:not|never|also|both|either)\s+|[a-z]+ly\s+)*[“\"‘']?(?P<first>[A-Za-z][\w’'-]*)"
)
_GERUND = re.compile(
    r"(?!(?:nothing|something|anything|everything|morning|evening|king|during|building|ceiling|meeting)\b)\w+ing\b"
)
_NOUN_OPENS = re.compile(r"[“\"‘']?(?:the|an?|its|his|her|their|[a-z][\w-]+)\b")
NOT_PAST = r"(?:f|n|s|sp|br|bl|w|h|proc|succ|exc|ind)eed\b"
"""Words in -ed that are no past tense."""
_DASH = re.compile(r";|\s[—–-]{1,2}\s|—|\.\.\.|…")


def is_deed(claim: str, link: str) -> bool:
    """Whether a claim opens here: "of jamming its radio", "for the fire", "of war crimes"."""
    opening = _OPENING.match(claim)
    if opening is None:
        return False
    if _GERUND.match(opening["first"]):
        return True
    if link == "of":
        return bool(cue("deeds").search(claim[:60])) and fold(opening["first"]) not in _no_noun()
    return bool(_NOUN_OPENS.match(claim)) and fold(opening["first"]) not in _no_noun()


def worded(link: str, claim: str) -> str:
    """The claim behind "of" or "for"; what somebody is blamed for is told as responsibility."""
    opening = _OPENING.match(claim)
    gerund = opening is not None and bool(_GERUND.match(opening["first"]))
    claim = cut_claim(claim, gerund=gerund, noun=not gerund)
    return claim if gerund or link == "of" else f"responsibility for {claim}"


def cut_claim(claim: str, *, gerund: bool = False, noun: bool = False) -> str:
    """The claim up to where the sentence turns to something else."""
    dash, turn = _DASH.search(claim), _turn().search(claim)
    then = _then().search(claim) if gerund or noun else None
    claim = claim[: min(found.start() if found else len(claim) for found in (dash, turn, then))]
    for source in sources_in(claim):
        if source.start < source.cue_start and claim[: source.start].rstrip().endswith(","):
            claim = claim[: source.start].rstrip(" ,")  # "…, officials said"
            break
    return claim.strip(" .,;:")


def is_whole(claim: str) -> bool:
    """Nothing is cut off in the middle, no quotation is left open."""
    parts = claim.split()
    marks = sum(claim.count(mark) for mark in '“”"')
    curly = claim.count("“") == claim.count("”")
    last = fold(parts[-1].strip("”\"’'")) if parts else ""
    return (
        (len(parts) >= _FEWEST or bool(_GERUND.match(claim)))
        and len(parts) <= _MOST
        and marks % 2 == 0
        and curly
        and claim.count("(") == claim.count(")")
        and last not in (words("cannot_end") - {"her"}) | words("claim_cannot_end", of="grammar")
    )


@cache
def _no_noun() -> frozenset[str]:
    return (words("function") - {"the", "a", "an", "its", "his", "her", "their"}) | words(
        "no_deed", of="grammar"
    )


@cache
def _turn() -> re.Pattern[str]:
    """Behind a comma or by itself, a word that opens something else than the claim."""
    turns, breaks = cue("claim_turns", of="grammar").pattern, cue("claim_breaks", of="grammar").pattern
    return re.compile(
        rf",[”\"]?\s+(?:{turns}|(?!including\b|excluding\b)[a-z]+ing\b)|[,.][”\"](?=\s)|\s(?:{breaks})|"
        r",\s+(?:and|but)\s+(?:he|she|it|they|that|the|an?|[A-Z]\w*|is|was|has|are|were|have|had|will|would|said|also|then)\b"
    )


@cache
def _then() -> re.Pattern[str]:
    """After a gerund, a finite verb is the accuser's again: "of lying and demanded an answer"."""
    listed = cue("irregular_past", of="grammar").pattern
    return re.compile(
        rf",?\s+(?:and|but)\s+(?:(?:then|later|also|has|have|had|is|are|was|were|will|would|[a-z]+ly)\s+)*"
        rf"(?:(?!{NOT_PAST})[a-z]+ed\b|{listed}|(?:says|said|calls|wants|urges|demands|warns|vows|is|are|was|were|has|have|had)\b)"
    )
