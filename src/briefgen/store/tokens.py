"""Small numbers that stand for inputs, so that a run over an unchanged archive compares eight bytes an input."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from briefgen.store.packing import storable
from briefgen.store.records import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable

_HALF, _WHOLE = 1 << 63, 1 << 64


def signed(number: int) -> int:
    """A 64-bit number as SQLite keeps integers."""
    number %= _WHOLE
    return number - _WHOLE if number >= _HALF else number


def token_of(origin: Origin) -> int | None:
    """64 bits of label and fingerprint; ``None`` where the fingerprint is not known."""
    if not origin.fingerprint:
        return None
    data = storable(origin.label).encode() + b"\0" + origin.fingerprint
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big", signed=True)


class Settled:
    """The inputs that a run need not look at again: very record, same recipe, brought to its end.

    Holds 8 bytes an input. That two of 100,000 differ and share a token has odds of one in four billion.
    """

    def __init__(self, tokens: Iterable[int]) -> None:
        self._tokens = array("q", sorted(tokens))

    def __len__(self) -> int:
        return len(self._tokens)

    def __contains__(self, origin: object) -> bool:
        return isinstance(origin, Origin) and self._holds(token_of(origin))

    def __call__(self, label: str, fingerprint: bytes) -> bool:
        """``known`` of :class:`briefgen.sources.entries.ReadingOptions`."""
        return self._holds(token_of(Origin(label, fingerprint)))

    def _holds(self, token: int | None) -> bool:
        if token is None:
            return False
        at = bisect_left(self._tokens, token)
        return at < len(self._tokens) and self._tokens[at] == token
