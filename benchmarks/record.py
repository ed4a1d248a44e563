"""Record a model's answers about articles, for tests that replay them without the model. Not a test.

    python benchmarks/record.py fixtures --out /tmp/fixtures [--ids recipe,…]
    python benchmarks/record.py ../shared/gold --out /tmp/gold

ARTICLES is a folder of gold, a folder of fixtures, or JSON lines with ``id``, ``text``, ``title`` and ``date``.
(What ``tests/quality`` replays is recorded with ``python tests/quality/measures.py --record``.) Only what is not
recorded yet is asked; what is no longer asked about these articles is dropped. Nothing of an article is stored.
"""

from __future__ import annotations

import argparse
import json
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen import Article, BriefGenerator, open_model, read_article
from briefgen.evaluate import read_gold
from briefgen.evaluate.gold import ARTICLES
from briefgen.providers.registry import DEFAULT_LOCAL
from briefgen.recordings import RecordedModel
from briefgen.sources import Metadata

if TYPE_CHECKING:
    from collections.abc import Iterator


def articles_of(source: Path) -> Iterator[tuple[str, Article]]:
    """Every article of a folder of gold, of one of fixtures, or of a JSON Lines file, with its name."""
    if (source / ARTICLES).is_file():
        yield from ((each.id, each.article) for each in read_gold(source).articles)
        return
    if source.is_dir():
        for folder in sorted(path.parent for path in source.glob("*/article.*")):
            stated = folder / "metadata.json"
            metadata = Metadata(**json.loads(stated.read_text(encoding="utf-8"))) if stated.exists() else None
            yield folder.name, read_article(next(folder.glob("article.*")), overrides=metadata)
        return
    for line in source.read_text(encoding="utf-8").split("\n"):
        if line:
            row = json.loads(line)
            yield row["id"], Article.from_text(row["text"], title=row["title"] or None, published=row["date"])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", default=DEFAULT_LOCAL)
    parser.add_argument("--ids", default="", help="only these articles, separated by commas")
    options = parser.parse_args()
    wanted = set(filter(None, options.ids.split(",")))
    with closing(RecordedModel(options.out, open_model(options.model))) as model:
        for name, article in articles_of(options.articles):
            if wanted and name not in wanted:
                continue
            before, started = model.asked, time.monotonic()
            brief = BriefGenerator(model).generate(article)
            failed = ", ".join(brief.coverage.failures) or "none"
            print(
                f"{name[:40]:42} {model.asked - before:3} asked, {time.monotonic() - started:6.1f} s, "
                f"failed: {failed}",
                flush=True,
            )
        print(f"{model.prune()} old answers dropped")


if __name__ == "__main__":
    main()
