"""Time phrases of an article to dates and EDTF, against the article's own date, never the clock."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

Granularity = Literal["day", "week", "month", "season", "quarter", "year", "vague", "event_anchored", "duration"]
Bound = Literal["not_before", "not_after", "before", "after", "start", "mid", "end", "approximate"]


class Timing(BaseModel):
    """When, as the article says it and as far as code could resolve it.

    ``text`` is the article's phrase with its modifier ("as early as June"). ``earliest`` and ``latest`` are
    days, both ``None`` where text and publication date do not settle them. ``edtf`` is ISO 8601-2
    (``XXXX-06``: June of an unknown year). ``bound`` is the modifier: ``not_before`` for "as early as".
    ``ambiguous`` says that the phrase has two readings, neither of which was chosen.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    earliest: date | None = None
    latest: date | None = None
    edtf: str | None = None
    granularity: Granularity = "vague"
    bound: Bound | None = None
    ambiguous: bool = False
