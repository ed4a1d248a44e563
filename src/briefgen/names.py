"""Names by their words: what is title and what is name, what kind of actor, which names are one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefgen.geography import country_of, places_in, seat_of
from briefgen.grounding import fold, fold_name
from briefgen.lexicon import cue, words

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import ActorKind

ADJECTIVES = ("an", "ian", "ic", "ish", "ese", "i", "er")
"""Endings that make an adjective of a state's name."""
_SITE = re.compile(r"^\S+\.(?:net|com|org|info|ru|ua)$", re.IGNORECASE)
""" "Lantern.NET"."""


def shares_stem(word: str, name: str) -> bool:
    """Whether a folded adjective belongs to a folded state's name: all but the name's ending in common."""
    keep = max(4, len(name) - 2)
    return " " not in name and len(name) >= 4 and word[:keep] == name[:keep]


def kind_of(name: str, suggested: ActorKind | None) -> ActorKind:
    """The kind, by the words of the name where they settle it, else as the model suggested."""
    if country_of(name):
        return "government"
    settled = _kind_described(name) or _kind_of_body(name, suggested)
    if settled:
        return settled
    if seat_of(name):
        return "government"
    if cue("group", of="people").search(fold_name(name)) and not name[:1].isupper():
        return "group"
    return suggested or ("person" if looks_like_person(name) else "group")


def _kind_described(name: str) -> ActorKind | None:
    """Of a description: "UN diplomats", "analysts at the Harbour Institute", "Pentagon spokesman"."""
    parts = name.split()
    plurals = words("office_plurals", of="people")
    if fold(parts[0]) in plurals or fold(parts[-1]) in plurals:
        return "group"
    head = re.split(r"\s(?:in|of|to|for|at|from|on)\s", " ".join(parts))[0].split()[-1]
    if head[:1].islower() and fold(head) in plurals:
        return "group"
    office = fold(head) in words("offices", of="people") and len(parts) > 1 and head[:1].islower()
    if office or (name[:1].islower() and cue("offices", of="people").search(name)):
        return "person"
    return None


def _kind_of_body(name: str, suggested: ActorKind | None) -> ActorKind | None:
    capitals = {fold(part) for part in name.split() if part.isupper() or "." in part}
    if words("bodies", of="people") & capitals or " & " in name:
        return "organisation"
    if _SITE.search(name):
        return "organisation" if suggested == "organisation" else "media"
    kinds: tuple[ActorKind, ...] = ("government", "organisation", "media")
    for kind in kinds:
        listed = cue(kind, of="people").search(fold_name(name))
        if listed and not (suggested == "media" and kind == "organisation"):
            return kind
    return None


def looks_like_person(name: str) -> bool:
    parts = name.split()
    return 1 <= len(parts) <= 5 and all(
        part[:1].isupper() or part.startswith(("al-", "el-")) or part in words("name_particles", of="people")
        for part in parts
    )


def is_description(name: str) -> bool:
    """Whether these are words for somebody whom the article does not name ("Norland's trade envoy in Selm")."""
    small = [part for part in name.split() if part[:1].islower()]
    plain = [part for part in small if fold(part) not in words("name_particles", of="people")]
    known = cue("offices", of="people").search(name) or cue("office_plurals", of="people").search(name)
    return bool(plain) and bool(known)


def initials_of(name: str) -> str:
    """ "HU" of "Harbour Union"; "" for a single word, a state, a person's name with small letters in it."""
    parts = [
        part
        for part in name.removeprefix("the ").removeprefix("The ").split()
        if part not in {"of", "and", "the", "for"}
    ]
    if len(parts) < 2 or country_of(name) or not all(part[:1].isupper() for part in parts):
        return ""
    initials = "".join(part[0] for part in parts)
    return "" if fold(initials) in words("bodies", of="people") else initials  # "EU" is no Eurasian Union


def could_be_person(name: str) -> bool:
    """Whether nothing in the words of the name speaks against a person."""
    named_otherwise = country_of(name) or seat_of(name) or is_body(name) or is_description(name)
    return looks_like_person(name) and not named_otherwise


@lru_cache(maxsize=8192)
def is_body(name: str) -> bool:
    """Whether the name is of a government body, organisation or medium by its words."""
    return any(cue(kind, of="people").search(name) for kind in ("government", "organisation", "media"))


@lru_cache(maxsize=8192)
def strip_titles(name: str) -> str:
    """A person's name without what stands before it: "Russian President Vladimir Putin", "Sen. Leahy"."""
    parts = name.split()
    if not parts or is_body(parts[-1]):
        return name.removeprefix("the ").removeprefix("The ")  # "Kestrian Foreign Ministry" is one name
    for place in places_in(name):
        if place.form == "adjective" and place.start == 0 and place.end < len(name):
            rest = name[place.end :].split()
            parts = rest if is_title(rest[0]) else parts
            break
    inside = [at for at, part in enumerate(parts[1:-1], 1) if is_title(part)]
    before = parts[: inside[-1]] if inside else []
    named = before and _starts_name(parts[inside[-1] + 1])  # not "Norland's ambassador in Port Selm"
    if named and all(part[:1].isupper() or _joins_portfolios(before, at) for at, part in enumerate(before)):
        parts = parts[inside[-1] + 1 :]  # "Norlandic Foreign Minister Ada Rell"
    elif parts[0] == "Secretary" and parts[1:2] == ["of"]:
        parts = parts[1:]
    if parts[0] == "of" and len(parts) > 2:  # "Secretary of State Ada Rell"
        parts = parts[1:]
        while len(parts) > 1 and fold(parts[0]) in words("portfolios", of="people") | {
            "state",
            "homeland",
            "security",
        }:
            parts = parts[1:]
    while len(parts) > 1 and is_title(parts[0]) and (_starts_name(parts[1]) or is_title(parts[1])):
        parts.pop(0)
    return " ".join(parts)


def is_title(word: str) -> bool:
    titles = words("titles", of="people")
    return fold(word) in titles or fold(word).strip(".,") in titles


def _starts_name(word: str) -> bool:
    return (
        word[:1].isupper()
        or word.startswith(("al-", "el-"))
        or word in {"bin", "ibn", "de", "van", "von", "el", "al"}
    )


def is_full_name_of(full: str, word: str) -> bool:
    """Whether a longer name is a person's who goes by ``word``: by the surname, or the first name before it."""
    parts = [fold(part) for part in full.split()]
    things = words("place_words", of="people") | words("named_things", of="people")
    if not 2 <= len(parts) <= 4 or is_body(full) or parts[-1] in things:
        return False
    if any(place.end - place.start == len(full) for place in places_in(full)) or {"of", "for"} & set(parts):
        return False
    return fold(word) in (parts[0], parts[-1], parts[-1].removeprefix("al-").removeprefix("el-"))


def _joins_portfolios(parts: list[str], at: int) -> bool:
    return parts[at] == "and" and at > 0 and is_portfolio(parts[at - 1])


def is_portfolio(text: str) -> bool:
    """ "Natural Resources", "Ministry of Natural Resources": ends with what a ministry is for."""
    return fold(text.rsplit(maxsplit=1)[-1]) in words("portfolios", of="people")


def find_folded(article: Article, name: str) -> str | None:
    """The name as one of the article's sentences has it, in this case if possible, or ``None``."""
    form = name_pattern(name)
    for pattern in (re.compile(form), re.compile(form, re.IGNORECASE)):
        for sentence in article.telling:
            match = pattern.search(sentence.text)
            if match:
                return match[0]
    return None


def name_pattern(*names: str) -> str:
    """A pattern for any of these names as whole words, with either apostrophe; the longest first."""
    ordered = sorted(set(names), key=len, reverse=True)
    forms = (r"\s+".join(re.escape(word) for word in name.replace("’", "'").split()) for name in ordered)
    return rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)".replace("'", "['’]")
