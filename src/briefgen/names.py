"""Names of an article: where they stand, what is title and what is name, whose kind their words tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefgen.geography import country_of, places_in, seat_of
from briefgen.grounding import fold, fold_name
from briefgen.lexicon import cue, table, words

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import ActorKind

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
ADJECTIVES = ("an", "ian", "ic", "ish", "ese", "i", "er")
"""Endings that make an adjective of a state's name."""


@dataclass(frozen=True, slots=True)
class NameMention:
    """A capitalised name in sentence ``n`` at ``sentence.text[start:end]``."""

    text: str
    n: int
    start: int
    end: int


def shares_stem(word: str, name: str) -> bool:
    """Whether a folded adjective belongs to a folded state's name: all but the name's ending in common."""
    keep = max(4, len(name) - 2)
    return " " not in name and len(name) >= 4 and word[:keep] == name[:keep]


def kind_of(name: str, suggested: ActorKind | None) -> ActorKind:
    """The kind, by the words of the name where they settle it, else as the model suggested."""
    if country_of(name):
        return "government"
    settled = _kind_described(name) or _kind_of_body(name, suggested)
    if settled:
        return settled
    if seat_of(name):
        return "government"
    if cue("group", of="people").search(fold_name(name)) and not name[:1].isupper():
        return "group"
    return suggested or ("person" if looks_like_person(name) else "group")


def _kind_described(name: str) -> ActorKind | None:
    """Of a description: "UN diplomats", "analysts at the Harbour Institute", "Pentagon spokesman"."""
    parts = name.split()
    plurals = words("office_plurals", of="people")
    if fold(parts[0]) in plurals or fold(parts[-1]) in plurals:
        return "group"
    office = fold(parts[-1]) in words("offices", of="people") and len(parts) > 1 and parts[-1].islower()
    if office or (name[:1].islower() and cue("offices", of="people").search(name)):
        return "person"
    return None


def _kind_of_body(name: str, suggested: ActorKind | None) -> ActorKind | None:
    capitals = {fold(part) for part in name.split() if part.isupper() or "." in part}
    if words("bodies", of="people") & capitals or " & " in name:
        return "organisation"
    kinds: tuple[ActorKind, ...] = ("government", "organisation", "media")
    for kind in kinds:
        listed = cue(kind, of="people").search(fold_name(name))
        if listed and not (suggested == "media" and kind == "organisation"):
            return kind
    return None


def looks_like_person(name: str) -> bool:
    parts = name.split()
    return 1 <= len(parts) <= 5 and all(
        part[:1].isupper() or part.startswith(("al-", "el-")) or part in words("name_particles", of="people")
        for part in parts
    )


def is_description(name: str) -> bool:
    """Whether these are words for somebody whom the article does not name ("Norland's trade envoy in Selm")."""
    small = [part for part in name.split() if part[:1].islower()]
    plain = [part for part in small if fold(part) not in words("name_particles", of="people")]
    known = cue("offices", of="people").search(name) or cue("office_plurals", of="people").search(name)
    return bool(plain) and bool(known)


def initials_of(name: str) -> str:
    """ "HU" of "Harbour Union"; "" for a single word, a state, a person's name with small letters in it."""
    parts = [
        part
        for part in name.removeprefix("the ").removeprefix("The ").split()
        if part not in {"of", "and", "the", "for"}
    ]
    if len(parts) < 2 or country_of(name) or not all(part[:1].isupper() for part in parts):
        return ""
    return "".join(part[0] for part in parts)


@lru_cache(maxsize=8192)
def is_body(name: str) -> bool:
    """Whether the name is of a government body, organisation or medium by its words."""
    return any(cue(kind, of="people").search(name) for kind in ("government", "organisation", "media"))


@lru_cache(maxsize=8192)
def strip_titles(name: str) -> str:
    """A person's name without what stands before it: "Russian President Vladimir Putin", "Sen. Leahy"."""
    parts = name.split()
    if not parts or is_body(parts[-1]):
        return name.removeprefix("the ").removeprefix("The ")  # "Kestrian Foreign Ministry" is one name
    for place in places_in(name):
        if place.form == "adjective" and place.start == 0 and place.end < len(name):
            rest = name[place.end :].split()
            parts = rest if is_title(rest[0]) else parts
            break
    inside = [at for at, part in enumerate(parts[1:-1], 1) if is_title(part)]
    before = parts[: inside[-1]] if inside else []
    if before and all(part[:1].isupper() or _joins_portfolios(before, at) for at, part in enumerate(before)):
        parts = parts[inside[-1] + 1 :]  # "Norlandic Foreign Minister Ada Rell"
    elif parts[0] == "Secretary" and parts[1:2] == ["of"]:
        parts = parts[1:]
    if parts[0] == "of" and len(parts) > 2:  # "Secretary of State Ada Rell"
        parts = parts[1:]
        while len(parts) > 1 and fold(parts[0]) in words("portfolios", of="people") | {
            "state",
            "homeland",
            "security",
        }:
            parts = parts[1:]
    while len(parts) > 1 and is_title(parts[0]) and (_starts_name(parts[1]) or is_title(parts[1])):
        parts.pop(0)
    return " ".join(parts)


def is_title(word: str) -> bool:
    titles = words("titles", of="people")
    return fold(word) in titles or fold(word).strip(".,") in titles


def _starts_name(word: str) -> bool:
    return (
        word[:1].isupper()
        or word.startswith(("al-", "el-"))
        or word in {"bin", "ibn", "de", "van", "von", "el", "al"}
    )


def is_full_name_of(full: str, word: str) -> bool:
    """Whether a longer name is a person's who goes by ``word``: by the surname, or the first name before it."""
    parts = [fold(part) for part in full.split()]
    if not 2 <= len(parts) <= 4 or is_body(full) or parts[-1] in words("place_words", of="people"):
        return False
    if any(place.end - place.start == len(full) for place in places_in(full)) or {"of", "for"} & set(parts):
        return False
    return fold(word) in (parts[0], parts[-1], parts[-1].removeprefix("al-").removeprefix("el-"))


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
        born = word.rpartition("-")[2] in _SUFFIXES and "-" in word and " " in text[start:end]
        if not (ordinary or born):  # "Siberian-born Lind"
            return start
        start = min(end, start + len(text[start:end].split(maxsplit=1)[0]))
        gap = re.match(r"(?:\s+of(?:\s+the)?(?=\s))?\s*", text[start:end])
        start += gap.end() if gap else 0
    return end


def _is_opener(word: str) -> bool:
    known = word in words("openers") or word in table("words")["numbers"]
    return known or word.endswith(("ly", *table("words")["opener_endings"]))


def _is_no_name(text: str) -> bool:
    folded = fold_name(text)
    parts = [part for part in re.split(r"[\s-]", folded) if part]
    if folded in words("offices", of="people") or all(is_title(part) for part in parts):
        return True
    if all(part in _SUFFIXES or _is_adjective(part) for part in parts):
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
    return bool(
        re.search(r"-(?:supplied|backed|led|linked|made|born|mediated|based|controlled|occupied)$", text)
    )


_SUFFIXES = frozenset(
    {"backed", "led", "linked", "supplied", "made", "born", "based", "controlled", "occupied", "mediated"}
)


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
            gap == " and " and _is_portfolio(text[runs[-1][0] : runs[-1][1]]) and _is_portfolio(match[0])
        )
        if one_office or (
            _NAME_GAP.match(gap) and not _is_day(match[0]) and not _of_a_state(text, runs[-1], gap, start)
        ):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
        closed = possessive or _is_day(match[0])
    return runs


def _joins_portfolios(parts: list[str], at: int) -> bool:
    return parts[at] == "and" and at > 0 and _is_portfolio(parts[at - 1])


def _after_its_state(text: str, start: int, end: int) -> int:
    """ "the envoy to Norland Bo Lind": the person starts behind the state."""
    before = re.search(r"(\w+)\s(?:to|in|of)\s(?:the\s)?$", text[max(0, start - 40) : start])
    if before is None or fold(before[1]) not in words("offices", of="people"):
        return start
    places = [p for p in places_in(text[start:end]) if p.form == "name" and p.start == 0]
    rest = text[start + places[0].end : end].strip() if places else ""
    return end - len(rest) if " " in rest and not is_body(rest) else start


def _is_portfolio(text: str) -> bool:
    """ "Natural Resources", "Ministry of Natural Resources": ends with what a ministry is for."""
    return fold(text.rsplit(maxsplit=1)[-1]) in words("portfolios", of="people")


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


def find_folded(article: Article, name: str) -> str | None:
    """The name as one of the article's sentences has it, in this case if possible, or ``None``."""
    form = name_pattern(name)
    for pattern in (re.compile(form), re.compile(form, re.IGNORECASE)):
        for sentence in article.telling:
            match = pattern.search(sentence.text)
            if match:
                return match[0]
    return None


def name_pattern(*names: str) -> str:
    """A pattern for any of these names as whole words, with either apostrophe; the longest first."""
    ordered = sorted(set(names), key=len, reverse=True)
    forms = (r"\s+".join(re.escape(word) for word in name.replace("’", "'").split()) for name in ordered)
    return rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)".replace("'", "['’]")
