"""Records (a JSON object, a row of a table) to articles: which key holds what."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from briefgen.errors import InputError
from briefgen.sources.base import Metadata, RawText
from briefgen.sources.html import read_page

if TYPE_CHECKING:
    from collections.abc import Mapping

_METADATA = ("title", "publisher", "author", "url", "published", "language")
_MAX_KEYS, _LONGEST_KEY = 200, 60
_LONGEST_ID = 500
_BETWEEN = re.compile(r"[\W_]+")
_HTML = re.compile(r"\A\s*<(?:!doctype|html|body|article|div|section|p|h[1-6])\b", re.IGNORECASE)

Plan = dict[str, tuple[str, ...]]
"""For each field of an article the keys of a record that may hold it, best first."""


@cache
def names(field: str) -> tuple[str, ...]:
    """The names under which ``field`` is looked for, best first."""
    table = tomllib.loads((files(__package__) / "fields.toml").read_text(encoding="utf-8"))
    return tuple(table[field])


def plan_for(keys: Mapping[str, Any] | list[str], text_field: str | None = None) -> Plan:
    """Return which of a record's keys hold what; ``text_field`` is where the caller says the text is."""
    short = tuple(key for key in keys if len(key) <= _LONGEST_KEY or key == text_field)
    return _plan(short[:_MAX_KEYS], text_field)


@lru_cache(maxsize=64)
def _plan(keys: tuple[str, ...], text_field: str | None) -> Plan:
    plain = {key: _BETWEEN.sub("", key).lower() for key in keys}
    found = {
        field: tuple(key for name in names(field) for key in keys if plain[key] == name)
        for field in ("text", *_METADATA, "id")
    }
    if text_field is not None:
        found["text"] = tuple(key for key in keys if key == text_field)
    return found


def from_record(record: Mapping[str, Any], text_field: str | None = None) -> RawText:
    """Return the article in a record: its text, and metadata; metadata of a wrong type is flagged.

    Raises :class:`InputError` (``input_unsupported``, ``input_empty``).
    """
    plan = plan_for(record, text_field)
    flags: list[str] = []
    text = _text(record, plan, text_field)
    metadata = Metadata(**{field: _first(record, plan[field], flags) for field in _METADATA})
    if _HTML.match(text):
        page = read_page(text)
        return RawText(page.text, metadata.over(page.metadata), (*flags, *page.flags))
    return RawText(text, metadata, tuple(flags))


def record_id(record: Mapping[str, Any]) -> str | None:
    """Return the id that a record gives itself, cut to 500 characters."""
    for key in plan_for(record)["id"]:
        value = record[key]
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()[:_LONGEST_ID]
    return None


def _text(record: Mapping[str, Any], plan: Plan, text_field: str | None) -> str:
    filled = [key for key in plan["text"] if record[key] is not None]
    texts = [record[key] for key in filled if isinstance(record[key], str)]
    if not texts:
        known = repr(text_field) if text_field else f"{', '.join(names('text')[:4])} and the like"
        raise InputError(
            f"the value of {filled[0]!r} is no string" if filled else "there is no text",
            hint=f"the text is looked for under {known}",
            code="input_unsupported",
        )
    text: str = next((text for text in texts if text.strip()), "")
    if not text:
        raise InputError("the article has no text", code="input_empty")
    return text


def _first(record: Mapping[str, Any], keys: tuple[str, ...], flags: list[str]) -> str | None:
    for key in keys:
        value = record[key]
        if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            value = ", ".join(value)
        if isinstance(value, dict):  # {"source": {"id": null, "name": "The Ledger"}}
            value = value.get("name", value)
        if isinstance(value, str) and value.strip():
            return value
        if value is not None and not isinstance(value, str):
            flags.append("metadata_malformed")
    return None
