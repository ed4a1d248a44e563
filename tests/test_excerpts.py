"""Excerpts: an answer is stored without the article's words, and comes back exactly."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.excerpts import LEAST_CHARACTERS, LEAST_WORDS, cut, restored

ARTICLE = "Ada Rell will visit Ostia in June, the palace said on Monday. Velia has not confirmed the visit."
WORDS = st.sampled_from(["Rell", "said", "the", "visit", "to", "Ostia", "{}", '"', "é", "cut", " ", ""])
PROSE = st.lists(WORDS, max_size=25).map(" ".join)


@st.composite
def answers_of_a_text(draw: st.DrawFn) -> tuple[Any, str]:
    """A JSON value whose strings are mixed of own words and of stretches of a text."""
    text = draw(PROSE | st.text(max_size=60))

    @st.composite
    def mixed(inner: st.DrawFn) -> str:
        start = inner(st.integers(0, len(text)))
        stretch = text[start : inner(st.integers(start, len(text)))]
        return inner(PROSE) + stretch + inner(st.text(max_size=10))

    leaf = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | mixed()
    keys = st.sampled_from(["cut", "text", ""])
    value = st.recursive(
        leaf, lambda parts: st.lists(parts, max_size=4) | st.dictionaries(keys, parts, max_size=3)
    )
    return draw(value), text


@given(answers_of_a_text())
def test_what_was_cut_comes_back_exactly(drawn: tuple[Any, str]) -> None:
    """Through JSON text and back, whatever the answer holds, our own mark as a key too."""
    value, text = drawn
    assert restored(json.loads(json.dumps(cut(value, text))), text) == value


def own_words(stored: Any) -> list[str]:
    if isinstance(stored, str):
        return [stored]
    return [piece for piece in stored["cut"] if isinstance(piece, str)]


@given(PROSE, st.data())
def test_no_long_stretch_of_the_text_is_stored(text: str, data: st.DataObject) -> None:
    """Whatever is left as words has no 20 characters and no four words in a row of the text."""
    start = data.draw(st.integers(0, len(text)))
    value = data.draw(PROSE) + text[start:] + data.draw(PROSE)
    for words in own_words(cut(value, text)):
        for at in range(len(words)):
            assert words[at : at + LEAST_CHARACTERS] not in text or at + LEAST_CHARACTERS > len(words)
        for stretch in re.findall(rf"(?=((?<!\S)\S+(?:\s+\S+){{{LEAST_WORDS - 1}}}(?!\S)))", words):
            assert stretch not in text


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("Ada Rell", "Ada Rell"),
        ("Velia has not confirmed the visit.", {"cut": [[62, 96]]}),
        ("Rell will go; Velia has not confirmed it.", {"cut": ["Rell will go;", [61, 86], "it."]}),
        ({"cut": ["a"]}, {"cut": {"cut": ["a"]}}),
        ([3, None, True], [3, None, True]),
    ],
)
def test_a_stretch_becomes_its_place(value: Any, stored: Any) -> None:
    """Short words stay readable; a stretch is start and end in the text."""
    assert cut(value, ARTICLE) == stored
    assert restored(cut(value, ARTICLE), ARTICLE) == value
