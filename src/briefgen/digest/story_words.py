"""How alike articles are by their words: TF-IDF vectors and their cosines, without comparing every two.

The weights of ``benchmarks/stories.py``: chosen on half of the real stories there, reported on the other half.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from briefgen.facets.general import all_evidence
from briefgen.grounding import fold, stem
from briefgen.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefgen.brief import Brief
    from briefgen.digest.reports import Report

    Vector = dict[str, float]
    """Weight of each term, of length 1."""
    Pairs = dict[tuple[int, int], float]
    """Likeness of two articles by their places in a list, the smaller first."""

_WORD = re.compile(r"[^\W\d_][^\W_]*(?:['’][^\W_]+)?|\d+")
_MOST_WORDS = 300
"""Content words of an article that count: news tells its story at the start."""
_MOST_TERMS = 60
"""Heaviest terms of an article that count."""
_PRIOR = 300
"""Articles that the day's are thought to be added to when words are weighed: on a day with one story, its words
are in every article, and are no less its own."""
_MOST_STEPS = 5_000_000
"""Products of two weights that one digest computes to find likely pairs; then only pairs that rarer words found
are compared. Days of a thousand articles stay far below."""


def vectors_of(reports: Sequence[Report]) -> list[Vector]:
    """The terms of each article: of its text where that was kept, else of what its brief says and quotes."""
    counted = [Counter(islice(_terms(report), _MOST_WORDS)) for report in reports]
    holders = Counter(term for counts in counted for term in counts)
    weighed = [
        {
            term: (1 + math.log(times)) * math.log((len(reports) + _PRIOR) / (holders[term] + 1))
            for term, times in counts.items()
        }
        for counts in counted
    ]
    return [unit(dict(sorted(each.items(), key=_heaviest_first)[:_MOST_TERMS])) for each in weighed]


def _heaviest_first(entry: tuple[str, float]) -> tuple[float, str]:
    return -entry[1], entry[0]


def unit(vector: Vector) -> Vector:
    """The vector with length 1; an empty one stays empty."""
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Of two vectors of length 1, from 0 to 1."""
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def alike_pairs(vectors: Sequence[Vector], *, at_least: float) -> Pairs:
    """The pairs that share a word and are that alike."""
    rare = _rare_terms(vectors)
    common = [{term: weight for term, weight in each.items() if term not in rare} for each in vectors]
    lengths = [math.sqrt(sum(weight * weight for weight in each.values())) for each in common]
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    found: Pairs = {}
    for at, vector in enumerate(vectors):
        near: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            if term in rare:
                for other, its_weight in postings[term]:
                    near[other] += weight * its_weight
                postings[term].append((at, weight))
        for other, shared in near.items():
            if shared + lengths[at] * lengths[other] < at_least:
                continue
            likeness = shared + cosine(common[at], common[other])
            if likeness >= at_least:
                found[other, at] = min(1.0, likeness)
    return found


def _rare_terms(vectors: Sequence[Vector]) -> frozenset[str]:
    """The terms by which pairs are found, the rarest first, as many as may be."""
    holders = Counter(term for vector in vectors for term in vector)
    left, rare = _MOST_STEPS, []
    for term, times in sorted(holders.items(), key=lambda entry: (entry[1], entry[0])):
        left -= times * (times - 1) // 2
        if left < 0:
            break
        rare.append(term)
    return frozenset(rare)


def terms_in(text: str, language: str | None) -> Iterator[str]:
    """Stems of the content words of a text. Those of a language other than English are its own: "die" is not "die"."""
    own = (language or "en").lower().partition("-")[0]
    mark = "" if own == "en" else f"{own}:"
    for match in _WORD.finditer(text):
        term = _term(match[0])
        if term:
            yield mark + term


@lru_cache(maxsize=65536)
def _term(word: str) -> str:
    """The word as it counts, "" if it says nothing."""
    folded = fold(word)
    return "" if len(folded) < 2 or folded in words("function") else stem(folded)


def _terms(report: Report) -> Iterator[str]:
    language = report.brief.article.language
    texts = [report.brief.article.title or "", *([report.text] if report.text else _told(report.brief))]
    for text in texts:
        yield from terms_in(text, language)


def _told(brief: Brief) -> Iterator[str]:
    """What is left of an article whose text was not kept: what its brief says, and the sentences it quotes."""
    yield brief.headline
    yield from (line.text for line in brief.summary)
    yield from (actor.name for actor in brief.actors)
    yield from dict.fromkeys(piece.quote for piece in all_evidence(brief))
