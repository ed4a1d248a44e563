"""The fixtures of the repository: reading them, and what of a brief their expected files hold.

``python tests/fixture_projection.py NAME good`` prints the projection that the code makes now. It is a draft
for an editor to judge against the article, never the expected answer by itself.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen import BriefGenerator, read_article
from briefgen.sources.base import Metadata
from briefgen.testing import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen import Article, Brief
    from briefgen.brief import Allegation, Motive, PlannedVisit, Position
    from briefgen.evidence import Evidence
    from briefgen.timing import Timing

FOLDER = Path(__file__).resolve().parents[1] / "fixtures"
KINDS = ("good", "careless")
_LINE = 100


@dataclass(frozen=True)
class Fixture:
    """One article and one model's answers to it."""

    name: str
    kind: str

    def __str__(self) -> str:
        return f"{self.name}-{self.kind}"

    @property
    def folder(self) -> Path:
        return FOLDER / self.name

    def article(self) -> Article:
        """Read the article as the command line would, ``metadata.json`` in the place of its options."""
        metadata = self.folder / "metadata.json"
        overrides = Metadata(**_read(metadata)) if metadata.exists() else None
        return read_article(next(self.folder.glob("article.*")), overrides=overrides)

    def model(self) -> ScriptedModel:
        answers = _read(self.folder / f"{self.kind}.json")
        return ScriptedModel({facet: [answer] for facet, answer in answers.items()})

    def brief(self) -> Brief:
        return BriefGenerator(self.model()).generate(self.article())

    def expected(self) -> dict[str, Any]:
        return _read(self.folder / f"expected_{self.kind}.json")


def all_fixtures() -> list[Fixture]:
    names = sorted(path.parent.name for path in FOLDER.glob("*/article.*"))
    return [Fixture(name, kind) for name in names for kind in KINDS]


def project(brief: Brief) -> dict[str, Any]:
    """Return what an expected file holds: everything an editor reads, and nothing of ids and offsets."""
    names = {actor.id: actor.name for actor in brief.actors}
    return {
        "headline": brief.headline,
        "summary": [sentence.text for sentence in brief.summary],
        "actors": {
            actor.name: actor.kind + (f" {actor.country}" if actor.country else "")
            for actor in sorted(brief.actors, key=lambda actor: actor.name)
        },
        "planned_visits": [_visit(item, names) for item in brief.planned_visits],
        "motives": [_motive(item, names) for item in brief.motives],
        "allegations": [_allegation(item, names) for item in brief.allegations],
        "positions": [_position(item, names) for item in brief.positions],
        "open_questions": [[item.kind, item.question] for item in brief.open_questions],
        "background": [[item.kind, item.text] for item in brief.background],
        "withheld": [
            [entry.facet, sorted({reason.code for reason in entry.reasons}), entry.item]
            for entry in brief.withheld
        ],
        "coverage": dict(brief.coverage.facets),
    }


def _visit(item: PlannedVisit, names: dict[str, str]) -> dict[str, Any]:
    return {
        "visitors": [names[actor] for actor in item.visitors],
        "destination": item.destination.name,
        "country": item.destination.country,
        "timing": _timing(item.timing),
        "status": item.status,
        "confirmations": [
            {"aspect": c.aspect, "value": c.value, "by": c.by, "evidence": _numbers(c.evidence)}
            for c in item.confirmations
        ],
        "purpose": item.purpose,
        "according_to": list(item.according_to),
        "hedges": list(item.hedges),
        "evidence": _numbers(item.evidence),
    }


def _motive(item: Motive, names: dict[str, str]) -> dict[str, Any]:
    return {
        "holder": names[item.holder],
        "text": item.text,
        "basis": item.basis,
        "according_to": list(item.according_to),
        "hedges": list(item.hedges),
        "evidence": _numbers(item.evidence),
    }


def _allegation(item: Allegation, names: dict[str, str]) -> dict[str, Any]:
    return {
        "accusers": [names[actor] for actor in item.accusers],
        "accused": [names[actor] for actor in item.accused],
        "claim": item.claim,
        "made": _timing(item.made),
        "responses": [
            {"by": names[r.by], "stance": r.stance, "evidence": _numbers(r.evidence)} for r in item.responses
        ],
        "status": item.status,
        "evidence": _numbers(item.evidence),
    }


def _position(item: Position, names: dict[str, str]) -> dict[str, Any]:
    return {
        "holder": names[item.holder],
        "stance": item.stance,
        "text": item.text,
        "according_to": list(item.according_to),
        "hedges": list(item.hedges),
        "evidence": _numbers(item.evidence),
    }


def _timing(timing: Timing | None) -> dict[str, Any] | None:
    if timing is None:
        return None
    return {
        "text": timing.text,
        "edtf": timing.edtf,
        "earliest": timing.earliest.isoformat() if timing.earliest else None,
        "latest": timing.latest.isoformat() if timing.latest else None,
        "bound": timing.bound,
    }


def _numbers(evidence: Sequence[Evidence]) -> list[int]:
    return [piece.sentence for piece in evidence]


def _read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def shown(value: Any, indent: int = 0) -> str:
    """JSON as the fixtures are written: what fits stands on one line."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= _LINE or not isinstance(value, dict | list) or not value:
        return line
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        inner = [
            f"{json.dumps(key, ensure_ascii=False)}: {shown(part, indent + 2)}" for key, part in value.items()
        ]
    else:
        inner = [shown(part, indent + 2) for part in value]
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return f"{opening}\n" + ",\n".join(pad + part for part in inner) + f"\n{' ' * indent}{closing}"


if __name__ == "__main__":
    sys.stdout.write(shown(project(Fixture(*sys.argv[1:3]).brief())) + "\n")
