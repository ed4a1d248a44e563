"""``briefgen`` as a process: signals, pipes, terminals."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.brief import Actor, ArticleInfo, Brief, Coverage, Provenance
from briefgen.render.sections import KNOWN_FACETS
from briefgen.render.words import heading
from cli.outcomes import outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    Start = Callable[..., subprocess.Popen[bytes]]

MODEL = ("--model", "openai:any")
HOSTILE = (
    "\x1b[2J",
    "\x1b]0;t\x07",
    "\x1b]8;;http://evil.example\x1b\\",
    "\x1b]52;c;eA==\x07",
    "\x1bPq\x1b\\",
    "\x9b31m",
    "\b\r\x00",
    "\u202e\u2066",
    "[/bold]",
)


def wait_for(process: subprocess.Popen[bytes], word: bytes) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        if word in line:
            return
    pytest.fail(f"the program ended without {word!r}")


def read_all(terminal: int) -> str:
    """Everything that is written to a terminal until nobody has it open any more."""
    data = b""
    while True:
        try:
            chunk = os.read(terminal, 65536)
        except OSError:  # what Linux says at the end
            break
        if not chunk:
            break
        data += chunk
    os.close(terminal)
    return data.decode()


def canned(folder: Path, text: str) -> Path:
    """A file with the brief that the program is to print, ``text`` in most places that take text."""
    brief = Brief(
        article=ArticleInfo(id="0" * 64, title=text, publisher=text, url=text),
        headline=text,
        actors=(Actor(id="actor-1", name=text, kind="person", role=text, aliases=(text,)),),
        coverage=Coverage(facets={"actors": "complete"}),
        provenance=Provenance(
            briefgen="0",
            model=text,
            prompts={},
            created=datetime(2031, 5, 1, tzinfo=UTC),
            requests=1,
            seconds=1,
        ),
    )
    path = folder / "canned.json"
    path.write_text(brief.to_json(), encoding="utf-8")
    return path


@pytest.mark.covers("G-01", "G-03", "G-07", "G-09", "K-21")
@pytest.mark.parametrize(
    ("behaviour", "number", "code"),
    [
        ("waits", signal.SIGINT, 130),
        ("waits", signal.SIGTERM, 143),
        ("waits", signal.SIGHUP, 143),
        ("stuck", signal.SIGINT, 130),
    ],
)
def test_a_signal_ends_the_program_at_once_with_its_code_and_one_line(
    program: Start, article: Path, behaviour: str, number: signal.Signals, code: int
) -> None:
    process = program(behaviour, "brief", article, *MODEL, "-o", "brief.txt")
    wait_for(process, b"asked")
    start = time.monotonic()
    process.send_signal(number)
    done = outcome(process)
    assert time.monotonic() - start < 15, "a second, and room for a busy machine"
    assert done.code == code
    assert done.err == (
        f"error[interrupted] {article}: stopped by {number.name}; run the same command again\n"
    )
    assert sorted(path.name for path in article.parent.iterdir()) == ["article.txt"]


@pytest.mark.covers("G-02", "G-10")
def test_a_second_signal_ends_a_clean_up_that_takes_for_ever(program: Start, article: Path) -> None:
    process = program("unkillable", "brief", article, *MODEL)
    wait_for(process, b"asked")
    process.send_signal(signal.SIGINT)
    wait_for(process, b"cleaning")
    process.send_signal(signal.SIGINT)
    done = outcome(process)
    assert done.code == 130
    assert "Traceback" not in done.err


@pytest.mark.covers("K-20")
@pytest.mark.parametrize("arguments", [("brief", "article.txt", *MODEL), ("schema",), ("--help",)])
def test_a_reader_that_goes_away_ends_the_program_quietly(
    program: Start, article: Path, arguments: tuple[str, ...]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = outcome(program("answers", *arguments, stdout=writer))
    os.close(writer)
    assert done.code in {1, 141}
    assert done.err == ""


@pytest.mark.covers("D-03")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_standard_output_ends_with_6_and_one_line(program: Start, article: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = outcome(program("answers", "brief", article, *MODEL, stdout=full))
    assert done.code == 6
    assert done.err.startswith(f"error[output_failed] {article}: standard output: no space left")
    assert done.err.count("\n") == 1


@pytest.mark.covers("B-CLI-16")
@pytest.mark.parametrize("name", ["text", "json"])
def test_an_ascii_only_locale_gets_an_escaped_brief(
    program: Start, article: Path, tmp_path: Path, name: str
) -> None:
    environment = {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    brief = canned(tmp_path, "Zoë → 日本")
    done = outcome(program(brief, "brief", article, *MODEL, "--format", name, env=environment))
    assert (done.code, done.err) == (0, "")
    assert done.out.isascii()
    if name == "json":
        assert json.loads(done.out)["headline"] == "Zoë → 日本"


@pytest.mark.covers("T-SEC-3", "T-SEC-6")
def test_an_unexpected_error_is_one_line_without_its_message_and_debug_shows_the_place_only(
    program: Start, article: Path
) -> None:
    canary = {"CANARY": "article-text-canary"}
    quiet = outcome(program("broken", "brief", article, *MODEL, env=canary))
    assert quiet.code == 1
    assert quiet.err.startswith(f"error[internal] {article}: unexpected KeyError; ")
    assert quiet.err.count("\n") == 1
    loud = outcome(program("broken", "--debug", "brief", article, *MODEL, env=canary))
    assert "Traceback" in loud.err
    assert "locals" not in loud.err


@pytest.mark.covers("B-OUT-01", "B-OUT-02", "B-OUT-04")
@pytest.mark.parametrize("name", ["text", "json"])
def test_no_control_of_a_hostile_brief_reaches_a_real_terminal(
    program: Start, article: Path, tmp_path: Path, name: str
) -> None:
    text = "-".join(HOSTILE)
    ours, theirs = pty.openpty()
    environment = {"TERM": "xterm-256color", "NO_COLOR": "", "PYTHONUTF8": "1"}
    arguments = (canned(tmp_path, text), "brief", article, *MODEL, "--format", name)
    process = program(*arguments, stdout=theirs, env=environment)
    os.close(theirs)
    shown = read_all(ours).replace("\r\n", "\n")
    assert process.wait(60) == 0
    plain = re.sub(r"\x1b\[[\d;]{1,4}m", "", shown)
    assert (shown != plain) == (name == "text"), "text is styled on a terminal, nothing else is"
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2060-\u2069]", plain)
    assert "[/bold]" in plain.replace("\\", "")


def test_a_terminal_shows_which_facet_is_asked_until_the_program_ends(program: Start, article: Path) -> None:
    ours, theirs = pty.openpty()
    process = program(
        "waits", "brief", article, *MODEL, stderr=theirs, env={"TERM": "xterm", "COLUMNS": "100"}
    )
    os.close(theirs)
    shown = ""
    while not any(heading(facet) in shown for facet in KNOWN_FACETS):
        shown += os.read(ours, 65536).decode(errors="replace")
    process.send_signal(signal.SIGINT)
    end = read_all(ours)
    assert process.wait(60) == 130
    assert "\x1b[?25h" in end, "the cursor is shown again"
    assert "error[interrupted]" in end


def test_no_color_is_honoured_on_a_terminal(program: Start, article: Path) -> None:
    ours, theirs = pty.openpty()
    process = program(
        "answers", "brief", article, *MODEL, stdout=theirs, env={"TERM": "xterm", "NO_COLOR": "1"}
    )
    os.close(theirs)
    assert "\x1b" not in read_all(ours)
    assert process.wait(60) == 0


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom briefgen.cli.main import main\nfrom briefgen.cli.session import Session\n"
        "main(['brief', '--help'], Session())\n"
        "print([n for n in ('openai', 'instructor', 'rich', 'trafilatura', 'markdown_it', 'httpx2',"
        " 'xllamacpp') if n in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == "[]\n"
