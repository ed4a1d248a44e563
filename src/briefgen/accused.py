"""Where in a sentence the accused may stand, given the word that accuses (rule L02).

"Norland accused Velia of arming Estmark": between the verb and "of". "Norland says that Velia arms Estmark": the
first name of the clause and those in one row with it; or whoever does it in a passive ("was sunk by Velia").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.attribution import row_start, subject_before
from briefgen.lexicon import cue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefgen.accusations import Accusation

    Region = tuple[int, int]

_DEED = re.compile(r"\s(?:of|for|over|with)\s+[“\"']?\s*(?:\w+ly\s+)?(?:having|being|\w+ing)\b")
_LINK = re.compile(r"\s(?:of|for|over|with)\s")
_BLAMED_ON = re.compile(r"\bon\s+")
_PLACE_OR_TIME = re.compile(
    r"\b(?:in|at|on|during|after|before|from|since|near|outside|inside|amid|under|despite|to)\s+(?:the\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_DOER = re.compile(r"\bby\s+(?:the\s+|an?\s+)?(?:\w+\s+){0,2}$")
_ROW = re.compile(r"['’]?s?\s*(?:,\s*)?(?:(?:and|or|as well as)\s+)?(?:the\s+|both\s+|its\s+)?")
_TITLED = re.compile(r"(?:['’]s)?(?:\s+[\w-]+){0,4}\s+")
_VERB = re.compile(r"\b(?:has|have|had|is|was|are|were|will|would|did|does|of|in|to|from|at|with|\w+ed)\b")
_OPENING_PHRASE = re.compile(r"(?:In|At|On|During|After|Despite|Under|According\s+to)\b[^,]*,")
_PRONOUN_REACH = 30


def accused_regions(text: str, each: Accusation, named: Sequence[Region]) -> Iterator[Region]:
    """Stretches of the sentence where the accused may stand; ``named``: where members of the cast are named."""
    if each.voice == "passive":
        yield from _before(text, each)
    elif each.voice == "adverb":
        opening = _OPENING_PHRASE.match(text)
        yield (opening.end() if opening and opening.end() < each.start else 0, len(text))
    elif cue("charging_verbs", of="grammar").fullmatch(text[each.start : each.end]):
        yield from _object(text, each, named)
    else:
        yield from _of_clause(text, each.end, named)


def _before(text: str, each: Accusation) -> Iterator[Region]:
    """The subject of a passive."""
    subject = subject_before(text, each.start)
    if subject is None:
        yield (0, each.start)
        return
    yield (row_start(text, subject[1]), subject[1] + len(subject[0]))
    aside = text[: each.start].rstrip()
    if aside.endswith(","):  # "Velia, accused by Norland of …"
        yield (max(0, each.start - 2 * _PRONOUN_REACH), each.start)


def _object(text: str, each: Accusation, named: Sequence[Region]) -> Iterator[Region]:
    """Between the verb and what it is about; "blamed the fire on Velia"."""
    rest = text[each.end :]
    deed = _DEED.search(rest) or _LINK.search(rest)
    on = _BLAMED_ON.search(rest) if text[each.start : each.end].casefold().startswith("blam") else None
    if on and (deed is None or on.start() < deed.start()):
        yield from _of_clause(text, each.end + on.end(), named)
    elif deed:
        yield (each.end, each.end + deed.start())
    else:
        yield from _of_clause(text, each.end, named)


def _of_clause(text: str, start: int, named: Sequence[Region]) -> Iterator[Region]:
    """The first name of the clause with its row; pronouns near its start; the doer of a passive."""
    spans = sorted({span for span in named if span[0] >= start})
    free = [span for span in spans if not _PLACE_OR_TIME.search(text[start : span[0]])]
    row = _row(text, free or spans)
    end = row[-1][1] if row else len(text)
    yield (start, max(end, start + _PRONOUN_REACH) if not row else end)
    yield from (span for span in spans if _DOER.search(text[start : span[0]]))


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
