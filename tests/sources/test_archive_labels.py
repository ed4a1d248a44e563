"""Labels: one printable line, another one for every name, and back again."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.sources.labels import escaped, member_label, numbered, path_label, unescaped

NAMES = st.text(st.characters() | st.sampled_from("\udc80\udcff\\:/\n\x1b=0123456789xu"), max_size=30)


@pytest.mark.covers("B-FIL-09", "B-FIL-10")
@given(NAMES)
def test_a_name_is_one_printable_line_and_comes_back(name: str) -> None:
    """Whatever a name holds, its label is printable, is UTF-8, and leads back to the name."""
    label = escaped(name)
    assert label.isprintable()
    label.encode()
    assert unescaped(label) == name


@pytest.mark.covers("B-FIL-10")
def test_bytes_that_are_no_utf8_and_control_characters_differ() -> None:
    """A byte of a name that is not UTF-8 is told apart from the control character of the same number."""
    assert escaped(os.fsdecode(b"caf\x85")) == "caf\\x85"
    assert escaped("caf\x85") == "caf\\u0085"


def test_a_name_like_a_line_number_is_no_line_number() -> None:
    """A file called ``a.jsonl:3`` has another label than line 3 of ``a.jsonl``."""
    assert path_label("a.jsonl:3") != numbered(path_label("a.jsonl"), 3)
    assert unescaped(path_label("a.jsonl:3")) == "a.jsonl:3"


@given(st.lists(st.tuples(NAMES.filter(bool), st.integers(1, 3)), min_size=2, max_size=2, unique=True))
def test_members_of_other_names_have_other_labels(members: list[tuple[str, int]]) -> None:
    """Two members share a label only if they are the same occurrence of the same name."""
    first, second = (member_label("a.zip", name, occurrence) for name, occurrence in members)
    assert first != second


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("./news//a.txt", "news/a.txt"),
        ("news/../a.txt", "a.txt"),
        ("//srv/a.txt", "/srv/a.txt"),
        ("/srv/a.txt", "/srv/a.txt"),
        ("a\nb.txt", "a\\u000ab.txt"),
    ],
)
def test_a_path_is_kept_as_given_but_for_detours(path: str, label: str) -> None:
    """``./``, doubled slashes and ``..`` are taken out, so that ``**`` and ``//`` cannot make two labels."""
    assert path_label(path) == label
