"""Articles into stories: how well real ones are grouped, by us and by others, and how long it takes.

    python benchmarks/stories.py ../shared/data/articles/clusters.jsonl
    python benchmarks/stories.py --choose ../shared/data/articles/clusters.jsonl    (thresholds, on the other half)
    python benchmarks/stories.py --kinds ../shared/data/articles/clusters.jsonl     (each source of stories alone)
    python benchmarks/stories.py --mixed ../shared/data/articles/clusters.jsonl     (groups of more than one story)
    python benchmarks/stories.py --peers ../shared/data/articles/clusters.jsonl     (needs scikit-learn)
    python benchmarks/stories.py --many 10000 ../shared/data/articles/clusters.jsonl

The stories are halved by a hash of their names: thresholds are chosen on one half and reported on the other. A
"day" is so many stories drawn at random; the last row has all of the half in one day, though they are of thirty years.
P, R: pairs of articles that are rightly together; F: B-cubed; mixed: groups with articles of two stories.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import sys
import time
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from briefgen.article import Article
from briefgen.brief import ArticleInfo, Brief, Coverage, Provenance, SummarySentence
from briefgen.digest.reports import Report
from briefgen.digest.stories import _LEAST, ONE_STORY, one_story_each
from briefgen.digest.story_words import alike_pairs, words_of
from briefgen.evidence import Evidence

DAYS = ((1, 60), (3, 30), (10, 15), (30, 6))
"""Stories a day, and how many days of that kind."""
QUOTED = 4
"""Sentences that the brief of an article whose text was not kept is thought to quote."""
MADE = Provenance(
    briefgen="0", model="none", prompts={}, created=datetime(2024, 6, 10, tzinfo=UTC), requests=0, seconds=0.0
)
DAY = date(2024, 6, 10)


class Day:
    """Articles and the stories that each belongs to; an article may be in two."""

    def __init__(self, rows: list[dict[str, Any]], *, with_text: bool = True) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.gold: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            key = hashlib.sha256(row["text"].encode()).hexdigest()
            self.rows[key] = row
            self.gold[key].add(row["cluster_id"])
        self.keys = sorted(self.rows)
        self.reports = [
            report_of(number, self.rows[key], with_text=with_text) for number, key in enumerate(self.keys, 1)
        ]


def report_of(number: int, row: dict[str, Any], *, with_text: bool) -> Report:
    """A report with an article and, where its text was not kept, a brief that quotes its first sentences."""
    article = Article.from_text(row["text"])
    quoted = [] if with_text else article.sentences[:QUOTED]
    brief = Brief(
        article=ArticleInfo(id=article.id, title=row.get("title"), language=row["lang"]),
        headline=row.get("title") or "",
        summary=tuple(
            SummarySentence(
                text="", evidence=(Evidence(sentence=s.n, quote=s.text, start=s.start, end=s.end),)
            )
            for s in quoted
        ),
        coverage=Coverage(facets={}),
        provenance=MADE,
    )
    return Report(number, brief, DAY, text=article.text if with_text else None)


def in_half(name: str, half: int) -> bool:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == half


def days_of(rows: list[dict[str, Any]], stories: int, count: int, *, with_text: bool = True) -> list[Day]:
    names = sorted({row["cluster_id"] for row in rows})
    rng = random.Random(stories)
    picks = [set(rng.sample(names, min(stories, len(names)))) for _ in range(count)]
    return [Day([row for row in rows if row["cluster_id"] in pick], with_text=with_text) for pick in picks]


class Score:
    """Counts over days."""

    def __init__(self) -> None:
        self.right = self.wrong = self.missed = self.articles = self.groups = self.mixed = 0
        self.precision = self.recall = 0.0

    def add(self, day: Day, groups: list[list[int]]) -> None:
        gold = [day.gold[key] for key in day.keys]
        members: dict[str, set[int]] = defaultdict(set)
        for at, names in enumerate(gold):
            for name in names:
                members[name].add(at)
        for group in groups:
            self.groups += len(group) > 1
            self.mixed += any(not gold[one] & gold[other] for one, other in itertools.combinations(group, 2))
            for at in group:
                own = set().union(*(members[name] for name in gold[at]))
                hits = len(own & set(group))
                self.right += hits - 1
                self.wrong += len(group) - hits
                self.missed += len(own) - hits
                self.precision += hits / len(group)
                self.recall += hits / len(own)
                self.articles += 1

    def __str__(self) -> str:
        found, all_pairs = self.right + self.wrong, self.right + self.missed
        p, r = self.precision / self.articles, self.recall / self.articles
        return (
            f"P {self.right / found if found else 1:.3f}  R {self.right / all_pairs if all_pairs else 1:.3f}  "
            f"F {2 * p * r / (p + r):.3f}  mixed {self.mixed} of {self.groups}"
        )


def ours(day: Day, at_least: float = ONE_STORY) -> list[list[int]]:
    pairs = alike_pairs(words_of(day.reports), at_least=_LEAST)
    return one_story_each(len(day.reports), pairs, at_least=at_least)


def table(days: dict[str, list[Day]], group: Any, label: str) -> None:
    for name, each in days.items():
        score = Score()
        for day in each:
            score.add(day, group(day))
        print(f"{label:34} {name:>12}  {score}", flush=True)


def halves(rows: list[dict[str, Any]], half: int, *, with_text: bool = True) -> dict[str, list[Day]]:
    own = [row for row in rows if in_half(row["cluster_id"], half)]
    found = {f"{n} a day": days_of(own, n, count, with_text=with_text) for n, count in DAYS}
    return {**found, "all at once": [Day(own, with_text=with_text)]}


def choose(rows: list[dict[str, Any]]) -> None:
    for with_text in (True, False):
        days = halves(rows, 0, with_text=with_text)
        for at_least in (0.11, 0.13, 0.15, 0.17, 0.19):
            kept = "text" if with_text else "no text"
            table(days, lambda day, t=at_least: ours(day, t), f"{kept}, at least {at_least}")


def kinds(rows: list[dict[str, Any]]) -> None:
    days: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if in_half(row["cluster_id"], 1):
            days[row["cluster_id"].partition("-")[0]].append(row)
    table({kind: [Day(own)] for kind, own in sorted(days.items())}, ours, "all of a kind at once")


def mixed(rows: list[dict[str, Any]]) -> None:
    day = halves(rows, 1)["all at once"][0]
    for group in ours(day):
        names = {name for at in group for name in day.gold[day.keys[at]]}
        if len(names) > 1:
            print(*sorted(names))
            for at in group:
                print("   ", day.rows[day.keys[at]]["date"], day.rows[day.keys[at]]["id"])


def peers(rows: list[dict[str, Any]]) -> None:
    """What libraries offer, each at the threshold that suits it on the other half."""
    import networkx as nx  # noqa: PLC0415 - peers, not dependencies of the benchmark
    from sklearn.cluster import AgglomerativeClustering  # noqa: PLC0415
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    def plain(day: Day) -> Any:
        texts = [f"{report.brief.article.title or ''} {report.text}" for report in day.reports]
        weighed = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
        return (weighed @ weighed.T).toarray().clip(0, 1)

    def our_words(day: Day) -> Any:
        import numpy as np  # noqa: PLC0415

        found = np.eye(len(day.reports))
        for (one, other), likeness in alike_pairs(words_of(day.reports), at_least=0.0).items():
            found[one, other] = found[other, one] = likeness
        return found

    def graph(likeness: Any, at_least: float) -> Any:
        found = nx.Graph()
        found.add_nodes_from(range(len(likeness)))
        pairs = itertools.combinations(range(len(likeness)), 2)
        found.add_weighted_edges_from((a, b, likeness[a, b]) for a, b in pairs if likeness[a, b] >= at_least)
        return found

    def average(likeness: Any, at_least: float) -> list[list[int]]:
        if len(likeness) < 2:
            return [[0]]
        made = AgglomerativeClustering(
            n_clusters=None, distance_threshold=1 - at_least, metric="precomputed", linkage="average"
        )
        groups: dict[int, list[int]] = defaultdict(list)
        for at, label in enumerate(made.fit_predict(1 - likeness)):
            groups[label].append(at)
        return list(groups.values())

    nets = nx.community
    ways = {
        "connected components": lambda s, t: nx.connected_components(graph(s, t)),
        "average linkage": average,
        "label propagation": lambda s, t: nets.label_propagation_communities(graph(s, t)),
        "Louvain, modularity": lambda s, t: nets.louvain_communities(graph(s, t), seed=1),
    }
    choosing, reporting = halves(rows, 0), halves(rows, 1)
    for words, measure in (("TF-IDF of scikit-learn", plain), ("our words", our_words)):
        near = {
            id(day): measure(day) for days in (choosing, reporting) for each in days.values() for day in each
        }
        for way, cut in ways.items():
            best = chosen(choosing["30 a day"], lambda day, t, cut=cut, near=near: cut(near[id(day)], t))
            table(
                reporting,
                lambda day, t=best, cut=cut, near=near: [sorted(group) for group in cut(near[id(day)], t)],
                f"{words[:10]}: {way} {best:.2f}",
            )
    table(reporting, ours, f"ours {ONE_STORY}")


def chosen(days: list[Day], group: Any) -> float:
    """The lowest threshold at which 95 of 100 pairs are rightly together."""
    for hundredths in range(8, 70):
        score = Score()
        for day in days:
            score.add(day, [sorted(each) for each in group(day, hundredths / 100)])
        if score.right >= 0.95 * (score.right + score.wrong):
            return hundredths / 100
    return 0.7


def many(count: int, rows: list[dict[str, Any]]) -> None:
    """As many stories of the same size: the words of a story are exchanged for others of their own, one by one."""
    names = sorted({row["cluster_id"] for row in rows})
    by_name = {name: [row for row in rows if row["cluster_id"] == name] for name in names}
    reports: list[Report] = []
    for copy in itertools.count():
        for row in (row for name in names for row in by_name[name]):
            own = row["text"].split()
            swapped = [f"{w}{copy}" if copy and hash_of(w) % 10 < 7 else w for w in own]
            reports.append(report_of(len(reports) + 1, {**row, "text": " ".join(swapped)}, with_text=True))
            if len(reports) == count:
                break
        if len(reports) == count:
            break
    started = time.process_time()
    words = words_of(reports)
    weighed = time.process_time()
    pairs = alike_pairs(words, at_least=_LEAST)
    paired = time.process_time()
    groups = one_story_each(len(reports), pairs)
    done = time.process_time()
    print(
        f"{count:,} articles: words {weighed - started:.1f} s, pairs {paired - weighed:.1f} s ({len(pairs):,}), "
        f"groups {done - paired:.1f} s ({len(groups):,})"
    )


def hash_of(word: str) -> int:
    return int(hashlib.sha256(word.encode()).hexdigest()[:8], 16)


def main(arguments: list[str]) -> None:
    with Path(arguments[-1]).open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if arguments[0] == "--many":
        many(int(arguments[1]), rows)
    elif arguments[0] in {"--choose", "--kinds", "--mixed", "--peers"}:
        {"--choose": choose, "--kinds": kinds, "--mixed": mixed, "--peers": peers}[arguments[0]](rows)
    else:
        table(halves(rows, 1), ours, "text")
        table(halves(rows, 1, with_text=False), ours, "no text")


if __name__ == "__main__":
    main(sys.argv[1:])
