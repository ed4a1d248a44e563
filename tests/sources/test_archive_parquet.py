"""Parquet, where the extra is installed."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from archives import SMALL, TEXT, errors, outcomes, texts, told

from briefgen.sources.entries import Entry, ReadingOptions

pa = pytest.importorskip("pyarrow", reason="needs the extra parquet")
pq = pytest.importorskip("pyarrow.parquet")

if TYPE_CHECKING:
    from pathlib import Path


def written(file: Path, columns: dict[str, Any], **options: Any) -> Path:
    pq.write_table(pa.table(columns), file, **options)
    return file


def test_rows_become_articles(tmp_path: Path) -> None:
    """Dates, lists and structures are read as in JSON, and columns that hold nothing of an article not at all."""
    columns = {
        "headline": ["Moro to go", None],
        "body": [TEXT, None],
        "published": [date(2024, 6, 10), None],
        "authors": [["Ana Bel", "Tom Rook"], None],
        "source": [{"name": "The Ledger"}, None],
        "language": pa.array(["en", None]).dictionary_encode(),
        "embedding": [[0.1] * 8, None],
        "doc_id": [7, 8],
    }
    found = outcomes(written(tmp_path / "a.parquet", columns))
    assert told(found, tmp_path) == [("a.parquet:1", "ok"), ("a.parquet:2", "input_unsupported")]
    entry = found[0]
    assert isinstance(entry, Entry)
    assert entry.record_id == "7"
    article = entry.article
    assert (article.title, article.author, article.publisher) == (
        "Moro to go",
        "Ana Bel, Tom Rook",
        "The Ledger",
    )
    assert str(article.published) == "2024-06-10"


def test_times_and_bytes(tmp_path: Path) -> None:
    """A point in time counts by its own day; text kept as bytes is decoded."""
    columns = {
        "text": [TEXT.encode(), b"\x00\x01\x02\x03\x04" * 9],
        "date": [datetime(2024, 6, 10, 23, 30, tzinfo=UTC)] * 2,
    }
    found = outcomes(written(tmp_path / "a.parquet", columns))
    assert [code for _, code in told(found)] == ["ok", "input_binary"]
    assert isinstance(found[0], Entry)
    assert str(found[0].article.published) == "2024-06-10"


def test_the_content_decides_and_fingerprints_hold(tmp_path: Path) -> None:
    """Parquet under another name is read, and its rows are known again."""
    file = written(tmp_path / "a.data", {"text": ["One.", "Two."]})
    prints = {each.fingerprint for each in outcomes(file)}
    options = ReadingOptions(known=lambda _label, fingerprint: fingerprint in prints)
    assert told(outcomes(file, options=options), tmp_path) == [
        ("a.data:1", "unchanged"),
        ("a.data:2", "unchanged"),
    ]


def test_a_damaged_file_fails_with_what_was_read_kept(tmp_path: Path) -> None:
    """Wherever bytes are wrong there is one failure, and never an exception."""
    columns = {"text": [f"{TEXT} {number * 7919}" for number in range(2000)]}
    file = written(tmp_path / "a.parquet", columns, row_group_size=200)
    data = file.read_bytes()
    for at in range(4, len(data) - 8, len(data) // 25):
        damaged = bytearray(data)
        damaged[at : at + 4] = b"\xff\xff\xff\xff"
        file.write_bytes(damaged)
        codes = [code for _, code in told(outcomes(file))]
        assert len(codes) - codes.count("ok") <= 1 or len(codes) == 2000, at
        assert codes
    file.write_bytes(data[: len(data) // 2])
    assert [code for _, code in told(outcomes(file))] == ["input_unreadable"]


def test_a_damaged_directory_is_a_failure(tmp_path: Path) -> None:
    """Whatever byte of the directory at the end is wrong, names that are no UTF-8 among them: outcomes only."""
    file = written(tmp_path / "a.parquet", {"text": [TEXT] * 3, "authors": [["Ana Bel"]] * 3})
    data = file.read_bytes()
    for at in range(data.index(b"PAR1", 4) - 1200, len(data)):
        file.write_bytes(data[:at] + b"\xad" + data[at + 1 :])
        assert outcomes(file), at


def test_a_column_that_unpacks_to_far_more_is_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the directory says of a column is held against the limits before it is unpacked."""
    monkeypatch.setattr("briefgen.sources.parquet._LARGE", 100_000)
    columns = {"text": ["x" * 500_000]}
    file = written(tmp_path / "a.parquet", columns, compression="zstd", use_dictionary=False)
    found = outcomes(file, options=ReadingOptions(limits=SMALL))
    assert told(found, tmp_path) == [("a.parquet", "input_too_big")]


def test_a_long_text_in_every_row_is_in_memory_once(tmp_path: Path) -> None:
    """A megabyte said in 20,000 rows would be 20 GB of cells; it is looked up row by row."""
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000), ["Moro leaves. " * 60_000])
    file = written(tmp_path / "a.parquet", {"text": column}, store_schema=False)
    assert [len(text) for text in iter_first(file, 3)] == [779_999] * 3
    assert pa.total_allocated_bytes() < 200_000_000


def iter_first(file: Path, count: int) -> list[str]:
    from itertools import islice

    from briefgen.sources.archive import read_archive

    reading = read_archive([file])
    found = texts(list(islice(reading, count)))
    reading.close()
    return found


def test_without_a_text_column_or_the_extra_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table without text names what is looked for; without pyarrow the remedy is named."""
    file = written(tmp_path / "a.parquet", {"text": [1, 2], "title": ["A", "B"]})
    assert "holds text" in errors(outcomes(file))[0]
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "briefgen[parquet]" in errors(outcomes(file))[0]
