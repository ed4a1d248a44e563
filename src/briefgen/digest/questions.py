"""Open questions of many briefs, merged, and which of them later reports have settled (DOMAIN.md 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.digest.digest import MergedAllegation, MergedQuestion, MergedVisit
from briefgen.digest.likeness import alike, stems_of
from briefgen.digest.pieces import gathered, line_fields, united
from briefgen.digest.words import phrase
from briefgen.facets.wording import row
from briefgen.geography import state_name
from briefgen.lexicon import cue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefgen.brief import OpenQuestion
    from briefgen.digest.digest import Line
    from briefgen.digest.pieces import Merging, Piece

_OF_A_LINE = frozenset({"unconfirmed", "unresolved_allegation", "conflicting_reports"})
"""Kinds that a line has one question of, whatever its wording."""
_SETTLED = frozenset({"confirmed", "cancelled", "denied"})


def question_groups(merging: Merging, lines: Mapping[str, str]) -> Iterator[list[Piece[OpenQuestion]]]:
    """The pieces of each question: same kind, and same line that it is about or alike words."""
    rest = []
    about_one: dict[int, tuple[str, str, bool]] = {}
    pieces: list[Piece[OpenQuestion]] = merging.pieces("open_questions")
    for piece in pieces:
        about = about_of(piece, lines)
        if len(about) == 1 and piece.item.kind in _OF_A_LINE:
            about_one[id(piece)] = (piece.item.kind, about[0], _asks_when(piece.item.question))
        else:
            rest.append(piece)
    yield from gathered(pieces, lambda piece: about_one.get(id(piece)))
    for same in gathered(rest, lambda piece: piece.item.kind):
        yield from alike(same, lambda piece: stems_of(piece.item.question))


def about_of(piece: Piece[OpenQuestion], lines: Mapping[str, str]) -> tuple[str, ...]:
    """The lines that a question is about."""
    members = [piece.report.member(each) for each in piece.item.about]
    return tuple(dict.fromkeys(lines[member] for member in members if member in lines))


def merged_question(
    pieces: Sequence[Piece[OpenQuestion]],
    merging: Merging,
    ids: Mapping[str, str],
    lines: Mapping[str, Line],
) -> MergedQuestion:
    """One question of all its pieces, in the words of the newest. ``ids``: members to the ids of their lines."""
    newest = pieces[-1].item
    about = united(about_of(piece, ids) for piece in pieces)
    return MergedQuestion(
        **line_fields("question", pieces, lambda _: (), merging),
        question=newest.question,
        kind=newest.kind,
        about=about,
        resolves_with=_resolves_with(newest, [lines[each] for each in about], merging),
    )


def settled_by(question: MergedQuestion, lines: Mapping[str, Line]) -> Line | None:
    """The line whose state settles the question, if any does."""
    for each in question.about:
        line = lines.get(each)
        if isinstance(line, MergedVisit) and question.kind == "unconfirmed" and _is_settled(question, line):
            return line
        if isinstance(line, MergedAllegation) and question.kind == "unresolved_allegation":
            return line if line.status != "unresolved" else None
    return None


def _is_settled(question: MergedQuestion, visit: MergedVisit) -> bool:
    if visit.took_place:
        return True
    if _asks_when(question.question):
        return visit.status in {"cancelled", "denied"} or (
            visit.status == "confirmed" and visit.timing is not None
        )
    return visit.status in _SETTLED


def _asks_when(question: str) -> bool:
    return bool(cue("time_asked", of="retelling").search(question))


def _resolves_with(item: OpenQuestion, about: Sequence[Line], merging: Merging) -> str:
    visit = next((line for line in about if isinstance(line, MergedVisit)), None)
    allegation = next((line for line in about if isinstance(line, MergedAllegation)), None)
    if item.kind == "possible_agenda":
        return phrase("resolves", "agenda")
    if item.kind == "conflicting_reports":
        return phrase("resolves", "conflict")
    if visit is not None and item.kind == "unconfirmed":
        key = "visit_dates" if _asks_when(item.question) else "visit"
        return phrase("resolves", key, sides=phrase("list", "or").join(_sides(visit, merging)))
    if allegation is not None:
        return phrase(
            "resolves", "allegation", accused=row([merging.name(each) for each in allegation.accused])
        )
    return phrase("resolves", "gap")


def _sides(visit: MergedVisit, merging: Merging) -> list[str]:
    """Who can settle it: the visitor's state and the host's, or the visitor where nobody knows his state."""
    own = merging.index.side(visit.visitors[0]) if visit.visitors else None
    host = merging.places.host(visit.destination)
    names = [state_name(own) or merging.name(visit.visitors[0]) if visit.visitors else ""]
    names.append(state_name(host) or visit.destination.name)
    return list(dict.fromkeys(filter(None, names)))
