"""Media by name: "the Vedomosti newspaper", "Russian newspaper Vedomosti", "Vedomosti daily", "vedomosti.ru" are one."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefgen.digest.plain_names import plain, without_places
from briefgen.geography import places_in
from briefgen.lexicon import table

_ASIDE = re.compile(r"\s*\([^()]*\)")
_ADDRESS = re.compile(r"^(?:https?://)?(?:www\.)?(?P<host>[\w.-]+)(?:/\S*)?$")


@lru_cache(maxsize=16384)
def medium_key(name: str) -> str | None:
    """What a medium's name is compared by; ``None`` where it is no medium in particular ("the newspaper")."""
    folded = plain(name)
    if folded in _unnamed():
        return None
    of_state = plain(without_places(name))
    if of_state in table("aliases")["medium"]["of_state"]:
        return f"{of_state} {places_in(name)[0].code.lower()}"
    folded = plain(medium_name(name))
    return None if folded in _unnamed() else listed_media().get(folded, folded)


@lru_cache(maxsize=16384)
def medium_name(name: str) -> str:
    """The medium's own name, as written."""
    without = _ASIDE.sub("", name).strip() or name.strip()
    address = _ADDRESS.match(without)
    parts = (_host(address["host"]) if address else without).split()
    if " ".join(parts).lower().startswith("the "):
        parts = parts[1:]
    small = [at for at, part in enumerate(parts) if part.islower() and plain(part) in _words()]
    if small and any(not part[:1].islower() for part in parts[small[-1] + 1 :]):
        parts = parts[small[-1] + 1 :]
    while len(parts) > 1 and parts[-1].islower() and plain(parts[-1]) in _words():
        parts.pop()
    written = " ".join(parts)
    for tail in () if plain(written) in listed_media() else table("aliases")["medium"]["tails"]:
        if written.lower().endswith(f" {tail}"):
            written = written[: -len(tail)].strip()
    return written or name


@cache
def listed_media() -> dict[str, str]:
    """Every name of the media that have several, folded, to the first of its row."""
    return {plain(name): plain(row[0]) for row in table("aliases")["media"] for name in row}


def _host(host: str) -> str:
    for ending in table("aliases")["medium"]["domains"]:
        if len(host) > len(ending) + 2 and host.lower().endswith(ending):
            return host[: -len(ending)]
    return host


@cache
def _words() -> frozenset[str]:
    return frozenset(table("aliases")["medium"]["words"])


@cache
def _unnamed() -> frozenset[str]:
    return frozenset(("", *table("aliases")["medium"]["unnamed"]))
