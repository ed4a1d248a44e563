"""Which names of a day's articles are one actor: a partition that does not hang on the order of the articles.

First every name is put with those of the same key; what tells two of one name apart (country, middle initials) splits
them again. Then a shorter name joins the one full name that it can mean: a surname, or an alias that articles give. A
name that could mean two joins neither, unless the alias table knows it: "Trump" alone is no other Trump.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefgen.digest.name_keys import is_listed, surname_stands_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from briefgen.digest.name_keys import NameKey

_FAR_MORE = 3
"""How many times as many articles as all others make one meaning of a name the usual one: a model that once takes
Russia's president for an American does not make two of him."""


@dataclass(eq=False)
class Named:
    """A name as articles use it: ``articles`` are the numbers of those that do, ``aliases`` the keys of other names
    that they give it.
    """

    key: NameKey
    country: str | None
    articles: set[int] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Group:
    """Names that are one actor. ``unusual``: another actor of the same name is in far more articles."""

    names: list[Named]
    country: str | None
    initials: str = ""
    unusual: bool = False
    ambiguous: bool = False

    @property
    def articles(self) -> int:
        return len(set().union(*(name.articles for name in self.names)))


def grouped(names: Iterable[Named]) -> list[Group]:
    """The names of one digest, those of one actor together."""
    by_family: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for name in names:
        by_family[name.key.family, name.key.form].append(name)
    groups: list[Group] = []
    for (family, _), listed in by_family.items():
        for same in _sharing_a_key(listed):
            groups += [Group(same, same[0].key.code)] if family == "state" else _told_apart(same)
    return _joined(groups)


def components(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected components of ``count`` nodes, each in order, in the order of their first."""
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    found: dict[int, list[int]] = defaultdict(list)
    for node in range(count):
        found[root(node)].append(node)
    return list(found.values())


def usual(weights: dict[str, int]) -> str | None:
    """The one that outweighs all others together by far, if any."""
    most = max(weights, key=lambda each: weights[each], default=None)
    if most is None or weights[most] < _FAR_MORE * (sum(weights.values()) - weights[most]):
        return None
    return most


def _sharing_a_key(names: Sequence[Named]) -> list[list[Named]]:
    first: dict[str, int] = {}
    pairs = [(first.setdefault(key, at), at) for at, name in enumerate(names) for key in name.key.keys]
    return [[names[at] for at in component] for component in components(len(names), pairs)]


def _told_apart(names: list[Named]) -> list[Group]:
    whole = _completed({name.key.initials for name in names})
    return [
        Group(same, country or None, initials, odd or rare)
        for initials, alike, odd in _by_label(names, lambda name: whole[name.key.initials])
        for country, same, rare in _by_label(alike, lambda name: name.country or "")
    ]


def _completed(initials: set[str]) -> dict[str, str]:
    """ "H" is "HW" where no other initials begin with it."""
    longer = {each: [other for other in initials if each and other.startswith(each)] for each in initials}
    return {each: max(found, key=len) if len(found) == 2 else each for each, found in longer.items()}


def _by_label(names: list[Named], label_of: Callable[[Named], str]) -> list[tuple[str, list[Named], bool]]:
    """Those of each label, and whether it is an unusual one; those without any go with the only or the usual one."""
    labelled: dict[str, list[Named]] = defaultdict(list)
    for name in names:
        labelled[label_of(name)].append(name)
    weights = {label: _weight(alike) for label, alike in labelled.items() if label}
    main = usual(weights)
    if main is not None and "" in labelled:
        labelled[main] += labelled.pop("")
    return [(label, alike, main is not None and label != main) for label, alike in labelled.items()]


def _weight(names: Iterable[Named]) -> int:
    return len(set().union(*(name.articles for name in names)))


def _joined(groups: list[Group]) -> list[Group]:
    meant = _Meant(groups)
    pairs = []
    for at, group in enumerate(groups):
        found = meant.by(at, group)
        group.ambiguous = len(found) > 1
        pairs += [(at, found[0])] if len(found) == 1 else []
    joined: list[Group] = []
    for component in components(len(groups), pairs):
        parts = [groups[at] for at in component]
        countries = {part.country for part in parts if part.country}
        if len(parts) == 1 or len(countries) > 1:
            joined += parts  # two Ada Lunds of two states, by one surname: it joins neither
            continue
        joined.append(
            Group(
                [name for part in parts for name in part.names],
                next(iter(countries), None),
                max(part.initials for part in parts),
                all(part.unusual for part in parts),
            )
        )
    return joined


class _Meant:
    """Whom a shorter name can mean."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._by_name: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._full: dict[str, set[int]] = defaultdict(set)
        for at, group in enumerate(groups):
            for name in group.names:
                if name.key.form == "full":
                    for key in name.aliases.union(name.key.surnames) - set(name.key.keys):
                        self._by_name[name.key.family, key].add(at)
                    for key in name.key.keys if name.key.family == "person" else ():
                        self._full[key].add(at)

    def by(self, at: int, group: Group) -> list[int]:
        if group.names[0].key.form == "local" or group.names[0].key.family == "state":
            return []
        if any(is_listed(name.key.keys[0], name.key.family) for name in group.names):
            return []
        keys = {(name.key.family, key) for name in group.names for key in name.key.keys}
        known = (
            {surname_stands_for(key) for _, key in keys} - {None}
            if group.names[0].key.form == "bare"
            else set()
        )
        found = set().union(*(self._by_name.get(key, set()) for key in keys)) - {at}
        if known:
            found = set().union(*(self._full.get(key or "", set()) for key in known))
        return [each for each in found if self._can_be(self._groups[each], group)]

    def _can_be(self, full: Group, short: Group) -> bool:
        if short.country and full.country:
            return short.country == full.country
        return bool(short.country) or not full.unusual
