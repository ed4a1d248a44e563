"""One article as a JSON object."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, NoReturn

from briefgen.errors import InputError, UsageError
from briefgen.sources.base import Metadata, RawText
from briefgen.sources.decode import decode
from briefgen.sources.html import read_page

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXT = ("text", "body", "content")
_KEYS = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "source"),
    "author": ("author", "authors"),
    "url": ("url", "link"),
    "published": ("published", "date", "datePublished"),
    "language": ("language", "lang"),
}
_MAX_DIGITS = 100
_HTML = re.compile(r"\A\s*<(?:!doctype|html|body|article|div|section|p|h[1-6])\b", re.IGNORECASE)


class JsonSource:
    """A JSON object with ``text`` (or ``body``, ``content``) and metadata."""

    def read(self, data: bytes, name: str) -> RawText:
        decoded = decode(data)
        record = parse_record(decoded.text, name)
        raw = from_record(record)
        return RawText(raw.text, raw.metadata, (*decoded.flags, *raw.flags))


def parse_record(text: str, name: str) -> dict[str, Any]:
    """Parse strict JSON that is one object: no key twice, no NaN, no endless numbers or nesting.

    Raises :class:`InputError`, and :class:`UsageError` where it is many objects, one a line.
    """
    try:
        data = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text[error.pos :].lstrip().startswith("{"):
            raise UsageError(f"{name} holds many articles", hint="read it with: briefgen batch") from error
        raise _bad(f"is no JSON: {error.msg}, line {error.lineno} column {error.colno}", name) from error
    except RecursionError as error:
        raise _bad("is nested too deeply", name) from error
    except _Refused as error:
        raise _bad(str(error), name) from error
    if not isinstance(data, dict):
        raise InputError(
            f"{name} is JSON, but not one object with an article",
            hint=f"give an object with the key {' or '.join(_TEXT)}",
            code="input_unsupported",
        )
    return data


def from_record(record: Mapping[str, Any]) -> RawText:
    """Return the article in an object: its text, and metadata; metadata of a wrong type is flagged.

    Raises :class:`InputError` (``input_unsupported``, ``input_empty``).
    """
    key = next((key for key in _TEXT if record.get(key) is not None), None)
    if key is None or not isinstance(record[key], str):
        raise InputError(
            "the JSON object has no text" if key is None else f"the JSON value of {key!r} is no string",
            hint=f"the text is looked for under {', '.join(_TEXT)}; and {_looked_for()}",
            code="input_unsupported",
        )
    flags: list[str] = []
    found = {field: _first(record, keys, flags) for field, keys in _KEYS.items()}
    text, metadata = record[key], Metadata(**found)
    if not text.strip():
        raise InputError("the article has no text", code="input_empty")
    if _HTML.match(text):
        page = read_page(text)
        return RawText(page.text, metadata.over(page.metadata), (*flags, *page.flags))
    return RawText(text, metadata, tuple(flags))


def _looked_for() -> str:
    return ", ".join("/".join(keys) for keys in _KEYS.values())


def _first(record: Mapping[str, Any], keys: tuple[str, ...], flags: list[str]) -> str | None:
    for key in keys:
        value = record.get(key)
        if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
            value = ", ".join(value)
        if isinstance(value, str) and value.strip():
            return value
        if value is not None and not isinstance(value, str):
            flags.append("metadata_malformed")
    return None


class _Refused(Exception):
    """JSON that Python takes and we do not."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused("has a key twice in one JSON object")
    return found


def _refuse_constant(_name: str) -> NoReturn:
    raise _Refused("is no JSON: it holds NaN or Infinity")


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise _Refused("holds a JSON number that is too long")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _Refused("holds a JSON number that is too large")
    return number


def _bad(what: str, name: str) -> InputError:
    return InputError(f"{name} {what}", hint="give one JSON object", code="input_unreadable")
