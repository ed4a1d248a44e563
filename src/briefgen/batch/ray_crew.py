"""Workers on a Ray cluster, for archives that need more than one machine: one actor a worker, with a model of its own.

Ray places the actors and replaces those that die; they take articles one by one. (Ray Data would hand them out in
batches, and its barrier after each halves what is in flight.) The driver reads the inputs and writes the store, as
everywhere else. briefgen must be installed on every node, and the key stand in the environment there.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any

from briefgen.batch.crew import Answered, Figures, Task, ThreadCrew
from briefgen.batch.options import BatchClock
from briefgen.batch.processes import WorkerDied
from briefgen.errors import BriefgenError, ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from briefgen.batch.admission import Limits
    from briefgen.batch.processes import Factory

_RESTARTS = 5
_LOOK = 0.5
_SPARE_THREADS = 2
"""Of an actor, so that it hears what it is told while all others work."""


class Worker:
    """What an actor is: its methods run in its threads, as many at once as its share of the concurrency."""

    def __init__(self, factory: Factory, limits: Limits) -> None:
        self._pauses: list[float] = []
        self._crew: ThreadCrew | None = None
        self._unfit: BriefgenError | None = None
        try:
            self._crew = ThreadCrew(factory(), limits, BatchClock(), on_shut=self._pauses.append)
        except BriefgenError as error:
            self._unfit = error

    def do(self, task: Task) -> tuple[Answered, list[float]]:
        """Brief an article; return how long the server wants to be left alone, too, if it said so meanwhile."""
        if self._crew is None:
            return Answered(task.number, error=self._unfit), []
        answered = self._crew.do(task)
        pauses = [self._pauses.pop() for _ in range(len(self._pauses))]
        return answered, pauses

    def is_there(self) -> bool:
        """Whether the actor has begun, or begun again."""
        return True

    def leave_alone(self, seconds: float) -> None:
        """Another worker was told to."""
        if self._crew is not None:
            self._crew.pace.leave_alone(seconds)

    def refuse(self) -> None:
        """Send no request any more."""
        if self._crew is not None:
            self._crew.refuse()


class RayCrew:
    """See :class:`briefgen.batch.crew.Crew`. ``RAY_ADDRESS`` names the cluster; without it one is started here."""

    def __init__(self, factory: Factory, limits: Limits, workers: int) -> None:
        self._factory = factory
        self._limits = limits
        self._workers = workers
        self._ray: ModuleType = _import_ray()
        self._actors: list[Any] = []
        self._busy: list[int] = []
        self._under_way: dict[Any, tuple[int, int, int]] = {}
        """Task number, actor, and which of the actor's lives it was given to, by Ray's reference to the end of it."""
        self._lives: list[int] = []
        self._resting: dict[Any, int] = {}
        """Actors that died and are begun again by Ray, by the reference to their first sign of life."""
        self._gone: set[int] = set()
        """Actors that are not begun again any more."""
        self._held: list[Task] = []
        """Tasks that wait for an actor."""
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopped = False
        self._closed = False

    @property
    def capacity(self) -> int:
        return self._limits.concurrency + max(self._workers, self._limits.concurrency // 8)

    def start(self, report: Callable[[Answered], None]) -> None:
        self._report = report
        if not self._ray.is_initialized():
            self._ray.init(
                address=os.environ.get("RAY_ADDRESS"),
                include_dashboard=False,
                log_to_driver=False,
                logging_level="ERROR",
            )
        cores = int(self._ray.cluster_resources().get("CPU", 1))
        for share in self._limits.shares(min(self._workers, max(1, cores))):
            options = {
                "num_cpus": 1,
                "max_concurrency": share.concurrency + _SPARE_THREADS,
                "max_restarts": _RESTARTS,
                "max_task_retries": 0,
            }
            self._actors.append(self._ray.remote(Worker).options(**options).remote(self._factory, share))
            self._busy.append(0)
            self._lives.append(0)
        threading.Thread(target=self._listen, name="briefgen-ray", daemon=True).start()

    def put(self, task: Task) -> None:
        with self._lock:
            away = {*self._resting.values(), *self._gone}
            at = min(
                (at for at in range(len(self._actors)) if at not in away),
                key=self._busy.__getitem__,
                default=None,
            )
            if at is not None:
                self._busy[at] += 1
                self._under_way[self._actors[at].do.remote(task)] = (task.number, at, self._lives[at])
            elif self._resting:
                self._held.append(task)
            else:
                self._report(Answered(task.number, error=WorkerDied("no worker of the cluster is left")))
        self._wake.set()

    def kept(self, article_ids: Sequence[str]) -> None:
        """Nothing is kept here."""

    def stop(self) -> None:
        self._stopped = True

    def take_back(self) -> list[Task]:
        """What was given to an actor is begun; what waits for one is not."""
        with self._lock:
            held = self._held if self._stopped else []
            self._held = [] if self._stopped else self._held
        return held

    def hurry(self, seconds: float) -> None:
        """Requests that wait are given up with the others when the grace is over."""

    def refuse(self) -> None:
        for actor in self._actors:
            actor.refuse.remote()

    def close(self) -> None:
        self._closed = True
        self._wake.set()
        for actor in self._actors:
            self._ray.kill(actor)

    @property
    def figures(self) -> Figures:
        return Figures(len(self._under_way), self._limits.concurrency)

    def _listen(self) -> None:
        while not self._closed:
            with self._lock:
                waiting = [*self._under_way, *self._resting]
            if not waiting:
                self._wake.wait(_LOOK)
                self._wake.clear()
                continue
            ended, _ = self._ray.wait(waiting, num_returns=1, timeout=_LOOK)
            for reference in ended:
                if reference in self._resting:
                    self._look_after(reference)
                else:
                    self._end(reference)

    def _look_after(self, sign: Any) -> None:
        """See whether an actor that died is back, and give it, or whoever is there, what waits."""
        with self._lock:
            at = self._resting.pop(sign)
        try:
            self._ray.get(sign)
        except self._ray.exceptions.ActorDiedError:
            with self._lock:
                self._gone.add(at)
        except self._ray.exceptions.RayError:
            self._wake.wait(_LOOK)  # it is still beginning
            self._rest(at)
            return
        with self._lock:
            held, self._held = self._held, []
        for task in held:
            self.put(task)

    def _rest(self, at: int) -> None:
        """Give an actor nothing until it is back: it would lose article after article in no time."""
        with self._lock:
            if at not in self._resting.values():
                self._resting[self._actors[at].is_there.remote()] = at

    def _end(self, reference: Any) -> None:
        with self._lock:
            number, at, life = self._under_way.pop(reference)
            self._busy[at] -= 1
        try:
            answered, pauses = self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            kind = type(error).__name__
            died = WorkerDied(f"a worker of the cluster ended ({kind})")
            first = life == self._lives[at]
            with self._lock:
                self._lives[at] += first
            self._rest(at)
            answered, pauses = Answered(number, error=died, counts=first), []
        for pause in pauses:
            for other, actor in enumerate(self._actors):
                if other != at:
                    actor.leave_alone.remote(pause)
        self._report(answered)


def _import_ray() -> ModuleType:
    try:
        import ray  # noqa: PLC0415 - an extra, and seconds
        import ray.exceptions  # noqa: PLC0415
    except ImportError:
        raise ConfigurationError(
            "a cluster needs Ray, which is not installed", hint='pip install "briefgen[ray]"'
        ) from None
    module: ModuleType = ray
    return module
