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
_SHOWN_SIGNS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
"""Number and verse signs that Unicode files under format characters, although a reader sees them."""

_SUSPECT = re.compile("[^ -~]")


def is_hidden(char: str) -> bool:
    """Whether software acts on ``char``, or skips it, where a reader sees nothing."""
    return unicodedata.category(char) in _HIDDEN_CATEGORIES and char not in _SHOWN_SIGNS


def one_line(text: str, longest: int = LONGEST) -> str:
    """Return ``text`` on one line, without control, escape, bidi or invisible characters."""
    line = " ".join(normalise(text)[0].split())
    shown = (
        line if line.isascii() else _SUSPECT.sub(lambda match: "" if is_hidden(match[0]) else match[0], line)
    )
    return cut(shown, longest)


def cut(text: str, columns: int) -> str:
    """Return ``text`` in at most ``columns`` terminal columns, with an ellipsis where something is missing."""
    if len(text) <= columns and cell_len(text) <= columns:
        return text
    return set_cell_size(text[:columns], columns - 1).rstrip() + "…"


def visible(text: str) -> str:
    r"""Return ``text`` on one line, with each control or invisible character written out (``\x1b``)."""
    return _SUSPECT.sub(lambda match: _written_out(match[0]) if is_hidden(match[0]) else match[0], text)


def _written_out(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
