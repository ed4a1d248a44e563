"""Files, bytes and standard input."""

from __future__ import annotations

import io
import os
import socket
import time
from pathlib import Path

import pytest

from briefgen.errors import InputError, UsageError
from briefgen.sources import Metadata, files, make_article, read_article, shown
from briefgen.sources.base import RawText

TEXT = "President Ilan Moro of Varnia will visit Korvia in June, his office said on Monday."


def refused(source: str | Path | bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read_article(source)
    return caught.value


def test_a_text_file_is_an_article(tmp_path: Path) -> None:
    """A .txt file's text is the article's."""
    file = tmp_path / "moro.txt"
    file.write_text(TEXT)
    assert read_article(file).text == TEXT
    assert read_article(str(file)) == read_article(TEXT.encode())


def test_standard_input_is_read_where_the_name_is_a_dash() -> None:
    """``-`` reads the stream that is given."""
    assert read_article("-", stdin=io.BytesIO(TEXT.encode())).text == TEXT


def test_closed_standard_input_is_missing_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process without standard input gets an error, not a crash."""
    monkeypatch.setattr("sys.stdin", None)
    assert refused("-").code == "input_missing"


def test_a_stream_that_fails_is_unreadable() -> None:
    """An error of the operating system while reading standard input names it."""

    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise IsADirectoryError(21, "Is a directory")

    with pytest.raises(InputError, match="standard input") as caught:
        read_article("-", stdin=Failing())
    assert caught.value.code == "input_unreadable"


@pytest.mark.covers("B-FIL-01")
@pytest.mark.parametrize("name", ["absent.txt", "file.txt/below.txt", "nul\0.txt"])
def test_a_missing_file(tmp_path: Path, name: str) -> None:
    """A name that leads nowhere is input_missing, exit 4."""
    (tmp_path / "file.txt").write_text(TEXT)
    error = refused(str(tmp_path / name))
    assert (error.code, error.exit_code) == ("input_missing", 4)


@pytest.mark.covers("B-FIL-02")
def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is input_unreadable and says why."""
    file = tmp_path / "closed.txt"
    file.write_text(TEXT)

    def deny(*_args: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", deny)  # the tests may run as root, who may read all
    error = refused(file)
    assert error.code == "input_unreadable"
    assert "Permission denied" in str(error)


@pytest.mark.covers("B-FIL-03")
def test_a_folder_is_a_usage_error(tmp_path: Path) -> None:
    """A folder given as the article ends with exit 2 and names the batch command."""
    with pytest.raises(UsageError, match="batch") as caught:
        read_article(tmp_path)
    assert caught.value.exit_code == 2


@pytest.mark.covers("B-FIL-04", "B-FIL-05")
@pytest.mark.parametrize(
    "data",
    [b"", b" \n\t\r\n ", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \n", "\u200b\u00a0\u2060".encode()],
    ids=["nothing", "white space", "BOM", "UTF-16 BOM", "BOM and space", "invisible"],
)
def test_input_without_text_is_empty(tmp_path: Path, data: bytes) -> None:
    """Nothing, white space, a BOM or invisible characters alone are input_empty."""
    file = tmp_path / "empty.txt"
    file.write_bytes(data)
    assert refused(file).code == "input_empty"


@pytest.mark.covers("B-FIL-06")
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    """Pipes, sockets and devices are input_unsupported without being opened: no wait for a writer."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    address = tmp_path / "socket"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(address))
        started = time.process_time()
        for path in (str(pipe), str(address), "/dev/zero", "/dev/null"):
            assert refused(path).code == "input_unsupported"
        assert time.process_time() - started < 10


def test_a_file_that_becomes_a_pipe_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe put in the file's place after it was looked at is not waited for either."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    file = tmp_path / "file.txt"
    file.write_text(TEXT)
    before = file.stat()
    monkeypatch.setattr(os, "stat", lambda _path: before)
    assert refused(pipe).code == "input_unsupported"


def test_a_symlink_to_itself_is_unreadable(tmp_path: Path) -> None:
    """A loop of symbolic links ends in an error, not in a loop."""
    link = tmp_path / "loop"
    link.symlink_to(link)
    assert refused(link).code == "input_unreadable"


@pytest.mark.covers("B-FIL-09")
@pytest.mark.parametrize(
    "name", ["a\nerror[x].txt", "a\x1b[31m.txt", "a'b\".txt", "=cmd().txt", "a\u202eb.txt"]
)
def test_hostile_names_are_shown_escaped(tmp_path: Path, name: str) -> None:
    """A name with a line end, an escape, quotes or a bidi control stays one harmless line in a message."""
    message = str(refused(tmp_path / name))
    assert "\n" not in message
    assert message.isprintable()
    assert "'" not in shown(name)[1:-1].replace("\\'", "")
    (tmp_path / name).write_text(TEXT)
    assert read_article(tmp_path / name).text == TEXT


@pytest.mark.covers("B-FIL-10")
def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    """A name with a byte that is not UTF-8 is read, and shown with the byte's number."""
    name = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    assert "caf\\xe9.txt" in str(refused(name))
    Path(name).write_text(TEXT)
    assert read_article(name).text == TEXT


@pytest.mark.covers("B-FIL-11")
def test_long_names(tmp_path: Path) -> None:
    """A name of 255 bytes works; a path that the system does not take is input_unreadable and shown cut."""
    file = tmp_path / ("n" * 251 + ".txt")
    file.write_text(TEXT)
    assert read_article(file).text == TEXT
    error = refused("/" + "d/" * 3000 + "x.txt")
    assert error.code == "input_unreadable"
    assert len(str(error)) < 400


@pytest.mark.covers("B-FIL-12", "B-FIL-13")
@pytest.mark.parametrize("size", [5_000_000_000, 10_000_000_000])
def test_huge_files_are_refused_unread(tmp_path: Path, size: int) -> None:
    """A file over the limit is input_too_big by its size alone."""
    file = tmp_path / "huge.txt"
    with file.open("wb") as stream:
        stream.truncate(size)
    started = time.process_time()
    assert refused(file).code == "input_too_big"
    assert time.process_time() - started < 5


@pytest.mark.covers("B-FIL-14")
def test_a_file_that_grows_is_read_once_and_up_to_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit holds for the bytes read, whatever size the file had when it was looked at."""
    file = tmp_path / "growing.txt"
    file.write_text(TEXT * 3)
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    (tmp_path / "small.txt").write_text("x")
    small = (tmp_path / "small.txt").stat()
    monkeypatch.setattr(os, "fstat", lambda _handle: small)
    assert refused(file).code == "input_too_big"
    assert refused(b"x" * 101).code == "input_too_big"


@pytest.mark.covers("B-FIL-15")
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n1 0 obj", "input_unsupported"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "input_binary"),
        (b"PK\x03\x04\x14\x00\x00\x00", "input_binary"),
        (b"\x7fELF\x02\x01\x01\x00", "input_binary"),
        (b"\x1f\x8b\x08\x00\x00\x00", "input_binary"),
        (b"{\\rtf1\\ansi Moro}", "input_unsupported"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "input_unsupported"),
    ],
    ids=["PDF", "PNG", "ZIP", "ELF", "gzip", "RTF", "feed"],
)
def test_the_content_decides_not_the_extension(tmp_path: Path, data: bytes, code: str) -> None:
    """What only looks like HTML by its name is refused as what it is."""
    file = tmp_path / "page.html"
    file.write_bytes(data)
    assert refused(file).code == code


@pytest.mark.covers("B-FIL-15")
def test_content_is_recognised_under_any_name(tmp_path: Path) -> None:
    """HTML in a .txt file is read as HTML, JSON as JSON, and text in a .html file as text."""
    file = tmp_path / "a.txt"
    for encoding in ("utf-8", "utf-16"):
        file.write_bytes(
            f"\n<!-- saved -->\n<!DOCTYPE html><html><body><p>{TEXT}</p></body></html>".encode(encoding)
        )
        assert read_article(file).text == TEXT
    file.write_text(f'{{"text": "{TEXT}", "title": "Moro"}}')
    assert read_article(file).title == "Moro"
    file = tmp_path / "a.html"
    file.write_text(TEXT)
    assert read_article(file).text == TEXT


def test_an_archive_of_articles_is_a_usage_error(tmp_path: Path) -> None:
    """A .jsonl file given as one article names the batch command."""
    file = tmp_path / "articles.jsonl"
    file.write_text('{"text": "One."}\n{"text": "Two."}\n')
    with pytest.raises(UsageError, match=r"articles\.jsonl.*batch"):
        read_article(file)


def test_the_caller_beats_the_page() -> None:
    """Metadata that is given wins over what the input says; what is not given is the input's."""
    data = b'{"text": "Moro leaves.", "title": "Old", "publisher": "The Ledger", "date": "2024-01-01"}'
    article = read_article(data, overrides=Metadata(title="New", published="2024-06-10"))
    assert (article.title, article.publisher, str(article.published)) == ("New", "The Ledger", "2024-06-10")


def test_a_wrong_date_of_the_page_is_flagged_and_one_of_the_caller_raises() -> None:
    """A date that cannot be read is the page's fault (flag, no date) or the caller's (usage error)."""
    raw = RawText("Moro leaves.", Metadata(published="next June"))
    article = make_article(raw)
    assert article.published is None
    assert "date_unreadable" in article.flags
    with pytest.raises(UsageError):
        make_article(raw, Metadata(published="someday"))


def test_short_text_is_an_article_with_a_flag() -> None:
    """One line is read, flagged too_short; three sentences are not flagged, in any script."""
    assert "too_short" in read_article(TEXT.encode()).flags
    assert "too_short" not in read_article((TEXT * 5).encode()).flags
    assert "too_short" not in read_article(("总统将于六月访问科尔维亚，官员周一说。" * 6).encode()).flags
