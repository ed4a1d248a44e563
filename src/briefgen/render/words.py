"""The words of the renderers, read from ``words.toml``: none of them stands in code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import cast

from briefgen.render.clean import one_line

_VALUES = ("visit_status", "stance", "allegation_status", "confirmation")
"""Tables of words in which an old or new value may stand."""


@cache
def tables() -> dict[str, dict[str, str]]:
    """All tables of ``words.toml``."""
    data = files("briefgen.render").joinpath("words.toml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, str]]", tomllib.loads(data))


def word(table: str, key: str, **values: object) -> str:
    """Return the word for ``key``, filled with ``values``; the key itself, made readable, if there is none."""
    found = tables()[table].get(key)
    if found is None:
        return one_line(key.replace("_", " "))
    return found.format(**values) if values else found


def value_word(value: str) -> str:
    """A value of a change or a conflict as a reader says it: ``not_reported`` is "no response reported"."""
    return next((tables()[name][value] for name in _VALUES if value in tables()[name]), value)


def counted(table: str, one: str, many: str, count: int) -> str:
    """Return the word for one, or for ``count`` of them."""
    return word(table, one) if count == 1 else word(table, many, count=f"{count:,}")


def heading(facet: str) -> str:
    """Return the heading of a facet, known or not, with a capital."""
    name = word("heading", facet)
    return name[:1].upper() + name[1:]


def listed(names: list[str]) -> str:
    """``["a", "b", "c"]`` as "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word('phrase', 'and')} {names[-1]}"
