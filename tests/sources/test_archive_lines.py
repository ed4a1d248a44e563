"""JSON Lines: a line is an article or its own failure."""

from __future__ import annotations

import gzip
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from archives import SMALL, TEXT, code_of, errors, line, outcomes, texts, told

from briefgen.errors import InputError, UsageError
from briefgen.sources import Metadata
from briefgen.sources.archive import read_archive
from briefgen.sources.entries import Entry, ReadingOptions, Unreadable

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.covers("B-FIL-18")
def test_a_bad_line_is_that_lines_failure(tmp_path: Path) -> None:
    """Of 100 lines with line 37 broken 99 are read, and line 37 fails with its number."""
    lines = [line(f"{TEXT} {number}") for number in range(1, 101)]
    lines[36] = b'{"text": "Moro", "title": }\n'
    file = tmp_path / "archive.jsonl"
    file.write_bytes(b"".join(lines))
    found = outcomes(file)
    assert [code_of(each) for each in found].count("ok") == 99
    failed = [each for each in found if isinstance(each, Unreadable)]
    assert [(each.label, each.error.code) for each in failed] == [(f"{file}:37", "input_unreadable")]
    assert "column 27" in str(failed[0].error)


def test_a_packed_file_reads_as_the_plain_one(tmp_path: Path) -> None:
    """``.jsonl.gz`` gives the same articles, told apart by the label alone, whatever it is called."""
    data = line("One article.", id=7, title="First") + b"\n   \n" + line("Another.", id="b")
    (tmp_path / "a.jsonl").write_bytes(data)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(data))
    (tmp_path / "c.jsonl").write_bytes(gzip.compress(data))
    found = [outcomes(tmp_path / name) for name in ("a.jsonl", "b.jsonl.gz", "c.jsonl")]
    assert [told(each, tmp_path) for each in found] == [
        [(f"{name}:1", "ok"), (f"{name}:4", "ok")] for name in ("a.jsonl", "b.jsonl.gz", "c.jsonl")
    ]
    entries = [each for each in found[1] if isinstance(each, Entry)]
    assert [each.record_id for each in entries] == ["7", "b"]
    assert entries[0].article.title == "First"
    assert [each.fingerprint for each in entries] == [
        each.fingerprint for each in found[0] if isinstance(each, Entry)
    ]


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_packed_file_that_was_cut_off_keeps_its_whole_lines(tmp_path: Path, kept: float) -> None:
    """Every line that is whole is an article; one failure, on the next line, stands for the rest."""
    lines = [line(f"{TEXT} {number * 7919}") for number in range(400)]
    packed = gzip.compress(b"".join(lines))
    file = tmp_path / "cut.jsonl.gz"
    file.write_bytes(packed[: int(len(packed) * kept)])
    found = outcomes(file)
    assert all(isinstance(each, Entry) for each in found[:-1])
    assert 0 < len(found) < 400
    last = found[-1]
    assert isinstance(last, Unreadable)
    assert last.label == f"{file}:{len(found)}"
    assert "cut off" in str(last.error)


def test_a_wrong_checksum_at_the_end_is_told(tmp_path: Path) -> None:
    """All lines before it are kept, and the damage is reported once."""
    packed = bytearray(gzip.compress(line("One.") + line("Two.")))
    packed[-8] ^= 0xFF
    file = tmp_path / "a.jsonl.gz"
    file.write_bytes(packed)
    assert told(outcomes(file), tmp_path) == [
        ("a.jsonl.gz:1", "ok"),
        ("a.jsonl.gz:2", "ok"),
        ("a.jsonl.gz:3", "input_unreadable"),
    ]


def test_standard_input_that_ends_inside_a_line() -> None:
    """What came whole is read, and the last line says that it was cut off; without a line end it may be whole."""
    whole = line("One.") + line("Two.")
    found = outcomes("-", stdin=io.BytesIO(whole + b'{"text": "Thr'))
    assert told(found) == [("-:1", "ok"), ("-:2", "ok"), ("-:3", "input_unreadable")]
    assert "middle of this line" in errors(found)[0]
    assert told(outcomes("-", stdin=io.BytesIO(whole.rstrip()))) == [("-:1", "ok"), ("-:2", "ok")]


def test_standard_input_that_fails_or_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the system while reading ends it with one failure; no standard input is missing input."""

    class Failing(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, _buffer: object) -> int:
            raise ConnectionResetError(104, "Connection reset by peer")

    failing = io.BufferedReader(Failing())
    assert "Connection reset" in errors(outcomes("-", stdin=failing))[0]
    monkeypatch.setattr("sys.stdin", None)
    assert told(outcomes("-")) == [("-", "input_missing")]


@pytest.mark.covers("B-ENC-01")
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_lines_in_wide_character_sets(tmp_path: Path, encoding: str) -> None:
    """UTF-16 and UTF-32, with and without a mark, read as the same lines."""
    text = "".join(json.dumps({"text": f"Präsident Moro {n}."}, ensure_ascii=False) + "\n" for n in (1, 2))
    file = tmp_path / "a.jsonl"
    file.write_bytes(text.encode(encoding))
    assert texts(outcomes(file)) == ["Präsident Moro 1.", "Präsident Moro 2."]


@pytest.mark.covers("B-ENC-02", "B-ENC-07", "B-ENC-08")
def test_a_line_in_another_character_set_costs_no_other(tmp_path: Path) -> None:
    """A line of Latin-1 among UTF-8 ones is decoded by itself; one with broken bytes is flagged."""
    file = tmp_path / "a.jsonl"
    latin = '{"text": "Der Präsident fährt nach Köln."}\n'
    broken = b'{"text": "Moro f\xc3\xa4hrt \xe2\x82 nach K\xc3\xb6ln, sagt B\xc3\xbcro."}\n'
    file.write_bytes(latin.encode() + latin.encode("latin-1") + broken)
    found = outcomes(file)
    assert texts(found)[:2] == ["Der Präsident fährt nach Köln."] * 2
    last = found[2]
    assert isinstance(last, Entry)
    assert "encoding_doubtful" in last.article.flags


@pytest.mark.covers("B-FIL-12", "B-FIL-20")
def test_a_line_over_the_limit_is_skipped_in_pieces(tmp_path: Path) -> None:
    """The line fails as too big and the next one is read."""
    file = tmp_path / "a.jsonl"
    file.write_bytes(line("One.") + line("x" * 30_000) + line("Three."))
    found = outcomes(file, options=ReadingOptions(limits=SMALL))
    assert told(found, tmp_path) == [
        ("a.jsonl:1", "ok"),
        ("a.jsonl:2", "input_too_big"),
        ("a.jsonl:3", "ok"),
    ]


@pytest.mark.covers("B-FIL-20", "B-FIL-13")
@pytest.mark.parametrize("unit", [b"\0", b"\n", b"{}\n"], ids=["one line", "blank lines", "no articles"])
def test_a_bomb_ends_where_nothing_is_found(tmp_path: Path, unit: bytes) -> None:
    """A packed file that goes on without a record is left, with one error for the rest."""
    file = tmp_path / "bomb.jsonl.gz"
    file.write_bytes(gzip.compress(line("One.") + unit * (300_000 // len(unit)) + line("Last.")))
    limits = replace(SMALL, ratio=10_000)
    found = outcomes(file, options=ReadingOptions(limits=limits))
    assert texts(found) == ["One."]
    assert code_of(found[-1]) == "input_too_big"
    assert "without an article" in errors(found)[-1]


@pytest.mark.covers("B-FIL-20")
def test_a_bomb_of_articles_ends_by_its_ratio(tmp_path: Path) -> None:
    """The same line without end, which unpacks to hundreds of times its size, is left as a bomb."""
    file = tmp_path / "bomb.jsonl.gz"
    file.write_bytes(gzip.compress(line("The same again.") * 100_000))
    found = outcomes(file, options=ReadingOptions(limits=SMALL))
    assert code_of(found[-1]) == "input_too_big"
    assert "times its size" in errors(found)[-1]
    assert len(found) < 60_000


def test_what_only_is_called_jsonl_fails_once(tmp_path: Path) -> None:
    """A picture under the name of an archive is one failure, not one a line."""
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\n\x00\x01" * 100)
    assert told(outcomes(file), tmp_path) == [("a.jsonl", "input_binary")]


def test_options_hold_for_every_article(tmp_path: Path) -> None:
    """A text field of another name, and metadata that the caller knows."""
    file = tmp_path / "a.jsonl"
    file.write_text(
        '{"body": "Not this.", "lede_text": "This one.", "source": "Old"}\n{"body": "None here."}\n'
    )
    options = ReadingOptions(text_field="lede_text", overrides=Metadata(publisher="The Selm Kurier"))
    first, second = outcomes(file, options=options)
    assert isinstance(first, Entry)
    assert (first.article.text, first.article.publisher) == ("This one.", "The Selm Kurier")
    assert isinstance(second, Unreadable)
    assert "lede_text" in str(second.error)
    with pytest.raises(UsageError, match="is no date"):
        ReadingOptions(overrides=Metadata(published="someday"))


def test_what_is_known_is_not_parsed(tmp_path: Path) -> None:
    """An entry that the caller knows by its fingerprint comes back unparsed; a changed line does not."""
    file = tmp_path / "a.jsonl"
    file.write_bytes(line("One.") + line("Two.") + b"{broken\n")
    known = {(each.label, each.fingerprint) for each in outcomes(file)}
    file.write_bytes(line("One.") + line("Two, changed.") + b"{broken\n")
    options = ReadingOptions(known=lambda label, fingerprint: (label, fingerprint) in known)
    assert [code for _, code in told(outcomes(file, options=options))] == ["unchanged", "ok", "unchanged"]


def test_a_fingerprint_stands_for_bytes_and_options(tmp_path: Path) -> None:
    """The same bytes read with other options have another fingerprint."""
    file = tmp_path / "a.jsonl"
    file.write_bytes(line("One."))
    prints = {
        outcomes(file, options=options)[0].fingerprint
        for options in (
            ReadingOptions(),
            ReadingOptions(text_field="text"),
            ReadingOptions(overrides=Metadata(publisher="The Ledger")),
        )
    }
    assert len(prints) == 3
    assert all(len(each) == 16 for each in prints)


@pytest.mark.covers("B-CLI-15")
def test_no_input_at_all_is_an_error_at_once() -> None:
    """An empty list of inputs is refused before anything is read, exit 4."""
    with pytest.raises(InputError) as caught:
        read_archive([])
    assert caught.value.exit_code == 4


def test_closing_the_iterator_closes_the_file(tmp_path: Path) -> None:
    """A reader that stops early leaves no file open."""
    file = tmp_path / "a.jsonl"
    file.write_bytes(line("One.") * 3)
    reading = read_archive([file])
    next(reading)
    reading.close()  # a file left open would be a ResourceWarning, which fails the tests
    assert list(reading) == []
