"""Whether a retold sentence is stronger than its sentence of the article, or weaker: negations, hedges, what is still
to come, what was only tried or promised, what was confirmed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefgen.answers import stance_in
from briefgen.attribution import hedges_in, sources_in
from briefgen.confirmations import aspect_of
from briefgen.grounding import content_stems, fold, is_negated, stem, tokens
from briefgen.lexicon import cue, table, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BEFORE_VERB = 5
"""How many words before a verb may say that it is still to come."""
_LEAD = 24
"""How many characters before the first word retold still belong to what is retold."""
_NEARLY = 0.8


def told_stretch(claim: str, text: str) -> str:
    """The stretch of the sentence that the claim retells, from a little before its first word to its last."""
    start, end = _span(claim, text)
    return text[max(0, start - _LEAD) : end]


def up_to_told(claim: str, text: str) -> str:
    """The sentence up to the last word that the claim retells: what governs it stands there."""
    return text[: _span(claim, text)[1]]


@lru_cache(maxsize=1024)
def _span(claim: str, text: str) -> tuple[int, int]:
    """Where the words of the claim begin and end in the sentence; who says it may stand far from what is said."""
    told = " ".join(source.name for source in sources_in(claim))
    kept = {stem(fold(match[0])) for match in tokens(claim) if match[0] not in told}
    wanted = kept - {stem(word) for word in words("function")}
    first: dict[str, tuple[int, int]] = {}
    for match in tokens(text):
        key = stem(fold(match[0]))
        if key in wanted:
            first.setdefault(key, match.span())
    spans = sorted(first.values())
    return (spans[0][0], spans[-1][1]) if spans else (0, len(text))


@lru_cache(maxsize=1024)
def growth(claim: str, text: str, n: int) -> tuple[tuple[str, str], ...]:
    """Code and message of each way in which the claim is stronger, or weaker, than sentence ``n``."""
    return tuple(_growth(claim, text, n))


def _growth(claim: str, text: str, n: int) -> Iterator[tuple[str, str]]:
    told = told_stretch(claim, text)
    hedged = hedges_in(claim) or _open(claim) or cue("possibility").search(claim)
    denied = cue("negations").search(claim)
    if cue("negations").search(told) and not denied and not hedged and not stance_in(claim):
        yield "V04", f"the negation of sentence {n} was lost"
    elif (hedges_in(told) or _open(told)) and not hedged and not denied:
        yield "C01", f"“{(hedges_in(told) or ('whether',))[0]}” of sentence {n} was dropped"
    denial = cue("denying").search(text)
    if _negations(claim) > _negations(told) and not (denial and denial[0].lower() not in claim.lower()):
        yield "V04", f"sentence {n} has no such negation"
    elif _negations(claim) < _negations(told) and _is_copy(claim, text) and not stance_in(claim):
        yield "V04", f"a negation of sentence {n} was lost"
    if not hedged:
        yield from _to_come(claim, told, text, n)
    yield from _done(claim, text, n)
    yield from _confirmed(claim, text, n)


def _open(text: str) -> bool:
    return cue("open_clause", of="retelling").search(text) is not None


def _is_copy(claim: str, text: str) -> bool:
    """Whether the claim has nearly all of the sentence's words, so that nothing was left out on purpose."""
    stems = content_stems(text)
    return len(stems & content_stems(claim)) >= len(stems) * _NEARLY


def _negations(text: str) -> int:
    return len(cue("negations").finditer(text))


def _to_come(claim: str, told: str, text: str, n: int) -> Iterator[tuple[str, str]]:
    """ "will", where the sentence tells a mere plan, or something that is over."""
    future = cue("to_come_as_fact", of="retelling").search(claim)
    if future is None:
        return
    if not cue("settled", of="retelling").search(told):
        planned = cue("only_planned", of="retelling").search(told)
        yield "C04", f"sentence {n} tells {'only a plan' if planned else 'nothing to come'}"
        return
    verb = re.match(r"\s+(?:also\s+|not\s+)?(\w+)", claim[future.end() :])
    forms = _forms(text)
    if verb and forms.get(_base(verb[1])) == {"past"}:
        yield "C04", f"“{verb[1]}” is over in sentence {n}"


def _done(claim: str, text: str, n: int) -> Iterator[tuple[str, str]]:
    """ "built" or "builds", where the sentence has somebody promise, plan, try or ask to build."""
    forms = _forms(text)
    own = {fold(match[0]) for match in tokens(text)} | words("function")
    before = ""
    for match in tokens(claim):
        word = fold(match[0])
        present = word.endswith("s") and before[:1].isupper()  # "Norland builds", not "its builds"
        told = (_is_past(word) or present) and word not in own and not cue("reporting").fullmatch(word)
        if told and forms.get(_base(word)) == {"to come"}:
            yield "C04", f"“{match[0]}” is not done in sentence {n}"
        before = match[0]


@lru_cache(maxsize=1024)
def _forms(text: str) -> Mapping[str, set[str]]:
    """Base of each verb-like word to how it stands in the text: past, to come, or otherwise."""
    found: dict[str, set[str]] = {}
    row = [fold(match[0]) for match in tokens(text)]
    for at, word in enumerate(row):
        before = set(row[max(0, at - _BEFORE_VERB) : at])
        open_ = before & words("before_verbs", of="retelling") or (
            word.endswith("ing") and "of" not in before
        )
        form = "past" if _is_past(word) else "to come" if open_ and not word.endswith("ing") else "otherwise"
        found.setdefault(_base(word), set()).add(form)
    return found


def _is_past(word: str) -> bool:
    return word in table("retelling")["irregular"] or (word.endswith("ed") and len(word) > len("need"))


def _base(word: str) -> str:
    return stem(table("retelling")["irregular"].get(fold(word), fold(word)))


def _confirmed(claim: str, text: str, n: int) -> Iterator[tuple[str, str]]:
    """A confirmation is of what the sentence says: of dates or preparations, not of the visit."""
    found = cue("confirming").finditer(claim)
    plain = [m for m in found if not is_negated(claim, m.start(), m.end())]
    if plain and not cue("confirming").search(text):
        yield "V08", f"sentence {n} does not confirm that"
    elif found and cue("confirming").search(text) and aspect_of(claim) != aspect_of(text):
        yield "V08", f"sentence {n} speaks of another thing confirmed"
    elif found and stance_in(text) and not stance_in(claim):
        yield "L05", f"sentence {n} neither confirms nor denies it"
