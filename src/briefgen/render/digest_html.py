"""The daily brief as one HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.render.days import day_text, tick_text
from briefgen.render.digest_outline import digest_outline
from briefgen.render.page import Frame, page

if TYPE_CHECKING:
    from briefgen.digest.digest import Digest


def render_html(digest: Digest) -> str:
    """The page of a digest, with a line end at its end: self-contained, the same bytes for the same digest."""
    told = digest_outline(digest)
    title = f"{tick_text(digest.last, 'EEEE')} {day_text(digest.last)}"
    return page(digest, Frame(title=title, today=digest.last, source=told.source, footer=told.footer))
