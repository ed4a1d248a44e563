"""Actors: who acts, speaks, hosts, accuses or is accused. Code finds the names, the model says what they are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from briefgen.attribution import is_report_noun, is_unnamed, source_name, sources_in
from briefgen.brief import Actor
from briefgen.cast import Cast, Member, is_null
from briefgen.facets.actor_rules import ACTOR_RULES
from briefgen.facets.base import Context, Draft, Facet, Finding, Part, Proposal, plain_schema
from briefgen.geography import country_of, seat_of
from briefgen.grounding import fold, fold_name
from briefgen.lexicon import cue, words
from briefgen.names import is_body, is_title, looks_like_person, name_pattern, strip_titles

if TYPE_CHECKING:
    from collections.abc import Iterator

_ACTS = re.compile(
    r"^(?:\s\([^)]*\))?(?:,[^,]{3,80},)?(?:\s+and\s+(?:its\s+\w+|(?:the\s+)?[A-Z]\w+(?:\s[A-Z]\w+)?))?\s+(?:also\s+|has\b|have\b|had\b|"
    r"will\b|would\b|could\b|may\b|might\b|is\s+\w+ing\b|are\s+\w+ing\b|said\b|says\b|\w{3,}ed\b|wants?\b|seeks?\b|"
    r"does\b|did\b|declines?\b|denies\b|maintains\b|gave\b|sent\b|told\b|held\b|made\b|paid\b)"
)
_BEFORE = re.compile(r"\b(?:by|accus\w+|blam\w+|told|against|urged|warned|with)\s+(?:the\s+)?$")
_NAME_BEHIND = re.compile(
    r"\b(?!in\b|of\b|to\b|for\b|at\b|the\b)[a-z]+\s+[A-Z]\S*(?:\s+(?:al-|el-)?[A-Z]\S*)*$"
)
"""An office with a name behind it ("her spokesman Bo Lind"): somebody named, not described."""
_CONTRACTED = re.compile(r"(?:I|You|He|She|We|They|It|That|There|What|Who)['’](?:m|ve|ll|re|s|d)")
_STRAY = re.compile(r"(?:of|for|to|in|at|from|by|with)\s", re.IGNORECASE)
_MOST_NAMES = 24


class ActorEntry(Draft):
    """One name and what it is; ``place`` and ``other`` are no actors."""

    name: str = Field(max_length=200)
    kind: Literal["person", "government", "organisation", "media", "group", "place", "other"]


class ActorsDraft(Draft):
    items: tuple[ActorEntry, ...] = ()


class ActorsFacet(Facet[ActorsDraft, Actor]):
    name = "actors"
    prefix = "actor"
    order = 10
    draft = ActorsDraft
    rules = ACTOR_RULES
    answer_tokens = 700
    numbered = False

    def candidates(self, context: Context, part: Part) -> list[int]:
        del context, part
        return []

    def material(self, context: Context, part: Part, *, guided: bool) -> str:
        del guided
        return "; ".join(_unsettled(context, part))

    def schema(self, context: Context, part: Part) -> dict[str, Any] | None:
        names = _unsettled(context, part)
        if not names:
            return None
        schema = plain_schema(self.draft)
        items = schema["properties"]["items"]
        entry = items["items"]
        entry = {**entry, "properties": {**entry["properties"], "name": {"enum": names}}}
        return {
            **schema,
            "properties": {
                "items": {**items, "items": entry, "minItems": len(names), "maxItems": len(names)}
            },
        }

    def propose(self, draft: ActorsDraft, context: Context) -> Iterator[Proposal[Actor]]:
        for entry in draft.items:
            if is_null(entry.name) or entry.kind in {"place", "other"}:
                continue
            raw = entry.model_dump(mode="json")
            if context.cast.find(entry.name) is None and _is_nobody(entry.name, context):
                yield Proposal(raw, findings=[Finding("A02", f"“{entry.name}” names nobody")])
                continue
            member = context.cast.enter(entry.name, entry.kind)  # type: ignore[arg-type]  # places are gone
            if member is None:
                there = context.ground.has_phrase(entry.name)
                said = (
                    f"“{entry.name}” is nobody who acts"
                    if there
                    else f"the article does not have “{entry.name}”"
                )
                finding = Finding("A02", said)
                yield Proposal(raw, findings=[finding])
            else:
                yield Proposal(raw, actor_of(member, context.cast))

    def identity(self, item: Actor) -> str:
        return item.id

    def merge(self, first: Actor, second: Actor) -> Actor:
        del second
        return first

    def complete(self, context: Context) -> Iterator[Actor]:
        """States that act in the article, and officials who speak without a name."""
        for name in (*_acting_states(context), *_described(context)):
            plural = cue("office_plurals", of="people").search(name)
            member = context.cast.enter(name, "group" if plural else "person")
            if member:
                yield actor_of(member, context.cast)

    def finish(self, context: Context) -> list[Actor]:
        """Those who act, and whoever else a kept item refers to."""
        own = {item.id for item in context.items.get(self.name, ())}
        own |= {
            ref
            for name, items in context.items.items()
            if name != self.name
            for item in items
            for ref in _refs(item)
        }
        actors = [actor_of(m, context.cast) for m in context.cast.members if m.id in own or m.name in own]
        return sorted(actors, key=lambda actor: actor.evidence[0].sentence if actor.evidence else 0)


def _refs(item: BaseModel) -> Iterator[str]:
    """Every actor that an item refers to: by id, a confirmation's speaker by name."""
    for field, value in item:
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, BaseModel):
                yield from _refs(part)
            elif isinstance(part, str) and (field == "by" or part.startswith("actor-")):
                yield part


def actor_of(member: Member, cast: Cast) -> Actor:
    """The actor that the brief shows of a member of the cast."""
    return Actor(
        id=member.id,
        name=member.name,
        kind=member.kind,
        role=member.role,
        affiliation=_affiliation(member, cast),
        aliases=member.names[1:],
        country=member.country,
        evidence=cast.evidence(member),
    )


def _affiliation(member: Member, cast: Cast) -> str | None:
    """The body of the cast that a person's role names ("Pentagon spokesman"), not the one that an envoy goes to."""
    if member.kind != "person" or not member.role:
        return None
    for other in cast.members:
        body = other.id != member.id and other.kind in {"organisation", "government", "media"}
        if body and _served(other.names).search(member.role):
            return other.name
    return None


@lru_cache(maxsize=1024)
def _served(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\bto )(?<!\bto the )(?<!\bin )(?:{name_pattern(*names)})")


def names_in(context: Context, part: Part) -> list[str]:
    """Full names of these sentences that could be actors, each once, in order. Read once for each part."""
    key = tuple(sentence.n for sentence in part)
    if key not in context.names:
        context.names[key] = _read_names(context, part)
    return context.names[key]


def _read_names(context: Context, part: Part) -> list[str]:
    scratch = Cast(context.article, context.cast.book)
    shown = {sentence.n for sentence in part}
    for mention in scratch.names:
        last = fold(mention.text).split()[-1]
        if mention.n in shown and (last not in words("place_words", of="people") or last == "bank"):
            scratch.enter(mention.text)
    return [member.name for member in scratch.members]


def _unsettled(context: Context, part: Part) -> list[str]:
    """Names whose kind the words do not settle: the model is asked about these."""
    return [name for name in names_in(context, part) if country_of(name) is None][:_MOST_NAMES]


def _acting_states(context: Context) -> Iterator[str]:
    scratch = Cast(context.article, context.cast.book)
    for name in names_in(context, context.article.sentences):
        if country_of(name) or (seat_of(name) and is_body(name)):
            scratch.enter(name, "government")
    seen = set()
    for sentence in context.article.telling:
        for mention in scratch.mentions(sentence.n):
            left, right = sentence.text[: mention.start], sentence.text[mention.end :]
            of_place = re.search(r"\b(?:in|to|of|from|at|near|into|visited|visit)\s+(?:the\s+)?$", left)
            if (
                mention.member.id not in seen
                and not of_place
                and (_ACTS.match(right) or _BEFORE.search(left))
            ):
                seen.add(mention.member.id)
                yield mention.member.name


def _described(context: Context) -> Iterator[str]:
    """Officials without a name who speak ("Russia's trade representative in Vietnam")."""
    offices, plurals = cue("offices", of="people"), cue("office_plurals", of="people")
    for sentence in context.article.telling:
        people = [m.start for m in context.cast.mentions(sentence.n) if m.member.kind == "person"]
        people += [m.start for m in context.cast.names if m.n == sentence.n and _is_person(m.text)]
        for source in sources_in(sentence.text):
            name = source_name(source.name)
            ends = [m for m in context.cast.names if m.n == sentence.n and m.end == source.end]
            has_name = (
                _NAME_BEHIND.search(name)
                or any(source.start <= at < source.end for at in people)
                or any(" " in m.text and looks_like_person(m.text) and not is_body(m.text) for m in ends)
            )
            if (
                has_name
                or re.search(r"\d", name)
                or _STRAY.match(name)
                or is_unnamed(name)
                or is_report_noun(name)
                or not 2 <= len(name.split()) <= 8
            ):
                continue
            if (offices.search(name) or plurals.search(name)) and any(
                word[0].isupper() for word in name.split()
            ):
                yield name


def _is_nobody(name: str, context: Context) -> bool:
    """A title alone ("Ambassador" of "Norlandic Ambassador Bo Lind"), an adjective or a region written large, two states
    in one word, two names run together. Judged of the answer, so that the names a model is offered stay.
    """
    two_states = (
        "-" in name and " " not in name and country_of(name.partition("-")[0]) and not country_of(name)
    )
    owner = re.escape(name) + r"['’]s(?!\w)"
    if two_states or (" for " in name and not is_body(name) and re.search(owner, context.article.text)):
        return True  # "the US-Velia alliance"; "thanked Lind for Velia's help"
    first, _, rest = name.partition(" ")
    office = is_title(first) and rest.startswith(
        "of "
    )  # "Chairman of State Affairs": whoever holds it is named beside it
    if _CONTRACTED.fullmatch(name):
        return True
    return office or all(map(is_title, name.split())) or fold_name(name) in words("never_acts", of="people")


def _is_person(name: str) -> bool:
    bare = strip_titles(name)
    return " " in bare and not is_body(bare) and not country_of(bare) and bare != name
