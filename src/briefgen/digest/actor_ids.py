"""Ids of merged actors: made of what identifies the actor, so that tomorrow's digest gives the same."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from briefgen.digest.actor_groups import usual
from briefgen.digest.name_keys import surname_stands_for, usual_spelling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.digest.actor_groups import Group

_PREFIXES = {"state": "actor-state-", "media": "actor-media-", "body": "actor-org-", "person": "actor-"}
_LONGEST = 60


def actor_ids(groups: Sequence[Group]) -> list[str]:
    """An id for each group: ``actor-ada-rell``, ``actor-state-ru``, ``actor-media-vedomosti``, ``actor-org-nato``.

    Where two actors have one name, the one that is in far more articles keeps the plain id, and the others get
    what tells them apart (``actor-ada-rell-gb``).
    """
    wanting: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        wanting[_slug(group)].append(group)
    found: dict[int, str] = {}
    for slug, same in wanting.items():
        taken: Counter[str] = Counter()
        for group, own in zip(same, _told_apart(slug, same), strict=True):
            taken[own] += 1
            found[id(group)] = own
        for group in same:
            if taken[found[id(group)]] > 1:
                found[id(group)] += f"-{_hash(_identity(group))}"
    return [found[id(group)] for group in groups]


def _slug(group: Group) -> str:
    key = _key(group)
    prefix = _PREFIXES[group.names[0].key.family]
    words = re.sub(r"[^a-z0-9]+", "-", key).strip("-")
    if not key.isascii() or len(words) > _LONGEST or not words:
        words = f"{words[:_LONGEST]}-{_hash(key)}".strip("-")
    return prefix + words


def _key(group: Group) -> str:
    """What most articles call the actor, of full names if there are any."""
    full = [name for name in group.names if name.key.form != "bare"]
    uses: dict[str, set[int]] = defaultdict(set)
    for name in full or group.names:
        uses[name.key.keys[0]] |= name.articles
    key = min(uses, key=lambda each: (-len(uses[each]), each))
    if group.names[0].key.family != "person":
        return key
    return usual_spelling(key if full or group.ambiguous else surname_stands_for(key) or key)


def _told_apart(slug: str, same: Sequence[Group]) -> list[str]:
    if len(same) == 1:
        return [slug]
    main = usual({str(at): group.articles for at, group in enumerate(same)})
    ids = []
    for at, group in enumerate(same):
        differs = [part.lower() for part in (group.initials, group.country) if part]
        ids.append(slug if str(at) == main else "-".join([slug, *differs]))
    return ids


def _identity(group: Group) -> str:
    keys = sorted({key for name in group.names for key in name.key.keys})
    return repr((keys, group.initials, group.country, sorted({name.key.form for name in group.names})))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
