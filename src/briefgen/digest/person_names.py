"""A person's name by its parts: given names, surname, initials, suffix.

nameparser (2.6) was tried on the names of news articles and left out: it knows "Mr" and "King", not "Russian President"
or "Kremlin spokesman", which :mod:`briefgen.names` strips; it takes Kim for a given name and Un for a surname; and at
130 microseconds a name it would be most of what merging costs. What it does well, initials and "Jr", are five lines here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from briefgen.digest.plain_names import plain, without_places
from briefgen.grounding import fold
from briefgen.lexicon import table, words
from briefgen.names import strip_titles
from briefgen.offices import is_office

_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}|[A-Z]{1,2}")
_ASIDE = re.compile(r"[“\"(][^“”\"()]*[”\")]|,")
_ARTICLE = re.compile(r"^(?:al|el)[-‑](?=\w{2})", re.IGNORECASE)
_HYPHEN = re.compile(r"[-‑–]")
_NAME_WORD = re.compile(r"[^\W\d_][\w’'.‑-]*")


@dataclass(frozen=True, slots=True)
class PersonName:
    """``keys``: the name folded, with hyphens as spaces and, where it has some, without ("jong un", "jongun").

    ``bare``: it is a surname or an only name. ``surnames``: the last word, and the first of an East Asian name; none if
    it is hardly a person's. ``initials``: of middle names; two Georges with different ones are two.
    """

    keys: tuple[str, ...]
    surnames: tuple[str, ...]
    initials: str = ""
    bare: bool = False


@lru_cache(maxsize=65536)
def person_name(name: str) -> PersonName:
    """Take a person's name apart. "Jr" stays part of it: father and son are two."""
    people = table("aliases")["people"]
    whole = _ASIDE.sub(" ", name).split()
    suffix = [plain(whole.pop())] if len(whole) > 1 and plain(whole[-1]) in people["suffixes"] else []
    parts = own_parts(" ".join(whole))
    while len(parts) > 2 and _INITIALS.fullmatch(parts[0]) and _INITIALS.fullmatch(parts[1]):
        parts[:2] = [parts[0] + parts[1]]  # "J. D. Vance"
    initials = "".join(plain(part) for part in parts[1:-1] if _INITIALS.fullmatch(part))
    given = [_folded(part) for at, part in enumerate(parts[:-1]) if not (at and _INITIALS.fullmatch(part))]
    given = [
        part
        for at, part in enumerate(given)
        if not _is_dropped(part, first=at == 0 and parts[0][:1].isupper())
    ]
    last = _surname(parts[-1]) if parts else ""
    title = plain(name).partition(" ")[0]
    if not given and title in people["royal"] and title != last:
        given = [title]
    if not suffix and all(part in people["particles"] for part in given):
        return PersonName(_spellings(last), _spellings(last)[:1], bare=True)
    given = [_given_names().get(part, part) for part in given]
    keys = _spellings(" ".join([*given, last, *suffix]))
    return PersonName(keys, _surnames(keys[0].split(), _spellings(last)[0]), initials)


@lru_cache(maxsize=16384)
def described(name: str) -> bool:
    """Whether these are words for somebody without a name: "senior Israeli official", "Ambassador"."""
    ordinary = words("in_titles", of="people") | words("portfolios", of="people")
    ordinary = ordinary | words("office_plurals", of="people") | words("function")
    left = [_ARTICLE.sub("", part) for part in _NAME_WORD.findall(without_places(name))]
    return bool(left) and not any(_is_proper(part) and plain(part) not in ordinary for part in left)


def _is_proper(part: str) -> bool:
    return not part[:1].islower() and not is_office(part)


def own_parts(name: str) -> list[str]:
    """The name's own words: "Putin's press secretary Bo Lind", "U.S. Secretary of Defense Bo Lind", "Texas Gov. Bo Lind"
    and "Bo Lind of Texas" are Bo Lind.
    """
    people = table("aliases")["people"]
    parts = strip_titles(name).split() or name.split()
    titles = [at for at, part in enumerate(parts[:-1]) if _ends_title(parts, at)]
    if titles:
        parts = parts[titles[-1] + 1 :]
        while len(parts) > 1 and fold(parts[0]) in words("portfolios", of="people") | set(
            people["portfolios"]
        ):
            parts = parts[1:]
    least = 1 if plain(name).partition(" ")[0] in people["royal"] else 2
    tail = next((at for at, part in enumerate(parts) if part in {"of", "for"} and at >= least), len(parts))
    return parts[:tail]


def _ends_title(parts: list[str], at: int) -> bool:
    if parts[at] == "of":
        return at > 0 and is_office(parts[at - 1])
    if plain(parts[at]) in table("aliases")["people"]["titles"]:
        return parts[at + 1][:1].isupper()
    named = [part[:1].isupper() for part in parts[at + 1 :]]
    if parts[at][:1].isupper() and not (at > 0 and len(named) > 1):
        return False  # "Prince Bo", "Ada King Lund" are names; "National Security Adviser Ada Lund" is none
    return is_office(parts[at]) and named[0]


def _surnames(parts: list[str], last: str) -> tuple[str, ...]:
    people = table("aliases")["people"]
    things = words("place_words", of="people") | words("named_things", of="people")
    if not 2 <= len(parts) <= 5 or last in things:
        return ()
    first = parts[0] in people["family_first"] or (
        len(parts) == 3 and parts[0] in people["family_first_of_three"]
    )
    return tuple(dict.fromkeys((last, parts[0]) if first else (last,)))


def _folded(part: str) -> str:
    """A word of a name folded, hyphens kept, "al-" gone."""
    return "-".join(plain(piece) for piece in _HYPHEN.split(_ARTICLE.sub("", part)))


def _is_dropped(part: str, *, first: bool) -> bool:
    """The article inside Arabic names, and patronymics: one source has them, the next has not."""
    people = table("aliases")["people"]
    return not first and (part in people["articles"] or part.endswith(tuple(people["patronymics"])))


def _surname(part: str) -> str:
    folded = _folded(part)
    for ending, usual in table("aliases")["endings"].items():
        if folded.endswith(ending) and len(folded) > len(ending) + 2:
            return folded.removesuffix(ending) + str(usual)
    return folded


def _spellings(name: str) -> tuple[str, ...]:
    return (name.replace("-", " "), name.replace("-", "")) if "-" in name else (name,)


@cache
def _given_names() -> dict[str, str]:
    rows = [row.split() for row in table("aliases")["given"]["rows"]]
    return {spelling: row[0] for row in rows for spelling in row}
