"""The crew of a run with ``--via batch-api``: articles by way of a batch API, within a day and for half the price.

It gathers articles to chunks (:mod:`.chunks`). What a chunk needs to ask becomes a batch; when the server is
done with it, each article either has its brief or something is still missing (a repair, a request that failed,
an answer that cannot be used), which the next batch of the chunk asks for.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from briefgen.batch.crew import Answered, Figures, Task, internal
from briefgen.errors import BriefgenError, ModelError, ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefgen.batch.chunks import Chunk, Correspondence
    from briefgen.batch.options import BatchApiOptions, BatchClock
    from briefgen.providers.batch_endpoint import BatchEndpoint

_FAILURES = 5
"""So often in a row a server may be away; then the articles of the chunk count as not reached."""
_LONGEST = 1800.0
"""Seconds between two looks at a batch, at most: they are rarer the longer it takes."""


class BatchApiCrew:
    """See :class:`briefgen.batch.crew.Crew`. ``mail`` and ``endpoint`` are this crew's alone."""

    def __init__(
        self, mail: Correspondence, endpoint: BatchEndpoint, options: BatchApiOptions, clock: BatchClock
    ) -> None:
        self._mail = mail
        self._endpoint = endpoint
        self._options = options
        self._now = clock.monotonic
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._gathered: list[Task] = []
        self._chunks: list[Chunk] = []
        self._report: Callable[[Answered], None] = lambda _: None
        self._came = float("-inf")
        """When a task came last."""
        self._sleep = clock.sleep
        self._woken = threading.Event()
        self._stopped = False
        self._closed = False
        """Nothing comes any more: its own wish to end may have been read already."""

    @property
    def capacity(self) -> int:
        return self._options.chunk * self._options.at_once

    def start(self, report: Callable[[Answered], None]) -> None:
        self._report = report
        threading.Thread(target=self._work, name="briefgen-batch-api", daemon=True).start()

    def put(self, task: Task) -> None:
        self._tasks.put(task)

    def stop(self) -> None:
        """Submit nothing more. What is on its way stays there: the next run reads its answers."""
        self._stopped = True
        self._tasks.put(None)

    def kept(self, article_ids: Sequence[str]) -> None:
        for article_id in article_ids:
            for chunk in tuple(self._chunks):
                if article_id in chunk.members:
                    self._mail.kept(chunk, article_id)

    def take_back(self) -> list[Task]:
        return []  # they are handed back by the thread

    def hurry(self, seconds: float) -> None:
        """There is nothing to hurry: a stop hands everything back at once."""

    def refuse(self) -> None:
        self.stop()

    def close(self) -> None:
        self._closed = True
        self.stop()
        self._woken.set()
        self._endpoint.close()

    @property
    def figures(self) -> Figures:
        return Figures(sum(len(chunk.tasks) for chunk in self._chunks), self.capacity)

    # -- the thread -----------------------------------------------------------------------------------------

    def _work(self) -> None:
        failure: BriefgenError | None = None
        try:
            self._chunks = list(self._mail.remembered())
            while not self._stopped:
                self._gather()
                self._launch()
                for chunk in [each for each in self._chunks if each.tasks and each.look_at <= self._now()]:
                    self._step(chunk)
        except BriefgenError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - nobody else would hear of it
            failure = internal(error)
        self._give_up(failure)

    def _gather(self) -> None:
        """Take what there is to do, or wait until there is something."""
        due = [chunk.look_at for chunk in self._chunks if chunk.tasks]
        if self._gathered and self._has_room:
            due.append(self._came + self._options.linger)
        patience = max(0.0, min(due) - self._now()) if due else None
        with suppress(Empty):
            task = self._tasks.get(timeout=patience)
            while task is not None:
                self._came = self._now()
                self._sort(task)
                if len(self._gathered) >= self._options.chunk:
                    break
                task = self._tasks.get_nowait()

    def _sort(self, task: Task) -> None:
        """An article that an earlier run has sent belongs to the chunk that it was sent with."""
        for chunk in self._chunks:
            if task.article.id in chunk.members and task.article.id not in chunk.tasks:
                chunk.tasks[task.article.id] = task
                return
        self._gathered.append(task)

    @property
    def _has_room(self) -> bool:
        return sum(bool(chunk.tasks) for chunk in self._chunks) < self._options.at_once

    def _launch(self) -> None:
        """Make a chunk of what is gathered, if it is full or nothing came for a while."""
        full = len(self._gathered) >= self._options.chunk
        late = self._now() - self._came >= self._options.linger
        if self._gathered and (full or late) and self._has_room:
            self._chunks.append(self._mail.begin(self._gathered))
            self._gathered = []

    def _step(self, chunk: Chunk) -> None:
        """Read what was answered, tell what has come to its end, and ask for the rest."""
        try:
            if not self._mail.look(chunk):
                self._look_later(chunk)
                return
            for answered in self._mail.judge(chunk):
                self._report(answered)
            if chunk.tasks:
                self._mail.submit(chunk, self._wait)
                chunk.looks = 0
                chunk.look_at = self._now() + self._options.poll
            chunk.failures = 0
        except ModelUnavailable as error:
            chunk.failures += 1
            if chunk.failures < _FAILURES:
                self._look_later(chunk)
            else:
                self._fail(chunk, error)
        except ModelError as error:
            self._fail(chunk, error)

    def _look_later(self, chunk: Chunk) -> None:
        chunk.looks += 1
        chunk.look_at = self._now() + min(_LONGEST, self._options.poll * 1.2 ** min(chunk.looks, 100))

    def _fail(self, chunk: Chunk, error: BriefgenError) -> None:
        """The articles of a chunk end in an error. What is known of it stays in the store, for the next run."""
        for task in chunk.tasks.values():
            self._report(Answered(task.number, error=error))
        chunk.tasks = {}
        chunk.failures = 0

    def _give_up(self, error: BriefgenError | None) -> None:
        """Hand everything back; with an error, which then is the end of all of it."""
        self._stopped = True
        for chunk in self._chunks:
            self._gathered += chunk.tasks.values()
            chunk.tasks = {}
        with suppress(Empty):
            while True:
                task = self._tasks.get_nowait()
                if task is not None:
                    self._gathered.append(task)
        for task in self._gathered:
            self._report(Answered(task.number, error=error))
        self._gathered = []
        while not self._closed and (late := self._tasks.get()) is not None:
            self._report(Answered(late.number, error=error))

    def _wait(self, seconds: float) -> None:
        if self._sleep is None:
            self._woken.wait(seconds)
        else:
            self._sleep(seconds)
