"""Whether a planned visit took place: an article that was there, or looks back on it, says so. Never assumed."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from briefgen.digest.pieces import unique
from briefgen.digest.visit_groups import Span, span_of
from briefgen.geography import places_in
from briefgen.grounding import fold, fold_name
from briefgen.lexicon import cue
from briefgen.time_phrases import find_time_phrases
from briefgen.timing import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from briefgen.brief import Background, PlannedVisit
    from briefgen.digest.digest import Cited
    from briefgen.digest.pieces import Merging, Piece
    from briefgen.digest.reports import Report

_FRESH = timedelta(days=3)
"""How long after its last day a report that names no time still speaks of this visit."""
_CODE = 2
_PAST_KINDS = frozenset({"past_visit", "meeting"})


class Past:
    """What all briefs tell of past visits and meetings, by the words in it and the places that it names."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._found: dict[tuple[str, str], list[tuple[Report, Background]]] = defaultdict(list)
        self._without_state: dict[str, list[tuple[Report, Background]]] = defaultdict(list)
        for report in reports:
            for item in report.brief.background:
                if report.day is None or item.kind not in _PAST_KINDS or cue("negations").search(item.text):
                    continue
                # "U.S.-Angolan ties" names no place
                states = {place.code for place in places_in(item.text) if place.form != "adjective"}
                for word in _words(item.text):
                    self._without_state[word].append((report, item))
                    for state in states:
                        self._found[word, state].append((report, item))

    def at(self, host: str, names: Iterable[str]) -> Iterator[tuple[Report, Background]]:
        """Those with one of these words that name the host: a state's code, or the folded name of a place."""
        for name in sorted(names):
            if len(host) == _CODE and host.isupper():
                yield from self._found.get((name, host), ())
            else:
                rows = self._without_state.get(name, ())
                yield from (row for row in rows if host in fold_name(row[1].text))


def took_place(
    pieces: Sequence[Piece[PlannedVisit]], past: Past, merging: Merging, day: date
) -> tuple[Cited, ...]:
    """The sentences, known by ``day``, that tell it as done. Those of earlier visits to the same place do not
    count: the time must be this visit's, by a date in the sentence, or by the day of the report.
    """
    spans = [span for piece in pieces if (span := span_of(piece))]
    if not spans:
        return ()
    visit = Span(min(span.first for span in spans), max(span.last for span in spans))
    host = merging.places.host(pieces[0].item.destination)
    return unique(
        cite
        for report, item in past.at(host, _names(pieces, merging))
        if report.arrived <= day
        if report.day is not None and report.day >= visit.first
        if _is_then(item.text, report.day, visit)
        for cite in report.cite(item.evidence)
    )


def _names(pieces: Sequence[Piece[PlannedVisit]], merging: Merging) -> frozenset[str]:
    """The last words of the principal's names, folded."""
    principal = merging.index.get(merging.index.of(pieces[0].report, pieces[0].item.visitors[0]))
    return frozenset(fold_name(name).split()[-1] for name in principal.names or (principal.name,))


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word.strip(".,;:()“”\"'")) for word in text.split())


def _is_then(text: str, day: date, visit: Span) -> bool:
    times = [resolve(phrase.text, day, direction="past") for phrase in find_time_phrases(text)]
    if not times:
        return day <= visit.last + _FRESH
    return any(
        time.earliest <= visit.last and visit.first <= time.latest
        for time in times
        if time.earliest is not None and time.latest is not None
    )
