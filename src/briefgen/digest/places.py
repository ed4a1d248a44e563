"""Where a visit goes: a state by its code, and a town by its state's, if an article of the digest says which that is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.digest.identity import place_key
from briefgen.geography import places_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.brief import Destination, PlannedVisit

_FAR = 30


class Places:
    """Learns from evidence such as "in Sydney, Australia"; one name in two states is left alone."""

    def __init__(self, visits: Iterable[PlannedVisit]) -> None:
        found: dict[str, set[str]] = {}
        for visit in visits:
            town = place_key(visit.destination)
            for state in _states_behind(visit.destination.name, [cite.quote for cite in visit.evidence]):
                found.setdefault(town, set()).add(state)
        self._states = {town: next(iter(states)) for town, states in found.items() if len(states) == 1}

    def host(self, destination: Destination) -> str:
        """The code of the state, or the name of a place of which nobody says in which state it is."""
        key = place_key(destination)
        return self._states.get(key, key)


def _states_behind(name: str, quotes: Iterable[str]) -> set[str]:
    """Codes of the states that stand behind a comma after the name."""
    found = set()
    for quote in quotes:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}\s*,\s+(?:the\s+)?", quote):
            rest = quote[match.end() : match.end() + _FAR]
            found |= {place.code for place in places_in(rest) if place.start == 0 and place.form == "name"}
    return found
