"""Where in a sentence the accused may stand, given the word that accuses (rule L02).

"Norland accused Velia of arming Estmark": between the verb and "of". "Norland says that Velia arms Estmark": the
first name of the clause and those in one row with it, if the clause has no subject before them; or whoever does it
in a passive ("was sunk by Velia"). "Velia arms Estmark, Norland said": the clause before the one who speaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.attribution import row_start, subject_before
from briefgen.lexicon import cue
from briefgen.time_phrases import find_time_phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.accusations import Accusation

Region = tuple[int, int]

_DEED = re.compile(r"\s(?:of|for|over|with)\s+[“\"']?\s*(?:\w+ly\s+)?(?:having|being|\w+ing)\b")
_LINK = re.compile(r"\s(?:of|for|over|with)\s")
_BLAMED_ON = re.compile(r"\bon\s+")
_HANGS = re.compile(
    r"\b(?:in|at|on|during|after|before|from|since|near|outside|inside|amid|under|despite|to|according\s+to|by|with|for|"
    r"(?<!number )(?<!dozens )(?<!hundreds )(?<!group )of|against)\s+(?:the\s+|an?\s+|its\s+|their\s+)?(?:(?!that\b)[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_DOER = re.compile(r"\bby\s+(?:the\s+|an?\s+)?(?:\w+\s+){0,2}$")
_ROW = re.compile(r"['’]?s?\s*(?:,\s*)?(?:(?:and|or|as well as)\s+)?(?:the\s+|both\s+|its\s+)?")
_TITLED = re.compile(r"(?:['’]s)?(?:\s+[\w-]+){0,4}\s+")
_VERB = re.compile(r"\b(?:has|have|had|is|was|are|were|will|would|did|does|of|in|to|from|at|with|\w+ed)\b")
_FINITE = re.compile(r"\b(?:has|have|had|is|was|are|were|will|would|did|does|could|may|might|can|must)\b")
_OPENING_PHRASE = re.compile(r"(?:In|At|On|During|After|Despite|Under|According\s+to)\b[^,]*,")
_THAT = re.compile(r"\bthat\b")
_PRONOUN_REACH = 30
_THAT_REACH = 70


@dataclass(frozen=True)
class Regions:
    """Stretches of a sentence where an accused may be named, and where a pronoun may stand for one."""

    names: tuple[Region, ...]
    pronouns: Region | None


def accused_regions(text: str, each: Accusation, named: Sequence[Region]) -> Regions:
    """Where the accused of this word may stand; ``named``: every name of the sentence."""
    if each.voice == "passive":
        return _before(text, each)
    if each.voice == "adverb":
        opening = _OPENING_PHRASE.match(text)
        whole = (opening.end() if opening and opening.end() < each.start else 0, len(text))
        return Regions((whole,), whole)
    if cue("charging_verbs", of="grammar").fullmatch(text[each.start : each.end]):
        return _object(text, each, named)
    quoted = text[: each.start].rfind("”") if "”" in text[: each.start] else text[: each.start].rfind('"')
    speaker = subject_before(text, each.start)
    if len(text[each.end :].split()) <= 1 or quoted >= 0:  # "Velia arms Estmark, Norland said"
        end = quoted if quoted >= 0 else (speaker[1] if speaker else each.start)
        before = _of_clause(text[:end], 0, named)
        behind = _of_clause(text, each.end, named) if len(text[each.end :].split()) > 1 else Regions((), None)
        return Regions((*before.names, *behind.names), before.pronouns)
    if cue("addressing", of="grammar").fullmatch(text[each.start : each.end]):
        that = _THAT.search(text, each.end)
        return _of_clause(text, that.end(), named) if that else Regions((), None)
    return _of_clause(text, each.end, named)


def _before(text: str, each: Accusation) -> Regions:
    """The subject of a passive."""
    subject = subject_before(text, each.start)
    if subject is None:
        return Regions(((0, each.start),), (0, each.start))
    own = (row_start(text, subject[1]), subject[1] + len(subject[0]))
    aside = (max(0, each.start - 2 * _PRONOUN_REACH), each.start)
    if text[: each.start].rstrip().endswith(","):  # "Velia, accused by Norland of …"
        return Regions((own, aside), aside)
    return Regions((own,), own)


def _object(text: str, each: Accusation, named: Sequence[Region]) -> Regions:
    """Between the verb and what it is about; "blamed the fire on Velia"."""
    rest = text[each.end :]
    deed = _DEED.search(rest) or _LINK.search(rest)
    on = _BLAMED_ON.search(rest) if text[each.start : each.end].casefold().startswith("blam") else None
    if on and (deed is None or on.start() < deed.start()):
        return _of_clause(text, each.end + on.end(), named)
    if deed is None:
        return _of_clause(text, each.end, named)
    object_ = (each.end, each.end + deed.start())
    return Regions((object_,), object_)


def _of_clause(text: str, start: int, named: Sequence[Region]) -> Regions:
    """The first name of the clause with its row; pronouns near its start; the doer of a passive."""
    start = _clause_start(text, start)
    spans = sorted({span for span in named if start <= span[0] and span[1] <= len(text)})
    free = [span for span in spans if not _HANGS.search(text[start : span[0]])]
    row = _row(text, free)
    if row and _FINITE.search(text[start : row[0][0]]):
        row = []  # the clause has another subject: "the unnamed men had …"
    doers = [span for span in spans if _DOER.search(text[start : span[0]])]
    return Regions((*row, *doers), (start, min(len(text), start + _PRONOUN_REACH)))


def _clause_start(text: str, start: int) -> int:
    """Behind "that", "for months that", "on Tuesday that", "it is likely that"."""
    while True:
        that = _THAT.search(text, start)
        between = text[start : that.start()] if that else ""
        for phrase in find_time_phrases(between):
            between = between.replace(phrase.text, " ")
        if that is None or len(between) > _THAT_REACH or re.search(r"[A-Z,;]", between):
            return start
        start = that.end()


def _row(text: str, spans: list[Region]) -> list[Region]:
    row = spans[:1]
    for span in spans[1:]:
        between = text[row[-1][1] : span[0]]
        titled = _TITLED.fullmatch(between) and not _VERB.search(between)
        if span[0] < row[-1][1] or _ROW.fullmatch(between) or titled:
            row.append(span)
        else:
            break
    return row
