"""Which of an article's actors a free-text name means."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from briefgen.digest.media_names import medium_key
from briefgen.digest.name_keys import key_of, state_of
from briefgen.digest.person_names import described, person_name
from briefgen.digest.plain_names import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefgen.brief import Actor
    from briefgen.digest.digest import MergedActor

_APPOSITION = re.compile(r",\s+")


class CalledIn:
    """The names of one article's actors, each given with its merged actor."""

    def __init__(self, actors: Sequence[tuple[Actor, MergedActor]]) -> None:
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._keys: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._elsewhere: dict[str, set[str]] = defaultdict(set)
        self._described: dict[str, set[str]] = defaultdict(set)
        self._found: dict[str, str | None] = {}
        for actor, card in actors:
            merged = card.id
            for name in card.names:
                self._elsewhere[plain(name)].add(merged)
            for name in (actor.id, actor.name, *actor.aliases):
                self._exact[plain(name)].add(merged)
                for key in _keys(name, actor):
                    self._keys[key].add(merged)
            for words in (actor.role, f"{actor.role} {actor.name}") if actor.role else ():
                self._described[plain(words)].add(merged)

    def who(self, name: str) -> str | None:
        """The merged id, ``None`` if nobody or more than one is meant."""
        if name not in self._found:
            self._found[name] = self._who(name)
        return self._found[name]

    def _who(self, name: str) -> str | None:
        for said in (name, *self._without_apposition(name)):
            for found in self._readings(said):
                if found:
                    return next(iter(found)) if len(found) == 1 else None
        return None

    def _readings(self, name: str) -> Iterator[set[str]]:
        folded = plain(name)
        yield self._exact.get(folded, set())
        yield self._elsewhere.get(folded, set())
        code = state_of(name)
        yield self._keys.get(("state", (code or "").lower()), set())
        yield self._described.get(folded, set())
        if described(name):
            return
        yield self._keys.get(("body", key_of(name, "organisation").keys[0]), set())
        yield self._keys.get(("media", medium_key(name) or ""), set())
        person = person_name(name)
        yield set().union(*(self._keys.get(("person", key), set()) for key in person.keys))
        if person.bare:
            yield self._keys.get(("surname", person.keys[0]), set())

    @staticmethod
    def _without_apposition(name: str) -> Iterable[str]:
        """ "Bo Lind, the envoy to Ostia", "the envoy to Ostia, Bo Lind": the named part."""
        parts = _APPOSITION.split(name)
        return [part for part in parts if len(parts) > 1 and not described(part)]


def _keys(name: str, actor: Actor) -> Iterator[tuple[str, str]]:
    key = key_of(name, actor.kind, actor.country)
    for each in key.keys:
        yield key.family, each
    for each in key.surnames:
        yield "surname", each
