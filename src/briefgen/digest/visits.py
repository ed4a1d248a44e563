"""Planned visits of many briefs, merged: confirmations united, the status derived again (DOMAIN.md 7.3)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, get_args

from briefgen.brief import Aspect, Confirmation
from briefgen.confirmations import derive_status
from briefgen.digest.completions import took_place
from briefgen.digest.digest import MergedConfirmation, MergedVisit
from briefgen.digest.pieces import line_fields, most_said, unique, united
from briefgen.digest.speakers import Sides, Statement, superseded
from briefgen.digest.visit_timings import reported_timings
from briefgen.grounding import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.brief import PlannedVisit
    from briefgen.digest.completions import Past
    from briefgen.digest.digest import Cited, DigestStatus, ReportedTiming
    from briefgen.digest.pieces import Merging, Piece

_OFF = frozenset({"postponed", "cancelled", "denied"})
_SAYS_NOTHING = frozenset({"not_confirmed", "declined_to_comment"})


def merged_visit(
    pieces: Sequence[Piece[PlannedVisit]], past: Past, merging: Merging, day: date
) -> MergedVisit:
    """One visit of all its pieces, oldest first, as it stood on ``day``."""
    sides = Sides.of(pieces, merging)
    confirmations = merged_confirmations(pieces, sides, merging)
    status = _status(pieces, confirmations)
    timings = _without_what_fell(reported_timings(pieces, sides, merging), confirmations, status)
    done = took_place(pieces, past, merging, day)
    with_code = [piece.item.destination for piece in pieces if piece.item.destination.country]
    fields = line_fields("visit", pieces, _named, merging)
    told_done = {cite.article for cite in done}
    seen = [each.arrived for each in merging.reports if each.number in told_done] if told_done else []
    return MergedVisit(
        **fields
        | {
            "articles": tuple(sorted({*fields["articles"], *told_done})),
            "last_seen": max([fields["last_seen"], *seen]),
        },
        visitors=most_said(merging.actors(piece.report, piece.item.visitors) for piece in pieces),
        destination=(with_code or [pieces[0].item.destination])[0],
        hosts=most_said(merging.actors(piece.report, piece.item.hosts) for piece in pieces),
        timing=next((each.timing for each in timings if each.current), None),
        timings=timings,
        status=status,
        confirmations=confirmations,
        purposes=united((piece.item.purpose,) for piece in pieces if piece.item.purpose),
        according_to=_sources(pieces, merging),
        hedges=_hedges(pieces, status),
        overdue=_is_overdue(timings, status, done, day),
        took_place=done,
    )


def _sources(pieces: Sequence[Piece[PlannedVisit]], merging: Merging) -> tuple[str, ...]:
    """Whom the articles have it from, each once by the fullest of his names; a paper is no source of its own."""
    found: dict[str, str] = {}
    for piece in pieces:
        publisher = fold_name(piece.report.brief.article.publisher or "")
        for name in piece.item.according_to:
            who = merging.index.called(piece.report, name)
            card = merging.index.get(who) if who else None
            shown = card.name if card and card.kind in {"media", "person"} else name
            if not publisher.startswith(fold_name(shown)):
                found.setdefault(who or fold_name(name), shown)
    return tuple(dict.fromkeys(found.values()))


def _named(piece: Piece[PlannedVisit]) -> list[str]:
    """Who vouches for it. That somebody does not confirm a visit makes him no source of it."""
    telling = [each.by for each in piece.item.confirmations if each.value not in _SAYS_NOTHING]
    return [*piece.item.according_to, *telling]


def _hedges(pieces: Sequence[Piece[PlannedVisit]], status: DigestStatus) -> tuple[str, ...]:
    """Of the newest report that has the visit as the digest has it: "is expected to" of a paper does not hedge what
    the party confirmed.
    """
    fitting = [piece for piece in pieces if piece.item.status == status]
    return (fitting or pieces)[-1].item.hedges


def merged_confirmations(
    pieces: Sequence[Piece[PlannedVisit]], sides: Sides, merging: Merging
) -> tuple[MergedConfirmation, ...]:
    """What each side says on each aspect; what it took back later is not current."""
    told = [(piece, each) for piece in pieces for each in piece.item.confirmations]
    said = [
        Statement(
            sides.confirming(piece.report, each.by, merging), each.aspect, each.value, piece.report.said
        )
        for piece, each in told
    ]
    judged = superseded([*said, *_naming_days(told, said)])
    together: dict[tuple[object, ...], list[tuple[Piece[PlannedVisit], Confirmation]]] = defaultdict(list)
    standing: dict[tuple[object, ...], bool] = defaultdict(bool)
    for pair, statement in zip(told, judged, strict=False):
        told_by: tuple[object, ...] = statement.voice, statement.aspect, statement.value
        together[told_by].append(pair)
        standing[told_by] |= statement.current
    found = []
    for key, pairs in together.items():
        newest = max((piece for piece, _ in pairs), key=lambda piece: piece.order)
        found.append(
            MergedConfirmation(
                aspect=pairs[0][1].aspect,
                value=pairs[0][1].value,
                by=max((each.by for _, each in pairs), key=lambda by: (len(by), by)),
                said=newest.report.said,
                articles=tuple(sorted({piece.report.number for piece, _ in pairs})),
                current=standing[key],
                evidence=unique(cite for piece, each in pairs for cite in piece.report.cite(each.evidence)),
            )
        )
    order = get_args(Aspect)
    return tuple(
        sorted(found, key=lambda each: (not each.current, order.index(each.aspect), each.value, each.by))
    )


def _without_what_fell(
    timings: Sequence[ReportedTiming], confirmations: Sequence[MergedConfirmation], status: DigestStatus
) -> tuple[ReportedTiming, ...]:
    """The timings of a visit that was put off: those told before it stand no more, even where no new day is told."""
    if status != "postponed":
        return tuple(timings)
    off = _newest([each for each in confirmations if each.current and each.value == "postponed"])
    assert off is not None

    def fell(told: ReportedTiming) -> bool:
        return told.said is not None and off.said is not None and told.said < off.said

    return tuple(each.model_copy(update={"current": each.current and not fell(each)}) for each in timings)


def _naming_days(
    told: Sequence[tuple[Piece[PlannedVisit], Confirmation]], said: Sequence[Statement]
) -> list[Statement]:
    """Who confirms a visit on named days speaks of its dates too, and takes back that they are not confirmed."""
    return [
        replace(statement, aspect="dates")
        for (piece, each), statement in zip(told, said, strict=True)
        if each.aspect == "occurrence" and each.value == "confirmed"
        if piece.item.timing is not None and piece.item.timing.granularity in {"day", "week"}
    ]


def _status(
    pieces: Sequence[Piece[PlannedVisit]], confirmations: Sequence[MergedConfirmation]
) -> DigestStatus:
    """Derived again. A party may call a visit off alone, so that a later "postponed" is no dispute with an earlier
    "confirmed" of the other; a denial beside a confirmation is one, and so is a confirmation after it was called
    off.
    """
    standing = [each for each in confirmations if each.current]
    occurrence = [each for each in standing if each.aspect == "occurrence"]
    confirmed = _newest([each for each in occurrence if each.value == "confirmed"])
    off = _newest([each for each in occurrence if each.value in _OFF])
    if confirmed and off and _disputed(confirmed, off):
        return "disputed"
    plain = [Confirmation(aspect=each.aspect, value=each.value, by=each.by) for each in standing]
    return derive_status(plain, asserted=any(piece.item.status != "possible" for piece in pieces))


def _newest(confirmations: Sequence[MergedConfirmation]) -> MergedConfirmation | None:
    return max(confirmations, key=lambda each: each.said or date.min, default=None)


def _disputed(confirmed: MergedConfirmation, off: MergedConfirmation) -> bool:
    if off.value == "denied":
        return True
    return bool(confirmed.said and off.said and confirmed.said >= off.said)


def _is_overdue(
    timings: Sequence[ReportedTiming], status: DigestStatus, done: Sequence[Cited], day: date
) -> bool:
    """Its latest possible day is past, and nobody said that it took place: a question, not a conclusion."""
    standing = [each.timing.latest for each in timings if each.current]
    known = [latest for latest in standing if latest is not None]
    if done or status in _OFF or not known:
        return False
    return max(known) < day
