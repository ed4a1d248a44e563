"""The four days of DOMAIN.md 7.5, from article to digest, with a scripted model and a state file between the days."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen import Article, BriefGenerator
from briefgen.digest.intake import Arrived
from briefgen.digest.making import DigestOptions, make_digest
from briefgen.digest.state import State
from briefgen.testing import ScriptedModel

if TYPE_CHECKING:
    from briefgen.digest.digest import Digest, MergedVisit

FOLDER = Path(__file__).parents[2] / "fixtures" / "four_days"
DAYS = {1: "2024-06-10", 2: "2024-06-17", 3: "2024-06-18", 4: "2024-06-21"}


def article(day: int) -> Arrived:
    """The article of a day with its brief, as the generator makes it of the scripted answers."""
    told = json.loads((FOLDER / f"day-{day}.json").read_text(encoding="utf-8"))
    read = Article.from_text(
        (FOLDER / f"day-{day}.txt").read_text(encoding="utf-8"),
        title=told["title"],
        publisher=told.get("publisher"),
        published=date.fromisoformat(told["published"]),
    )
    model = ScriptedModel({facet: [answer] for facet, answer in told["answers"].items()})
    return Arrived.of(BriefGenerator(model).generate(read), f"day-{day}.txt", read.text)


@pytest.fixture(scope="module")
def digests() -> dict[int, Digest]:
    """The digest of each day; on the fourth there is no article."""
    made: dict[int, Digest] = {}
    kept: str | None = None
    for number, day in DAYS.items():
        since = State.read(kept, "state") if kept else None
        arrived = [article(number)] if number < 4 else []
        made[number], state = make_digest(arrived, DigestOptions(date.fromisoformat(day), since=since))
        kept = state.to_json()
    return made


def visit_to(digest: Digest, place: str) -> MergedVisit:
    return next(visit for visit in digest.planned_visits if visit.destination.name == place)


def changes(digest: Digest, kind: str) -> list[str]:
    return [change.title for change in digest.changes if change.kind == kind]


def test_day_1_one_paper_is_two_sources_for_one_visit_and_one_for_the_other(
    digests: dict[int, Digest],
) -> None:
    first = digests[1]
    korea, vietnam = visit_to(first, "North Korea"), visit_to(first, "Vietnam")
    assert (korea.status, korea.sources.independent, korea.sources.outlets) == ("partly_confirmed", 2, 1)
    assert (vietnam.status, vietnam.sources.independent, vietnam.sources.outlets) == ("reported", 1, 1)
    assert first.changes == ()
    assert len(first.open_questions) == 4


def test_day_2_the_kremlin_confirms_both_and_names_the_days(digests: dict[int, Digest]) -> None:
    second = digests[2]
    for place, days in (("North Korea", (18, 19)), ("Vietnam", (19, 20))):
        visit = visit_to(second, place)
        assert visit.status == "confirmed"
        assert visit.timing is not None
        assert visit.timing.earliest == date(2024, 6, days[0])
        assert visit.timing.latest == date(2024, 6, days[1])
    assert sorted(changes(second, "confirmed")) == [
        "Vladimir Putin to North Korea",
        "Vladimir Putin to Vietnam",
    ]
    assert len(changes(second, "closed")) == 2
    assert {question.kind for question in second.open_questions} == {
        "possible_agenda",
        "unresolved_allegation",
    }
    assert second.conflicts == ()


def test_day_3_a_page_with_other_days_is_a_conflict_and_changes_nothing(digests: dict[int, Digest]) -> None:
    third = digests[3]
    (conflict,) = third.conflicts
    assert conflict.kind == "date"
    assert conflict.about == visit_to(third, "Vietnam").id
    assert [(side.official, side.by.split()[-1]) for side in conflict.sides] == [
        (True, "Kremlin"),
        (False, "Courier"),
    ]
    timing = visit_to(third, "Vietnam").timing
    assert timing is not None
    assert timing.latest == date(2024, 6, 20)


def test_day_4_what_is_past_is_overdue_and_not_done(digests: dict[int, Digest]) -> None:
    fourth = digests[4]
    korea = visit_to(fourth, "North Korea")
    assert korea.overdue
    assert korea.took_place == ()
    assert changes(fourth, "overdue") == ["Vladimir Putin to North Korea"]
    assert not visit_to(fourth, "Vietnam").overdue  # one page says 29 June


def test_a_visit_keeps_its_id_on_all_days(digests: dict[int, Digest]) -> None:
    assert len({visit_to(digest, "Vietnam").id for digest in digests.values()}) == 1


def test_the_counts_add_up_on_all_days(digests: dict[int, Digest]) -> None:
    for digest in digests.values():
        counts = digest.counts
        assert counts.articles == counts.ok + counts.partly_withheld + counts.failed + counts.duplicates
        assert [each.number for each in digest.articles] == list(range(1, len(digest.articles) + 1))
