"""Kinds of break: names, roles and kinds of those who act (A01 to A06, G09)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from breaks import Kind, Mutant, added, behind, changed, has, kind, others, same_side, strangers

from briefgen.geography import country_of, seat_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

    from briefgen.brief import Actor, ActorKind

_OFFICES = re.compile(
    r"(?:representative|envoy|spokes\w+|official|ministers?|leader|officials|ambassador|administration|analysts)\b",
    re.IGNORECASE,
)


def _people(subject: Subject) -> Iterator[Actor]:
    for actor in subject.brief.actors:
        if actor.kind == "person" and actor.name[:1].isupper() and not _OFFICES.search(actor.name):
            yield actor


def _new(subject: Subject) -> str:
    return f"actor-{len(subject.brief.actors) + 20}"


@kind("an actor twice", "A01")
def actor_twice(subject: Subject) -> Iterator[Mutant]:
    for actor in subject.brief.actors[:3]:
        yield added(subject, "actors", actor.model_copy(update={"id": _new(subject)}), f"{actor.name} again")


@kind("a person once more by the surname", "A01")
def surname_as_another(subject: Subject) -> Iterator[Mutant]:
    for actor in _people(subject):
        if " " in actor.name:
            twin = actor.model_copy(
                update={"id": _new(subject), "name": actor.name.split()[-1], "aliases": ()}
            )
            yield added(subject, "actors", twin, f"{twin.name} beside {actor.name}")


@kind("a person once more with the office", "A01 A02")
def office_as_another(subject: Subject) -> Iterator[Mutant]:
    for actor in _people(subject):
        title = (actor.role or "").split(",")[0]
        surname = actor.name.split()[-1]
        if title and has(subject, f"{title} {actor.name}"):
            twin = actor.model_copy(
                update={"id": _new(subject), "name": f"{title} {actor.name}", "aliases": (), "role": None}
            )
            yield added(subject, "actors", twin, f"{twin.name} beside {surname}")


@kind("an alias of one actor given to another", "A01")
def alias_shared(subject: Subject) -> Iterator[Mutant]:
    actors = subject.brief.actors
    for actor in actors:
        for other in actors:
            if not same_side(actor, other):
                aliases = (*actor.aliases, other.name)
                yield changed(subject, "actors", actor, f"{actor.name}, also “{other.name}”", aliases=aliases)


@kind("a first name invented", "A02 G05")
def first_name_invented(subject: Subject) -> Iterator[Mutant]:
    for actor in _people(subject):
        for first in ("Dmitry", "Anna", "Robert"):
            if not has(subject, first):
                name = f"{first} {actor.name.split()[-1]}"
                yield changed(subject, "actors", actor, f"{actor.name} → {name}", name=name)
                break


@kind("a middle name invented", "A02 G05")
def middle_name_invented(subject: Subject) -> Iterator[Mutant]:
    for actor in _people(subject):
        first, _, rest = actor.name.partition(" ")
        if rest and not has(subject, "Vladimirovich"):
            name = f"{first} Vladimirovich {rest}"
            yield changed(subject, "actors", actor, f"{actor.name} → {name}", name=name)


@kind("first names of two people exchanged", "A02")
def first_names_exchanged(subject: Subject) -> Iterator[Mutant]:
    people = [actor for actor in _people(subject) if " " in actor.name]
    for actor in people:
        for other in people:
            if other.id != actor.id:
                name = f"{other.name.split()[0]} {actor.name.partition(' ')[2]}"
                yield changed(subject, "actors", actor, f"{actor.name} → {name}", name=name)


@kind("a name misspelt", "A02 G05")
def name_misspelt(subject: Subject) -> Iterator[Mutant]:
    for actor in _people(subject):
        name = re.sub(r"(?<=[a-z])([a-z])(?=[a-z]?$)", r"\1\1", actor.name)
        if name != actor.name and not has(subject, name):
            yield changed(subject, "actors", actor, f"{actor.name} → {name}", name=name)


@kind("a name from memory for an unnamed official", "A02 G05")
def official_named_from_memory(subject: Subject) -> Iterator[Mutant]:
    for actor in subject.brief.actors:
        if actor.kind in {"person", "group"} and (
            _OFFICES.search(actor.name) or not actor.name[:1].isupper()
        ):
            for name in strangers(subject)[:1]:
                yield changed(subject, "actors", actor, f"{actor.name} → {name}", name=name)


@kind("the name of somebody else of the article for an unnamed official", "A02 A01")
def official_named_after_another(subject: Subject) -> Iterator[Mutant]:
    for actor in subject.brief.actors:
        if actor.kind in {"person", "group"} and _OFFICES.search(actor.name):
            for other in _people(subject):
                yield changed(subject, "actors", actor, f"{actor.name} → {other.name}", name=other.name)


@kind("somebody of another article among the actors", "A02 G05")
def stranger_added(subject: Subject) -> Iterator[Mutant]:
    for name in strangers(subject):
        actor = next(_people(subject), None)
        if actor:
            more = actor.model_copy(update={"id": _new(subject), "name": name, "aliases": (), "role": None})
            yield added(subject, "actors", more, name)


@kind("a state’s capital, from memory, among its names", "A02 G05")
def capital_from_memory(subject: Subject) -> Iterator[Mutant]:
    capitals = {
        "KP": "Pyongyang",
        "VN": "Hanoi",
        "RU": "Moscow",
        "US": "Washington",
        "GB": "London",
        "UA": "Kyiv",
        "SY": "Damascus",
        "IR": "Tehran",
        "JP": "Tokyo",
        "KR": "Seoul",
        "PT": "Lisbon",
        "NO": "Oslo",
        "MT": "Valletta",
        "FI": "Helsinki",
        "DE": "Berlin",
    }
    for actor in subject.brief.actors:
        capital = capitals.get(country_of(actor.name) or "", "")
        if capital and seat_of(capital) and not has(subject, capital):
            yield changed(
                subject, "actors", actor, f"{actor.name}, also “{capital}”", aliases=(*actor.aliases, capital)
            )


def _qualified(name: str, qualifier: str) -> Kind:
    def make(subject: Subject) -> Iterator[Mutant]:
        for actor in _people(subject):
            if actor.role and qualifier not in subject.article.text.lower():
                yield changed(
                    subject,
                    "actors",
                    actor,
                    f"{actor.role} → {qualifier} {actor.role}",
                    role=f"{qualifier} {actor.role}",
                )

    return Kind(name, frozenset({"G09"}), make)


former_added = _qualified("“former” added to a role", "former")
acting_added = _qualified("“acting” added to a role", "acting")
deputy_added = _qualified("“deputy” added to a role", "deputy")


@kind("“former”, of somebody else in the article, added to a role", "G09")
def former_of_another(subject: Subject) -> Iterator[Mutant]:
    for actor in _people(subject):
        for qualifier in ("former", "deputy", "vice"):
            own = actor.role and (qualifier not in actor.role.lower())
            if own and has(subject, f"{qualifier} ") and not has(subject, f"{qualifier} {actor.role}"):
                yield changed(
                    subject,
                    "actors",
                    actor,
                    f"{actor.role} → {qualifier} {actor.role}",
                    role=f"{qualifier} {actor.role}",
                )


@kind("“former” dropped from a role", "G09")
def former_dropped(subject: Subject) -> Iterator[Mutant]:
    for actor in _people(subject):
        role = re.sub(
            r"\b(?:[Ff]ormer|[Aa]cting|[Dd]eputy|[Ii]ncoming|[Oo]utgoing|[Vv]ice)\s+", "", actor.role or ""
        )
        if role and role != actor.role:
            yield changed(subject, "actors", actor, f"{actor.role} → {role}", role=role)


@kind("roles of two actors exchanged", "G09")
def roles_exchanged(subject: Subject) -> Iterator[Mutant]:
    people = list(_people(subject))
    for actor in people:
        for other in people:
            known = actor.role or ""
            if (
                other.role
                and other.id != actor.id
                and other.role.casefold() not in known.casefold()
                and not has(subject, f"{other.role} {actor.name}")
            ):
                yield changed(
                    subject, "actors", actor, f"{actor.name}: {actor.role} → {other.role}", role=other.role
                )


@kind("a role that the article does not give", "G09 G05")
def role_from_memory(subject: Subject) -> Iterator[Mutant]:
    for actor in _people(subject):
        for role in ("Nobel laureate", "party treasurer", "retired admiral"):
            if not has(subject, role):
                yield changed(subject, "actors", actor, f"{actor.name}: {actor.role} → {role}", role=role)
                break


@kind("an affiliation from elsewhere in the article", "G09 A06")
def affiliation_exchanged(subject: Subject) -> Iterator[Mutant]:
    bodies = [a for a in subject.brief.actors if a.kind in {"organisation", "media", "government"}]
    for actor in _people(subject):
        told = " ".join(s.text for s in subject.article.sentences if actor.name.split()[-1] in s.text)
        for body in bodies:
            state = body.kind == "government"
            foreign = body.name not in told and not (
                state and (not actor.country or body.country == actor.country)
            )
            if foreign and body.name not in (actor.role or ""):
                yield changed(subject, "actors", actor, f"{actor.name} of {body.name}", affiliation=body.name)


@kind("an actor given another state’s country", "A06")
def wrong_country(subject: Subject) -> Iterator[Mutant]:
    for actor in subject.brief.actors:
        if actor.country:
            code = next(
                (a.country for a in subject.brief.actors if a.country and a.country != actor.country), "TD"
            )
            yield changed(subject, "actors", actor, f"{actor.name}: {actor.country} → {code}", country=code)


def _kind(name: str, before: ActorKind, after: ActorKind) -> Kind:
    def make(subject: Subject) -> Iterator[Mutant]:
        for actor in subject.brief.actors:
            sure = before != "government" or country_of(actor.name)
            titled = before != "person" or actor.role
            if actor.kind == before and sure and titled:
                yield changed(subject, "actors", actor, f"{actor.name}: {before} → {after}", kind=after)

    return Kind(name, frozenset({"A06"}), make)


person_as_government = _kind("a person shown as a government", "person", "government")
government_as_person = _kind("a government shown as a person", "government", "person")
government_as_organisation = _kind("a government shown as a newspaper", "government", "media")


@kind("the act of a government credited to a person of its side", "A06 L02 L03")
def government_act_to_person(subject: Subject) -> Iterator[Mutant]:
    """The accusing state replaced by its leader, who accuses nobody in the sentence."""
    for item in subject.brief.allegations:
        for at, accuser in enumerate(item.accusers):
            state = subject.brief.actor(accuser)
            told = " ".join(subject.sentence(e.sentence) for e in item.evidence)
            for person in others(subject, state, "person"):
                leads = person.role and state.name[:5] in person.role
                if state.kind == "government" and leads and person.name.split()[-1] not in told:
                    accusers = (*item.accusers[:at], person.id, *item.accusers[at + 1 :])
                    yield changed(
                        subject, "allegations", item, f"{state.name} → {person.name}", accusers=accusers
                    )


@kind("evidence that does not name the actor", "G02")
def actor_cites_another_sentence(subject: Subject) -> Iterator[Mutant]:
    for actor in subject.brief.actors:
        names = [
            part.casefold() for name in (actor.name, *actor.aliases) for part in name.split() if len(part) > 2
        ]
        for sentence in reversed(subject.article.telling):
            text = sentence.text.casefold()
            if names and not any(part[:5] in text for part in names):
                yield changed(
                    subject,
                    "actors",
                    actor,
                    f"{actor.name} cites {sentence.n}",
                    evidence=behind(subject, sentence.n),
                )
                break


@kind("an office from elsewhere for an official without a name", "A03")
def office_for_the_unnamed(subject: Subject) -> Iterator[Mutant]:
    for actor in _unnamed(subject):
        roles = [other.role for other in _people(subject) if other.role] or ["deputy trade minister"]
        for role in roles:
            if role.casefold() not in actor.name.casefold():
                yield changed(subject, "actors", actor, f"{actor.name}: {role}", role=role)


@kind("the office of an official without a name given to somebody named", "A04")
def office_of_the_unnamed(subject: Subject) -> Iterator[Mutant]:
    for unnamed in _unnamed(subject):
        for actor in _people(subject):
            same = unnamed.name.split()[-1] in (actor.role or "") or unnamed.name in (actor.role or "")
            if " " in unnamed.name and not same:
                yield changed(subject, "actors", actor, f"{actor.name}: {unnamed.name}", role=unnamed.name)


def _unnamed(subject: Subject) -> Iterator[Actor]:
    """Officials whom the article describes without naming them."""
    for actor in subject.brief.actors:
        if (
            actor.kind == "person"
            and re.search(r"\b[a-z]{4,}$|\b[a-z]{4,} (?:in|to|of|for) ", actor.name)
            and _OFFICES.search(actor.name)
        ):
            yield actor


@kind("an epithet in a role", "G10 G09")
def epithet_in_role(subject: Subject) -> Iterator[Mutant]:
    for actor in _people(subject):
        if actor.role:
            role = f"hardline {actor.role}"
            yield changed(subject, "actors", actor, f"{actor.role} → {role}", role=role)


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
