"""The words that a digest puts together itself, from ``words.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import cast


@cache
def _words() -> dict[str, dict[str, str]]:
    data = files("briefgen.digest").joinpath("words.toml").read_text(encoding="utf-8")
    return cast("dict[str, dict[str, str]]", tomllib.loads(data))


def phrase(table: str, key: str, **values: object) -> str:
    """The words for ``key``, filled with ``values``."""
    return _words()[table][key].format(**values)
