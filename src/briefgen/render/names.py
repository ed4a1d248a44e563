"""Ids of a brief or a digest to what a reader calls the thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.render.clean import cut, one_line
from briefgen.render.words import listed, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.brief import Allegation, Brief, PlannedVisit
    from briefgen.digest.digest import Digest, MergedAllegation, MergedVisit

_LABEL_WIDTH = 60


class Names:
    """The name of each actor and a short label of each item. An unknown id stands for itself."""

    def __init__(self, brief: Brief | Digest) -> None:
        self._groups = {actor.id for actor in brief.actors if actor.kind == "group"}
        self._names = {actor.id: one_line(actor.name) for actor in brief.actors}
        labels = dict(self._names)
        labels.update((visit.id, self.journey(visit)) for visit in brief.planned_visits)
        labels.update((item.id, self.accusation(item)) for item in brief.allegations)
        texts = (brief.motives, brief.positions, brief.background)
        labels.update((item.id, item.text) for items in texts for item in items)
        labels.update((item.id, item.question) for item in brief.open_questions)
        self._labels = {key: cut(one_line(label), _LABEL_WIDTH) for key, label in labels.items()}

    def actor(self, actor_id: str) -> str:
        return self._names.get(actor_id) or one_line(actor_id)

    def actors(self, ids: Iterable[str]) -> str:
        """All names as "a, b and c"."""
        return listed([self.actor(actor_id) for actor_id in ids])

    def label(self, item_id: str) -> str:
        return self._labels.get(item_id) or one_line(item_id)

    def journey(self, visit: PlannedVisit | MergedVisit) -> str:
        """Who to where: "Ana Ruiz → Norland"."""
        who = self.actors(visit.visitors) or word("phrase", "no_visitor")
        return f"{who} {word('phrase', 'to')} {one_line(visit.destination.name)}"

    def accusation(self, item: Allegation | MergedAllegation) -> str:
        """Who accuses whom: "Norland and Osmark accuse Velia"."""
        who = self.actors(item.accusers) or word("phrase", "no_accuser")
        many = len(item.accusers) > 1 or bool(self._groups & set(item.accusers))
        verb = word("phrase", "accuse" if many else "accuses")
        return f"{who} {verb} {self.actors(item.accused) or word('phrase', 'no_accused')}"
