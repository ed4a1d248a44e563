"""Output files are whole-old or whole-new; standard output never ends in a traceback."""

from __future__ import annotations

import errno
import io
import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from briefgen.cli.output import FileTarget, knows_only_ascii, write_stdout
from briefgen.errors import OutputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path


def fail(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "no space")


@pytest.mark.covers("D-02")
@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_full_disk_leaves_the_old_file_and_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, step: str
) -> None:
    path = tmp_path / "brief.txt"
    path.write_text("old")
    target = FileTarget.checked(path, force=True)
    with monkeypatch.context() as patch:
        patch.setattr(step, fail)
        with pytest.raises(OutputError, match="no space left"):
            target.write("new")
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["brief.txt"]


@pytest.mark.covers("G-06")
def test_an_interrupt_while_writing_leaves_the_old_file_and_no_other(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "brief.txt"
    path.write_text("old")
    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        FileTarget(path, force=True).write("new")
    assert path.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_new_file_gets_the_permissions_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        FileTarget.checked(tmp_path / "brief.txt").write("new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "brief.txt").stat().st_mode) == 0o640


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    path.write_text("old")
    path.chmod(0o600)
    FileTarget.checked(path, force=True).write("new")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o600)


def test_a_file_that_appears_while_the_model_works_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "brief.txt"
    target = FileTarget.checked(path)
    path.write_text("somebody else's")
    with pytest.raises(UsageError, match="exists"):
        target.write("new")
    assert path.read_text() == "somebody else's"


@pytest.mark.covers("D-20")
def test_a_link_that_appears_while_the_model_works_is_not_followed(tmp_path: Path) -> None:
    target = FileTarget.checked(tmp_path / "brief.txt", force=True)
    (tmp_path / "brief.txt").symlink_to("elsewhere.txt")
    with pytest.raises(OutputError, match="symbolic link"):
        target.write("new")
    assert not (tmp_path / "elsewhere.txt").exists()


def test_a_directory_or_a_pipe_is_no_output(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(OutputError, match="not a regular file"):
            FileTarget.checked(tmp_path / name, force=True)


def test_a_name_that_is_too_long_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="too long"):
        FileTarget.checked(tmp_path / ("x" * 300))


@pytest.mark.covers("B-CLI-16")
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8", "cp1252"])
def test_what_the_encoding_of_standard_output_lacks_is_written_out(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    write_stdout("Zoë → 日本\n")
    shown = raw.getvalue().decode(encoding)
    assert knows_only_ascii() == (encoding != "utf-8")
    assert "\\u65e5" in shown or "日" in shown


def test_a_closed_standard_output_is_an_output_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputError, match="closed"):
        write_stdout("x")
