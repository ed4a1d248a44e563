"""What code made of a time phrase, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from briefgen.day_text import day_text, span_text, tick_text
from briefgen.render.words import word

if TYPE_CHECKING:
    from briefgen.timing import Timing

__all__ = ["day_text", "resolved_text", "span_text", "tick_text"]


def resolved_text(timing: Timing) -> str:
    """What code made of a time phrase: days, or that no year or no date is known.

    "" where there is nothing to add to the phrase itself ("after the summit").
    """
    first, last = timing.earliest, timing.latest
    if first is None and last is None:
        if timing.granularity == "event_anchored":
            text = ""
        else:
            text = word("when", "no_year" if (timing.edtf or "").startswith("XXXX") else "no_date")
    elif first is None:
        text = word("when", "not_after", latest=day_text(last or date.max))
    elif last is None:
        text = word("when", "not_before", earliest=day_text(first))
    else:
        text = span_text(first, last)
        if timing.bound == "approximate":
            text = word("when", "approximate", when=text)
    notes = [text] if text else []
    notes += [word("when", "ambiguous")] if timing.ambiguous else []
    return ", ".join(notes)
