"""What changed since the last digest, and what no longer stands in it (DOMAIN.md 7.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest_builders import (
    allegation,
    confirmation,
    government,
    motive,
    person,
    place,
    question,
    report,
    response,
    timing,
    visit,
)
from digest_days import digest_of, next_digest

from briefgen.digest.state import State

if TYPE_CHECKING:
    from briefgen.digest.digest import Change, Digest
    from briefgen.digest.reports import Report

CAST = [
    person("actor-1", "Ana Ruiz", "UY"),
    government("actor-2", "Uruguay", "UY"),
    government("actor-3", "Finland", "FI"),
]


def trip(number: int, day: str, when: str | None = None, said: str | None = None) -> Report:
    """Ruiz's trip to Finland as an article of ``day`` has it; ``said``: by Uruguay, of its occurrence."""
    item = visit(
        ["actor-1"],
        place("Finland", "FI"),
        when=timing(when, day) if when else None,
        confirmations=[confirmation("Uruguay", value=said)] if said else [],  # type: ignore[arg-type]  # a value
    )
    asked = question("When will Ana Ruiz visit Finland?")
    return report(number, published=day, actors=CAST, planned_visits=[item], open_questions=[asked])


def charge(number: int, day: str, stance: str = "not_reported") -> Report:
    """Uruguay accuses Finland; ``stance`` is Finland's answer."""
    item = allegation(
        ["actor-2"],
        ["actor-3"],
        "jamming satellites over the border",
        responses=[response("actor-3", stance)],  # type: ignore[arg-type]  # a stance
    )
    return report(number, published=day, actors=CAST, allegations=[item])


def kinds(digest: Digest) -> list[str]:
    return [change.kind for change in digest.changes]


def only_change(digest: Digest) -> Change:
    (found,) = digest.changes
    return found


def test_the_first_digest_tells_no_changes() -> None:
    digest = digest_of([trip(1, "2024-06-10")])
    assert digest.previous is None
    assert digest.changes == ()


def test_articles_of_earlier_days_are_what_changes_are_told_from() -> None:
    digest = digest_of([trip(1, "2024-06-08"), trip(2, "2024-06-10", said="confirmed")])
    found = next(change for change in digest.changes if change.kind == "confirmed")
    assert (found.field, found.old, found.new, found.because) == (
        "status",
        "reported",
        "confirmed",
        "Uruguay said so",
    )
    assert found.articles == (1,)


def test_a_state_tells_the_same_changes_as_the_articles_it_was_made_of() -> None:
    before, after = trip(1, "2024-06-08"), trip(2, "2024-06-10", "on 20 June", "confirmed")
    _, state = next_digest([before], "2024-06-08")
    told = digest_of([after], since=state)
    assert [change.kind for change in told.changes] == kinds(digest_of([before, after]))
    assert told.planned_visits[0].id == digest_of([before, after]).planned_visits[0].id


def test_a_new_date_is_told_old_to_new() -> None:
    digest = digest_of([trip(1, "2024-06-08", "in July"), trip(2, "2024-06-10", "on 10 July")])
    found = next(change for change in digest.changes if change.field == "when")
    assert (found.old, found.new) == ("in July (July 2024)", "on 10 July (10 July 2024)")


def test_what_went_down_is_told_first() -> None:
    other = visit(["actor-1"], place("Peru", "PE"))
    news = report(3, published="2024-06-10", actors=CAST, planned_visits=[other])
    digest = digest_of(
        [trip(1, "2024-06-08", said="confirmed"), trip(2, "2024-06-10", said="cancelled"), news]
    )
    assert kinds(digest) == ["cancelled", "new", "closed"]


def test_an_answer_to_an_allegation_is_told() -> None:
    digest = digest_of([charge(1, "2024-06-08"), charge(2, "2024-06-10", "denied")])
    found = only_change(digest)
    assert (found.kind, found.old, found.new) == ("response_received", "no answer reported", "denied")


def test_that_a_later_article_reports_no_answer_takes_none_away() -> None:
    digest = digest_of([charge(1, "2024-06-08", "denied"), charge(2, "2024-06-10")])
    assert digest.changes == ()
    assert [each.stance for each in digest.allegations[0].responses] == ["denied"]


def test_a_question_is_closed_when_the_visit_has_its_days() -> None:
    digest = digest_of([trip(1, "2024-06-08"), trip(2, "2024-06-10", "on 20 June", "confirmed")])
    assert "closed" in kinds(digest)
    assert digest.open_questions == ()


def test_overdue_is_told_once_and_asks_nothing_of_the_clock() -> None:
    reports = [trip(1, "2024-06-07", "on 9 June")]
    first, second = digest_of(reports, "2024-06-10"), digest_of(reports, "2024-06-11")
    assert kinds(first) == ["overdue"]
    assert kinds(second) == []
    assert second.planned_visits[0].overdue


def test_after_a_week_of_silence_a_line_is_told_of_once_more_and_left_out() -> None:
    reports = [charge(1, "2024-06-01")]
    assert kinds(digest_of(reports, "2024-06-08")) == []
    assert kinds(digest_of(reports, "2024-06-09")) == ["no_longer_reported"]
    gone = digest_of(reports, "2024-06-10")
    assert (kinds(gone), gone.allegations) == ([], ())


def test_a_visit_on_a_known_day_to_come_stays_however_silent() -> None:
    digest = digest_of([trip(1, "2024-06-01", "on 20 September")], "2024-06-30")
    assert len(digest.planned_visits) == 1


def test_an_older_article_that_a_state_did_not_know_is_late_and_no_news() -> None:
    _, state = next_digest([trip(1, "2024-06-08")], "2024-06-08")
    digest = digest_of([charge(2, "2024-06-01")], "2024-06-10", since=state)
    assert digest.late_arrivals == (1,)
    assert (digest.counts.late, digest.counts.articles) == (1, 1)


def test_motives_stand_in_the_digest_of_their_day_alone() -> None:
    told = report(1, published="2024-06-08", actors=CAST, motives=[motive("actor-1", "To sell cheese")])
    assert len(digest_of([told], "2024-06-08").motives) == 1
    assert digest_of([told, trip(2, "2024-06-10")]).motives == ()


def test_the_same_digest_made_again_from_the_renewed_state_gives_the_same_bytes() -> None:
    _, first = next_digest([trip(1, "2024-06-08")], "2024-06-08")
    digest, renewed = next_digest([trip(2, "2024-06-10", "on 20 June", "confirmed")], "2024-06-10", first)
    again, _ = next_digest([trip(2, "2024-06-10", "on 20 June", "confirmed")], "2024-06-10", renewed)
    assert again.to_json() == digest.to_json()


def test_a_state_is_read_back_as_it_was_written() -> None:
    _, state = next_digest([trip(1, "2024-06-08")], "2024-06-08")
    assert State.read(state.to_json(), "state") == state
