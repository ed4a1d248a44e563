"""What can be said of briefs without gold: grounded or not, items, what was withheld and why. Not a test.

    python benchmarks/without_gold.py ../shared/data/articles/diplomacy.jsonl --briefs /tmp/briefs

``--briefs`` is a folder of ``<id>.json`` as ``briefgen brief --format json`` or ``benchmarks/embedded_briefs.py``
writes them; articles without one are left out of all but the count of failures.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from statistics import mean, median

from briefgen import Article, Brief
from briefgen.evaluate.expected import Expected
from briefgen.evaluate.found import Found
from briefgen.evaluate.gold import GoldArticle, GoldBrief
from briefgen.evaluate.pairing import Pairing
from briefgen.evaluate.ungrounded import ungrounded

FACETS = ("actors", "planned_visits", "allegations", "motives", "open_questions", "background", "positions")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("--briefs", type=Path, required=True)
    options = parser.parse_args()
    items: dict[str, list[int]] = {facet: [] for facet in FACETS}
    codes: Counter[str] = Counter()
    seconds: list[float] = []
    strangers: list[tuple[str, str]] = []
    withheld = failed = 0
    for line in options.articles.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        path = options.briefs / f"{row['id']}.json"
        if not path.exists():
            continue
        brief = Brief.model_validate_json(path.read_bytes())
        article = Article.from_text(row["text"], title=row["title"] or None)
        nothing = GoldArticle(row["id"], article, GoldBrief(article_id=row["id"]))
        pairing = Pairing(Expected(nothing), Found(brief, article))
        strangers += [(row["id"], f"{each.ref}: {', '.join(each.missing)}") for each in ungrounded(pairing)]
        for facet in FACETS:
            items[facet].append(len(getattr(brief, facet)))
        codes.update(reason.code for entry in brief.withheld for reason in entry.reasons)
        withheld += len(brief.withheld)
        failed += bool(brief.coverage.failures)
        seconds.append(brief.provenance.seconds)
    count, total = len(seconds), sum(map(sum, items.values()))
    clean = count - len({article_id for article_id, _ in strangers})
    print(
        f"{count} briefs, {clean} with every name, number and date in the article; {failed} with a failed facet"
    )
    for article_id, found in strangers:
        print(f"  {article_id}: {found}")
    print(
        "items a brief: "
        + " · ".join(f"{facet} {mean(found):.1f}" for facet, found in items.items() if found)
    )
    print(f"withheld {withheld} of {withheld + total} ({withheld / (withheld + total):.0%}); by code:")
    print("  " + " · ".join(f"{code} {number}" for code, number in codes.most_common()))
    print(f"seconds: median {median(seconds):.0f}, longest {max(seconds):.0f}")


if __name__ == "__main__":
    main()
