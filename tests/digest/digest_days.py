"""Digests of small briefs, day by day as an editor makes them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from briefgen.digest.intake import Arrived
from briefgen.digest.making import DigestOptions, make_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.digest.digest import Digest
    from briefgen.digest.reports import Report
    from briefgen.digest.state import State


def digest_of(
    reports: Sequence[Report], day: str = "2024-06-10", *, days: int = 1, since: State | None = None
) -> Digest:
    """The digest of a day."""
    return next_digest(reports, day, since, days=days)[0]


def next_digest(
    reports: Sequence[Report], day: str, since: State | None = None, *, days: int = 1
) -> tuple[Digest, State]:
    """The digest of a day, and what it leaves."""
    arrived = [Arrived.of(report.brief, report.label, report.text) for report in reports]
    return make_digest(arrived, DigestOptions(date.fromisoformat(day), days, since))
