"""Kinds of break: who travels where, what is planned and what is past (V01, V02, V13, V14), and a visit's sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from breaks import (
    Kind,
    Mutant,
    added,
    behind,
    changed,
    dropped,
    kind,
    named_in,
    new_id,
    others,
    same_side,
)

from briefgen.attribution import hedges_in, sources_in
from briefgen.brief import Actor, Destination, PlannedVisit
from briefgen.geography import country_of, places_in
from briefgen.visits import destination_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

_PEOPLE = ("person", "group")


def _visit(subject: Subject, visitor: Actor, place: str, n: int) -> PlannedVisit:
    """A planned visit as a model would report it, without confirmations."""
    return PlannedVisit(
        id=new_id(subject, "planned_visits", "visit"),
        visitors=(visitor.id,),
        destination=Destination(name=place, country=country_of(place)),
        status="reported",
        according_to=tuple(dict.fromkeys(s.name for s in sources_in(subject.sentence(n)))),
        hedges=tuple(dict.fromkeys(hedges_in(subject.sentence(n)))),
        evidence=behind(subject, n),
    )


def _past_places(subject: Subject) -> Iterator[tuple[int, str, Actor]]:
    """Past visits of the background: sentence, place and somebody whom the sentence names before it."""
    for item in subject.brief.background:
        n = item.evidence[0].sentence
        text = subject.sentence(n)
        if item.kind != "past_visit":
            continue
        people = named_in(text, subject, "person")
        states = [name for _, name in named_in(text, subject, "government")]
        states += [text[p.start : p.end] for p in places_in(text) if p.form == "name"]
        for place in dict.fromkeys(states):
            for person, name in people:
                if text.find(name) < text.find(place):
                    yield n, place, person


@kind("a past visit listed as planned", "V01")
def past_visit_as_planned(subject: Subject) -> Iterator[Mutant]:
    for n, place, person in _past_places(subject):
        visit = _visit(subject, person, place, n)
        yield added(subject, "planned_visits", visit, f"{person.name} to {place}, of past sentence {n}")


@kind("a planned visit that rests on the sentence of a past one", "V01 V02 V11")
def planned_visit_on_past_sentence(subject: Subject) -> Iterator[Mutant]:
    for n, place, _ in _past_places(subject):
        for visit in subject.brief.planned_visits:
            if n not in {e.sentence for e in visit.evidence}:
                yield changed(
                    subject,
                    "planned_visits",
                    visit,
                    f"evidence {n}, a visit to {place}",
                    evidence=behind(subject, n),
                )


@kind("a past sentence added to a planned visit’s evidence", "V11")
def past_sentence_added(subject: Subject) -> Iterator[Mutant]:
    for n, _, _ in _past_places(subject):
        for visit in subject.brief.planned_visits:
            if n not in {e.sentence for e in visit.evidence}:
                evidence = (*visit.evidence, *behind(subject, n))
                yield changed(subject, "planned_visits", visit, f"also cites past {n}", evidence=evidence)


@kind("visitor and host swapped", "V02")
def visitor_and_host_swapped(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        homes = [a for a in subject.brief.actors if a.kind == "government" and a.id not in visit.hosts]
        visitor = subject.brief.actor(visit.visitors[0])
        home = next((h for h in homes if h.country and h.country == visitor.country), None)
        for host in visit.hosts[:1]:
            place = home.name if home else visitor.name
            yield changed(
                subject,
                "planned_visits",
                visit,
                f"{subject.name(host)} to {place} instead of {visitor.name} to {visit.destination.name}",
                visitors=(host,),
                hosts=(home.id,) if home else visit.visitors,
                destination=Destination(name=place, country=country_of(place)),
            )


@kind("somebody of the host’s side made the traveller", "V02")
def host_travels(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        side = visit.destination.country
        name = visit.destination.name
        for actor in subject.brief.actors:
            of_side = (side and actor.country == side) or (actor.role and name[:4] in actor.role)
            if actor.kind == "person" and of_side and actor.id not in visit.visitors:
                yield changed(
                    subject, "planned_visits", visit, f"{actor.name} to {name}", visitors=(actor.id,)
                )


@kind("the speaker made the traveller", "V02")
def speaker_travels(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        speakers = {c.by for c in visit.confirmations} | set(visit.according_to)
        for actor in subject.brief.actors:
            if speakers & {actor.name, *actor.aliases} and actor.id not in visit.visitors:
                yield changed(subject, "planned_visits", visit, f"{actor.name} travels", visitors=(actor.id,))


@kind("somebody else of the article made the traveller", "V02")
def other_person_travels(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        visitor = subject.brief.actor(visit.visitors[0])
        for actor in others(subject, visitor, "person"):
            if actor.id not in visit.visitors:
                yield changed(subject, "planned_visits", visit, f"{actor.name} travels", visitors=(actor.id,))


@kind("a companion who does not travel", "V02")
def companion_added(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        visitor = subject.brief.actor(visit.visitors[0])
        for actor in others(subject, visitor, "person"):
            if actor.id not in visit.visitors:
                visitors = (*visit.visitors, actor.id)
                yield changed(subject, "planned_visits", visit, f"with {actor.name}", visitors=visitors)


@kind("the state made the traveller", "V02")
def state_travels(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for actor in subject.brief.actors:
            if actor.kind == "government" and actor.id not in (*visit.visitors, *visit.hosts):
                yield changed(subject, "planned_visits", visit, f"{actor.name} travels", visitors=(actor.id,))


def _other_places(subject: Subject, visit: PlannedVisit) -> list[str]:
    """States of the article that nobody is to visit."""
    planned = {v.destination.name for v in subject.brief.planned_visits}
    planned |= {subject.name(host) for v in subject.brief.planned_visits for host in v.hosts}
    codes = {v.destination.country for v in subject.brief.planned_visits} - {None}
    visitors = [subject.brief.actor(v) for v in visit.visitors]
    return [
        a.name
        for a in subject.brief.actors
        if a.kind == "government"
        and a.name not in planned
        and a.country not in codes
        and not any(same_side(a, v) for v in visitors)
        and not a.name.startswith(("Kremlin", "White House"))
        and not re.search(
            rf"{re.escape(visit.destination.name)}[\w ]* in {re.escape(a.name)}", subject.article.text
        )
    ]


@kind("another destination of the article", "V01 V02 G02")
def other_destination(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for place in _other_places(subject, visit):
            yield changed(
                subject,
                "planned_visits",
                visit,
                f"to {place} for {visit.destination.name}",
                destination=Destination(name=place, country=country_of(place)),
            )


@kind("one more visit, to a state only mentioned", "V01 V02 G02")
def visit_to_a_state_only_mentioned(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits[:1]:
        visitor = subject.brief.actor(visit.visitors[0])
        for place in _other_places(subject, visit):
            for sentence in subject.article.sentences:
                if destination_spans(sentence.text, place):
                    more = _visit(subject, visitor, place, sentence.n)
                    yield added(
                        subject,
                        "planned_visits",
                        more,
                        f"{visitor.name} to {place}, of sentence {sentence.n}",
                    )
                    break


@kind("a destination that is not in the article", "G05 V01 V02")
def destination_from_memory(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for place in ("China", "Mongolia", "Iceland"):
            if place not in subject.article.text:
                yield changed(
                    subject,
                    "planned_visits",
                    visit,
                    f"to {place}",
                    destination=Destination(name=place, country=country_of(place)),
                )


@kind("country code of another state", "A06")
def wrong_country_of_destination(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        code = "TD" if visit.destination.country != "TD" else "TG"
        place = Destination(name=visit.destination.name, country=code)
        yield changed(
            subject,
            "planned_visits",
            visit,
            f"{place.name} is {code}, not {visit.destination.country}",
            destination=place,
        )


@kind("host of a third state", "V02")
def wrong_host(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        hosts = {subject.brief.actor(h).country or h for h in visit.hosts}
        for actor in subject.brief.actors:
            third = actor.kind == "government" and (actor.country or actor.id) not in hosts
            if third and actor.name != visit.destination.name and visit.hosts:
                yield changed(subject, "planned_visits", visit, f"host {actor.name}", hosts=(actor.id,))


@kind("a second destination forgotten", "V14")
def second_destination_forgotten(subject: Subject) -> Iterator[Mutant]:
    visits = subject.brief.planned_visits
    for visit in visits:
        told = {e.sentence for e in visit.evidence}
        twins = [
            v
            for v in visits
            if v.id != visit.id
            and v.visitors == visit.visitors
            and any(
                re.search(
                    rf"{re.escape(a)}(?:,| and|, and) (?:the )?(?:\w+, (?:and )?)?{re.escape(b)}",
                    subject.sentence(n),
                )
                for n in told & {e.sentence for e in v.evidence}
                for a, b in (
                    (v.destination.name, visit.destination.name),
                    (visit.destination.name, v.destination.name),
                )
            )
        ]
        if twins:
            yield dropped(
                subject, "planned_visits", visit, f"to {visit.destination.name}", ("planned_visits",)
            )


@kind("one visit twice", "V13")
def visit_twice(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        twin = visit.model_copy(update={"id": new_id(subject, "planned_visits", "visit")})
        yield added(subject, "planned_visits", twin, f"{visit.destination.name} again")


@kind("one visit twice, the second without its time", "V13")
def visit_twice_undated(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        if visit.timing:
            changes = {
                "id": new_id(subject, "planned_visits", "visit"),
                "timing": None,
                "evidence": visit.evidence[:1],
            }
            yield added(
                subject,
                "planned_visits",
                visit.model_copy(update=changes),
                f"{visit.destination.name} again, undated",
            )


@kind("a visit under the sentences of the other visit", "V01 V02 G02")
def visit_cites_the_other(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        for other in subject.brief.planned_visits:
            apart = [e for e in other.evidence if visit.destination.name not in subject.sentence(e.sentence)]
            if other.id != visit.id and apart:
                shown = f"{visit.destination.name} cites {[e.sentence for e in apart]}"
                yield changed(subject, "planned_visits", visit, shown, evidence=tuple(apart))


@kind("a visit under way or just over listed as planned", "V01")
def visit_under_way(subject: Subject) -> Iterator[Mutant]:
    for sentence in subject.article.telling:
        there = re.search(
            r"\b(?:arrived in|is visiting|landed in|returned from|hosted|received in|was in)\b", sentence.text
        )
        if there is None:
            continue
        people = named_in(sentence.text[: there.start()], subject, "person")
        places = named_in(sentence.text[there.end() :], subject, "government")
        for person, _ in people[-1:]:
            for place, _ in places[:1]:
                if not same_side(person, place):
                    visit = _visit(subject, person, place.name, sentence.n)
                    yield added(
                        subject,
                        "planned_visits",
                        visit,
                        f"{person.name} to {place.name}, of sentence {sentence.n}",
                    )


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
