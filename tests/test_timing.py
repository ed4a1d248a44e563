"""What time phrases resolve to, against the article's date and nothing else."""

from __future__ import annotations

import ast
import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen import time_spans, time_units, timing
from briefgen.timing import (
    Direction,
    Granularity,
    Timing,
    direction_of,
    finer_than_text,
    is_before,
    resolve,
    same_resolution,
    years_in,
)

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
DIRECTIONS = st.sampled_from(["future", "past"])
VOCABULARY = """
in on by from to the of and - , last next this early late mid June May March September Feb. Tuesday Sunday 3 18 30 31
2024 1999 week month year quarter weekend first second half end spring fall winter today tomorrow two weeks days ago
since until before after around as early later earlier 's at earliest 2024-06-18 1990s twenty
"""
WORDS = st.sampled_from(VOCABULARY.split())
PHRASES = st.lists(WORDS, max_size=8).map(" ".join)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


TABLE = {
    # publication: as early as June, last September, In January (past), last month
    None: ("XXXX-06", "XXXX-09", "XXXX-01", None),
    "2024-01-20": ("2024-06/..", "2023-09", "2024-01", "2023-12"),
    "2024-05-28": ("2024-06/..", "2023-09", "2024-01", "2024-04"),
    "2024-06-10": ("2024-06/..", "2023-09", "2024-01", "2024-05"),
    "2024-07-02": ("2025-06/..", "2023-09", "2024-01", "2024-06"),
    "2024-10-05": ("2025-06/..", None, "2024-01", "2024-09"),
    "2025-01-15": ("2025-06/..", "2024-09", "2025-01", "2024-12"),
}


@pytest.mark.parametrize(("published", "expected"), TABLE.items(), ids=map(str, TABLE))
def test_resolves_the_table_of_the_domain(published: str | None, expected: tuple[str | None, ...]) -> None:
    """DOMAIN.md, section 3: every row and column of the expected results."""
    when = day(published)
    found = (
        resolve("as early as June", when),
        resolve("last September", when, direction="past"),
        resolve("In January", when, direction="past"),
        resolve("last month", when, direction="past"),
    )
    assert tuple(timing.edtf for timing in found) == expected
    assert found[0].bound == "not_before"
    assert found[1].ambiguous is (published == "2024-10-05")


@pytest.mark.parametrize(
    ("published", "earliest"),
    [("2024-06-10", "2024-06-10"), ("2024-05-28", "2024-06-01"), ("2024-07-02", "2025-06-01"), (None, None)],
)
def test_as_early_as_has_an_earliest_day_and_no_latest(published: str | None, earliest: str | None) -> None:
    """T04: "as early as" stays a lower bound, which inside that month is the day of publication."""
    timing = resolve("as early as June", day(published))
    assert (timing.earliest, timing.latest, timing.bound) == (day(earliest), None, "not_before")


@pytest.mark.parametrize(
    ("published", "text", "earliest", "latest"),
    [
        ("2015-02-25", "in March", "2015-03-01", "2015-03-31"),
        ("2024-06-10", "in June", "2024-06-01", "2024-06-30"),
        ("2024-06-17", "on Tuesday and Wednesday", "2024-06-18", "2024-06-19"),
        ("2022-06-14", "from July 13-16", "2022-07-13", "2022-07-16"),
        ("2022-06-14", "next week", "2022-06-20", "2022-06-26"),
        ("2024-06-19", "later this week", "2024-06-19", "2024-06-23"),
        ("2024-06-19", "this weekend", "2024-06-22", "2024-06-23"),
        ("2024-06-23", "at the weekend", "2024-06-22", "2024-06-23"),
        ("2024-12-19", "next month", "2025-01-01", "2025-01-31"),
        ("2024-12-19", "early next month", "2025-01-01", "2025-01-31"),
        ("2024-12-31", "tomorrow", "2025-01-01", "2025-01-01"),
        ("2024-06-10", "the day after tomorrow", "2024-06-12", "2024-06-12"),
        ("2024-06-19", "on Sunday", "2024-06-23", "2024-06-23"),
        ("2024-06-17", "on Monday", "2024-06-17", "2024-06-17"),
        ("2024-06-19", "next Monday", "2024-06-24", "2024-06-24"),
        ("2024-06-19", "Tuesday next week", "2024-06-25", "2024-06-25"),
        ("2024-04-19", "Monday and Tuesday next week", "2024-04-22", "2024-04-23"),
        ("2024-06-19", "next year", "2025-01-01", "2025-12-31"),
        ("2024-04-19", "from 30 June to 2 July", "2024-06-30", "2024-07-02"),
        ("2024-12-19", "December 30-January 2", "2024-12-30", "2025-01-02"),
        ("2024-04-19", "between 3 and 5 May", "2024-05-03", "2024-05-05"),
        ("2024-04-19", "June 18, 19 and 20", "2024-06-18", "2024-06-20"),
        ("2024-02-10", "from January to March", "2024-01-01", "2024-03-31"),
        ("2024-02-10", "between November and February 2025", "2024-11-01", "2025-02-28"),
        ("2024-02-10", "late June or early July", "2024-06-01", "2024-07-31"),
        ("2024-04-19", "in the second half of May", "2024-05-16", "2024-05-31"),
        ("2024-04-19", "in the first half of next year", "2025-01-01", "2025-06-30"),
        ("2024-04-19", "in the third quarter", "2024-07-01", "2024-09-30"),
        ("2024-04-19", "in the first quarter of next year", "2025-01-01", "2025-03-31"),
        ("2024-06-10", "the week of June 17", "2024-06-17", "2024-06-23"),
        ("2024-06-10", "within two weeks", "2024-06-10", "2024-06-24"),
        ("2024-06-10", "in three days", "2024-06-13", "2024-06-13"),
        ("2024-06-19", "in two weeks", "2024-07-01", "2024-07-07"),
        ("2024-06-12", "Thursday, June 20, 2024", "2024-06-20", "2024-06-20"),
        ("2024-06-12", "the 20th of next month", "2024-07-20", "2024-07-20"),
        ("2024-02-10", "June next year", "2025-06-01", "2025-06-30"),
        (None, "in 2026", "2026-01-01", "2026-12-31"),
        (None, "18 June 2024", "2024-06-18", "2024-06-18"),
        (None, "2024-06-18", "2024-06-18", "2024-06-18"),
        (None, "Feb. 29, 2024", "2024-02-29", "2024-02-29"),
    ],
)
def test_future_times_resolve_to_the_next_that_is_not_past(
    published: str | None, text: str, earliest: str | None, latest: str | None
) -> None:
    """A planned time is the next occurrence from the day of publication on, that day included."""
    timing = resolve(text, day(published))
    assert (timing.earliest, timing.latest) == (day(earliest), day(latest))


@pytest.mark.parametrize(
    ("published", "text", "earliest", "latest"),
    [
        ("2024-06-19", "on Wednesday", "2024-06-19", "2024-06-19"),
        ("2024-06-19", "on Friday", "2024-06-14", "2024-06-14"),
        ("2024-06-19", "on Tuesday and Wednesday", "2024-06-18", "2024-06-19"),
        ("2024-03-01", "Feb. 23", "2024-02-23", "2024-02-23"),
        ("2024-01-20", "in June", "2023-06-01", "2023-06-30"),
        ("2024-06-24", "at the weekend", "2024-06-22", "2024-06-23"),
        ("2024-06-12", "earlier this month", "2024-06-01", "2024-06-12"),
        ("2024-06-12", "two weeks ago", "2024-05-27", "2024-06-02"),
        ("2024-06-12", "three days ago", "2024-06-09", "2024-06-09"),
        ("2024-06-12", "twenty-five years ago", "1999-01-01", "1999-12-31"),
        ("2024-06-12", "last Friday", "2024-06-07", "2024-06-07"),
        ("2024-06-12", "last night", "2024-06-11", "2024-06-11"),
        ("2024-02-10", "in June last year", "2023-06-01", "2023-06-30"),
        ("2024-06-12", "October 7-12 of last year", "2023-10-07", "2023-10-12"),
        ("2024-06-12", "from 30 May to 2 June last year", "2023-05-30", "2023-06-02"),
        ("2024-06-12", "since October", "2023-10-01", None),
    ],
)
def test_past_times_resolve_to_the_latest_that_has_begun(
    published: str | None, text: str, earliest: str | None, latest: str | None
) -> None:
    """What has happened is the latest occurrence not after the day of publication."""
    timing = resolve(text, day(published), direction="past")
    assert (timing.earliest, timing.latest) == (day(earliest), day(latest))


@pytest.mark.parametrize(
    ("text", "bound", "earliest", "latest", "edtf"),
    [
        ("no earlier than September", "not_before", "2024-09-01", None, "2024-09/.."),
        ("not before 2026", "not_before", "2026-01-01", None, "2026/.."),
        ("in June at the earliest", "not_before", "2024-06-01", None, "2024-06/.."),
        ("from Monday", "not_before", "2024-04-22", None, "2024-04-22/.."),
        ("by Friday", "not_after", None, "2024-04-19", "../2024-04-19"),
        ("by the end of the year", "not_after", None, "2024-12-31", "../2024"),
        ("before the end of the year", "not_after", None, "2024-12-31", "../2024"),
        ("by the third quarter", "not_after", None, "2024-09-30", "2024-35"),
        ("until 18 June", "not_after", None, "2024-06-18", "../2024-06-18"),
        ("before June", "before", None, "2024-05-31", "2024-06"),
        ("after June 18", "after", "2024-06-19", None, "2024-06-18"),
        ("early June", "start", "2024-06-01", "2024-06-30", "2024-06"),
        ("mid-June", "mid", "2024-06-01", "2024-06-30", "2024-06"),
        ("late in June", "end", "2024-06-01", "2024-06-30", "2024-06"),
        ("at the end of June", "end", "2024-06-01", "2024-06-30", "2024-06"),
        ("around June 18", "approximate", None, None, "2024-06-18~"),
    ],
)
def test_modifiers_become_bounds(
    text: str, bound: str, earliest: str | None, latest: str | None, edtf: str | None
) -> None:
    """The modifier is kept as a bound, and days it does not settle stay open (T04)."""
    timing = resolve(text, date(2024, 4, 18))
    found = (timing.bound, timing.earliest, timing.latest, timing.edtf)
    assert found == (bound, day(earliest), day(latest), edtf)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("in June", "XXXX-06"),
        ("on June 18", "XXXX-06-18"),
        ("from 18 to 19 June", "XXXX-06-18/XXXX-06-19"),
        ("in August and September", "XXXX-08/XXXX-09"),
        ("by June", "XXXX-06"),
        ("on Tuesday", None),
        ("next week", None),
        ("next year", None),
        ("tomorrow", None),
        ("in two weeks", None),
        ("this fall", None),
    ],
)
def test_no_year_is_made_up_without_a_publication_date(text: str, edtf: str | None) -> None:
    """T01: without a date of the article and a year in the text there are no days and no year."""
    timing = resolve(text, None)
    assert (timing.earliest, timing.latest, timing.edtf) == (None, None, edtf)


@pytest.mark.parametrize(
    ("text", "granularity"),
    [
        ("for two days", "duration"),
        ("for several weeks", "duration"),
        ("in the coming weeks", "vague"),
        ("soon", "vague"),
        ("in the near future", "vague"),
        ("within days", "vague"),
        ("", "vague"),
        ("when hell freezes", "event_anchored"),
        ("until the summit", "event_anchored"),
        ("after the election", "event_anchored"),
        ("immediately after his trip to Port Ellis", "event_anchored"),
        ("until the new rules are in place", "event_anchored"),
        ("Feb. 30", "vague"),
        ("2024-13-45", "vague"),
        ("500 years ago", "vague"),
        ("in 20 years", "vague"),
    ],
)
def test_what_names_no_date_gets_none(text: str, granularity: Granularity) -> None:
    """A phrase without a time of the calendar keeps its text and gets neither days nor EDTF."""
    assert resolve(text, date(2024, 6, 10)) == Timing(text=text, granularity=granularity)


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("2024-06-17", "next Tuesday"),
        ("2024-06-21", "last Tuesday"),
        ("2024-05-28", "next June"),
        ("2024-06-10", "on June 9"),
        ("2024-06-20", "this Tuesday"),
        ("2024-08-20", "this June"),
    ],
)
def test_two_readings_are_flagged_and_neither_is_chosen(published: str | None, text: str) -> None:
    """A phrase that its readers take for two dates resolves to none, and says so."""
    timing = resolve(text, day(published))
    assert timing.ambiguous
    assert (timing.earliest, timing.latest, timing.edtf) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("this summer", "2024-22"),
        ("in the spring of 2025", "2025-21"),
        ("next fall", None),
        ("this winter", None),
    ],
)
def test_seasons_have_no_days(text: str, edtf: str | None) -> None:
    """Which months a season covers depends on the hemisphere, so that it never gets days (T02)."""
    timing = resolve(text, date(2024, 4, 18))
    assert (timing.granularity, timing.edtf, timing.earliest, timing.latest) == ("season", edtf, None, None)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("last week", "past"),
        ("two weeks ago", "past"),
        ("earlier this month", "past"),
        ("since October", "past"),
        ("yesterday", "past"),
        ("next week", "future"),
        ("in the coming days", "future"),
        ("later this week", "future"),
        ("tomorrow", "future"),
        ("on Tuesday", None),
        ("in the last week of June", None),
        ("no later than June", None),
    ],
)
def test_wording_tells_past_from_future(text: str, direction: str | None) -> None:
    """The words of a phrase alone may say whether it lies behind or ahead."""
    assert direction_of(text) == direction


def test_wording_goes_before_the_direction_of_the_caller() -> None:
    """Last week is past even in a sentence that plans something."""
    assert resolve("last week", date(2024, 6, 12), direction="future").latest == date(2024, 6, 9)


def test_years_are_read_in_four_digits_only() -> None:
    """T01: years of dates, ranges and decades count, other numbers do not."""
    assert years_in("from June 2024 to 2025-01-02, as in the 1990s; 1,800 men, 20245") == {2024, 2025, 1990}


def test_a_changed_year_is_not_the_same_resolution() -> None:
    """T03: a timing is only good if its text resolves to it."""
    timing = resolve("in June", date(2024, 6, 10))
    assert same_resolution(timing, date(2024, 6, 10))
    assert not same_resolution(timing, date(2023, 6, 10))
    assert not same_resolution(timing.model_copy(update={"edtf": "2023-06"}), date(2024, 6, 10))


@pytest.mark.parametrize(
    ("text", "before"),
    [("yesterday", True), ("in 2019", True), ("today", False), ("in June", False), ("soon", False)],
)
def test_a_time_wholly_before_publication_is_before(text: str, before: bool) -> None:
    """T05: a visit whose last day lies before the article is not still to come; unknown is not before."""
    published = date(2024, 6, 12)
    assert is_before(resolve(text, published), published) is before
    assert not is_before(resolve(text, published), None)


def test_a_finer_unit_than_the_text_is_noticed() -> None:
    """T02: June is a month, and a day in June is more than it says."""
    june = resolve("in June", date(2024, 4, 1))
    assert not finer_than_text(june)
    assert finer_than_text(june.model_copy(update={"granularity": "day"}))
    assert finer_than_text(june.model_copy(update={"edtf": "2024-06-18"}))


@pytest.mark.covers("C-05")
def test_dates_of_impossible_years_count_as_unknown() -> None:
    """A file that says it is of the year 1 or 9999 (C-05) resolves nothing, and raises nothing."""
    for published in (date.min, date.max):
        assert resolve("next week", published) == Timing(text="next week", granularity="week")


def test_no_module_of_time_asks_for_the_clock() -> None:
    """T06: neither today() nor now() nor any other clock occurs in the code that resolves."""
    clocks = {
        "today",
        "now",
        "utcnow",
        "time",
        "time_ns",
        "localtime",
        "gmtime",
        "fromtimestamp",
        "monotonic",
    }
    files = sorted(Path(timing.__file__).parent.glob("tim*.py"))
    assert len(files) >= 3
    for file in files:
        calls = [node.func for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
        names = {getattr(call, "attr", getattr(call, "id", "")) for call in calls}
        assert not names & clocks, file.name


def test_resolves_with_a_broken_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """T06: with a clock that raises, an article of 1987 resolves as ever."""

    class Broken(date):
        @classmethod
        def today(cls) -> Broken:
            raise AssertionError

    for module in (timing, time_spans, time_units):
        monkeypatch.setattr(module, "date", Broken)
    monkeypatch.setattr(time, "time", Broken.today)
    assert resolve("as early as June", date(1987, 5, 1)).edtf == "1987-06/.."
    assert resolve("on Tuesday", date(1987, 5, 1)).edtf == "1987-05-05"


@given(st.one_of(PHRASES, st.text(max_size=60)), st.none() | st.dates(), DIRECTIONS)
def test_resolves_any_string_to_an_ordered_range(
    text: str, published: date | None, direction: Direction
) -> None:
    """Resolving is total, orders its days, keeps the text and gives the same again for it (I9, T03)."""
    timing = resolve(text, published, direction=direction)
    assert timing.text == text
    assert same_resolution(timing, published, direction)
    assert not finer_than_text(timing)
    if timing.earliest and timing.latest:
        assert timing.earliest <= timing.latest
    if timing.ambiguous:
        assert (timing.earliest, timing.latest, timing.edtf) == (None, None, None)


@given(PHRASES, st.none() | DAYS, DIRECTIONS)
def test_no_year_comes_from_nowhere(text: str, published: date | None, direction: Direction) -> None:
    """I8, T01: a year is in the text, or within two years of publication, or counted from it in words."""
    timing = resolve(text, published, direction=direction)
    if re.search(r"\b(?:ago|s)\b", text) and re.search(r"\d|two|twenty", text):
        return
    years = {int(year) for year in re.findall(r"\d{4}", timing.edtf or "")}
    years |= {found.year for found in (timing.earliest, timing.latest) if found}
    near = set(range(published.year - 2, published.year + 3)) if published else set()
    decades = {decade + year for decade in (1990,) if "1990s" in text for year in range(-1, 11)}
    beside = {
        year + by for year in years_in(text) for by in (-1, 0, 1)
    }  # "after 2024", "November to June 2024"
    assert years <= near | beside | decades


@given(PHRASES, DAYS)
def test_a_future_time_does_not_end_before_publication(text: str, published: date) -> None:
    """I10: what is still to come ends on or after the day of publication, unless the text gives a year."""
    timing = resolve(text, published)
    if timing.latest and not years_in(text) and direction_of(text) != "past":
        assert timing.latest >= published


@given(PHRASES, DAYS)
def test_a_past_time_does_not_begin_after_publication(text: str, published: date) -> None:
    """What has happened began on or before the day of publication, unless the text gives a year."""
    timing = resolve(text, published, direction="past")
    if timing.earliest and not years_in(text) and direction_of(text) != "future" and timing.bound != "after":
        assert timing.earliest <= published
