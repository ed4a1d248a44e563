"""Rules on texts that the model worded after a sentence of the article: headline, summary, background.

What a text changes is found by :mod:`briefgen.faithfulness`; here each kind of change becomes a rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefgen.facets.base import Context, Rule
from briefgen.faithfulness import faults, headline_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_CANDIDATES = 4
_CANDIDATE = 0.5
"""Share of a headline's content words that a sentence must have to be the one it tells."""


def _retold(code: str, says: str, *, critical: bool = True) -> Rule[Any]:
    def check(item: Any, context: Context) -> str | None:
        if code == "S03" and getattr(item, "place", "") != "summary":
            return None  # a headline is short, background stands beside its sentence
        numbers = tuple(piece.sentence for piece in item.evidence if context.exists(piece.sentence))
        if not numbers:
            return None
        found = context.cast.remember(
            f"faults {item.text} {numbers}", numbers[0], lambda: _faults(item, context)
        )
        return next((message for each, message in found if each == code), None)

    return Rule(code, says, check, critical)


def _faults(item: Any, context: Context) -> Iterator[tuple[str, str]]:
    numbers = tuple(piece.sentence for piece in item.evidence if context.exists(piece.sentence))
    if getattr(item, "place", "") == "headline":
        return headline_faults(item.text, _candidates(item.text, numbers[0], context), context.cast)
    return faults(item.text, numbers, context.cast)


def _candidates(headline: str, nearest: int, context: Context) -> list[int]:
    """Sentences that a headline may tell, the likeliest first."""
    shares = [(-context.ground.support(headline, [s.n]), s.n) for s in context.article.telling]
    return [n for share, n in sorted(shares) if -share >= _CANDIDATE][:_MOST_CANDIDATES] or [nearest]


RETOLD: tuple[Rule[Any], ...] = (
    _retold("G02", "reworded until the article no longer says it"),
    _retold("V04", "a negation lost or added"),
    _retold("C01", "a hedge dropped in rewording"),
    _retold("C04", "stronger than the sentence"),
    _retold("V08", "preparation taken for the visit, or a confirmation that is none"),
    _retold("S01", "credited to somebody who does not say it"),
    _retold("S03", "attribution lost"),
    _retold("L05", "a response changed"),
    _retold("L01", "concern taken for an accusation"),
    _retold("L03", "accuser and accused swapped"),
    _retold("L04", "a joint accuser left out", critical=False),
    _retold("L08", "an allegation told as a fact"),
    _retold("G09", "“former” or another qualifier dropped or added"),
)
