"""ZIP archives: members are read in place, and their names are labels only."""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from archives import SMALL, TEXT, code_of, errors, line, outcomes, texts, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.sources.entries import Entry, Limits, ReadingOptions
from briefgen.sources.labels import unescaped

PAGE = f"<html><body><article><p>{TEXT}</p></article></body></html>"


def packed(
    file: Path, *members: tuple[str | zipfile.ZipInfo, str | bytes], method: int = zipfile.ZIP_DEFLATED
) -> Path:
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as archive:
        warnings.simplefilter("ignore")  # two members of one name
        for name, data in members:
            archive.writestr(name, data, compress_type=method)
    return file


@pytest.mark.covers("B-ARC-01")
def test_unsafe_names_are_labels_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names that lead out of the archive are read like any other, and no file comes to be anywhere."""
    names = ["../../evil.html", "/abs.html", "C:\\x.html", "..\\x.html", "\\\\server\\x.html"]
    file = packed(tmp_path / "a.zip", *((name, PAGE) for name in names))
    monkeypatch.chdir(tmp_path)
    before = sorted(Path("/").iterdir()) + sorted(tmp_path.rglob("*"))
    found = outcomes("a.zip")
    assert texts(found) == [TEXT] * 5
    assert [unescaped(each.label.removeprefix("a.zip//")) for each in found] == names
    assert sorted(Path("/").iterdir()) + sorted(tmp_path.rglob("*")) == before
    assert file.exists()


@pytest.mark.covers("B-ARC-02")
def test_links_and_devices_are_skipped(tmp_path: Path) -> None:
    """A member that is a symbolic link, a pipe or a device is passed over with a code."""
    members: list[tuple[str | zipfile.ZipInfo, str]] = [("a.txt", TEXT)]
    for name, kind in (("link.txt", stat.S_IFLNK), ("pipe.txt", stat.S_IFIFO), ("device.txt", stat.S_IFCHR)):
        info = zipfile.ZipInfo(name)
        info.external_attr = (kind | 0o777) << 16
        members.append((info, "/etc/passwd"))
    found = outcomes(packed(tmp_path / "a.zip", *members))
    assert [code_of(each) for each in found] == ["ok", *["skipped input_unsupported"] * 3]


@pytest.mark.covers("B-ARC-03", "B-ARC-04")
def test_names_that_are_alike(tmp_path: Path) -> None:
    """The same name twice, in another case, or in another Unicode form: all are read, each has its label."""
    names = ["a.txt", "a.txt", "A.txt", "caf\u00e9.txt", "cafe\u0301.txt", "a.txt//2"]
    found = outcomes(packed(tmp_path / "a.zip", *((name, f"{TEXT} {at}") for at, name in enumerate(names))))
    assert len({each.label for each in found}) == len(names)
    assert [code_of(each) for each in found] == ["ok"] * 5 + ["skipped input_unsupported"]
    assert found[1].label.endswith("a.zip//a.txt//2")


@pytest.mark.covers("B-ARC-05")
def test_a_member_that_unpacks_to_too_much(tmp_path: Path) -> None:
    """A document over the limit is archive_limit, and its neighbours are read."""
    file = packed(tmp_path / "a.zip", ("bomb.txt", b"0" * 60_000_000), ("ok.txt", TEXT))
    assert told(outcomes(file), file) == [("/bomb.txt", "archive_limit"), ("/ok.txt", "ok")]


@pytest.mark.covers("B-ARC-06")
def test_archives_inside_archives_are_not_opened(tmp_path: Path) -> None:
    """Nested archives and packed files are passed over, told by name or by content."""
    inner = packed(tmp_path / "inner.zip", ("x.txt", TEXT)).read_bytes()
    names = ["in.zip", "in.tar.gz", "in.jsonl.gz", "in.parquet"]
    gzipped = b"\x1f\x8b\x08\x00" + bytes(20)
    file = packed(
        tmp_path / "a.zip", *((name, inner) for name in names), ("gz.txt", gzipped), ("ok.txt", TEXT)
    )
    assert [code_of(each) for each in outcomes(file)] == ["skipped input_unsupported"] * 5 + ["ok"]


@pytest.mark.covers("B-ARC-07")
def test_members_that_share_their_data(tmp_path: Path) -> None:
    """A directory that lists one member again and again is stopped by what comes out in all."""
    file = packed(tmp_path / "one.zip", ("a.txt", "0" * 9_000))
    data = file.read_bytes()
    start = struct.unpack_from("<L", data, len(data) - 6)[0]
    entries = data[start : len(data) - 22] * 200
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 200, 200, len(entries), start, 0)
    file.write_bytes(data[:start] + entries + end)
    limits = Limits(record=10_000, document=10_000, barren=50_000, ratio=1, members=1000)
    found = outcomes(file, options=ReadingOptions(limits=limits))
    assert 0 < len(texts(found)) < 20
    assert code_of(found[-1]) == "archive_limit"
    assert found[-1].label == str(file)


@pytest.mark.covers("B-ARC-08")
@pytest.mark.parametrize("claimed", [10, 5_000_000], ids=["too small", "too large"])
@pytest.mark.parametrize("where", ["local", "central"])
def test_sizes_that_lie(tmp_path: Path, claimed: int, where: str) -> None:
    """Whatever a header claims, real bytes are counted: read rightly or refused, and the neighbour is read."""
    file = packed(tmp_path / "a.zip", ("a.txt", TEXT * 3), ("b.txt", TEXT))
    data = bytearray(file.read_bytes())
    at = data.index(b"PK\x03\x04") + 22 if where == "local" else data.index(b"PK\x01\x02") + 24
    struct.pack_into("<L", data, at, claimed)
    file.write_bytes(data)
    found = outcomes(file)
    assert texts(found) in ([TEXT], [" ".join([TEXT] * 3), TEXT], [TEXT * 3, TEXT])
    assert found[-1].label.endswith("b.txt")
    assert code_of(found[-1]) == "ok"


@pytest.mark.covers("B-ARC-09")
def test_a_directory_without_end_is_refused_before_it_is_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More members than the limit are archive_limit, counted and not believed, before zipfile sees them."""
    file = packed(tmp_path / "a.zip", *((f"{n}.txt", TEXT) for n in range(11)))
    data = bytearray(file.read_bytes())
    struct.pack_into("<2H", data, len(data) - 14, 3, 3)  # it claims three
    file.write_bytes(data)

    def never(*_args: object) -> None:
        raise AssertionError

    monkeypatch.setattr(zipfile, "ZipFile", never)
    assert told(outcomes(file, options=ReadingOptions(limits=SMALL))) == [(str(file), "archive_limit")]


@pytest.mark.covers("B-ARC-10")
def test_encrypted_members_say_so(tmp_path: Path) -> None:
    """A member with the flag of encryption is archive_encrypted; the others are read."""
    file = packed(tmp_path / "a.zip", ("secret.txt", TEXT), ("open.txt", TEXT))
    data = bytearray(file.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    file.write_bytes(data)
    assert [code_of(each) for each in outcomes(file)] == ["archive_encrypted", "ok"]


@pytest.mark.covers("B-ARC-11")
@pytest.mark.parametrize("streamed", [False, True], ids=["sizes ahead", "sizes behind"])
def test_an_archive_that_was_cut_off_keeps_its_whole_members(tmp_path: Path, streamed: bool) -> None:
    """Without its directory an archive is read from the front: whole members, and one error for the rest."""
    sink = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(10):
            archive.writestr(f"{number}.txt", f"{TEXT} {number}")
        archive.writestr("stored.txt", TEXT, zipfile.ZIP_STORED)
    data = sink.getvalue()
    file = tmp_path / "cut.zip"
    whole = data.index(b"PK\x01\x02")
    for length in range(100, whole, 97):
        file.write_bytes(data[:length])
        found = outcomes(file)
        assert code_of(found[-1]) == "input_unreadable"
        assert found[-1].label == str(file)
        kept = texts(found)
        assert kept == [f"{TEXT} {number}" for number in range(10)][: len(kept)]
        assert data[:length].count(b"PK\x03\x04") - 2 <= len(kept)
    file.write_bytes(data[:whole])
    assert len(texts(outcomes(file))) == (10 if streamed else 11)


class Unseekable(io.BytesIO):
    """A pipe, to which zipfile writes sizes behind the data."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError

    def seek(self, *_args: int) -> int:
        raise OSError


@pytest.mark.covers("B-ARC-11")
def test_a_wrong_checksum_costs_its_member_only(tmp_path: Path) -> None:
    """A member whose bytes do not fit their checksum fails, and the others are read."""
    file = packed(tmp_path / "a.zip", ("a.txt", TEXT), ("b.txt", TEXT), method=zipfile.ZIP_STORED)
    data = bytearray(file.read_bytes())
    data[data.index(TEXT.encode())] ^= 1
    file.write_bytes(data)
    found = outcomes(file)
    assert [code_of(each) for each in found] == ["input_unreadable", "ok"]
    assert "CRC" in errors(found)[0]


@pytest.mark.covers("B-ARC-12")
def test_bytes_around_an_archive_are_flagged(tmp_path: Path) -> None:
    """A file that is a page and a ZIP archive at once is opened by its directory, and its articles are flagged."""
    file = packed(tmp_path / "a.zip", ("a.txt", TEXT))
    data = file.read_bytes()
    for around in (b"<html>Read me instead</html>" + data, data + b"more"):
        file.write_bytes(around)
        (entry,) = outcomes(file)
        assert isinstance(entry, Entry)
        assert "archive_surrounded" in entry.article.flags
    file.write_bytes(data)
    (entry,) = outcomes(file)
    assert isinstance(entry, Entry)
    assert "archive_surrounded" not in entry.article.flags


@pytest.mark.covers("B-ARC-15")
def test_methods_that_are_not_read(tmp_path: Path) -> None:
    """LZMA, and methods that nobody knows here, are input_unsupported for the member."""
    file = packed(tmp_path / "a.zip", ("a.txt", TEXT), method=zipfile.ZIP_LZMA)
    assert [code_of(each) for each in outcomes(file)] == ["input_unsupported"]
    packed(file, ("a.txt", TEXT), ("b.txt", TEXT))
    data = bytearray(file.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(mark) + offset, 98)  # PPMd
    file.write_bytes(data)
    assert [code_of(each) for each in outcomes(file)] == ["input_unsupported", "ok"]


def test_lines_and_tables_inside_an_archive(tmp_path: Path) -> None:
    """Members that are archives of articles themselves are read line by line; dot files are left alone."""
    file = packed(
        tmp_path / "a.zip",
        ("2024/a.jsonl", line("One.") + b"{broken\n" + line("Three.")),
        ("2024/b.csv", b"text\nFour.\n"),
        ("__MACOSX/._a.jsonl", b"\0\1\2"),
        ("2024/", ""),
        ("photo.jpg", b"\xff\xd8\xff"),
    )
    assert told(outcomes(file), file) == [
        ("/2024/a.jsonl:1", "ok"),
        ("/2024/a.jsonl:2", "input_unreadable"),
        ("/2024/a.jsonl:3", "ok"),
        ("/2024/b.csv:2", "ok"),
        ("/photo.jpg", "skipped input_unsupported"),
    ]


def test_a_zip_under_another_name_is_no_page(tmp_path: Path) -> None:
    """An office document or a ZIP called .html is refused as binary, not unpacked."""
    file = packed(tmp_path / "a.html", ("a.txt", TEXT))
    assert told(outcomes(file), tmp_path) == [("a.html", "input_binary")]
    (tmp_path / "b.zip").write_bytes(b"no zip at all")
    assert told(outcomes(tmp_path / "b.zip"), tmp_path) == [("b.zip", "input_unreadable")]


def test_a_member_whose_name_is_lost_is_an_outcome(tmp_path: Path) -> None:
    """A damaged directory can leave a member without any name: it is told like every other."""
    file = packed(tmp_path / "a.zip", ("a.txt", TEXT), ("b.txt", TEXT))
    data = bytearray(file.read_bytes())
    at = data.rindex(b"a.txt")
    data[at] = 0  # in the directory, a name ends at its first NUL
    file.write_bytes(data)
    found = outcomes(file)
    assert len(found) == 2
    assert all(each.label.isprintable() for each in found)


NOISE = hashlib.sha512(b"noise").hexdigest() * 4
"""Hard to pack, and the same in every run: an example that fails can be run again."""


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8), st.booleans())
def test_damage_anywhere_is_an_outcome(tmp_path: Path, at: int, bytes_there: bytes, cut: bool) -> None:
    """Wherever bytes are replaced or the file is cut, reading ends in outcomes, never in an exception."""
    file = packed(tmp_path / "a.zip", ("a.txt", NOISE), ("b.jsonl", line("One.") * 3), ("c.txt", TEXT))
    data = bytearray(file.read_bytes())
    at %= len(data)
    data[at : at + len(bytes_there)] = bytes_there
    file.write_bytes(data[:at] if cut else data)
    assert all(each.label.isprintable() for each in outcomes(file))
