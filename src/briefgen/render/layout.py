"""Lines of spans to terminal columns: wide characters counted as terminals count them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

from briefgen.render.outline import Role, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Word = list[Span]

_LONGEST_GLUED = 24


def wrap(line: Iterable[Span], width: int) -> list[list[Span]]:
    """Break a line into rows of at most ``width`` columns, at spaces, or inside a word longer than a row.

    Short evidence numbers stay together.
    """
    rows: list[list[Span]] = []
    row: list[Span] = []
    used = 0
    for word in _words(line):
        for part in _fitting(word, width):
            length = _columns(part)
            if row and used + 1 + length > width:
                rows.append(row)
                row, used = [], 0
            if row:
                row.append(Span(" ", row[-1].role if row[-1].role is part[0].role else Role.PLAIN))
                used += 1
            row += part
            used += length
    return [*rows, row] if row else rows


def _columns(spans: Iterable[Span]) -> int:
    return sum(cell_len(span.text) for span in spans)


def _words(line: Iterable[Span]) -> Iterator[Word]:
    """Yield what may not be broken: text between two spaces, of one or more roles."""
    word: Word = []
    for span in line:
        if span.role is Role.EVIDENCE and len(span.text) <= _LONGEST_GLUED:
            word.append(span)
            continue
        pieces = span.text.split(" ")
        for at, piece in enumerate(pieces):
            if at and word:
                yield word
                word = []
            if piece:
                word.append(Span(piece, span.role))
    if word:
        yield word


def _fitting(word: Word, width: int) -> Iterator[Word]:
    if _columns(word) <= width:
        yield word
        return
    for span in word:
        for piece in chop_cells(span.text, width):
            yield [Span(piece, span.role)]
