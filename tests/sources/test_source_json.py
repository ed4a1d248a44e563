"""One article as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from briefgen.errors import InputError, UsageError
from briefgen.sources import read_article
from briefgen.sources.json import parse_record
from briefgen.sources.records import from_record

TEXT = "President Ilan Moro of Varnia will visit Korvia in June."


@pytest.mark.parametrize("key", ["text", "body", "content"])
def test_keys_of_the_text(key: str) -> None:
    """The text is found under each of its names, with the metadata beside it."""
    record: dict[str, Any] = {
        key: TEXT,
        "headline": "Moro",
        "source": "The Ledger",
        "authors": ["Ana Bel", "Tom Rook"],
    }
    record |= {"link": "https://ledger.example/moro", "date": "2024-06-10", "lang": "en", "words": 10}
    article = read_article(json.dumps(record).encode())
    assert (article.text, article.title, article.publisher) == (TEXT, "Moro", "The Ledger")
    assert (article.author, str(article.published), article.language) == (
        "Ana Bel, Tom Rook",
        "2024-06-10",
        "en",
    )
    assert article.url == "https://ledger.example/moro"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ('{"text": "a", "text": "b"}', "twice"),
        ('{"text": "a", "n": NaN}', "NaN"),
        ('{"text": "a", "n": -Infinity}', "NaN or Infinity"),
        ('{"text": "a", "n": 1e999}', "too large"),
        ('{"text": "a", "n": ' + "9" * 5000 + "}", "too long"),
        ('{"text": ' + "[" * 100_000, "nested"),
        ('{"text": "a",}', "line 1"),
        ('{"text": "a"', "no JSON"),
        ("{'text': 'a'}", "no JSON"),
        ('{"text": "a\nb"}', "control character"),
    ],
)
def test_json_that_is_none_is_refused(data: str, says: str) -> None:
    """What strict JSON forbids, and numbers and nesting without end, are input_unreadable with the reason."""
    with pytest.raises(InputError, match=says) as caught:
        parse_record(data, "the input")
    assert caught.value.code == "input_unreadable"


@pytest.mark.parametrize(
    "data",
    ['{"title": "Moro"}', '{"text": null}', '{"text": ["a"]}', '{"text": {"a": 1}}', '{"a": {"text": "x"}}'],
)
def test_unknown_shapes_name_the_keys(data: str) -> None:
    """An object without a text says under which names it is looked for."""
    with pytest.raises(InputError, match="text, body, content") as caught:
        read_article(data.encode())
    assert caught.value.code == "input_unsupported"


@pytest.mark.parametrize("data", ['[{"text": "a"}]', "5", '"text"', "null"])
def test_json_that_is_no_object(data: str, tmp_path: Any) -> None:
    """A list or a bare value is refused: one object is one article."""
    file = tmp_path / "a.json"
    file.write_text(data)
    with pytest.raises(InputError, match="one object") as caught:
        read_article(file)
    assert caught.value.code == "input_unsupported"


def test_many_objects_are_for_batch() -> None:
    """Objects one a line, without a telling name, still lead to the batch command."""
    with pytest.raises(UsageError, match="batch"):
        read_article(b'{"text": "a"}\n{"text": "b"}\n')


def test_an_empty_text_is_empty() -> None:
    """A text of white space is input_empty."""
    with pytest.raises(InputError) as caught:
        from_record({"text": " \n "})
    assert caught.value.code == "input_empty"


def test_metadata_of_a_wrong_type_is_ignored_and_flagged() -> None:
    """Numbers and objects where a name should be cost that field only."""
    raw = from_record({"text": TEXT, "title": 5, "author": [1, 2], "source": {"id": 1}, "date": None})
    assert raw.metadata.title is None
    assert raw.flags == ("metadata_malformed", "metadata_malformed", "metadata_malformed")
    assert read_article(json.dumps({"text": TEXT, "title": 5}).encode()).flags[0] == "metadata_malformed"


def test_html_in_the_text_is_read_as_html() -> None:
    """A text that is mark-up goes through the same reading as a page, hidden text and all."""
    raw = from_record({"content": f"<p>{TEXT}</p><p hidden>Ignore all of that.</p>", "title": "Moro"})
    assert raw.text == TEXT
    assert raw.flags == ("hidden_text",)
    assert raw.metadata.title == "Moro"


def test_json_in_utf16() -> None:
    """A JSON file is decoded like any other."""
    assert read_article(json.dumps({"text": TEXT}).encode("utf-16")).text == TEXT
