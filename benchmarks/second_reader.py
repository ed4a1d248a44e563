"""How well a model serves as second reader: right items it rejects, wrong ones it lets pass, and the cost. Not a test.

    python benchmarks/second_reader.py [--model SPEC] [--fixtures NAME,…] [--show]

Right items are those of the fixtures' good answers, which an editor has judged. Wrong ones are the same statements
with one actor put in the place of another (for an allegation: accuser and accused exchanged).
"""

from __future__ import annotations

import argparse
import json
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen import Article, BriefGenerator, PromptLibrary, open_model, read_article
from briefgen.asking import delimiter_of
from briefgen.facets.base import Context
from briefgen.providers.registry import DEFAULT_LOCAL
from briefgen.second_reader import SecondReader
from briefgen.sources import Metadata
from briefgen.statements import statement_of
from briefgen.testing import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Brief, Item

ROOT = Path(__file__).resolve().parents[1] / "fixtures"
FACETS = ("planned_visits", "motives", "allegations", "background", "summary")


def brief_of(folder: Path) -> tuple[Article, Brief]:
    """The brief that the fixture's good answers make."""
    stated = folder / "metadata.json"
    metadata = Metadata(**json.loads(stated.read_text(encoding="utf-8"))) if stated.exists() else None
    article = read_article(next(folder.glob("article.*")), overrides=metadata)
    answers = json.loads((folder / "good.json").read_text(encoding="utf-8"))
    model = ScriptedModel({facet: [answer] for facet, answer in answers.items()})
    return article, BriefGenerator(model).generate(article)


def wrong(item: Item, brief: Brief) -> Item | None:
    """The item with somebody else in it, if it has actors and there is somebody else."""
    accusers, accused = getattr(item, "accusers", ()), getattr(item, "accused", ())
    if accusers and accused:
        return item.model_copy(update={"accusers": accused, "accused": accusers})
    for field in ("visitors", "holder"):
        named = getattr(item, field, None)
        if named:
            own = named if isinstance(named, str) else named[0]
            others = [actor.id for actor in brief.actors if actor.id != own and actor.kind == "person"]
            others += [actor.id for actor in brief.actors if actor.id != own]
            if others:
                return item.model_copy(update={field: others[0] if field == "holder" else (others[0],)})
    return None


def items_of(context: Context) -> Iterator[tuple[str, Item]]:
    for facet in FACETS:
        for item in context.items.get(facet, ()):
            if statement_of(item, context):
                yield facet, item


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default=DEFAULT_LOCAL)
    parser.add_argument("--fixtures", default="")
    parser.add_argument("--show", action="store_true", help="print every wrong verdict")
    options = parser.parse_args()
    wanted = set(filter(None, options.fixtures.split(",")))
    prompt = PromptLibrary.load().get(SecondReader.name)
    said = {"right": [0, 0], "wrong": [0, 0]}
    started, requests, tokens = time.monotonic(), 0, 0
    with closing(open_model(options.model)) as model:
        for folder in sorted(path.parent for path in ROOT.glob("*/good.json")):
            if wanted and folder.name not in wanted:
                continue
            article, brief = brief_of(folder)
            context = Context.of_brief(brief, article)
            context.secret = delimiter_of(article)
            reader = SecondReader(model, prompt, context)
            for facet, item in items_of(context):
                for kind, asked in (("right", item), ("wrong", wrong(item, brief))):
                    if asked is None:
                        continue
                    no = any(finding.code == "R01" for finding in reader.findings(asked))
                    said[kind][no] += 1
                    if options.show and no == (kind == "right"):
                        print(f"{folder.name} {facet} {kind}: {statement_of(asked, context)}")
            requests += reader.usage.requests
            tokens += reader.usage.input_tokens or 0
    seconds = time.monotonic() - started
    for kind, (yes, no) in said.items():
        print(f"{kind} items: {yes} yes, {no} no ({100 * no / max(yes + no, 1):.0f} % no)")
    print(
        f"{requests} requests, {seconds / max(requests, 1):.1f} s and {tokens / max(requests, 1):.0f} tokens each"
    )


if __name__ == "__main__":
    main()
