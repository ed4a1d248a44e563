"""The place of a planned visit as the brief names it: as the article does, the state where a city stands with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.geography import country_of, places_in, seat_of
from briefgen.grounding import fold
from briefgen.lexicon import words

if TYPE_CHECKING:
    from briefgen.facets.base import Context

_ABBREVIATION = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")


def place_as_written(name: str, context: Context) -> str | None:
    """The place as the article writes it; a state by the name the article uses for it."""
    name = re.sub(r"^(?:the\s+)?(?:capital of|city of)\s+", "", name.strip(" .,"))
    name = f"{name}." if _ABBREVIATION.fullmatch(name) else name
    if not any(word[:1].isupper() for word in name.split()) or fold(name) in words(
        "of_a_region", of="people"
    ):
        return None
    inner = re.fullmatch(
        r"([\w\s-]+), ([A-Z][\w\s]+)", name
    )  # "Jeddah, Saudi Arabia": the state is the place
    if inner and country_of(inner[2]):
        name = inner[2]
    if context.ground.has_phrase(name):
        return state_meant(name, context) if _ABBREVIATION.match(name) or name.isupper() else name
    code = country_of(name)
    for sentence in context.article.sentences:
        for place in places_in(sentence.text):
            if code and place.code == code and place.form == "name":
                return sentence.text[place.start : place.end]
    return None


def state_meant(place: str, context: Context) -> str:
    """The state by the first name that the article has for it, no abbreviation; of "Port Selm, Norland" the state."""
    place = state_behind(place, context) or place
    code = country_of(place)
    named = (
        sentence.text[p.start : p.end]
        for sentence in context.article.telling
        for p in places_in(sentence.text)
        if code and p.code == code and p.form == "name"
    )
    return next((name for name in named if not name.isupper() and "." not in name), place)


def state_behind(place: str, context: Context) -> str | None:
    """Norland, where a sentence has "Port Selm, Norland": one journey, not two."""
    if country_of(place):
        return None
    pattern = re.compile(rf"(?<!\w){re.escape(place)}, (?:the )?")
    for sentence in context.article.telling if f"{place}, " in context.article.text else ():
        for behind in pattern.finditer(sentence.text):
            for p in places_in(sentence.text):
                own = seat_of(place) in {None, p.code}  # not "Paris, Spain and Malta"
                if own and p.start == behind.end() and p.form == "name":
                    return sentence.text[p.start : p.end]
    return None
