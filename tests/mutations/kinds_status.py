"""Kinds of break: how certain a visit is, and who has confirmed what of it (V03 to V08)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from breaks import Kind, Mutant, behind, changed, kind

from briefgen.attribution import is_unnamed
from briefgen.brief import Confirmation
from briefgen.confirmations import derive_status, on_a_side
from briefgen.facets.base import Context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

    from briefgen.brief import PlannedVisit, VisitStatus

_WEAKER = {
    "reported": ("possible",),
    "partly_confirmed": ("reported",),
    "confirmed": ("partly_confirmed", "reported"),
}
_OFF = ("postponed", "cancelled", "denied")


def _status(name: str, before: tuple[str, ...], after: VisitStatus) -> Kind:
    """A kind that gives visits of some statuses another, and changes nothing else."""

    def make(subject: Subject) -> Iterator[Mutant]:
        for visit in subject.brief.planned_visits:
            if visit.status in before:
                yield changed(subject, "planned_visits", visit, f"{visit.status} → {after}", status=after)

    return Kind(name, frozenset({"V03"}), make)


possible_as_reported = _status("possible raised to reported", ("possible",), "reported")
reported_as_partly = _status("reported raised to partly confirmed", ("reported",), "partly_confirmed")
partly_as_confirmed = _status("partly confirmed raised to confirmed", ("partly_confirmed",), "confirmed")
rumour_as_confirmed = _status("rumour raised to confirmed", ("possible", "reported"), "confirmed")
off_as_standing = _status("a visit put off shown as confirmed", _OFF, "confirmed")
off_as_reported = _status("a visit put off shown as reported", _OFF, "reported")
postponed_as_cancelled = _status("postponed shown as cancelled", ("postponed",), "cancelled")
cancelled_as_postponed = _status("cancelled shown as postponed", ("cancelled",), "postponed")
standing_as_cancelled = _status(
    "a visit that stands shown as cancelled", ("confirmed", "reported"), "cancelled"
)
standing_as_denied = _status(
    "a visit that nobody denied shown as denied", ("reported", "partly_confirmed"), "denied"
)
confirmed_as_reported = _status("a confirmed visit shown as reported", ("confirmed",), "reported")


def _with(visit: PlannedVisit, confirmations: tuple[Confirmation, ...]) -> dict[str, Any]:
    """These confirmations, and the status that a consistent forger would give with them."""
    derived = derive_status(confirmations, asserted=visit.status != "possible")
    return {"confirmations": confirmations, "status": derived}


def _instead(visit: PlannedVisit, at: int, **changes: Any) -> dict[str, Any]:
    found = list(visit.confirmations)
    found[at] = found[at].model_copy(update=changes)
    return _with(visit, tuple(found))


@kind("the negation of a confirmation lost", "V04")
def confirmation_negation_lost(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for at, said in enumerate(visit.confirmations):
            if said.value in {"not_confirmed", "declined_to_comment", "denied"}:
                changes = _instead(visit, at, value="confirmed")
                yield changed(
                    subject, "planned_visits", visit, f"{said.by}: {said.value} → confirmed", **changes
                )


@kind("“not confirmed” turned into a denial", "V04")
def not_confirmed_as_denied(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for at, said in enumerate(visit.confirmations):
            if said.value in {"not_confirmed", "declined_to_comment"}:
                changes = _instead(visit, at, value="denied")
                yield changed(
                    subject, "planned_visits", visit, f"{said.by}: {said.value} → denied", **changes
                )


@kind("“not confirmed” and “declined to comment” exchanged", "V04")
def not_confirmed_and_declined(subject: Subject) -> Iterator[Mutant]:
    other = {"not_confirmed": "declined_to_comment", "declined_to_comment": "not_confirmed"}
    for visit in subject.brief.planned_visits:
        for at, said in enumerate(visit.confirmations):
            if said.value in other:
                changes = _instead(visit, at, value=other[said.value])
                yield changed(
                    subject,
                    "planned_visits",
                    visit,
                    f"{said.by}: {said.value} → {other[said.value]}",
                    **changes,
                )


@kind("a confirmation turned round", "V04")
def confirmed_as_denied(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for at, said in enumerate(visit.confirmations):
            if said.value == "confirmed":
                for value in ("denied", "not_confirmed"):
                    changes = _instead(visit, at, value=value)
                    yield changed(
                        subject, "planned_visits", visit, f"{said.by}: confirmed → {value}", **changes
                    )


def _stands(visit: PlannedVisit) -> bool:
    return visit.status in {"possible", "reported", "partly_confirmed"}


def _claimed(visit: PlannedVisit, by: str, n: int, subject: Subject) -> dict[str, Any]:
    """The visit with one more confirmation of its occurrence, read out of sentence ``n``."""
    more = Confirmation(aspect="occurrence", value="confirmed", by=by, evidence=behind(subject, n))
    return _with(visit, (*visit.confirmations, more))


@kind("a newspaper confirms", "V06")
def newspaper_confirms(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for actor in subject.brief.actors:
            if actor.kind == "media" and _stands(visit):
                n = next(
                    (e.sentence for e in visit.evidence if actor.name in subject.sentence(e.sentence)), 0
                )
                n = n or visit.evidence[0].sentence
                changes = _claimed(visit, actor.name, n, subject)
                yield changed(subject, "planned_visits", visit, f"confirmed by {actor.name}", **changes)


@kind("an unnamed source confirms", "V06")
def unnamed_source_confirms(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for name in visit.according_to:
            if is_unnamed(name) and _stands(visit):
                changes = _claimed(visit, name, visit.evidence[0].sentence, subject)
                yield changed(subject, "planned_visits", visit, f"confirmed by {name}", **changes)


@kind("somebody of neither side confirms", "V06")
def third_party_confirms(subject: Subject) -> Iterator[Mutant]:
    cast = Context.of_brief(subject.brief, subject.article).cast
    for visit in subject.brief.planned_visits:
        for actor in subject.brief.actors:
            member = cast.find(actor.name)
            if (
                actor.kind in {"person", "organisation"}
                and member
                and not on_a_side(member, visit, cast)
                and _stands(visit)
            ):
                changes = _claimed(visit, actor.name, visit.evidence[0].sentence, subject)
                yield changed(subject, "planned_visits", visit, f"confirmed by {actor.name}", **changes)


@kind("the visitor confirms, who does not speak", "V05")
def visitor_confirms(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        name = subject.name(visit.visitors[0])
        if _stands(visit) and name not in {c.by for c in visit.confirmations}:
            changes = _claimed(visit, name, visit.evidence[0].sentence, subject)
            yield changed(subject, "planned_visits", visit, f"confirmed by {name}", **changes)


@kind("the host confirms, who does not speak", "V05")
def host_confirms(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for host in visit.hosts[:1]:
            name = subject.name(host)
            if _stands(visit) and name not in {c.by for c in visit.confirmations}:
                changes = _claimed(visit, name, visit.evidence[0].sentence, subject)
                yield changed(subject, "planned_visits", visit, f"confirmed by {name}", **changes)


@kind("a confirmation put into somebody else’s mouth", "V05 V06")
def confirmer_exchanged(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for at, said in enumerate(visit.confirmations):
            told = " ".join(subject.sentence(e.sentence) for e in said.evidence)
            for actor in subject.brief.actors:
                absent = actor.name not in told and not any(p in told for p in actor.name.split())
                if actor.kind in {"person", "government"} and actor.name != said.by and absent:
                    changes = _instead(visit, at, by=actor.name)
                    yield changed(
                        subject, "planned_visits", visit, f"{said.by}’s words → {actor.name}’s", **changes
                    )


@kind("one confirmation spread over the other visit", "V07")
def confirmation_spread(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for other in subject.brief.planned_visits:
            own = {(c.aspect, c.value, c.by) for c in visit.confirmations}
            for said in other.confirmations:
                told = " ".join(subject.sentence(e.sentence) for e in said.evidence)
                new = (said.aspect, said.value, said.by) not in own and visit.destination.name not in told
                if other.id != visit.id and said.value == "confirmed" and new:
                    changes = _with(visit, (*visit.confirmations, said))
                    yield changed(
                        subject,
                        "planned_visits",
                        visit,
                        f"{said.by} on {other.destination.name} counted for {visit.destination.name}",
                        **changes,
                    )


@kind("preparation read as the visit itself", "V08")
def preparation_as_occurrence(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for at, said in enumerate(visit.confirmations):
            if said.aspect in {"preparation", "agenda", "invitation"} and said.value == "confirmed":
                changes = _instead(visit, at, aspect="occurrence")
                yield changed(
                    subject, "planned_visits", visit, f"{said.by}: {said.aspect} → occurrence", **changes
                )


@kind("unconfirmed dates read as an unconfirmed visit", "V08")
def dates_as_occurrence(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for at, said in enumerate(visit.confirmations):
            if said.aspect == "dates" and said.value == "not_confirmed":
                changes = _instead(visit, at, aspect="occurrence")
                yield changed(subject, "planned_visits", visit, f"{said.by}: dates → occurrence", **changes)


@kind("the visit confirmed read as dates confirmed", "V08")
def occurrence_as_dates(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for at, said in enumerate(visit.confirmations):
            if said.aspect == "occurrence" and said.value == "confirmed":
                for aspect in ("dates", "agenda"):
                    changes = _instead(visit, at, aspect=aspect)
                    yield changed(
                        subject, "planned_visits", visit, f"{said.by}: occurrence → {aspect}", **changes
                    )


@kind("what a side has not confirmed left out", "V04 V03")
def reservation_dropped(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for at, said in enumerate(visit.confirmations):
            if said.value != "confirmed":
                rest = (*visit.confirmations[:at], *visit.confirmations[at + 1 :])
                yield changed(
                    subject,
                    "planned_visits",
                    visit,
                    f"{said.by}: {said.value} left out",
                    **_with(visit, rest),
                )


@kind("a confirmation under a sentence that does not give it", "V05 V07")
def confirmation_cites_another_sentence(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for at, said in enumerate(visit.confirmations):
            cited = {e.sentence for e in said.evidence}
            for sentence in subject.article.telling:
                if (
                    sentence.n not in cited
                    and said.by not in sentence.text
                    and visit.destination.name not in sentence.text
                ):
                    changes = _instead(visit, at, evidence=behind(subject, sentence.n))
                    yield changed(
                        subject, "planned_visits", visit, f"{said.by} in sentence {sentence.n}", **changes
                    )


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
