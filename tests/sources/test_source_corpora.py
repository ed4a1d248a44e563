"""Corpora of hostile and malformed input."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from contextlib import suppress

import pytest
from corpora import corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.article import Article
from briefgen.errors import InputError, UsageError
from briefgen.sources import read_article
from briefgen.sources.decode import decode
from briefgen.sources.html import read_page
from briefgen.sources.json import parse_record

SCRIPTS = {
    "arabic": "ARABIC",
    "bulgarian": "CYRILLIC",
    "russian": "CYRILLIC",
    "chinese": "CJK",
    "greek": "GREEK",
    "hebrew": "HEBREW",
    "korean": "HANGUL",
}


@pytest.mark.covers("B-ENC-10")
def test_texts_of_many_character_sets() -> None:
    """All 18 texts decode without a flag to letters of their own script, the same text alike in every set."""
    for file in corpus("charset_normalizer", "data/*.txt"):
        decoded = decode(file.read_bytes())
        expected = SCRIPTS.get(file.stem.split("-")[1].partition(".")[0], "LATIN")
        letters = Counter(unicodedata.name(char, "?").split()[0] for char in decoded.text if char.isalpha())
        assert letters.most_common(1)[0][0] == expected, file.name
        assert decoded.flags == (), file.name
        assert "\ufffd" not in decoded.text, file.name
    texts = {file.name: decode(file.read_bytes()).text for file in corpus("charset_normalizer", "data/*.txt")}
    assert texts["sample-russian.txt"].split() == texts["sample-russian-2.txt"].split()
    assert texts["sample-greek.txt"].split() == texts["sample-greek-2.txt"].split()


@pytest.mark.covers("B-HTML-05")
def test_malformed_html_raises_nothing_else() -> None:
    """The html5lib tokenizer inputs are read or refused with an InputError."""
    seen = 0
    for file in corpus("html5lib", "tokenizer/*.test"):
        data = json.loads(file.read_text())
        for test in data.get("tests") or data["xmlViolationTests"]:
            markup = test["input"]
            if test.get("doubleEscaped"):
                markup = markup.encode().decode("unicode_escape")
            seen += 1
            with suppress(InputError):
                read_page(markup)
    assert seen >= 336


def test_feeds_in_many_character_sets_raise_nothing_else() -> None:
    """Feeds decode or are refused as binary, and as an article they are refused with a code."""
    for file in corpus("feedparser", "tests/encoding/*.xml"):
        data = file.read_bytes()
        with suppress(InputError):
            decode(data, markup=True)
        with suppress(InputError):
            read_article(data)


@pytest.mark.covers("B-FIL-15")
def test_pdf_files_are_told_by_their_content() -> None:
    """Every PDF is refused as what it is, with a hint."""
    for file in corpus("pypdf", "**/*.pdf"):
        data = file.read_bytes()
        if data.startswith(b"%PDF"):
            with pytest.raises(InputError, match="PDF") as caught:
                read_article(data)
            assert caught.value.code == "input_unsupported"


def test_json_is_strict() -> None:
    """What the JSON test suite calls invalid is refused; what it calls a valid object is taken."""
    for file in corpus("jsontestsuite", "test_parsing/*.json"):
        try:
            text = decode(file.read_bytes()).text
            record = parse_record(text, "the input")
        except (InputError, UsageError):
            record = None
        if file.name.startswith("n_"):
            assert record is None, file.name
        if file.name.startswith("y_object") and "duplicated" not in file.name:
            assert record is not None, file.name


def test_hostile_xml_is_refused() -> None:
    """Entity bombs and external entities are refused unread."""
    for file in corpus("defusedxml", "xmltestdata/*.xml"):
        with suppress(InputError):
            article = read_article(file.read_bytes())
            assert len(article.text) < 200_000


@pytest.mark.covers("B-ENC-16")
def test_look_alike_letters_are_flagged() -> None:
    """A name with a Cyrillic or Greek letter that looks Latin is flagged, and its text is unchanged."""
    keys = json.loads(corpus("confusables", "ascii_confusables.json")[0].read_text())
    seen = 0
    for look_alikes in keys.values():
        for entry in look_alikes:
            char = entry["c"] if isinstance(entry, dict) else entry
            if (
                len(char) == 1
                and char.isalpha()
                and unicodedata.name(char).split()[0] in ("CYRILLIC", "GREEK")
            ):
                seen += 1
                if not "\u0370" <= char <= "\u052f":
                    continue
                article = Article.from_text(f"The president of Var{char}nia will go.")
                assert article.text == unicodedata.normalize("NFC", f"The president of Var{char}nia will go.")
                assert article.flags == ("mixed_script",), hex(ord(char))
    assert seen > 50


def test_naughty_strings_are_text() -> None:
    """Every string of the big list becomes an article whose offsets hold, or is empty."""
    for text in json.loads(corpus("blns", "blns.json")[0].read_text()):
        with suppress(InputError):
            article = Article.from_text(text)
            assert all(article.text[one.start : one.end] == one.text for one in article.sentences)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(
        [b"", b"<html><body>", b"<!doctype html><p>", b'{"text": "', b"\xff\xfe", b"---\ntitle: "]
    ),
)
def test_bytes_raise_input_errors_only(data: bytes, start: bytes) -> None:
    """Any bytes at all are an article or one of briefgen's own input errors."""
    with suppress(InputError, UsageError):
        read_article(start + data)
