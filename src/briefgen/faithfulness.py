"""Whether a reworded sentence says what its sentence of the article says, and no more.

A claim is compared with one sentence: content words, negation, hedges, who speaks, who accuses whom, how the
accused answered, what was confirmed. Used where the model's own words are published: headline, summary and
background.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.accusations import Roles, accusations_in, order_fault
from briefgen.answers import stance_in
from briefgen.attribution import hedges_in, sources_in
from briefgen.confirmations import aspect_of
from briefgen.geography import places_in
from briefgen.grounding import content_stems, fold, is_negated, stem, tokens
from briefgen.lexicon import cue, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.cast import Cast

_FUTURE = re.compile(r"\b(?:will|is set to|are set to|is to|are to|is due to|are due to)\b", re.IGNORECASE)
_CERTAIN = re.compile(
    r"\b(?:will|is to|are to|set to|due|scheduled|plans?|planned|announced|shall|going to|agreed)\b|['’]ll\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"[“\"]?(?:He|She|It|They|His|Her|Its|Their)\b")
_TELLS = re.compile(r"\b(?:said|says|told|according to|announced|reported)\b", re.IGNORECASE)
_TELLS = re.compile(r"\b(?:said|says|told|according to|announced|reported)\b", re.IGNORECASE)
_DANGLING = re.compile(r"(?:This|That|These|Those)\s+\w+\s+\w+|(?:He|She|They|It|His|Her|Their|Its)\b")
_OPEN = re.compile(r"\b(?:whether|if)\b", re.IGNORECASE)
_QUALIFIER = re.compile(
    r"\b(?:former|ex-|acting|outgoing|incoming|retired|late|then|interim|alleged|suspected|would-be)\b",
    re.IGNORECASE,
)


def faults(claim: str, n: int, cast: Cast) -> Iterator[tuple[str, str]]:
    """What ``claim`` changes of sentence ``n``: the code of the rule and a message for each."""
    text = cast.article.sentence(n).text
    if claim.strip() == text:
        return
    yield from _wholeness(claim, text, cast)
    yield from _content(claim, n, cast)
    yield from _certainty(claim, text, n)
    yield from _speech(claim, n, cast)
    yield from _accusation(claim, n, cast)
    lost = _QUALIFIER.search(text)
    if lost and not _QUALIFIER.search(claim) and _qualifies(lost, text, claim):
        yield "G09", f"“{lost[0]}” of sentence {n} was dropped"


def dangles(text: str) -> bool:
    """Whether the sentence opens with a word for something before it ("This development …", "He said")."""
    return bool(_DANGLING.match(text))


def _wholeness(claim: str, text: str, cast: Cast) -> Iterator[tuple[str, str]]:
    """A sentence that can stand by itself: not cut off, nobody and nothing left to guess."""
    cut = claim.strip().rstrip(".")
    last = fold(cut.rpartition(" ")[2])
    opened = re.match(r"\s*['‘“\"`]", text[len(cut) :])
    if cut.endswith((",", ";", ":")) or (text.startswith(cut) and (last in words("cannot_end") or opened)):
        yield "G02", "it is cut off"
    if dangles(claim):
        yield "S01", "it does not say what it is about"
    unnamed = re.search(r"\b(?:he|she|they|it)\s+(?:said|says|told|added|announced)\b", claim)
    if unnamed and not any(_named(member.names, claim) for member in cast.members):
        yield "S01", "it does not say who speaks"


def _content(claim: str, n: int, cast: Cast) -> Iterator[tuple[str, str]]:
    """The claim's words and names are the sentence's, its names in the same order."""
    text = cast.article.sentence(n).text
    before = cast.article.sentence(n - 1).text if n > 1 else ""
    known = content_stems(text) | (content_stems(before) if _PRONOUN.match(text) else frozenset())
    missing = content_stems(claim) - known
    if len(missing) > len(content_stems(claim)) // 6:
        yield "G02", f"sentence {n} does not say all of it"
    if set(_order(claim)) - _names_of(text) - _names_of(before):
        yield "G02", f"sentence {n} does not speak of everybody named"
    if _order(claim) != _order(text, among=_order(claim)):
        yield "G02", f"the names stand in another order in sentence {n}"


def _certainty(claim: str, text: str, n: int) -> Iterator[tuple[str, str]]:
    told = _told(claim, text)
    hedged = hedges_in(claim) or _OPEN.search(claim) or cue("possibility").search(claim)
    denied = cue("negations").search(claim)
    if cue("negations").search(told) and not denied and not hedged and not stance_in(claim):
        yield "V04", f"the negation of sentence {n} was lost"
    elif (hedges_in(told) or _OPEN.search(told)) and not hedged and not denied:
        yield "C01", f"“{(hedges_in(told) or ('whether',))[0]}” of sentence {n} was dropped"
    if _FUTURE.search(claim) and not hedged and not sources_in(claim) and not _CERTAIN.search(text):
        yield "C04", f"sentence {n} tells nothing to come"
    confirmed = [m for m in cue("confirming").finditer(claim) if not is_negated(claim, m.start(), m.end())]
    if confirmed and (not cue("confirming").search(text) or aspect_of(claim) != aspect_of(text)):
        yield "V08", f"sentence {n} does not confirm that"


def _names_of(text: str) -> set[str]:
    """Every state and name of the text, sources too."""
    places = {place.code for place in places_in(text) if place.form == "name"}
    return places | {fold(match[0])[:5] for match in re.finditer(r"[A-Z][\w’'-]+", text)}


def _order(text: str, *, among: list[str] | None = None) -> list[str]:
    """States and names of the text in order, sources left out; turned round where a passive has an agent."""
    for source in sources_in(text):
        text = text[: source.start] + " " * (source.end - source.start) + text[source.end :]
    found = [(place.start, place.code) for place in places_in(text) if place.form == "name"]
    covered = [(place.start, place.end) for place in places_in(text)]
    found += [
        (match.start(), fold(match[0])[:5])
        for match in re.finditer(r"[A-Z][\w’'-]+", text)
        if match.start() and not any(start <= match.start() < end for start, end in covered)
    ]
    ordered = list(dict.fromkeys(_rows_sorted(sorted(found), text)))
    if among is not None:
        ordered = [key for key in ordered if key in among]
        ordered = among if len(ordered) < len(among) else ordered
    return ordered[::-1] if re.search(r"\w+ed by\b", text) and len(ordered) == 2 else ordered


def _rows_sorted(found: list[tuple[int, str]], text: str) -> list[str]:
    """The names, those of one row ("Dravia and Sorland") in the order of the alphabet."""
    rows: list[list[str]] = []
    last = 0
    for at, key in found:
        joined = rows and re.fullmatch(r"\S+(?:\s[A-Z]\S*)*,?\s+(?:and|or)\s+(?:the\s+)?", text[last:at])
        if joined:
            rows[-1].append(key)
        else:
            rows.append([key])
        last = at
    return [key for row in rows for key in sorted(row)]


def _told(claim: str, text: str) -> str:
    """The stretch of the sentence that the claim retells, from a little before its first word to its last."""
    wanted = {stem(fold(match[0])) for match in tokens(claim) if fold(match[0]) not in words("function")}
    spans = [match.span() for match in tokens(text) if stem(fold(match[0])) in wanted]
    return text[max(0, spans[0][0] - 24) : spans[-1][1]] if spans else text


def _speech(claim: str, n: int, cast: Cast) -> Iterator[tuple[str, str]]:
    """A source of the claim must speak in the sentence; a pronoun there may stand for one named just before."""
    text = cast.article.sentence(n).text
    near = text + " " + (cast.article.sentence(n - 1).text if n > 1 else "")
    own = content_stems(" ".join(source.name for source in sources_in(text))) & content_stems(claim)
    kept = own or sources_in(claim) or hedges_in(claim) or accusations_in(claim) or stance_in(claim)
    if sources_in(text) and not kept:
        yield "S03", f"sentence {n} says who says it, the line does not"
    known = content_stems(near)
    if _TELLS.search(claim) and not sources_in(claim) and not cue("reporting").search(text):
        yield "S01", f"nobody speaks in sentence {n}"
    told = [match[0].lower() for match in _TELLS.finditer(claim)]
    if told and not sources_in(claim) and not cue("reporting").search(text):
        yield "S01", f"nobody speaks in sentence {n}"
    for source in sources_in(claim):
        named = content_stems(source.name)
        if named and not named & known:
            yield "S01", f"{source.name} does not speak in sentence {n}"
    said, answered = stance_in(claim), stance_in(text)
    if said and (answered is None or answered[0] != said[0]):
        yield "L05", f"sentence {n} gives another answer"


def _accusation(claim: str, n: int, cast: Cast) -> Iterator[tuple[str, str]]:
    text = cast.article.sentence(n).text
    cues = accusations_in(claim)
    if not cues:
        if cue("accusing").search(text) and not sources_in(claim) and not stance_in(claim):
            yield "L08", f"sentence {n} alleges it"
        return
    if not accusations_in(text):
        yield "L01", f"sentence {n} accuses nobody"
        return
    if cues[0].voice not in {"active", "passive"}:
        return
    before = tuple(m for m in cast.members if _named(m.names, claim[: cues[0].start]))
    after = tuple(
        m for m in cast.members if m not in before and _named(m.names[:1], claim[cues[0].end :])[:1]
    )
    accusers, accused = (before, after[:1]) if cues[0].voice == "active" else (after[:0], before)
    if accused:
        fault = order_fault(Roles(n, accusers, accused), cast)
        if fault and fault[0] == "L03":
            yield fault


def _named(names: tuple[str, ...], text: str) -> list[str]:
    return [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


def _qualifies(lost: re.Match[str], text: str, claim: str) -> bool:
    """Whether the claim has the word that the lost qualifier stands before."""
    following = re.match(r"[\s-]*(\w+)", text[lost.end() :])
    return following is not None and stem(fold(following[1])) in {stem(fold(m[0])) for m in tokens(claim)}
