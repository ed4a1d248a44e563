"""Folders, globs, links, and files that are no files."""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import time
from pathlib import Path

import pytest
from archives import TEXT, code_of, errors, line, outcomes, texts, told

from briefgen.sources.archive import read_archive
from briefgen.sources.entries import Entry, ReadingOptions
from briefgen.sources.folders import FolderWalk
from briefgen.sources.labels import unescaped

FOLLOW = ReadingOptions(follow_links=True)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    root = tmp_path / "news"
    for name in ("b.txt", "a.md", "2024/z.html", "2024/06/deep.txt", "2023/y.jsonl"):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(line(TEXT) if name.endswith("l") and "json" in name else TEXT.encode())
    return root


@pytest.mark.covers("B-FIL-03")
def test_a_folder_is_walked_in_a_stable_order(archive: Path) -> None:
    """A folder's own files by name, then its subfolders by name; what the system's order is does not matter."""
    expected = ["a.md", "b.txt", "2023/y.jsonl:1", "2024/z.html", "2024/06/deep.txt"]
    assert told(outcomes(archive), archive) == [(name, "ok") for name in expected]


def test_what_is_not_read_is_told_and_dot_files_are_left_alone(archive: Path) -> None:
    """A file of another kind is skipped with a code; given by name it is read. Dot files are not looked at."""
    (archive / "notes.log").write_text(TEXT)
    (archive / ".hidden.txt").write_text(TEXT)
    (archive / ".git").mkdir()
    (archive / ".git/x.txt").write_text(TEXT)
    found = dict(told(outcomes(archive), archive))
    assert found.pop("notes.log") == "skipped input_unsupported"
    assert set(found.values()) == {"ok"}
    assert len(found) == 5
    assert told(outcomes(archive / "notes.log"), archive) == [("notes.log", "ok")]


def test_an_empty_folder_is_empty_input(tmp_path: Path) -> None:
    """A folder without a file is one failure that names it, exit 4."""
    (tmp_path / "below").mkdir()
    found = outcomes(tmp_path)
    assert told(found) == [(str(tmp_path), "input_empty")]
    assert "holds no file" in errors(found)[0]


@pytest.mark.covers("B-FIL-01", "D-25")
def test_missing_inputs_and_files_that_vanish(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An input that is not there, and a file deleted between the listing and the reading, fail by themselves."""
    found = told(outcomes(archive / "absent.txt", archive / "b.txt", archive / "no*.txt"), archive)
    assert found == [("absent.txt", "input_missing"), ("b.txt", "ok"), ("no*.txt", "input_missing")]
    reading = read_archive([archive])
    next(reading)
    (archive / "b.txt").unlink()
    assert [code_of(each) for each in reading] == ["input_missing", "ok", "ok", "ok"]


@pytest.mark.covers("B-FIL-02")
def test_what_may_not_be_read_fails_by_itself(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or folder without permission is input_unreadable, and the rest is read."""
    listing, opening = os.scandir, os.open

    def guarded_listing(path: str) -> object:
        if path.endswith("2024"):
            raise PermissionError(13, "Permission denied")
        return listing(path)

    def guarded_opening(path: str, flags: int) -> int:
        if path.endswith("b.txt"):
            raise PermissionError(13, "Permission denied")
        return opening(path, flags)

    monkeypatch.setattr(os, "scandir", guarded_listing)  # the tests may run as root, who may read all
    monkeypatch.setattr(os, "open", guarded_opening)
    found = dict(told(outcomes(archive), archive))
    assert found == {
        "a.md": "ok",
        "b.txt": "input_unreadable",
        "2023/y.jsonl:1": "ok",
        "2024": "input_unreadable",
    }


@pytest.mark.covers("B-FIL-06")
def test_pipes_sockets_and_devices_are_skipped_at_once(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is no regular file is not opened, in a folder or given by name."""
    monkeypatch.chdir(archive)
    os.mkfifo("pipe.txt")
    started = time.process_time()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        found = dict(told(outcomes(".")))
        assert found["pipe.txt"] == found["socket.txt"] == "skipped input_unsupported"
        given = told(outcomes("pipe.txt", "socket.txt", "/dev/zero"))
    assert [code for _, code in given] == ["input_unsupported"] * 3
    assert time.process_time() - started < 10


@pytest.mark.covers("B-FIL-07")
def test_links_are_followed_only_when_asked(archive: Path, tmp_path: Path) -> None:
    """Links out of the root, to files and folders, are skipped with a code; with follow_links they are read."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "o.txt").write_text("From outside.")
    (outside / "secret.txt").write_text("Another from outside.")
    (archive / "folder").symlink_to(outside)
    (archive / "file.txt").symlink_to(outside / "o.txt")
    (archive / "broken.txt").symlink_to(outside / "gone.txt")
    found = dict(told(outcomes(archive), archive))
    assert [found[name] for name in ("folder", "file.txt", "broken.txt")] == ["skipped input_unsupported"] * 3
    followed = dict(told(outcomes(archive, options=FOLLOW), archive))
    assert followed["file.txt"] == followed["folder/o.txt"] == followed["folder/secret.txt"] == "ok"
    assert followed["broken.txt"] == "input_missing"
    assert told(outcomes(archive / "file.txt"), archive) == [("file.txt", "ok")]


@pytest.mark.covers("B-FIL-08")
def test_loops_of_links_end_and_each_file_is_read_once(archive: Path, tmp_path: Path) -> None:
    """Links to a folder above, to each other and to a file inside add nothing, followed or not."""
    (archive / "2024/up").symlink_to(archive)
    (archive / "2023/out").symlink_to(tmp_path)
    (archive / "again.txt").symlink_to(archive / "b.txt")
    (archive / "loop").symlink_to(archive / "loop")
    for options in (None, FOLLOW):
        found = outcomes(archive, options=options)
        real = {
            os.path.realpath(unescaped(each.label.partition(":")[0]))
            for each in found
            if isinstance(each, Entry)
        }
        assert len(texts(found)) == len(real) == 5


@pytest.mark.covers("B-FIL-09", "B-FIL-10")
def test_hostile_names_are_read_and_their_labels_are_one_line(tmp_path: Path) -> None:
    """Line ends, escapes, quotes, a leading = and bytes that are not UTF-8: read, shown escaped, kept losslessly."""
    names = [b"a\nb.txt", b"\x1b[31m.txt", b"'\".txt", b"=cmd().txt", b"caf\xe9.txt", "a\u202eb.txt".encode()]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text(TEXT)
    found = outcomes(tmp_path)
    assert [code_of(each) for each in found] == ["ok"] * len(names)
    assert all(each.label.isprintable() for each in found)
    kept = {os.fsencode(unescaped(each.label)).removeprefix(os.fsencode(tmp_path) + b"/") for each in found}
    assert kept == set(names)


@pytest.mark.covers("B-FIL-11")
def test_long_names_and_deep_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of 255 bytes is read; a path that the system does not take any more is a failure, not a crash."""
    (tmp_path / ("n" * 251 + ".txt")).write_text(TEXT)
    assert texts(outcomes(tmp_path)) == [TEXT]
    assert [code_of(each) for each in outcomes("d/" * 3000 + "x.txt")] == ["input_unreadable"]
    monkeypatch.chdir(tmp_path)
    for _ in range(25):
        Path("d" * 200).mkdir()
        os.chdir("d" * 200)
    monkeypatch.chdir(tmp_path)
    codes = [code_of(each) for each in outcomes(tmp_path)]
    shutil.rmtree(tmp_path / ("d" * 200))  # other tests look around here
    assert codes == ["ok", "input_unreadable"]


@pytest.mark.covers("B-FIL-12", "B-FIL-13")
def test_huge_documents_are_refused_unread(tmp_path: Path) -> None:
    """A text file of 5 GB is too big for one article; a sparse archive is left where nothing is found."""
    for name, size in (("a.txt", 5_000_000_000), ("b.html", 10_000_000_000), ("c.jsonl", 10_000_000_000)):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(size)
    started = time.process_time()
    found = outcomes(tmp_path)
    assert [code_of(each) for each in found] == ["input_too_big"] * 3
    assert time.process_time() - started < 20


@pytest.mark.covers("B-FIL-16")
def test_the_same_content_under_two_names_has_one_id(tmp_path: Path) -> None:
    """Two files with the same text are two entries with one article id, by which a run asks once."""
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text(TEXT + "\n")
    first, second = outcomes(tmp_path)
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert first.article.id == second.article.id
    assert first.label != second.label


def test_a_file_named_twice_or_found_in_a_named_folder_is_read_once(archive: Path) -> None:
    """Inputs that overlap do not make two entries of one file, in either order."""
    whole = told(outcomes(archive), archive)
    file = archive / "b.txt"
    assert told(outcomes(file, file, f"{archive}/./b.txt"), archive) == [("b.txt", "ok")]
    assert told(outcomes(archive, file, archive / "2024", archive), archive) == whole
    assert sorted(told(outcomes(file, archive), archive)) == sorted(whole)
    assert sorted(told(outcomes(archive / "2024", archive), archive)) == sorted(whole)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["b.txt"]),
        ("**/*.txt", ["b.txt", "2024/06/deep.txt"]),
        ("202[0-3]/*", ["2023/y.jsonl:1"]),
        ("202?", ["2023/y.jsonl:1", "2024/z.html", "2024/06/deep.txt"]),
        ("**", ["a.md", "b.txt", "2023/y.jsonl:1", "2024/z.html", "2024/06/deep.txt"]),
        ("2024/**/*.html", ["2024/z.html"]),
    ],
)
def test_globs(archive: Path, pattern: str, expected: list[str]) -> None:
    """A pattern that the shell left alone is expanded by name, through no link."""
    (archive / "loop").symlink_to(archive)
    found = [label for label, code in told(outcomes(f"{archive}/{pattern}"), archive) if code == "ok"]
    assert sorted(found) == sorted(expected)


def test_a_file_whose_name_is_a_pattern_is_that_file(tmp_path: Path) -> None:
    """A name with a bracket that exists is meant, not expanded."""
    (tmp_path / "a[1].txt").write_text("One.")
    (tmp_path / "a1.txt").write_text("Two.")
    assert texts(outcomes(tmp_path / "a[1].txt")) == ["One."]


def test_packed_documents(tmp_path: Path) -> None:
    """A page or a text that is packed is read as what is inside; packed twice it is refused."""
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(gzip.compress(TEXT.encode())))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"0" * 60_000_000))
    (tmp_path / "d.txt.gz").write_bytes(gzip.compress(TEXT.encode())[:-20])
    assert [code for _, code in told(outcomes(tmp_path))] == [
        "ok",
        "input_unsupported",
        "input_too_big",
        "input_unreadable",
    ]


@pytest.mark.covers("B-FIL-17")
def test_names_of_a_large_folder_are_let_go_as_they_are_read(tmp_path: Path) -> None:
    """The walk is lazy, and holds no more than the names of the folder it is in."""
    for number in range(3000):
        (tmp_path / f"{number:05}.txt").touch()
    walk = iter(FolderWalk(str(tmp_path)))
    assert [next(walk) for _ in range(2)] == [f"{tmp_path}/00000.txt", f"{tmp_path}/00001.txt"]
    assert sum(1 for _ in walk) == 2998
