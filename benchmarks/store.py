"""What the store costs: CPU and wall time an article, bytes an article, and how soon a resumed run knows.

    python benchmarks/store.py [ARTICLES] [--bands] [--sync]

Writes made-up articles with the brief of a scripted model to a store in a temporary folder, in groups as a run
with 16 in flight does. ``--bands`` looks for near-copies first and keeps what they are found by, as a run does
without ``--no-dedupe``, and counts that too. ``--sync`` waits for the disk at every commit, to show what that would cost.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from briefgen import Article, BriefGenerator, PromptLibrary
from briefgen.duplicates import bands_of, most_similar
from briefgen.store import AnswerRecorder, Done, Origin, Pending, Recipe, Run, Selection, Store, stored_briefs
from briefgen.testing import ScriptedModel

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import seed_answers

WORDS = [
    "harbour",
    "council",
    "minister",
    "treaty",
    "grain",
    "ferry",
    "border",
    "talks",
    "envoy",
    "river",
    "strike",
    "bridge",
    "vote",
    "budget",
]
GROUP = 8


def text_of(number: int) -> str:
    """About 150 words that no other article has in this order."""
    dice = random.Random(number)
    sentences = (
        " ".join(dice.choice(WORDS) for _ in range(15)).capitalize() + f", said source {number}."
        for _ in range(10)
    )
    return " ".join(sentences)


def taken_up(run: Run, origin: Origin, article: Article) -> Pending:
    if "--bands" not in sys.argv:
        return Pending(origin, article)
    bands = bands_of(article)
    assert most_similar(article, run.near(article, bands)) is None
    return Pending(origin, article, bands)


def main() -> None:
    numbers = [argument for argument in sys.argv[1:] if argument.isdigit()]
    count = int(numbers[0]) if numbers else 100_000
    recorder = AnswerRecorder(ScriptedModel({facet: [said] for facet, said in seed_answers.GOOD.items()}))
    seed = (Path(__file__).resolve().parents[2] / "shared/data/articles/seed.txt").read_text(encoding="utf-8")
    with recorder.taking_down() as answers:
        brief = BriefGenerator(recorder).generate(Article.from_text(seed))
    recipe = Recipe.of(recorder, PromptLibrary.load())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.briefs"
        with Store.open(path, create=True) as store:
            if "--sync" in sys.argv:
                store.rows("PRAGMA synchronous = FULL")
            with store.run(recipe) as run:
                cpu = wall = 0.0
                for start in range(0, count, GROUP):
                    made = [
                        (Origin(f"archive.jsonl#{n}", n.to_bytes(16, "big")), Article.from_text(text_of(n)))
                        for n in range(start, min(start + GROUP, count))
                    ]
                    done = [
                        Done(
                            origin,
                            article,
                            brief.model_copy(update={"headline": f"{brief.headline} {article.id[:9]}"}),
                            answers,
                        )
                        for origin, article in made
                    ]
                    before, clock = time.process_time(), time.perf_counter()
                    run.record([taken_up(run, origin, article) for origin, article in made])
                    run.record(done)
                    cpu += time.process_time() - before
                    wall += time.perf_counter() - clock
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
        print(
            f"recorded {count:,}: {1000 * cpu / count:.2f} ms CPU, {1000 * wall / count:.2f} ms each; {size / count:,.0f} bytes each"
        )
        print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        resumed(path, recipe, count)


def resumed(path: Path, recipe: Recipe, count: int) -> None:
    clock = time.perf_counter()
    with Store.open(path) as store, store.run(recipe) as run:
        settled = run.settled()
        print(
            f"opened, locked and {len(settled):,} settled inputs loaded: {time.perf_counter() - clock:.2f} s"
        )
        clock = time.perf_counter()
        known = sum(settled(f"archive.jsonl#{n}", n.to_bytes(16, "big")) for n in range(count))
        print(f"{known:,} of {count:,} told by their fingerprint: {time.perf_counter() - clock:.2f} s")
        looked_up(run, min(count, 2000))
        clock = time.perf_counter()
        print(f"counts {run.counts().done:,} done: {time.perf_counter() - clock:.2f} s")
        clock = time.perf_counter()
        found = sum(1 for _ in islice(stored_briefs(store, Selection("visit")), 20))
        print(f"search for a word of every brief, {found} shown: {time.perf_counter() - clock:.2f} s")
        clock = time.perf_counter()
        length = sum(len(entry.json) for entry in stored_briefs(store))
        print(f"read all briefs, {length / 1e6:,.0f} MB of JSON: {time.perf_counter() - clock:.2f} s")


def looked_up(run: Run, count: int) -> None:
    articles = [Article.from_text(text_of(n)) for n in range(count)]
    ids = [article.id for article in articles]
    clock = time.perf_counter()
    for n, article in enumerate(articles):
        run.look_up(Origin(f"archive.jsonl#{n}"), article)
    print(f"looked up by their text: {1e6 * (time.perf_counter() - clock) / len(ids):.0f} µs each")


if __name__ == "__main__":
    main()
