"""States by name, adjective and seat of government: ISO 3166-1 alpha-2 codes.

Names from babel (Unicode CLDR); other names, adjectives and capitals from ``lexicon/places.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from babel import Locale

from briefgen.lexicon import table

Form = Literal["name", "adjective", "seat"]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A state named in a text, at ``text[start:end]``; ``form`` says by what."""

    code: str
    form: Form
    start: int
    end: int


@cache
def _forms() -> dict[str, tuple[str, Form]]:
    forms: dict[str, tuple[str, Form]] = {}
    for code, name in Locale("en").territories.items():
        if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}:
            forms[name] = (code, "name")
    for code, (names, adjectives, seats) in table("places").items():
        kinds: tuple[tuple[Form, str], ...] = (("seat", seats), ("adjective", adjectives), ("name", names))
        for kind, listed in kinds:
            for entry in filter(None, listed.split("|")):
                forms[entry] = (code, kind)
    return forms


@cache
def _pattern() -> re.Pattern[str]:
    listed = sorted({form.removeprefix("the ") for form in _forms()}, key=len, reverse=True)
    return re.compile(r"(?<![\w])(?:" + "|".join(re.escape(form) for form in listed) + r")(?!\w)")


@cache
def _bare() -> dict[str, tuple[str, Form]]:
    return {form.removeprefix("the "): value for form, value in _forms().items()}


@lru_cache(maxsize=4096)
def places_in(text: str) -> tuple[PlaceMention, ...]:
    """Every state named in ``text``, left to right, longest form first ("North Korean", not "Korean")."""
    text = text.replace("’", "'")
    found = []
    for match in _pattern().finditer(text):
        code, form = _bare()[match[0]]
        found.append(PlaceMention(code, form, match.start(), match.end()))
    return tuple(found)


@lru_cache(maxsize=4096)
def country_of(name: str) -> str | None:
    """Code of the state whose name this is ("U.S.", "the Netherlands"), else ``None``."""
    entry = _bare().get(_plain(name))
    return entry[0] if entry and entry[1] == "name" else None


def state_name(code: str | None) -> str | None:
    """What CLDR calls the state of this code."""
    name = Locale("en").territories.get(code) if code else None
    return str(name) if name else None


def seat_of(name: str) -> str | None:
    """Code of the state whose capital or seat of government this is ("the Kremlin"), else ``None``."""
    entry = _bare().get(_plain(name))
    return entry[0] if entry and entry[1] == "seat" else None


def first_state(text: str) -> str | None:
    """Code of the first state that ``text`` names in any form, else ``None``."""
    places = places_in(text)
    return places[0].code if places else None


def _plain(name: str) -> str:
    return name.strip().replace("’", "'").removeprefix("the ").removeprefix("The ").removesuffix("'s")
