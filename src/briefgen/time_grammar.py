"""The grammar of time phrases in English news prose.

A sentence becomes *clock text*: one word per token, each followed by a space, lower case, in which names and
numbers of the calendar are replaced by upper-case classes ("as early as June 18" is ``as early as MONTH
DAY ``). The grammar is regular expressions over clock text without nested quantifiers, so that the time
taken grows with the length of the text only. :mod:`briefgen.time_phrases` finds phrases with it,
:mod:`briefgen.timing` reads them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from briefgen.lexicon import table

_TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?![\w-])"
    r"|\d+(?:,\d{3}(?!\d))*(?:\.\d+)?(?:st|nd|rd|th|s)?"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|weds?|thu|thurs?|fri|sat|sun)\.(?!\w)"
    r"|[^\W\d_]+|[^\w\s]|_",
    re.IGNORECASE,
)
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"1[0-9]{3}|2[01][0-9]{2}|(?:1[0-9]|2[01])[0-9]0s")
_NEAR = 60
_JOIN = "(?:-|to|and|or|through|until|till) "
_SMALL = re.compile(r"[0-9]{3,4}")
_SAME = str.maketrans("’‘–‑‐−", "''----")


class Token(NamedTuple):
    """A word, number or mark: ``source[start:end]``, lower-case ``word``; ``name`` and ``value`` of its class."""

    start: int
    end: int
    word: str
    capital: bool
    name: str = ""
    value: int = 0


@dataclass(frozen=True, slots=True)
class ClockText:
    """Clock text and, for each token, where it stands in ``text``."""

    text: str
    starts: tuple[int, ...]
    tokens: tuple[Token, ...]

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens of ``text[start:end]``."""
        return self.tokens[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def clock_text(source: str, *, prose: bool = True) -> ClockText:
    """Turn ``source`` into clock text.

    In ``prose`` a month needs a capital, and "May", "March" and abbreviations also a neighbour that shows
    that they are months. A phrase by itself (``prose=False``) is about time already: any case will do.
    """
    raw = []
    for found in _TOKEN.finditer(source):
        word = found[0].translate(_SAME).lower()
        raw.append(Token(found.start(), found.end(), word, found[0][0].isupper(), word))
    starts, tokens, at = [], [], 0
    for index, token in enumerate(raw):
        name, value = _class_of(raw, index, prose=prose)
        starts.append(at)
        tokens.append(token if name == token.word else token._replace(name=name, value=value))
        at += len(name) + 1
    words = "".join(token.name + " " for token in tokens)
    return ClockText(words, tuple(starts), tuple(tokens))


def _class_of(tokens: list[Token], index: int, *, prose: bool) -> tuple[str, int]:
    word = tokens[index].word
    if word[0].isdecimal():
        return _number_class(word)
    lexicon, bare = table("time"), word.rstrip(".") or word
    if bare in lexicon["months"] or bare in lexicon["month_abbreviations"]:
        if not prose or _is_month(tokens, index):
            return "MONTH", lexicon["months"].get(bare) or lexicon["month_abbreviations"][bare]
    elif word in lexicon["weekdays"] and (not prose or _is_weekday(tokens, index)):
        return "WEEKDAY", lexicon["weekdays"][word]
    elif bare in lexicon["weekday_abbreviations"] and _before_date(tokens, index):
        return "WEEKDAY", lexicon["weekday_abbreviations"][bare]
    return word, 0


def _number_class(word: str) -> tuple[str, int]:
    if day := _DAY.fullmatch(word):
        number = int(day[1])
        return ("DAY", number) if 1 <= number <= 31 else ("INT", number)
    if _ISO.fullmatch(word):
        return "ISO", 0
    if _YEAR.fullmatch(word):
        return ("DECADE", int(word[:4])) if word.endswith("s") else ("YEAR", int(word))
    return ("INT", int(word)) if _SMALL.fullmatch(word) else (word, 0)


def _word(tokens: list[Token], index: int) -> str:
    return tokens[index].word if 0 <= index < len(tokens) else ""


def _is_month(tokens: list[Token], index: int) -> bool:
    """Tell the month from the verb and the name: "in May", "May 5" and "a March summit", not "May said"."""
    lexicon, token = table("time"), tokens[index]
    if not token.capital:
        return False
    if token.word in lexicon["months"] and token.word not in lexicon["month_licence"]["words"]:
        return True
    before, behind = _word(tokens, index - 1), _word(tokens, index + 1)
    if before in {"a", "the"} and not behind[:1].isdecimal():
        noun = behind.isalpha() and not tokens[index + 1].capital
        rally = token.word == "march" and behind in lexicon["names"]["march_rallies"]
        return noun and not rally and token.word in lexicon["months"]
    if _has_number(tokens, index) or _has_month_beside(tokens, index):
        return True
    return before in lexicon["month_licence"]["before"] and not _has_name(tokens, index)


def _has_number(tokens: list[Token], index: int) -> bool:
    """Tell whether a day or year stands beside: "5 May", "May 5", "May 2020", "May, 2020"."""
    before, behind = _word(tokens, index - 1), _word(tokens, index + 1)
    year = _word(tokens, index + 2) if behind == "," else behind
    return bool(_DAY.fullmatch(before) or _DAY.fullmatch(behind) or _YEAR.fullmatch(year))


def _has_month_beside(tokens: list[Token], index: int) -> bool:
    joins, months = {"and", "or", "to", "-", "through"}, {*table("time")["months"]} - {"may"}
    behind = _word(tokens, index + 1) in joins and _word(tokens, index + 2) in months
    return behind or (_word(tokens, index - 1) in joins and _word(tokens, index - 2) in {*months, "mid"})


def _has_name(tokens: list[Token], index: int) -> bool:
    """Tell whether the sentence has a person of that name ("Theresa May"), not too far away."""
    month, titles = tokens[index].word, table("time")["names"]["titles"]
    around = tokens[max(0, index - _NEAR) : index + _NEAR]
    return any(
        behind.word == month and behind.capital and (before.word in titles or _is_given(before))
        for before, behind in pairwise(around)
    )


def _is_given(token: Token) -> bool:
    lexicon = table("time")
    known = {*lexicon["month_licence"]["before"], *lexicon["months"], "the", "a", "and", "or", "to"}
    return token.capital and token.word not in known and token.word not in lexicon["weekdays"]


def _is_weekday(tokens: list[Token], index: int) -> bool:
    names = table("time")["names"]
    if not tokens[index].capital or _word(tokens, index - 1) in names["before_weekday"]:
        return False
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    return behind is None or not (behind.capital and behind.word in names["after_weekday"])


def _before_date(tokens: list[Token], index: int) -> bool:
    at = index + 2 if _word(tokens, index + 1) in {",", "."} else index + 1
    lexicon, word = table("time"), _word(tokens, at)
    beside = _word(tokens, at + 1)
    months = {*lexicon["months"], *lexicon["month_abbreviations"]}
    if word.rstrip(".") in months:
        return beside[:1].isdecimal()
    return word[:1].isdecimal() and beside.rstrip(".") in months and tokens[index].capital


def _encoded(phrase: str) -> str:
    return "".join(found[0] + " " for found in _TOKEN.finditer(phrase))


def any_of(*phrases: str) -> str:
    """A pattern over clock text: any of the phrases, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(map(_encoded, phrases), key=len, reverse=True))) + ")"


@cache
def lead() -> str:
    """The pattern of what may stand before a time: bound, preposition, part, in this order (named groups)."""
    lexicon = table("time")
    bounds = any_of(*(phrase for phrases in lexicon["bounds"].values() for phrase in phrases))
    parts = any_of(*(phrase for phrases in lexicon["parts"].values() for phrase in phrases))
    prepositions = any_of(*lexicon["prepositions"]["words"])
    return f"(?P<bound>{bounds})?(?P<prep>{prepositions})?(?P<part>(?:the )?{parts})?"


@cache
def trail() -> str:
    """The pattern of a bound behind a time ("in June at the earliest")."""
    behind = table("time")["bounds_behind"]
    return f"(?P<behind>{any_of(*(phrase for phrases in behind.values() for phrase in phrases))})?"


def _units(*kinds: str) -> str:
    """The pattern of units of time, of these kinds or all; "quarter-century" is none."""
    units = table("time")["units"]
    return any_of(*(word for word, kind in units.items() if not kinds or kind in kinds)) + "(?!- )"


def _count() -> str:
    """The pattern of a number: "2", "two", "twenty-five"."""
    numbers = table("time")["numbers"]
    tens = any_of(*(word for word, value in numbers.items() if value >= 20))
    return f"(?:DAY |INT |{tens}- {any_of(*(word for word in numbers if word not in {'a', 'an'}))}|{any_of(*numbers)})"


@cache
def relative_words() -> str:
    """The pattern of what may stand before a unit, month, weekday or season: last, this, next, …"""
    return any_of(*(phrase for phrases in table("time")["relative"].values() for phrase in phrases))


@cache
def cores() -> dict[str, str]:
    """The grammar: a time without what stands before it, by kind. An earlier kind wins over a later one."""
    return {**_days(), **_longer()}


def _of_year() -> str:
    return f"(?:(?:, |of )?YEAR |(?:of )?{relative_words()}year |(?:of )?the year )"


def _days() -> dict[str, str]:
    lexicon, relative, of_year = table("time"), relative_words(), _of_year()
    morning = any_of(*lexicon["day_parts"]["words"])
    named = "(?:WEEKDAY (?:, )?(?:the )?)?"
    day = f"{relative}?{named}(?:MONTH (?:the )?DAY |(?:the )?DAY (?:of )?MONTH ){of_year}?"
    more = "(?:, DAY ){0,4}(?:, )?"
    weekday = f"WEEKDAY {morning}?"
    return {
        "days": f"{named}(?:MONTH (?P<first>DAY ){more}{_JOIN}(?P<last>DAY )(?!(?:of )?MONTH )"
        f"|(?:the )?(?P<from>DAY ){more}{_JOIN}(?:the )?(?P<to>DAY )(?:of )?MONTH ){of_year}?",
        "pair_of_days": f"(?P<a>{day}|ISO ){_JOIN}(?P<b>{day}|ISO )",
        "pair_of_weekdays": f"(?P<a>WEEKDAY ){morning}?(?:, WEEKDAY ){{0,4}}(?:, )?{_JOIN}(?:on )?"
        f"(?P<b>{weekday}(?:of )?{relative}week |WEEKDAY ){morning}?",
        "iso": "ISO ",
        "week_of": f"(?:the )?week (?:of|beginning|starting|from) (?P<day>{day})",
        "day": day,
        "weekday_of_week": f"{weekday}(?:of )?(?P<rel>{relative})week ",
        "weekday": f"(?P<rel>{relative})?{weekday}",
        "deictic": f"(?P<day>{any_of(*lexicon['deictic'])}){morning}?|this {morning}|(?P<night>last night )",
        "day_of_month": f"(?:the )?(?P<day>DAY )(?:of )(?P<rel>{relative})month ",
    }


def _longer() -> dict[str, str]:
    lexicon, relative, of_year = table("time"), relative_words(), _of_year()
    parts, units, count = lexicon["parts"], _units(), _count()
    month = f"{any_of(*parts['start'], *parts['mid'], *parts['end'])}?MONTH {of_year}?"
    ordinal = f"(?:DAY |{any_of(*lexicon['ordinals'])})"
    coming = "(?:within |(?:within|in|over|during|for) (?:the )?(?:next|coming) )"
    return {
        "pair_of_months": f"(?P<a>{month}){_JOIN}(?P<b>{month})",
        "pair_of_years": f"(?P<a>YEAR ){_JOIN}(?P<b>YEAR )",
        "month": f"(?P<rel>{relative})?MONTH (?P<year>{of_year})?",
        "half": f"(?:the )?(?:(?P<n>{ordinal})|latter )half (?:of )?"
        f"(?P<whole>MONTH {of_year}?|YEAR |{relative}(?:month |year )|the (?:month |year ))",
        "quarter": f"(?:the )?(?P<before>(?:YEAR |{relative}year ' s ))?(?P<n>{ordinal})(?:- )?quarter (?P<year>{of_year})?",
        "year_end": "(?:the )?(?P<unit>year )(?:- |' s )?end ",
        "ago": f"(?P<or>{count}(?:or|to) )?(?P<n>{count})(?P<unit>{units})(?:or so )?ago ",
        "ahead": f"(?:in )?(?P<n>{count})(?P<unit>{units})(?:from now |' time |' s time )"
        f"|in (?P<n2>{count})(?P<unit2>{_units('day', 'week', 'month')})",
        "within": f"{coming}(?P<n>{count})(?P<unit>{units})",
        "unit": f"(?P<rel>{relative})(?P<unit>{any_of('week', 'month', 'quarter', 'year', 'decade')})",
        "weekend": f"(?:(?P<rel>{relative})|the )weekend ",
        "season": f"(?:(?P<rel>{relative})|the )?(?P<season>{any_of(*lexicon['seasons'])})(?P<year>{of_year})?",
        "decade": "(?:the )?DECADE ",
        "year": "(?:the year )?YEAR ",
        "whole": "(?:the )(?P<unit>week |month |quarter |year |decade )",
    }


@cache
def vague() -> str:
    """The pattern of times that no date can be given for: "soon", "in the coming weeks", "a few days ago"."""
    lexicon = table("time")
    amount, units = any_of(*lexicon["amounts"]["vague"]), _units()
    over, some = "(?:in|over|within|during|throughout) (?:the )?", "(?:days|weeks|months|years|decades) "
    reach = "(?:coming|next|following|upcoming|past|last|recent|previous) "
    words = any_of(*lexicon["vague"]["future"], *lexicon["vague"]["past"])
    return (
        f"(?<!as )(?:{over}{reach}{amount}?{some}"
        f"|{over}(?:past|last) {_count()}?(?:and a half )?(?:{units}|hours )"
        f"|{words}(?!as |after |before |afterwards? |thereafter )"
        f"|(?:within |in |after ){amount}{units}"
        f"|{amount}{units}(?:ago |from now ))"
    )


@cache
def duration() -> str:
    """The pattern of lengths of time: "for two days", "for several weeks"."""
    lexicon = table("time")
    amount, units = any_of(*lexicon["amounts"]["vague"]), _units()
    about = "(?:about |around |nearly |almost |at least |up to |over |more than |roughly )?"
    past = "(?:(?:the )?(?:past|last|previous) )?"
    return f"for {about}(?:{past}(?:{_count()}|{amount}){units}|(?:days|weeks|months|years|decades) )"


@cache
def event() -> str:
    """The pattern of times told by an event: "after the election", "until the new rules are in place"."""
    lexicon = table("time")
    words, word = lexicon["events"], r"[^\W\d_]+ (?:[-'] )?"
    far = f"(?:(?:{_count()}|{any_of(*lexicon['amounts']['vague'])}){_units()}|{any_of(*words['adverbs'])})?"
    date = f"(?:WEEKDAY|MONTH|YEAR|{relative_words()}(?:week|month|year|weekend)) ' s "
    between = f"(?:(?!{any_of(*words['stop'])}){word}){{0,5}}?"
    return (
        f"(?:until (?:{word}){{1,7}}(?:is|are|was|were|has|have) (?:{word}){{1,5}}(?![^\\W\\d_])"
        f"|{far}{any_of(*words['markers'])}(?:{any_of(*words['determiners'])}|{date}){between}{any_of(*words['nouns'])})"
    )


@cache
def phrase_lists(section: str) -> dict[str, Any]:
    """Phrase in clock text to the name of its list, for a section of time.toml made of lists."""
    lists: dict[str, list[str]] = table("time")[section]
    return {_encoded(phrase): name for name, phrases in lists.items() for phrase in phrases}
