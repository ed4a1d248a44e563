"""The daily brief as one HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.render.days import span_text
from briefgen.render.page import Frame, page

if TYPE_CHECKING:
    from briefgen.digest.digest import Digest


def render_html(digest: Digest) -> str:
    """The page of a digest, with a line end at its end: self-contained, the same bytes for the same digest."""
    return page(digest, Frame(title=span_text(digest.first, digest.last), today=digest.last))
