"""Noun phrases that name who acts, and nothing else: the whole row right before a verb, or an object.

Read for what code vouches for by itself (:mod:`briefgen.charges`, :mod:`briefgen.holders`): where a phrase may go on
to the left, or its head is nobody who acts, nothing is read.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from briefgen.attribution import is_name, source_name
from briefgen.geography import places_in
from briefgen.grounding import fold
from briefgen.lexicon import cue, words

_REACH = 320
"""How many characters before a verb its subject is looked for."""
_MOST_WORDS = 10
_AND = re.compile(r",?\s+and\s+$")
_COMMA = re.compile(r",\s+$")
_NO_START = re.compile(r"\b(?:well as|such as|or|nor)\s+$", re.IGNORECASE)
_TO = re.compile(r"\b(loyal|close|linked|opposed) to\b")
_PARTY_LETTER = re.compile(r"(?:[RDI]-[A-Z]\w+\.?|\(?[RD]\)?|\d+|Jr\.?)(?!\w)")
"""Behind a politician's name: "R-Fla.", "(D)"; behind anybody's, the age."""
_WHEN = re.compile(
    r"^(?:(?:Also|Earlier|Later|Late|Early|Meanwhile|Then|Now|Separately|Similarly|Again|Still|Even|Only|Perhaps|Yet|"
    r"But|And|So)\s+)?(?:(?:(?:On|In|Last|This|Late|Early|Earlier|on|in|last|this)\s+(?:(?:late|early|last|this)\s+)?)?"
    r"(?:(?:[Tt]oday|[Yy]esterday|\w+day|week|month|year|\d{4})(?:\s+(?:morning|evening|night|afternoon))?)\s+)?"
)
_TRAILING_WHEN = re.compile(
    r"\s+(?:(?:on|in|last|this|earlier|late|early)\s+)*(?:last\s+|this\s+)?(?:today|yesterday|\w+day|week|month|year)"
    r"(?:\s+(?:morning|evening|night|afternoon))?$"
)
_DETERMINER = re.compile(r"^(?:[Tt]he|[Aa]n?|[Bb]oth)\s+")
_TAIL = re.compile(r"\s+(?:of|in|from|loyal to|close to|linked to|opposed to)\s+(?=(?:the\s+)?\S)")
_DESCRIBED = re.compile(
    r"(?P<front>.*?\s)?(?P<noun>[a-z]+)(?:\s+the|(?:(?<=republic)|(?<=kingdom))\s+of)?\s+"
    r"(?P<name>[A-Z][\w.’'-]*(?:\s+(?:(?:of|&|and|the|for)\s+)*[A-Z&][\w.’'-]*)*)$"
)
_ITSELF = re.compile(r"\s+(?:itself|himself|herself|themselves)$")
_ABBREVIATED = re.compile(
    r"(?:\b\w|\b(?:St|Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Maj|Capt|Adm|Rev|Jr|Sr|No)|\.\w)\.$"
)


@lru_cache(maxsize=4096)
def subject_parties(text: str, verb: int) -> tuple[str, ...]:
    """Everybody in the row that is the subject of the verb at ``text[verb:]``, as written; ``()`` in any doubt."""
    base = max(0, verb - _REACH)
    left = _without_aside(_before_verb().sub("", text[base:verb]).rstrip())
    if not left or (base and not _opener().search(left[1:])):
        return ()
    found: list[str] = []
    while True:
        start = [match.end() for match in _opener().finditer(left)][-1]
        part, left = left[start:], left[:start]
        part = part if found else _conjunction().sub("", part)
        name = party(part if found and left else _WHEN.sub("", part))
        if name is None:
            return _row(found) if len(found) > 1 and _opens_only(part) else ()
        found.insert(0, name)
        joined = _AND.search(left) or (_COMMA.search(left) if len(found) > 1 else None)
        if joined is None:
            return () if _NO_START.search(left) else _row(found)
        left = left[: joined.start()].rstrip(" ,")


def parties_of(phrase: str) -> tuple[str, ...]:
    """The parties of a whole phrase such as "the United States, Norland and Velia"; ``()`` in any doubt."""
    phrase = _TRAILING_WHEN.sub("", phrase.strip(' “”"'))
    parts = re.split(r",\s+(?:and\s+)?|\s+and\s+", phrase)
    named = [party(part) for part in parts]
    return _row([name for name in named if name]) if all(named) else ()


@lru_cache(maxsize=4096)
def party(phrase: str) -> str | None:
    """The phrase without its article if it names somebody who acts, a crowd, or one described by a name."""
    phrase = _ITSELF.sub("", phrase.strip(" “”\"'‘’-–"))
    bare = _DETERMINER.sub("", _DETERMINER.sub("", phrase))
    head = _TAIL.split(bare, maxsplit=1)[0].split()
    parts = bare.split()
    if not head or len(parts) > _MOST_WORDS or (bare[-1] in ",;:." and not _ABBREVIATED.search(bare)):
        return None
    plain = _TO.sub(r"\1", bare).split()
    clause = {fold(word) for word in plain if not word.isupper()} & _not_in_party()
    if clause or fold(parts[-1]) in words("not_actors", of="people") or _two_sentences(bare):
        return None
    return source_name(bare) if _can_stand(bare, head) else None


def own_name(name: str) -> str:
    """The name at the end of a party with a description in front: "Gulfline" of "Norlandic company Gulfline"."""
    described = _DESCRIBED.match(name)
    if described is None:
        return name
    front = {fold(word) for word in f"{described['front'] or ''} {described['noun']}".split()}
    return name if front & words("function") else described["name"]  # not "forces in eastern Norland"


def _can_stand(bare: str, head: list[str]) -> bool:
    last = fold(head[-1])
    crowd = last in words("party_crowds", of="grammar")
    alone = len(head) == 1 and not crowd and (last in _not_alone() or _is_adjective(head[0]))
    offices = not crowd and {fold(word) for word in head} <= words("titles", of="people") | words(
        "offices", of="people"
    )
    if alone or offices or {fold(word) for word in head} & words("no_party", of="grammar"):
        return False  # "Administration", "Some", "Republican" at the start of a sentence
    if crowd:
        return True
    if head[-1][:1].isupper():
        tail = bare[len(" ".join(head)) :].split()
        return not tail or tail[-1][:1].isupper()
    polity = last in words("polities", of="people") and bare[len(" ".join(head)) :].split()[-1:]
    if polity and polity[0][:1].isupper():
        return True  # "island republic of Ilmara"
    return any(word[:1].isupper() for word in head) and last in _single_heads()


def _opens_only(part: str) -> bool:
    """ "In January, Velia and Ostia": a phrase before the row, no part of it; "In Norland, Velia and Ostia": who knows."""
    last = part.rsplit(maxsplit=1)[-1] if part.strip() else ""
    dated = fold(last) in words("months") or last.endswith("day") or last.isdigit()
    return bool(cue("opening_phrases", of="grammar").match(part)) and (dated or last[:1].islower())


def _row(names: list[str]) -> tuple[str, ...]:
    """The row, unless it may be one name ("the Portugal and Juventus forward", "Minister of Trade and Industry Lind")."""
    if len(names) == 1:
        return tuple(names)
    for name, after in pairwise(names):
        if (
            _TAIL.search(name)
            or _is_adjective(name)
            or fold(name.split()[-1]) in words("offices", of="people")
        ):
            return ()
        if name[:1].isupper() and len(name.split()) == 1 and after.split()[-1][:1].islower():
            if places_in(name)[:1] and after.split()[-1] in words("party_crowds", of="grammar"):
                continue
            return ()
    return tuple(names) if len({fold(name) for name in names}) == len(names) else ()


def _is_adjective(name: str) -> bool:
    places = places_in(name)
    return bool(places) and places[0].form == "adjective" and places[0].end == len(name)


def _without_aside(left: str) -> str:
    """ "Velia, which …," and "Marco Rubio, R-Fla.,": the subject stands before; "the premier, Bo Lind,": the name."""
    if not left.endswith(","):
        return left
    head, found, aside = left[:-1].rpartition(",")
    aside = aside.strip()
    if not found or len(aside) > 120:
        return ""
    if is_name(aside) and cue("offices", of="people").search(head[-90:]):
        office = re.search(r"(?:^|[,;“\"]\s*|\bthat\s|\bbut\s)(?:[Tt]he\s+|[Ii]ts\s+)?[^,;“\"]{2,90}$", head)
        return aside if office and not re.search(r"\b(?:and|or)\b", office[0]) else ""
    return head if cue("aside_opens", of="grammar").match(aside) or _PARTY_LETTER.match(aside) else ""


def _two_sentences(phrase: str) -> bool:
    return any(
        not _ABBREVIATED.search(phrase[: match.start() + 1]) for match in re.finditer(r"\.(?=\s)", phrase)
    )


@cache
def _not_in_party() -> frozenset[str]:
    """Words that no party has: those of a clause."""
    return (
        (words("function") - words("in_party", of="grammar"))
        | words("not_in_party", of="grammar")
        | words("pronouns_any", of="people")
    )


@cache
def _single_heads() -> frozenset[str]:
    """Heads of a party that a name describes: "Velian government", "Norland spokesman"."""
    lists = ("offices", "organisation", "government", "media")
    return frozenset().union(*(words(name, of="people") for name in lists)) | words(
        "party_heads", of="grammar"
    )


@cache
def _not_alone() -> frozenset[str]:
    """Words that are no party by themselves, whatever their capital."""
    return _single_heads() | words("in_party", of="grammar") | words("titles", of="people")


@cache
def _opener() -> re.Pattern[str]:
    """Where a noun phrase may begin: behind a mark, or a word that opens a clause."""
    listed = cue("clause_openers", of="grammar").pattern
    return re.compile(rf"^|[;:—–“”\"()]\s*|\s--?\s|,\s+(?!(?:Jr|Sr|I{{2,3}})\b)|(?:{listed})\s+")


@cache
def _conjunction() -> re.Pattern[str]:
    return re.compile(rf"^(?!If\b|if\b)(?i:{cue('subordinate', of='grammar').pattern})\s+")


@cache
def _before_verb() -> re.Pattern[str]:
    """What may stand between a subject and its verb: "has repeatedly", "on Friday"."""
    return re.compile(
        rf"(?:\s+(?:{cue('before_verb', of='grammar').pattern}|(?!ally\b|family\b|assembly\b|Italy\b)[a-z]+ly|"
        rf"(?:(?:on|last|this)\s+)?[A-Z]?[a-z]+day|(?:last|this)\s+(?:week|month|year)|in\s+(?:{cue('months', of='words').pattern}|\d{{4}})))*\s*$"
    )
