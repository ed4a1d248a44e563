"""Near-duplicates: syndicated copies of one story, told by the words they share.

Two articles are copies where the Jaccard similarity of their word 5-grams is 0.8 or more and neither has a
name or a number in the place of the other's. In archives a third of the pairs over 0.8 are the same form filled in
for another state, another year or another dividend: a brief of one is none of the other (measured by
``benchmarks/duplicates.py``).

MinHash (rensa) and banding find the candidates in time that hardly grows with the archive, and each is then
compared by its whole text: nothing is linked on an estimate. The seed is fixed, and which article a copy is
linked to does not hang on the order: the most similar, at a tie the one with the smallest id. So a run that
was killed and goes on decides as one that was not.
"""

from __future__ import annotations

import re
import sqlite3
import struct
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from briefgen.lexicon import cue, table, words
from briefgen.store.packing import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType
    from typing import Self

    from briefgen.article import Article

THRESHOLD = 0.8
"""Least Jaccard similarity of the 5-grams of copies."""

_WORDS = 5
_SEED = 20_240_610
_BANDS, _ROWS = 21, 6
"""A pair of similarity 0.8 shares a band 499 times in 500: ``1 - (1 - 0.8 ** 6) ** 21``; one of 0.9 always."""
_MOST_OF_A_BAND = 32
"""Candidates of a band that are looked at, the oldest: forms filled in thousands of times share them all."""
_SMALL_EDIT = 12
_TURNS = ("negations", "denying", "cancelling", "postponing")
# In scripts without spaces each character counts as a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}]+")
_OPENS = re.compile(r"(?:\A|[.!?:\n])[\s\"'“”‘’«»()–—-]*\Z")


def bands_of(article: Article) -> tuple[int, ...]:
    """Return 21 hashes of 64 bits, of which copies share one (but for one pair in 500 of just 0.8).

    None of them with fewer than five words, which only equal texts repeat.
    """
    from rensa import RMinHash  # noqa: PLC0415 - compiled, and only batches need it

    grams = _grams(_WORD.findall(article.text.lower()))
    if not grams:
        return ()
    minhash = RMinHash(num_perm=_BANDS * _ROWS, seed=_SEED)  # one by one: the bulk calls start threads
    minhash.update(grams)
    row = minhash.digest()
    kind = f"{RMinHash.ALGORITHM_VERSION} {_SEED} {_WORDS}".encode()
    return tuple(
        int.from_bytes(
            blake2b(struct.pack(f"<H{_ROWS}L", at, *row[at : at + _ROWS]), digest_size=8, key=kind).digest()
        )
        for at in range(0, _BANDS * _ROWS, _ROWS)
    )


def most_similar(
    article: Article, candidates: Iterable[tuple[str, bytes]], threshold: float = THRESHOLD
) -> str | None:
    """Return which candidate (id, and its text as the store packs it) ``article`` is a copy of, if of any."""
    candidates = list(candidates)
    if not candidates:
        return None
    own = _Words.of(article.text)
    found = []
    for name, packed in candidates:
        similarity = _similarity(own, _Words.unpacked(packed), threshold)
        if similarity:
            found.append((-similarity, name))
    return min(found)[1] if found else None


class NearDuplicates:
    """Remembers articles in the order they come and tells which repeat an earlier one.

    What it remembers is in a temporary SQLite file that vanishes when it is closed: the memory it takes does
    not grow with the number of articles. Not for several threads at once. A run with a store needs none: it
    keeps bands itself (:func:`bands_of`, :func:`most_similar`).
    """

    def __init__(self, threshold: float = THRESHOLD) -> None:
        self._threshold = threshold
        self._memory = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in _TABLES:
            self._memory.execute(statement)

    def seen(self, article: Article) -> str | None:
        """Return the id of the earlier article that this one repeats; otherwise ``None``, and remember it.

        The id is the article's own where the very same text came before.
        """
        name = bytes.fromhex(article.id)
        if self._memory.execute("SELECT 1 FROM articles WHERE name = ?", (name,)).fetchone():
            return article.id
        bands = [_signed(band) for band in bands_of(article)]
        copied = most_similar(article, self._candidates(bands), self._threshold)
        if copied is None:
            self._remember(name, bands, pack(article.text))
        return copied

    def _candidates(self, bands: list[int]) -> list[tuple[str, bytes]]:
        numbers = {
            number
            for band in bands
            for (number,) in self._memory.execute(_OF_A_BAND, (band, _MOST_OF_A_BAND))
        }
        rows = [self._memory.execute(_NUMBERED, (number,)).fetchone() for number in sorted(numbers)]
        return [(name.hex(), text) for name, text in rows]

    def _remember(self, name: bytes, bands: list[int], text: bytes) -> None:
        number = self._memory.execute(
            "INSERT INTO articles (name, text) VALUES (?, ?)", (name, text)
        ).lastrowid
        self._memory.executemany(
            "INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, number) for band in bands]
        )

    def close(self) -> None:
        """Forget everything."""
        self._memory.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True)
class _Words:
    """One text's words, as :func:`_similarity` needs them, in lower case."""

    grams: frozenset[str]
    counts: Counter[str]
    names: frozenset[str]
    numbers: Counter[str]
    turns: tuple[int, ...]
    """How often it says no, denies, cancels and postpones."""

    @classmethod
    def of(cls, text: str) -> Self:
        lowered = _WORD.findall(text.lower())
        counts = Counter(lowered)
        figures = {word for word in counts if word.isdecimal() or word in _numerals() or not word.isalpha()}
        return cls(
            frozenset(_grams(lowered)),
            counts,
            frozenset(_names(text)),
            Counter({word: counts[word] for word in figures}),
            tuple(sum(1 for _ in cue(name).finditer(text)) for name in _TURNS),
        )

    @classmethod
    @lru_cache(maxsize=256)
    def unpacked(cls, text: bytes) -> Self:
        return cls.of(unpack(text, "the text of an article"))


def _similarity(one: _Words, other: _Words, threshold: float) -> float:
    """Return the Jaccard similarity of two texts; 0 where it is below the threshold or something took the place
    of something else: a name for a name, a number for a number, yes for no.

    A passage more or less is no such change, so one of the two may have names and numbers of its own.
    """
    shared = len(one.grams & other.grams)
    similarity = shared / max(1, len(one.grams) + len(other.grams) - shared)
    if similarity < threshold:
        return 0.0
    if (one.names - other.counts.keys()) and (other.names - one.counts.keys()):
        return 0.0
    if (one.numbers - other.numbers) and (other.numbers - one.numbers):
        return 0.0
    changed = (one.counts - other.counts).total() + (other.counts - one.counts).total()
    return 0.0 if changed <= _SMALL_EDIT and one.turns != other.turns else similarity


def _grams(lowered: list[str]) -> list[str]:
    return [" ".join(gram) for gram in zip(*(lowered[at:] for at in range(_WORDS)), strict=False)]


def _names(text: str) -> set[str]:
    """Return the words that look like names, in lower case.

    Capitalised; at the start of a sentence only if it is no ordinary opener. Where there are no capitals, any.
    """
    ordinary = words("function") | words("openers")
    endings = tuple(table("words")["opener_endings"])
    found = set()
    for match in _WORD.finditer(text):
        word = match[0]
        first = word[0]
        if first.islower() or not first.isalpha():
            continue
        lowered = word.lower()
        opens = lowered != word and _OPENS.search(text, max(0, match.start() - 10), match.start())
        if not opens or (lowered not in ordinary and not lowered.endswith(endings)):
            found.add(lowered)
    return found


@cache
def _numerals() -> frozenset[str]:
    data = table("words")
    return frozenset(data["numbers"]) | frozenset(data["months"]) - {"may", "march"}


_TABLES = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA cache_size = -32000",
    "CREATE TABLE articles (number INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, text BLOB)",
    "CREATE TABLE bands (band INTEGER, number INTEGER, PRIMARY KEY (band, number)) WITHOUT ROWID",
    "BEGIN",  # and never committed: the file is gone with the connection
)
_OF_A_BAND = "SELECT number FROM bands WHERE band = ? ORDER BY number LIMIT ?"
_NUMBERED = "SELECT name, text FROM articles WHERE number = ?"


def _signed(band: int) -> int:
    """Return a 64-bit hash as SQLite's integers are."""
    return band - (1 << 64) if band >= 1 << 63 else band
