"""Briefs as rows, and rows as CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from example_briefs import rich_brief
from hostile import OURS, hostile_brief, naughty_strings, payloads
from hypothesis import given
from hypothesis import strategies as st

from briefgen.render.csv import csv_lines, guarded, unguarded
from briefgen.render.tables import columns, rows, tables

if TYPE_CHECKING:
    from briefgen.brief import Brief

SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\u2212"]


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def named(brief: Brief, table: str) -> list[dict[str, Any]]:
    names = [name for name, _ in columns(table)]
    return [dict(zip(names, row, strict=True)) for row in rows(brief)[table]]


def test_every_facet_of_the_contract_has_a_table_and_every_row_a_cell_for_each_column() -> None:
    found = rows(rich_brief())
    assert list(found) == list(tables())
    facets = {"actors", "planned_visits", "motives", "allegations", "open_questions", "background"}
    assert facets <= set(found)
    for table, listed in found.items():
        assert all(len(row) == len(columns(table)) for row in listed)
    assert all(found[facet] for facet in facets - {"background"})


def test_a_visit_is_one_row_with_names_for_ids_and_its_parts_in_columns() -> None:
    visit = named(rich_brief(), "planned_visits")[1]
    assert visit["id"] == "visit-2"
    assert visit["visitors"] == ("Ana Ruiz",)
    assert visit["hosts"] == ("Osmark",)
    assert (visit["destination"], visit["destination_country"]) == ("Osmark", None)
    assert (visit["timing"], visit["timing_edtf"]) == ("as early as June", "XXXX-06")
    assert (visit["timing_earliest"], visit["timing_ambiguous"]) == (None, False)
    assert visit["status"] == "reported"
    assert visit["sentences"] == ("1", "4")
    assert len(visit["quotes"]) == 2
    assert visit["published"] == date(2031, 5, 1)
    first = named(rich_brief(), "planned_visits")[0]
    assert first["confirmations"][0] == "preparation: confirmed (Tomas Lindqvist; sentence 2)"


def test_an_allegation_tells_how_each_accused_answered_and_ids_of_items_stay_ids() -> None:
    (allegation,) = named(rich_brief(), "allegations")
    assert allegation["accusers"] == ("Osmark", "the Free Ports")
    assert allegation["responses"] == ("Norland: neither_confirmed_nor_denied (sentence 12)",)
    assert named(rich_brief(), "motives")[0]["applies_to"] == ("visit-1",)


def test_items_of_a_facet_outside_the_contract_are_kept_as_json() -> None:
    (other,) = named(hostile_brief("x"), "other_items")
    assert other["facet"] == "unknown_facet"
    assert '"text": "x"' in other["item"]


def test_what_is_unknown_is_empty_and_nothing_is_left_out() -> None:
    (line,) = read(csv_lines([(None, True, False, 3, 0.5, date(2031, 5, 1), ("a", "b"), "c")]))
    assert line == ["", "true", "false", "3", "0.5", "2031-05-01", "a; b", "c"]


def test_lines_end_as_rfc_4180_says_and_quotes_are_doubled() -> None:
    text = csv_lines([('say "hi", then; go', 1), ("x", 2)])
    assert text == '"say ""hi"", then; go",1\r\n"x",2\r\n'


@pytest.mark.covers("B-OUT-10")
@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "'", "' "])
def test_a_cell_that_a_spreadsheet_might_compute_starts_with_an_apostrophe(sign: str, before: str) -> None:
    text = f'{before}{sign}HYPERLINK("http://evil.example","x")'
    assert guarded(text) == f"'{text}"
    ((cell, *_),) = read(csv_lines([(text, "next")]))
    assert cell.startswith("'") or cell.lstrip()[0] not in "=+-@"


@pytest.mark.covers("B-OUT-10")
@pytest.mark.parametrize("text", ["a=b", "2-1", "x@y.example", "'quoted'", "it's", "", " plain", "–"])
def test_other_cells_are_left_alone(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.covers("B-OUT-10")
@given(st.text(alphabet=st.sampled_from("=+-@'\t\r\n x\uff1d,\";"), max_size=8))
def test_the_guard_can_be_taken_back_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.covers("B-OUT-01", "B-OUT-02", "B-OUT-10", "B-OUT-16")
@pytest.mark.parametrize("text", [*OURS, *SIGNS, 'a"b', "a,b", "x" * 100_000])
def test_a_hostile_brief_stays_in_its_cells(text: str) -> None:
    """As many rows and columns as there are, no control character, no cell that starts a formula or is too long."""
    for table, listed in rows(hostile_brief(text)).items():
        lines = read(csv_lines(listed))
        assert len(lines) == len(listed)
        for line in lines:
            assert len(line) == len(columns(table))
            for cell in line:
                assert cell.isprintable()
                assert cell.lstrip()[:1] not in tuple("=+@-")
                assert len(cell) < 32_767


@pytest.mark.covers("B-OUT-11")
def test_naughty_strings_stay_in_their_cells() -> None:
    lines = read(csv_lines([(text, 1) for text in naughty_strings()]))
    assert len(lines) == len(naughty_strings())
    assert all(len(line) == 2 and line[1] == "1" for line in lines)


@pytest.mark.parametrize("name", ["web_html_js", "markdown_js"])
def test_payloads_for_browsers_stay_in_their_cells(name: str) -> None:
    texts = payloads(name)
    assert len(read(csv_lines([(text,) for text in texts]))) == len(texts) > 0
