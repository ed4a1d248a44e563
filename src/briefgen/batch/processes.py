"""Workers in several processes, for when reading answers and checking briefs keep more than one core busy.

Each process has its share of the concurrency and of the limits, a model of its own and threads as
:class:`briefgen.batch.crew.ThreadCrew` has them; the tasks and their ends go through pipes. Nobody but the
parent reads inputs or writes the store. A Retry-After that one process gets is told to all.

A process that dies takes nobody with it: its articles are handed back as not reached, and it is replaced.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

from briefgen.batch.crew import Answered, Figures, Task, ThreadCrew
from briefgen.batch.options import BatchClock
from briefgen.errors import BriefgenError, ModelUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkServerContext, SpawnContext
    from multiprocessing.process import BaseProcess

    from briefgen.batch.admission import Limits
    from briefgen.generator import BriefGenerator

    Factory: TypeAlias = Callable[[], BriefGenerator]

_FOR_THE_PARENT = [getattr(signal, name) for name in ("SIGINT", "SIGHUP", "SIGTERM") if hasattr(signal, name)]
"""Signals that a terminal sends to parent and children alike: the parent tells the children what to do."""
_DEATHS = 5
"""So often a process is replaced; one that dies at its start would die for ever."""


class WorkerDied(ModelUnavailable):
    """A worker process ended in the middle of its work: killed, out of memory, or by a fault of a library."""

    code = "worker_died"


@dataclass(frozen=True)
class Shut:
    """The server wants to be left alone for so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Hurry:
    """Send away requests that would have to wait longer than that."""

    seconds: float


@dataclass(frozen=True)
class Stop:
    """Begin no task any more."""


@dataclass(frozen=True)
class Refuse:
    """Send no request any more."""


@dataclass(frozen=True)
class Leave:
    """End, whatever is under way."""


@dataclass(frozen=True)
class Unfit:
    """A child could not begin: it cannot open the model."""

    error: BriefgenError


@dataclass(frozen=True)
class Ended:
    """What a child has to say at the end of a task."""

    answered: Answered
    figures: Figures


Order: TypeAlias = Task | Shut | Hurry | Stop | Refuse | Leave


@dataclass
class _Child:
    """One worker process, as the parent sees it. ``Leave`` is the last of its orders."""

    process: BaseProcess
    connection: Connection
    size: int
    orders: SimpleQueue[Order] = field(default_factory=SimpleQueue)
    begun: set[int] = field(default_factory=set)
    figures: Figures = field(default_factory=Figures)


class ProcessCrew:
    """``factory`` opens the model in each process; it must be picklable."""

    def __init__(
        self, factory: Factory, limits: Limits, processes: int, *, loads: Sequence[str] = ()
    ) -> None:
        """``loads``: modules that each process needs, so that they are read once for all where that is possible."""
        self._factory = factory
        self._loads = (__name__, *loads)
        self._shares = limits.shares(processes)
        self._lock = threading.Lock()
        self._children: list[_Child] = []
        self._deaths = 0
        self._last: BriefgenError = WorkerDied("no worker process is left")
        """Why there is no child any more, if there is none."""
        self._stopped = False
        self._closed = False

    @property
    def capacity(self) -> int:
        size = sum(share.concurrency for share in self._shares)
        return size + max(len(self._shares), size // 8)

    def kept(self, article_ids: Sequence[str]) -> None:
        """Nothing is kept here."""

    def start(self, report: Callable[[Answered], None]) -> None:
        self._report = report
        for share in self._shares:
            self._children.append(self._begin(share))

    def put(self, task: Task) -> None:
        with self._lock:
            child = min(self._children, key=lambda child: len(child.begun) / child.size, default=None)
            if child is not None:
                child.begun.add(task.number)
        if child is None:
            self._report(Answered(task.number, error=self._last))
        else:
            child.orders.put(task)

    def stop(self) -> None:
        self._stopped = True
        self._tell(Stop())

    def take_back(self) -> list[Task]:
        return []  # the children hand back what they have not begun

    def hurry(self, seconds: float) -> None:
        self._tell(Hurry(seconds))

    def refuse(self) -> None:
        self._tell(Refuse())

    def close(self) -> None:
        self._closed = True
        self._tell(Leave())

    @property
    def figures(self) -> Figures:
        each = [child.figures for child in self._children]
        rates = [figures.rate for figures in each if figures.rate is not None]
        return Figures(
            sum(figures.requests for figures in each),
            sum(figures.limit for figures in each),
            sum(rates) if rates else None,
        )

    def _tell(self, order: Order, but: _Child | None = None) -> None:
        for child in tuple(self._children):
            if child is not but:
                child.orders.put(order)

    def _begin(self, share: Limits) -> _Child:
        context = _context(self._loads)
        ours, theirs = context.Pipe()
        process = context.Process(
            target=work, args=(theirs, self._factory, share), name="briefgen-worker", daemon=True
        )
        with _undisturbed():
            process.start()
        theirs.close()
        child = _Child(process, ours, share.concurrency)
        for run in (self._send, self._receive):
            threading.Thread(target=run, args=(child, share), name="briefgen-pipe", daemon=True).start()
        return child

    def _send(self, child: _Child, _share: Limits) -> None:
        with contextlib.suppress(OSError):  # the other thread sees that the child has gone
            order: Order | None = None
            while not isinstance(order, Leave):
                order = child.orders.get()
                child.connection.send(order)

    def _receive(self, child: _Child, share: Limits) -> None:
        error: BriefgenError = WorkerDied("a worker process ended", hint="see the system's log")
        with contextlib.suppress(EOFError, OSError):
            while True:
                said = child.connection.recv()
                if isinstance(said, Unfit):
                    error = said.error
                elif isinstance(said, Shut):
                    self._tell(said, but=child)
                else:
                    child.figures = said.figures
                    with self._lock:
                        child.begun.discard(said.answered.number)
                    self._report(said.answered)
        self._bury(child, share, error)

    def _bury(self, child: _Child, share: Limits, error: BriefgenError) -> None:
        """Hand back what a child that has gone was about, and put another in its place."""
        with self._lock:
            lost, child.begun = child.begun, set()
            self._children.remove(child)
            self._deaths += 1
            self._last = error
            again = not self._closed and error.retryable and self._deaths <= _DEATHS * len(self._shares)
            if again:
                self._children.append(self._begin(share))
                if self._stopped:
                    self._children[-1].orders.put(Stop())
        child.orders.put(Leave())
        child.process.join()
        for at, number in enumerate(sorted(lost)):
            self._report(Answered(number, error=error, counts=at == 0))


def _context(loads: Sequence[str]) -> SpawnContext | ForkServerContext:
    """How processes begin: as forks of one that has loaded everything and has no threads, or each from scratch.

    Not as forks of this one: they would have copies of locks that other threads hold.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(loads))
    return context


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let a process that starts in the block be deaf to Ctrl-C from its first moment: it inherits the mask."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _FOR_THE_PARENT)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# -- in the child ---------------------------------------------------------------------------------------------


def work(connection: Connection, factory: Factory, limits: Limits) -> None:
    """What a worker process does: brief what it is told to, until nobody is there to tell it."""
    for number in _FOR_THE_PARENT:
        signal.signal(number, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _FOR_THE_PARENT)
    lock = threading.Lock()

    def say(what: Ended | Shut | Unfit) -> None:
        with lock, contextlib.suppress(OSError):
            connection.send(what)

    try:
        generator = factory()
    except BriefgenError as error:
        say(Unfit(error))
        return
    crew = ThreadCrew(generator, limits, BatchClock(), on_shut=lambda seconds: say(Shut(seconds)))

    def report(answered: Answered) -> None:
        say(Ended(answered, crew.figures))

    crew.start(report)
    with contextlib.suppress(EOFError, OSError):
        while not isinstance(order := connection.recv(), Leave):
            _obey(order, crew, report)
    os._exit(0)  # threads may be in the middle of requests that nobody waits for


def _obey(order: object, crew: ThreadCrew, report: Callable[[Answered], None]) -> None:
    if isinstance(order, Task) and crew.stopped:
        report(Answered(order.number))
    elif isinstance(order, Task):
        crew.put(order)
    elif isinstance(order, Shut):
        crew.pace.leave_alone(order.seconds)
    elif isinstance(order, Hurry):
        crew.hurry(order.seconds)
    elif isinstance(order, Stop):
        crew.stop()
        for task in crew.take_back():
            report(Answered(task.number))
    elif isinstance(order, Refuse):
        crew.refuse()
