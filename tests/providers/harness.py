"""Asks a real adapter of a fake server once, and checks what has to hold after every call, however it ends."""

from __future__ import annotations

import contextlib
import io
import logging
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from fake_server import FakeServer, Request, Script, completion, reply
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from briefgen.errors import BriefgenError, ModelError, Usage
from briefgen.providers.base import Completion, Prompt
from briefgen.providers.openai import OpenAIModel, OpenAISettings
from briefgen.providers.retrying import Clock, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "sk-CANARY-0123456789abcdef"
ARTICLE = "ARTICLE-CANARY The minister may travel to Oslo as early as June."
PROMPT = Prompt(facet="actors", system="You read news.", user=f"{ARTICLE}\n\nName the actors.")


class Draft(BaseModel):
    """A draft like those of the facets: flat, strict, bounded."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(description="Who acts.", max_length=40)
    count: int = Field(0, le=100)
    share: float = 0.5
    places: list[str] = Field(default_factory=list, max_length=3)


GOOD = {"name": "the minister", "count": 1, "share": 0.25, "places": ["Oslo"]}
OK = reply(200, completion(GOOD))


@dataclass
class FakeClock:
    """Time that passes only while somebody sleeps. Jitter is full, so that waits are the longest possible."""

    now: float = 1000.0
    sleeps: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.sleeps.append(seconds)
        self.now += seconds

    @property
    def clock(self) -> Clock:
        return Clock(monotonic=lambda: self.now, wall=lambda: self.now, sleep=self.sleep, jitter=lambda: 1.0)


@dataclass
class Outcome:
    """How one call ended: exactly one of ``completion`` and ``error``."""

    completion: Completion[Draft] | None
    error: BriefgenError | None
    requests: list[Request]
    sleeps: list[float]
    logged: str

    @property
    def done(self) -> Completion[Draft]:
        assert self.completion is not None, f"failed: {self.error!r} {self.error}"
        return self.completion

    @property
    def code(self) -> str:
        return "done" if self.error is None else self.error.code

    @property
    def usage(self) -> Usage:
        if self.completion is not None:
            return self.completion.usage
        assert isinstance(self.error, ModelError)
        return self.error.usage

    @property
    def sent(self) -> int:
        return len(self.requests)


@contextlib.contextmanager
def opened(
    server: FakeServer | str, *, clock: Clock | None = None, policy: RetryPolicy | None = None, **changes: Any
) -> Iterator[OpenAIModel]:
    """A model on ``server`` (or at a base URL), closed at the end."""
    url = server if isinstance(server, str) else server.url + "/v1"
    given: dict[str, Any] = {
        "name": "openai:fake-model",
        "model": "fake-model",
        "base_url": url,
        "api_key": SecretStr(KEY),
        "request_deadline": 5.0,
        "output_cap": 0,
    }
    model = OpenAIModel(OpenAISettings(**{**given, **changes}), clock=clock, policy=policy)
    try:
        yield model
    finally:
        model.close()


def ask(*scripts: Script, tls: Any = None, **changes: Any) -> Outcome:
    """Open a server that plays ``scripts``, ask once, and close both."""
    with FakeServer(list(scripts), tls=tls) as server:
        return ask_at(server, **changes)


def ask_at(server: FakeServer | str, *, prompt: Prompt = PROMPT, **changes: Any) -> Outcome:
    """Ask once; check that nothing leaks, and that the budget holds and every request is counted."""
    clock = FakeClock()
    before = [] if isinstance(server, str) else list(server.requests)
    result: Completion[Draft] | None = None
    error: BriefgenError | None = None
    with listening() as log, opened(server, clock=clock.clock, **changes) as model:
        try:
            result = model.complete(prompt, Draft)
        except BriefgenError as raised:
            error = raised
    requests = [] if isinstance(server, str) else server.requests[len(before) :]
    outcome = Outcome(result, error, requests, clock.sleeps, log.getvalue())
    check(outcome, at_least=len(requests))
    return outcome


def check(outcome: Outcome, at_least: int) -> None:
    """What holds after every call: I6, I7, T-SEC-1, T-SEC-4, T-BUD-2."""
    assert at_least <= 4
    assert KEY not in outcome.logged
    assert "ARTICLE-CANARY" not in outcome.logged
    if outcome.error is None:
        assert outcome.done.usage.requests >= at_least
        assert type(outcome.done.output) is Draft
        return
    error = outcome.error
    if isinstance(error, ModelError):
        assert at_least <= error.usage.requests <= 4
    assert error.__cause__ is None
    assert error.__context__ is None
    shown = f"{error} {error!r} {vars(error)}"
    assert KEY not in shown
    assert "ARTICLE-CANARY" not in shown
    assert len(error.message) <= 700
    assert error.message.isprintable()


@contextlib.contextmanager
def listening() -> Iterator[io.StringIO]:
    """Everything that any library logs, as DEBUG shows it."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield log
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


class PeakMemory:
    """The most memory the process held inside ``with``, beyond what it held at the start, in MiB."""

    growth: float = 0.0

    def __enter__(self) -> Self:
        # Linux forgets the old peak on request, so that earlier tests do not hide this one's.
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        self._start = self._kib("VmRSS")
        return self

    def __exit__(self, *_: object) -> None:
        self.growth = (self._kib("VmHWM") - self._start) / 1024

    @staticmethod
    def _kib(name: str) -> int:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name + ":"))


def in_threads(count: int, work: Any) -> None:
    """Run ``work(i)`` in ``count`` threads and wait for all."""
    threads = [threading.Thread(target=work, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
