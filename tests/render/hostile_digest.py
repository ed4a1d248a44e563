"""A digest that holds one hostile string in every place that takes text, ids and file labels too."""

from __future__ import annotations

from typing import Any

from briefgen.digest.digest import Digest
from digest_example import example_digest

_FIXED = {
    "schema_version", "kind", "status", "aspect", "basis", "stance", "granularity", "bound", "edtf", "state",
    "place", "facet", "change", "worded_by", "earliest", "latest", "first", "last", "said", "published", "newest",
    "first_seen", "last_seen", "last_changed", "oldest_article", "newest_article", "previous",
}  # fmt: skip
"""Fields whose values the contract lists, and days."""


def hostile_digest(text: str) -> Digest:
    data = _replaced(example_digest().model_dump(mode="json"), text)
    data["made"]["worded_by"] = text
    return Digest.model_validate(data)


def _replaced(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        fixed = _FIXED | ({"value"} if "aspect" in value else set())
        return {key: inner if key in fixed else _replaced(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [_replaced(inner, text) for inner in value]
    return text if isinstance(value, str) else value
