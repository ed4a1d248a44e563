"""Whether somebody speaks for a government, by the office that an article gives."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from briefgen.digest.name_keys import key_of, state_of
from briefgen.digest.plain_names import plain
from briefgen.lexicon import phrases_pattern, table

if TYPE_CHECKING:
    import re

    from briefgen.brief import Actor


def speaks_for_government(actor: Actor) -> bool:
    """A ministry, a person with an office of state, anybody of a government; no assembly, court, army or bank."""
    if actor.kind == "person":
        return bool(actor.affiliation and state_of(actor.affiliation)) or holds_office(
            actor.role or actor.name
        )
    key = key_of(actor.name, actor.kind, actor.country)
    return key.family == "state" or (
        actor.kind == "government" and key.code is not None and is_ministry(key.keys[0])
    )


def speaks_for_none(actor: Actor) -> bool:
    """A person whose role is no government's: of the opposition, of a newspaper, a senator, a former minister."""
    return actor.kind == "person" and bool(actor.role) and _is_private(actor.role or "")


@lru_cache(maxsize=16384)
def holds_office(role: str) -> bool:
    """Whether the words have an office that speaks for a government, and nothing that says it does not."""
    return bool(_offices().search(role)) and not _is_private(role)


@lru_cache(maxsize=16384)
def is_ministry(key: str) -> bool:
    """Whether a body's folded name is that of a part of a government."""
    return key in table("aliases")["own"] or bool(
        set(key.split()) & set(table("aliases")["government"]["bodies"])
    )


@lru_cache(maxsize=16384)
def _is_private(role: str) -> bool:
    folded = plain(role)
    for ruling in table("aliases")["government"]["state_parties"]:
        folded = folded.replace(ruling, "")
    return bool(_not_of().search(folded))


@cache
def _offices() -> re.Pattern[str]:
    return phrases_pattern(tuple(table("aliases")["government"]["offices"]))


@cache
def _not_of() -> re.Pattern[str]:
    return phrases_pattern(tuple(table("aliases")["government"]["not_of"]))
