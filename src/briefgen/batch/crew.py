"""The workers of a batch: each briefs one whole article at a time, so that its facet calls share their prefix."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import BaseModel

from briefgen.errors import BriefgenError, ModelError, ModelUnavailable, RateLimited, Usage
from briefgen.generator import BriefGenerator
from briefgen.providers.pacing import Closed, Paced, TooLong, Waiter
from briefgen.store import AnswerRecorder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from briefgen.article import Article
    from briefgen.batch.options import BatchClock
    from briefgen.brief import Brief
    from briefgen.providers.base import Completion, LanguageModel, ModelProfile, Prompt
    from briefgen.providers.pacing import Pace
    from briefgen.store import RawAnswer

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Task:
    """One article to be asked about. ``number`` tells it apart from all others of the run."""

    number: int
    article: Article


@dataclass(frozen=True)
class Answered:
    """The end of a task: a brief, or an error; neither if it was handed back because the crew was stopped."""

    number: int
    brief: Brief | None = None
    error: BriefgenError | None = None
    answers: Sequence[RawAnswer] = ()


class InternalError(BriefgenError):
    """A fault of briefgen's own while it worked on one article. The message tells no more than where."""

    code = "internal"


class Crew(Protocol):
    """Whoever does the tasks. ``report`` is called from other threads, once for every task that was put."""

    def start(self, report: Callable[[Answered], None]) -> None: ...

    def put(self, task: Task) -> None: ...

    def stop(self) -> None:
        """Begin no task any more; what is begun goes on. Safe in a signal handler."""
        ...

    def take_back(self) -> list[Task]:
        """Return the tasks that were put and not begun, if it was stopped."""
        ...


@dataclass(frozen=True)
class Kit:
    """What a worker works with. ``recorder`` is the model, as ``generator`` has it."""

    recorder: AnswerRecorder
    generator: BriefGenerator

    @classmethod
    def of(cls, generator: BriefGenerator, pace: Pace, second: Pace, clock: BatchClock) -> Kit:
        """Work as ``generator`` does, with its requests held to ``pace``, those of its second reader to ``second``."""
        recorder = AnswerRecorder(_held(generator.model, pace, clock))
        reader = generator.check_with
        beside = AnswerRecorder(_held(reader, second, clock), beside=recorder) if reader else None
        return cls(recorder, BriefGenerator(recorder, check_with=beside, prompts=generator.prompts))

    def do(self, task: Task) -> Answered:
        """Brief one article. Whatever goes wrong with it is its own end, and no other's."""
        brief: Brief | None = None
        failure: BriefgenError | None = None
        with self.recorder.taking_down() as answers:
            try:
                brief = self.generator.generate(task.article)
            except BriefgenError as error:
                failure = error
            except Exception as error:  # noqa: BLE001 - a fault that one article uncovers must not end the run
                failure = _internal(error)
        return Answered(task.number, brief, failure, tuple(answers))


def _held(model: LanguageModel, pace: Pace, clock: BatchClock) -> LanguageModel:
    if isinstance(model, Paced):
        model.keep_pace(pace)
        return model
    return PacedModel(model, pace, clock)


def _internal(error: Exception) -> InternalError:
    """Name the kind and the place of an unexpected error, not its message, which may hold article text."""
    trace, place = error.__traceback__, "?"
    while trace is not None:
        name = trace.tb_frame.f_globals.get("__name__", "")
        if name.startswith("briefgen"):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return InternalError(f"unexpected {type(error).__name__} in {place}", hint="please report it")


class PacedModel:
    """A model without a pace of its own, held to one: a call of it counts as one request."""

    def __init__(self, model: LanguageModel, pace: Pace, clock: BatchClock) -> None:
        self._model = model
        self._pace = pace
        self._closed = threading.Event()
        self._sleep = clock.sleep or self._wait

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def profile(self) -> ModelProfile:
        return self._model.profile

    def complete(
        self, prompt: Prompt, output_type: type[T], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[T]:
        """Ask once, in its turn. See :class:`briefgen.providers.base.LanguageModel`."""
        waiter = Waiter(prompt.likely_tokens, float("inf"), self._sleep, self._closed.is_set)
        try:
            sent = self._pace.enter(waiter)
        except Closed:
            raise ModelUnavailable("the batch was stopped") from None
        except TooLong as wait:
            message, hint = "the server asked all callers to wait", f"try again in {wait.seconds:.0f} s"
            raise RateLimited(message, hint=hint, retry_after=wait.seconds) from None
        failure: BriefgenError | None = None
        usage = Usage()
        try:
            completion = self._model.complete(prompt, output_type, schema=schema)
            usage = completion.usage
        except BriefgenError as error:
            failure = error
            usage = error.usage if isinstance(error, ModelError) else usage
            if isinstance(error, RateLimited) and error.retry_after is not None:
                self._pace.shut(error.retry_after)
            raise
        finally:
            self._pace.leave(sent, failure, (usage.input_tokens or 0) + (usage.output_tokens or 0) or None)
        return completion

    def close(self) -> None:
        self._closed.set()
        self._model.close()

    def _wait(self, seconds: float) -> None:
        self._closed.wait(seconds)


class ThreadCrew:
    """Worker threads in this process, all with one model."""

    def __init__(self, kit: Kit, size: int) -> None:
        self._kit = kit
        self._size = size
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._stopped = False

    def start(self, report: Callable[[Answered], None]) -> None:
        for number in range(self._size):
            # Daemons: a thread inside a request that was given up must not keep the process alive.
            name = f"briefgen-worker-{number}"
            threading.Thread(target=self._work, args=(report,), name=name, daemon=True).start()

    def put(self, task: Task) -> None:
        self._tasks.put(task)

    def stop(self) -> None:
        self._stopped = True
        for _ in range(self._size):
            self._tasks.put(None)

    def take_back(self) -> list[Task]:
        if not self._stopped:
            return []
        tasks = []
        with suppress(Empty):
            while True:
                task = self._tasks.get_nowait()
                if task is not None:
                    tasks.append(task)
        self.stop()  # for those who wait
        return tasks

    def _work(self, report: Callable[[Answered], None]) -> None:
        while (task := self._tasks.get()) is not None:
            report(Answered(task.number) if self._stopped else self._kit.do(task))
