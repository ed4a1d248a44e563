"""What the article's words vouch for: names, numbers, quotations, content words (rules G02, G05, G06, G07).

A name is grounded if the article has it in any case; "U.S." and "United States" are one name, and a state's
adjective stands for its name. A capital stands for nothing but itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

import Stemmer

from briefgen.geography import places_in
from briefgen.lexicon import cue, table, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from briefgen.article import Article

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’\-‑.][^\W_]+)*")
_HYPHEN = re.compile(r"[-‑]")
_LINKED = re.compile(r"//|www\.|\.[a-z]")
"""What every link has."""
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"[“\"]([^“”\"]{2,400})[”\"]")
_URL = re.compile(
    r"(?:https?:)?//[^\s<>\"”)\]]+|www\.[^\s<>\"”)\]]+|(?<![\w@.])(?:[a-z0-9-]{2,63}\.){1,4}[a-z]{2,10}(?![\w.])(?:/[^\s<>\"”)\]]*)?"
)
"""Links, and bare domains in small letters ("evil.example/login")."""
_ROOT = 5
MOST_COPIED = 11
"""How many words in a row a brief may share with its article, outside evidence and quotation marks."""
_SENTENCE_START = re.compile(
    r"(?:^|(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bGen)(?<!\bGov)[.!?:]\s+|[“\"(]\s*)$"
)


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


@cache
def stem(word: str) -> str:
    """English stem of a folded word."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Case, accents, typographic apostrophes and possessives folded away, for comparing words and names."""
    text = text.replace("’", "'").replace("‑", "-")
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.casefold()
    return text.removesuffix("'s").removesuffix("'")


@lru_cache(maxsize=16384)
def fold_name(name: str) -> str:
    """A name folded for comparison: no article in front, single spaces, no full stops, no hyphens."""
    folded = " ".join(fold(name).replace(".", "").replace(",", " ").replace("-", " ").split())
    return folded.removeprefix("the ")


def tokens(text: str) -> Iterator[re.Match[str]]:
    """The words of a text, abbreviations ("U.S.") and hyphenated words whole."""
    return _TOKEN.finditer(text)


@lru_cache(maxsize=4096)
def numbers_in(text: str) -> Mapping[str, str]:
    """Figures of a text, in digits and in words, from their normal form to how they are written."""
    found: dict[str, str] = {}
    for match in _NUMBER.finditer(text):
        found[_normal_number(match[0])] = match[0]
    spelled = table("words")["numbers"]
    for match in tokens(text):
        parts = fold(match[0]).split("-")
        if parts[0] not in spelled:
            continue
        unit = 1 if parts[-1] == "one" else spelled.get(parts[-1], 0)
        if len(parts) == 2 and 20 <= spelled.get(parts[0], 0) < 100 and 0 < unit < 10:
            found[str(spelled[parts[0]] + unit)] = match[0]
        elif len(parts) == 1 or parts[1] not in spelled:
            found[str(spelled[parts[0]])] = match[0]
    return found


def _normal_number(digits: str) -> str:
    if "," in digits and _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "")
    whole, _, decimals = digits.partition(".")
    return (whole.lstrip("0") or "0") + (f".{decimals.rstrip('0')}" if decimals.strip("0") else "")


@lru_cache(maxsize=4096)
def content_stems(text: str) -> frozenset[str]:
    """Stems of the words that carry the claim; a state's name and adjective are one."""
    found = set()
    ordinary = words("function")
    for place in places_in(text):
        if place.form != "seat":
            found.add(f"@{place.code}")
            text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
    for whole in _TOKEN.findall(text):
        for part in (whole,) if "." in whole else _HYPHEN.split(whole):
            word = fold(part)
            if word and word not in ordinary:
                found.add(stem(word))
    return frozenset(found)


class Grounding:
    """What one article's words vouch for. ``extra`` is metadata that counts too: title, publisher, author."""

    def __init__(self, article: Article) -> None:
        self.article = article
        extra = (article.title, article.publisher, article.author)
        self._text = "\n".join((*(s.text for s in article.telling), *filter(None, extra)))

    @cached_property
    def _words(self) -> frozenset[str]:
        found = set()
        for match in tokens(self._text):
            word = fold(match[0])
            found.add(word)
            if "-" in word:
                found.update(filter(None, word.split("-")))
            if "." in word:
                found.add(word.replace(".", ""))
        return frozenset(found)

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self._words)

    @cached_property
    def _states(self) -> frozenset[str]:
        return frozenset(place.code for place in places_in(self._text) if place.form != "seat")

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(numbers_in(self._text))

    @cached_property
    def _squeezed(self) -> str:
        return _squeeze(self._text)

    @cached_property
    def _sentence_stems(self) -> tuple[frozenset[str], ...]:
        telling = set(self.article.telling)
        return tuple(content_stems(s.text) if s in telling else frozenset() for s in self.article.sentences)

    @cached_property
    def stems_of_all(self) -> frozenset[str]:
        """Content words of the whole article, title and publisher with it."""
        return content_stems(self._text)

    @cached_property
    def _runs_of_words(self) -> frozenset[tuple[str, ...]]:
        return frozenset(_runs_of("\n".join(sentence.text for sentence in self.article.telling)))

    @cached_property
    def _links(self) -> frozenset[str]:
        return frozenset(_URL.findall(self._text))

    def has_phrase(self, phrase: str) -> bool:
        """Whether the article has these words in this order, in any case."""
        return _squeeze(phrase).strip() in self._squeezed

    def ungrounded_names(self, text: str) -> list[str]:
        """Capitalised words of ``text`` that the article does not have (G05), and links it does not have."""
        linked = _LINKED.search(text) is not None
        missing = [url for url in _URL.findall(text) if url not in self._links] if linked else []
        covered: set[int] = set()
        for place in places_in(text):
            if place.form != "seat" and place.code in self._states:
                covered.update(range(place.start, place.end))
        words_left = tokens(_URL.sub(lambda found: " " * len(found[0]), text) if linked else text)
        capitals = [match for match in words_left if match[0][0].isupper() and match.start() not in covered]
        return [*missing, *(match[0] for match in capitals if not self._grounded(match, text))]

    def _grounded(self, match: re.Match[str], text: str) -> bool:
        word = fold(match[0])
        parts = [part for part in word.split("-") if part]
        if word in self._words or word.replace(".", "") in self._words or stem(word) in self._stems:
            return True
        if len(parts) > 1 and all(part in self._words or stem(part) in self._stems for part in parts):
            return True
        if word in words("function"):
            return True
        if not text[: match.start()].strip(" “\"'‘(") and self._is_akin(word):
            return True
        return bool(
            _SENTENCE_START.search(
                text[max(0, match.start() - 20) : match.start()]
                if match.start() > 20
                else text[: match.start()]
            )
        ) and _is_ordinary(word)

    def _is_akin(self, word: str) -> bool:
        """Whether an ordinary word that opens a text is of one root with a word of the article ("Respond")."""
        root = word[:_ROOT]
        small = word not in words("names_like_words") and not places_in(word.title())
        return small and len(word) > _ROOT and any(other.startswith(root) for other in self._small_words)

    @cached_property
    def _small_words(self) -> frozenset[str]:
        return frozenset(fold(found) for found in re.findall(r"(?<!\w)[a-z]{5,}", self._text))

    def ungrounded_numbers(self, text: str) -> list[str]:
        """Figures of ``text`` that the article has neither in digits nor in words (G06)."""
        return [shown for number, shown in numbers_in(text).items() if number not in self._numbers]

    def altered_quotes(self, text: str) -> list[str]:
        """Passages of ``text`` in quotation marks that are not verbatim in the article (G07)."""
        return [
            quote for quote in _QUOTED.findall(text) if _squeeze(quote).strip(" ,.") not in self._squeezed
        ]

    def copied(self, text: str) -> str | None:
        """The first twelve words in a row, quotations left out, that the article has in this order (G08, I21)."""
        for passage in _QUOTED.split(text)[::2]:
            words_of = [match[0] for match in tokens(passage)]
            for at, run in enumerate(_runs_of(passage)):
                if run in self._runs_of_words:
                    return " ".join(words_of[at : at + MOST_COPIED + 1])
        return None

    def support(self, text: str, sentences: Iterable[int]) -> float:
        """Share of the claim's content words that these sentences have, from 0 to 1 (G02)."""
        claim = content_stems(text)
        if not claim:
            return 0.0
        carried: set[str] = set()
        for n in sentences:
            carried |= self._sentence_stems[n - 1]
        return len(claim & carried) / len(claim)

    def carrying(self, text: str, *, at_least: float) -> int | None:
        """Number of the sentence that carries the claim best, if one carries ``at_least`` that share."""
        claim = content_stems(text)
        if not claim:
            return None
        best = max(
            range(len(self._sentence_stems)),
            key=lambda at: len(claim & self._sentence_stems[at]),
            default=None,
        )
        if best is None or len(claim & self._sentence_stems[best]) / len(claim) < at_least:
            return None
        return best + 1


def _runs_of(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of words that is one too long to be copied, folded."""
    folded = [fold(match[0]) for match in tokens(text)]
    return zip(*(folded[at:] for at in range(MOST_COPIED + 1)), strict=False)


def _is_ordinary(word: str) -> bool:
    if word in words("names_like_words") or places_in(word.title()):
        return False
    return word in words("openers") | words("aim_verbs") or word.endswith(
        tuple(table("words")["opener_endings"])
    )


def _squeeze(text: str) -> str:
    text = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').casefold()
    return " ".join(text.split())


def is_negated(text: str, start: int, end: int | None = None) -> bool:
    """Whether a negation stands before ``text[start:]`` in the same clause (or inside ``text[start:end]``)."""
    left = re.split(r"[,;:]|\bbut\b|\balthough\b|\bwhile\b", text[:start])[-1]
    return bool(cue("negations").search(left[-80:]) or cue("negations").search(text[start : end or start]))
