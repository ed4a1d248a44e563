"""The workers of a batch: each briefs one whole article at a time, so that its facet calls share their prefix."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Protocol

from briefgen.batch.admission import Admission, Limits
from briefgen.batch.bench import AwayModel
from briefgen.batch.paced import held
from briefgen.errors import BriefgenError
from briefgen.generator import BriefGenerator
from briefgen.providers.pacing import Paced
from briefgen.store import AnswerRecorder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefgen.article import Article
    from briefgen.batch.options import BatchClock
    from briefgen.brief import Brief
    from briefgen.providers.base import LanguageModel
    from briefgen.store import RawAnswer


@dataclass(frozen=True)
class Task:
    """One article to be asked about. ``number`` tells it apart from all others of the run."""

    number: int
    article: Article


@dataclass(frozen=True)
class Answered:
    """The end of a task: a brief, or an error; neither if it was handed back because the crew was stopped.

    ``counts``: of the tasks that one dead worker had, only one does where failures in a row are counted.
    """

    number: int
    brief: Brief | None = None
    error: BriefgenError | None = None
    answers: Sequence[RawAnswer] = ()
    counts: bool = True


@dataclass(frozen=True)
class Figures:
    """Requests under way, how many may be, and how many a second the server lets through, if that is known."""

    requests: int = 0
    limit: int = 0
    rate: float | None = None


class InternalError(BriefgenError):
    """A fault of briefgen's own while it worked on one article. The message tells no more than where."""

    code = "internal"


class Crew(Protocol):
    """Whoever does the tasks. ``report`` is called from other threads, once for every task that was put."""

    @property
    def capacity(self) -> int:
        """Tasks that may be put and not yet ended: a few more than are worked on, so that nobody waits for one."""
        ...

    def start(self, report: Callable[[Answered], None]) -> None: ...

    def put(self, task: Task) -> None: ...

    def kept(self, article_ids: Sequence[str]) -> None:
        """The store, if there is one, has the ends of these articles."""
        ...

    def stop(self) -> None:
        """Begin no task any more; what is begun goes on. Safe in a signal handler."""
        ...

    def take_back(self) -> list[Task]:
        """Return the tasks that were put and not begun, if it was stopped."""
        ...

    def hurry(self, seconds: float) -> None:
        """Send away requests that would have to wait longer than that. Safe in a signal handler."""
        ...

    def refuse(self) -> None:
        """Send no request any more. What was sent may be answered."""
        ...

    def close(self) -> None:
        """End. Nothing is reported any more."""
        ...

    @property
    def figures(self) -> Figures: ...


_SPARE = 4


def _spare(model: LanguageModel, concurrency: int) -> int:
    """Workers more than requests: while they check an answer or wait to, others have something to send.

    None where one article is asked about at a time, and none for a model on this machine: its calls of one
    article follow each other, because they share what it remembers of the prompt.
    """
    return max(_SPARE, concurrency // 4) if isinstance(model, Paced) and concurrency > 1 else 0


class ThreadCrew:
    """Worker threads in this process, all with one model (and one second reader).

    One of them at a time works; the others wait for their answers.
    """

    def __init__(
        self,
        generator: BriefGenerator,
        limits: Limits,
        clock: BatchClock,
        *,
        on_shut: Callable[[float], None] | None = None,
    ) -> None:
        self._size = limits.concurrency + _spare(generator.model, limits.concurrency)
        self._now = clock.monotonic
        self.pace = Admission(limits, self._now, on_shut=on_shut)
        self._second = Admission(Limits(limits.concurrency), self._now)
        self._bench = threading.Lock()
        self._recorder = AnswerRecorder(AwayModel(held(generator.model, self.pace, clock), self._bench))
        beside = None
        if generator.check_with is not None:
            reader = AwayModel(held(generator.check_with, self._second, clock), self._bench)
            beside = AnswerRecorder(reader, beside=self._recorder)
        self._generator = BriefGenerator(self._recorder, check_with=beside, prompts=generator.prompts)
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self.stopped = False

    @property
    def capacity(self) -> int:
        return self._size + max(1, self._size // 8)

    def kept(self, article_ids: Sequence[str]) -> None:
        """Nothing is kept here."""

    def start(self, report: Callable[[Answered], None]) -> None:
        for number in range(self._size):
            # Daemons: a thread inside a request that was given up must not keep the process alive.
            name = f"briefgen-worker-{number}"
            threading.Thread(target=self._work, args=(report,), name=name, daemon=True).start()

    def put(self, task: Task) -> None:
        self._tasks.put(task)

    def stop(self) -> None:
        self.stopped = True
        for _ in range(self._size):
            self._tasks.put(None)

    def take_back(self) -> list[Task]:
        if not self.stopped:
            return []
        tasks = []
        with suppress(Empty):
            while True:
                task = self._tasks.get_nowait()
                if task is not None:
                    tasks.append(task)
        self.stop()  # for those who wait
        return tasks

    def hurry(self, seconds: float) -> None:
        for pace in (self.pace, self._second):
            pace.let_none_in_after(self._now() + seconds)

    def refuse(self) -> None:
        self.pace.close()
        self._second.close()

    def close(self) -> None:
        self.refuse()

    @property
    def figures(self) -> Figures:
        return Figures(self.pace.under_way, self.pace.limit, self.pace.rate)

    def _work(self, report: Callable[[Answered], None]) -> None:
        while (task := self._tasks.get()) is not None:
            report(Answered(task.number) if self.stopped else self.do(task))

    def do(self, task: Task) -> Answered:
        """Brief one article. Whatever goes wrong with it is its own end, and no other's."""
        brief: Brief | None = None
        failure: BriefgenError | None = None
        with self._bench, self._recorder.taking_down() as answers:
            try:
                brief = self._generator.generate(task.article)
            except BriefgenError as error:
                failure = error
            except Exception as error:  # noqa: BLE001 - a fault that one article uncovers must not end the run
                failure = internal(error)
        return Answered(task.number, brief, failure, tuple(answers))


def internal(error: Exception) -> InternalError:
    """Name the kind and the place of an unexpected error, not its message, which may hold article text."""
    trace, place = error.__traceback__, "?"
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("briefgen"):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return InternalError(f"unexpected {type(error).__name__} in {place}", hint="please report it")
