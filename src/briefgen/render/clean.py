"""Untrusted strings on their way to a terminal, a page or a log.

Every string of a brief may be a copy of hostile text. ``one_line`` is what every renderer passes them
through; ``visible`` is for error lines and logs, where nothing may be lost in silence.
"""

from __future__ import annotations

import re
import unicodedata

from rich.cells import cell_len, set_cell_size

from briefgen.article import normalise

LONGEST = 1000
"""A value longer than this many columns is cut with an ellipsis in text and Markdown, never in JSON."""

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_ANY_HIDDEN = re.compile("[^ -~]")


def one_line(text: str, longest: int = LONGEST) -> str:
    """Return ``text`` on one line, without control, escape, bidi or invisible characters."""
    return cut(" ".join(normalise(text)[0].split()), longest)


def cut(text: str, columns: int) -> str:
    """Return ``text`` in at most ``columns`` terminal columns, with an ellipsis where something is missing."""
    if len(text) <= columns and cell_len(text) <= columns:
        return text
    return set_cell_size(text[:columns], columns - 1).rstrip() + "…"


def visible(text: str) -> str:
    r"""Return ``text`` on one line, with each control or invisible character written out (``\x1b``)."""
    return _ANY_HIDDEN.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    char = match[0]
    if unicodedata.category(char) not in _HIDDEN_CATEGORIES:
        return char
    return char.encode("unicode_escape").decode("ascii")
