"""Which stretches of a sentence are time phrases, and which only look like one."""

from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.time_phrases import find_time_phrases
from briefgen.timing import resolve

VOCABULARY = """
In on by from to the of and - , last next this early mid- June May March Feb. Tuesday Sunday 3 18 30 2024 1999 week
months year quarter weekend second half end spring fall today two ago since until before after the summit visit is as
soon later 's 2024-06-18 1990s for coming Marlow may march said
"""
WORDS = st.sampled_from(VOCABULARY.split())


def found(sentence: str) -> list[str]:
    return [phrase.text for phrase in find_time_phrases(sentence)]


@pytest.mark.parametrize(
    "phrase",
    [
        "as early as June",
        "in the coming weeks",
        "on Tuesday and Wednesday",
        "from July 13-16",
        "next week",
        "in March",
        "last September",
        "in 2000",
        "later this week",
        "for two days",
        "by the end of the year",
        "from 18 to 19 June",
        "June 18-19",
        "on 19 and 20 June",
        "early next month",
        "in the second half of May",
        "tomorrow",
        "within days",
        "this fall",
        "at the weekend",
        "since October",
        "July 1, 2020",
        "Feb. 23",
        "Nov. 29",
        "on Sunday",
        "earlier this month",
        "last month",
        "two weeks ago",
        "more than two years ago",
        "in August and September",
        "between 3 and 5 May",
        "no earlier than September",
        "not before 2026",
        "until the summit",
        "after the election",
        "immediately after his trip to Port Ellis",
        "two days before the vote",
        "until the new treaty's terms are in place",
        "soon",
        "in the near future",
        "2024-06-18",
        "on Tuesday, June 18, 2024",
        "mid-June",
        "the week of June 17",
        "late June or early July",
        "June 30-July 2",
        "in the 1990s",
        "the day after tomorrow",
        "in two weeks",
        "over the next two weeks",
        "in the first quarter of next year",
        "in the spring of 2031",
        "in June at the earliest",
        "around June 18",
        "twenty-five years ago",
        "Monday morning",
        "in May of last year",
        "over the weekend",
        "this May",
    ],
)
def test_a_phrase_is_found_whole(phrase: str) -> None:
    """A time phrase is found with its preposition and modifier, as a person would copy it."""
    sentence = f"Premier Idris Marlow will meet his hosts {phrase}, aides said."
    assert found(sentence) == [phrase]


@pytest.mark.parametrize(
    "sentence",
    [
        "Marlow may visit Ostia.",
        "May the talks succeed!",
        "May said that she would go.",
        "Theresa Quill and Orla May told reporters that May would go.",
        "Thousands march on the palace.",
        "The March on Ostia drew thousands.",
        "She was second in line, and may fall or spring back.",
        "The Sun said that the envoy Sat down.",
        "The pact of 120 countries holds.",
        "Shells fell in 2000 villages.",
        "The 2000 km line is closed.",
        "It was the first visit in two months.",
        "Marlow was the first leader in 40 years to go.",
        "The fall of the old port was swift.",
        "This fall in prices hurt.",
        "The Sunday Times and the Black Friday sales did well.",
        "Twitter users in a quarter-century of calm.",
        "As soon as he lands, aides will speak.",
        "Prices rose 40 % on 2015.",
    ],
)
def test_what_only_looks_like_a_time_is_left_alone(sentence: str) -> None:
    """Verbs, names, counts and drops are no time phrases."""
    assert found(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "phrases"),
    [
        ("He may go in May.", ["in May"]),
        ("A May summit would follow the May 5 vote.", ["May", "May 5"]),
        ("He goes on 5 May and returns in mid-May.", ["on 5 May", "in mid-May"]),
        ("In March thousands march again.", ["In March"]),
        ("The 2031 summit replaced the talks of 2029.", ["2031", "2029"]),
        ("Aides praised Tuesday's deal and Friday’s vote.", ["Tuesday", "Friday"]),
        ("She left before Friday's vote.", ["before Friday's vote"]),
        ("He will fly this fall in Lisse, then on Monday to Ostia.", ["this fall", "on Monday"]),
        ("It ran from 2019 to 2021.", ["from 2019 to 2021"]),
    ],
)
def test_neighbours_decide_what_a_word_is(sentence: str, phrases: list[str]) -> None:
    """The same word is a month, a verb or a name by what stands beside it."""
    assert found(sentence) == phrases


def test_an_event_takes_its_place_along() -> None:
    """The place of the event belongs to the phrase, the next time does not."""
    sentence = "He will fly home right after the summit in New Ostia on Friday."
    assert found(sentence) == ["right after the summit in New Ostia", "on Friday"]


@given(st.one_of(st.lists(WORDS, max_size=25).map(" ".join), st.text(max_size=80)))
def test_phrases_are_exact_stretches_that_never_overlap(sentence: str) -> None:
    """Offsets are exact, phrases are in order and apart, and each resolves."""
    end = 0
    for phrase in find_time_phrases(sentence):
        assert sentence[phrase.start : phrase.end] == phrase.text
        assert end <= phrase.start < phrase.end
        end = phrase.end
        resolve(phrase.text, None)


@pytest.mark.covers("T-REDOS-1")
@pytest.mark.parametrize(
    "unit",
    ["a ", "the ", "in ", "of May ", "June ", "1 ", "1,1", "999,999,", "after the x ", "until a ", "June 18, ", "mid-",
     "18 , ", "Monday, ", "twenty- ", "until the x x x x is a b ", "immediately after the ", "\n", "x"],
)  # fmt: skip
def test_time_grows_with_length_only(unit: str) -> None:
    """The worst text of 30 kB takes about as long per character as one of 3 kB: no pattern backtracks."""

    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        gc.disable()  # a collection of all that other tests left costs more than the text
        started = time.process_time()
        find_time_phrases(text)
        spent = time.process_time() - started
        gc.enable()
        return spent

    seconds(1000)
    short, long = seconds(3_000), seconds(30_000)
    assert long < 80 * max(short, 0.005)
