"""Plain text for terminals and mail: 80 columns, styled only where that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.render.base import RenderOptions
from briefgen.render.columns import fits, table_rows
from briefgen.render.layout import wrap
from briefgen.render.outline import STATUS_ROLES, Role, Span
from briefgen.render.sections import outline
from briefgen.render.words import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefgen.brief import Brief
    from briefgen.render.outline import Entry, Line, Outline, Section, Table

NARROWEST = 30

_STYLES = {
    Role.STRONG: "1",
    Role.ATTRIBUTION: "",
    Role.HEDGE: "3",
    Role.QUIET: "2",
    Role.EVIDENCE: "2",
    Role.WARNING: "33",
    Role.GOOD: "1;32",
    Role.OPEN: "1;33",
    Role.BAD: "1;31",
}


def render_text(brief: Brief, *, width: int = 80, color: bool = False) -> str:
    """Return the brief as text of at most ``width`` columns; with ``color``, with our own styles in it."""
    return render(brief, RenderOptions(width=width, color=color))


def render(brief: Brief, options: RenderOptions) -> str:
    """The renderer of the format ``text``."""
    return lay_out(outline(brief, sentences=options.sentences), options)


def lay_out(page: Outline, options: RenderOptions) -> str:
    """Any outline as text; tables in columns where the page is wide enough for them."""
    rows = "\n".join(_Page(options).rows(page)) + "\n"
    if not options.ascii:
        return rows
    plain = rows.translate({ord(ours): written for ours, written in tables()["ascii"].items()})
    return plain.encode("ascii", "backslashreplace").decode("ascii")


class _Page:
    """Lays an outline out with the options of one call."""

    def __init__(self, options: RenderOptions) -> None:
        self._color = options.color
        self._width = max(options.width, NARROWEST)

    def rows(self, page: Outline) -> Iterator[str]:
        yield from self._block(page.headline)
        for line in page.source:
            yield from self._block(line)
        for section in page.sections:
            yield ""
            yield from self._section(section)
        yield ""
        yield self._paint(Span("─" * self._width, Role.QUIET))
        for line in page.footer:
            yield from self._block(line)

    def _section(self, section: Section) -> Iterator[str]:
        yield from self._block((Span(section.heading.upper(), Role.STRONG),))
        if section.message:
            yield from self._block(section.message, "  ", "  ")
        if section.table:
            yield from self._table(section.table)
        yield from self._entries(section.entries)

    def _table(self, table: Table) -> Iterator[str]:
        if not fits(table, self._width - 2):
            yield from self._entries([row.entry for row in table.rows])
            return
        for row in table_rows(table, self._width - 2, _shown):
            yield f"  {self._painted(row)}".rstrip()

    def _entries(self, entries: Sequence[Entry]) -> Iterator[str]:
        apart = any(entry.details for entry in entries)
        for at, entry in enumerate(entries):
            if at and apart:
                yield ""
            yield from self._block(entry.lead, "  • ", "    ")
            for detail in entry.details:
                yield from self._block(detail, "      ", "        ")

    def _block(self, line: Line, first: str = "", rest: str = "") -> Iterator[str]:
        for at, row in enumerate(wrap(_shown(line), self._width - len(rest))):
            yield (rest if at else first) + self._painted(row)

    def _painted(self, row: Iterable[Span]) -> str:
        spans: list[Span] = []
        for span in row:
            if spans and spans[-1].role is span.role:
                spans[-1] = Span(spans[-1].text + span.text, span.role)
            else:
                spans.append(span)
        return "".join(self._paint(span) for span in spans)

    def _paint(self, span: Span) -> str:
        style = _STYLES.get(span.role, "") if self._color else ""
        return f"\x1b[{style}m{span.text}\x1b[0m" if style else span.text


def _shown(line: Line) -> Line:
    """How good or bad a status is must be seen without colours too: in capitals."""
    return tuple(Span(s.text.upper(), s.role) if s.role in STATUS_ROLES else s for s in line)
