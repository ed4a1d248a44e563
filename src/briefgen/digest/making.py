"""Make a digest: admit the day's articles, merge their briefs with what is known, choose what is shown, and order it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, TypeVar

from briefgen.digest import changes
from briefgen.digest.admission import admit
from briefgen.digest.bottom_line import bottom_line
from briefgen.digest.digest import Digest, Made, MergedVisit
from briefgen.digest.identity import ActorIndex
from briefgen.digest.ledger import Ledger, ledger_of
from briefgen.digest.numbering import without_unused
from briefgen.digest.pieces import Merging
from briefgen.digest.state import State, next_state
from briefgen.digest.stories import stories_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefgen.digest.admission import Admitted
    from briefgen.digest.bottom_line import Wording
    from briefgen.digest.digest import (
        Change,
        DigestFacet,
        Line,
        MergedActor,
        MergedAllegation,
        MergedMotive,
        MergedQuestion,
    )
    from briefgen.digest.intake import Arrived

L = TypeVar("L", bound="Line")

_BASES = ("stated", "attributed", "article")


@dataclass(frozen=True)
class DigestOptions:
    """``day``: the digest's day, the last of ``days``. ``since``: what the last digest left.

    ``wording``: a model that may word the bottom line; code checks what it says.
    """

    day: date
    days: int = 1
    since: State | None = None
    wording: Wording | None = None

    @property
    def first(self) -> date:
        return self.day - timedelta(days=self.days - 1)


def make_digest(arrived: Iterable[Arrived], options: DigestOptions) -> tuple[Digest, State]:
    """The digest of the articles, and what it leaves for the next one.

    The same articles, in any order, and the same state give the same digest to the byte.
    """
    since = options.since.before(options.first) if options.since else None
    admitted = admit(arrived, options.first, options.day, since)
    index = ActorIndex(admitted.reports)
    merging = Merging(admitted.reports, index, options.day, since.ids if since else {})
    book = ledger_of(merging, admitted.previous)
    shown = _shown(book, merging, admitted)
    digest = _digest(shown, merging, admitted, options)
    return without_unused(digest), next_state(since, options.day, admitted, shown)


# -- what is shown ------------------------------------------------------------------------------------------


def _shown(book: Ledger, merging: Merging, admitted: Admitted) -> Ledger:
    """The lines of this digest. Visits, allegations and questions stand in it as long as articles speak of them; one
    that no article spoke of for a week is told of once more, and left out. The rest stands on the day of a report.
    """
    silent: list[Change] = []

    def spoken_of(lines: Sequence[L], facet: DigestFacet) -> list[L]:
        kept = []
        for line in lines:
            if not _is_silent(line, merging.day):
                kept.append(line)
            elif admitted.previous and not _is_silent(line, admitted.previous):
                silent.append(changes.silence(line, facet, merging))
        return kept

    fresh = {report.number for report in merging.reports if report.is_new}

    def of_the_day(lines: Sequence[L]) -> list[L]:
        return [line for line in lines if fresh & set(line.articles)]

    shown = Ledger(
        visits=spoken_of(book.visits, "planned_visits"),
        allegations=spoken_of(book.allegations, "allegations"),
        motives=of_the_day(book.motives),
        positions=of_the_day(book.positions),
        background=of_the_day(book.background),
        ids=book.ids,
    )
    kept = shown.lines
    questions = [each for each in book.questions if not each.about or not kept.keys().isdisjoint(each.about)]
    shown.questions = spoken_of(questions, "open_questions")
    kept = shown.lines
    shown.conflicts = [each for each in book.conflicts if each.about in kept]
    shown.changes = [each for each in book.changes if each.item in kept or each.kind == "closed"] + silent
    return shown


def _is_silent(line: Line, day: date) -> bool:
    """A visit that is still to come on a known day is no old news, however long ago it was reported."""
    if isinstance(line, MergedVisit):
        latest = max(
            (each.timing.latest for each in line.timings if each.current and each.timing.latest), default=None
        )
        if (
            latest is not None
            and latest + changes.SILENCE >= day
            and line.status not in {"cancelled", "denied"}
        ):
            return False
    return changes.is_silent(line, day)


# -- the page -----------------------------------------------------------------------------------------------


def _digest(book: Ledger, merging: Merging, admitted: Admitted, options: DigestOptions) -> Digest:
    lines = book.lines
    stories = stories_of(merging.reports, tuple(lines.values()), merging.index)
    bottom, no_lead = bottom_line(
        stories, tuple(lines.values()), merging.reports, merging.index, wording=options.wording
    )
    days = [each.published for each in admitted.articles if each.published and each.place != "history"]
    told = changes.ordered(book.changes)
    touched = {change.item for change in told}
    visits = sorted(book.visits, key=_visit_order)
    allegations = sorted(book.allegations, key=_allegation_order)
    lasting: Sequence[Line] = (*book.visits, *book.allegations, *book.questions)
    return Digest(
        first=options.first,
        last=options.day,
        oldest_article=min(days, default=None),
        newest_article=max(days, default=None),
        previous=admitted.previous,
        counts=admitted.counts,
        bottom_line=bottom,
        no_lead=no_lead,
        changes=told,
        unchanged=sum(line.id not in touched and line.first_seen < options.first for line in lasting)
        if admitted.previous
        else 0,
        late_arrivals=tuple(each.number for each in admitted.articles if each.place == "late"),
        planned_visits=tuple(visits),
        allegations=tuple(allegations),
        motives=tuple(sorted(book.motives, key=lambda line: _motive_order(line, merging))),
        positions=tuple(sorted(book.positions, key=lambda line: (merging.name(line.holders[0]), line.id))),
        conflicts=tuple(book.conflicts),
        open_questions=_in_order_of(book.questions, (*visits, *allegations)),
        background=tuple(sorted(book.background, key=lambda line: line.id)),
        actors=tuple(_actors(book, merging)),
        stories=stories,
        articles=admitted.articles,
        made=Made(
            briefgen=version("briefgen"),
            models=tuple(sorted({report.brief.provenance.model for report in merging.reports})),
            worded_by=options.wording.model.name if options.wording else None,
        ),
    )


def _visit_order(line: MergedVisit) -> tuple[int, date, str]:
    """Dated first by the first day, then the rest of a month, then vague, then undated; ties by id."""
    timing = line.timing
    if timing is None:
        return 3, date.max, line.id
    if timing.earliest is None and timing.latest is None:
        return 2, date.max, line.id
    return (
        int(timing.granularity not in {"day", "week"}),
        timing.earliest or timing.latest or date.max,
        line.id,
    )


def _in_order_of(questions: Sequence[MergedQuestion], lines: Sequence[Line]) -> tuple[MergedQuestion, ...]:
    """Questions in the order of the lines that they are about; those about none last."""
    rank = {line.id: at for at, line in enumerate(lines)}

    def order(question: MergedQuestion) -> tuple[int, date, str]:
        return (
            min((rank.get(each, len(rank)) for each in question.about), default=len(rank)),
            question.first_seen,
            question.id,
        )

    return tuple(sorted(questions, key=order))


def _allegation_order(line: MergedAllegation) -> tuple[bool, int, str]:
    return line.status != "unresolved", -line.last_changed.toordinal(), line.id


def _motive_order(line: MergedMotive, merging: Merging) -> tuple[str, int, str]:
    return merging.name(line.holder), _BASES.index(line.basis), line.id


def _actors(book: Ledger, merging: Merging) -> Iterator[MergedActor]:
    """Everybody whom a line names, with those lines."""
    named: dict[str, list[str]] = defaultdict(list)
    for line in book.lines.values():
        for each in dict.fromkeys(actors_of(line)):
            named[each].append(line.id)
    for actor in merging.index.actors:
        if actor.id in named:
            yield actor.model_copy(update={"items": tuple(named[actor.id])})


def actors_of(line: Line) -> Iterator[str]:
    """Merged ids of the actors in a line."""
    for name in ("visitors", "hosts", "accusers", "accused", "holders"):
        yield from getattr(line, name, ())
    holder = getattr(line, "holder", None)
    if holder:
        yield holder
