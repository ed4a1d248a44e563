"""Finding one entry or section in the text form."""

from __future__ import annotations

import re


def entry(text: str, start: str) -> str:
    """The entry (bullet and what is below it) that starts with ``start``, on one line."""
    blocks = re.split(r"\n  • |\n\n", text)
    return next(" ".join(block.split()) for block in blocks if block.removeprefix("  • ").startswith(start))


def section(text: str, heading: str) -> str:
    return re.split(r"\n\n(?=[A-Z ─]+(?:\n|$))", text.partition(f"\n{heading}\n")[2])[0]
