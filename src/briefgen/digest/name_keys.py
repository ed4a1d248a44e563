"""What a name is compared by: two names with a key in common are of one actor (DOMAIN.md 7.3).

Case, accents, hyphens, apostrophes, titles and the leading article fold away; spellings of a given name, abbreviations
and other names are data (``lexicon/aliases.toml``). Nothing is fuzzy: a letter more is another name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from briefgen.digest.media_names import listed_media, medium_key
from briefgen.digest.person_names import described, person_name
from briefgen.digest.plain_names import plain, state_named, without_places
from briefgen.geography import places_in
from briefgen.lexicon import table, words

if TYPE_CHECKING:
    from briefgen.brief import ActorKind

Family = Literal["state", "person", "media", "body"]
Form = Literal["full", "bare", "local"]

_OF = re.compile(r"^(?P<head>\w+) of (?:the )?(?P<rest>.+)$")


@dataclass(frozen=True, slots=True)
class NameKey:
    """``family``: names of different families are never one; a model's "group" and "organisation" are one family.

    ``keys``: any of them makes it the same name; ids are made of the first. ``form``: ``bare`` for a surname or an
    only name, ``local`` for words that mean somebody else in the next article ("two officials", "the Foreign
    Ministry" of who knows which state). ``code``: the state that is part of the name.
    """

    family: Family
    keys: tuple[str, ...]
    form: Form = "full"
    surnames: tuple[str, ...] = ()
    initials: str = ""
    code: str | None = None


@lru_cache(maxsize=65536)
def key_of(name: str, kind: ActorKind, country: str | None = None) -> NameKey:
    """The key of an actor's name. ``country`` counts only where bodies of every state are called that."""
    if kind == "person":
        return _person(name)
    if kind == "government" or _has_state_words(name):
        code = state_of(name)
        if code:
            return NameKey("state", (code.lower(),), code=code)
    medium = medium_key(name)
    if kind == "media" or medium in listed_media().values():
        return NameKey("media", (medium,)) if medium else NameKey("media", (plain(name),), "local")
    return _body(name, country)


def state_of(name: str) -> str | None:
    """ISO code of the state that the name is, or whose seat or government it is ("the Kremlin", "Moscow", "the Russian
    government"); a ministry or an assembly is a body of its own.
    """
    folded = plain(name)
    if folded in table("aliases")["own"]:
        return None
    code = state_named(name) or _governments().get(folded)
    if code:
        return code
    places = places_in(name)
    rest = set(plain(without_places(name)).split()) if len({place.code for place in places}) == 1 else set()
    if rest and rest - {"of", "the"} and rest <= {*table("aliases")["government"]["words"], "of", "the"}:
        return places[0].code
    return None


@lru_cache(maxsize=16384)
def surname_stands_for(surname: str) -> str | None:
    """The full name that a bare one means the world over ("Putin")."""
    return _persons()[1].get(surname)


def is_listed(key: str, family: str) -> bool:
    """Whether the alias table settles what a body or a medium of that name is."""
    return key in ({"body": _listed_bodies(), "media": listed_media()}.get(family, {})).values()


def usual_spelling(key: str) -> str:
    """A key as its row of the alias table spells it, for ids: "vladimir zelensky" is Volodymyr there."""
    return _spelt().get(key, key)


def _person(name: str) -> NameKey:
    if described(name):
        office = _single_office(name)
        return NameKey("person", (office,)) if office else NameKey("person", (plain(name),), "local")
    found = person_name(name)
    if found.bare:
        form: Form = (
            "local" if state_named(name) or not found.keys[0] else "bare"
        )  # Hague: the minister, or the city?
        return NameKey("person", found.keys, form, found.surnames)
    if not found.keys[0].strip():
        return NameKey("person", (plain(name),), "local")
    full = _persons()[0]
    keys = tuple(dict.fromkeys(full.get(key, key) for key in found.keys))
    return NameKey("person", keys, "full", found.surnames, found.initials)


def _single_office(name: str) -> str | None:
    """ "Russia's ambassador in Pyongyang" and "the Russian ambassador to North Korea": one office, one holder."""
    lists = table("aliases")["government"]
    parts = plain(without_places(name, codes=True)).split()
    left = [part for part in parts if part not in {"to", "in", "of", "the", "for"}]
    office = " ".join(part for part in left if not part.startswith("@"))
    named = left and left[0].startswith("@") and office in lists["single"]
    return " ".join(part.removeprefix("@") for part in left) if named else None


def _body(name: str, country: str | None) -> NameKey:
    name_code, folded = None, _shortened(plain(name))
    own = table("aliases")["own"]
    listed = _listed_bodies().get(folded)
    if listed or folded in own:
        return NameKey("body", (listed or folded,), code=own.get(folded) or None)
    generic = words("portfolios", of="people") | set(table("aliases")["everywhere"]["words"])
    places = places_in(name)
    rest = _shortened(plain(without_places(name, seats=False)).removesuffix(" of")) if places else folded
    if places and rest and set(rest.split()) <= generic:
        name_code, folded = places[0].code, rest
    if folded in own and (name_code or country) == own[folded]:
        return NameKey("body", (folded,), code=own[folded])
    if not set(folded.split()) <= generic:
        return NameKey("body", (folded,), "local" if _is_nobody(name) else "full")
    code = name_code or country
    return NameKey(
        "body", (f"{folded} {(code or '').lower()}".strip(),), "full" if code else "local", code=code
    )


def _is_nobody(name: str) -> bool:
    """Words for a crowd without any name in them ("two officials", "Survivors")."""
    parts = name.split()
    crowd = words("office_plurals", of="people") | words("group", of="people")
    return not any(part[:1].isupper() for part in parts) or (len(parts) == 1 and plain(name) in crowd)


def _shortened(folded: str) -> str:
    """Abbreviations and spellings made one, "ministry of defense" turned round."""
    for long, short in table("aliases")["short"].items():
        folded = re.sub(rf"(?<!\w){re.escape(long)}(?!\w)", short, folded)
    turned = _OF.match(folded)
    if turned and turned["head"] in table("aliases")["everywhere"]["heads"]:
        folded = _shortened(f"{turned['rest']} {turned['head']}")
    return folded


def _has_state_words(name: str) -> bool:
    return bool(set(plain(name).split()) & set(table("aliases")["government"]["words"]))


@cache
def _governments() -> dict[str, str]:
    return {plain(name): code for code, names in table("aliases")["states"].items() for name in names}


@cache
def _listed_bodies() -> dict[str, str]:
    """Every name of the bodies that have several, folded, to the first of its row."""
    rows = table("aliases")["bodies"]
    return {_shortened(plain(name)): _shortened(plain(row[0])) for row in rows for name in row}


@cache
def _persons() -> tuple[dict[str, str], dict[str, str]]:
    """Full names to the one that stands for the person, and bare names to it."""
    full: dict[str, str] = {}
    bare: dict[str, str] = {}
    for row in table("aliases")["persons"]:
        first = person_name(row[0]).keys[0]
        for name in row:
            found = person_name(name)
            (bare if found.bare else full).update(dict.fromkeys(found.keys, first))
    return full, bare


@cache
def _spelt() -> dict[str, str]:
    return {person_name(row[0]).keys[0]: plain(row[0]) for row in table("aliases")["persons"]}
