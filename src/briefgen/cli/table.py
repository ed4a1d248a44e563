"""Small tables on standard output."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations


def table(head: list[str], rows: list[list[str]]) -> str:
    """Rows under a head, in columns as wide as their widest cell."""
    from rich.cells import cell_len

    widths = [max(cell_len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    lines = (
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        for row in [head, *rows]
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)
