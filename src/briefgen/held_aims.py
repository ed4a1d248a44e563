"""Whose aim a sentence gives, by its grammar alone: the subject of the verb that the aim goes with.

"Norland is building a road to reduce its debts": Norland. Where another subject, verb or object could hold the aim,
nobody does: the sentence is the model's to read (rule M02).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from briefgen.aims import Aim, read_aims
from briefgen.attribution import sources_in
from briefgen.charge_claims import NOT_PAST
from briefgen.grounding import fold
from briefgen.lexicon import cue, table, words
from briefgen.parties import parties_of, party, subject_parties

_CLAUSE = re.compile(r"[;:“”\"—–()]|\s--?\s")
_BEHIND_SOURCE = re.compile(r",?\s+(?:but|and|while|whereas|although|though)\s")
_PRONOUN = re.compile(
    r"(?:^|[“\"]|,\s+where\s+|,\s+|\bwhere\s+)(?P<who>[Hh]e|[Ss]he)\s+(?:[a-z]+ly\s+|also\s+|then\s+)*$"
)
_OFFICE = re.compile(
    r"(?:^|,\s+)(?:But\s+)?(?P<who>[Tt]he\s+(?:[A-Z]?[a-z]+\s+)?[A-Za-z]+)\s+(?:also\s+|then\s+|later\s+)*$"
)
_MAIN = re.compile(
    r"^(?:(?:In|On|During|At|After|Later|Next)\b[^,;]{0,40},\s+)?(?P<who>[Tt]he\s+[A-Z][a-z]+|[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,4})"
    r"\s+(?:has|had|will|is|was|plans|[a-z]+ed|[a-z]+s)\b"
)
_POSSESSED = re.compile(r"(?P<who>[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*){0,4})[’']s?\s+(?:[a-z]+\s+){0,2}$")
_OF_GOAL = re.compile(
    r"\s+of\s+(?P<who>(?:the\s+)?[A-Z][\w.’'-]*(?:\s+(?:of\s+)?[A-Z][\w.’'-]*){0,5})\s+(?:is|are|was|were)\s"
)
_EFFORT_BY = re.compile(r"\w+\s+by\s+(?P<who>(?:the\s+)?[A-Z].*?)\s+to\s")
_NAME_LAST = re.compile(r"(?:[A-Z][\w.’'-]*|\b(?:him|her|them|it|us))\s*$")
_WITH_NAME = re.compile(
    r"\b(?:in|at|with|to|into|from|meet|meets|met|meeting|join|joins|joined|host|hosts|hosted|visit|visits|visited|of|for|and|on|near|around|through|across|against|between|toward|towards|over|off|"
    r"by|against)\s+(?:the\s+|his\s+|her\s+|its\s+|their\s+)?(?:[\w’'-]+\s+){0,5}?(?:[A-Z][\w.’'-]*[,\s]*(?:and\s+|of\s+(?:the\s+)?)?){1,8}$"
)
_FOR_NAME = re.compile(r"\b(?:for|on|upon)\s+(?:the\s+|an?\s+|all\s+)?(?:[A-Z][\w.’'-]*\s*(?:of\s+)?){1,5}$")
_WHOSE = re.compile(r"(?:\w[’']s?|s[’'])\s+(?:[\w-]+\s+){0,3}$|\b(?:his|her|their)\s+(?:[\w-]+\s+){0,2}$")
_HAS = re.compile(r"has|have|had")
_PERFECT = re.compile(
    r"(?:[a-z]+ly\s+|also\s+|now\s+|already\s+)*(?:been|[a-z]+ed|[a-z]+en|[a-z]+t|made|met|come|gone|led|held|begun|done)\b"
)
_BY_OTHERS = re.compile(
    r"\bwith\s+(?:[\w’'-]+\s+){1,3}(?:using|trying|seeking|working|hoping|moving|fighting|pushing)\b"
)
""" "Scuffles broke out, with police using batons to contain them"."""
_FOR = re.compile(r"\bfor\s+(?P<whom>(?:(?!\bfor\b).)+)$")
_RELATIVE = re.compile(
    r"\b(?:the|an?|its|their|his|her|this|these|some|any|of|in|every)\s+(?:[\w’'-]+\s+){0,2}[\w’'-]+(?:\s+in\s+\w+)?,?\s+that\s+(?:the\s+)?$"
)
_REACH = 200


@dataclass(frozen=True)
class HeldAim:
    """An aim and who holds it, as the sentence writes him: a name, "He", or an office ("The President")."""

    holder: str
    text: str
    referring: bool = False
    """The holder is a pronoun or an office, named elsewhere."""


@lru_cache(maxsize=4096)
def held_aims(text: str) -> tuple[HeldAim, ...]:
    """The aims of one sentence whose holder its grammar leaves no doubt of."""
    found = (_held(text, aim) for aim in read_aims(text))
    return tuple(held for held in found if held is not None)


def _held(text: str, aim: Aim) -> HeldAim | None:
    if aim.kind == "goal":
        return _of_goal(text, aim)
    if aim.kind == "effort":
        by = _EFFORT_BY.match(text, aim.marker)
        who = party(by["who"]) if by else None
        return HeldAim(who, aim.text) if who else None
    left = text[max(0, aim.marker - _REACH) : aim.marker]
    base = aim.marker - len(left)
    boundary = [match.end() for match in _CLAUSE.finditer(left)][-1:] or [0]
    own = _own_verb(text, aim)
    verbs = list(_finite().finditer(left, boundary[0]))
    if own is None and not verbs:
        return None
    start = own if own is not None else base + verbs[-1].start()
    rest = "" if own is not None else text[start : aim.marker]
    if rest and not _keeps(rest, aim):
        return None
    return _holder(text, start, aim)


def _own_verb(text: str, aim: Aim) -> int | None:
    """Where the marker itself is the verb: "seeks to", "has sought to"."""
    marker = text[aim.marker : aim.marker + 12]
    found = re.match(r"(?:aims|seeks|aimed|is|are|has|have)\b", marker)
    return aim.marker if found and aim.kind == "to" else None


def _holder(text: str, verb: int, aim: Aim) -> HeldAim | None:
    """The subject of the verb, if it is one party, a pronoun that opens the sentence, or an office."""
    if _behind_another_source(text, verb):
        return None
    left = text[:verb]
    referring = _PRONOUN.search(left[-60:])
    if referring:
        if not left[: len(left) - len(left[-60:]) + referring.start("who")].strip(' “"'):
            return HeldAim(referring["who"], aim.text, referring=True)
        main = _MAIN.match(text)
        between = text[main.end("who") : verb] if main else ""
        if main and main["who"] and not re.search(r"\b(?:said|says|told|and|but|with)\b", between):
            return HeldAim(main["who"], aim.text, referring=main["who"].lower().startswith("the "))
        return None
    names = subject_parties(text, verb)
    if len(names) == 1 and _is_named(names[0]):
        relative = _RELATIVE.search(text[: text.rfind(names[0], 0, verb)])
        return None if relative else HeldAim(names[0], aim.text)  # not "the accord that Norland broke"
    office = _OFFICE.search(left) if not names else None
    if office and fold(office["who"].rsplit(maxsplit=1)[-1]) in words("offices", of="people"):
        return HeldAim(office["who"], aim.text, referring=True)
    return None


def _is_named(party: str) -> bool:
    """Not only a crowd: "Two officials"."""
    plain = (
        words("quantifiers", of="people")
        | words("party_crowds", of="grammar")
        | set(table("words")["numbers"])
    )
    return any(word[:1].isupper() and fold(word) not in plain for word in party.split())


def _behind_another_source(text: str, verb: int) -> bool:
    """ "Norland said it won, but Velia stayed to …": the article's own words behind somebody's."""
    return any(
        source.cue_start < verb and _BEHIND_SOURCE.search(text, source.cue_start + len(source.cue), verb)
        for source in sources_in(text)
    )


def _keeps(rest: str, aim: Aim) -> bool:
    """Nothing between the verb and the aim gives the aim to another: ``rest`` starts with the verb."""
    verb, _, after = rest.strip().partition(" ")
    verb = fold(verb.strip(","))
    reports = verb in words("reporting", of="cues") - words("makes_efforts", of="grammar")
    if (
        reports
        or verb in words("modals", of="grammar")
        or (_HAS.fullmatch(verb) and not _PERFECT.match(after))
    ):
        return False
    if _BY_OTHERS.search(after):
        return False
    asked = _FOR.search(after)
    if asked and party(asked["whom"]):
        return False  # "called for NATO members to …"
    if cue("moves_others", of="grammar").search(rest) or _suffers().match(rest.strip()):
        return False
    turned = cue("aim_turns", of="grammar").search(after)
    if turned and not (aim.kind == "because" and fold(turned[0]) in {"not", "no", "never"}):
        return False
    if (
        re.search(r",\s+(?!in\s|on\s)|[,]\s*$", after)
        and not re.search(r"[A-Z][\w.]*,\s+[A-Z]", after)
        and aim.kind != "to"
    ):
        return False
    before = after.strip(" ,")
    if _NAME_LAST.search(before) and (_FOR_NAME.search(before) or not _WITH_NAME.search(before)):
        return False
    last = fold(before.rsplit(maxsplit=1)[-1]) if before else ""
    if _WHOSE.search(before[: len(before) - len(last)]) and last in words("effort_nouns", of="grammar"):
        return False
    effort = last in words("effort_nouns", of="grammar") and aim.kind == "to"
    return not effort or bool(cue("makes_efforts", of="grammar").search(rest))


def _of_goal(text: str, aim: Aim) -> HeldAim | None:
    """ "The goal of the bloc is to …", "Norland's aim was to …"."""
    owner = _POSSESSED.search(text[: aim.marker])
    noun = re.match(r"\w+", text[aim.marker :])
    of = _OF_GOAL.match(text, aim.marker + len(noun[0])) if noun else None
    names = parties_of((of or owner)["who"]) if of or owner else ()  # type: ignore[index]
    return HeldAim(names[0], aim.text) if len(names) == 1 else None


@cache
def _finite() -> re.Pattern[str]:
    listed = cue("irregular_past", of="grammar").pattern
    return re.compile(
        rf"(?<=\s)(?:(?:has|have|had|is|are|was|were|did|does|do|will|would|can|could|may|might|must|should|shall)\b|"
        rf"(?:(?!{NOT_PAST}|united\b|combined\b|increased\b)[a-z]{{2,}}ed|{listed}|{cue('plain_presents', of='grammar').pattern})\b)"
    )


@cache
def _suffers() -> re.Pattern[str]:
    """ "was built to …": the aim is not the subject's."""
    listed = cue("irregular_participles", of="grammar").pattern
    return re.compile(
        rf"(?:(?:has|have|had)\s+(?:\w+ly\s+)?been|was|were|is|are|will\s+be|got)\s+(?:\w+ly\s+|now\s+|also\s+)*"
        rf"(?:(?!committed\b|determined\b|focused\b)\w+(?:ed|en)\b|{listed}|due\b|set\b|able\b|to\b|in\b)"
    )
