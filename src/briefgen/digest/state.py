"""What one digest leaves for the next: the briefs that lines still rest on, and the ids of the lines.

One JSON file. It has no text of articles, only what their briefs say.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from briefgen.brief import Brief, Coverage
from briefgen.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from briefgen.digest.reports import Report

_MEMORY = timedelta(days=60)
"""How long a brief is kept that no line of the digest rests on."""


class KnownBrief(BaseModel):
    """A brief, and the day of the digest that first had it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    arrived: date
    label: str = ""
    brief: Brief


class State(BaseModel):
    """``days``: last days of the digests that it knows. ``ids``: members to the ids of their lines."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Literal["1"] = "1"
    days: tuple[date, ...]
    briefs: tuple[KnownBrief, ...] = ()
    ids: dict[str, str] = {}

    @classmethod
    def read(cls, text: str, name: str) -> State:
        """Read a state file. Raises :class:`InputError` where it is none."""
        try:
            return cls.model_validate_json(text)
        except ValidationError:
            raise InputError(
                f"{name!r} is no state of a digest that this version can read",
                hint="leave out --since, or name the file that the last digest wrote",
                code="input_malformed",
            ) from None

    def to_json(self) -> str:
        return self.model_dump_json() + "\n"

    @property
    def day(self) -> date:
        """Of the newest digest that it knows."""
        return self.days[-1]

    def before(self, first: date) -> State | None:
        """What was known before a day, so that the same digest made again gives the same; ``None`` if nothing."""
        days = tuple(day for day in self.days if day < first)
        if not days:
            return None
        briefs = tuple(known for known in self.briefs if known.arrived < first)
        return self.model_copy(update={"days": days, "briefs": briefs})


def next_state(
    days: tuple[date, ...], reports: Iterable[Report], ids: Mapping[str, str], shown: frozenset[str]
) -> State:
    """The state after the digest of the last of ``days``. ``shown``: members of its lines; other briefs are forgotten
    in time.
    """
    day = days[-1]
    kept = [
        report
        for report in reports
        if report.arrived >= day - _MEMORY or not shown.isdisjoint(_members(report))
    ]
    known = [KnownBrief(arrived=each.arrived, label=each.label, brief=_slim(each.brief)) for each in kept]
    members = {member for report in kept for member in _members(report)}
    return State(
        days=tuple(each for each in days if each >= day - _MEMORY),
        briefs=tuple(sorted(known, key=lambda each: (each.arrived, each.brief.article.id))),
        ids={member: ids[member] for member in sorted(members & ids.keys())},
    )


def _members(report: Report) -> list[str]:
    facets = ("planned_visits", "allegations", "motives", "positions", "open_questions", "background")
    return [report.member(item.id) for facet in facets for item in getattr(report.brief, facet)]


def _slim(brief: Brief) -> Brief:
    """The brief without what a digest has no use for."""
    return brief.model_copy(
        update={
            "article": brief.article.model_copy(update={"sentences": ()}),
            "withheld": (),
            "notes": (),
            "coverage": Coverage(facets={}),
        }
    )
