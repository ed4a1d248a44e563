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
    from briefgen.digest.admission import Admitted
    from briefgen.digest.ledger import Ledger
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
    """``days``: last days of the digests that it knows. ``ids``: members to the ids of their lines.

    ``told``: labels of articles without a brief and without a date, and the day of the digest that counted them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Literal["1"] = "1"
    days: tuple[date, ...]
    briefs: tuple[KnownBrief, ...] = ()
    ids: dict[str, str] = {}
    told: dict[str, date] = {}

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
        told = {label: day for label, day in self.told.items() if day < first}
        return self.model_copy(update={"days": days, "briefs": briefs, "told": told})


def next_state(since: State | None, day: date, admitted: Admitted, ledger: Ledger) -> State:
    """The state after the digest of ``day``, whose lines ``ledger`` has. A brief on which none rests is forgotten in
    time.
    """
    shown = {member for line in ledger.lines.values() for member in line.members}
    kept = [
        report
        for report in admitted.reports
        if report.arrived >= day - _MEMORY or not shown.isdisjoint(_members(report))
    ]
    known = [KnownBrief(arrived=each.arrived, label=each.label, brief=_slim(each.brief)) for each in kept]
    members = {member for report in kept for member in _members(report)}
    told = {
        each.label: day
        for each in admitted.articles
        if each.state in {"failed", "duplicate"} and each.published is None
    }
    return State(
        days=(*(each for each in (since.days if since else ()) if each >= day - _MEMORY), day),
        briefs=tuple(sorted(known, key=lambda each: (each.arrived, each.brief.article.id))),
        ids={member: ledger.ids[member] for member in sorted(members & ledger.ids.keys())},
        told=dict(sorted((told | (since.told if since else {})).items())),
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
