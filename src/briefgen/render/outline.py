"""What a reader is told of a brief or a digest, in which order, before anybody decides how it looks.

Text and Markdown are two layouts of one outline, so no format can drop a hedge that another one shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from briefgen.render.clean import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.evidence import Evidence


class Role(Enum):
    """What a piece of text is. The layouts choose how each role looks."""

    PLAIN = auto()
    STRONG = auto()
    ATTRIBUTION = auto()
    HEDGE = auto()
    QUIET = auto()
    EVIDENCE = auto()
    WARNING = auto()
    GOOD = auto()
    OPEN = auto()
    BAD = auto()


STATUS_ROLES = frozenset({Role.GOOD, Role.OPEN, Role.BAD})
"""How good, how open or how bad the status of an item is."""


@dataclass(frozen=True)
class Span:
    """A piece of text with one role. Make those that hold text of a brief with :func:`said`."""

    text: str
    role: Role = Role.PLAIN


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Entry:
    """One item: its lead, which holds every hedge and attribution, and details below it."""

    lead: Line
    details: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a table, at least ``least`` wide, or as wide as its longest cell."""

    heading: str
    least: int


@dataclass(frozen=True)
class Row:
    """A cell for each column; ``notes`` below them. ``entry`` tells the same where there is no room for columns."""

    cells: tuple[Line, ...]
    notes: tuple[Line, ...]
    entry: Entry


@dataclass(frozen=True)
class Table:
    """Rows under the headings of columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it. ``message`` tells the state of a facet where it must be told."""

    heading: str
    entries: tuple[Entry, ...] = ()
    message: Line = ()
    table: Table | None = None


@dataclass(frozen=True)
class Outline:
    """The whole. ``source`` and ``footer`` are lines of small print."""

    headline: Line
    source: tuple[Line, ...]
    sections: tuple[Section, ...]
    footer: tuple[Line, ...]


def said(text: str, role: Role = Role.PLAIN) -> Span:
    """Return a span of untrusted text, cleaned."""
    return Span(one_line(text), role)


def cited(evidence: Iterable[Evidence]) -> Line:
    """Return the sentence numbers of ``evidence`` as " [s1 s4]"; nothing if there are none."""
    return numbers(piece.sentence for piece in evidence)


def numbers(sentences: Iterable[int]) -> Line:
    """Return sentence numbers as " [s1 s4]"; nothing if there are none."""
    found = sorted(set(sentences))
    return (Span(" "), Span(f"[{' '.join(f's{n}' for n in found)}]", Role.EVIDENCE)) if found else ()
