"""Excerpts: JSON values without the words of a text that is at hand when they are read again.

A stretch of a string that stands in the text too becomes its place there, so that what a model says of an
article can be kept where the article must not be. A string with such stretches is stored as
``{"cut": ["its own words ", [start, end], …]}``; everything else is stored as it is.
"""

from __future__ import annotations

from typing import Any

LEAST_CHARACTERS = 20
LEAST_WORDS = 4
_MARK = "cut"


def cut(value: Any, text: str) -> Any:
    """Return the JSON value with every stretch of at least 20 characters, or of four words, that stands in
    ``text`` replaced by its place there. :func:`restored` takes it back exactly. Keys are left alone.
    """
    if isinstance(value, str):
        pieces = _pieces(value, text)
        return value if all(isinstance(piece, str) for piece in pieces) else {_MARK: pieces}
    if isinstance(value, list):
        return [cut(part, text) for part in value]
    if isinstance(value, dict):
        whole = {key: cut(part, text) for key, part in value.items()}
        return {_MARK: whole} if set(value) == {_MARK} else whole  # not to be taken for our own mark
    return value


def restored(value: Any, text: str) -> Any:
    """Return what :func:`cut` was given, with the same ``text``."""
    if isinstance(value, list):
        return [restored(part, text) for part in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {_MARK}:
        marked = value[_MARK]
        if isinstance(marked, list):
            return "".join(p if isinstance(p, str) else text[p[0] : p[1]] for p in marked)
        value = marked
    return {key: restored(part, text) for key, part in value.items()}


def _pieces(value: str, text: str) -> list[str | list[int]]:
    """``value`` as its own words and places in ``text``, from the left, each place as long as it can be."""
    pieces: list[str | list[int]] = []
    own = at = 0
    while at < len(value):
        length = _longest(value, at, text)
        stretch = value[at : at + length]
        if length < LEAST_CHARACTERS and len(stretch.split()) < LEAST_WORDS:
            at += 1
            continue
        if own < at:
            pieces.append(value[own:at])
        start = text.find(stretch)
        pieces.append([start, start + length])
        at += length
        own = at
    return [*pieces, value[own:]] if own < len(value) or not pieces else pieces


def _longest(value: str, at: int, text: str) -> int:
    """Length of the longest stretch of ``value`` from ``at`` that stands in ``text``."""
    low, high = 0, len(value) - at
    while low < high:  # what stands there stands there shortened too
        middle = (low + high + 1) // 2
        if value[at : at + middle] in text:
            low = middle
        else:
            high = middle - 1
    return low
