"""Bytes to text."""

from __future__ import annotations

import random
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.article import Article
from briefgen.errors import InputError
from briefgen.sources import read_article
from briefgen.sources.charsets import codec_of
from briefgen.sources.decode import decode

ENGLISH = "“We will go,” said Zoë Kéler of Varnia’s ministry — it was her first word on the matter."
RUSSIAN = "Президент Варнии приедет в Корвию в июне, сообщили чиновники в понедельник."
CHINESE = "总统将于六月访问科尔维亚。\n官员周一说，行程尚未确定。"


def declaring(charset: str, text: str, encoding: str, xml: str = "") -> bytes:
    return f'{xml}<html><head><meta charset="{charset}"></head><body>{text}</body></html>'.encode(encoding)


@pytest.mark.covers("B-ENC-01")
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, CHINESE])
@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8-sig"]
)
def test_wide_character_sets(encoding: str, text: str) -> None:
    """UTF-16 and UTF-32 are read right with and without a byte order mark."""
    assert decode(text.encode(encoding)).text == text
    assert decode(text.encode(encoding)).flags == ()


@pytest.mark.covers("B-ENC-02")
def test_declared_utf8_that_is_windows_1252() -> None:
    """A page that says UTF-8 and is Windows-1252 is read right, and flagged."""
    decoded = decode(declaring("utf-8", ENGLISH, "cp1252"), markup=True)
    assert ENGLISH in decoded.text
    assert decoded.flags == ("encoding_conflict",)


@pytest.mark.covers("B-ENC-03")
@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1251", "gb2312", "utf-16"])
def test_declared_otherwise_but_utf8(charset: str) -> None:
    """What is valid UTF-8 is read as UTF-8, whatever it declares."""
    for text in (ENGLISH, RUSSIAN, CHINESE):
        assert text in decode(declaring(charset, text, "utf-8"), markup=True).text


@pytest.mark.covers("B-ENC-04")
def test_declarations_that_disagree() -> None:
    """A byte order mark beats <meta>, <meta> beats the XML declaration, and the conflict is flagged."""
    xml = '<?xml version="1.0" encoding="windows-1252"?>'
    decoded = decode(declaring("windows-1251", RUSSIAN, "cp1251", xml), markup=True)
    assert RUSSIAN in decoded.text
    assert decoded.flags == ("encoding_conflict",)
    marked = decode(b"\xef\xbb\xbf" + declaring("windows-1251", RUSSIAN, "utf-8"), markup=True)
    assert RUSSIAN in marked.text
    assert marked.flags == ("encoding_conflict",)


@pytest.mark.covers("B-ENC-05")
@pytest.mark.parametrize("name", ["x-bogus", "zip", "unicode_escape", "rot13", "idna", "undefined", "hex"])
def test_unknown_names_are_flagged_and_the_bytes_decide(name: str) -> None:
    """A name that no browser knows, or that Python gives another meaning, is not believed."""
    decoded = decode(declaring(name, RUSSIAN, "koi8-r"), markup=True)
    assert RUSSIAN in decoded.text
    assert decoded.flags == ("encoding_unknown",)


@pytest.mark.covers("B-ENC-06")
def test_utf7_is_no_character_set() -> None:
    """UTF-7 is refused as a name: what it would smuggle in stays ASCII."""
    decoded = decode(declaring("utf-7", "+ADw-script+AD4-", "ascii"), markup=True)
    assert "+ADw-script+AD4-" in decoded.text
    assert decoded.flags == ("encoding_unknown",)
    assert codec_of("utf-7") is None


@pytest.mark.covers("B-ENC-07")
def test_a_cut_character_at_the_end() -> None:
    """UTF-8 that ends inside a character keeps all but that, with a replacement character and a flag."""
    decoded = decode(RUSSIAN.encode()[:-2] + b"\xd1")
    assert decoded.text.startswith(RUSSIAN[:-2])
    assert decoded.text.endswith("\ufffd")
    assert decoded.flags == ("encoding_doubtful",)


@pytest.mark.covers("B-ENC-08")
@pytest.mark.parametrize(
    "bad",
    [b"\xc0\xaf", b"\xed\xa0\xbd\xed\xb8\x80", b"\xed\xa0\x80"],
    ids=["overlong", "CESU-8", "surrogate"],
)
def test_forbidden_utf8_is_replaced(bad: bytes) -> None:
    """Overlong forms, CESU-8 and surrogates become U+FFFD: the article is valid Unicode for every store."""
    article = read_article(b"Moro " + bad + b" leaves Varnia, his office said.")
    assert "\ufffd" in article.text
    assert "encoding_doubtful" in article.flags
    article.text.encode()


@pytest.mark.covers("B-ENC-08")
def test_lone_surrogates_in_text_are_taken_out() -> None:
    """A str with surrogates, which JSON can hold, becomes an article that can be stored."""
    assert Article.from_text("Moro \ud83d leaves \udc00.").text == "Moro leaves ."
    assert read_article(b'{"text": "Moro \\ud83d leaves."}').text == "Moro leaves."


@pytest.mark.covers("B-ENC-09")
def test_random_bytes_are_binary() -> None:
    """Ten megabytes of noise are input_binary in less than two seconds."""
    data = random.Random(7).randbytes(10_000_000)
    started = time.process_time()
    with pytest.raises(InputError) as caught:
        read_article(data)
    assert caught.value.code == "input_binary"
    assert time.process_time() - started < 15


@pytest.mark.covers("B-ENC-09")
@pytest.mark.parametrize(
    "data", [b"\0" * 10_000, b"\xff\xfe" + bytes(range(256)) * 50, b"\x01\x02\x03\x04\x05 x"]
)
def test_control_bytes_are_binary(data: bytes) -> None:
    """Zeros, noise behind a byte order mark and a few control bytes are no text."""
    with pytest.raises(InputError) as caught:
        decode(data)
    assert caught.value.code == "input_binary"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        ("The café in Tessel was closed.", "latin-1"),
        ("El señor ministro anunció la visita.", "cp1252"),
        ("Prezydent Warnii przyjedzie w czerwcu, powiedziała rzeczniczka. Źródła są pewne.", "cp1250"),
        ("Příští týden přijede prezident Varnie, řekl mluvčí vlády. Žádné další údaje.", "cp1250"),
        ("A kormányfő jövő héten látogat Korviába, közölték a szóvivők kedden.", "iso8859-2"),
        ("Varnia devlet başkanı haziranda Korvia'yı ziyaret edecek, dedi yetkililer.", "cp1254"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        ("Ο πρόεδρος της Βαρνίας θα επισκεφθεί την Κορβία τον Ιούνιο.", "cp1253"),
    ],
)
def test_undeclared_character_sets_are_detected(text: str, encoding: str) -> None:
    """Short news text in the older character sets of Europe is read right without a declaration."""
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("ISO-8859-1", "cp1252"),
        (" us-ascii ", "cp1252"),
        ("gb2312", "gb18030"),
        ("Shift_JIS", "cp932"),
        ("x-mac-cyrillic", "mac-cyrillic"),
        ("", None),
        ("x" * 100, None),
        ("utf\u20118", None),
    ],
)
def test_names_mean_what_the_web_means_by_them(name: str, codec: str | None) -> None:
    """A declared name stands for the larger set that pages use under it."""
    assert codec_of(name) == codec


def test_iso_2022_jp_is_read_where_declared() -> None:
    """The seven-bit Japanese set does not pass for ASCII if the page declares it."""
    text = "大統領は六月に訪問する。"
    assert text in decode(declaring("iso-2022-jp", text, "iso2022_jp"), markup=True).text


def test_a_declared_set_is_believed() -> None:
    """A page in the character set that it declares is read so, without a flag."""
    decoded = decode(declaring("windows-1251", RUSSIAN, "cp1251"), markup=True)
    assert RUSSIAN in decoded.text
    assert decoded.flags == ()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_decoding_raises_input_error_or_nothing(data: bytes) -> None:
    """Whatever the bytes are, they decode or are refused as binary."""
    with suppress(InputError):
        decode(data, markup=True).text.encode()


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_utf8_always_comes_back(text: str) -> None:
    """Every text in UTF-8 with a byte order mark decodes to itself."""
    assert decode(b"\xef\xbb\xbf" + text.encode()).text == text
