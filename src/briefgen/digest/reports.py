"""Report: one article's brief as the digest takes it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefgen.digest.digest import Cited

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from briefgen.brief import Brief
    from briefgen.digest.digest import ArticlePlace
    from briefgen.evidence import Evidence


@dataclass(frozen=True, eq=False)
class Report:
    """A brief under its number in the digest.

    ``arrived``: day of the digest that first had it; ``day``: day of publication, ``None`` if nobody knows.
    ``text``: the article's, where it was kept. ``printed_by``: who else published the very same report.
    ``is_new``: it was not part of the last digest.
    """

    number: int
    brief: Brief
    arrived: date
    place: ArticlePlace = "new"
    text: str | None = None
    label: str = ""
    printed_by: tuple[str, ...] = ()
    is_new: bool = field(default=True)

    @property
    def day(self) -> date | None:
        """Day of publication."""
        return self.brief.article.published

    @property
    def said(self) -> date:
        """The day that its statements count as made on: of publication, else of the digest that first had it."""
        return self.day or self.arrived

    def cite(self, evidence: Iterable[Evidence]) -> tuple[Cited, ...]:
        """The evidence under this article's number."""
        return tuple(
            Cited(
                article=self.number,
                sentence=piece.sentence,
                quote=piece.quote,
                start=piece.start,
                end=piece.end,
            )
            for piece in evidence
        )

    def member(self, item_id: str) -> str:
        """How a merged line names the item of this brief that it unites."""
        return f"{self.brief.article.id}/{item_id}"
