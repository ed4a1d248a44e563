"""Which of two journeys comes first, as a text says it (rule V12, invariant I22).

Read are words of order between two places ("Velia after his trip to Ostia", "Ostia, then Velia"), in front of
the first ("After Ostia, Rell will visit Velia") and, across sentences, "then" and "begin". What stands between
the word and its place must be words of travel: "Ostia, which then sent a minister to Velia" orders nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from briefgen.attribution import hedges_in
from briefgen.lexicon import cue, words
from briefgen.visits import destination_spans, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ROW = re.compile(r"(?:\s*,\s*|\s*,?\s+and\s+)(?:the\s+)?(?:to\s+)?")
_END = re.compile(r"[.;!?“”\"]")
_OPENS = re.compile(r"(?:^|[,;:“\"]\s*|\b(?:and|but)\s+)$")
_FIRST = re.compile(r"\s*,?\s*first\b")
_WORD = re.compile(r"[^\s,]+")
_MOST_FILLER = 10
_LOOK_BACK = 3
"""How many sentences before a "then" may tell the journey that comes first."""


@dataclass(frozen=True, slots=True)
class Order:
    """The journey to ``first`` comes before the one to ``then``; ``hedged``: it is only said to be likely."""

    first: str
    then: str
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """Places that stand in one row ("Ostia and Velia") at ``text[start:end]``, by their keys."""

    keys: tuple[str, ...]
    start: int
    end: int


def orders_in(text: str, names: Mapping[str, str]) -> tuple[Order, ...]:
    """Every order that one sentence gives of the places ``names`` (key to name as written)."""
    found: list[Order] = []
    rows = _rows(text, names)
    for first, second in pairwise(rows):
        order = _between(text, first, second)
        if order is None:
            continue
        turned, hedged = order
        pair = (second, first) if turned else (first, second)
        found += [Order(a, b, hedged) for a in pair[0].keys for b in pair[1].keys if a != b]
    return tuple(dict.fromkeys(found))


def orders_told(texts: Sequence[str], names: Mapping[str, str]) -> tuple[Order, ...]:
    """Every order that these sentences give, each for itself and one after the other."""
    found: list[Order] = []
    for at, text in enumerate(texts):
        found += orders_in(text, names)
        rows = _rows(text, names)
        if rows and cue("visit").search(text):
            found += _in_sequence(at, rows[0], texts, names)
    return tuple(dict.fromkeys(found))


def _rows(text: str, names: Mapping[str, str]) -> list[_Row]:
    stops = sorted(
        (start, -end, end, key) for key, name in names.items() for start, end in destination_spans(text, name)
    )
    rows: list[_Row] = []
    for start, _, end, key in stops:
        last = rows[-1] if rows else None
        if last and start < last.end:
            continue
        if last and (key in last.keys or _ROW.fullmatch(text[last.end : start])):
            rows[-1] = _Row(tuple(dict.fromkeys((*last.keys, key))), last.start, end)
        else:
            rows.append(_Row((key,), start, end))
    return rows


def _between(text: str, first: _Row, second: _Row) -> tuple[bool, bool] | None:
    """Whether the second row comes first in time, and whether that is hedged; ``None``: nothing orders them."""
    gap = text[first.end : second.start]
    if _END.search(gap):
        return None
    for turned, listed in (
        (True, "order_after"),
        (False, "order_before"),
        (True, "order_follows"),
        (False, "order_precedes"),
        (False, "order_then"),
    ):
        for match in cue(listed, of="grammar").finditer(gap):
            if _is_filler(gap[match.end() :]):
                return turned, bool(hedges_in(gap[: match.start()][-40:]))
    if _FIRST.match(gap):
        return False, False
    if "," in gap:
        return _opening(text, first)
    return None


def _opening(text: str, row: _Row) -> tuple[bool, bool] | None:
    """ "After his trip to Ostia, …": a word of order in front of the first place."""
    left = text[: row.start]
    for turned, listed in ((False, "order_after"), (True, "order_before")):
        for match in cue(listed, of="grammar").finditer(left):
            if _is_filler(left[match.end() :]) and _OPENS.search(left[: match.start()]):
                return turned, False
    return None


def _is_filler(text: str) -> bool:
    """Nothing but words of travel, and whose journey it is ("Putin's trip to")."""
    found = _WORD.findall(text)
    listed = words("order_filler", of="grammar")
    return len(found) <= _MOST_FILLER and all(
        word.lower() in listed or word.endswith(("'s", "’s", "s’")) or word.istitle() for word in found
    )


def _in_sequence(at: int, row: _Row, texts: Sequence[str], names: Mapping[str, str]) -> Iterator[Order]:
    """What "then" and "begin" of sentence ``at`` say of the journeys of other sentences."""
    text = texts[at]
    left = text[: row.start]
    if "planned" not in {
        reading(text, *span) for key in row.keys for span in destination_spans(text, names[key])
    }:
        return
    begins = cue("order_first", of="grammar").search(left)
    if begins and _is_near(left[begins.end() :]):
        yield from (Order(key, other) for key in row.keys for other in names if other not in row.keys)
    then = cue("order_then", of="grammar").search(left)
    if then is None or not _is_near(left[then.end() :]):
        return
    for earlier in texts[max(0, at - _LOOK_BACK) : at]:
        for key, name in names.items():
            spans = destination_spans(earlier, name)
            if key not in row.keys and "planned" in {reading(earlier, *span) for span in spans}:
                yield from (Order(key, own) for own in row.keys)


def _is_near(text: str) -> bool:
    return len(text.split()) <= _MOST_FILLER and not _END.search(text)
