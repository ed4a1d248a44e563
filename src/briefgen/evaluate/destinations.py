"""Destinations: a place may be given by its name, its state, the state's seat of government or a short form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.evaluate.wording import folded_name, words_of
from briefgen.geography import places_in

if TYPE_CHECKING:
    from collections.abc import Iterable

# The guide of the gold names it as a form of the United States.
_SHORT_FORMS = {"congress": "US"}


@dataclass(frozen=True)
class Place:
    """``states``: codes of the states that the names name, by name or by capital; ``names`` folded."""

    label: str
    names: frozenset[str]
    states: frozenset[str]

    @classmethod
    def of(cls, label: str, *, aliases: Iterable[str] = (), country: str | None = None) -> Place:
        """A destination with what else it is called; ``country`` is the code of its state, where known."""
        forms = (label, *aliases)
        states = {place.code for form in forms for place in places_in(form) if place.form != "adjective"}
        states |= {_SHORT_FORMS[word] for word in words_of(label) if word in _SHORT_FORMS}
        names = frozenset(filter(None, (folded_name(form) for form in forms)))
        return cls(label, names, frozenset(states | ({country} if country else set())))

    def same(self, other: Place) -> bool:
        """Whether both are one destination.

        Where both are known to be of states, the states decide; else one name must be the other, or
        stand in it word by word ("Middle East", "the Middle East region").
        """
        if self.names & other.names:
            return True
        if self.states and other.states:
            return bool(self.states & other.states)
        return any(_inside(one, two) or _inside(two, one) for one in self.names for two in other.names)


def _inside(short: str, long: str) -> bool:
    return f" {short} " in f" {long} "
