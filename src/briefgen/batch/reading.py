"""One thread pulls the inputs, no further ahead than a window, and hands them over."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from briefgen.article import Article
from briefgen.sources.entries import Entry, Unchanged, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Input: TypeAlias = Article | Entry | Unchanged | Unreadable
_TOGETHER = 256
"""Unchanged inputs that are handed over at once: there may be a hundred thousand in a row."""


@dataclass(frozen=True)
class Read:
    """Inputs, in order; many only if all of them are unchanged."""

    inputs: Sequence[Entry | Unchanged | Unreadable]


@dataclass(frozen=True)
class ReadingOver:
    """No more inputs: the end, or ``error``."""

    error: BaseException | None = None


class Reader:
    """``hand_over`` is called in the reading thread. :meth:`done_with` lets it read one more."""

    def __init__(
        self, inputs: Iterable[Input], window: int, hand_over: Callable[[Read | ReadingOver], None]
    ) -> None:
        self._inputs = inputs
        self._permits = threading.Semaphore(window)
        self._hand_over = hand_over
        self._unbound = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="briefgen-reader", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def done_with(self, count: int) -> None:
        """So many of those that were handed over are done with; unchanged ones that came together are one."""
        for _ in range(count):
            self._permits.release()

    def run_free(self) -> None:
        """Heed the window no longer: what comes is only counted."""
        self._unbound.set()
        self._permits.release()

    def stop(self) -> None:
        """Read no more. What is being read now is not handed over."""
        self._stopped.set()
        self.run_free()

    def _run(self) -> None:
        error: BaseException | None = None
        rest: Iterator[Input] = iter(())
        try:
            rest = iter(self._inputs)
            self._read(rest)
        except BaseException as raised:  # noqa: BLE001 - raised again by whoever waits for the inputs
            error = raised
        with suppress(Exception):
            getattr(rest, "close", lambda: None)()
        self._hand_over(ReadingOver(error))

    def _read(self, rest: Iterator[Input]) -> None:
        unchanged: list[Entry | Unchanged | Unreadable] = []
        for each in rest:
            if self._stopped.is_set():
                return
            if isinstance(each, Unchanged) and len(unchanged) < _TOGETHER:
                unchanged.append(each)
                continue
            if unchanged:
                self._give(unchanged)
                unchanged = []
            self._give([_entry(each)])
        if unchanged:
            self._give(unchanged)

    def _give(self, inputs: Sequence[Entry | Unchanged | Unreadable]) -> None:
        if not self._unbound.is_set():
            self._permits.acquire()
        if not self._stopped.is_set():
            self._hand_over(Read(inputs))


def _entry(given: Input) -> Entry | Unchanged | Unreadable:
    """An article by itself is called by its address, or by its hash: the same in the next run."""
    if isinstance(given, Article):
        return Entry(given.url or f"article {given.id[:16]}", given, b"")
    return given
