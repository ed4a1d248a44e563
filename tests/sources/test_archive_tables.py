"""CSV, TSV, and lists in JSON files."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import TYPE_CHECKING

import pytest
from archives import SMALL, TEXT, errors, outcomes, texts, told

from briefgen.article import MAX_CHARACTERS
from briefgen.sources.entries import Entry, ReadingOptions, Unreadable

if TYPE_CHECKING:
    from pathlib import Path


def table(*rows: tuple[str, ...], delimiter: str = ",") -> bytes:
    made = io.StringIO()
    csv.writer(made, delimiter=delimiter).writerows(rows)
    return made.getvalue().encode()


HEADER = ("Headline", "Date Published", "Source", "Article Text", "id")
ROW = ("Moro to go", "2024-06-10", "The Ledger", TEXT, "a7")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_columns_are_found_by_their_names(tmp_path: Path, delimiter: str) -> None:
    """Text and metadata come from the columns that are called like them, whatever separates them."""
    file = tmp_path / "a.csv"
    file.write_bytes(table(HEADER, ROW, delimiter=delimiter))
    (entry,) = outcomes(file)
    assert isinstance(entry, Entry)
    assert entry.label == f"{file}:2"
    assert entry.record_id == "a7"
    article = entry.article
    assert (article.text, article.title, article.publisher) == (TEXT, "Moro to go", "The Ledger")
    assert str(article.published) == "2024-06-10"


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    """The header is row 1, and a cell of many lines is one row; packed or not."""
    data = table(("text",), ("First.\nStill the first.",), ("Second.",))
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(data))
    found = outcomes(tmp_path / "a.csv.gz")
    assert told(found, tmp_path) == [("a.csv.gz:2", "ok"), ("a.csv.gz:3", "ok")]
    assert texts(found) == ["First.\nStill the first.", "Second."]


@pytest.mark.covers("B-FIL-19")
def test_ragged_rows_and_nul_fail_with_their_number(tmp_path: Path) -> None:
    """A row with a cell too few, one too many, or a NUL fails by itself; the others are read."""
    file = tmp_path / "a.csv"
    file.write_bytes(b"title,text\nA,One.\nB\nC,Three.,x\nD,Fo\0ur.\nE,Five.\n")
    found = outcomes(file)
    assert told(found, tmp_path) == [
        ("a.csv:2", "ok"),
        ("a.csv:3", "input_unreadable"),
        ("a.csv:4", "input_unreadable"),
        ("a.csv:5", "input_binary"),
        ("a.csv:6", "ok"),
    ]
    assert "1 cells, the header 2" in errors(found)[0]


@pytest.mark.covers("B-FIL-19")
def test_a_huge_cell_fails_with_its_number(tmp_path: Path) -> None:
    """A cell of 10 MB is too big for an article; the rows around it are read. One of 200 kB is an article."""
    file = tmp_path / "a.csv"
    long = "Moro leaves. " * 16_000
    file.write_bytes(table(("text",), ("One.",), ("x" * 2 * MAX_CHARACTERS,), (long,)))
    found = outcomes(file)
    assert told(found, tmp_path) == [("a.csv:2", "ok"), ("a.csv:3", "input_too_big"), ("a.csv:4", "ok")]
    assert texts(found)[1] == long.strip()


@pytest.mark.parametrize(
    "end",
    [b'"The quotation that never ends.\nD,Three.\n', b'"Cut off'],
    ids=["never closed", "cut off"],
)
def test_a_quotation_mark_that_is_not_closed_costs_the_rest(tmp_path: Path, end: bytes) -> None:
    """The rows before are kept, and one failure stands for what cannot be told apart any more."""
    file = tmp_path / "a.csv"
    file.write_bytes(b"title,text\nA,One.\nB," + end)
    found = outcomes(file)
    assert told(found, tmp_path) == [("a.csv:2", "ok"), ("a.csv:3", "input_unreadable")]
    assert "quotation mark" in errors(found)[0]


def test_a_cell_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    """A cell over the limit ends the table there."""
    limits = SMALL
    file = tmp_path / "a.csv"
    file.write_bytes(b'title,text\nA,One.\nB,"' + b"no end\n" * 50_000)
    found = outcomes(file, options=ReadingOptions(limits=limits))
    assert told(found, tmp_path)[0] == ("a.csv:2", "ok")
    assert len(found) == 2
    assert isinstance(found[1], Unreadable)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "input_empty"),
        (b"\n\n", "input_empty"),
        (b"one,two\n1,2\n", "input_unsupported"),
        (b"%PDF-1.7\n", "input_unsupported"),
        (b"text\rOne.\rTwo.\r", "input_unreadable"),
    ],
    ids=["nothing", "blank", "no text column", "PDF", "line ends of old Macs"],
)
def test_tables_without_articles_fail_once(tmp_path: Path, data: bytes, code: str) -> None:
    """What has no column of text is one failure that says which names are looked for."""
    file = tmp_path / "a.csv"
    file.write_bytes(data)
    assert told(outcomes(file), tmp_path) == [("a.csv", code)]


@pytest.mark.covers("B-ENC-01", "B-ENC-02")
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_tables_in_other_character_sets(tmp_path: Path, encoding: str) -> None:
    """What spreadsheets save is read: UTF-8 with a mark, UTF-16, Windows-1252."""
    file = tmp_path / "a.csv"
    file.write_bytes("title,text\nA,„Präsident Moro fährt nach Köln.“\n".encode(encoding))
    assert texts(outcomes(file)) == ["„Präsident Moro fährt nach Köln.“"]


def test_empty_cells_and_blank_rows(tmp_path: Path) -> None:
    """An article without text is empty; a blank row is none at all; of two columns of a name the first counts."""
    file = tmp_path / "a.csv"
    file.write_bytes(b"text,title,text\n,A,x\n\n,,\nOne.,B,x\n")
    found = outcomes(file)
    assert [code for _, code in told(found)] == ["input_empty", "input_empty", "ok"]
    assert texts(found) == ["One."]


def test_known_rows_are_not_made_articles(tmp_path: Path) -> None:
    """A row's fingerprint stands for its cells and their columns."""
    file = tmp_path / "a.csv"
    file.write_bytes(table(HEADER, ROW))
    (first,) = outcomes(file)
    options = ReadingOptions(known=lambda _label, fingerprint: fingerprint == first.fingerprint)
    assert [code for _, code in told(outcomes(file, options=options))] == ["unchanged"]
    file.write_bytes(table((*HEADER[:3], "body", "id"), ROW))
    assert [code for _, code in told(outcomes(file, options=options))] == ["ok"]


# -- JSON files ---------------------------------------------------------------------------------------------


def test_a_json_file_is_one_article_a_list_or_lines(tmp_path: Path) -> None:
    """One object is an article; the objects of a list are counted; objects one a line are read as lines."""
    record = {"text": TEXT, "title": "Moro"}
    (tmp_path / "a.json").write_text(json.dumps(record, indent=2))
    (tmp_path / "b.json").write_text(json.dumps([record, {"title": "No text"}, record], indent=1))
    (tmp_path / "c.json").write_text(f"{json.dumps(record)}\n{json.dumps(record)}\n")
    (tmp_path / "d.json.gz").write_bytes(gzip.compress(json.dumps([record]).encode()))
    (tmp_path / "e.json").write_text("[]")
    assert told(outcomes(tmp_path), tmp_path) == [
        ("a.json", "ok"),
        ("b.json:1", "ok"),
        ("b.json:2", "input_unsupported"),
        ("b.json:3", "ok"),
        ("c.json:1", "ok"),
        ("c.json:2", "ok"),
        ("d.json.gz:1", "ok"),
        ("e.json", "input_empty"),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('[{"text": "One."}, {"text": "Tw', ["ok", "input_unreadable"]),
        ('[{"text": "One."} {"text": "Two."}]', ["ok", "input_unreadable"]),
        ('[{"text": "One."}] more', ["ok", "input_unreadable"]),
        ('[{"text": "One."}', ["ok", "input_unreadable"]),
        ('[5, {"text": "Two."}]', ["input_unsupported", "ok"]),
        ("[", ["input_unreadable"]),
        ('{"text": "One."', ["input_unreadable"]),
        ("  ", ["input_empty"]),
    ],
)
def test_a_damaged_list_keeps_its_whole_objects(tmp_path: Path, text: str, codes: list[str]) -> None:
    """What is whole is read, and one failure stands for the rest."""
    file = tmp_path / "a.json"
    file.write_text(text)
    assert [code for _, code in told(outcomes(file))] == codes


@pytest.mark.covers("B-FIL-04", "B-FIL-05")
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.json", "a.txt", "a.jsonl.gz", "a.zip"])
@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"], ids=["nothing", "blank", "mark"])
def test_files_without_anything_are_empty(tmp_path: Path, name: str, content: bytes) -> None:
    """A file of any kind that holds nothing is one failure, not silence."""
    file = tmp_path / name
    file.write_bytes(gzip.compress(content) if name.endswith("gz") else content)
    expected = "input_unreadable" if name.endswith("zip") else "input_empty"
    assert told(outcomes(file), tmp_path) == [(name, expected)]


def test_a_list_that_is_too_large_for_memory_is_refused(tmp_path: Path) -> None:
    """A JSON list is parsed as a whole, so it has the limit of a document; lines have none."""
    file = tmp_path / "a.json"
    options = ReadingOptions(limits=SMALL)
    file.write_text(json.dumps([{"text": TEXT}] * 200, indent=1))
    assert [code for _, code in told(outcomes(file, options=options))] == ["input_too_big"]
    file.write_text("".join(json.dumps({"text": TEXT}) + "\n" for _ in range(200)))
    assert len(texts(outcomes(file, options=options))) == 200
