"""One article as a JSON object."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from typing import Any, NoReturn

from briefgen.errors import InputError, UsageError
from briefgen.sources.base import RawText
from briefgen.sources.decode import decode
from briefgen.sources.records import from_record, names

_MAX_DIGITS = 100
_SPACE = re.compile(r"[ \t\r\n]*")


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
    data, end = parse_value(text, name)
    end = after_space(text, end)
    if text.startswith("{", end) and isinstance(data, dict):
        raise UsageError(f"{name} holds many articles", hint="read it with: briefgen batch")
    if end < len(text):
        raise _bad(f"is no JSON: extra data at character {end + 1:,}", name)
    if not isinstance(data, dict):
        raise InputError(
            f"{name} is JSON, but not one object with an article",
            hint=f"give an object with the key {' or '.join(names('text')[:3])}",
            code="input_unsupported",
        )
    return data


def parse_value(text: str, name: str, start: int = 0) -> tuple[Any, int]:
    """Parse the JSON value that begins at ``start`` or after white space there; return it and where it ends.

    Raises :class:`InputError`.
    """
    try:
        return _strict_decoder().raw_decode(text, after_space(text, start))
    except json.JSONDecodeError as error:
        raise _bad(f"is no JSON: {error.msg}, line {error.lineno} column {error.colno}", name) from error
    except RecursionError as error:
        raise _bad("is nested too deeply", name) from error
    except _Refused as error:
        raise _bad(str(error), name) from error


def after_space(text: str, start: int) -> int:
    """Return where the white space that JSON allows at ``start`` ends."""
    found = _SPACE.match(text, start)
    return found.end() if found else start


@cache
def _strict_decoder() -> json.JSONDecoder:
    return json.JSONDecoder(
        object_pairs_hook=_object, parse_constant=_refuse_constant, parse_int=_integer, parse_float=_float
    )


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
