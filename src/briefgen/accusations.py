"""Reading an accusation in a sentence: who accuses whom (rules L01 to L03), and how the accused answered (L05).

The order around the accusing word is the grammar: accusers precede an active verb and the accused follow it;
a passive turns this round; "allegedly" names no accuser of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from briefgen.accused import accused_regions
from briefgen.attribution import phrase_after, row_start, sources_in, speaker_of, subject_before
from briefgen.confirmations import member_named
from briefgen.geography import country_of, places_in
from briefgen.grounding import fold
from briefgen.lexicon import cue, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.cast import Cast, Member

Voice = Literal["active", "passive", "adverb", "noun"]

_BE = re.compile(
    r"\b(?:is|are|was|were|been|being|be|stands?|stood|has been|have been)\s+(?:\w+ly\s+)?$", re.IGNORECASE
)
_DETERMINED = re.compile(
    r"(?:\b(?:the|these|those|an?|its|his|her|their|such|any|of|to|on|by|over)|['’]s?|\w+(?:an|ese|ish|i))\s+$",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:would|will|should|must|could|may|might|wants? to)\b")
"""What somebody says will or should be done is no accusation."""
_INDEFINITE = re.compile(r"\ban?\s+$")
""""an American spy" is no accusation of America."""
_NOUN_REACH = 60
_OPENING = re.compile(r"(?:But|And|Then|Also|Earlier|Later|Early|Late)")
_AUXILIARY = re.compile(r"[\s,]*(?:has|have|had|also|again|publicly|openly)?\s*")
_CLAIM_BEGINS = re.compile(r"\b(?:of|that|for|over|with|to|in|had|has|have|was|were|is|are)\b")


@dataclass(frozen=True, slots=True)
class Accusation:
    """An accusing word at ``text[start:end]`` and how it governs the sentence."""

    voice: Voice
    start: int
    end: int


@lru_cache(maxsize=4096)
def accusations_in(text: str) -> tuple[Accusation, ...]:
    """Every word of the sentence that accuses. A verb of saying counts where it reports a wrong done."""
    found = [
        Accusation(_voice(text, m), m.start(), m.end())
        for m in cue("accusing").finditer(text)
        if not re.search(r"(?:\b(?:do|does|did)\s+not|n[’']t)\s+$", text[: m.start()])
        and not _only_disapproves(text, m)
    ]
    if not found and cue("wrongdoing").search(text):
        found = [
            Accusation("active", m.start(), m.end())
            for m in cue("saying_accuses").finditer(text)
            if not _TO_COME.search(_up_to_the_wrong(text[m.end() :]))
        ]
    return tuple(found)


def _up_to_the_wrong(text: str) -> str:
    wrong = cue("wrongdoing").search(text)
    return text[: wrong.start()] if wrong else text


def _only_disapproves(text: str, match: re.Match[str]) -> bool:
    """ "condemned the accord": a view of something, unless it tells the wrong that was done."""
    if not cue("disapproving", of="grammar").fullmatch(match[0]):
        return False
    after = text[match.end() :]
    return not cue("wrongdoing").search(after) and not re.search(r"\b(?:for|as)\b", after)


def _voice(text: str, match: re.Match[str]) -> Voice:
    word = fold(match[0])
    before = text[: match.start()]
    if word == "allegedly" or "believed" in word:
        return "passive" if "believed" in word else "adverb"
    if word == "alleged" and (
        re.match(r"\s+(?!that\b|the\b|to\b)[a-zA-Z]", text[match.end() :]) or _BE.search(before)
    ):
        return (
            "passive"
            if _BE.search(before)
            else ("active" if subject_before(text, match.start()) else "adverb")
        )
    if word in words("accusing_nouns", of="grammar") and (
        word not in {"claims", "charges"} or _DETERMINED.search(before)
    ):
        return "noun"
    if word in words("turning_verbs", of="grammar") and (
        _BE.search(before) or re.match(r"\s+by\b", text[match.end() :])
    ):
        return "passive"
    return "active"


def spans_of(member: Member, n: int, cast: Cast) -> list[tuple[int, int]]:
    """Where sentence ``n`` names the member; a state by its adjective or seat too."""
    spans = [(m.start, m.end) for m in cast.mentions(n) if m.member.id == member.id]
    code = country_of(member.name)
    if code:
        text = cast.article.sentence(n).text
        spans += [
            (p.start, p.end)
            for p in places_in(text)
            if p.code == code and not (p.form == "adjective" and text[p.end : p.end + 1] in {"-", "‑"})
        ]
    return sorted(set(spans))


@dataclass(frozen=True)
class Roles:
    """Who accuses whom, as somebody claims of sentence ``n``."""

    n: int
    accusers: tuple[Member, ...]
    accused: tuple[Member, ...]


def order_fault(roles: Roles, cast: Cast) -> tuple[str, str] | None:
    """Why the sentence does not have these roles: the rule's code and a message; ``None`` if it has them."""
    text = cast.article.sentence(roles.n).text
    cues = accusations_in(text)
    if not cues:
        return "L01", f"sentence {roles.n} accuses nobody"
    if {member.id for member in roles.accusers} & {member.id for member in roles.accused}:
        return "L02", "accuser and accused are the same"
    if any(_fits(each, roles, cast) for each in cues):
        return None
    turned = Roles(roles.n, roles.accused, roles.accusers)
    if roles.accusers and any(_fits(each, turned, cast) for each in cues):
        return "L03", f"accuser and accused are swapped in sentence {roles.n}"
    names = ", ".join(member.name for member in (*roles.accusers, *roles.accused))
    return "L02", f"sentence {roles.n} does not set these against each other: {names}"


def _fits(each: Accusation, roles: Roles, cast: Cast) -> bool:
    text = cast.article.sentence(roles.n).text
    if each.voice == "active":
        accusers = bool(roles.accusers) and all(
            _is_subject(member, roles.n, each, cast) for member in roles.accusers
        )
        return accusers and all(_is_accused(member, roles.n, each, cast) for member in roles.accused)
    if each.voice == "passive":
        by = re.search(r"\bby\b", text[each.end :])
        agent = (each.end + by.end() if by else len(text), len(text))
        return all(_is_accused(m, roles.n, each, cast) for m in roles.accused) and all(
            _stands(m, roles.n, agent, cast) or _is_source(m, roles.n, cast) for m in roles.accusers
        )
    if each.voice == "noun":
        return _fits_noun(each, roles, cast)
    return all(_is_accused(m, roles.n, each, cast) for m in roles.accused) and all(
        _is_source(m, roles.n, cast) for m in roles.accusers
    )


def _fits_noun(each: Accusation, roles: Roles, cast: Cast) -> bool:
    """ "its accusations against Velia", "Velian allegations that Norland …", "the allegation by Norland"."""
    text = cast.article.sentence(roles.n).text
    by = re.match(r"\s+(?:by|from)\b", text[each.end :])
    agent = phrase_after(text, each.end + by.end()) if by else None
    region = (agent[1], agent[1] + len(agent[0])) if agent else (max(0, each.start - _NOUN_REACH), each.start)
    for member in roles.accusers:
        if not _stands(member, roles.n, region, cast) and not _is_source(member, roles.n, cast):
            return False
    after = (agent[1] + len(agent[0]) if agent else each.end, len(text))
    return bool(roles.accusers) and all(_stands(member, roles.n, after, cast) for member in roles.accused)


def _stands(member: Member, n: int, region: tuple[int, int], cast: Cast) -> bool:
    """The member is named in this stretch of the sentence, or a pronoun there can stand for it."""
    text = cast.article.sentence(n).text
    spans = spans_of(member, n, cast)
    if spans:
        return any(
            region[0] <= start and end <= region[1] and not _INDEFINITE.search(text[:start])
            for start, end in spans
        )
    listed = "stands_for_person" if member.kind == "person" else "stands_for_body"
    pronoun = cue(listed, of="grammar").search(text[region[0] : region[1]])
    return bool(pronoun) and _named_before(member, n, cast)


def _is_accused(member: Member, n: int, each: Accusation, cast: Cast) -> bool:
    """The member stands where the word that accuses has its accused: before a passive, else behind the word and
    before what is alleged.
    """
    text = cast.article.sentence(n).text
    named = [span for other in cast.members for span in spans_of(other, n, cast)]
    named += [(place.start, place.end) for place in places_in(text)]
    found = accused_regions(text, each, named)
    if spans_of(member, n, cast):
        return any(_stands(member, n, region, cast) for region in found.names)
    return found.pronouns is not None and _stands(member, n, found.pronouns, cast)


def _is_subject(member: Member, n: int, each: Accusation, cast: Cast) -> bool:
    """The member stands in the row of names right before the verb, not merely somewhere before it."""
    text = cast.article.sentence(n).text
    subject = speaker_of(text, each.start, each.end)
    spans = [span for span in spans_of(member, n, cast) if span[1] <= each.start]
    if not text[: each.start].strip() and text[each.start : each.end].casefold().endswith("ing"):
        main = text.find(", ", each.end) + 2  # "Accusing Velia of lying, Norland left"
        return any(0 <= span[0] - main <= 4 for span in spans_of(member, n, cast))
    if not spans:
        if subject and subject[1] > each.start:
            last = subject[1] + len(subject[0])
            return any(subject[1] <= span[0] and span[1] <= last for span in spans_of(member, n, cast))
        return _is_pronoun(subject) and _named_before(member, n, cast) and not spans_of(member, n, cast)
    if subject is None:
        return True
    first, last = row_start(text, subject[1]), subject[1] + len(subject[0])
    if any(first <= span[0] and span[1] <= last for span in spans):
        return True
    listed = "stands_for_person" if member.kind == "person" else "stands_for_body"
    return _is_pronoun(subject) and bool(cue(listed, of="grammar").fullmatch(subject[0]))


def _is_pronoun(subject: tuple[str, int] | None) -> bool:
    return subject is not None and fold(subject[0]) in words("pronouns_any", of="people")


def _named_before(member: Member, n: int, cast: Cast) -> bool:
    return any(k >= 1 and spans_of(member, k, cast) for k in (n - 1, n - 2))


def _is_source(member: Member, n: int, cast: Cast) -> bool:
    text = cast.article.sentence(n).text
    for source in sources_in(text):
        inside = text[source.start : source.end]
        if any(name in inside for name in member.names):
            return True
    return False


def co_accusers(accusers: Sequence[Member], n: int, cast: Cast) -> list[Member]:
    """Members coordinated with the accusers before an active verb that were not listed (L04); whoever accuses in a
    passive or with "allegedly", where nobody was listed.
    """
    text = cast.article.sentence(n).text
    for each in accusations_in(text):
        if each.voice in {"passive", "adverb"} and not accusers:
            return _agents(text, n, each, cast)
        if each.voice != "active":
            continue
        subject = subject_before(text, each.start)
        if subject is None:
            continue
        row = [
            m.member
            for m in cast.mentions(n)
            if row_start(text, subject[1]) <= m.start and m.end <= subject[1] + len(subject[0])
        ]
        if any(member in row for member in accusers):
            return [member for member in dict.fromkeys(row) if member not in accusers]
    return []


def _agents(text: str, n: int, each: Accusation, cast: Cast) -> list[Member]:
    """Who accuses where the verb has no subject that does: "was accused by Norland", "…, Norland said"."""
    by = re.match(r"\s+by\b", text[each.end :])
    agent = phrase_after(text, each.end + by.end()) if by else None
    names = [agent[0]] if agent else [s.name for s in sources_in(text) if s.cue_start != each.start]
    found = (member_named(name, n, cast) for name in names)
    return [member for member in dict.fromkeys(found) if member is not None]


def dates_accusing(text: str, start: int, end: int, each: Accusation) -> bool:
    """Whether the time phrase ``text[start:end]`` dates the accusing, not what is alleged (L09).

    It does where it opens the sentence ("In January, Norland accused …", "In a statement on Monday, …"), or stands
    right at the accusing word, before the claim begins ("accused Velia on Monday of …").
    """
    if end <= each.start:
        left = text[:start].strip(" ,“\"'")
        opens = not left or bool(_OPENING.fullmatch(left))
        opens = opens or bool(
            re.match(r"(?:In|At|During)\b[^,;]*$", left) and cue("telling_noun", of="grammar").search(left)
        )
        between = text[end : each.start]
        return (opens and not re.search(r"[;:]", between)) or bool(_AUXILIARY.fullmatch(between))
    between = text[each.end : start]
    return each.end <= start and not _CLAIM_BEGINS.search(between) and not re.search(r"[,;:]", between)
