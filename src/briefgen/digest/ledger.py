"""The ledger: every line that the briefs give, as it stands and as it stood at the last digest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from briefgen.digest import changes
from briefgen.digest.allegations import allegation_groups, merged_allegation
from briefgen.digest.completions import Past
from briefgen.digest.conflicts import (
    allegation_conflicts,
    attribution_conflicts,
    role_conflicts,
    visit_conflicts,
)
from briefgen.digest.motives import merged_motive, motive_groups
from briefgen.digest.pieces import new_id
from briefgen.digest.positions import background_groups, merged_background, merged_position, position_groups
from briefgen.digest.questions import merged_question, question_groups, settled_by
from briefgen.digest.titles import title_of
from briefgen.digest.visit_groups import visit_groups
from briefgen.digest.visits import merged_visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from briefgen.digest.digest import (
        Change,
        Conflict,
        DigestFacet,
        Line,
        MergedAllegation,
        MergedBackground,
        MergedMotive,
        MergedPosition,
        MergedQuestion,
        MergedVisit,
    )
    from briefgen.digest.pieces import Merging, Piece

L = TypeVar("L", bound="Line")


@dataclass
class Ledger:
    """All lines, active or not; what changed; where sources disagree. ``ids``: members to the ids of their lines."""

    visits: list[MergedVisit] = field(default_factory=list)
    allegations: list[MergedAllegation] = field(default_factory=list)
    motives: list[MergedMotive] = field(default_factory=list)
    positions: list[MergedPosition] = field(default_factory=list)
    questions: list[MergedQuestion] = field(default_factory=list)
    background: list[MergedBackground] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> dict[str, Line]:
        """Every line by its id."""
        every: Sequence[Sequence[Line]] = (
            self.visits,
            self.allegations,
            self.motives,
            self.positions,
            self.questions,
            self.background,
        )
        return {line.id: line for lines in every for line in lines}


def ledger_of(merging: Merging, previous: date | None) -> Ledger:
    """Merge every facet; ``previous`` is the day of the digest that changes are told from."""
    book = Ledger()
    writing = _Writing(merging, previous, book)
    writing.visits()
    writing.allegations()
    book.ids = {member: line.id for line in book.lines.values() for member in line.members}
    lines = book.ids
    for motive in motive_groups(merging, lines):
        book.motives.append(writing.added(merged_motive(motive, merging, lines), "motives", motive))
    for position in position_groups(merging):
        book.positions.append(writing.added(merged_position(position, merging), "positions", position))
    for event in background_groups(merging):
        book.background.append(
            writing.added(merged_background(event, merging), "background", event, told=False)
        )
    writing.questions()
    titles = {line.id: title_of(line, merging) for line in (*book.allegations, *book.positions)}
    book.conflicts += role_conflicts(book.allegations, titles, merging)
    book.conflicts += attribution_conflicts(book.positions, titles, merging)
    book.ids |= {member: line.id for line in book.lines.values() for member in line.members}
    return book


@dataclass(frozen=True)
class _Following(Generic[L]):
    """How a facet's lines are followed from digest to digest."""

    facet: DigestFacet
    changes: Callable[[L, L, Merging], Iterator[Change]]
    facts: Callable[[L], object]


_VISITS = _Following("planned_visits", changes.visit_changes, changes.visit_facts)
_ALLEGATIONS = _Following("allegations", changes.allegation_changes, changes.allegation_facts)


class _Writing:
    """Fills one ledger."""

    def __init__(self, merging: Merging, previous: date | None, book: Ledger) -> None:
        self._merging = merging
        self._previous = previous
        self._book = book
        self._taken: set[str] = set()
        self._earlier: dict[str, Line] = {}
        """Visits and allegations as the last digest had them, by the ids they have now."""

    def visits(self) -> None:
        merging = self._merging
        past = Past(merging.reports)
        for pieces in visit_groups(merging):

            def as_of(day: date, pieces: Sequence[Piece[Any]] = pieces) -> MergedVisit:
                known = [piece for piece in pieces if piece.report.arrived <= day]
                return merged_visit(known, past, merging, day)

            now = self._followed(pieces, as_of, _VISITS)
            self._book.visits.append(now)
            self._book.conflicts += visit_conflicts(now, title_of(now, merging))

    def allegations(self) -> None:
        merging = self._merging
        for pieces in allegation_groups(merging):

            def as_of(day: date, pieces: Sequence[Piece[Any]] = pieces) -> MergedAllegation:
                return merged_allegation([p for p in pieces if p.report.arrived <= day], merging)

            now = self._followed(pieces, as_of, _ALLEGATIONS)
            self._book.allegations.append(now)
            self._book.conflicts += allegation_conflicts(now, pieces, title_of(now, merging), merging)

    def questions(self) -> None:
        merging, book = self._merging, self._book
        lines = book.lines
        for pieces in question_groups(merging, book.ids):
            question = merged_question(pieces, merging, book.ids, lines)
            by = settled_by(question, lines)
            if by is None:
                question = self.added(question, "open_questions", pieces, told=not question.about)
                book.questions.append(question)
            elif self._before(pieces) and not settled_by(question, self._earlier):
                book.changes.append(changes.closed(question, by, merging))

    def _followed(
        self, pieces: Sequence[Piece[Any]], as_of: Callable[[date], L], told_by: _Following[L]
    ) -> L:
        """The line as it stands today, with what changed since the last digest told, and when it last changed."""
        merging, previous = self._merging, self._previous
        now = as_of(merging.day)
        earlier = as_of(previous) if previous and self._before(pieces) else None
        told: list[Change] = []
        if earlier:
            told += told_by.changes(earlier, now, merging)
        elif previous:
            told.append(changes.first_reported(now, told_by.facet, merging))
        now = self._noted(_dated(now, pieces, as_of, told_by.facts), told)
        if earlier:
            self._earlier[now.id] = earlier
        return now

    def added(self, line: L, facet: DigestFacet, pieces: Sequence[Piece[Any]], *, told: bool = True) -> L:
        """The line; with a change where it is new and earlier digests could have had it."""
        if not told or not self._previous or self._before(pieces):
            return self._noted(line, ())
        return self._noted(line, [changes.first_reported(line, facet, self._merging)])

    def _before(self, pieces: Sequence[Piece[Any]]) -> bool:
        return any(not piece.report.is_new for piece in pieces)

    def _noted(self, line: L, told: Sequence[Change]) -> L:
        """Keep what changed, and mark the line with the gravest of it. Where what was one line has become two, the
        second gets an id of its own.
        """
        if line.id in self._taken:
            fresh = new_id(line.id.partition("-")[0], line.members[0])
            told = [change.model_copy(update={"item": fresh}) for change in told]
            line = line.model_copy(update={"id": fresh})
        self._taken.add(line.id)
        self._book.changes += told
        return line.model_copy(update={"change": changes.ordered(told)[0].kind}) if told else line


def _dated(
    now: L, pieces: Sequence[Piece[Any]], as_of: Callable[[date], L], facts: Callable[[L], object]
) -> L:
    """The line with the day of its last change, and a visit with how often it changed."""
    days = sorted({piece.report.arrived for piece in pieces})
    versions = [*(facts(as_of(day)) for day in days[:-1]), facts(now)]
    changed = [day for at, day in enumerate(days) if at and versions[at] != versions[at - 1]]
    update: dict[str, object] = {"last_changed": max(changed, default=days[0])}
    if "sequence" in type(now).model_fields:
        update["sequence"] = len(changed)
    return now.model_copy(update=update)
