"""Time, and what importing costs."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from importlib import import_module

import pytest

from briefgen.article import normalise, split_sentences
from briefgen.errors import InputError
from briefgen.sources import read_article

MODULES = [
    "article",
    *(f"sources.{name}" for name in ("decode", "hidden", "kinds", "markup", "page_metadata")),
]
MODULES += [f"sources.{name}" for name in ("html", "json", "markdown", "text")]
MODULES += [f"sources.{name}" for name in ("globs", "labels", "members", "records")]
WORST = [
    " ",
    "\n",
    "\n ",
    "<",
    "<!--",
    "<meta ",
    "data:image/",
    "'",
    "a",
    "-",
    "0",
    "{",
    "rgb(1,",
    "a\u0430",
    "\u00ad",
    ":0",
    "\\",
]


def patterns() -> list[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    return [
        (f"{name}.{key}", value)
        for name in MODULES
        for key, value in vars(import_module(f"briefgen.{name}")).items()
        if isinstance(value, re.Pattern)
    ]


@pytest.mark.covers("T-REDOS-1")
@pytest.mark.parametrize(("name", "pattern"), patterns(), ids=[name for name, _ in patterns()])
def test_every_pattern_is_linear(name: str, pattern: re.Pattern[str] | re.Pattern[bytes]) -> None:
    """Each regular expression scans 300,000 characters of what is worst for it: quadratic, it would take minutes."""
    for unit in WORST:
        text = unit * (300_000 // len(unit)) + "!"
        started = time.process_time()
        if isinstance(pattern.pattern, bytes):
            pattern.sub(b"", text.encode())
        else:
            pattern.sub("", text)
        assert time.process_time() - started < 10, (name, unit)


@pytest.mark.covers("T-REDOS-1")
@pytest.mark.parametrize("unit", ["'", "«", "“a ‘b ", " ", ".", "\u0301", "\u200b", "a. ", "总统"])
def test_normalising_and_splitting_are_linear(unit: str) -> None:
    """A megabyte of lone quotation marks, which takes the splitter alone minutes, is split in seconds."""
    started = time.process_time()
    split_sentences(normalise(unit * (1_000_000 // len(unit)) + "x")[0])
    assert time.process_time() - started < 20


def test_text_of_the_largest_size() -> None:
    """Text over the character limit is input_too_big, in any format, and quickly."""
    started = time.process_time()
    with pytest.raises(InputError) as caught:
        read_article(b"Moro leaves. " * 500_000)
    assert caught.value.code == "input_too_big"
    assert time.process_time() - started < 15


def test_importing_loads_no_parser() -> None:
    """The parsers of HTML and Markdown are loaded when such input is read, not before."""
    code = (
        "import sys, briefgen.sources as s; s.read_article(b'Moro leaves.');"
        "print([m for m in ('trafilatura', 'lxml', 'markdown_it', 'cchardet') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
