"""What the page's template asks of a digest: names, anchors, labels, and the sentences behind each line."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, cast

from pydantic import BaseModel

from briefgen.digest.digest import Cited, MergedAllegation, MergedQuestion, MergedVisit
from briefgen.render.clean import cut, one_line
from briefgen.render.words import listed, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefgen.brief import Aspect, ConfirmationValue
    from briefgen.digest.digest import (
        Digest,
        MergedActor,
        MergedConfirmation,
        MergedMotive,
        MergedPosition,
        ReportedTiming,
    )

SECTIONS = ("planned_visits", "allegations", "motives", "positions", "open_questions", "background")
"""The sections that hold lines, by the names of their fields."""

_LABEL_COLUMNS = 64
_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)


class Said(NamedTuple):
    """One answer of one speaker, and which aspects of a visit it is about."""

    by: str
    value: ConfirmationValue
    aspects: list[Aspect]
    evidence: list[Cited]


class View:
    """Answers for one digest. Unknown ids stand for themselves, and lead nowhere."""

    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self._actors = {actor.id: actor for actor in digest.actors}
        self._anchors: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._facets: dict[str, str] = {}
        for section in SECTIONS:
            for line in getattr(digest, section):
                self._enter(line.id, self._label(line), section)
        for actor in digest.actors:
            self._enter(actor.id, actor.name, "actors")

    def _enter(self, key: str, label: str, section: str) -> None:
        safe = key if _SAFE_ID.fullmatch(key) else str(len(self._anchors) + 1)
        self._anchors.setdefault(key, f"i-{safe}")
        self._labels.setdefault(key, cut(one_line(label), _LABEL_COLUMNS))
        self._facets.setdefault(key, section)

    def _label(self, line: object) -> str:
        if isinstance(line, MergedVisit):
            return self.journey(line)
        if isinstance(line, MergedAllegation):
            return f"{self.accusers(line)} {self.accuse(line)} {self.accused(line)}: {line.claim}"
        return line.question if isinstance(line, MergedQuestion) else str(getattr(line, "text", ""))

    # -- names ------------------------------------------------------------------------------------------------

    def actor(self, actor_id: str) -> str:
        """What the actor is called."""
        found = self._actors.get(actor_id)
        return found.name if found else actor_id

    def actors(self, ids: Iterable[str]) -> str:
        """All names as "a, b and c"."""
        return listed([one_line(self.actor(actor_id)) for actor_id in ids])

    def visitors(self, visit: MergedVisit) -> str:
        return self.actors(visit.visitors) or word("phrase", "no_visitor")

    def journey(self, visit: MergedVisit) -> str:
        """Who to where: "Ana Ruiz → Norland"."""
        return f"{self.visitors(visit)} {word('phrase', 'to')} {one_line(visit.destination.name)}"

    def accusers(self, item: MergedAllegation) -> str:
        return self.actors(item.accusers) or word("phrase", "no_accuser")

    def accused(self, item: MergedAllegation) -> str:
        return self.actors(item.accused) or word("phrase", "no_accused")

    def accuse(self, item: MergedAllegation) -> str:
        """The verb, in the number of the accusers."""
        kinds = {self._actors[key].kind for key in item.accusers if key in self._actors}
        many = len(item.accusers) > 1 or "group" in kinds
        return word("phrase", "accuse" if many else "accuses")

    # -- where things stand -----------------------------------------------------------------------------------

    def anchor(self, key: str) -> str:
        """The id that a line or an actor has on the page; "" if there is none."""
        return self._anchors.get(key, "")

    def label(self, key: str) -> str:
        """A short name of the line."""
        return self._labels.get(key) or one_line(key)

    def facet(self, key: str) -> str:
        """The section in which it stands."""
        return self._facets.get(key, "")

    def known(self, keys: Iterable[str]) -> list[str]:
        """Those that stand on the page, each once."""
        return [key for key in dict.fromkeys(keys) if key in self._anchors]

    def standing(self, visit: MergedVisit) -> str:
        """The visit's status, and what became of it."""
        notes = ["overdue"] if visit.overdue else ["took_place"] if visit.took_place else []
        return ", ".join([word("visit_status", visit.status), *(word("change", note) for note in notes)])

    def by_holder(self) -> list[tuple[str, list[MergedMotive]]]:
        """The motives under their holders, in the order in which the digest has them."""
        found: dict[str, list[MergedMotive]] = {}
        for motive in self.digest.motives:
            found.setdefault(motive.holder, []).append(motive)
        return list(found.items())

    def unspoken_hedges(self, line: MergedMotive | MergedPosition) -> list[str]:
        """Hedges that the line's own words do not hold."""
        return [hedge for hedge in line.hedges if hedge.lower() not in line.text.lower()]

    def confirmations(self, visit: MergedVisit, *, current: bool) -> list[Said]:
        """What each speaker says, all aspects of one answer together. ``current``: what stands, else what was
        replaced by a later word of the same speaker.
        """
        found: dict[tuple[str, ConfirmationValue], list[MergedConfirmation]] = {}
        for entry in visit.confirmations:
            if entry.current is current:
                found.setdefault((entry.by, entry.value), []).append(entry)
        return [
            Said(by, value, [each.aspect for each in same], list(all_cited(tuple(same))))
            for (by, value), same in found.items()
        ]

    def other_times(self, visit: MergedVisit) -> list[ReportedTiming]:
        """The times that were reported and are not the one that stands; those that stand first."""
        others = [each for each in visit.timings if each.timing != visit.timing]
        return sorted(others, key=lambda each: not each.current)

    def other_names(self, actor: MergedActor) -> list[str]:
        """What else articles call the actor."""
        return [name for name in dict.fromkeys(actor.names) if name != actor.name]

    # -- evidence ---------------------------------------------------------------------------------------------

    def evidence(self, line: BaseModel) -> list[Cited]:
        """All sentences behind a line: its own, then those of what it holds."""
        return list(all_cited(line))


def all_cited(value: object) -> Iterator[Cited]:
    """Every piece of evidence in a part of a digest, wherever it stands."""
    if isinstance(value, Cited):
        yield value
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from all_cited(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from all_cited(inner)


def web_address(url: str | None) -> str:
    """The address, if a reader may follow it: http and https only, without what hides where it leads."""
    if not url or not _WEB.match(url):
        return ""
    clean = one_line(url, len(url) + 1)
    host = re.split(r"[/?#\\]", clean.partition("//")[2], maxsplit=1)[0]
    return clean if clean == url and "@" not in host else ""


def page_word(table: str, key: str) -> str:
    """A word of ``page_words.toml``; the key, made readable, where there is none."""
    return _page_words()[table].get(key) or one_line(key.replace("_", " "))


@cache
def _page_words() -> dict[str, dict[str, str]]:
    data = files("briefgen.render").joinpath("page_words.toml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, str]]", tomllib.loads(data))
