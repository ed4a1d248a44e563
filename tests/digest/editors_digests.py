"""Digests of real stories beside what an editor would have written: ``fixtures/editors_digests``.

The briefs come from recorded answers of the embedded model (``recordings`` beside this file; no words of the articles
are in them, see :mod:`briefgen.excerpts`).
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen import Article, BriefGenerator
from briefgen.digest.intake import Arrived
from briefgen.digest.making import DigestOptions, make_digest
from briefgen.recordings import RecordedModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.digest.digest import Digest, MergedVisit

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / "fixtures" / "editors_digests"
STORIES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@dataclass(frozen=True)
class Day:
    """One day of a story: what the editor wants, and the digest that we make."""

    wanted: dict[str, Any]
    digest: Digest

    def missing(self) -> Iterator[tuple[str, str | None]]:
        """What the digest lacks, with the reason that the editor's page has for it, if it has one."""
        for visit in self.wanted.get("visits", ()):
            if not any(self._is(found, visit) for found in self.digest.planned_visits):
                yield f"{visit['who']} to {visit['where']}: {visit['status']}", visit.get("missed")
        for position in self.wanted.get("positions", ()):
            if not any(
                found.stance == position["stance"] and position["who"] in self._names(found.holders)
                for found in self.digest.positions
            ):
                yield f"{position['who']}: {position['stance']}", position.get("missed")
        for change in self.wanted.get("changes", ()):
            told = change["told"] if isinstance(change, dict) else change
            if not any(told in found for found in self.changes()):
                yield told, change.get("missed") if isinstance(change, dict) else None

    def needless(self) -> Iterator[str]:
        """Marks of misses that are none any more."""
        lacking = {told for told, _ in self.missing()}
        for visit in self.wanted.get("visits", ()):
            told = f"{visit['who']} to {visit['where']}: {visit['status']}"
            if "missed" in visit and told not in lacking:
                yield told

    def forbidden(self) -> list[str]:
        """What the editor would have struck out."""
        told = [*self.changes(), *(self._journey(visit) for visit in self.digest.planned_visits)]
        return [line for line in told if any(words in line for words in self.wanted.get("never", ()))]

    def changes(self) -> list[str]:
        """As "confirmed: Putin to North Korea", with the field of an update and surnames alone."""
        journeys = {visit.id: self._journey(visit) for visit in self.digest.planned_visits}
        return [
            f"{change.kind}{f' {change.field}' if change.kind == 'updated' else ''}: "
            f"{journeys.get(change.item, change.title)}"
            for change in self.digest.changes
        ]

    def _journey(self, visit: MergedVisit) -> str:
        return f"{self._names(visit.visitors).split()[-1]} to {visit.destination.name}"

    def _names(self, ids: tuple[str, ...]) -> str:
        names = {actor.id: actor.name for actor in self.digest.actors}
        return ", ".join(names.get(each, each) for each in ids)

    def _is(self, found: MergedVisit, wanted: dict[str, Any]) -> bool:
        timing = found.timing
        days = {"first": timing and timing.earliest, "last": timing and timing.latest}
        return (
            self._journey(found) == f"{wanted['who']} to {wanted['where']}"
            and found.status == wanted["status"]
            and all(wanted[name] == day for name, day in days.items() if name in wanted)
            and (not wanted.get("undated") or timing is None)
            and bool(found.took_place) == wanted.get("took_place", False)
        )


@cache
def days_of(story: str, shared: Path) -> tuple[Day, ...]:
    """The days of a story. What is published earlier is what changes are told from."""
    page = tomllib.loads((FOLDER / f"{story}.toml").read_text(encoding="utf-8"))
    arrived = list(_briefed(shared, page["cluster"]))
    return tuple(
        Day(wanted, make_digest(arrived, DigestOptions(wanted["date"]))[0]) for wanted in page["day"]
    )


def _briefed(shared: Path, cluster: str) -> Iterator[Arrived]:
    model = RecordedModel(HERE / "recordings")
    with (shared / "data" / "articles" / "clusters.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["cluster_id"] == cluster:
                article = Article.from_text(
                    row["text"],
                    title=row.get("title"),
                    published=date.fromisoformat(row["date"]),
                    publisher=row.get("source"),
                    url=row.get("url"),
                    language=row.get("lang"),
                )
                yield Arrived.of(BriefGenerator(model).generate(article), row["id"], article.text)
