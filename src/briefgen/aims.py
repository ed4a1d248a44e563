"""Reading an aim out of one sentence: the words behind "in order to", "seeks to", "in response to", "to protect".

Whose aim it is, is settled elsewhere (:mod:`briefgen.facets.motives`); here only where it stands and how far it goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.attribution import sources_in
from briefgen.grounding import fold, is_negated
from briefgen.lexicon import cue, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(
    r"[;:]|\s[—–]\s|\s--\s|[”\"](?=\s)|,[”\"]|"
    r",\s+(?:\w+ing|though|although|but|while|whereas|which|who|where|when|as|because|since|if|unless|after|before|according|"
    r"an?|something|adding|saying|even|whose|despite|amid|with)\b|"
    r",?\s+(?:and|but)\s+(?:he|she|it|they|we|was|were|is|are|has|have|had|will|would|said|says|then|also|want|wants)\b|"
    r"\s+(?:while|whereas|which|because|although|despite|amid|where)\s|\s+as\s+(?:he|she|it|they|we)\s"
)
_IS_TO = re.compile(r"[^,;:.]{0,60}?\b(?:is|are|was|were)\s+to\s+")
_FEWEST, _MOST = 2, 32


def aims_in(text: str) -> Iterator[str]:
    """The aims that the sentence gives, as it words them, where a word of purpose leaves no doubt."""
    if text.rstrip(' ”"').endswith("?"):
        return
    for start in sorted({*_behind_markers(text), *_behind_nouns(text), *_behind_because(text)}):
        aim = _cut(text[start:])
        if _FEWEST <= len(aim.split()) <= _MOST and aim[:1].islower() and _closed(aim):
            yield aim


def _behind_markers(text: str) -> Iterator[int]:
    for marker in cue("aim_markers").finditer(text):
        if _leads(text, marker):
            yield _start(marker)


def _behind_nouns(text: str) -> Iterator[int]:
    """ "The goal of the bloc is to …"."""
    for noun in cue("aim_nouns", of="grammar").finditer(text):
        found = _IS_TO.match(text, noun.end())
        if found:
            yield found.end()


def _behind_because(text: str) -> Iterator[int]:
    """The reason of a decision: "decided not to fire because …"."""
    for reason in re.finditer(r"\bbecause\s+(?!of\b)", text):
        if cue("volition", of="grammar").search(text[: reason.start()]):
            yield reason.end()


def _start(marker: re.Match[str]) -> int:
    """Behind the marker; the verb of "to protect" belongs to the aim."""
    bare = re.match(r"to\s+", marker[0], re.IGNORECASE)
    plain = bare and " " in marker[0].strip()
    return marker.start() + bare.end() if bare and plain else marker.end() + 1


def _leads(text: str, marker: re.Match[str]) -> bool:
    """Not where the words before make it no purpose ("able to protect") or deny it ("does not seek to")."""
    before = text[: marker.start()]
    if is_negated(text, marker.start()) or re.search(
        r"\b(?:would|could|might|should|if|whether)\s+$", before[-12:]
    ):
        return False
    if not fold(marker[0]).startswith("to "):
        return True
    last = re.search(r"([\w'’-]+)[,\s]*$", before)
    if last is None or fold(last[1]) in words("no_purpose", of="cues"):
        return False
    asked = cue("of_others", of="grammar").finditer(before[-90:])
    return not asked


def _cut(rest: str) -> str:
    end = _END.search(rest)
    aim = rest[: end.start()] if end else rest
    for source in sources_in(aim):
        if source.start < source.cue_start and aim[: source.start].rstrip().endswith(","):
            aim = aim[: source.start]
            break
    return aim.strip(" .,;:'‘’")


def _closed(aim: str) -> bool:
    return sum(aim.count(mark) for mark in '“”"') % 2 == 0 and aim.count("(") == aim.count(")")
