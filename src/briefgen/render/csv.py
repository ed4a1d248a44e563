"""CSV after RFC 4180, in which no cell can become a formula of the program that opens it.

A cell that starts with ``= + - @``, a tab or a line end (full-width forms of the signs too, and white space
before them) gets an apostrophe in front (ASVS 1.2.10, RELIABILITY B-OUT-10). So does one that starts with
apostrophes before such a sign, which makes :func:`unguarded` exact. Control and invisible characters are
taken out; lists are joined with semicolons.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from briefgen.render.clean import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.render.tables import Cell, Row

LONGEST_CELL = 32_000
"""Excel takes 32,767 characters in a cell."""

_SIGNS = "=+\\-@\t\r\n\x00\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b\u2212"
_FORMULA = re.compile(f"'*\\s*[{_SIGNS}]")
_GUARDED = re.compile(f"''*\\s*[{_SIGNS}]")


def csv_lines(rows: Iterable[Row]) -> str:
    """The rows as lines with CR LF; texts in quotation marks, numbers bare, nothing for what is not known."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def guarded(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet might read a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What :func:`guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return guarded(one_line(text, LONGEST_CELL))
