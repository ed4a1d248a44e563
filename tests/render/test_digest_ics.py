"""Visits as iCalendar, parsed back: tentative unless confirmed and dated, and never a day that nobody named."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, get_args
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from briefgen.digest.digest import DigestStatus, MergedVisit, ReportedTiming
from briefgen.render.ics import render_ics, undated
from briefgen.time_units import Bound, Granularity
from briefgen.timing import Timing
from digest_example import empty_digest, example_digest
from digest_example_visits import (
    CANCELLED,
    CONFIRMED,
    DENIED,
    DISPUTED,
    OVERDUE,
    PARTLY,
    POSTPONED,
    TOOK_PLACE,
    VAGUE,
    VISITS,
)

if TYPE_CHECKING:
    from briefgen.digest.digest import Digest

DAYS = Timing(text="on 18 June", earliest=date(2031, 6, 18), latest=date(2031, 6, 18), granularity="day")
MONTH = Timing(text="in July", earliest=date(2031, 7, 1), latest=date(2031, 7, 31), granularity="month")


def parsed(page: str) -> Any:
    """The calendar, read back. ``Any``: what its properties hold, the library leaves open."""
    return Calendar.from_ical(page)


def events(digest: Digest, **options: bool) -> dict[str, Any]:
    """The events by their titles, read back from the file."""
    found = parsed(render_ics(digest, **options)).walk("VEVENT")
    assert all(event.errors == [] for event in found)
    return {str(event["SUMMARY"]): event for event in found}


def with_visit(visit: MergedVisit, **changes: Any) -> Digest:
    """The visit alone; a new timing is a party's, unless timings are given too."""
    if "timing" in changes and "timings" not in changes:
        timing = changes["timing"]
        told = ReportedTiming(timing=timing, by=("the palace",), official=True) if timing else None
        changes["timings"] = (told,) if told else ()
    return example_digest(planned_visits=(visit.model_copy(update=changes),), conflicts=())


def only(digest: Digest, **options: bool) -> Any:
    (event,) = events(digest, **options).values()
    return event


def reason(digest: Digest, **options: bool) -> str:
    assert events(digest, **options) == {}
    (one,) = undated(digest, **options)
    return one.reason


def test_only_visits_with_days_are_events_and_all_others_are_listed_with_the_reason() -> None:
    digest = example_digest()
    assert list(events(digest)) == [
        "Petra Oyen to the Free Ports",
        "[UNCONFIRMED] Iris Tal to Norland",
        "Ana Ruiz to Velia",
        "[CANCELLED] Marco Silvan to Osmark",
    ]
    assert [(one.title, one.reason.partition(":")[0]) for one in undated(digest)] == [
        ("Lena Dahl to Velia", "the dates are disputed"),
        ("Ana Ruiz to Osmark", "only the month is known"),
        ("Ivo Brandt to Karst", "no day is known, only “in the coming weeks”"),
        ("Lena Dahl to Norland", "no time is given"),
        ("Bo Renn to Osmark", "no time is given"),
        ("Marco Silvan to the Free Ports", "no time is given"),
    ]
    assert len(events(digest)) + len(undated(digest)) == len(VISITS)


def test_a_confirmed_visit_of_two_days_is_confirmed_all_day_free_and_ends_on_the_day_behind() -> None:
    event = events(example_digest())["Ana Ruiz to Velia"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2031, 6, 18), date(2031, 6, 20))
    assert event["DTSTART"].params["VALUE"] == event["DTEND"].params["VALUE"] == "DATE"
    assert (str(event["STATUS"]), str(event["TRANSP"])) == ("CONFIRMED", "TRANSPARENT")
    assert event["SEQUENCE"] == CONFIRMED.sequence == 2
    assert str(event["LOCATION"]) == "Velia"


@pytest.mark.parametrize("status", [*get_args(get_args(DigestStatus)[0]), "disputed"])
def test_the_status_of_an_event_follows_that_of_its_visit(status: DigestStatus) -> None:
    digest = with_visit(CONFIRMED, status=status, timing=DAYS, confirmations=())
    event = only(digest)
    wanted = {"confirmed": "CONFIRMED", "cancelled": "CANCELLED", "denied": "CANCELLED"}
    assert str(event["STATUS"]) == wanted.get(status, "TENTATIVE")
    title = str(event["SUMMARY"])
    assert title.startswith("[UNCONFIRMED]") == (status not in wanted)
    assert ("[CANCELLED]" in title, "[DENIED]" in title) == (status == "cancelled", status == "denied")
    assert ("[POSTPONED]" in title) == (status == "postponed")


def test_a_confirmed_visit_whose_days_no_party_named_is_tentative() -> None:
    told = (ReportedTiming(timing=DAYS, by=("a diplomat",), official=False),)
    event = only(with_visit(CONFIRMED, timing=DAYS, timings=told, confirmations=()))
    assert str(event["STATUS"]) == "TENTATIVE"
    assert str(event["SUMMARY"]).startswith("[UNCONFIRMED]")


def test_a_confirmed_visit_whose_days_a_party_does_not_confirm_is_tentative() -> None:
    dates = [each.model_copy(update={"value": "not_confirmed"}) for each in CONFIRMED.confirmations[1:2]]
    event = only(with_visit(CONFIRMED, confirmations=(CONFIRMED.confirmations[0], *dates)))
    assert str(event["STATUS"]) == "TENTATIVE"


def test_preparation_is_not_told_as_a_confirmation_of_the_visit() -> None:
    event = only(with_visit(PARTLY), months=True)
    assert "Confirmed by Tomas Lindqvist: preparation." in str(event["DESCRIPTION"])


@pytest.mark.parametrize(
    ("timing", "why"),
    [
        (None, "no time is given"),
        (Timing(text="soon"), "no day is known, only “soon”"),
        (Timing(text="in June", edtf="XXXX-06", granularity="month"), "no day is known"),
        (MONTH, "only the month is known: “in July”"),
        (MONTH.model_copy(update={"bound": "start", "text": "early July"}), "only the month is known"),
        (
            DAYS.model_copy(update={"latest": None, "bound": "not_before"}),
            "only one end of the time is known: “on 18 June”",
        ),
        (DAYS.model_copy(update={"earliest": None}), "only one end"),
        (DAYS.model_copy(update={"bound": "approximate"}), "“on 18 June” is only about a day"),
        (DAYS.model_copy(update={"ambiguous": True}), "“on 18 June” has two readings"),
        (DAYS.model_copy(update={"granularity": "week", "latest": date(2031, 6, 22)}), "no day is known"),
        (DAYS.model_copy(update={"granularity": "year", "latest": date(2031, 12, 31)}), "no day is known"),
        (DAYS.model_copy(update={"latest": date(2031, 6, 1)}), "no day is known"),
    ],
)
def test_no_day_is_made_up(timing: Timing | None, why: str) -> None:
    assert reason(with_visit(VAGUE, timing=timing)).startswith(why)


def test_without_a_publication_date_the_calendar_is_empty_and_says_how_many_are_missing() -> None:
    june = Timing(text="as early as June", edtf="XXXX-06", granularity="month", bound="not_before")
    digest = with_visit(CONFIRMED, timing=june)
    assert reason(digest, months=True).startswith("only one end of the time is known: “as early as June”")
    calendar = parsed(render_ics(digest))
    assert "1 visit of that day has no event" in str(calendar["DESCRIPTION"])


@pytest.mark.parametrize("status", ["confirmed", "reported"])
def test_a_month_is_an_event_only_when_asked_for_and_then_marked_and_tentative(status: DigestStatus) -> None:
    digest = with_visit(VAGUE, timing=MONTH, status=status)
    assert events(digest) == {}
    event = only(digest, months=True)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2031, 7, 1), date(2031, 8, 1))
    assert str(event["SUMMARY"]) == "[UNCONFIRMED] [MONTH ONLY] Ivo Brandt to Karst"
    assert str(event["STATUS"]) == "TENTATIVE"
    assert "no day of it is meant" in str(event["DESCRIPTION"])
    assert undated(digest, months=True) == ()


def test_disputed_dates_are_an_event_only_where_one_timing_is_a_partys() -> None:
    conflicts = example_digest().conflicts[:1]
    parties, media = DISPUTED.timings[:1], DISPUTED.timings[2:]
    two = example_digest(planned_visits=(DISPUTED,), conflicts=conflicts)
    assert "“24 and 25 June” (the cabinet office of Osmark); “nobody before 26 June”" in reason(two)
    nobody = DISPUTED.model_copy(update={"timings": media})
    assert reason(example_digest(planned_visits=(nobody,), conflicts=conflicts)).startswith("the dates are")
    one = DISPUTED.model_copy(update={"timings": (*parties, *media)})
    event = only(example_digest(planned_visits=(one,), conflicts=conflicts))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2031, 6, 24), date(2031, 6, 26))
    assert str(event["SUMMARY"]) == "[UNCONFIRMED] [DISPUTED] Lena Dahl to Velia"
    assert "between 24 and 29 June" in str(event["DESCRIPTION"])


def test_a_timing_that_its_party_replaced_decides_nothing() -> None:
    old = DISPUTED.timings[1].model_copy(update={"current": False})
    visit = DISPUTED.model_copy(update={"timings": (DISPUTED.timings[0], old, DISPUTED.timings[2])})
    event = only(example_digest(planned_visits=(visit,), conflicts=example_digest().conflicts[:1]))
    assert event["DTSTART"].dt == date(2031, 6, 24)


def test_a_cancelled_visit_stays_under_its_uid_with_a_higher_sequence() -> None:
    before = only(with_visit(CANCELLED, status="reported", confirmations=(), sequence=0))
    now = only(with_visit(CANCELLED))
    assert before["UID"] == now["UID"]
    assert (before["SEQUENCE"], now["SEQUENCE"]) == (0, 1)
    assert (str(before["STATUS"]), str(now["STATUS"])) == ("TENTATIVE", "CANCELLED")
    assert before["DTSTART"].dt == now["DTSTART"].dt


def test_uids_are_stable_unique_uuids_that_name_no_host() -> None:
    found = [str(event["UID"]) for event in events(example_digest(), months=True).values()]
    again = example_digest(last=date(2031, 6, 11), previous=date(2031, 6, 10))
    assert found == [str(event["UID"]) for event in events(again, months=True).values()]
    assert len({UUID(uid) for uid in found}) == len(found) == 5


def test_nothing_comes_from_the_clock() -> None:
    event = events(example_digest())["Ana Ruiz to Velia"]
    assert event["DTSTAMP"].dt == datetime(2031, 6, 10, tzinfo=UTC)
    assert event["CREATED"].dt == datetime(2031, 6, 9, tzinfo=UTC)
    assert event["LAST-MODIFIED"].dt == datetime(2031, 6, 10, tzinfo=UTC)
    assert render_ics(example_digest()) == render_ics(example_digest())


def test_the_description_tells_status_source_phrase_hedges_and_articles() -> None:
    told = str(only(with_visit(DISPUTED))["DESCRIPTION"])
    for part in (
        "Status: disputed.",
        "Confirmed by the cabinet office of Osmark.",
        "When, as reported: “24 and 25 June” (the cabinet office of Osmark)",
        "According to the cabinet office of Osmark and the Velian chancellery.",
        "Hedged: is expected.",
        "3 sources, 1 outlet. Articles: [2] Harbour Post https://harbour.example/dahl; [6].",
        "Machine-made summary; check against the articles.",
    ):
        assert part in told.splitlines() or part in told
    assert "no article says that the visit took place" in str(only(with_visit(OVERDUE))["DESCRIPTION"])


def test_the_calendar_has_the_properties_of_rfc_7986_and_no_method() -> None:
    calendar = parsed(render_ics(example_digest()))
    assert str(calendar["NAME"]) == "Planned visits, daily brief of 10 June 2031"
    assert "put together by machine" in str(calendar["DESCRIPTION"])
    assert "6 visits of that day have no event" in str(calendar["DESCRIPTION"])
    assert UUID(str(calendar["UID"])).version == 5
    assert calendar["LAST-MODIFIED"].dt == datetime(2031, 6, 10, tzinfo=UTC)
    assert (str(calendar["VERSION"]), str(calendar["PRODID"])) == ("2.0", "-//briefgen//briefgen 0.1.0//EN")
    assert "METHOD" not in calendar


def test_an_empty_digest_is_an_empty_calendar() -> None:
    calendar = parsed(render_ics(empty_digest()))
    assert calendar.walk("VEVENT") == []
    assert "no event" not in str(calendar["DESCRIPTION"])
    assert undated(empty_digest()) == ()


def test_lines_end_in_cr_lf_and_are_folded_at_75_octets_between_characters() -> None:
    wide = CONFIRMED.destination.model_copy(update={"name": "架空の島国" * 40})
    page = render_ics(with_visit(CONFIRMED, destination=wide))
    assert page.endswith("END:VCALENDAR\r\n")
    assert "\n" not in page.replace("\r\n", "")
    assert max(len(line.encode()) for line in page.split("\r\n")) <= 75
    assert str(only(with_visit(CONFIRMED, destination=wide))["LOCATION"]) == "架空の島国" * 40


def test_the_last_day_of_all_has_no_day_behind_it() -> None:
    last = DAYS.model_copy(update={"earliest": date.max, "latest": date.max})
    event = only(with_visit(CONFIRMED, timing=last))
    assert event["DTSTART"].dt == date.max
    assert "DTEND" not in event


days = st.dates(date(2031, 1, 1), date(2032, 12, 31))


@settings(max_examples=150, deadline=None)
@given(
    ends=st.tuples(st.none() | days, st.none() | days),
    granularity=st.sampled_from(get_args(Granularity)),
    bound=st.none() | st.sampled_from(get_args(Bound)),
    status=st.sampled_from([visit.status for visit in VISITS]),
    options=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_every_event_lies_within_the_days_that_are_known_and_every_visit_is_an_event_or_listed(
    ends: tuple[date | None, date | None],
    granularity: Granularity,
    bound: Bound | None,
    status: DigestStatus,
    options: tuple[bool, bool, bool],
) -> None:
    official, ambiguous, months = options
    timing = Timing(
        text="then",
        earliest=ends[0],
        latest=ends[1],
        granularity=granularity,
        bound=bound,
        ambiguous=ambiguous,
    )
    told = (ReportedTiming(timing=timing, official=official),)
    digest = with_visit(TOOK_PLACE, timing=timing, timings=told, status=status, confirmations=())
    found = list(events(digest, months=months).values())
    assert len(found) + len(undated(digest, months=months)) == 1
    for event in found:
        assert granularity == "day" or (granularity == "month" and months)
        assert (event["DTSTART"].dt, event["DTEND"].dt - timedelta(days=1)) == ends
        if str(event["STATUS"]) == "CONFIRMED":
            assert (status, granularity, official) == ("confirmed", "day", True)
        elif str(event["STATUS"]) == "TENTATIVE":
            assert str(event["SUMMARY"]).startswith("[UNCONFIRMED]")


def test_a_postponed_or_denied_visit_with_its_old_days_is_not_told_as_planned() -> None:
    titles = [str(only(with_visit(visit, timing=DAYS))["SUMMARY"]) for visit in (POSTPONED, DENIED)]
    assert titles == [
        "[UNCONFIRMED] [POSTPONED] Marco Silvan to the Free Ports",
        "[DENIED] Bo Renn to Osmark",
    ]
