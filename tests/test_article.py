"""Articles: normalised once, split into sentences whose offsets hold."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefgen.article import MAX_CHARACTERS, Article, clean_line, normalise, parse_published, split_sentences
from briefgen.errors import InputError, UsageError

# Letters, accents, invisible and control characters, spaces, quotes and line ends, in any order.
NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "aé.!?\"'“”«»‘ \n\r\t\x00\x0b\x0c\x85\u0301\u0323\u00ad\u200b\u200d\u2028\u3002\ufe0f\u0e01\u0430U.S"
        ),
    ),
    max_size=80,
)


@settings(max_examples=400, deadline=None)
@given(NASTY)
@example("a\u0301" + "\u0323" * 20 + "\u0301")
@example("\u1100\u1161" + "\u0301" * 12 + "\u11a8")
def test_normalising_twice_changes_nothing(text: str) -> None:
    """The normalised text is a fixed point, so offsets into it hold for ever."""
    once, _ = normalise(text)
    assert normalise(once)[0] == once
    assert unicodedata.is_normalized("NFC", once)


@settings(max_examples=400, deadline=None)
@given(NASTY)
def test_sentences_are_substrings_that_cover_the_text(text: str) -> None:
    """Sentences are exact substrings, numbered and in order, do not overlap, and leave white space only."""
    text = normalise(text)[0]
    sentences = split_sentences(text)
    end = 0
    for number, sentence in enumerate(sentences, start=1):
        assert sentence.n == number
        assert text[sentence.start : sentence.end] == sentence.text != ""
        assert not text[end : sentence.start].strip()
        end = sentence.end
    assert not text[end:].strip()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["'", "« ", "“So ", "x. ", "é\u0301\u0302", "a" * 900]), min_size=1, max_size=40)
)
def test_windows_cover_the_text_too(pieces: list[str]) -> None:
    """The same holds for lines that are split in windows because of their quotation marks."""
    text = normalise("".join(pieces) + "'" * 4000 + "".join(pieces))[0]
    covered = "".join(sentence.text for sentence in split_sentences(text))
    assert covered.replace(" ", "") == text.replace(" ", "")
    assert normalise(text)[0] == text


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. Senate met Gen. Tom Rook of Varnia.",
        "They met at 9 a.m. on Monday in Tessel.",
        "Mr. Moro, Mrs. Bel, Dr. Lee and Sen. Kay went to St. Anne.",
        "Prime Minister J. K. Moro Jr. declined.",
        "It cost 3.5 million, i.e. more than in Jan. 2024, he said.",
        "The U.N. envoy left.",
        "As Lantern.NET reported, he left.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(sentence: str) -> None:
    """Titles, countries, times of day and initials keep their sentence whole."""
    text = f"It began on Monday. {sentence} It ended on Friday."
    assert [one.text for one in split_sentences(text)] == [
        "It began on Monday.",
        sentence,
        "It ended on Friday.",
    ]


def test_a_line_end_ends_a_sentence() -> None:
    """Headings without a full stop are sentences of their own."""
    assert [one.text for one in split_sentences("Moro to go\n\nHe leaves. He returns.")] == [
        *("Moro to go", "He leaves.", "He returns."),
    ]


@pytest.mark.covers("B-ENC-17")
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Moro leaves 👩\u200d👩\u200d👧. He waves 🏳\ufe0f\u200d🌈.", 2),
        ("سيزور الرئيس كورفيا. لم يعلق الوزير.", 2),
        ("总统将访问科尔维亚。官员周一说。行程未定。", 3),
        ("ประธานาธิบดีจะเยือนในเดือนมิถุนายน", 1),
        ("राष्ट्रपति जून में जाएँगे। मंत्री ने कुछ नहीं कहा।", 2),
    ],
    ids=["emoji", "Arabic", "Chinese", "Thai", "Hindi"],
)
def test_scripts_of_the_world(text: str, count: int) -> None:
    """Sentences of other scripts are found where they end, and their offsets hold."""
    article = Article.from_text(text)
    assert len(article.sentences) == count
    assert all(article.text[one.start : one.end] == one.text for one in article.sentences)


@pytest.mark.covers("B-ENC-11")
def test_control_characters_are_taken_out() -> None:
    """NUL, C0, DEL and C1 go, with a flag; tabs become spaces; page breaks and old line ends become line ends."""
    article = Article.from_text("Mo\x00ro\x07\x1b[31m\x7f\x9b leaves\tnow.\x0cHe\x85returns.\r\nOn\rFriday.")
    assert article.text == "Moro[31m leaves now.\nHe\nreturns.\nOn\nFriday."
    assert article.flags == ("control_characters",)


@pytest.mark.covers("B-ENC-12")
def test_invisible_characters_are_taken_out() -> None:
    """Zero-width characters, soft hyphens, variation selectors and tags go, and many of them are flagged."""
    hidden = "\u200b\u2060\ufeff\u00ad\ufe0f\U000e0041\u034f\u3164"
    article = Article.from_text(f"Mo{hidden}ro leaves.")
    assert article.text == "Moro leaves."
    assert article.flags == ("hidden_characters",)


@pytest.mark.parametrize(
    "text",
    [
        "او می\u200cخواهد و نمی\u200cتواند، می\u200cگوید و می\u200cرود و می\u200cآید.",
        "Der Staats\u00adprä\u00adsi\u00addent der Re\u00adpu\u00adblik reist im Ju\u00adni ab.",
        "הנשיא\u200f (2024)\u200f ביקר\u200f ב-Korvia\u200f ביוני\u200f.",
    ],
    ids=["Persian joiners", "German hyphens", "Hebrew marks"],
)
def test_honest_invisible_characters_are_not_flagged(text: str) -> None:
    """Joiners, soft hyphens and direction marks where a language uses them go without a flag."""
    assert Article.from_text(text).flags == ()


@pytest.mark.covers("B-ENC-13")
def test_bidi_controls_are_taken_out() -> None:
    """Overrides and isolates, which turn text round on a screen, go."""
    controls = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
    assert Article.from_text(f"Mo{controls}ro leaves.").text == "Moro leaves."


@pytest.mark.covers("B-ENC-14")
def test_combining_marks_are_cut() -> None:
    """Ten thousand accents on one letter become eight; the letters after it keep theirs."""
    text = Article.from_text("M" + "\u0301" * 10_000 + "oro e\u0323\u0302.").text
    assert unicodedata.normalize("NFD", text).count("\u0301") <= 9
    assert text.endswith(unicodedata.normalize("NFC", "oro e\u0323\u0302."))


@pytest.mark.covers("B-ENC-15")
def test_nfc_and_nfd_are_one_article() -> None:
    """The two ways to write accents give the same text and the same id."""
    text = "Zoë Kéler añade: Varnië geht über Tesselå. Việt Nam."
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert composed != decomposed
    assert Article.from_text(composed).id == Article.from_text(decomposed).id


@pytest.mark.covers("B-ENC-16")
@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("V\u0430rnia agrees.", ("mixed_script",)),
        ("Visit v\u0430rnia.example now.", ("mixed_script",)),
        ("Президент Варнии и NATO.", ()),
        ("A gap of 5 \u03bcm, and \u0394t was small.", ()),
        ("IT-компания и COVID-19.", ()),
    ],
)
def test_words_of_two_alphabets_are_flagged(text: str, flags: tuple[str, ...]) -> None:
    """A word that mixes Latin with Cyrillic or Greek is flagged; two alphabets side by side are not."""
    article = Article.from_text(text)
    assert (article.text, article.flags) == (text, flags)


def test_the_id_is_the_hash_of_the_text() -> None:
    """Metadata and white space do not change an article's id; the text does."""
    assert Article.from_text("Moro  leaves.\r\n", title="x").id == Article.from_text(" Moro leaves.").id
    assert Article.from_text("Moro leaves.").id != Article.from_text("Moro leaves!").id
    assert len(Article.from_text("Moro leaves.").id) == 64


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\ufeff\x00"])
def test_no_text_is_input_empty(text: str) -> None:
    """An article without a visible character is refused."""
    with pytest.raises(InputError) as caught:
        Article.from_text(text)
    assert caught.value.code == "input_empty"


def test_too_much_text_is_refused() -> None:
    """Text over the limit is refused, never cut."""
    with pytest.raises(InputError) as caught:
        Article.from_text("x" * (MAX_CHARACTERS + 1))
    assert caught.value.code == "input_too_big"


def test_unknown_metadata_is_a_usage_error() -> None:
    """A misspelt field is not ignored."""
    with pytest.raises(UsageError, match="titel"):
        Article.from_text("Moro leaves.", titel="x")


def test_metadata_is_one_clean_line_of_500() -> None:
    """Titles are untrusted: no line ends, no controls, no more than 500 characters."""
    assert clean_line("a\n\x1b[31mb\u202e  c") == "a [31mb c"
    cut = clean_line("word " * 1000)
    assert cut is not None
    assert len(cut) <= 500
    assert cut.endswith("…")
    assert clean_line(" \n") is None
    assert clean_line(None) is None


@pytest.mark.covers("C-07")
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-06-10", date(2024, 6, 10)),
        (" 2024-06-10T23:30:00-04:00 ", date(2024, 6, 10)),
        ("2024-06-10T03:30:00Z", date(2024, 6, 10)),
        ("2024-06-10 09:00", date(2024, 6, 10)),
        ("Mon, 10 Jun 2024 23:30:00 -0400", date(2024, 6, 10)),
        ("Mon, 10 Jun 2024 09:00:00 GMT", date(2024, 6, 10)),
        (date(2024, 6, 10), date(2024, 6, 10)),
        (datetime(2024, 6, 10, 23, 30), date(2024, 6, 10)),  # noqa: DTZ001 - a date without a zone is taken too
        ("", None),
        (None, None),
    ],
)
def test_dates_keep_their_own_day(value: date | str | None, expected: date | None) -> None:
    """ISO 8601 and RFC 822 dates give the day of their own time zone."""
    assert parse_published(value) == expected


@pytest.mark.parametrize(
    "value", ["June", "2024-06", "10/06/2024", "2024-13-01", "Mon, 99 Jun 2024 09:00:00 GMT", "9" * 50]
)
def test_what_is_no_date(value: str) -> None:
    """Anything else is a usage error with an example."""
    with pytest.raises(UsageError, match="2024-06-10"):
        parse_published(value)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} Jun \d{1,6} \d\d:\d\d:\d\d [+-]?\d{1,12}", fullmatch=True),
    )
)
def test_dates_raise_usage_errors_only(value: str) -> None:
    """No string makes the date reader fail in another way."""
    with suppress(UsageError):
        parse_published(value)


def test_sentences_are_found_by_number() -> None:
    """Sentences count from 1; a number that is none raises IndexError."""
    article = Article.from_text("Moro leaves. He returns.")
    assert article.sentence(2).text == "He returns."
    for number in (0, 3, -1):
        with pytest.raises(IndexError):
            article.sentence(number)
