"""SIGINT, SIGTERM and SIGHUP: clean up, say so in one line, and be gone within a second."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from briefgen.cli.session import Session

GRACE_SECONDS = 0.7
"""How long clean-up may take before the process leaves without it."""

_EXIT_CODES = {
    number: code
    for name, code in (("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 143))
    if (number := getattr(signal, name, None)) is not None
}
_SHOW_CURSOR = "\x1b[?25h"
_leaving = threading.Lock()
"""Taken by whoever writes the last line: main thread, watcher, or the handler of a second signal."""


_finishing: list[Callable[[int], None]] = []
"""What the first signal calls instead of ending the program, while :func:`finishing` is in force."""


class Stopped(BaseException):
    """A signal arrived. Like ``KeyboardInterrupt`` no ``Exception``, so that nobody takes it for an error."""


@contextmanager
def stoppable(session: Session) -> Iterator[None]:
    """Let the first signal raise :class:`Stopped` in the body, then end the process with its exit code.

    A second signal ends it at once. So does a body that does not return in ``GRACE_SECONDS``: the main
    thread may be inside a library that does not come back to Python, where no handler runs.
    """
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    stopped: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)
        if len(stopped) > 1:
            _leave(session, number)
        if not _finishing:
            raise Stopped
        _finishing[-1](number)

    threading.Thread(target=_watch, args=(reader, session), daemon=True).start()
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    for number in _EXIT_CODES:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        yield
    except Stopped:
        _leave(session, stopped[0])
    for number in _EXIT_CODES:
        signal.signal(number, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    writer.close()


@contextmanager
def finishing(stop: Callable[[int], None]) -> Iterator[None]:
    """In the block, let the first signal call ``stop`` with its number, so that what is under way can end; a
    second one ends the program at once. ``stop`` runs in the handler: it may set a flag and wake somebody,
    and no more.
    """
    _finishing.append(stop)
    try:
        yield
    finally:
        _finishing.pop()


def end_after(number: int) -> NoReturn:
    """End the process with the exit code of a signal, once everything is written and closed.

    Not through the interpreter: it would wait for what was given up, such as a model in the middle of an answer.
    """
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(_EXIT_CODES[number])


def _watch(reader: socket.socket, session: Session) -> None:
    first = True
    while received := reader.recv(1):
        if received[0] in _EXIT_CODES:
            if _finishing and first:
                first = False
                continue
            threading.Event().wait(GRACE_SECONDS)
            _leave(session, received[0])


def _leave(session: Session, number: int) -> NoReturn:
    """End the process without waiting for threads: calls in flight are given up."""
    if _leaving.acquire(blocking=False):
        if sys.stderr is not None and sys.stderr.isatty():
            sys.stderr.write(_SHOW_CURSOR)
        session.error("interrupted", f"stopped by {signal.Signals(number).name}; run the same command again")
    os._exit(_EXIT_CODES[number])
