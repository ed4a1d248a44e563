"""Ratios, lists and columns as text for a terminal. What comes from an article or a model is cleaned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from briefgen.render.clean import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.evaluate.results import Share

NOTHING = "–"
_LONGEST_LINE = 600


def ratio(value: float | None) -> str:
    """A ratio with two decimals, or a dash where there is none. What is not quite 1 does not look like it."""
    if value is None:
        return NOTHING
    return f"{min(value, 0.99) if value < 1 else value:.2f}"


def share(found: Share) -> str:
    return f"{ratio(found.value)} ({found.right}/{found.of})" if found.of else NOTHING


def listed(title: str, lines: Sequence[str]) -> list[str]:
    """A title with a count and the lines below it; nothing for no lines."""
    shown = "".join(f"  • {one_line(line, _LONGEST_LINE)}\n" for line in lines)
    return [f"{title} ({len(lines)})\n{shown}"] if lines else []


def columns(head: list[str], rows: list[list[str]]) -> str:
    """Rows under a head, in columns as wide as their widest cell."""
    rows = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(cell_len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    lines = (
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        for row in [head, *rows]
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)
