"""JSON Lines: one brief a line as it is in the store, then one line for each input that failed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from briefgen.render.json import harmless

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefgen.export.records import Export
    from briefgen.store import Input


def write_lines(export: Export, write: Callable[[str], object]) -> None:
    """Write every brief as the schema of ``briefgen schema`` describes it, and every failure as
    ``{"error": {code, message, retryable}, "label", "article": {id, title, published} | null}``.
    """
    for brief in export.briefs():
        write(f"{harmless(brief.json)}\n")
    for failed in export.failures():
        write(f"{harmless(json.dumps(_failure(failed), ensure_ascii=False))}\n")


def _failure(failed: Input) -> dict[str, object]:
    article = {"id": failed.article_id, "title": failed.title, "published": failed.published}
    return {
        "error": {"code": failed.code, "message": failed.message, "retryable": failed.retryable},
        "label": failed.label,
        "article": article if failed.article_id else None,
    }
