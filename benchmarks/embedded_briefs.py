"""Briefs of real articles by the embedded model: text form, seconds, tokens. Not a test.

    python benchmarks/embedded_briefs.py ../shared/gold/articles.jsonl --out /tmp/briefs [--ids seed,…]

Reads JSON lines with ``id``, ``text``, ``title`` and ``date``. Writes each brief as JSON and text into the
folder, and prints a line for each and the medians.
"""

from __future__ import annotations

import argparse
import json
import statistics
from pathlib import Path

from briefgen import Article, BriefGenerator, open_model
from briefgen.providers.registry import DEFAULT_LOCAL
from briefgen.render.text import render_text


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--ids", default="")
    parser.add_argument("--model", default=DEFAULT_LOCAL)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    wanted = set(filter(None, options.ids.split(",")))
    generator = BriefGenerator(open_model(options.model))
    seconds, words = [], []
    for line in options.articles.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if wanted and row["id"] not in wanted:
            continue
        article = Article.from_text(row["text"], title=row["title"] or None, published=row["date"])
        brief = generator.generate(article)
        name = row["id"][:40]
        (options.out / f"{name}.json").write_text(brief.to_json(), encoding="utf-8")
        (options.out / f"{name}.txt").write_text(render_text(brief), encoding="utf-8")
        cost = brief.provenance
        seconds.append(cost.seconds)
        words.append(len(article.text.split()))
        print(
            f"{name:42} {words[-1]:5} words {cost.seconds:7.1f} s {cost.requests} requests "
            f"{cost.input_tokens} in ({cost.cached_tokens} cached) {cost.output_tokens} out "
            f"{len(brief.withheld)} withheld",
            flush=True,
        )
    print(f"median {statistics.median(seconds):.1f} s for {statistics.median(words):.0f} words")


if __name__ == "__main__":
    main()
