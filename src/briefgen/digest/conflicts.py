"""Where sources disagree: shown with each side's source and date, and never solved (DOMAIN.md 7.4)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from briefgen.day_text import span_text
from briefgen.digest.digest import Conflict, Side
from briefgen.digest.likeness import ALIKE, jaccard, stems_of
from briefgen.digest.visit_timings import conflicting
from briefgen.digest.words import phrase
from briefgen.facets.wording import row
from briefgen.grounding import fold, numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefgen.brief import Allegation
    from briefgen.digest.digest import (
        Cited,
        ConflictKind,
        MergedAllegation,
        MergedConfirmation,
        MergedPosition,
        MergedResponse,
        MergedVisit,
        ReportedTiming,
    )
    from briefgen.digest.pieces import Merging, Piece

_QUOTED = re.compile(r"[“\"«]([^”\"»]{30,})[”\"»]")


def visit_conflicts(visit: MergedVisit, title: str) -> Iterator[Conflict]:
    """Dates that cannot both be true, and parties that contradict each other."""
    timings = conflicting(visit.timings)
    if timings:
        yield _conflict("date", visit.id, title, [_date_side(each) for each in timings])
    if visit.status == "disputed":
        told = [each for each in visit.confirmations if each.current and each.aspect == "occurrence"]
        yield _conflict("status", visit.id, title, [_status_side(each) for each in told])


def _date_side(told: ReportedTiming) -> Side:
    first, last = told.timing.earliest, told.timing.latest
    days = span_text(first, last) if first and last else ""
    return Side(
        value=phrase("when", "days", text=told.timing.text, days=days),
        by=row(list(told.by)) or phrase("conflict", "media_only"),
        official=told.official,
        said=told.said,
        articles=told.articles,
        evidence=told.evidence,
    )


def _status_side(told: MergedConfirmation) -> Side:
    return Side(
        value=told.value.replace("_", " "),
        by=told.by,
        official=True,
        said=told.said,
        articles=told.articles,
        evidence=told.evidence,
    )


def allegation_conflicts(
    line: MergedAllegation, pieces: Sequence[Piece[Allegation]], title: str, merging: Merging
) -> Iterator[Conflict]:
    """Different figures in one accusation, and different answers told of one day."""
    sides = list(_figures(pieces, merging))
    if len(sides) > 1:
        yield _conflict("figure", line.id, title, sides)
    by_actor: dict[str, list[MergedResponse]] = defaultdict(list)
    for response in line.responses:
        if response.current:
            by_actor[response.by].append(response)
    for by, responses in by_actor.items():
        if len(responses) > 1:
            yield _conflict(
                "response", line.id, title, [_response_side(each, merging.name(by)) for each in responses]
            )


def _figures(pieces: Sequence[Piece[Allegation]], merging: Merging) -> Iterator[Side]:
    together: dict[frozenset[str], list[Piece[Allegation]]] = defaultdict(list)
    for piece in pieces:
        together[frozenset(numbers_in(piece.item.claim))].append(piece)
    for figures, same in together.items():
        if figures and any(not figures <= other and not other <= figures for other in together if other):
            yield Side(
                value=same[0].item.claim,
                by=row(
                    [merging.name(each) for each in merging.actors(same[0].report, same[0].item.accusers)]
                ),
                said=max(piece.report.said for piece in same),
                articles=tuple(sorted({piece.report.number for piece in same})),
                evidence=tuple(cite for piece in same for cite in piece.report.cite(piece.item.evidence)),
            )


def _response_side(told: MergedResponse, by: str) -> Side:
    return Side(
        value=phrase("stance", told.stance),
        by=by,
        official=True,
        said=told.said,
        articles=told.articles,
        evidence=told.evidence,
    )


def role_conflicts(
    lines: Sequence[MergedAllegation], titles: Mapping[str, str], merging: Merging
) -> Iterator[Conflict]:
    """A accuses B of what B accuses A of, in the same words: perhaps one of the reports has them swapped."""
    by_parties: dict[tuple[str, str], list[MergedAllegation]] = defaultdict(list)
    for line in lines:
        for accuser in line.accusers:
            for accused in line.accused:
                by_parties[accuser, accused].append(line)
    for (accuser, accused), ones in by_parties.items():
        if accuser >= accused:
            continue
        for one in ones:
            for other in by_parties.get((accused, accuser), ()):
                names = [merging.name(accuser), merging.name(accused)]
                if jaccard(stems_of(one.claim, names), stems_of(other.claim, names)) >= ALIKE:
                    yield _conflict(
                        "role", one.id, titles[one.id], [_role_side(one, titles), _role_side(other, titles)]
                    )


def _role_side(line: MergedAllegation, titles: Mapping[str, str]) -> Side:
    return Side(
        value=titles[line.id],
        by=row(list(line.sources.media)) or phrase("conflict", "media_only"),
        articles=line.articles,
        evidence=line.evidence,
    )


def attribution_conflicts(
    lines: Sequence[MergedPosition], titles: Mapping[str, str], merging: Merging
) -> Iterator[Conflict]:
    """One quotation that articles put into the mouths of different speakers."""
    spoken: dict[str, list[tuple[MergedPosition, Cited, str]]] = defaultdict(list)
    for line in lines:
        for cite in line.evidence:
            for match in _QUOTED.finditer(cite.quote):
                spoken[" ".join(fold(match[1]).split())].append((line, cite, match[1]))
    for told in spoken.values():
        speakers = {line.holders: (line, cite, quote) for line, cite, quote in told}
        articles = {cite.article for _, cite, _ in told}
        if len(articles) > 1 and not set.intersection(*(set(holders) for holders in speakers)):
            sides = [
                Side(
                    value=quote,
                    by=row([merging.name(each) for each in line.holders]),
                    articles=(cite.article,),
                    evidence=(cite,),
                )
                for line, cite, quote in speakers.values()
            ]
            yield _conflict("attribution", told[0][0].id, titles[told[0][0].id], sides)


def _conflict(kind: ConflictKind, about: str, title: str, sides: Sequence[Side]) -> Conflict:
    """Parties first, then the newest."""

    def order(side: Side) -> tuple[bool, int, str]:
        return not side.official, -(side.said.toordinal() if side.said else 0), side.value

    return Conflict(
        kind=kind,
        about=about,
        title=f"{title}: {phrase('conflict', kind)}",
        sides=tuple(sorted(sides, key=order)),
    )
