"""Sources that change under the run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from archives import TEXT, code_of, errors, line, outcomes, texts

from briefgen.sources.archive import read_archive
from briefgen.sources.entries import Entry, ReadingOptions

if TYPE_CHECKING:
    from pathlib import Path

LINES = [line(f"{TEXT} {number}") for number in range(2000)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"".join(LINES))
    return file


@pytest.mark.covers("D-24")
@pytest.mark.parametrize("inside_a_line", [False, True])
def test_a_file_that_is_cut_keeps_its_whole_records(file: Path, inside_a_line: bool) -> None:
    """Truncated between or inside lines while it is read: what is whole is kept, and the change is told."""
    reading = read_archive([file])
    first = next(reading)
    os.truncate(file, len(b"".join(LINES[:1500])) + (20 if inside_a_line else 0))
    found = [first, *reading]
    assert len(texts(found)) == 1500
    assert [code_of(each) for each in found[1500:]] == ["input_unreadable"] * (2 if inside_a_line else 1)
    assert "changed while it was read" in errors(found)[-1]


@pytest.mark.covers("D-24")
def test_a_file_that_is_replaced_is_read_as_it_was(file: Path, tmp_path: Path) -> None:
    """Another file under the same name, as editors and downloads make it, does not touch the reading."""
    reading = read_archive([file])
    first = next(reading)
    other = tmp_path / "new"
    other.write_bytes(line("Something else.") * 10)
    other.replace(file)
    assert len(texts([first, *reading])) == 2000


def test_a_file_that_grows_is_read_and_told(file: Path) -> None:
    """Lines that are added while it is read may be read; that it changed is told."""
    reading = read_archive([file])
    first = next(reading)
    with file.open("ab") as stream:
        stream.write(line("One more.") + b'{"text": "Not yet')
    found = [first, *reading]
    assert len(texts(found)) >= 2000
    assert "changed while it was read" in errors(found)[-1]


@pytest.mark.covers("B-FIL-14", "D-24")
def test_the_fingerprint_and_the_id_are_those_of_the_bytes_read(tmp_path: Path) -> None:
    """A file written again between two readings is another record; written again alike it is the same."""
    file = tmp_path / "a.txt"
    file.write_text(TEXT)
    (before,) = outcomes(file)
    file.write_text(TEXT)
    (same,) = outcomes(file)
    file.write_text(TEXT.replace("June", "July"))
    (after,) = outcomes(file)
    assert isinstance(before, Entry)
    assert isinstance(after, Entry)
    assert before == same
    assert before.fingerprint != after.fingerprint
    assert before.article.id != after.article.id
    options = ReadingOptions(known=lambda _label, fingerprint: fingerprint == after.fingerprint)
    assert [code_of(each) for each in outcomes(file, options=options)] == ["unchanged"]
