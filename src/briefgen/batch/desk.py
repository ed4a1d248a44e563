"""The ledger's side of a run: what is already known of an input, and what became of it. One thread's business.

Without a store nothing is known, and nothing is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.batch.outcomes import UNCHANGED, BatchOutcome
from briefgen.duplicates import bands_of, most_similar
from briefgen.sources.entries import Unchanged
from briefgen.store import Done, Failed, Kept, Origin, Pending, Skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefgen.batch.options import BatchOptions
    from briefgen.batch.verdicts import Verdict
    from briefgen.brief import Brief
    from briefgen.errors import Usage
    from briefgen.sources.entries import Entry, Unreadable
    from briefgen.store import Known, RawAnswer, Result, Run

DUPLICATE = "duplicate"
"""Code of an input whose text, or nearly that, another one has."""


class Desk:
    """Results wait here until :meth:`write`; an outcome may be told only after that."""

    def __init__(self, run: Run | None, options: BatchOptions) -> None:
        self._run = run
        self._options = options
        self._results: list[Result] = []
        self._settled: Callable[[str, bytes], bool] | None = None

    def settled(self, label: str, fingerprint: bytes) -> bool:
        """Whether an earlier run brought this very input to its end. Called from the reading thread."""
        if self._run is None:
            return False
        if self._settled is None:
            self._settled = self._run.settled(
                redo_failed=self._options.retry_failed, redo_duplicates=not self._options.dedupe
            )
        return self._settled(label, fingerprint)

    def write(self) -> None:
        """Write what has come to an end. Raises :class:`briefgen.errors.StoreError`."""
        if self._run is not None and self._results:
            self._run.record(self._results)
        self._results = []

    # -- inputs -----------------------------------------------------------------------------------------

    def refuse(self, given: Unchanged | Unreadable) -> BatchOutcome:
        """The end of an input that is no article, or none to ask about."""
        if isinstance(given, Unchanged):
            return BatchOutcome("skipped", given.label, code=UNCHANGED)
        error, origin = given.error, Origin(given.label, given.fingerprint)
        if given.skipped:
            self._results.append(Skipped(origin, error.code, str(error)))
            return BatchOutcome("skipped", given.label, code=error.code, message=str(error))
        self._results.append(Failed.of(origin, error))
        return BatchOutcome("failed", given.label, code=error.code, message=str(error))

    def take_up(self, entry: Entry) -> BatchOutcome | None:
        """Take down that an article is about to be asked about; or return its end, if it needs no asking."""
        if self._run is None:
            return None
        if any(isinstance(result, Pending) for result in self._results):
            self.write()  # what was taken up a moment ago may be the same text
        origin = Origin(entry.label, entry.fingerprint)
        known = self._run.look_up(origin, entry.article)
        if known is not None and not known.own:
            return self._duplicate(entry, entry.article.id, f"the text of {known.label}")
        if known is not None and not self._redo(known):
            self._results.append(Kept(origin, entry.article.id))
            return BatchOutcome("skipped", entry.label, entry.article.id, code=UNCHANGED)
        bands: tuple[int, ...] = ()
        if self._options.dedupe and known is None:
            bands = bands_of(entry.article)
            copied = most_similar(entry.article, self._run.near(entry.article, bands))
            if copied is not None:
                return self._duplicate(entry, copied, f"nearly the text of article {copied[:16]}")
        self._results.append(Pending(origin, entry.article, bands))
        return None

    def _redo(self, known: Known) -> bool:
        if known.state == "pending" or known.changed:
            return True
        if known.state == "skipped":
            return known.code == DUPLICATE and not self._options.dedupe
        return self._options.retry_failed and (known.state == "failed" or known.partial)

    def _duplicate(self, entry: Entry, of: str, message: str) -> BatchOutcome:
        origin = Origin(entry.label, entry.fingerprint)
        self._results.append(Skipped(origin, DUPLICATE, message, entry.article.id, of))
        return BatchOutcome("skipped", entry.label, entry.article.id, code=DUPLICATE, message=message)

    # -- ends -------------------------------------------------------------------------------------------

    def done(self, entry: Entry, brief: Brief, answers: Sequence[RawAnswer]) -> None:
        kept = answers if self._options.keep_answers else ()
        self._results.append(Done(Origin(entry.label, entry.fingerprint), entry.article, brief, kept))

    def failed(self, entry: Entry, verdict: Verdict, usage: Usage) -> None:
        origin = Origin(entry.label, entry.fingerprint)
        self._results.append(
            Failed(origin, verdict.code, verdict.message, verdict.again, entry.article, usage)
        )
