"""Whether the words of a retold sentence stand in its sentence of the article as they stand in the retold one.

What carries the meaning may not change at all: names, states, numbers with what they count, times, offices, the
order of the names, words of order and cause. The rest may be reworded (:mod:`briefgen.faithfulness`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from briefgen.attribution import sources_in
from briefgen.geography import places_in
from briefgen.grounding import content_stems, fold, numbers_in, stem, tokens
from briefgen.lexicon import cue, table, words
from briefgen.names import name_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefgen.cast import Cast, Member

_CAPITALISED = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]+")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|his|her|its|their|him|them)\b", re.IGNORECASE)
_ROW = re.compile(r"\S+(?:\s[A-Z]\S*)*,?\s+(?:and|or)\s+(?:the\s+)?")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?\w+")
_AGENT = re.compile(r"\bby\s+(?:the\s+|an?\s+)?(?:[A-Za-z]+\s+){0,4}$")
_FRONTED = re.compile(
    r"(?:In|At|On|After|Before|During|Since|For|With|From|Following|Ahead of|Under|Among|Through|By)\s[^,]{2,80},"
)
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_KEY = 5
"""How many letters of a name tell it: an invented state and its adjective are one."""
_NEAR = 4
"""How many words before a noun its adjective may stand."""


@dataclass(frozen=True)
class Telling:
    """A claim beside sentence ``n`` (and others that it rests on)."""

    claim: str
    n: int
    cast: Cast
    others: tuple[int, ...] = ()
    headline: bool = False
    """A headline takes offices for names ("minister"), from anywhere in the article."""

    @cached_property
    def text(self) -> str:
        """What the claim retells: its sentences."""
        numbers = dict.fromkeys((self.n, *self.others))
        return " ".join(self.cast.article.sentence(n).text for n in numbers)

    @cached_property
    def near(self) -> str:
        """The same, with the sentence before where a pronoun leans on it."""
        leans = self.n > 1 and _PRONOUN.search(self.text)
        return f"{self.cast.article.sentence(self.n - 1).text} {self.text}" if leans else self.text

    @cached_property
    def spoken_of(self) -> tuple[Member, ...]:
        """Members that these sentences name; a pronoun may stand for one named in the two sentences before."""
        back = 2 if _PRONOUN.search(self.text) else 0
        numbers = {k for n in (self.n, *self.others) for k in range(max(1, n - back), n + 1)}
        found = {m.member.id: m.member for n in numbers for m in self.cast.mentions(n)}
        return tuple(found.values())

    @cached_property
    def known(self) -> frozenset[str]:
        """Stems of the sentences, and of the full names of those they speak of."""
        names = [name for member in self.spoken_of for name in member.names]
        return content_stems(self.near) | content_stems(" ".join(names))

    @cached_property
    def bare(self) -> str:
        """The claim without the offices that the article gives those it names: "Putin" for "President Putin"."""
        found = self.claim
        for member in self.spoken_of:
            offices = self.cast.book.roles(member.names) if member.kind == "person" else ()
            own = content_stems(" ".join((*offices, member.role or "")))
            found = _without_office(found, member.names, own) if own else found
        return found


def _without_office(text: str, names: tuple[str, ...], office: frozenset[str]) -> str:
    """Blank out the words of an office before or behind a name."""
    for match in any_name(names).finditer(text):
        start = match.start()
        for word in reversed(list(tokens(text[: match.start()]))):
            own = content_stems(word[0]) <= office and not cue("reporting").fullmatch(word[0])
            if not own or text[word.end() : start].strip(" ’'s"):
                break
            start = word.start()
        behind = re.match(r",\s+(?:the\s+|an?\s+)?([^,]+?)(?=,|\.|$)", text[match.end() :])
        end = match.end() + behind.end() if behind and content_stems(behind[1]) <= office else match.end()
        text = (
            text[:start] + " " * (match.start() - start) + match[0] + " " * (end - match.end()) + text[end:]
        )
    return text


def changes(telling: Telling) -> Iterator[tuple[str, str]]:
    """Code and message of everything that the claim changes of what may not change."""
    yield from _numbers(telling)
    yield from _names(telling)
    yield from _exact_words(telling)
    yield from _attached(telling)
    yield from _opposites(telling)
    for name in _turned(telling):
        yield "G02", f"{name} stands elsewhere among the names of sentence {telling.n}"


def _numbers(telling: Telling) -> Iterator[tuple[str, str]]:
    for number, shown in _figures(telling.claim).items():
        if number not in _figures(telling.text):
            yield "G02", f"“{shown}” is not in sentence {telling.n}"


def _names(telling: Telling) -> Iterator[tuple[str, str]]:
    """Every name and state of the claim is one that the sentence speaks of."""
    states = {each for each in content_stems(telling.bare) if each.startswith("@")}
    if states - telling.known:
        yield "G02", f"sentence {telling.n} does not speak of every state named"
    known = {word[:_KEY] for word in telling.known} | {fold(m[0])[:_KEY] for m in tokens(telling.near)}
    named = tuple(_name_words(telling.bare, telling.cast))
    for name in named:
        if fold(name)[:_KEY] not in known and stem(fold(name))[:_KEY] not in known:
            yield "G02", f"sentence {telling.n} does not speak of {name}"
    if not _PRONOUN.search(telling.text):
        told = Counter(fold(match[0])[:_KEY] for match in _CAPITALISED.finditer(telling.text))
        for name, times in Counter(fold(name)[:_KEY] for name in named).items():
            if 0 < told[name] < times:
                yield "G02", f"sentence {telling.n} does not name it so often: “{name}…”"


def _name_words(text: str, cast: Cast) -> Iterator[str]:
    """Capitalised words that are names: inside the sentence, or at its start if the article has the name."""
    covered = [(place.start, place.end) for place in places_in(text)]
    (listed,) = cast.remember("words of names", 0, lambda: (_words_of(cast),))
    for match in _CAPITALISED.finditer(text):
        if any(start <= match.start() < end for start, end in covered):
            continue
        if match.start() or fold(match[0]) in listed:
            yield match[0]


def _words_of(cast: Cast) -> frozenset[str]:
    return frozenset(fold(word) for mention in cast.names for word in mention.text.split())


def _exact_words(telling: Telling) -> Iterator[tuple[str, str]]:
    """Words of time, order and cause, units and offices: none that the sentence does not have."""
    told = _stems(telling.text)
    told |= {stem(word) for member in telling.spoken_of for word in fold(" ".join(member.names)).split()}
    listed = _to_be_kept(telling.headline)
    if telling.headline:
        yield from _offices(telling)
    for match in tokens(telling.bare):
        word = fold(match[0])
        month = word in words("months") and match[0][0].islower()
        if word in listed and not month and stem(word) not in told:
            yield "G02", f"“{match[0]}” is not in sentence {telling.n}"


@cache
def _to_be_kept(headline: bool) -> frozenset[str]:
    listed = words("exact", of="retelling") | words("months")
    return listed if headline else listed | words("offices", of="people")


def _offices(telling: Telling) -> Iterator[tuple[str, str]]:
    """A headline's "Norlandic minister" stands like this somewhere in the article."""
    row = [match[0] for match in tokens(telling.claim)]
    for at, word in enumerate(row):
        small = word.islower() and word in words("offices", of="people")
        before = next((each for each in reversed(row[max(0, at - 2) : at]) if each[:1].isupper()), None)
        if small and before:
            pair = rf"{re.escape(fold(before)[:_KEY])}[\w’'-]*\s(?:\w+\s){{0,2}}{re.escape(word)}"
            if not re.search(pair, telling.cast.article.text, re.IGNORECASE):
                yield "G02", f"the article does not speak of a {before} {word}"


def _attached(telling: Telling) -> Iterator[tuple[str, str]]:
    """A state's adjective or a number stands before the same noun as in the sentence."""
    told = _nouns(telling.near, _NEAR)
    for noun, before in _nouns(telling.claim, 1).items():
        if noun in told and noun not in words("offices", of="people") and before - told[noun]:
            yield "G02", f"sentence {telling.n} speaks of another “{noun}”"


@lru_cache(maxsize=1024)
def _nouns(text: str, reach: int) -> Mapping[str, set[str]]:
    """Stem of each word to the states and numbers that stand at most so many words before it."""
    states = [
        (place.end, f"@{place.code}")
        for place in places_in(text)
        if place.form == "adjective" or re.match(r"['’]s", text[place.end :])
    ]
    found: dict[str, set[str]] = {}
    row = list(tokens(text))
    for at, match in enumerate(row):
        first = row[max(0, at - reach)].start()
        kinds = {code for end, code in states if first < end <= match.start()}
        counted = fold(match[0]) in words("exact", of="retelling")
        if at and counted and text[row[at - 1].end() : match.start()].isspace():
            kinds |= {number for number in numbers_in(row[at - 1][0]) if not _YEAR.fullmatch(number)}
        found.setdefault(stem(fold(match[0])), set()).update(kinds)
    return found


def _opposites(telling: Telling) -> Iterator[tuple[str, str]]:
    """ "reduced" for "increased", "before" for "after"."""
    claim, told = _stems(telling.claim), _stems(telling.text)
    for first, second in _opposed():
        if claim & first and not told & first and told & second and not claim & second:
            yield "G02", f"sentence {telling.n} says the opposite of “{min(claim & first)}”"


@cache
def _opposed() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """The stems of each list of words and of the list against it, either way round."""
    pairs = [
        (frozenset(map(stem, one)), frozenset(map(stem, other)))
        for one, other in table("retelling")["opposites"]
    ]
    return tuple(each for first, second in pairs for each in ((first, second), (second, first)))


# A sentence is held against many claims, and a claim against many sentences: what is read of each is kept.


@lru_cache(maxsize=1024)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(fold(match[0])) for match in tokens(text))


@lru_cache(maxsize=1024)
def _figures(text: str) -> Mapping[str, str]:
    return numbers_in(text)


@dataclass(frozen=True, slots=True)
class _Named:
    """A name or state where it first stands: ``row`` numbers the rows ("Dravia and Sorland" are one)."""

    key: str
    start: int
    row: int


def _turned(telling: Telling) -> Iterator[str]:
    """Names that stand the other way round in the sentence, unless a passive or a fronted phrase turned them."""
    claim, text = _without_sources(telling.claim), _without_sources(telling.text)
    told = {named.key: named for named in _in_order(text)}
    behind, after = (found.end() if (found := _FRONTED.match(each)) else 0 for each in (text, claim))
    named = [each for each in _in_order(claim) if each.key in told]
    named = [each for each in named if told[each.key].start >= behind and each.start >= after]
    for at, first in enumerate(named):
        for second in named[at + 1 :]:
            one, other = told[first.key], told[second.key]
            if first.row == second.row or one.row == other.row:
                continue
            reversed_ = one.start > other.start
            voices = _passive_between(claim, first, second) != _passive_between(
                text, *sorted((one, other), key=_start)
            )
            if reversed_ != voices:
                yield telling.claim[first.start :].split(maxsplit=1)[0]


def _start(named: _Named) -> int:
    return named.start


def _passive_between(text: str, first: _Named, second: _Named) -> bool:
    """ "Norland was accused by Velia": the second is the agent."""
    between = text[first.start : second.start]
    return _PASSIVE.search(between) is not None and _AGENT.search(between) is not None


@lru_cache(maxsize=1024)
def _without_sources(text: str) -> str:
    """The text, those who only tell blanked out: "she said" may stand before or behind."""
    for source in sources_in(text):
        if not cue("accusing").fullmatch(source.cue):
            text = text[: source.start] + " " * (source.end - source.start) + text[source.end :]
    return text


@lru_cache(maxsize=1024)
def _in_order(text: str) -> Sequence[_Named]:
    """States and names of the text in order, each once."""
    found = [(place.start, place.code) for place in places_in(text) if place.form == "name"]
    covered = [(place.start, place.end) for place in places_in(text)]
    found += [
        (match.start(), fold(match[0])[:_KEY])
        for match in _CAPITALISED.finditer(text)
        if not any(start <= match.start() < end for start, end in covered)
        and not (match.start() == 0 and fold(match[0]) in words("function") | words("openers"))
        and fold(match[0]) not in words("regions", of="people") | words("not_actors", of="people")
    ]
    ordered: list[_Named] = []
    row = last = 0
    for at, key in sorted(found):
        gap = text[last:at]
        same_name = " " not in gap.strip() and gap.strip().istitle()
        row += bool(ordered) and not _ROW.fullmatch(gap) and not same_name
        if key not in {named.key for named in ordered}:
            ordered.append(_Named(key, at, row))
        last = at
    return ordered


def names_anybody(text: str, names: tuple[str, ...]) -> bool:
    """Whether the text has one of these names as whole words."""
    return any_name(names).search(text) is not None


@lru_cache(maxsize=2048)
def any_name(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of these names as whole words."""
    return re.compile(name_pattern(*names))
