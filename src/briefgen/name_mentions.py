"""Where an article names somebody: runs of capitalised words, without the ordinary words that open a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefgen.geography import country_of, places_in
from briefgen.grounding import fold, fold_name
from briefgen.lexicon import table, words
from briefgen.names import is_body, is_portfolio, is_title

if TYPE_CHECKING:
    from briefgen.article import Article

_CAPITALISED = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:al-|el-|bin |ibn |de |van |von |O['’])?[A-Z][^\W\d_]*(?:['’.-]\w+)*(?:\.(?=\s[A-Z]))?"
)
_NAME_GAP = re.compile(r"^(?:\s|–|\s&\s|\s(?:of|of the|for|bin|ibn|al|el|de|del|da|di|van|von|der|la)\s)$")
_DATELINE = re.compile(
    r"[A-Z][A-Z .,/’'-]{2,40}[^.a-z]?[^.]{0,30}?(?:\([A-Z][\w ]{1,20}\)\s?[-–—_]+|[—–]|--|\s-\s)"
)
""" "OSTIA, Norland (HU) -": where the story was written and for whom; nobody of it."""
_OPENING = 3
"""How many sentences may open with a dateline; a byline can stand before it."""


@dataclass(frozen=True, slots=True)
class NameMention:
    """A capitalised name in sentence ``n`` at ``sentence.text[start:end]``."""

    text: str
    n: int
    start: int
    end: int


@lru_cache(maxsize=64)
def names_in(article: Article) -> tuple[NameMention, ...]:
    """Every capitalised name of the article, the ordinary words that open a sentence left out."""
    small = set(re.findall(r"(?<![\w'’])[a-z][\w'’-]*", article.text))
    found = []
    for sentence in article.telling:
        line = _DATELINE.match(sentence.text) if sentence.n <= _OPENING else None
        for run_start, end in _runs(sentence.text):
            if line and end <= line.end():
                continue
            start = _skip_ordinary(sentence.text, run_start, end, small)
            start = _after_its_state(sentence.text, start, end)
            text = sentence.text[start:end]
            if len(text) > 1 and not _is_no_name(text):
                found.append(NameMention(text, sentence.n, start, end))
    places = {mention.text for mention in found if _is_place(mention, article)}
    return tuple(mention for mention in found if mention.text not in places)


def _is_place(mention: NameMention, article: Article) -> bool:
    """ "the Sarn dam", "the port of Sel"."""
    text = article.sentence(mention.n).text
    behind = re.match(r"\s([a-z]+)", text[mention.end :])
    if behind and behind[1] in words("place_nouns", of="people"):
        return True
    before = re.search(
        r"\b([a-z]+)\s(?:of|near)\s(?:the\s)?$", text[max(0, mention.start - 40) : mention.start]
    )
    return (
        before is not None and before[1] in words("settlements", of="people") and not country_of(mention.text)
    )


def _skip_ordinary(text: str, start: int, end: int, small: set[str]) -> int:
    """Move ``start`` past words that are capitalised only because of where they stand."""
    while start < end:
        word = fold(text[start:end].split(maxsplit=1)[0].strip(".,"))
        opens = start == 0 or text[start - 1] in "“\"‘'([" or text[start - 2 : start] == ". "
        ordinary = word in words("function") or word in words("not_actors", of="people")
        if opens and word in words("office_plurals", of="people"):  # "Leaders of African Union"
            ordinary = True
        if not ordinary and opens and len(text[start:end].split()) <= 2:
            ordinary = word in small or f"{word}s" in small or _is_opener(word)
        born = word.rpartition("-")[2] in _suffixes() and "-" in word and " " in text[start:end]
        if not (ordinary or born):  # "Siberian-born Lind"
            return start
        start = min(end, start + len(text[start:end].split(maxsplit=1)[0]))
        gap = re.match(r"(?:\s+of(?:\s+the)?(?=\s))?\s*", text[start:end])
        start += gap.end() if gap else 0
    return end


def _suffixes() -> frozenset[str]:
    """What makes an adjective of a name: "Russian-backed"."""
    return words("made_adjectives", of="people")


def _is_opener(word: str) -> bool:
    known = word in words("openers") or word in table("words")["numbers"]
    return known or word.endswith(("ly", *table("words")["opener_endings"]))


def _is_no_name(text: str) -> bool:
    folded = fold_name(text)
    parts = [part for part in re.split(r"[\s-]", folded) if part]
    if folded in words("offices", of="people") or all(is_title(part) for part in parts):
        return True
    if all(part in _suffixes() or _is_adjective(part) for part in parts):
        return True
    if len(parts) > 1 and set(parts) <= words("portfolios", of="people") | {"and", "of"}:
        return True  # "Natural Resources and Environment"
    if (
        parts[0] in words("regions", of="people")
        and country_of(text.partition(" ")[2])
        and not country_of(text)
    ):
        return True  # "Northern Syria": a place
    if {parts[0], parts[-1]} & words("events", of="people"):
        return True
    if folded in words("not_actors", of="people") | words("regions", of="people") or re.match(
        r"[RDI]-[A-Z]", text
    ):
        return True
    if any(p.form == "adjective" and p.start == 0 and p.end == len(text) for p in places_in(text)):
        return True
    return text.rpartition("-")[2] in _suffixes() and "-" in text


def _is_adjective(word: str) -> bool:
    places = places_in(word.capitalize())
    return bool(places) and places[0].form == "adjective" and places[0].end == len(word)


def _runs(text: str) -> list[tuple[int, int]]:
    """Spans of capitalised words that belong together; a possessive ends a name."""
    runs: list[tuple[int, int]] = []
    closed = True
    for match in _CAPITALISED.finditer(text):
        start, end = match.start(), match.end()
        if start and (text[start - 1].isalnum() or text[start - 1] in "'’-."):
            continue
        possessive = text[start:end].endswith(("'s", "’s")) and text[end : end + 9] != " Republic"
        if possessive:
            end -= 2
        gap = "" if closed else text[runs[-1][1] : start]
        one_office = (
            gap == " and " and is_portfolio(text[runs[-1][0] : runs[-1][1]]) and is_portfolio(match[0])
        )
        if one_office or (
            _NAME_GAP.match(gap) and not _is_day(match[0]) and not _of_a_state(text, runs[-1], gap, start)
        ):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
        closed = possessive or _is_day(match[0])
    return runs


def _after_its_state(text: str, start: int, end: int) -> int:
    """ "the envoy to Norland Bo Lind": the person starts behind the state."""
    before = re.search(r"(\w+)\s(?:to|in|of)\s(?:the\s)?$", text[max(0, start - 40) : start])
    if before is None or fold(before[1]) not in words("offices", of="people"):
        return start
    places = [p for p in places_in(text[start:end]) if p.form == "name" and p.start == 0]
    rest = text[start + places[0].end : end].strip() if places else ""
    return end - len(rest) if " " in rest and not is_body(rest) else start


def _is_day(word: str) -> bool:
    return fold(word.strip(".")) in words("not_actors", of="people")


def _of_a_state(text: str, run: tuple[int, int], gap: str, start: int) -> bool:
    """ "Hassan Rouhani of Iran": the person ends before "of"; "thanked Bo Lind for Norland's help"."""
    places = places_in(text[start : start + 40])
    if gap == " for " and not is_body(text[run[0] : run[1]]):
        follows = text[start:].split(maxsplit=1)[0].partition("-")[0]
        return bool(places and places[0].start == 0) or is_title(follows)
    if " of" not in gap:
        return False
    whole = text[run[0] : start + (places[0].end if places else 0)]
    if country_of(whole):
        return False  # "Islamic Republic of Iran" is one name
    return len(text[run[0] : run[1]].split()) > 1 and bool(places) and places[0].start == 0
