"""Tables as columns of text: cells wrapped, notes below each row, wide characters counted as terminals do."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len

from briefgen.render.layout import wrap
from briefgen.render.outline import Role, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefgen.render.outline import Column, Line, Table

GAP = 2
_INDENT = 4
"""Of the notes below a row."""


def fits(table: Table, width: int) -> bool:
    """Whether all columns have room."""
    return _least(table.columns) <= width


def table_rows(table: Table, width: int, shown: Callable[[Line], Line]) -> Iterator[list[Span]]:
    """The lines of the table, each of at most ``width`` columns. ``shown`` is what each line goes through first.

    What is left over goes to the columns that need the least of it to hold their cells on one line, so that
    one long cell does not starve the others.
    """
    head = tuple((Span(column.heading, Role.QUIET),) for column in table.columns)
    rows = [tuple(map(shown, row.cells)) for row in table.rows]
    widths = _widths(table.columns, [head, *rows], width)
    yield from _side_by_side(head, widths)
    for at, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
        if at:
            yield []
        yield from _side_by_side(cells, widths)
        for note in row.notes:
            for part in wrap(shown(note), width - _INDENT):
                yield [Span(" " * _INDENT), *part]


def _least(columns: Sequence[Column]) -> int:
    return sum(column.least for column in columns) + GAP * (len(columns) - 1)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Line]], width: int) -> list[int]:
    """What each column gets: what it needs, if there is room, and never less than its least where it needs that."""
    needed = [max(_columns(row[at]) for row in rows) for at in range(len(columns))]
    found = [min(need, column.least) for need, column in zip(needed, columns, strict=True)]
    for _ in range(width - GAP * (len(columns) - 1) - sum(found)):
        lacking = {at: need - found[at] for at, need in enumerate(needed) if need > found[at]}
        if not lacking:
            break
        found[min(lacking, key=lacking.__getitem__)] += 1
    return found


def _columns(line: Line) -> int:
    return sum(cell_len(span.text) for span in line)


def _side_by_side(cells: Sequence[Line], widths: Sequence[int]) -> Iterator[list[Span]]:
    wrapped = [wrap(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=[]):
        row: list[Span] = []
        owed = 0
        for part, width in zip(parts, widths, strict=True):
            if part:
                row += [Span(" " * owed), *part] if owed else part
                owed = 0
            owed += width - _columns(tuple(part)) + GAP
        yield row
