"""One shape for what is compared: items of the gold, items of a brief, and what the brief withheld."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from briefgen.evaluate.destinations import Place
    from briefgen.evaluate.parties import Party

Facet = Literal["actors", "planned_visits", "motives", "allegations", "open_questions"]
FACETS: tuple[Facet, ...] = ("actors", "planned_visits", "motives", "allegations", "open_questions")
"""The facets that have gold, in the order in which they are shown."""


@dataclass(frozen=True)
class Entry:
    """One item of a facet. What a facet has no use for is empty.

    ``ref`` finds the item again: its id in the brief, or its place in the gold (``motives[0]``). ``text`` is
    the item in one line, for people. ``words`` is what token F1 compares: claim, aim, or question.
    ``subjects`` are the actor itself, the visitors, the holder of a motive, or the accusers; ``objects`` the
    accused. ``value`` is the status of a visit or the basis of a motive, ``kind`` that of a question.
    ``sentences`` are those of the evidence, ``cited`` also those of confirmations and responses.
    """

    facet: Facet
    ref: str
    text: str
    words: str = ""
    subjects: tuple[Party, ...] = ()
    objects: tuple[Party, ...] = ()
    place: Place | None = None
    kind: str = ""
    value: str = ""
    dates: tuple[date | None, date | None] = (None, None)
    stances: tuple[tuple[Party, str], ...] = ()
    sentences: frozenset[int] = frozenset()
    cited: frozenset[int] = frozenset()
    required: bool = True

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts items by what they say, so that nothing depends on the order in which they stand."""
        return (self.text, self.words, self.value, str(self.dates), sorted(self.cited), not self.required)


def named(parties: tuple[Party, ...]) -> str:
    """Names in a row: "Ada Rell, Bo Lind"; "nobody named" for none."""
    return ", ".join(party.label for party in parties) or "nobody named"


def visit_text(visitors: tuple[Party, ...], destination: str) -> str:
    return f"{named(visitors)} → {destination}"


def allegation_text(accusers: tuple[Party, ...], accused: tuple[Party, ...], claim: str) -> str:
    return f"{named(accusers)} against {named(accused)}: {claim}"


def motive_text(holder: str, aim: str) -> str:
    return f"{holder}: {aim}"
