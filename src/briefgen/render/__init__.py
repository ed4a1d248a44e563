"""Briefs to text, Markdown, JSON and HTML: pure functions of a brief, one module each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from briefgen.errors import UsageError
from briefgen.render import html, json, markdown, text
from briefgen.render.base import Renderer, RenderOptions
from briefgen.render.text import render_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.brief import Brief

__all__ = ["RENDERERS", "RenderOptions", "Renderer", "render", "render_text"]

RENDERERS: Mapping[str, Renderer] = MappingProxyType(
    {"text": text.render, "markdown": markdown.render, "json": json.render, "html": html.render}
)
"""All formats by name. A new format is one module and one entry here."""


def render(brief: Brief, format: str = "text", options: RenderOptions | None = None) -> str:  # noqa: A002 - the option's name
    """Return ``brief`` in ``format``. Raises :class:`UsageError` for a format that there is none of."""
    if format not in RENDERERS:
        raise UsageError(f"no format {format!r}", hint=f"the formats are {', '.join(RENDERERS)}")
    return RENDERERS[format](brief, options or RenderOptions())
