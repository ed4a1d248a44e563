"""Briefs that were made before, as a digest takes them in: of a store, or as JSON Lines."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from pydantic import ValidationError

from briefgen.brief import Brief
from briefgen.digest.intake import Arrived
from briefgen.errors import InputError
from briefgen.store import inputs, stored_briefs
from briefgen.store.records import DUPLICATE, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefgen.store import Input, Store

_WITHOUT_BRIEF: tuple[State, ...] = ("failed", "skipped", "pending")


def arrived_in(store: Store) -> Iterator[Arrived]:
    """Every article of a store: its briefs with the articles' texts, what failed or was skipped, and why.

    Inputs that are not done yet count as failed: a digest cannot wait. Raises :class:`StoreError`.
    """
    for found in stored_briefs(store):
        yield Arrived.of(found.brief(), found.label, found.article().text)
    for state in _WITHOUT_BRIEF:
        for each in inputs(store, state):
            yield _without_brief(each)


def _without_brief(found: Input) -> Arrived:
    is_copy = found.state == "skipped" and found.code == DUPLICATE
    return Arrived(
        label=found.label,
        state="duplicate" if is_copy else "failed",
        article_id=found.article_id,
        title=found.title,
        published=_day(found.published),
        duplicate_of=found.twin,
        reason=found.message or found.code,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def arrived_lines(lines: Iterable[str], name: str) -> Iterator[Arrived]:
    """Briefs as ``briefgen export --format jsonl`` writes them, with its records of failures.

    Raises :class:`InputError` for a line that is neither.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _line(line, f"{name}#{number}")


def is_line_of_briefs(line: str) -> bool:
    """Whether a line is a brief, or the record of a failure, and no article."""
    try:
        found = json.loads(line)
    except ValueError:
        return False
    return isinstance(found, dict) and ("provenance" in found or "error" in found)


def _line(line: str, label: str) -> Arrived:
    try:
        found = json.loads(line)
        if isinstance(found, dict) and "error" in found:
            article = found.get("article") or {}
            return Arrived(
                label=str(found.get("label") or label),
                state="failed",
                article_id=article.get("id"),
                title=article.get("title"),
                published=_day(article.get("published")),
                reason=str(found["error"].get("message", "")),
            )
        return Arrived.of(Brief.model_validate(found), label)
    except (ValueError, ValidationError, AttributeError, TypeError):
        raise InputError(
            f"{label!r} is no brief that this version can read",
            hint="give what briefgen export or briefgen brief --format json wrote",
            code="input_malformed",
        ) from None
