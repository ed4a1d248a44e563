"""What a digest says of an actor: of all that the articles say, the fullest name, the newest office."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from babel import Locale

from briefgen.digest.digest import MergedActor
from briefgen.digest.media_names import medium_name
from briefgen.digest.person_names import described, own_parts, person_name
from briefgen.geography import country_of
from briefgen.grounding import fold
from briefgen.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.brief import Actor, ActorKind
    from briefgen.digest.name_keys import Family
    from briefgen.digest.reports import Report

Mention = tuple["Report", "Actor"]
_COMMON = 0.25
_KINDS: tuple[ActorKind, ...] = ("person", "government", "organisation", "group", "media")
_IN_ROLES = frozenset({"of", "for", "to", "and", "the", "in", "at", "on", "a", "an", "under", "by"})


def card(merged_id: str, family: Family, country: str | None, mentions: Sequence[Mention]) -> MergedActor:
    """The merged actor. Role and affiliation are those of the newest article that gives a role."""
    ordered = sorted(mentions, key=lambda each: (each[0].number, each[1].id))
    uses = Counter(shown_name(actor.name, family) for _, actor in ordered)
    aliases = Counter(alias for _, actor in ordered for alias in actor.aliases if alias not in uses)
    usual = Locale("en").territories.get(country or "") if family == "state" else None
    most = max(uses.values())
    name = min(
        uses,
        key=lambda each: (
            not _is_whole(each, family, uses[each] / most),
            -uses[each],
            each != usual,
            -len(each),
            each,
        ),
    )
    kinds = Counter(actor.kind for _, actor in ordered)
    newest = _newest(ordered)
    rest = sorted({*uses, *aliases} - {name}, key=lambda each: (-len(each.split()), -len(each), each))
    return MergedActor(
        id=merged_id,
        name=name,
        kind="government" if family == "state" else max(_KINDS, key=lambda kind: kinds[kind]),
        role=(newest.role or "").strip(" -–—,") or None if newest and _has_office(newest) else None,
        affiliation=newest.affiliation if newest else None,
        names=(name, *rest),
        country=country,
        articles=tuple(sorted({report.number for report, _ in ordered})),
        evidence=tuple(
            dict.fromkeys(piece for report, actor in ordered for piece in report.cite(actor.evidence))
        ),
    )


def shown_name(name: str, family: Family) -> str:
    """A name as an index lists it: without title, without "the", a medium's without "newspaper"."""
    if family == "person" and not described(name):
        own = own_parts(name)
        return name if len(own) == 1 and not person_name(name).bare else " ".join(own)  # "Pope Francis"
    if family == "media":
        return medium_name(name)
    return name.removeprefix("the ").removeprefix("The ")


def _is_whole(name: str, family: Family, share: float) -> bool:
    """ "Ada Rell" before "Rell", "Russia" before "the Kremlin", "United States" before "U.S."; a body's long form where it
    is not just somebody's flourish ("NATO Alliance").
    """
    if family == "person":
        return not person_name(name).bare
    if family == "state":
        return country_of(name) is not None and not name.isupper()
    return family == "body" and " " in name and share >= _COMMON


def _newest(mentions: Sequence[Mention]) -> Actor | None:
    for has in (_has_office, lambda actor: bool(actor.affiliation)):
        found = [(report.said, report.number, actor) for report, actor in mentions if has(actor)]
        if found:
            return max(found, key=lambda each: each[:2])[2]
    return None


def _has_office(actor: Actor) -> bool:
    """Whether there is a role, and no clause taken for one ("is expected to meet the president")."""
    small = {fold(part) for part in (actor.role or "").split() if part.islower()}
    return bool(actor.role) and not small & (words("function") - _IN_ROLES)
