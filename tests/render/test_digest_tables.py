"""The digest as CSV tables: one for each facet, readable by any spreadsheet, every id joined or named."""

from __future__ import annotations

import csv
import io

from briefgen.render.digest_tables import TABLES, table_files
from digest_example import empty_digest, example_digest

TASKED = (
    "visits", "allegations", "responses", "motives", "positions", "questions", "background", "actors",
    "conflicts", "changes", "articles", "withheld",
)  # fmt: skip


def rows(table: str) -> list[dict[str, str]]:
    page = table_files(example_digest())[table]
    return list(csv.DictReader(io.StringIO(page, newline="")))


def test_there_is_a_table_for_every_facet_and_for_what_hangs_on_it() -> None:
    assert TABLES == TASKED
    assert list(table_files(example_digest())) == list(TASKED)


def test_every_table_has_a_row_for_every_item_of_the_digest() -> None:
    digest = example_digest()
    counts = {
        "visits": len(digest.planned_visits),
        "allegations": len(digest.allegations),
        "responses": sum(len(line.responses) for line in digest.allegations),
        "motives": len(digest.motives),
        "positions": len(digest.positions),
        "questions": len(digest.open_questions),
        "background": len(digest.background),
        "actors": len(digest.actors),
        "conflicts": sum(len(conflict.sides) for conflict in digest.conflicts),
        "changes": len(digest.changes),
        "articles": len(digest.articles),
        "withheld": digest.counts.withheld_items,
    }
    assert {table: len(rows(table)) for table in TASKED} == counts


def test_an_empty_table_has_the_same_columns_and_no_rows() -> None:
    full, empty = table_files(example_digest()), table_files(empty_digest())
    for table in TASKED:
        assert empty[table].splitlines() == full[table].splitlines()[:1]


def test_lines_end_as_rfc_4180_says_and_every_row_tells_the_day_of_its_digest() -> None:
    for table, page in table_files(example_digest()).items():
        assert "\n" not in page.replace("\r\n", "")
        assert {row["digest"] for row in rows(table)} == {"2031-06-10"}


def test_a_visit_has_names_for_ids_its_time_in_parts_and_all_that_was_said_of_it() -> None:
    visit = next(row for row in rows("visits") if row["id"] == "visit-ruiz-velia")
    assert (visit["visitors"], visit["destination"], visit["status"]) == ("Ana Ruiz", "Velia", "confirmed")
    assert (visit["timing"], visit["timing_earliest"], visit["timing_latest"]) == (
        "on 18 and 19 June",
        "2031-06-18",
        "2031-06-19",
    )
    assert visit["confirmations"] == (
        "occurrence: confirmed (the presidential palace; 2031-06-10); "
        "dates: confirmed (the presidential palace; 2031-06-10); "
        "dates: not_confirmed (the presidential palace; 2031-06-09; no longer current)"
    )
    assert "in the coming weeks (外交筋, 2031-06-05)" in visit["timings"]
    assert (visit["independent_sources"], visit["outlets"], visit["sequence"]) == ("3", "3", "2")
    assert (visit["articles"], visit["first_seen"], visit["change"]) == (
        "1; 4; 7; 9",
        "2031-06-09",
        "confirmed",
    )


def test_sentences_are_written_so_that_no_spreadsheet_takes_them_for_times() -> None:
    visit = next(row for row in rows("visits") if row["id"] == "visit-ruiz-velia")
    assert visit["sentences"] == "1/s1; 4/s1; 7/s1; 9/s1"
    assert [row["sentences"] for row in rows("responses")] == ["3/s2", "3/s5", "6/s2"]


def test_responses_join_their_allegation_by_its_id() -> None:
    allegations = {row["id"]: row for row in rows("allegations")}
    assert allegations["allegation-cable"]["accusers"] == ""
    for row in rows("responses"):
        assert row["by"] in allegations[row["allegation"]]["accused"]


def test_a_conflict_is_a_row_for_each_side_under_one_number() -> None:
    sides = [row for row in rows("conflicts") if row["conflict"] == "1"]
    assert [(side["value"], side["by"], side["official"]) for side in sides] == [
        ("24 and 25 June", "the cabinet office of Osmark", "true"),
        ("nobody before 26 June", "the Velian chancellery", "true"),
        ("between 24 and 29 June", "", "false"),
    ]


def test_what_was_withheld_has_every_code_and_reason() -> None:
    assert [(row["article"], row["codes"]) for row in rows("withheld")] == [("3", "G03"), ("3", "V01; G02")]


def test_the_articles_say_what_became_of_them() -> None:
    found = {row["number"]: (row["state"], row["place"], row["duplicate_of"]) for row in rows("articles")}
    assert found["4"] == ("duplicate", "new", "1")
    assert found["5"] == ("failed", "new", "")
    assert found["6"] == ("ok", "undated", "")
