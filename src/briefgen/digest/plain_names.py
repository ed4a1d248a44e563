"""Names folded for comparison across articles: further than inside one, where spelling is consistent."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefgen.geography import country_of, places_in, seat_of
from briefgen.grounding import fold_name
from briefgen.lexicon import table

_POSSESSIVE = re.compile(r"['’]s(?=\s)|(?<=s)['’](?=\s)")
_OWNED = re.compile(r"(?:^|(?<=\s))['’]s?(?=\s)")
_THE = re.compile(r"^the\s+", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’‘`ʼʻ]")


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """Case, accents, possessives, apostrophes, full stops, hyphens and the leading article folded away."""
    folded = fold_name(_POSSESSIVE.sub("", name.strip()))
    if not folded.isascii():
        folded = folded.translate(_letters())
    return _APOSTROPHES.sub("", folded)


def without_places(name: str, *, seats: bool = True, codes: bool = False) -> str:
    """The name without the states in it, and without capitals and seats unless told; ``codes``: ``@RU`` instead."""
    kept, at = [], 0
    for place in places_in(name):
        if place.form != "seat" or seats:
            kept += [name[at : place.start], f" @{place.code} " if codes else " "]
            at = place.end
    return " ".join(_OWNED.sub(" ", "".join([*kept, name[at:]])).split())


def state_named(name: str) -> str | None:
    """ISO code of the state whose name, capital or seat this is; "Hague" is one too."""
    code = country_of(name) or seat_of(name)
    if code:
        return code
    the = f"The {_THE.sub('', name.strip())}"
    return next((place.code for place in places_in(the) if place.start == 0 and place.end == len(the)), None)


@cache
def _letters() -> dict[int, str]:
    return str.maketrans(table("aliases")["letters"])
