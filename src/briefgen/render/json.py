"""The brief itself, as JSON: for programs, and still harmless on a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefgen.brief import Brief
    from briefgen.render.base import RenderOptions

# JSON escapes the C0 controls by itself. These it may hold raw, and a terminal, an editor or a script tag
# would act on them: DEL and C1, invisible and bidi characters, line separators.
_ACTIVE = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_NOT_ASCII = re.compile("[^\x00-\x7e]")


def render(brief: Brief, options: RenderOptions) -> str:
    """The renderer of the format ``json``. Reading it back gives the same brief, whatever was escaped."""
    return (_NOT_ASCII if options.ascii else _ACTIVE).sub(_escaped, brief.to_json())


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
