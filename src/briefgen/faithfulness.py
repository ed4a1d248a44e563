"""Whether a reworded sentence says what its sentence of the article says, and no more.

A claim is compared with one sentence: what may not change (:mod:`briefgen.alignment`), how sure it is
(:mod:`briefgen.strength`), and here: the rest of its words, who speaks, who accuses whom, how the accused answered.
Used where the model's own words are published: headline, summary and background.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefgen.accusations import Roles, accusations_in, co_accusers, order_fault
from briefgen.alignment import Telling, any_name, changes, names_anybody
from briefgen.answers import stance_in
from briefgen.article import Article
from briefgen.attribution import is_report_noun, sources_in
from briefgen.confirmations import only_person
from briefgen.grounding import content_stems, fold, stem, tokens
from briefgen.lexicon import cue, words
from briefgen.names import is_description
from briefgen.offices import is_office
from briefgen.strength import growth, up_to_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefgen.cast import Cast, Member

Fault = tuple[str, str]
"""Code of the rule and what is wrong."""

_DANGLING = re.compile(r"(?:This|That|These|Those)\s+\w+\s+\w+|(?:He|She|They|It|His|Her|Their|Its)\b")
_ALLEGED = re.compile(r"\b(?:the|an|its|his|her|their|of|over|about)\s+alleged$", re.IGNORECASE)
""" "the alleged attack": no accusation of the line's own."""
_HEARSAY = re.compile(r"\s+to\s+(?:be|have|plan)\b")
"""Behind "said" it makes a hedge."""
_REWORDED = 6
"""One content word in so many may be another than the sentence's."""


def faults(claim: str, numbers: Sequence[int], cast: Cast) -> Iterator[Fault]:
    """What ``claim`` changes of the first of these sentences, the others at hand."""
    n = numbers[0]
    text = cast.article.sentence(n).text
    if claim.strip() == text:
        return
    telling = Telling(claim, n, cast, tuple(numbers[1:]))
    yield from _wholeness(claim, text, cast)
    stems = content_stems(claim)
    if len(stems - telling.known) > len(stems) // _REWORDED:
        yield "G02", f"sentence {n} does not say all of it"
    if any(is_report_noun(source.name) is False for source in sources_in(text)) and not _keeps_source(
        telling
    ):
        yield "S03", f"sentence {n} says who says it, the line does not"
    yield from changes(telling)
    yield from _as_sure(telling)


def headline_faults(claim: str, candidates: Sequence[int], cast: Cast) -> Iterator[Fault]:
    """What a headline changes of the sentence that it keeps to best. It may leave out who says so."""
    if dangles(claim):
        yield "S01", "it does not say whom it is about"
    if _breaks_off(claim):
        yield "G02", "it is cut off"
    tellings = [Telling(claim, n, cast, headline=True) for n in candidates]
    if tellings:
        yield from _as_sure(tellings[0])
    changed = [list(changes(telling)) for telling in tellings]
    yield from changed[0] if changed and all(changed) else ()


def _as_sure(telling: Telling) -> Iterator[Fault]:
    yield from growth(telling.claim, telling.text, telling.n)
    yield from _speech(telling)
    yield from _answer(telling)
    yield from _accusation(telling)
    yield from _qualifiers(telling)


def dangles(text: str) -> bool:
    """Whether the sentence opens with a word for something before it ("This development …", "He said")."""
    return bool(_DANGLING.match(text))


def _wholeness(claim: str, text: str, cast: Cast) -> Iterator[Fault]:
    """One sentence that can stand by itself: not cut off, nobody and nothing left to guess."""
    cut = claim.strip().rstrip(".")
    opened = text.startswith(cut) and re.match(r"\s*['‘“\"`]", text[len(cut) :])
    if _breaks_off(claim) or opened:
        yield "G02", "it is cut off"
    if not re.search(r"\w", claim):
        yield "G02", "it has no words"
        return
    if _sentences_in(claim) > max(1, _sentences_in(text)):
        yield "G02", "it is more than one sentence"
    if dangles(claim):
        yield "S01", "it does not say what it is about"
    unnamed = re.search(r"\b(?:he|she|they|it)\s+(?:said|says|told|added|announced)\b", claim)
    if unnamed and not any(names_anybody(claim, member.names) for member in cast.members):
        yield "S01", "it does not say who speaks"


@lru_cache(maxsize=1024)
def _sentences_in(text: str) -> int:
    return len(Article.from_text(text).sentences)


def _breaks_off(claim: str) -> bool:
    cut = claim.strip().rstrip(".")
    last = fold(cut.rpartition(" ")[2])
    return cut.endswith((",", ";", ":")) or last in words("cannot_end") | words("seldom_end", of="retelling")


def _keeps_source(telling: Telling) -> bool:
    """Whether the claim still names one of those who say it, whoever else it names."""
    claim = telling.claim
    if (
        sources_in(claim)
        or stance_in(claim)
        or any(found.voice != "adverb" for found in accusations_in(claim))
    ):
        return True
    return any(_head(source.name) in content_stems(claim) for source in sources_in(telling.text))


def _head(source: str) -> str:
    """The stem that tells a source: the office of a description, the last word of a name."""
    if is_description(source):
        offices = [match[0] for match in tokens(source) if is_office(match[0])]
        return stem(fold(offices[0])) if offices else ""
    return stem(fold(source.rsplit(maxsplit=1)[-1].strip(".,")))


def _speech(telling: Telling) -> Iterator[Fault]:
    """A source of the claim must be one of the sentence; a pronoun there may stand for one named just before."""
    claim, text, n = telling.claim, telling.text, telling.n
    told = sources_in(claim)
    tells = [m for m in cue("tells", of="retelling").finditer(claim) if not _HEARSAY.match(claim[m.end() :])]
    if tells and not told and not cue("reporting").search(text):
        yield "S01", f"nobody speaks in sentence {n}"
    spoken = sources_in(text)
    stands_in = any(
        fold(s.name) in words("pronouns_any", of="people") or is_report_noun(s.name) for s in spoken
    )
    known = content_stems(" ".join(source.name for source in spoken))
    if any(fold(source.name) in words("pronouns_person", of="people") for source in spoken):
        known |= _people_before(telling)
    elif not spoken and cue("reporting").search(text):
        known |= telling.known
    elif stands_in:  # "the report": of somebody named before
        known |= telling.known - content_stems(text)
    known |= _names_of(telling.spoken_of, known)
    for source in told:
        named = content_stems(source.name)
        if named and not named & known:
            yield "S01", f"{source.name} does not speak in sentence {n}"


def _people_before(telling: Telling) -> frozenset[str]:
    """Names of those for whom "she" may stand: the only person of the sentence before, else anybody spoken of."""
    only = only_person(telling.n - 1, telling.cast) if telling.n > 1 else None
    people = [only] if only else [member for member in telling.spoken_of if member.kind == "person"]
    return content_stems(" ".join(name for member in people for name in member.names))


def _names_of(members: Sequence[Member], known: frozenset[str]) -> frozenset[str]:
    """Every name of the members who are among the known."""
    names = [name for member in members for name in member.names if content_stems(member.name) & known]
    return content_stems(" ".join(names))


def _answer(telling: Telling) -> Iterator[Fault]:
    said, answered = stance_in(telling.claim), stance_in(telling.text)
    if said and (answered is None or answered[0] != said[0]):
        yield "L05", f"sentence {telling.n} gives another answer"


def _accusation(telling: Telling) -> Iterator[Fault]:
    claim, text, cast, n = telling.claim, telling.text, telling.cast, telling.n
    cues = [each for each in accusations_in(claim) if not _ALLEGED.search(claim[: each.end])]
    found = cue("finding", of="retelling").search(claim)
    if accusations_in(text) and found and not cue("finding", of="retelling").search(text):
        yield "L08", f"sentence {n} alleges it, it finds nothing"
    if not cues:
        told = up_to_told(claim, text)
        kept = sources_in(claim) or accusations_in(claim) or stance_in(claim)
        if cue("accusing").search(told) and not kept:
            yield "L08", f"sentence {n} alleges it"
        return
    if not accusations_in(text):
        yield "L01", f"sentence {n} accuses nobody"
        return
    if cues[0].voice not in {"active", "passive"}:
        return
    left, right = claim[: cues[0].start], claim[cues[0].end :]
    before = tuple(member for member in cast.members if names_anybody(left, member.names))
    named = (
        (found.start(), member)
        for member in cast.members
        if member not in before and (found := any_name((member.name,)).search(right))
    )
    after = tuple(member for _, member in sorted(named, key=lambda each: each[0]))
    active = cues[0].voice == "active"
    agents = re.match(r"\s+by\s[^,;]*?(?=\s(?:of|for)\s|[,;]|$)", right)
    agent = tuple(m for m in after if agents and names_anybody(agents[0], m.names))
    accusers, accused = (before, after[:1]) if active else (agent, before)
    fault = order_fault(Roles(n, accusers, accused), cast) if accused else None
    if fault:
        yield "L03", fault[1]
    missing = co_accusers(list(accusers), n, cast) if accusers else []
    if missing:
        yield "L04", f"sentence {n} also has {', '.join(member.name for member in missing)}"


def _qualifiers(telling: Telling) -> Iterator[Fault]:
    """ "former" and the like, lost before their word, or put before one that has none."""
    qualifiers = cue("qualifiers", of="retelling")
    for lost in qualifiers.finditer(telling.text):
        if not qualifiers.search(telling.claim) and _qualifies(lost, telling.text, telling.claim):
            yield "G09", f"“{lost[0]}” of sentence {telling.n} was dropped"
    told = " ".join((telling.near, *(m.role or "" for m in telling.spoken_of))).lower()
    for added in cue("qualifiers_of_office", of="retelling").finditer(telling.claim):
        if not re.search(rf"(?<!\w){re.escape(added[0].lower())}", told):
            yield "G09", f"“{added[0]}” is not in sentence {telling.n}"


def _qualifies(lost: re.Match[str], text: str, claim: str) -> bool:
    """Whether the claim has the word that the lost qualifier stands before."""
    following = re.match(r"[\s-]*(\w+)", text[lost.end() :])
    return following is not None and stem(fold(following[1])) in {stem(fold(m[0])) for m in tokens(claim)}
