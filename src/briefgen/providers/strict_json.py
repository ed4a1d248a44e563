"""One JSON object out of a model's answer, or a reason why there is none: nothing is guessed or mended."""

from __future__ import annotations

import json
import math
from typing import Any

_LONGEST_NUMBER = 40
_THINK, _THINK_END = "<think>", "</think>"
_FENCE = "```"


class NotOneObjectError(ValueError):
    """The answer is not one clean JSON object. The message says why, in words the model understands."""


def clean_object(text: str) -> str:
    """Return the JSON object that ``text`` is, written compactly.

    One leading think block and one code fence around the whole are taken off, NUL characters in strings
    removed. Prose around the object, duplicate keys, NaN, infinities, lone surrogates, overlong numbers and
    bottomless nesting raise :class:`NotOneObjectError`.
    """
    body = _unfenced(_after_thinking(text.strip()))
    if not body:
        raise NotOneObjectError("the answer is empty")
    try:
        value = json.loads(
            body,
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_float=_finite,
            parse_int=_short,
        )
        written = json.dumps(_without_nul(value), ensure_ascii=False, separators=(",", ":"))
        written.encode()
    except NotOneObjectError:
        raise
    except RecursionError:
        problem = "the answer is nested too deeply"
    except UnicodeEncodeError:
        problem = "a string holds half of a surrogate pair"
    except ValueError:
        problem = "the answer is not one JSON object and nothing else"
    else:
        if isinstance(value, dict):
            return written
        problem = "the answer is JSON, but not an object"
    raise NotOneObjectError(problem)


def _after_thinking(text: str) -> str:
    if not text.startswith(_THINK):
        return text
    _, _, rest = text.partition(_THINK_END)
    return rest.strip()


def _unfenced(text: str) -> str:
    """Take a fence off only if it is the first and the last line and there is no other."""
    lines = text.splitlines()
    fenced = (
        len(lines) > 2
        and lines[0].strip().lower() in (_FENCE, _FENCE + "json")
        and lines[-1].strip() == _FENCE
        and text.count(_FENCE) == 2
    )
    return "\n".join(lines[1:-1]).strip() if fenced else text


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise NotOneObjectError("an object has the same key twice")
    return result


def _no_constant(word: str) -> float:
    raise NotOneObjectError(f"{word} is not a JSON number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise NotOneObjectError("a number is too large")
    return number


def _short(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise NotOneObjectError("a number has too many digits")
    return int(digits)


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(item) for item in value]
    if isinstance(value, dict):
        return {key.replace("\0", ""): _without_nul(item) for key, item in value.items()}
    return value
