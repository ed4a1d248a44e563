"""The picture of the visits: what is drawn, how, and what is only listed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from html_reading import read, shown

from briefgen.digest.digest import ReportedTiming
from briefgen.render.digest_html import render_html
from briefgen.render.timeline import picture
from briefgen.timing import Timing
from digest_example import example_digest
from digest_example_visits import CONFIRMED, TODAY

if TYPE_CHECKING:
    from briefgen.digest.digest import Digest
    from briefgen.render.timeline import Bar, Picture


def digest_of(*timings: Timing | None, conflict: bool = False, **changes: Any) -> Digest:
    """A digest with one visit, reported for these times; the first stands."""
    visit = CONFIRMED.model_copy(
        update={
            "timing": timings[0],
            "timings": tuple(ReportedTiming(timing=time, by=("Norland",)) for time in timings if time),
        }
        | changes
    )
    conflicts = example_digest().conflicts[:1] if conflict else ()
    about = tuple(each.model_copy(update={"about": visit.id}) for each in conflicts)
    return example_digest().model_copy(update={"planned_visits": (visit,), "conflicts": about})


def drawn(*timings: Timing | None, **more: Any) -> Picture:
    return picture(digest_of(*timings, **more), TODAY)


def only_bar(found: Picture) -> Bar:
    ((bar,),) = [row.bars for row in found.rows]
    return bar


def span(first: date | None, last: date | None, **more: Any) -> Timing:
    return Timing.model_validate(
        {"text": "then", "earliest": first, "latest": last, "granularity": "day"} | more
    )


DAYS = span(date(2031, 6, 18), date(2031, 6, 19))
LATER = span(date(2031, 6, 24), date(2031, 6, 29))


def test_known_days_are_one_bar_that_lies_behind_today() -> None:
    found = drawn(DAYS)
    bar = only_bar(found)
    assert (bar.kind, bar.opens_left, bar.opens_right) == ("known", False, False)
    assert found.today is not None
    assert 0 < found.today.x < bar.x < bar.x + bar.width < 100


def test_a_month_or_an_approximate_day_is_vague() -> None:
    month = span(date(2031, 7, 1), date(2031, 7, 31), granularity="month")
    about = span(date(2031, 7, 1), date(2031, 7, 7), bound="approximate")
    assert [only_bar(drawn(time)).kind for time in (month, about)] == ["vague", "vague"]


def test_an_open_time_reaches_the_edge_and_is_marked_open() -> None:
    after, before = (
        only_bar(drawn(span(date(2031, 6, 26), None))),
        only_bar(drawn(span(None, date(2031, 6, 26)))),
    )
    assert (after.kind, after.opens_right, after.x + after.width) == ("vague", True, 100)
    assert (before.kind, before.opens_left, before.x) == ("vague", True, 0)


def test_dates_that_conflict_are_bars_of_their_own_and_marked() -> None:
    (row,) = drawn(DAYS, LATER, conflict=True).rows
    assert row.conflict
    assert len(row.bars) == 2
    assert row.bars[0].y < row.bars[1].y
    assert "Norland" in row.bars[1].words


def test_without_a_conflict_of_dates_only_the_time_that_stands_is_drawn() -> None:
    """Whether dates conflict is for the digest to say: a month and a day in it do not."""
    (row,) = drawn(DAYS, LATER).rows
    assert len(row.bars) == 1
    assert not row.conflict


def test_a_time_that_was_replaced_is_no_side_of_a_conflict() -> None:
    visit = digest_of(DAYS, LATER, conflict=True).planned_visits[0]
    replaced = visit.timings[1].model_copy(update={"current": False})
    digest = digest_of(DAYS, LATER, conflict=True, timings=(visit.timings[0], replaced))
    (row,) = picture(digest, TODAY).rows
    assert [bar.words for bar in row.bars] == ["then (18–19 June 2031), Norland"]


@pytest.mark.parametrize(
    "timing",
    [None, Timing(text="in the coming weeks"), Timing(text="June", edtf="XXXX-06", granularity="month")],
)
def test_a_visit_without_a_day_is_listed_beside_and_never_drawn(timing: Timing | None) -> None:
    found = drawn(timing)
    assert found.rows == ()
    ((visit, words),) = found.beside
    assert visit.id == CONFIRMED.id
    assert words == ("" if timing is None else words)
    assert timing is None or words.startswith(timing.text)


def test_a_visit_years_away_is_listed_beside_or_the_others_would_be_dots() -> None:
    far = span(date(2041, 1, 1), date(2041, 1, 2))
    found = drawn(far)
    assert found.rows == ()
    assert found.beside[0][1] == "then (1–2 January 2041)"


@pytest.mark.parametrize("length", [1, 3, 12, 40, 90, 200, 500])
def test_ticks_are_few_in_order_and_inside(length: int) -> None:
    found = drawn(span(TODAY, TODAY + timedelta(days=length)))
    places = [tick.x for tick in found.ticks]
    assert 1 <= len(places) <= 5
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= 100
    assert found.today is not None
    assert found.today.words == "10 Jun 2031"
    assert all(abs(place - found.today.x) > 5 for place in places)
    years = [tick.words[-4:] for tick in found.ticks if tick.words[-4:].isdigit()]
    assert years == sorted(set(years)), "a year is named where it begins"


def test_without_a_day_of_its_own_the_picture_names_the_year_at_its_first_tick() -> None:
    found = picture(digest_of(span(TODAY, TODAY + timedelta(days=40))), None)
    assert found.today is None
    assert found.ticks[0].words.endswith("2031")


@pytest.mark.parametrize(
    ("first", "last"), [(date.min, date.max), (date.max, date.max), (date.min, date.min)]
)
def test_the_ends_of_the_calendar_break_nothing(first: date, last: date) -> None:
    digest = digest_of(span(first, last))
    for today in (None, TODAY, date.min, date.max):
        found = picture(digest, today)
        assert all(0 <= bar.x <= bar.x + bar.width <= 100 for row in found.rows for bar in row.bars)


def test_the_picture_has_a_title_and_the_same_in_words() -> None:
    page = read(render_html(example_digest()))
    (svg,) = page.xpath("//svg[@role='img']")
    assert shown(svg.find("title")) == "Timeline of 6 visits"
    (words,) = page.xpath("//*[@id=$name]", name=svg.get("aria-describedby"))
    told = [shown(each) for each in words.xpath("./li")]
    assert len(told) == 6
    assert told[4] == (
        "Lena Dahl → Velia, disputed, dates differ: 24 and 25 June (24–25 June 2031), the cabinet office of "
        "Osmark; or nobody before 26 June (not before 26 June 2031), the Velian chancellery; or between 24 "
        "and 29 June (24–29 June 2031)"
    )
    assert "Ivo Brandt → Karst, in the coming weeks (no date known)" in shown(
        page.xpath("//p[@class='beside']")
    )
    assert "this brief, 10 Jun 2031" in shown(svg)
