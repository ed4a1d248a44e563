"""Planned visits of the digest in columns and as entries, at every width."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from reading import entry
from rich.cells import cell_len

from briefgen.digest.digest import ReportedTiming
from briefgen.render.digests import DigestLayout, render_digest
from briefgen.timing import Timing
from digest_example import example_digest
from digest_example_visits import CONFIRMED, DISPUTED, VAGUE, VISITS

if TYPE_CHECKING:
    from briefgen.digest.digest import Digest, MergedVisit


def text_of(digest: Digest, width: int = 80) -> str:
    return render_digest(digest, "text", DigestLayout(width=width))


def flat(page: str) -> str:
    return " ".join(page.split())


def with_visit(visit: MergedVisit, **changes: object) -> Digest:
    return example_digest(planned_visits=(visit.model_copy(update=changes),), conflicts=())


def rows_of(page: str) -> list[str]:
    """The visits' blocks; blank lines stand between them."""
    whole = page.partition("\nPLANNED VISITS\n")[2].partition("\n\nALLEGATIONS")[0]
    return whole.split("\n\n")


def test_visits_stand_in_columns_as_reported_with_status_and_who_confirms_it() -> None:
    head = rows_of(text_of(example_digest()))[0].splitlines()[0]
    columns = ["when, as reported", "who", "where", "status", "confirmed by"]
    assert re.split(r"\s{2,}", head.strip()) == columns
    ruiz = next(block for block in rows_of(text_of(example_digest())) if "18 and 19 June" in block)
    first = re.split(r"\s{2,}", ruiz.splitlines()[0].strip())
    assert first == ["on 18 and 19 June", "Ana Ruiz", "Velia", "CONFIRMED", "the presidential"]
    assert "palace: visit, dates" in ruiz
    assert "3 sources, 3 outlets · since 9 June [1 4 7 9]" in flat(ruiz)


def test_undated_visits_stand_behind_vague_ones_and_all_in_the_order_of_the_digest() -> None:
    blocks = rows_of(text_of(example_digest()))
    assert len(blocks) == len(VISITS)
    assert [block for block in blocks if "no time given" in block] == blocks[-3:]
    assert "in the coming" in blocks[-4]


def test_who_called_a_visit_off_stands_where_who_confirms_it_would() -> None:
    page = flat(text_of(example_digest(), 120))
    for told in (
        "CANCELLED cancelled by Osmark",
        "DENIED denied by the Velian navy",
        "POSTPONED postponed by the Velian trade ministry",
    ):
        assert told in page
    markdown = render_digest(example_digest(), "markdown")
    assert "**cancelled** by Osmark, according to Osmark" in markdown


def test_a_past_visit_is_overdue_or_took_place_and_never_assumed() -> None:
    blocks = rows_of(text_of(example_digest()))
    oyen = next(block for block in blocks if "Petra" in block)
    tal = next(block for block in blocks if "Iris Tal" in block)
    assert "OVERDUE" in oyen
    assert "overdue: 4 June is past, and no article says that it took place" in flat(oyen)
    assert "TOOK PLACE" in tal
    assert "took place, as reported (until then: reported) [1]" in flat(tal)


def test_a_disputed_visit_shows_both_parties_and_points_to_the_conflict() -> None:
    dahl = next(block for block in rows_of(text_of(example_digest())) if "24 and 25 June" in block)
    assert "DISPUTED" in dahl
    assert "according to the cabinet office of Osmark and the Velian chancellery" in flat(dahl)
    assert "denied: the visit itself, by the Velian chancellery [2]" in flat(dahl)
    assert "dates differ: see “Where sources disagree”" in flat(dahl)


@pytest.mark.parametrize(
    ("timing", "shown"),
    [
        (Timing(text="in June", edtf="XXXX-06", granularity="month"), "in June (no year known)"),
        (Timing(text="next week", earliest=date(2031, 6, 16), latest=date(2031, 6, 22)), "next week (16–22 June)"),
        (Timing(text="by May", latest=date(2032, 5, 31)), "by May (not after 31 May 2032)"),
        (Timing(text="on 18 June", earliest=date(2031, 6, 18), latest=date(2031, 6, 18)), "on 18 June · "),
        (Timing(text="on 18 June", earliest=date(2032, 6, 18), latest=date(2032, 6, 18)), "(18 June 2032)"),
        (Timing(text="after the talks", granularity="event_anchored"), "after the talks · "),
    ],
    ids=["no year", "week", "until", "told by the phrase", "another year", "event"],
)  # fmt: skip
def test_a_time_is_shown_as_reported_with_its_days_where_it_does_not_name_them(
    timing: Timing, shown: str
) -> None:
    page = render_digest(with_visit(VAGUE, timing=timing, timings=()), "markdown")
    assert shown in page


def test_other_timings_are_told_in_one_line_unless_the_one_that_stands_says_more() -> None:
    page = flat(text_of(with_visit(DISPUTED), 200))
    assert "also reported: nobody before 26 June (not before 26 June), according to the Velian" in page
    assert "also reported" not in text_of(with_visit(CONFIRMED))
    vague = [
        ReportedTiming(timing=Timing(text=text), said=date(2031, 6, day), articles=(n,))
        for n, (text, day) in enumerate([("in the coming weeks", 10), ("soon", 10), ("shortly", 9)], 1)
    ]
    page = flat(text_of(with_visit(VAGUE, timings=tuple(vague)), 200))
    assert "also reported: soon [2]; shortly (9 June) [3]" in page


def test_what_was_said_before_the_window_has_its_day_and_what_was_replaced_is_not_shown() -> None:
    page = flat(text_of(example_digest(), 120))
    assert "the Norlandic defence ministry (2 June)" in page
    assert "not confirmed: dates, by the presidential palace" not in page


def test_a_narrow_page_lists_the_visits_without_losing_anything() -> None:
    page = text_of(example_digest(), 60)
    found = entry(page, "Ana Ruiz → Velia")
    assert "on 18 and 19 June · CONFIRMED · confirmed by the presidential palace: visit, dates" in found
    assert "when, as reported" not in page


@pytest.mark.covers("B-OUT-06")
@pytest.mark.parametrize("width", [30, 44, 60, 80, 81, 100, 140])
def test_no_line_is_wider_than_asked_and_none_ends_in_a_space(width: int) -> None:
    """Wide characters are counted as terminals count them."""
    wide = CONFIRMED.model_copy(
        update={
            "destination": CONFIRMED.destination.model_copy(update={"name": "日本国" * 30}),
            "according_to": ("外交筋" * 50,),
        }
    )
    lines = text_of(example_digest(planned_visits=(wide, *VISITS)), width).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.covers("B-OUT-06")
def test_columns_stay_aligned_below_wide_characters() -> None:
    wide = CONFIRMED.destination.model_copy(update={"name": "架空島"})
    page = text_of(with_visit(CONFIRMED, destination=wide))
    head, row = rows_of(page)[0].splitlines()[:2]
    for column, cell in (("where", "架空島"), ("status", "CONFIRMED"), ("confirmed by", "the pres")):
        assert cell_len(head[: head.index(column)]) == cell_len(row[: row.index(cell)])


@pytest.mark.covers("B-OUT-05")
def test_one_very_long_cell_is_cut_and_does_not_starve_the_other_columns() -> None:
    timing = Timing(text="x" * 100_000)
    page = text_of(with_visit(CONFIRMED, timing=timing))
    assert "…" in page
    assert "Ana Ruiz" in page
    assert len(page) < 12_000


def test_colors_add_styles_and_nothing_else() -> None:
    colored = render_digest(example_digest(), "text", DigestLayout(color=True))
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == text_of(example_digest())
    assert "\x1b[1;31mDISPUTED\x1b[0m" in colored
