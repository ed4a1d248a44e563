"""Who is who across the articles of a digest, and where is where (DOMAIN.md 7.3).

An actor is known by its exact name or alias, folded; else by its surname, if one full name of the digest has it. Given
names are never compared loosely: Kim Jong Un and Kim Yo Jong are two. "The Kremlin", "Moscow", "Russia" and "the Russian
government" are one actor; a ministry or a parliament is its own. Of one name but of another state, or a person here and
a newspaper there, is another actor.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from briefgen.digest.actor_cards import card
from briefgen.digest.actor_groups import Named, grouped
from briefgen.digest.actor_ids import actor_ids
from briefgen.digest.called import CalledIn
from briefgen.digest.name_keys import key_of
from briefgen.digest.offices_held import speaks_for_government, speaks_for_none
from briefgen.digest.plain_names import plain, state_named
from briefgen.geography import country_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from briefgen.brief import Actor, Destination
    from briefgen.digest.actor_cards import Mention
    from briefgen.digest.actor_groups import Group
    from briefgen.digest.digest import MergedActor
    from briefgen.digest.name_keys import NameKey
    from briefgen.digest.reports import Report


def place_key(destination: Destination) -> str:
    """Identity of a place: the state's code if it is a state, or a capital or seat of one ("Pyongyang", "Hanoi,
    Vietnam"), else the folded name.
    """
    name = destination.name
    inside = name.rsplit(",", 1)[-1].strip()
    return destination.country or state_named(name) or country_of(inside) or plain(name)


class ActorIndex:
    """The actors of these articles, merged. The order of the articles changes nothing."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._called: dict[int, CalledIn] = {}
        names: dict[Hashable, Named] = {}
        mentions: dict[int, list[Mention]] = defaultdict(list)
        for report in reports:
            for actor in report.brief.actors:
                named = _named(report, actor, names)
                mentions[id(named)].append((report, actor))
        groups = grouped(names.values())
        self._groups = dict(zip(actor_ids(groups), groups, strict=True))
        self._mentions: dict[str, list[Mention]] = {
            merged: [each for name in group.names for each in mentions[id(name)]]
            for merged, group in self._groups.items()
        }
        self._of = {
            (report.number, actor.id): merged
            for merged, listed in self._mentions.items()
            for report, actor in listed
        }
        self._cards: dict[str, MergedActor] = {}
        self._sides: dict[str, str | None] = {}

    @cached_property
    def actors(self) -> tuple[MergedActor, ...]:
        """Every merged actor, those in most articles first; ``items`` are left empty."""
        found = [self.get(merged) for merged in self._groups]
        return tuple(sorted(found, key=lambda actor: (-len(actor.articles), plain(actor.name), actor.id)))

    def of(self, report: Report, actor_id: str) -> str:
        """Id of the merged actor that an actor of that brief is; an unknown id comes back as it is."""
        return self._of.get((report.number, actor_id), actor_id)

    def get(self, merged_id: str) -> MergedActor:
        """The merged actor. Raises ``KeyError``."""
        if merged_id not in self._cards:
            group = self._groups[merged_id]
            family = group.names[0].key.family
            self._cards[merged_id] = card(merged_id, family, group.country, self._mentions[merged_id])
        return self._cards[merged_id]

    def called(self, report: Report, name: str) -> str | None:
        """Id of the merged actor that a free-text name of that report means ("the Vedomosti newspaper", "Kremlin
        spokesman Bo Lind"), ``None`` if it is none of its actors or could be two.
        """
        if report.number not in self._called:
            actors = [(actor, self.get(self.of(report, actor.id))) for actor in report.brief.actors]
            self._called[report.number] = CalledIn(actors)
        return self._called[report.number].who(name)

    def side(self, merged_id: str) -> str | None:
        """ISO code of the state whose side the actor is on: its country, unless it is a medium, or somebody who
        speaks for no government (an opposition leader, an analyst).
        """
        if merged_id not in self._sides:
            self._sides[merged_id] = self._side(merged_id)
        return self._sides[merged_id]

    def _side(self, merged_id: str) -> str | None:
        group = self._groups.get(merged_id)
        if group is None or group.country is None or _family(group) == "media":
            return None
        if _family(group) == "person" and any(speaks_for_none(a) for _, a in self._mentions[merged_id]):
            return None
        return group.country

    def government(self, merged_id: str) -> str | None:
        """ISO code of the state whose government the actor is, is part of, or holds an office of."""
        side = self.side(merged_id)
        if side is None or _family(self._groups[merged_id]) == "state":
            return side
        return side if any(speaks_for_government(a) for _, a in self._mentions[merged_id]) else None

    def known_as(self, name: str, family: str) -> str | None:
        """Id of the one merged actor of this full name, in whatever article."""
        found = self._by_name.get((family, name), set())
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for merged, group in self._groups.items():
            for name in group.names:
                for key in name.key.keys if name.key.form == "full" else ():
                    found[name.key.family, key].add(merged)
        return found


def _family(group: Group) -> str:
    return group.names[0].key.family


def _named(report: Report, actor: Actor, names: dict[Hashable, Named]) -> Named:
    """The name that the actor goes by, entered among ``names`` with this article."""
    key = key_of(actor.name, actor.kind, actor.country)
    if key.form == "local":
        key = replace(key, keys=(f"{key.keys[0]} {report.brief.article.id[:8]}",))
    country = key.code or actor.country
    named = names.setdefault((key, country), Named(key, country))
    named.articles.add(report.number)
    for alias in actor.aliases if key.form == "full" else ():
        named.aliases.update(_alias_keys(alias, actor, key))
    return named


def _alias_keys(alias: str, actor: Actor, key: NameKey) -> tuple[str, ...]:
    found = key_of(alias, actor.kind, actor.country)
    given_name = (
        found.form == "bare"
        and set(found.keys) & set(key.keys[0].split())
        and found.keys[0] not in key.surnames
    )
    other = found.family != key.family or found.form == "local"
    return () if other or given_name else found.keys  # one article's Ada is another Ada in the next
