"""Words of names and texts, as the evaluator compares them.

The guide of the gold leaves two things open, settled here:

- *Names* are compared without case, accents, punctuation, possessives, and an article in front.
- *Token F1* is that of SQuAD: the harmonic mean of precision and recall over the words of both texts as
  multisets, lower-cased, without accents, punctuation, possessives, and the articles a, an and the. Words
  are not stemmed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_POSSESSIVE = re.compile(r"(?<=\w)'s?(?!\w)")
_INSIDE = re.compile(r"(?<=\w)[.'](?=\w)|(?<=\w)\.")
_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"a", "an", "the"})


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded: "The U.S.' aim" is "the", "us", "aim"."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    text = "".join(char for char in text if not unicodedata.combining(char)).casefold()
    return tuple(_WORD.findall(_INSIDE.sub("", _POSSESSIVE.sub("", text))))


@lru_cache(maxsize=16384)
def folded_name(name: str) -> str:
    """A name for comparison: "the Wall Street Journal’s" is "wall street journal"."""
    words = words_of(name)
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


def token_f1(one: str, other: str) -> float:
    """Token F1 of two texts, from 0 to 1; 0 where one has no word."""
    first, second = _bag(one), _bag(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


@lru_cache(maxsize=4096)
def _bag(text: str) -> Counter[str]:
    return Counter(word for word in words_of(text) if word not in _ARTICLES)
