"""Reading a whole accusation out of one sentence: who accuses whom of what, where the grammar leaves no doubt.

Four shapes are read: "Norland accused Velia of jamming its radio" ("blamed Velia for the fire"), "Norland alleged that
Velia had jammed its radio" (and "has alleged Velian involvement"), "Velia was accused by Norland of jamming its radio",
"Velian ships have allegedly smuggled oil". Whatever the model makes of such a sentence, the accusation is in the brief
(rules L01 to L04, DOMAIN.md section 9). In doubt nothing is read: the sentence is the model's to read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from briefgen.accusations import accusations_in
from briefgen.attribution import is_name, is_report_noun, is_unnamed, source_name, sources_in
from briefgen.charge_claims import NOT_PAST, cut_claim, is_deed, is_whole, worded
from briefgen.geography import places_in
from briefgen.grounding import fold, is_negated
from briefgen.lexicon import cue, words
from briefgen.names import is_body
from briefgen.parties import parties_of, subject_parties

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.accusations import Accusation

_LINK = re.compile(r"\s+(?P<link>of|for)\s+(?=[“\"‘'][A-Za-z]|[a-z])")
_STOP = re.compile(r"[;:—“”\"]|\s[-–]\s|,\s(?![A-Z]|the\s+[A-Z]|and\s)")
_OBJECT_REACH = 140
_MOST_LINKS = 4
_MOST_CUES = 12
_THAT = re.compile(r"(?:\s+(?:for|in|on)\s+[a-z][^,;:A-Z“”\"]{0,30})?(?P<that>\s+that)?\s+")
_PRESENT = re.compile(
    r"(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*\s+(?P<verb>[a-z]+s)\s+(?:its|the|an?|their|his|her)\s"
)
_PRESENT_VERB = re.compile(r"\s[a-z]+s\b")
_NOUN = re.compile(r"\s+(?P<claim>[A-Z][\w-]+\s+[a-z][\w-]+.*)", re.DOTALL)
_BE = re.compile(r"\b(?:(?:has|have|had)\s+)?(?:been|is|are|was|were)\s+(?:\w+ly\s+)?$")
_BY = re.compile(r"\s+by\s+")
_IMAGINED = re.compile(
    r"\b(?:would|will|could|can|may|might|should|must|shall|to|if|whether|unless|not|never|without|who|whom|which|whose|that|"
    r"yet)\s+(?:have\s+|be\s+|been\s+|has\s+|had\s+)*(?:\w+ly\s+)?$"
)
_UNTRUE = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject\w*|dismiss\w*|refut\w*|doubt\w*|untrue|false|if|whether|unless|imagine|suppose)"
    r"\b[^,;.]{0,30}$"
)
_IN_DOING = re.compile(r"\s(?:is|are|was|were)\s+[a-z][a-z ]{2,30}\s+in\s+$")
_SAID_HE = re.compile(
    r"(?:,\s+)?(?:and|but)\s+(?:[a-z]+ly\s+)?(?:also\s+)?(?:he|she)\s+(?:\w+ly\s+|also\s+)?$"
)


@dataclass(frozen=True)
class Charge:
    """An accusation as the sentence words it; parties as written, ``claim`` a clause or a gerund."""

    accusers: tuple[str, ...]
    accused: tuple[str, ...]
    claim: str


@lru_cache(maxsize=4096)
def charges_in(text: str) -> tuple[Charge, ...]:
    """The accusations of one sentence whose shape leaves no doubt who accuses whom."""
    if text.rstrip(" ”\"'’").endswith("?"):
        return ()
    return tuple(_charges(text))


def is_gerund(claim: str) -> bool:
    """Whether the claim has no verb of its own ("firing missiles at Ostia", "responsibility for the attack")."""
    first = re.match(r"[“\"‘]?(?:\w+ly\s+|not\s+)?(\w+)", claim)
    if first is None:
        return False
    opens = first[1].endswith("ing") or first[1].casefold() == "responsibility"
    return opens or bool(cue("deeds").search(claim[:60]))


def is_vague(claim: str) -> bool:
    """Whether the claim only names responsibility or involvement: who says so twice, says the same."""
    return bool(re.match(r"responsibility\b", claim)) or bool(cue("deeds").match(claim.partition(" ")[2]))


def _charges(text: str) -> Iterator[Charge]:
    for each in accusations_in(text)[:_MOST_CUES]:
        near = text[max(0, each.start - 90) : each.start]
        if is_negated(near, len(near)) or _IMAGINED.search(near[-40:]) or _UNTRUE.search(_clause(near)):
            continue
        verb = fold(text[each.start : each.end])
        if each.voice == "passive":
            found = _passive(text, each, verb)
        elif each.voice == "active":
            found = _active(text, each, verb)
        elif each.voice == "adverb" and verb == "allegedly":
            found = _allegedly(text, each)
        else:
            continue
        if found and _subordinate().search(near):
            found = replace(found, claim=found.claim.partition(",")[0])
        if found and found.accused and is_whole(found.claim):
            yield found


def _clause(near: str) -> str:
    """What stands before the subject: "denied that" of "denied that Norland"."""
    return re.sub(r"(?:that\s+)?(?:the\s+)?(?:[A-Z][\w.’'-]*\s+){1,4}(?:[a-z]+\s+){0,2}$", "", near)


def _active(text: str, each: Accusation, verb: str) -> Charge | None:
    accusers = _accusers(text, each, verb)
    if not accusers:
        return None
    if cue("charging").fullmatch(verb):
        return _object(text, each, accusers)
    if not cue("alleging").fullmatch(verb):
        return None
    noun = _NOUN.match(text, each.end)
    places = places_in(noun["claim"]) if noun else ()
    if noun and places and places[0].start == 0 and cue("deeds").match(noun["claim"], places[0].end + 1):
        return Charge(accusers, (noun["claim"][: places[0].end],), cut_claim(noun["claim"], noun=True))
    return _clause_charge(text, each, accusers)


def _accusers(text: str, each: Accusation, verb: str) -> tuple[str, ...]:
    """The row that is the verb's subject, or whom "… said, and he" stands for."""
    left = text[: each.start]
    if verb.endswith("ing"):
        doing = _BE.search(left[-40:]) or _IN_DOING.search(left[-60:])
        return subject_parties(text, len(left) - len(doing[0])) if doing else ()
    said_he = _SAID_HE.search(left[-60:])
    if said_he:
        before = left[: len(left) - len(said_he[0])]
        sources = {source_name(s.name) for s in sources_in(text) if s.cue_start < len(before)}
        people = [name for name in sources if is_name(name) and not is_body(name)]
        return tuple(people) if len(people) == len(sources) == 1 else ()
    return subject_parties(text, each.start)


def _object(text: str, each: Accusation, accusers: tuple[str, ...]) -> Charge | None:
    """ "… accused Velia of …": the first link before which a party stands and behind which a deed does."""
    rest = text[each.end : each.end + _OBJECT_REACH]
    wanted = "of" if fold(text[each.start : each.end]).startswith(("accus", "suspect")) else "for"
    stop = _STOP.search(rest.lstrip(' “"')) if rest.lstrip()[:1] in {"“", '"'} else _STOP.search(rest)
    for link in list(_LINK.finditer(text, each.end, each.end + len(rest)))[:_MOST_LINKS]:
        said = text[each.end : link.start()]
        claim = text[link.end() :]
        if link["link"] != wanted or not is_deed(claim, link["link"]):
            continue
        accused = parties_of(said)
        if accused:
            return Charge(accusers, accused, worded(wanted, claim))
        if stop and each.end + stop.start() < link.start():
            return None
    return None


def _clause_charge(text: str, each: Accusation, accusers: tuple[str, ...]) -> Charge | None:
    """ "… alleged that Velia had …": the clause's subject did it itself."""
    that = _THAT.match(text, each.end)
    verb = _finite().search(text, that.end(), that.end() + _OBJECT_REACH) if that else None
    present = _PRESENT.match(text, that.end()) if that and that["that"] else None
    if present and (verb is None or present.start("verb") < verb.start()):
        verb = _PRESENT_VERB.search(text, present.start("verb") - 1)
    if that is None or verb is None:
        return None
    said, claim = text[that.end() : verb.start()], cut_claim(text[verb.start() + 1 :])
    accused = parties_of(said)
    alleges = fold(text[each.start : each.end]).startswith("alleg")
    if not accused or _suffers().match(claim) or not (alleges or _tells_wrong(claim)):
        return None
    return Charge(accusers, accused, f"{said.strip()} {claim}")


def _tells_wrong(claim: str) -> bool:
    """ "claims" accuses only where it tells of a wrong, and not that it was not done."""
    wrong = cue("wrongdoing").search(claim) or cue("wrongs", of="grammar").search(claim)
    return wrong is not None and not cue("negations").search(claim[: wrong.start()])


def _allegedly(text: str, each: Accusation) -> Charge | None:
    """ "Velian ships have allegedly smuggled oil, according to a report": the accuser is whoever says so, if named."""
    accused = subject_parties(text, each.start)
    auxiliary = re.search(r"\s(has|have|had)\s+$", text[: each.start])
    claim = cut_claim(text[each.end :])
    if len(accused) != 1 or not cue("wrongdoing").search(text) or not _acts(claim, bool(auxiliary)):
        return None
    sources = [s for s in sources_in(text) if s.start != each.start]
    if any(not cue("according").fullmatch(s.cue) for s in sources):
        return None
    named = [source_name(s.name) for s in sources]
    accusers = tuple(name for name in named if not is_report_noun(name.split()[-1]) and not is_unnamed(name))
    told = " ".join(filter(None, (accused[0], auxiliary and auxiliary[1], claim)))
    return Charge(accusers, accused, told)


def _acts(claim: str, perfect: bool) -> bool:
    """The words behind "allegedly" open with the verb: "have allegedly smuggled", "allegedly smuggled"."""
    first = claim.split(maxsplit=1)[:1]
    past = bool(first) and (
        first[0].endswith("ed") or fold(first[0]) in words("irregular_past", of="grammar")
    )
    return past or (
        perfect and bool(first) and fold(first[0]) in words("irregular_participles", of="grammar")
    )


def _passive(text: str, each: Accusation, verb: str) -> Charge | None:
    be = _BE.search(text[max(0, each.start - 40) : each.start])
    if be is None or not cue("charging").fullmatch(verb):
        return None
    accused = subject_parties(text, each.start - len(be[0]))
    by = _BY.match(text, each.end)
    start = by.end() if by else each.end
    wanted = "for" if verb.startswith(("blam", "fault")) else "of"
    for link in list(_LINK.finditer(text, start, start + _OBJECT_REACH))[:_MOST_LINKS]:
        claim = text[link.end() :]
        if link["link"] != wanted or not is_deed(claim, wanted):
            continue
        agent = text[start : link.start()]
        accusers = parties_of(agent) if by else ()
        told = worded(wanted, claim)
        if (by and accusers) or (not by and not agent.strip() and not re.search(r"\bby\b", told)):
            return Charge(accusers, accused, told)
    return None


@cache
def _subordinate() -> re.Pattern[str]:
    """A clause that another one follows: its comma ends the claim ("after Norland accused Velia of lying, talks …")."""
    return re.compile(rf"(?:^|\s)(?i:{cue('subordinate', of='grammar').pattern})\s[^,;:]*$")


@cache
def _finite() -> re.Pattern[str]:
    """A finite verb, with the space before it."""
    listed = cue("irregular_past", of="grammar").pattern
    return re.compile(
        rf"\s(?:has|have|had|is|are|was|were|did|does|do|(?!{NOT_PAST}|armed\s+forces|alleged\b|united\b)[a-z]{{2,}}ed|{listed})\b"
    )


@cache
def _suffers() -> re.Pattern[str]:
    """The subject of a passive is who suffered, not who did it."""
    listed = cue("irregular_participles", of="grammar").pattern
    return re.compile(
        rf"(?:(?:has|have|had)\s+(?:\w+ly\s+)?been|was|were|is|are|got)\s+(?:\w+ly\s+)?(?:\w+(?:ed|en)\b|{listed})"
    )
