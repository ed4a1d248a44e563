"""What a merged line is called in changes and conflicts: names and claim, no judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.digest.digest import (
    Line,
    MergedAllegation,
    MergedBackground,
    MergedMotive,
    MergedPosition,
    MergedQuestion,
    MergedVisit,
)
from briefgen.digest.words import phrase
from briefgen.facets.wording import row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.digest.pieces import Merging


def title_of(line: Line, merging: Merging) -> str:
    """The line's title."""

    def names(ids: Iterable[str]) -> str:
        return row([merging.name(each) for each in ids])

    if isinstance(line, MergedVisit):
        return phrase("title", "visit", who=names(line.visitors), where=line.destination.name)
    if isinstance(line, MergedAllegation):
        accusers = names(line.accusers) or phrase("title", "nobody")
        accused = names(line.accused) or phrase("title", "somebody")
        return phrase("title", "allegation", accusers=accusers, accused=accused, claim=line.claim)
    if isinstance(line, MergedMotive):
        return f"{merging.name(line.holder)}: {line.text}"
    if isinstance(line, MergedPosition):
        return f"{names(line.holders)}: {line.text}"
    if isinstance(line, MergedQuestion):
        return line.question
    return line.text if isinstance(line, MergedBackground) else line.id
