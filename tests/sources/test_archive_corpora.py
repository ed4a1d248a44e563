"""Corpora and real archives, through the reader."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from archives import SMALL, TEXT, code_of, outcomes, texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.sources.entries import Entry, ReadingOptions

if TYPE_CHECKING:
    from pathlib import Path


def test_the_corpora_end_in_outcomes(shared: Path) -> None:
    """Every file of the attack corpora is an article, a failure or skipped; its label is one printable line."""
    folder = shared / "corpora"
    found = outcomes(folder)
    files = sum(1 for file in folder.rglob("*") if file.is_file())
    assert len(found) >= files
    assert all(each.label.isprintable() for each in found)
    assert Counter(code_of(each).split()[0] for each in found)["ok"] > 10


def test_every_file_of_the_corpora_given_by_name(shared: Path) -> None:
    """Given by name, files of any kind are read by their content and end in outcomes too."""
    for file in sorted((shared / "corpora").rglob("*")):
        if file.is_file():
            assert outcomes(file), file


def test_real_archives_are_read_whole(shared: Path) -> None:
    """Every line of a real archive is an article with its own metadata."""
    found = outcomes(shared / "data/archive/wikinews_2019_2020.jsonl.gz")
    assert len(texts(found)) == len(found) == 294
    for each in found:
        assert isinstance(each, Entry)
        assert each.article.title
        assert each.article.published
        assert each.record_id


def test_naughty_strings_as_records(shared: Path, tmp_path: Path) -> None:
    """Each string of the big list as text, title and id of a record is read or refused by itself."""
    strings = json.loads((shared / "corpora/blns/blns.json").read_text())
    file = tmp_path / "a.jsonl"
    file.write_text(
        "".join(json.dumps({"text": f"{each} {TEXT}", "title": each, "id": each}) + "\n" for each in strings)
    )
    found = outcomes(file)
    assert len(texts(found)) == len(strings)
    for each in found:
        json.dumps(each.label)
        each.label.encode()


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.binary(max_size=40)
        | st.sampled_from(
            [b'{"text": "', b'"}', b"\n", b'"', b"text,title\n", b"[", b",", b"\xff\xfe", b"\x1f\x8b\x08"]
        ),
        max_size=12,
    ).map(b"".join),
    st.sampled_from(["jsonl", "csv", "json", "txt", "html", "md", "gz", "zip", "tar", "data"]),
    st.booleans(),
)
def test_any_bytes_under_any_name_end_in_outcomes(
    tmp_path: Path, data: bytes, name: str, packed: bool
) -> None:
    """Whatever a file holds and however it is called, packed or not: outcomes, at least one, and no exception."""
    file = tmp_path / f"a.{name}"
    file.write_bytes(gzip.compress(data) if packed else data)
    found = outcomes(file, options=ReadingOptions(limits=SMALL))
    assert found
    assert all(each.label.isprintable() for each in found)


@pytest.mark.covers("B-FIL-17")
def test_memory_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    """Reading 60,000 articles takes no more memory than 10,000 of them did."""
    file = tmp_path / "a.jsonl"
    with file.open("w") as stream:
        for number in range(60_000):
            stream.write(json.dumps({"text": f"{TEXT} {number}"}) + "\n")
    code = (
        "import sys, resource\nfrom briefgen.sources.archive import read_archive\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "for at, each in enumerate(read_archive([sys.argv[1]])):\n"
        "    if at == 10_000: before = peak()\n"
        "print(peak() - before)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 4_000
