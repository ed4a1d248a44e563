"""Rules that judge an actor: one twice (A01), a name or an office from memory (A02 to A04, G09), a person taken for a
state or the other way round (A06), evidence that does not name it (G02).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from briefgen.brief import Actor
from briefgen.facets.base import Context, rule
from briefgen.geography import country_of, places_in
from briefgen.grounding import content_stems, fold_name
from briefgen.lexicon import cue
from briefgen.names import initials_of, is_description, kind_of, name_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import ActorKind

_ALIKE = frozenset({"organisation", "media", "group", "government"})
"""Kinds that the words of a body's name do not always tell apart."""


@rule("A01", "one actor twice", critical=False)
def once(item: Actor, context: Context) -> str | None:
    for other in context.items.get("actors", ()):
        if isinstance(other, Actor) and other.id != item.id and _are_one(item, other, context):
            return f"the same as {other.name}"
    return None


def _are_one(item: Actor, other: Actor, context: Context) -> bool:
    own = {fold_name(name) for name in (item.name, *item.aliases)}
    if any(fold_name(name) in own for name in (other.name, *other.aliases)):
        return True
    people = item.kind == other.kind == "person" and not is_description(item.name)
    if people and set(fold_name(item.name).split()) < set(fold_name(other.name).split()):
        return True
    code = country_of(item.name)
    if code is not None and code == country_of(other.name):
        return True
    if item.name in {initials_of(name) for name in (other.name, *other.aliases)}:
        return True
    state = context.cast.book.state_called(item.name)
    return state is not None and country_of(state) == country_of(other.name)


@rule("A02", "a name that the article does not give")
def named_in_article(item: Actor, context: Context) -> str | None:
    missing = [name for name in (item.name, *item.aliases) if not context.ground.has_phrase(name)]
    return f"the article does not have “{missing[0]}”" if missing else None


@rule("G02", "evidence that does not name the actor")
def named_in_evidence(item: Actor, context: Context) -> str | None:
    if not item.evidence:
        return None
    pattern = _any_case((item.name, *item.aliases))
    code = country_of(item.name)
    for piece in item.evidence:
        text = context.text(piece.sentence)
        if pattern.search(text) or (code and any(place.code == code for place in places_in(text))):
            return None
    return f"sentence {item.evidence[0].sentence} does not name {item.name}"


@lru_cache(maxsize=1024)
def _any_case(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(name_pattern(*names), re.IGNORECASE)


@rule("A03", "an office that is not in the description")
def described_as_written(item: Actor, context: Context) -> str | None:
    """An official without a name has the article's description for a name, and no other office."""
    del context
    if item.kind != "person" or not is_description(item.name):
        return None
    more = content_stems(item.role or "") - content_stems(item.name)
    return f"“{item.role}” is not what the article calls {item.name}" if more else None


@rule("A04", "an office whose holder the article does not name")
def office_named(item: Actor, context: Context) -> str | None:
    if item.kind != "person" or not item.role or is_description(item.name):
        return None
    role = content_stems(item.role)
    if role <= _stems(context.cast.book.roles((item.name, *item.aliases))):
        return None
    for other in context.items.get("actors", ()):
        if isinstance(other, Actor) and is_description(other.name) and role <= content_stems(other.name):
            return f"the article does not say who is {other.name}"
    return None


@rule("G09", "an office or qualifier that the article does not give")
def role_in_article(item: Actor, context: Context) -> str | None:
    if not item.role or is_description(item.name):
        return None
    roles = context.cast.book.roles((item.name, *item.aliases))
    one = any(content_stems(item.role) <= content_stems(role) for role in roles)
    if not one and (_qualifiers(item.role) or not content_stems(item.role) <= _stems(roles)):
        return f"the article does not call {item.name} “{item.role}”"
    qualified = [role for role in roles if content_stems(item.role) <= content_stems(role)]
    lost = [_qualifiers(role) - _qualifiers(item.role) for role in qualified]
    if lost and all(lost):
        return f"“{min(lost[0])}” was dropped"
    return None


def _stems(roles: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(content_stems, roles))


def _qualifiers(role: str) -> set[str]:
    return {match[0].lower() for match in cue("qualifiers_of_office", of="retelling").finditer(role)}


@rule("G09", "an affiliation that the article does not give")
def affiliation_in_article(item: Actor, context: Context) -> str | None:
    """The body stands in the person's office or description, or beside the name."""
    if not item.affiliation:
        return None
    body = context.cast.find(item.affiliation)
    wanted = [content_stems(name) for name in (body.names if body else (item.affiliation,))]
    own = f"{item.role or ''} {item.name}"
    for text in chain([own], _beside((item.name, *item.aliases), context)):
        if any(form <= content_stems(text) for form in wanted):
            return None
    return f"the article does not say that {item.name} is of {item.affiliation}"


def _beside(names: tuple[str, ...], context: Context) -> Iterator[str]:
    """Each place of the article with one of the names, and 60 characters either side."""
    named = re.compile(name_pattern(*names))
    beside = re.compile(rf".{{0,60}}(?:{named.pattern}).{{0,60}}")
    for sentence in context.article.telling:
        if named.search(sentence.text):
            yield from beside.findall(sentence.text)


@rule("A06", "a person taken for a state, or for one of another state", critical=False)
def as_what_it_is(item: Actor, context: Context) -> str | None:
    book = context.cast.book
    office = None if item.kind == "person" else book.personal_office(item.name)
    if office:
        return f"{item.name} is a person, {office}"
    settled = kind_of(item.name, item.kind)
    if settled != item.kind and not _alike(item, settled):
        return f"{item.name} is no {item.kind}"
    expected = book.country(item.name, item.kind, item.role)
    if item.country and item.country != expected:
        return f"{item.name} is not of {item.country}"
    return None


def _alike(item: Actor, settled: ActorKind) -> bool:
    return country_of(item.name) is None and {item.kind, settled} <= _ALIKE


ACTOR_RULES = (
    named_in_article,
    named_in_evidence,
    once,
    described_as_written,
    office_named,
    role_in_article,
    affiliation_in_article,
    as_what_it_is,
)
