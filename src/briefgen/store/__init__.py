"""The store: an archive's briefs and its ledger in one SQLite file.

:mod:`~briefgen.store.records` is what a run tells it, :mod:`~briefgen.store.run` how, and
:mod:`~briefgen.store.store` what anybody can read.
"""

from __future__ import annotations

from briefgen.store.answers import AnswerRecorder, RawAnswer
from briefgen.store.briefs import StoredBrief, matching, stored_brief, stored_briefs
from briefgen.store.inputs import Input, find, inputs
from briefgen.store.records import (
    Counts,
    Done,
    Failed,
    Kept,
    Known,
    Origin,
    Pending,
    Recipe,
    Result,
    RunInfo,
    Skipped,
    Totals,
)
from briefgen.store.run import Run
from briefgen.store.selection import Selection
from briefgen.store.store import Store

__all__ = [
    "AnswerRecorder",
    "Counts",
    "Done",
    "Failed",
    "Input",
    "Kept",
    "Known",
    "Origin",
    "Pending",
    "RawAnswer",
    "Recipe",
    "Result",
    "Run",
    "RunInfo",
    "Selection",
    "Skipped",
    "Store",
    "StoredBrief",
    "Totals",
    "find",
    "inputs",
    "matching",
    "stored_brief",
    "stored_briefs",
]
