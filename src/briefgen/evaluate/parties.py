"""Who is who: names of the gold and of a brief, and when two of them are of the same actor.

Two names are of one actor if a name or alias of one is a name or alias of the other once both are folded
(:func:`briefgen.evaluate.wording.folded_name`), if both are names of the same state or of its government
("U.S.", "United States"), or if both are a person of one surname that nobody else on that side has, and no other names speak
against it: one is the surname alone, or has a part of the other's names ("King Ivo Sand", "Ivo Sand, Jr.").
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.evaluate.wording import folded_name
from briefgen.geography import country_of, places_in
from briefgen.names import looks_like_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_PARTICLES = frozenset({"al", "el"})


@dataclass(frozen=True)
class Party:
    """One actor: ``names`` folded, a state's as its code ("@US"); ``label`` as it is written.

    ``surname``: of a full name, if nobody else on this side has it, and ``given`` the words before it, for
    each full name. ``kind`` is ``None`` where unknown.
    """

    label: str
    names: frozenset[str]
    kind: str | None = None
    surname: str | None = None
    given: frozenset[frozenset[str]] = frozenset()

    def same(self, other: Party) -> bool:
        """Whether both are one actor."""
        return bool(self.names & other.names) or self._by_surname(other)

    def _by_surname(self, other: Party) -> bool:
        if (self.kind or other.kind) != "person":
            return False
        if self.surname in other._short or other.surname in self._short:
            return True
        if self.surname is None or self.surname != other.surname:
            return False
        return any(one <= two or two <= one for one in self.given for two in other.given)

    @property
    def _short(self) -> frozenset[str]:
        """The names of one who is named by single words only."""
        return frozenset() if any(" " in name for name in self.names) else self.names

    def closeness(self, other: Party) -> float:
        """From 0 (not the same) over a surname and an alias to 1 (the same name)."""
        if not self.same(other):
            return 0.0
        if folded_name(self.label) == folded_name(other.label):
            return 1.0
        return 0.8 if self.names & other.names else 0.5


def common(one: Sequence[Party], other: Sequence[Party]) -> bool:
    """Whether the two have a party in common; two empty lists do (nobody is named in either)."""
    if not one or not other:
        return not one and not other
    return any(left.same(right) for left in one for right in other)


def overlap(one: Sequence[Party], other: Sequence[Party]) -> float:
    """Share of the longer list that the other has too; 1 for two empty lists."""
    if not one and not other:
        return 1.0
    shared = sum(any(left.same(right) for right in other) for left in one)
    return shared / max(len(one), len(other))


def strangers(parties: Iterable[Party], known: Sequence[Party]) -> list[Party]:
    """The parties that are none of ``known``."""
    return [party for party in parties if not any(party.same(each) for each in known)]


@dataclass(frozen=True)
class Named:
    """A name as it is listed: with its aliases, and the kind of its bearer."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None


class NameList:
    """The actors of one side, the gold's or the brief's."""

    def __init__(self, actors: Sequence[Named]) -> None:
        had = Counter(surname for actor in actors for surname in {name for name, _ in _full_names(actor)})
        self._parties = tuple(_party(actor, had) for actor in actors)

    @property
    def parties(self) -> tuple[Party, ...]:
        """One party for each actor, in their order."""
        return self._parties

    def party(self, *forms: str) -> Party:
        """The actor that goes by one of these names, else a party of these names alone."""
        for form in forms:
            key = _keys((form,))
            for party in self._parties:
                if key & _keys((party.label,)):
                    return party
            for party in self._parties:
                if key & party.names:
                    return party
        named = Named(forms[0], forms[1:])
        return _party(named, Counter(surname for surname, _ in _full_names(named)[-1:]))


def _party(actor: Named, had: Counter[str]) -> Party:
    """``had``: how many actors of this side have each surname."""
    full = [(surname, given) for surname, given in _full_names(actor) if had[surname] == 1]
    surname = full[0][0] if full else None
    return Party(
        label=actor.name,
        names=_keys((actor.name, *actor.aliases)),
        kind=actor.kind,
        surname=surname,
        given=frozenset(given for name, given in full if name == surname),
    )


def _keys(names: Iterable[str]) -> frozenset[str]:
    found = set()
    for name in names:
        words = folded_name(name).split()
        code = country_of(name) or _governed(name, words)
        if code:
            found.add(f"@{code}")
        elif len(words) == 2 and words[0] in _PARTICLES:
            found.add(words[1])
        elif words:
            found.add(" ".join(words))
    return frozenset(found)


def _governed(name: str, words: list[str]) -> str | None:
    """The state of "the Norwegian government": to the gold's guide a state and its government are one."""
    if len(words) < 2 or "government" not in {words[0], words[-1]}:
        return None
    named = {place.code for place in places_in(name) if place.form != "seat"}
    return named.pop() if len(named) == 1 else None


def _full_names(actor: Named) -> list[tuple[str, frozenset[str]]]:
    """Surname and other words of each name of a person that has more than one word."""
    if actor.kind not in {None, "person"}:
        return []
    found = []
    for name in (actor.name, *actor.aliases):
        words = [word for word in folded_name(name).split() if word not in _SUFFIXES]
        if len(words) > 1 and words[0] not in _PARTICLES and looks_like_person(name):
            found.append((words[-1], frozenset(words[:-1])))
    return found
