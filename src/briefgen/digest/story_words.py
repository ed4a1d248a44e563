"""How alike articles are by their words: TF-IDF vectors and their cosines, without comparing every two.

The weights of ``benchmarks/stories.py``: chosen on half of the real stories there, reported on the other half.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from briefgen.facets.general import all_evidence
from briefgen.grounding import fold, stem
from briefgen.lexicon import words as listed

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
_BY_NAMES = (0.5, 0.75, 1.0)
"""What the likeness of articles counts that have no name in common, one, or more."""
_MOST_STEPS = 2_500_000
"""Products of two weights that one digest computes to find likely pairs; then only pairs that rarer words found
are compared. Days of a thousand articles stay far below."""


@dataclass(frozen=True)
class Words:
    """Of one article: the weight of its terms, and which of them are names (never written small)."""

    terms: Vector
    names: frozenset[str]


def words_of(reports: Sequence[Report]) -> list[Words]:
    """The words of each article: of its text where that was kept, else of what its brief says and quotes."""
    read = [list(islice(_terms(report), _MOST_WORDS)) for report in reports]
    counted = [Counter(term for term, _ in each) for each in read]
    holders = Counter(term for counts in counted for term in counts)
    found = []
    for each, counts in zip(read, counted, strict=True):
        weighed = {
            term: (1 + math.log(times)) * math.log((len(reports) + _PRIOR) / (holders[term] + 1))
            for term, times in counts.items()
        }
        terms = unit(dict(sorted(weighed.items(), key=_heaviest_first)[:_MOST_TERMS]))
        small = {term for term, capital in each if not capital}
        names = frozenset(term for term, capital in each if capital and term in terms and term not in small)
        found.append(Words(terms, names))
    return found


def _heaviest_first(entry: tuple[str, float]) -> tuple[float, str]:
    return -entry[1], entry[0]


def unit(vector: Vector) -> Vector:
    """The vector with length 1; an empty one stays empty."""
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Of two vectors of length 1, from 0 to 1."""
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def alike_pairs(words: Sequence[Words], *, at_least: float) -> Pairs:
    """The pairs that share a word and are that alike."""
    rare = _rare_terms(words)
    common = [{term: weight for term, weight in each.terms.items() if term not in rare} for each in words]
    lengths = [math.sqrt(sum(weight * weight for weight in each.values())) for each in common]
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    found: Pairs = {}
    for at, each in enumerate(words):
        near: dict[int, float] = defaultdict(float)
        for term, weight in each.terms.items():
            if term in rare:
                for other, its_weight in postings[term]:
                    near[other] += weight * its_weight
                postings[term].append((at, weight))
        for other, shared in near.items():
            if shared + lengths[at] * lengths[other] < at_least:
                continue
            likeness = (shared + cosine(common[at], common[other])) * _named(words[other], each)
            if likeness >= at_least:
                found[other, at] = min(1.0, likeness)
    return found


def _named(one: Words, other: Words) -> float:
    """Two stabbings have their words in common, not their places and people. Scripts without capitals have no names."""
    if not one.names or not other.names:
        return 1.0
    return _BY_NAMES[min(len(one.names & other.names), len(_BY_NAMES) - 1)]


def _rare_terms(words: Sequence[Words]) -> frozenset[str]:
    """The terms by which pairs are found, the rarest first, as many as may be."""
    holders = Counter(term for each in words for term in each.terms)
    left, rare = _MOST_STEPS, []
    for term, times in sorted(holders.items(), key=lambda entry: (entry[1], entry[0])):
        left -= times * (times - 1) // 2
        if left < 0:
            break
        rare.append(term)
    return frozenset(rare)


def terms_in(text: str, language: str | None) -> Iterator[str]:
    """Stems of the content words of a text. Those of a language other than English are its own: "die" is not "die"."""
    return (term for term, _ in _read(text, language))


def _read(text: str, language: str | None) -> Iterator[tuple[str, bool]]:
    """Each term, and whether it is written with a capital."""
    own = (language or "en").lower().partition("-")[0]
    mark = "" if own == "en" else f"{own}:"
    for match in _WORD.finditer(text):
        term = _term(match[0])
        if term:
            yield mark + term, match[0][0].isupper()


@lru_cache(maxsize=65536)
def _term(word: str) -> str:
    """The word as it counts, "" if it says nothing."""
    folded = fold(word)
    return "" if len(folded) < 2 or folded in listed("function") else stem(folded)


def _terms(report: Report) -> Iterator[tuple[str, bool]]:
    language = report.brief.article.language
    texts = [report.brief.article.title or "", *([report.text] if report.text else _told(report.brief))]
    for text in texts:
        yield from _read(text, language)


def _told(brief: Brief) -> Iterator[str]:
    """What is left of an article whose text was not kept: what its brief says, and the sentences it quotes."""
    yield brief.headline
    yield from (line.text for line in brief.summary)
    yield from (actor.name for actor in brief.actors)
    yield from dict.fromkeys(piece.quote for piece in all_evidence(brief))
