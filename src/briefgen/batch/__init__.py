"""Many articles: bounded concurrency, adaptive pace, budgets, and an end for every input.

::

    runner = BatchRunner(open_model("openai:gpt-5-mini"), BatchOptions(concurrency=16))
    for outcome in runner.run(articles):
        print(outcome.label, outcome.state, outcome.code)
"""

from __future__ import annotations

from briefgen.batch.options import BatchApiOptions, BatchClock, BatchOptions, Budgets
from briefgen.batch.outcomes import BatchOutcome, State, Tally
from briefgen.batch.progress import Progress
from briefgen.batch.run import BatchRun
from briefgen.batch.runner import BatchRunner
from briefgen.batch.stops import Stop

__all__ = [
    "BatchApiOptions",
    "BatchClock",
    "BatchOptions",
    "BatchOutcome",
    "BatchRun",
    "BatchRunner",
    "Budgets",
    "Progress",
    "State",
    "Stop",
    "Tally",
]
