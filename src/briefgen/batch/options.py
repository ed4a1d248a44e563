"""How a batch is run."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from briefgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_AT_ONCE = 256


@dataclass(frozen=True)
class Budgets:
    """What a run may use at most; it then stops, and a later run goes on.

    ``tokens`` in and out, ``cost`` in US dollars (the model's price must be known), ``articles`` asked about,
    ``seconds`` from the start.
    """

    cost: float | None = None
    tokens: int | None = None
    articles: int | None = None
    seconds: float | None = None

    def __post_init__(self) -> None:
        for name in ("cost", "tokens", "articles", "seconds"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise UsageError(f"a budget of {value} {name} allows nothing", hint="give more than 0")


@dataclass(frozen=True)
class BatchClock:
    """Where a batch takes its time from. ``sleep`` is ``None`` for a wait that ends when the model is closed."""

    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    sleep: Callable[[float], None] | None = None


@dataclass(frozen=True)
class BatchApiOptions:
    """``chunk``: articles of one batch; ``at_once``: batches on their way; ``poll``: seconds before the first look at
    one, and ``linger``: for which another article is waited for before a chunk that is not full goes.
    """

    chunk: int = 1000
    at_once: int = 4
    poll: float = 30.0
    linger: float = 1.0


@dataclass(frozen=True)
class BatchOptions:
    """``concurrency``: requests under way at once, at most; a batch starts with fewer and adapts.
    ``processes``: among how many processes they are shared, which helps where checking the answers keeps a
    core busy. ``engine``: whether these are processes here, or actors of a Ray cluster. ``rpm``, ``tpm``: requests and tokens a minute.

    ``retry_failed``: ask again about what failed in an earlier run. ``keep_answers``: store the model's own
    words, compressed. ``dedupe``: brief articles of nearly the same text once (needs a store).

    ``via``: one request after the other, or ``batch-api``: files of requests that the server answers within a day,
    for less money; needs a store and a model of an OpenAI-compatible server. See :class:`BatchApiOptions`.

    ``second_chances``: how often an article is asked about again, later in the run, if the model's answer could
    not be used; ``more_tries``: how often if the model could not be reached. After ``circuit`` articles in a
    row for which it could not be reached the run stops. ``grace``: seconds for which requests under way may
    go on after :meth:`BatchRun.stop`.
    """

    concurrency: int = 8
    processes: int = 1
    engine: Literal["local", "ray"] = "local"
    rpm: float | None = None
    tpm: float | None = None
    budgets: Budgets = field(default_factory=Budgets)
    retry_failed: bool = False
    keep_answers: bool = True
    dedupe: bool = True
    via: Literal["requests", "batch-api"] = "requests"
    batch_api: BatchApiOptions = field(default_factory=BatchApiOptions)
    second_chances: int = 1
    more_tries: int = 2
    circuit: int = 20
    grace: float = 5.0
    clock: BatchClock = field(default_factory=BatchClock)

    def __post_init__(self) -> None:
        if not 1 <= self.concurrency <= MOST_AT_ONCE:
            raise UsageError(
                f"concurrency {self.concurrency} is out of range", hint=f"give 1 to {MOST_AT_ONCE}"
            )
        if not 1 <= self.processes <= self.concurrency:
            raise UsageError(
                f"{self.processes} processes are out of range", hint=f"give 1 to {self.concurrency}"
            )
        for name in ("rpm", "tpm"):
            limit = getattr(self, name)
            if limit is not None and not limit > 0:
                raise UsageError(f"{name} {limit} allows nothing", hint="give more than 0")
