"""Kinds of break: who accuses whom of what, and what was answered (L01 to L09)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from breaks import Kind, Mutant, changed, kind, named_in, same_side, swapped

from briefgen.brief import Allegation, Response
from briefgen.geography import places_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

    from briefgen.brief import Actor


@kind("accuser and accused swapped", "L03")
def accuser_and_accused_swapped(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        if item.accusers:
            responses = tuple(Response(by=a, stance="not_reported") for a in item.accusers)
            yield changed(
                subject,
                "allegations",
                item,
                "swapped",
                accusers=item.accused,
                accused=item.accusers,
                responses=responses,
            )


@kind("accuser and accused swapped, in the claim too", "L03 L02")
def swapped_with_the_claim(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        if item.accusers:
            claim = swapped(item.claim, subject.name(item.accusers[0]), subject.name(item.accused[0]))
            responses = tuple(Response(by=a, stance="not_reported") for a in item.accusers)
            yield changed(
                subject,
                "allegations",
                item,
                f"swapped, “{claim}”",
                accusers=item.accused,
                accused=item.accusers,
                claim=claim,
                responses=responses,
            )


@kind("the accuser among the accused", "L03 L02")
def accuser_among_the_accused(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        if item.accusers:
            more = Response(by=item.accusers[0], stance="not_reported")
            yield changed(
                subject,
                "allegations",
                item,
                f"{subject.name(item.accusers[0])} also accused",
                accused=(*item.accused, item.accusers[0]),
                responses=(*item.responses, more),
            )


@kind("a joint accuser dropped", "L04")
def co_accuser_dropped(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        for at in range(len(item.accusers) if len(item.accusers) > 1 else 0):
            rest = (*item.accusers[:at], *item.accusers[at + 1 :])
            yield changed(
                subject, "allegations", item, f"without {subject.name(item.accusers[at])}", accusers=rest
            )


@kind("the accusers left out", "L04 L02")
def accusers_dropped(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        if item.accusers:
            yield changed(subject, "allegations", item, "nobody accuses", accusers=())


def _parties(item: Allegation) -> set[str]:
    return {*item.accusers, *item.accused}


def third_parties(item: Allegation, subject: Subject, *, here: bool) -> Iterator[Actor]:
    """Actors who are no party to it and of nobody's side, named in its sentence or only elsewhere."""
    parties = [subject.brief.actor(p) for p in _parties(item)]
    told = " ".join(subject.sentence(e.sentence) for e in item.evidence)
    named = {actor.id for actor, _ in named_in(told, subject)}
    for actor in subject.brief.actors:
        if any(same_side(actor, party) for party in parties):
            continue
        inside = actor.id in named
        outside = not any(part.casefold() in told.casefold() for part in actor.name.split())
        if inside if here else outside:
            yield actor


@kind("somebody else of the sentence as the accused", "L02 L03")
def other_accused_here(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        for actor in third_parties(item, subject, here=True):
            responses = (Response(by=actor.id, stance="not_reported"),)
            yield changed(
                subject,
                "allegations",
                item,
                f"accused: {actor.name}",
                accused=(actor.id,),
                responses=responses,
            )


@kind("somebody of another sentence as the accused", "L02")
def other_accused_elsewhere(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        for actor in third_parties(item, subject, here=False):
            responses = (Response(by=actor.id, stance="not_reported"),)
            yield changed(
                subject,
                "allegations",
                item,
                f"accused: {actor.name}",
                accused=(actor.id,),
                responses=responses,
            )


@kind("somebody else of the sentence as an accuser", "L02 L03")
def accuser_added_here(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        for actor in third_parties(item, subject, here=True):
            yield changed(
                subject,
                "allegations",
                item,
                f"accuser too: {actor.name}",
                accusers=(*item.accusers, actor.id),
            )


@kind("somebody of another sentence joined to the accusers", "L02")
def accuser_added_elsewhere(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        for actor in third_parties(item, subject, here=False):
            yield changed(
                subject,
                "allegations",
                item,
                f"accuser too: {actor.name}",
                accusers=(*item.accusers, actor.id),
            )


@kind("another accuser in the accuser’s place", "L02")
def accuser_exchanged(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        for actor in third_parties(item, subject, here=False):
            yield changed(subject, "allegations", item, f"accuser: {actor.name}", accusers=(actor.id,))


@kind("a third party joined to the accused", "L02")
def accused_added(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        for actor in (*third_parties(item, subject, here=True), *third_parties(item, subject, here=False)):
            more = Response(by=actor.id, stance="not_reported")
            yield changed(
                subject,
                "allegations",
                item,
                f"accused too: {actor.name}",
                accused=(*item.accused, actor.id),
                responses=(*item.responses, more),
            )


@kind("the claim of one accusation in another", "G02 L02 L03")
def claims_exchanged(subject: Subject) -> Iterator[Mutant]:
    items = subject.brief.allegations
    for item in items:
        for other in items:
            if other.id != item.id and other.evidence != item.evidence:
                yield changed(subject, "allegations", item, f"“{other.claim}”", claim=other.claim)


@kind("more in a claim than its sentence says", "G02")
def claim_padded(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        gerund = item.claim.split()[0].endswith("ing")
        claim = f"{item.claim.rstrip('.')} and {'hiding' if gerund else 'hid'} the evidence afterwards"
        yield changed(subject, "allegations", item, f"“{claim}”", claim=claim)


@kind("a claim turned into its opposite", "V04 G02")
def claim_negated(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        first, _, rest = item.claim.partition(" ")
        if first.endswith("ing"):
            claim = f"Not {item.claim[:1].lower()}{item.claim[1:]}"
        else:
            claim = re.sub(
                r"^((?:\S+ ){1,5}(?:was|were|had|has|is|are|will))\b", r"\1 not", item.claim, count=1
            )
        if claim != item.claim and rest:
            yield changed(subject, "allegations", item, f"“{claim}”", claim=claim)


@kind("an attempt told as done", "G02 C04")
def attempt_as_done(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        claim = re.sub(r"\b(?:[Ss]eeking|[Tt]rying|[Aa]ttempting) to (\w+?)e?\b", r"\1ing", item.claim)
        claim = re.sub(r"\b(?:sought|tried|attempted) to (\w+?)e?\b", r"\1ed", claim)
        claim = re.sub(r" in an attempt to \w+", " and killed", claim)
        if claim != item.claim:
            yield changed(subject, "allegations", item, f"“{claim}”", claim=claim)


@kind("a state that is only part of the claim as the accused", "L02")
def implicated_as_accused(subject: Subject) -> Iterator[Mutant]:
    """ "North Korean-supplied missiles": nobody accuses North Korea."""
    for item in subject.brief.allegations:
        sides = {subject.brief.actor(p).country for p in (*item.accusers, *item.accused)}
        for e in item.evidence:
            codes = {p.code for p in places_in(subject.sentence(e.sentence)) if p.form == "adjective"} - sides
            for actor in subject.brief.actors:
                if actor.kind == "government" and actor.country in codes:
                    responses = (Response(by=actor.id, stance="not_reported"),)
                    shown = f"accused: {actor.name}"
                    yield changed(
                        subject, "allegations", item, shown, accused=(actor.id,), responses=responses
                    )


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
