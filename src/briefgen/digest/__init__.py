"""The daily brief: many articles' briefs merged into one by rules, every line traceable to sentences.

:func:`make_digest` makes a :class:`Digest` of what :func:`arrived_in` reads from a store, or of briefs
(:meth:`Arrived.of`); :func:`briefgen.render.digests.render_digest` writes it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefgen.digest.digest import Digest
    from briefgen.digest.intake import Arrived
    from briefgen.digest.making import DigestOptions, make_digest
    from briefgen.digest.reading import arrived_in, arrived_lines
    from briefgen.digest.state import State

__all__ = ["Arrived", "Digest", "DigestOptions", "State", "arrived_in", "arrived_lines", "make_digest"]

_HOMES = {
    "Arrived": "intake",
    "Digest": "digest",
    "DigestOptions": "making",
    "State": "state",
    "arrived_in": "reading",
    "arrived_lines": "reading",
    "make_digest": "making",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used: renderers need the contract, and no store."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"briefgen.digest.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
