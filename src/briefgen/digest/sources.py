"""How many vouch for a line: independent sources and outlets, counted apart (DOMAIN.md 7.3).

- **Outlets** are the media that the chains name; where a chain names none, the article's publisher, or the article
  itself if nobody knows it. Five papers that quote one report are one outlet: the one they quote.
- **Independent sources** are the innermost ones. A government is one source, whoever speaks for it: its seat, a
  ministry, an ambassador, the spokesman. Two that nobody can name are two only if different outlets have them. Where a
  chain names no source, the outlet stands for itself, unless another article says whom the outlet has it from.
- Copies of an article add nothing.

Where a chain names neither a source nor a medium, the brief's own media say where the article has it from
(:func:`with_quoted_media`): "Putin plans to visit Vietnam. Source: the newspaper Vedomosti".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefgen.attribution import is_report_noun, is_unnamed, source_name
from briefgen.digest.actor_groups import components
from briefgen.digest.digest import Sources
from briefgen.digest.media_names import listed_media, medium_key, medium_name
from briefgen.digest.name_keys import key_of, state_of
from briefgen.digest.offices_held import holds_office, is_ministry
from briefgen.digest.person_names import described
from briefgen.digest.plain_names import plain
from briefgen.geography import first_state
from briefgen.grounding import fold
from briefgen.lexicon import table, words
from briefgen.names import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefgen.digest.identity import ActorIndex
    from briefgen.digest.reports import Report
    from briefgen.evidence import Evidence


@dataclass
class _Chain:
    """Who stands behind one article's item: keys of outlets and of named sources, and whether somebody unnamed does."""

    outlets: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    unnamed: bool = False


def sources_of(statements: Iterable[tuple[Report, Sequence[str]]], index: ActorIndex) -> Sources:
    """Count those behind one line. Each statement is an article's item: its report, and the names that its chain gives
    (``according_to``, ``by`` of confirmations, accusers).

    A person with an office of a state counts as that state's government: Moscow's spokesman and its ambassador agree
    because they are told to.
    """
    count = _Count(index)
    chains = [count.chain(report, names) for report, names in statements]
    named = set().union(*(chain.named for chain in chains))
    unnamed = count.unnamed(chains)
    outlets = set().union(*(chain.outlets for chain in chains))
    return Sources(
        independent=len(named) + len(unnamed),
        outlets=len(outlets),
        names=count.labels([*named, *unnamed]),
        media=count.labels(outlets),
    )


def with_quoted_media(
    report: Report, names: Sequence[str], evidence: Iterable[Evidence], index: ActorIndex
) -> tuple[str, ...]:
    """The chain of an item that names no medium, with the media that its article quotes right there: named in a
    sentence of the evidence; where the chain has nobody with a name, also in the one before or behind. Never the
    publisher. So ten papers that copy one are not ten sources.
    """
    count = _Count(index)
    chain, own = count.chain(report, names), count.publisher(report)
    if chain.outlets != {own} or _government_behind(report):
        return tuple(names)
    reach = (0,) if chain.named else (-1, 0, 1)
    near = {piece.sentence + step for piece in evidence for step in reach}
    quoted = [
        actor.name
        for actor in report.brief.actors
        if actor.kind == "media"
        and near & {piece.sentence for piece in actor.evidence}
        and count.chain(report, (actor.name,)).outlets != {own}
    ]
    return (*names, *quoted)


class _Count:
    def __init__(self, index: ActorIndex) -> None:
        self._index = index
        self._shown: dict[str, Counter[str]] = defaultdict(Counter)

    def chain(self, report: Report, names: Iterable[str]) -> _Chain:
        chain = _Chain()
        descriptions = []
        for name in dict.fromkeys(names):
            if not _names_somebody(name):
                continue
            outlet = self._outlet(report, name)
            if outlet:
                chain.outlets.add(outlet)
            elif self._is_unnamed(report, name):
                chain.unnamed = True
                descriptions.append(source_name(name))
            else:
                chain.named.add(self._source(report, name))
        if not chain.outlets:
            chain.outlets.add(self.publisher(report))
            chain.named |= set() if chain.named or chain.unnamed else self._own_word(report)
        for outlet in chain.outlets if descriptions else ():
            self._shown[f"unnamed {outlet}"].update(descriptions)
        return chain

    def unnamed(self, chains: Iterable[_Chain]) -> list[str]:
        """A key for each source without a name, and for each outlet that stands for itself. Outlets of one chain count
        together: which of them has it from whom, nobody says.
        """
        chains = list(chains)
        open_chains = [chain for chain in chains if chain.unnamed or not chain.named]
        sourced = set().union(*(chain.outlets for chain in chains if chain.named))
        outlets = sorted(set().union(*(chain.outlets for chain in open_chains)))
        at = {outlet: number for number, outlet in enumerate(outlets)}
        pairs = [(at[min(chain.outlets)], at[outlet]) for chain in open_chains for outlet in chain.outlets]
        somebody = set().union(*(chain.outlets for chain in open_chains if chain.unnamed))
        found = []
        for component in components(len(outlets), pairs):
            together = {outlets[number] for number in component}
            if together & somebody:
                found.append(self._together("unnamed", sorted(together & somebody)))
            elif not together & sourced:
                found.append(min(together))
        return found

    def labels(self, keys: Iterable[str]) -> tuple[str, ...]:
        """What each is called most often, an unnamed one most fully; those most often named first."""
        found = []
        for key in keys:
            uses = self._shown[key]
            unnamed = key.startswith("unnamed ")
            best = min(uses, key=lambda each: (-len(each) if unnamed else -uses[each], each))
            found.append((-uses.total(), best))
        return tuple(label for _, label in sorted(found))

    def _together(self, what: str, outlets: Sequence[str]) -> str:
        key = f"{what} {outlets[0]}"
        for outlet in outlets[1:]:
            self._shown[key].update(self._shown[f"{what} {outlet}"])
        return key

    def _show(self, key: str, label: str) -> str:
        self._shown[key][label] += 1
        return key

    def _outlet(self, report: Report, name: str) -> str | None:
        medium, publisher = medium_key(name), report.brief.article.publisher
        if publisher and medium == medium_key(publisher) and not _government_behind(report):
            return self.publisher(report)
        merged = self._index.called(report, name)
        if merged is not None:
            actor = self._index.get(merged)
            return self._show(merged, actor.name) if actor.kind == "media" else None
        if medium is None:
            return None
        known = self._index.known_as(medium, "media")
        if known is None and medium not in listed_media().values() and kind_of(name, None) != "media":
            return None
        return self._show(known or f"media {medium}", medium_name(name))

    def _is_unnamed(self, report: Report, name: str) -> bool:
        merged = self._index.called(report, name)
        known = merged is not None and self._index.government(merged) is not None
        return is_crowd(name) or (described(name) and not known and _state_behind(name) is None)

    def publisher(self, report: Report) -> str:
        publisher = report.brief.article.publisher
        if not publisher:
            return self._show(f"article {report.brief.article.id}", f"article {report.number}")
        medium = medium_key(publisher) or plain(publisher)
        return self._show(self._index.known_as(medium, "media") or f"media {medium}", medium_name(publisher))

    def _own_word(self, report: Report) -> set[str]:
        """A government that publishes is the source of what it says."""
        state, publisher = _government_behind(report), report.brief.article.publisher or ""
        return {self._show(f"state {state}", source_name(publisher))} if state else set()

    def _source(self, report: Report, name: str) -> str:
        merged, shown = self._index.called(report, name) or self._found_elsewhere(name), source_name(name)
        if merged is not None:
            state, actor = self._index.government(merged), self._index.get(merged)
            as_said = actor.kind == "government" or described(actor.name)
            return self._show(f"state {state}" if state else merged, shown if as_said else actor.name)
        state = state_of(name) or _state_behind(name)
        return self._show(f"state {state}" if state else f"name {plain(shown)}", shown)

    def _found_elsewhere(self, name: str) -> str | None:
        """Another article's actor of this full name, where this one's brief has not listed it."""
        families = ("person", "body") if not described(name) else ("body",)
        for family in families:
            key = key_of(name, "person" if family == "person" else "organisation")
            merged = self._index.known_as(key.keys[0], family) if key.form == "full" else None
            if merged:
                return merged
        return None


def is_crowd(name: str) -> bool:
    """Whether these are words for whoever it was: "a diplomatic source", "US officials", "people close to the talks"."""
    parts = [part for part in source_name(name).split() if part.strip(",.")]
    crowd = table("aliases")["unnamed"]["words"]
    ends = bool(parts) and parts[-1].islower() and fold(parts[-1]) in crowd
    return is_unnamed(name) or ends or (bool(parts) and fold(parts[0]) in crowd)


def _state_behind(name: str) -> str | None:
    """The state that a ministry, or whoever holds an office that is described, speaks for."""
    if described(name):
        vague = {plain(part) for part in name.split()} & set(table("aliases")["government"]["vague"])
        return first_state(name) if holds_office(name) and not vague else None
    key = key_of(name, "government")
    return key.code if key.family == "body" and key.code and is_ministry(key.keys[0]) else None


def _government_behind(report: Report) -> str | None:
    publisher = report.brief.article.publisher or ""
    return state_of(publisher) or (_state_behind(publisher) if publisher else None)


def _names_somebody(name: str) -> bool:
    """Not "he", "the report", "media reports"."""
    listed = medium_key(name) is not None and fold(name) not in words("pronouns_any", of="people")
    return listed and not is_report_noun(name)
