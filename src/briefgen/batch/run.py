"""A run under way.

One straight way: a reader (one thread, no further ahead than a window) → tasks → worker threads, each with one
whole article → the thread that asks for outcomes, which writes the ledger and tells the outcome.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from briefgen.batch.crew import Answered, Task
from briefgen.batch.jobs import Job, Waiting
from briefgen.batch.outcomes import NOT_REACHED, BatchOutcome, Tally
from briefgen.batch.progress import Progress
from briefgen.batch.rations import Cost, Rations
from briefgen.batch.reading import Read, Reader, ReadingOver
from briefgen.batch.stops import BUDGET, CIRCUIT, INTERRUPTED, Circuit, Stop, exit_code
from briefgen.batch.verdicts import Verdict, usage_of, verdict_on
from briefgen.errors import ModelError, StoreError, Usage
from briefgen.sources.entries import Entry, Unchanged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.batch.crew import Crew
    from briefgen.batch.desk import Desk
    from briefgen.batch.estimate import Estimator
    from briefgen.batch.options import BatchOptions
    from briefgen.batch.reading import Input

_AT_ONCE = 64
"""Events that are looked at together: they share a transaction."""
_AHEAD = 256
"""Inputs that are read ahead of what the crew can take, at most."""
_COUNTING = 2.0
"""Seconds for which a run that stopped counts the inputs that it has not read."""
_GIVEN_UP = Verdict("unreached", INTERRUPTED, "given up while it was asked about")
_LEFT = Verdict("unreached", NOT_REACHED, "the run stopped before its turn")


@dataclass(frozen=True)
class Wake:
    """Somebody wants the run to look around."""


class BatchRun(Iterator[BatchOutcome]):
    """An iterator of outcomes. Made by :meth:`briefgen.batch.BatchRunner.run`.

    ``tally`` counts what has ended; ``stopped`` says why the run stopped early. These, :meth:`stop` and
    :meth:`progress` may be used from other threads and from signal handlers.
    """

    def __init__(
        self, estimator: Estimator, options: BatchOptions, desk: Desk, crew: Crew, inputs: Iterable[Input]
    ) -> None:
        self.tally = Tally()
        self.stopped: Stop | None = None
        self.counted = True
        """Whether every input is in the tally: not if the run stopped and counting the rest took too long."""
        self._options = options
        self._now = options.clock.monotonic
        self._started = self._now()
        self._stopped_at: float | None = None
        self._desk = desk
        self._events: SimpleQueue[Read | ReadingOver | Answered | Wake] = SimpleQueue()
        window = crew.capacity + min(crew.capacity, _AHEAD) + 8
        self._reader = Reader(inputs, window, self._events.put)
        self._read_all = False
        self._crew = crew
        self._estimator = estimator
        self._rations = Rations(options.budgets, self._started)
        self._circuit = Circuit(options.circuit)
        self._waiting = Waiting(window // 4)
        self._under_way: dict[int, Job] = {}
        self._numbers = 0
        self._ended = 0
        """Inputs that were done with since the reader was told."""
        self._outcomes = self._run()

    def __next__(self) -> BatchOutcome:
        return next(self._outcomes)

    def close(self) -> None:
        """End the run now. What is under way is given up; the store is as the last outcome left it."""
        self._outcomes.close()

    def stop(self, reason: Stop | None = None) -> None:
        """Begin nothing new. Without a ``reason`` it is interrupted: what is under way may end within the
        options' ``grace``, and is given up then.
        """
        if self.stopped is None or (reason is None and not self._hurry):
            self._stopped_at = self._now()
            self.stopped = reason or Stop(INTERRUPTED, "the run was interrupted")
            if self.stopped.code != BUDGET:  # what was handed out is within the budget
                self._crew.stop()
            if self._hurry:
                self._crew.hurry(self._options.grace)
        self._events.put(Wake())

    @property
    def exit_code(self) -> int:
        """What the command line ends with, once the outcomes are used up."""
        return exit_code(self.stopped, self.tally)

    def progress(self) -> Progress:
        """Where the run stands."""
        now = self._now()
        jobs = self._under_way.copy().values()
        return Progress(
            self.tally,
            now - self._started,
            tuple((job.entry.label, now - job.since) for job in jobs),
            self._crew.figures,
        )

    # -- the loop ---------------------------------------------------------------------------------------

    def _run(self) -> Generator[BatchOutcome]:
        self._crew.start(self._events.put)
        self._reader.start()
        try:
            while not self._over():
                outcomes = [outcome for event in self._next_events() for outcome in self._handle(event)]
                tasks: list[Task] = []
                outcomes += self._leave() if self.stopped else self._take_up(tasks)
                self._desk.write()
                self._crew.kept(
                    [each.article_id for each in outcomes if each.article_id and each.state != "pending"]
                )
                for task in tasks:
                    self._crew.put(task)
                for outcome in outcomes:
                    self.tally.add(outcome)
                yield from outcomes
                self._reader.done_with(self._ended)
                self._ended = 0
        finally:
            self._reader.stop()
            self._crew.stop()
            self._crew.close()

    def _over(self) -> bool:
        if self._under_way or self._waiting:
            return False
        if self._read_all:
            return True
        self.counted = self._stopped_at is None or self._now() < self._stopped_at + _COUNTING
        return not self.counted

    def _next_events(self) -> list[Read | ReadingOver | Answered | Wake]:
        """Wait for an event, and take what others are there."""
        ends = self._until()
        events = []
        try:
            events.append(self._events.get(timeout=None if ends is None else max(0.0, ends - self._now())))
            while len(events) < _AT_ONCE:
                events.append(self._events.get_nowait())
        except Empty:
            pass
        return events

    def _until(self) -> float | None:
        """The instant at which there is something to do even if nothing happens."""
        if self._stopped_at is None:
            return self._rations.ends
        if not self._under_way:
            return self._stopped_at + _COUNTING
        return self._stopped_at + self._options.grace if self._hurry else None

    @property
    def _hurry(self) -> bool:
        """Whether somebody waits for the end. Otherwise what is under way has all the time it needs."""
        return self.stopped is not None and self.stopped.code == INTERRUPTED

    def _handle(self, event: Read | ReadingOver | Answered | Wake) -> Iterator[BatchOutcome]:
        if isinstance(event, Read):
            for given in event.inputs:
                if isinstance(given, Entry):
                    self._waiting.add(Job(given, self._options.second_chances, self._options.more_tries))
                elif self.stopped and not self._settled(given):
                    yield BatchOutcome("pending", given.label, code=NOT_REACHED)
                else:
                    yield self._desk.refuse(given)
            if not isinstance(event.inputs[0], Entry):
                self._ended += 1
        elif isinstance(event, ReadingOver):
            self._read_all = True
            if event.error is not None:
                raise event.error
        elif isinstance(event, Answered) and event.number in self._under_way:
            outcome = self._answered(self._under_way.pop(event.number), event)
            if outcome is not None:
                self._ended += 1
                yield outcome

    def _settled(self, given: Unchanged | object) -> bool:
        """Whether an input is as an earlier run left it: after a stop everything is handed over unread."""
        return isinstance(given, Unchanged) and self._desk.settled(given.label, given.fingerprint)

    def _leave(self) -> Iterator[BatchOutcome]:
        """After a stop: let go of what is not begun, and, when the grace is over, of what is."""
        self._reader.run_free()
        for task in self._crew.take_back():
            yield self._end_of(self._under_way.pop(task.number), _LEFT)
        for job in self._waiting.clear():
            yield self._end_of(job, _LEFT)
        if self._hurry and self._now() >= (self._stopped_at or 0.0) + self._options.grace:
            self._crew.refuse()
            for job in self._under_way.values():
                yield job.outcome("pending", _GIVEN_UP, self._now())
            self._under_way.clear()

    # -- beginnings -------------------------------------------------------------------------------------

    def _take_up(self, tasks: list[Task]) -> Iterator[BatchOutcome]:
        """Give the workers something to do, as far as the budgets go."""
        while self._waiting and len(self._under_way) < self._crew.capacity and not self.stopped:
            job = self._waiting.next()
            expected = self._expected(job)
            used_up = self._rations.exhausted(self._now())
            if not used_up and not self._rations.enough_for(expected):
                used_up = "" if self._under_way else self._rations.tight
            if used_up or not self._rations.enough_for(expected):
                self._waiting.give_back(job)
                if used_up:
                    self.stop(Stop(BUDGET, f"the budget of {used_up} is used up"))
                    yield from self._leave()
                return
            ended = None if job.tried else self._desk.take_up(job.entry)
            if ended is not None:
                self._ended += 1
                yield ended
                continue
            tasks.append(self._begin(job, expected))

    def _expected(self, job: Job) -> Cost:
        budgets = self._options.budgets
        if budgets.tokens is None and budgets.cost is None:
            return Cost()
        return self._estimator.cost(job.entry.article)

    def _begin(self, job: Job, expected: Cost) -> Task:
        self._numbers += 1
        self._rations.reserve(self._numbers, expected, first=not job.tried)
        job.since = job.since or self._now()
        job.tried = True
        self._under_way[self._numbers] = job
        return Task(self._numbers, job.entry.article)

    # -- ends -------------------------------------------------------------------------------------------

    def _answered(self, job: Job, answered: Answered) -> BatchOutcome | None:
        """Judge the end of a try: the end of the article, or nothing yet."""
        brief, error = answered.brief, answered.error
        if isinstance(error, StoreError):
            raise error  # a crew that keeps its own books in the store
        if not (brief or error):
            return self._end_of(job, _LEFT)
        usage = usage_of(brief) if brief else error.usage if isinstance(error, ModelError) else Usage()
        usd = brief.provenance.cost_usd if brief else None
        usd = self._estimator.usd(usage) if usd is None else usd
        self.tally.spend(usage, usd)
        self._rations.settle(answered.number, usage, usd)
        job.spend(usage, usd)
        verdict = verdict_on(brief, error)
        if answered.counts or verdict.kind != "unreached":
            self._heed(verdict)
        if brief and verdict.kind == "done":
            job.kept = (brief, answered.answers)
        if not self.stopped and job.may_go_again(verdict):
            self._waiting.add(job)
            return None
        return self._end_of(job, verdict)

    def _heed(self, verdict: Verdict) -> None:
        """Stop the run if the verdict is about all of it."""
        if verdict.kind == "fatal":
            at = self._options.clock.wall() + verdict.resume_after if verdict.resume_after else None
            self.stop(Stop(verdict.code, verdict.message, at))
            self._crew.refuse()
        elif verdict.kind == "unreached":
            if self._circuit.unreached():
                row = f"{self._options.circuit} articles in a row could not be asked about"
                self.stop(Stop(CIRCUIT, f"{row}, the last: {verdict.message}"))
        else:
            self._circuit.reached()

    def _end_of(self, job: Job, verdict: Verdict) -> BatchOutcome:
        now = self._now()
        if job.kept is not None:
            brief = job.billed(job.kept[0])
            self._desk.done(job.entry, brief, job.kept[1])
            return job.outcome("done", verdict, now, brief)
        if verdict.kind == "failed":
            self._desk.failed(job.entry, verdict, job.usage)
            return job.outcome("failed", verdict, now)
        return job.outcome("pending", verdict, now)
