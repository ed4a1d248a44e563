"""Which briefs of a store: what ``search`` and ``export`` have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from briefgen.brief import AllegationStatus, VisitStatus
from briefgen.errors import UsageError
from briefgen.store.index import FACETS, match_of, phrase_of

if TYPE_CHECKING:
    from datetime import date

STATUSES = tuple(dict.fromkeys((*get_args(VisitStatus), *get_args(AllegationStatus))))
"""What a visit or an allegation can have."""


@dataclass(frozen=True)
class Selection:
    """Briefs that fit all of it. ``since`` and ``until`` are days of publication, both included; an undated
    article fits neither. ``actor``: words of a name, in order. ``status``: an item of ``facet`` (of any, if
    none is named) has it.
    """

    query: str = ""
    since: date | None = None
    until: date | None = None
    actor: str = ""
    facet: str = ""
    status: str = ""

    def __post_init__(self) -> None:
        if self.status and self.status not in STATUSES:
            raise UsageError(f"no status {self.status!r}", hint=f"there are {', '.join(STATUSES)}")
        if self.facet and not self.facet.isidentifier():
            raise UsageError(f"no facet {self.facet!r}", hint=f"there are {', '.join(FACETS)}")
        if self.query and not match_of(self.query):
            raise UsageError(f"there is no word in {self.query!r}", hint="name words to look for")
        if self.actor and not phrase_of(self.actor):
            raise UsageError(f"there is no name in {self.actor!r}", hint="name an actor")

    @property
    def match(self) -> str:
        """The FTS5 expression for query and actor; "" where neither is given."""
        actor = phrase_of(self.actor)
        return " AND ".join(
            part for part in (match_of(self.query), f"actors : {actor}" if actor else "") if part
        )

    def conditions(self) -> tuple[str, list[Any]]:
        """SQL for the rest, to be put behind a WHERE that knows ``a`` (articles) and ``b`` (briefs)."""
        parts: list[str] = []
        values: list[Any] = []
        if self.since:
            parts.append("a.published >= ?")
            values.append(self.since.isoformat())
        if self.until:
            parts.append("a.published <= ?")
            values.append(self.until.isoformat())
        if self.facet or self.status:
            parts.append("instr(b.marks, ?)")
            status = f"={self.status}" if self.status else ""
            values.append(f"|{self.facet}{status}|" if self.facet else f"{status}|")
        return "".join(f" AND {part}" for part in parts), values


EVERYTHING = Selection()
