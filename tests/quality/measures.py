"""Quality of recorded briefs against gold: the sets, their measures, and the floors.

    python tests/quality/measures.py                 measure what is recorded, and raise the floors to it
    python tests/quality/measures.py --record        ask the embedded model first, whatever is not recorded yet

``floors.toml`` beside this file holds the floors, which only rise, and the critical errors, one by one. The
recordings hold no article (see ``briefgen.recordings``); the gold of real articles stands beside the repository.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen import BriefGenerator, open_model, read_article
from briefgen.evaluate import Failed, GoldSet, evaluate, read_gold
from briefgen.evaluate.gold import GoldArticle, GoldBrief
from briefgen.evaluate.making import make_briefs
from briefgen.providers.registry import DEFAULT_LOCAL
from briefgen.recordings import RecordedModel
from briefgen.sources import Metadata

if TYPE_CHECKING:
    from briefgen import Brief
    from briefgen.evaluate import Evaluation
    from briefgen.evaluate.entries import Facet
    from briefgen.evaluate.results import ScoredField

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
SHARED_GOLD = REPOSITORY.parent / "shared" / "gold"
FLOORS = HERE / "floors.toml"
COMMAND = "python tests/quality/measures.py --record"

_FACETS: tuple[Facet, ...] = ("actors", "planned_visits", "motives", "allegations", "open_questions")
_FIELDS: tuple[ScoredField, ...] = ("status", "stance", "basis", "dates")
_HEAD = """\
# Floors of the quality of recorded briefs, and their critical errors one by one. Written by measures.py, which only
# raises floors and only takes critical errors away: what is to get worse is changed here by hand, with the reason.
"""


@dataclass(frozen=True)
class QualitySet:
    """Articles with gold, and the folder of what the embedded model said of them."""

    name: str

    @property
    def recordings(self) -> Path:
        return HERE / "recordings" / self.name

    def gold(self) -> GoldSet:
        """The fixtures that have gold, or the gold beside the repository."""
        return _fixtures() if self.name == "fixtures" else read_gold(SHARED_GOLD)


SETS = (QualitySet("fixtures"), QualitySet("gold"))


@dataclass(frozen=True)
class Measured:
    """``values``: measure to value, 0 to 1. ``critical``: each critical error as "article: kind, item id"."""

    values: dict[str, float]
    critical: tuple[str, ...]


def _fixtures() -> GoldSet:
    articles = []
    for path in sorted((REPOSITORY / "fixtures").glob("*/gold.json")):
        stated = path.with_name("metadata.json")
        metadata = Metadata(**json.loads(stated.read_text(encoding="utf-8"))) if stated.exists() else None
        article = read_article(next(path.parent.glob("article.*")), overrides=metadata)
        gold = GoldBrief.model_validate_json(path.read_text(encoding="utf-8"))
        articles.append(GoldArticle(path.parent.name, article, gold))
    return GoldSet(tuple(articles))


def briefs_of(gold: GoldSet, model: RecordedModel) -> dict[str, Brief | Failed]:
    """A brief of each article, as the model said or is recorded to have said."""
    return make_briefs(gold, BriefGenerator(model)).briefs


def measured(evaluation: Evaluation) -> Measured:
    """F1 of each facet, accuracy of fields, and evidence precision; what cannot be measured is left out."""
    totals = evaluation.totals
    shares: dict[str, float | None] = {f"{facet}_f1": totals.facets[facet].tally.f1 for facet in _FACETS}
    shares |= {f"{field}_accuracy": totals.fields[field].value for field in _FIELDS}
    shares["evidence_precision"] = totals.overall.evidence.value
    critical = sorted(f"{e.article}: {e.kind}, {e.item_ref or e.facet}" for e in evaluation.critical)
    return Measured({name: value for name, value in shares.items() if value is not None}, tuple(critical))


def floors() -> dict[str, Any]:
    """``floors.toml``: for each set ``floors`` and ``critical``."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def raised(old: dict[str, Any], now: Measured) -> dict[str, Any]:
    """The floors of one set, none lower than before, and the critical errors, none that was not there before."""
    before = old.get("floors", {})
    kept = {name: max(before.get(name, 0.0), _rounded_down(value)) for name, value in now.values.items()}
    critical = old.get("critical", now.critical)
    return {"floors": {**before, **kept}, "critical": [each for each in critical if each in now.critical]}


def _rounded_down(value: float) -> float:
    return int(value * 1000) / 1000


def _written(sets: dict[str, Any]) -> str:
    parts = [_HEAD]
    for name, pinned in sets.items():
        errors = "".join(f"    {json.dumps(each)},\n" for each in pinned["critical"])
        parts.append(f"[{name}]\ncritical = [\n{errors}]\n" if errors else f"[{name}]\ncritical = []\n")
        lines = "".join(f"{measure} = {value}\n" for measure, value in sorted(pinned["floors"].items()))
        parts.append(f"[{name}.floors]\n{lines}")
    return "\n".join(parts)


def _measure(each: QualitySet, *, record: bool) -> Measured:
    gold = each.gold()
    with closing(RecordedModel(each.recordings, open_model(DEFAULT_LOCAL) if record else None)) as model:
        briefs = briefs_of(gold, model)
        if record:
            model.prune()
    failed = [f"{name}: {made.message}" for name, made in briefs.items() if isinstance(made, Failed)]
    if failed:
        sys.exit(f"{failed[0]}\nrun: {COMMAND}")
    return measured(evaluate(gold, briefs))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--record", action="store_true", help="ask the embedded model what is not recorded")
    parser.add_argument("--only", choices=[each.name for each in SETS])
    options = parser.parse_args()
    pinned = floors()
    for each in SETS:
        if options.only not in (None, each.name) or (each.name == "gold" and not SHARED_GOLD.is_dir()):
            continue
        now = _measure(each, record=options.record)
        old = pinned.get(each.name, {})
        for name, value in now.values.items():
            floor = old.get("floors", {}).get(name, 0.0)
            sys.stdout.write(f"{each.name:9} {name:20} {value:.3f}  floor {floor:.3f}\n")
        listed = "".join(f"\n          {error}" for error in now.critical)
        sys.stdout.write(f"{each.name:9} critical errors: {len(now.critical)}{listed}\n")
        pinned[each.name] = raised(old, now)
    FLOORS.write_text(_written(pinned), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
