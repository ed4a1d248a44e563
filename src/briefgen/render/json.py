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
    return harmless(brief.to_json(), ascii_only=options.ascii)


def harmless(text: str, *, ascii_only: bool = False) -> str:
    """JSON with what a terminal or an editor would act on written out; ``ascii_only``: everything but ASCII."""

    def escaped(match: re.Match[str]) -> str:
        return _escape(match[0]) if ascii_only or is_hidden(match[0]) else match[0]

    return text if text.isascii() and "\x7f" not in text else _NOT_ASCII.sub(escaped, text)


def _escape(char: str) -> str:
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
