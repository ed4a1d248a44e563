"""Articles an hour of the embedded model with several of them in work at once, over one at a time.

    python benchmarks/embedded_slots.py ../shared/data/archive/wikinews_2019_2020.jsonl.gz [--articles 4] [--slots 1 2 4]

Needs the weights (``briefgen models pull``). llama.cpp gets as many slots as articles are in work; the facets of one
article share its prefix as ever. The model is asked for each article's whole brief.
"""

from __future__ import annotations

import argparse
import itertools
import threading
import time
from typing import Any

from briefgen.batch import BatchOptions, BatchRunner
from briefgen.providers import embedded
from briefgen.providers.registry import DEFAULT_LOCAL
from briefgen.sources.archive import read_archive
from briefgen.sources.entries import Entry

_SHORT = range(120, 221)
"""Words. Long enough for a brief, short enough for a benchmark."""


def with_slots(slots: int) -> None:
    """Let the next engine answer so many callers at once, each with a window of its own."""
    parameters = embedded._parameters  # noqa: SLF001 - a measurement of what is not an option

    def more(*given: Any) -> Any:
        params = parameters(*given)
        params.n_parallel, params.n_ctx = slots, slots * embedded.WINDOW_TOKENS
        return params

    class Engine(embedded.Engine):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            self.turn = threading.BoundedSemaphore(slots)  # type: ignore[assignment] # as many turns

    embedded._parameters = more  # noqa: SLF001
    embedded.Engine = Engine  # type: ignore[misc] # for this process


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("archives", nargs="+")
    parser.add_argument("--articles", type=int, default=4)
    parser.add_argument("--slots", type=int, nargs="+", default=[1, 2, 4])
    given = parser.parse_args()
    read = (each.article for each in read_archive(given.archives) if isinstance(each, Entry))
    short = (article for article in read if len(article.text.split()) in _SHORT)
    articles = list(itertools.islice(short, given.articles))
    plain = embedded._parameters, embedded.Engine  # noqa: SLF001
    alone = 0.0
    for slots in given.slots:
        with_slots(slots)
        model = embedded.open_embedded(DEFAULT_LOCAL.removeprefix("local:"))
        started = time.perf_counter()
        batch = BatchRunner(model, BatchOptions(concurrency=slots, dedupe=False)).run(articles)
        done = sum(outcome.state == "done" for outcome in batch)
        rate = 3600 * done / (time.perf_counter() - started)
        alone = alone or rate
        usage = batch.tally.usage
        print(
            f"{slots} in work: {done} done, {rate:.0f} an hour, {rate / alone:.2f} of the first; tokens read "
            f"{(usage.input_tokens or 0) - (usage.cached_tokens or 0)}, written {usage.output_tokens}",
            flush=True,
        )
        model.close()
        embedded._parameters, embedded.Engine = plain  # type: ignore[misc] # noqa: SLF001


if __name__ == "__main__":
    main()
