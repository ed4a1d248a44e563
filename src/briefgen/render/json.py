"""The brief itself, as JSON: for programs, and still harmless on a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.render.clean import is_hidden

if TYPE_CHECKING:
    from briefgen.brief import Brief
    from briefgen.render.base import RenderOptions

_NOT_ASCII = re.compile("[^\x00-\x7e]")


def render(brief: Brief, options: RenderOptions) -> str:
    """The renderer of the format ``json``. Reading it back gives the same brief, whatever was escaped.

    JSON escapes the C0 controls by itself. DEL, the C1 controls and what is invisible it may hold as they
    are, and terminals, editors and browsers act on them.
    """

    def escaped(match: re.Match[str]) -> str:
        return _escape(match[0]) if options.ascii or is_hidden(match[0]) else match[0]

    return _NOT_ASCII.sub(escaped, brief.to_json())


def _escape(char: str) -> str:
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
