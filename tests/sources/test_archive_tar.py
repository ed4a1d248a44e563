"""Tar archives, plain and packed, front to back."""

from __future__ import annotations

import gzip
import io
import tarfile
from typing import TYPE_CHECKING

import pytest
from archives import SMALL, TEXT, code_of, errors, line, outcomes, texts, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.sources.entries import Limits, ReadingOptions

if TYPE_CHECKING:
    from pathlib import Path


def tarred(*members: tuple[str, str | bytes], kinds: tuple[bytes, ...] = ()) -> bytes:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as archive:
        for name, data in members:
            content = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        for kind in kinds:
            info = tarfile.TarInfo(f"kind{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    return sink.getvalue()


@pytest.mark.covers("B-ARC-01", "B-ARC-03", "B-ARC-04")
@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tgz", "a.data"])
def test_members_are_read_whatever_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Packed or not, under any file name: unsafe, equal and look-alike names are labels, nothing is written."""
    data = tarred(*((each, TEXT) for each in ("../../evil.txt", "/abs.txt", "a.txt", "a.txt", "A.txt")))
    (tmp_path / name).write_bytes(data if name in ("a.tar", "a.data") else gzip.compress(data))
    monkeypatch.chdir(tmp_path)
    found = outcomes(name)
    assert texts(found) == [TEXT] * 5
    assert [each.label for each in found] == [
        f"{name}//{each}" for each in ("../../evil.txt", "\\u002fabs.txt", "a.txt", "a.txt//2", "A.txt")
    ]
    assert [each.name for each in tmp_path.iterdir()] == [name]
    assert not (tmp_path / "../../evil.txt").exists()


@pytest.mark.covers("B-ARC-02")
def test_links_and_devices_are_skipped(tmp_path: Path) -> None:
    """Symbolic and hard links, pipes and devices are passed over; folders are none of our business."""
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE)
    file = tmp_path / "a.tar"
    file.write_bytes(tarred(("a.txt", TEXT), kinds=(*kinds, tarfile.DIRTYPE)))
    assert [code_of(each) for each in outcomes(file)] == ["ok", *["skipped input_unsupported"] * 5]


@pytest.mark.covers("B-ARC-11")
@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_that_was_cut_off_keeps_its_whole_members(tmp_path: Path, packed: bool) -> None:
    """Wherever it is cut, whole members are articles and the archive says that it is not whole."""
    data = tarred(*((f"{n}.txt", f"{TEXT} {n * 7919}") for n in range(8)))
    stored = gzip.compress(data) if packed else data
    file = tmp_path / ("a.tar.gz" if packed else "a.tar")
    for length in range(20, len(stored) - (8 if packed else 1024 + 8000), 211 if not packed else 31):
        file.write_bytes(stored[:length])
        found = outcomes(file)
        kept = texts(found)
        assert kept == [f"{TEXT} {n * 7919}" for n in range(8)][: len(kept)]
        assert code_of(found[-1]) == "input_unreadable", length
        assert found[-1].label == str(file)
        if not packed:
            assert len(kept) >= length // 1024 - 1
    file.write_bytes(stored)
    assert [code_of(each) for each in outcomes(file)] == ["ok"] * 8


@pytest.mark.covers("B-ARC-13")
def test_a_name_of_a_megabyte(tmp_path: Path) -> None:
    """A member with an endless name is archive_limit, shown cut, and the next one is read."""
    file = tmp_path / "a.tar"
    file.write_bytes(tarred(("n" * 1_000_000 + ".txt", TEXT), ("b.txt", TEXT)))
    found = outcomes(file)
    assert [code_of(each) for each in found] == ["archive_limit", "ok"]
    assert len(found[0].label) < 500


@pytest.mark.covers("B-ARC-13")
def test_a_header_without_end_is_not_taken_in(tmp_path: Path) -> None:
    """A header that goes on for more than 4 MB ends the reading with archive_limit."""
    file = tmp_path / "a.tar.gz"
    file.write_bytes(gzip.compress(tarred(("a.txt", TEXT), ("n" * 6_000_000, TEXT))))
    assert told(outcomes(file), tmp_path) == [("a.tar.gz//a.txt", "ok"), ("a.tar.gz", "archive_limit")]


@pytest.mark.covers("B-ARC-13")
def test_sparse_members_and_negative_sizes(tmp_path: Path) -> None:
    """A sparse member is passed over; a size below zero ends the reading as damage."""
    data = bytearray(tarred(("a.txt", TEXT), ("b.txt", TEXT), ("c.txt", TEXT)))
    file = tmp_path / "a.tar"
    sparse = data.copy()
    sparse[1024 + 156 : 1024 + 157] = b"S"
    file.write_bytes(_with_checksum(sparse, 1024))
    assert [code_of(each) for each in outcomes(file)] == ["ok", "skipped input_unsupported", "ok"]
    data[1024 + 124 : 1024 + 136] = b"\xff" * 11 + b"\x00"
    file.write_bytes(_with_checksum(data, 1024))
    found = outcomes(file)
    assert texts(found) == [TEXT]
    assert code_of(found[-1]) == "input_unreadable"


def _with_checksum(data: bytearray, at: int) -> bytes:
    data[at + 148 : at + 156] = b" " * 8
    data[at + 148 : at + 156] = f"{sum(data[at : at + 512]):06o}\0 ".encode()
    return bytes(data)


@pytest.mark.covers("B-ARC-05", "B-ARC-07")
def test_what_unpacks_to_too_much(tmp_path: Path) -> None:
    """A document over the limit is archive_limit; so is the whole, when all of it goes over the ratio."""
    file = tmp_path / "a.tar.gz"
    file.write_bytes(gzip.compress(tarred(("a.txt", "0" * 20_000), ("b.txt", TEXT))))
    options = ReadingOptions(limits=SMALL)
    assert told(outcomes(file, options=options), file) == [("/a.txt", "archive_limit"), ("/b.txt", "ok")]
    limits = Limits(record=10_000, document=10_000, barren=50_000, ratio=2, members=1000)
    file.write_bytes(gzip.compress(tarred(*((f"{n}.txt", "0" * 9_000) for n in range(200)))))
    found = outcomes(file, options=ReadingOptions(limits=limits))
    assert code_of(found[-1]) == "archive_limit"
    assert len(found) < 30


@pytest.mark.covers("B-ARC-09")
def test_more_members_than_the_limit(tmp_path: Path) -> None:
    """What stands before the limit is read, and the archive says that there was more."""
    file = tmp_path / "a.tar"
    file.write_bytes(tarred(*((f"{n}.txt", TEXT) for n in range(12))))
    found = outcomes(file, options=ReadingOptions(limits=SMALL))
    assert [code_of(each) for each in found] == ["ok"] * 10 + ["archive_limit"]


def test_lines_inside_a_tar_and_what_is_no_tar(tmp_path: Path) -> None:
    """Archives of articles inside are read line by line; a file that only is called .tar fails once."""
    file = tmp_path / "a.tar"
    file.write_bytes(tarred(("a.jsonl", line("One.") * 2), ("b.zip", b"PK\x03\x04")))
    assert told(outcomes(file), file) == [
        ("/a.jsonl:1", "ok"),
        ("/a.jsonl:2", "ok"),
        ("/b.zip", "skipped input_unsupported"),
    ]
    file.write_bytes(b"no archive at all " * 100)
    assert [code_of(each) for each in outcomes(file)] == ["input_unreadable"]
    assert errors(outcomes(file))[0].isprintable()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=12), st.booleans(), st.booleans())
def test_damage_anywhere_is_an_outcome(
    tmp_path: Path, at: int, bytes_there: bytes, cut: bool, packed: bool
) -> None:
    """Wherever bytes are replaced or the file is cut, reading ends in outcomes, never in an exception."""
    plain = tarred(("a.txt", TEXT), ("b.jsonl", line("One.") * 3), ("c.txt", TEXT))[:5120]
    data = bytearray(gzip.compress(plain) if packed else plain)
    at %= len(data)
    data[at : at + len(bytes_there)] = bytes_there
    file = tmp_path / "a.tar"
    file.write_bytes(data[:at] if cut else data)
    assert all(each.label.isprintable() for each in outcomes(file))
