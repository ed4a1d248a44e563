"""Visits that a sentence tells so plainly that code reads them by itself: "Rell will pay a state visit to Ostia".

Who travels is the subject right before the verb, by name; where to is the state right behind it. A sentence that tells
its visit in any other way is the model's to read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.attribution import subject_before
from briefgen.geography import places_in
from briefgen.grounding import fold
from briefgen.lexicon import cue, words
from briefgen.names import could_be_person, is_title, strip_titles
from briefgen.visits import reading

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHEN = r"(?:(?:also|separately|then|soon|first|next|officially|personally)\s+)?"
_GOES = re.compile(
    r"\s+" + _WHEN + r"(?:visit|(?:travel|fly|journey|go|head)\s+(?:on\s+)?to|arrive\s+in|"
    r"(?:pay|make|begin|start|undertake)\s+an?\s+(?:[\w-]+\s+){0,5}?(?:visit|trip|tour|journey)\s+(?:to|in|of))\s+"
    r"(?:the\s+)?(?:(?:[A-Z][\w’'.-]*\s?){1,3},\s)?"
)
""" "… will also pay a friendly state visit to", "… will travel to Port Selm,": up to the state's name."""


@dataclass(frozen=True, slots=True)
class ToldVisit:
    """``visitor`` goes to the state ``place``; both as the sentence names them."""

    visitor: str
    place: str


def told_visits(text: str) -> Iterator[ToldVisit]:
    """Every visit to come that the sentence tells with nothing between visitor, verb and place."""
    states = {(place.start, place.end) for place in places_in(text) if place.form == "name"}
    for plan in cue("sure_plan", of="grammar").finditer(text):
        goes = _GOES.match(text, plan.end())
        place = next((span for span in states if goes and span[0] == goes.end()), None)
        subject = subject_before(text, plan.start()) if place else None
        if place is None or subject is None or reading(text, *place) != "planned":
            continue
        name = strip_titles(subject[0])
        alone = not re.search(
            r"\band\s+(?:the\s+)?$", text[: subject[1]]
        )  # a row of travellers is the model's to read
        nobody = is_title(name) or fold(name) in words("pronouns_any", of="people")
        side_by_side = text[: plan.start()].rstrip().endswith(name)
        if alone and side_by_side and not nobody and could_be_person(name):
            yield ToldVisit(name, text[slice(*place)])
