"""One run a store. The lock is the kernel's: it ends with its holder, however that ends (RELIABILITY D-15)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from briefgen.errors import StoreError, StoreLocked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def alone(path: Path, holder: Callable[[], str]) -> Iterator[None]:
    """Keep every other run of the store at ``path`` out while the block runs.

    ``holder`` says who has the store; it is asked only if somebody has. Raises :class:`StoreLocked` at once:
    a run takes hours. The file beside the store stays: to remove it would let two in at once.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 -- loads asyncio, and readers need no lock

    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=0, mode=0o600, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise StoreLocked(
            f"the store {str(path)!r} is in use by {holder()}", hint="wait for it, or stop it"
        ) from None
    except OSError as error:
        raise StoreError(
            f"cannot lock the store {str(path)!r}: {error.strerror}", hint="choose another place for --store"
        ) from None
    try:
        yield
    finally:
        lock.release()
