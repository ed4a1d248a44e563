"""CommonMark in which no text of an article or a model can become markup, a link or an image."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.render.outline import STATUS_ROLES, Role
from briefgen.render.sections import outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefgen.brief import Brief
    from briefgen.render.base import RenderOptions
    from briefgen.render.outline import Entry, Line, Outline

# What may start markup anywhere in a line, and what may only at its start. A colon before two slashes and
# the point after "www" start the autolinks of GitHub and of chat programs.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>&|~^$!{}]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"[#\-+=:]|\d{1,9}[.)]")

_STRONG = STATUS_ROLES | {Role.STRONG, Role.WARNING}


def render(brief: Brief, options: RenderOptions) -> str:
    """The renderer of the format ``markdown``."""
    return lay_out(outline(brief, sentences=options.sentences), options)


def lay_out(page: Outline, options: RenderOptions) -> str:
    """Any outline as CommonMark. A table is a list: CommonMark has no tables, and chat programs neither."""
    text = "\n".join(_lines(page)) + "\n"
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii") if options.ascii else text


def _lines(page: Outline) -> Iterator[str]:
    yield f"# {_inline(page.headline, strong=False)}"
    yield from ("", _paragraph(page.source))
    for section in page.sections:
        yield from ("", f"## {escape(section.heading)}")
        if section.message:
            yield from ("", _inline(section.message))
        rows = section.table.rows if section.table else ()
        yield from _items((*(row.entry for row in rows), *section.entries))
    yield from ("", "---")
    yield from ("", _paragraph(page.footer))


def _items(entries: Sequence[Entry]) -> Iterator[str]:
    yield from ("",) if entries else ()
    for entry in entries:
        yield f"- {_inline(entry.lead)}"
        for detail in entry.details:
            yield f"  - {_inline(detail)}"


def escape(text: str) -> str:
    """Return ``text`` so that CommonMark shows it as it is, wherever in a line it stands."""
    escaped = _escape_inside(text)
    start = _AT_START.match(escaped)
    if start is None:
        return escaped
    end = start.end() - 1
    return f"{escaped[:end]}\\{escaped[end:]}"


def _escape_inside(text: str) -> str:
    return _ANYWHERE.sub(r"\\\g<0>", text)


def _paragraph(lines: Sequence[Line]) -> str:
    return "\\\n".join(_inline(line) for line in lines)


def _inline(line: Line, *, strong: bool = True) -> str:
    marked = ""
    for span in line:
        text = _escape_inside(span.text) if marked else escape(span.text)
        marked += f"**{text}**" if strong and text and span.role in _STRONG else text
    return marked
