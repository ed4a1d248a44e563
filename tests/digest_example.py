"""A complete digest built by hand, of invented people and states, and an empty one.

Three stories, nine articles (one failed, one duplicate, one partly withheld, one undated, one late, two of
earlier digests), visits, allegations, motives, conflicts and changes of every kind.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from briefgen.digest.digest import BottomLine, Change, Conflict, Counts, Digest, Made, Side, Sources, Story
from digest_example_articles import (
    EXPECTED,
    LATE,
    NOTICE,
    PALACE,
    PORTS,
    RADIOS,
    TWO_DATES,
    articles,
    cite,
)
from digest_example_lines import ACTORS, ALLEGATIONS, BACKGROUND, MOTIVES, POSITIONS, QUESTIONS
from digest_example_visits import BEFORE, TODAY, VISITS

_BOTTOM_LINES = (
    BottomLine(
        text="Ana Ruiz will visit Velia on 18 and 19 June, the presidential palace said.",
        refs=("visit-ruiz-velia",),
        story="story-ruiz",
        articles=(PALACE,),
        single_source=False,
        worded_by="brief",
        evidence=cite(PALACE, "18 and 19 June"),
    ),
    BottomLine(
        text="Osmark and the Free Ports accuse Norland of jamming ships’ radios in the strait; Norland would "
        "neither confirm nor deny the accusation, according to Velian Wire.",
        refs=("allegation-radios",),
        story="story-radios",
        articles=(RADIOS, EXPECTED),
        single_source=False,
        worded_by="model",
        evidence=cite(RADIOS, "jamming", "neither confirm"),
    ),
    BottomLine(
        text="The cabinet office of Osmark says that Lena Dahl will visit Velia on 24 and 25 June; the Velian "
        "chancellery says it agreed to no such visit.",
        refs=("visit-dahl-velia",),
        story="story-dahl",
        articles=(TWO_DATES,),
        single_source=False,
        worded_by="template",
        evidence=cite(TWO_DATES, "24 and 25 June", "no such visit"),
    ),
    BottomLine(
        text="Velia is said to have cut a sea cable off Karst, Velian Wire reports without naming a source.",
        refs=("allegation-cable",),
        story="story-radios",
        articles=(RADIOS,),
        single_source=True,
        worded_by="template",
        evidence=cite(RADIOS, "sea cable"),
    ),
)


def _change(kind: str, facet: str, item: str, title: str, **more: Any) -> Change:
    evidence = more.get("evidence", ())
    numbers = tuple(sorted({piece.article for piece in evidence}))
    values = {"kind": kind, "facet": facet, "item": item, "title": title, "articles": numbers}
    return Change.model_validate(values | more)


_VISITS, _CHARGES = "planned_visits", "allegations"
_CHANGES = (
    _change("cancelled", _VISITS, "visit-silvan-osmark", "Marco Silvan to Osmark", field="status",
            old="confirmed", new="cancelled", because="Osmark cancelled it",
            evidence=cite(TWO_DATES, "Osmark cancelled")),
    _change("postponed", _VISITS, "visit-silvan-free-ports", "Marco Silvan to the Free Ports", field="status",
            old="reported", new="postponed", because="the Velian trade ministry put it off",
            evidence=cite(TWO_DATES, "were put off")),
    _change("denied", _VISITS, "visit-renn-osmark", "Bo Renn to Osmark", field="status", old="possible",
            new="denied", because="the Velian navy denied it",
            evidence=cite(TWO_DATES, "Velian navy")),
    _change("overdue", _VISITS, "visit-oyen-free-ports", "Petra Oyen to the Free Ports",
            because="4 June is past and no article says that it took place",
            evidence=cite(PORTS, "Petra Oyen")),
    _change("confirmed", _VISITS, "visit-ruiz-velia", "Ana Ruiz to Velia", field="status", old="reported",
            new="confirmed", because="the presidential palace announced it",
            evidence=cite(PALACE, "18 and 19 June")),
    _change("updated", _VISITS, "visit-ruiz-osmark", "Ana Ruiz to Osmark", field="timing",
            old="in the coming weeks", new="in July", because="Tomas Lindqvist named the month",
            evidence=cite(PALACE, "trip there in July")),
    _change("took_place", _VISITS, "visit-tal-norland", "Iris Tal to Norland",
            because="Norland Herald reports that she came", evidence=cite(PALACE, "Iris Tal")),
    _change("response_received", _CHARGES, "allegation-radios", "Osmark and the Free Ports accuse Norland",
            field="response", old="not_reported", new="neither_confirmed_nor_denied",
            because="Norland would neither confirm nor deny it", evidence=cite(RADIOS, "neither")),
    _change("new", _VISITS, "visit-dahl-velia", "Lena Dahl to Velia", evidence=cite(TWO_DATES, "24 and 25")),
    _change("new", _CHARGES, "allegation-cable", "somebody not named accuses Velia",
            evidence=cite(RADIOS, "sea cable")),
    _change("retracted", "motives", "motive-gone", "Lena Dahl: win the fishermen’s votes",
            because="Harbour Post took its report back", articles=(TWO_DATES,)),
    _change("no_longer_reported", "positions", "position-gone", "Karst demanded an inquiry",
            because="no article has told of it for 7 days"),
    _change("closed", "open_questions", "question-ruiz-dates", "When will Ana Ruiz visit Velia?",
            because="the presidential palace named the days", evidence=cite(PALACE, "18 and 19")),
)  # fmt: skip


def _side(value: str, by: str, article: int, phrase: str, **more: Any) -> Side:
    values = {"value": value, "by": by, "articles": (article,), "evidence": cite(article, phrase)}
    return Side.model_validate(values | {"said": TODAY} | more)


_CONFLICTS = (
    Conflict(
        kind="date",
        about="visit-dahl-velia",
        title="Lena Dahl to Velia: dates differ",
        sides=(
            _side("24 and 25 June", "the cabinet office of Osmark", TWO_DATES, "24 and 25", official=True),
            _side("nobody before 26 June", "the Velian chancellery", TWO_DATES, "no such", official=True),
            _side("between 24 and 29 June", "", NOTICE, "24 and 29", said=None),
        ),
    ),
    Conflict(
        kind="status",
        about="visit-dahl-velia",
        title="Lena Dahl to Velia: the parties disagree",
        sides=(
            _side("confirmed", "the cabinet office of Osmark", TWO_DATES, "24 and 25", official=True),
            _side("denied", "the Velian chancellery", TWO_DATES, "no such", official=True),
        ),
    ),
    Conflict(
        kind="figure",
        about="allegation-radios",
        title="Jamming ships’ radios in the strait: figures differ",
        sides=(
            _side("seven ships", "the Osmark coast guard", RADIOS, "Seven ships", official=True),
            _side("at least four ships", "Norland Herald", EXPECTED, "four ships", said=BEFORE),
        ),
    ),
    Conflict(
        kind="role",
        about="allegation-radios",
        title="Jamming ships’ radios in the strait: who accuses whom differs",
        sides=(
            _side("Osmark and the Free Ports", "Velian Wire", RADIOS, "accused Norland"),
            _side("the Free Ports alone", "Norland Herald", EXPECTED, "blamed Norland", said=BEFORE),
        ),
    ),
)

_STORIES = (
    Story(
        id="story-ruiz",
        title="Palace names the days of Ruiz’s trip to Velia",
        articles=(PALACE, 4, LATE, PORTS, EXPECTED),
        items=(
            "visit-ruiz-velia", "visit-ruiz-osmark", "visit-brandt-karst", "visit-oyen-free-ports",
            "visit-tal-norland", "motive-ruiz", "motive-norland", "background-ferries",
        ),
        sources=Sources(independent=3, outlets=3, media=("Norland Herald", "Coast Courier", "架空日報")),
        newest=TODAY,
    ),
    Story(
        id="story-radios",
        title="Osmark and the Free Ports blame Norland for dead radios",
        articles=(RADIOS,),
        items=("allegation-radios", "allegation-cable", "motive-jamming", "position-crews"),
        sources=Sources(independent=2, outlets=2, media=("Velian Wire", "Norland Herald")),
        newest=TODAY,
    ),
    Story(
        id="story-dahl",
        title="Two capitals, two dates: will Dahl go to Velia?",
        articles=(TWO_DATES, NOTICE),
        items=(
            "visit-dahl-velia", "visit-dahl-norland", "visit-silvan-osmark", "visit-silvan-free-ports",
            "visit-renn-osmark", "allegation-banks",
        ),
        sources=Sources(independent=2, outlets=1, media=("Harbour Post",)),
        newest=TODAY,
    ),
)  # fmt: skip


def example_digest(**changes: Any) -> Digest:
    """The digest of 10 June 2031, told from the one of the day before."""
    values: dict[str, Any] = {
        "first": TODAY,
        "last": TODAY,
        "oldest_article": date(2031, 6, 2),
        "newest_article": TODAY,
        "previous": BEFORE,
        "counts": Counts(
            articles=7,
            ok=4,
            partly_withheld=1,
            failed=1,
            duplicates=1,
            undated=1,
            late=1,
            other_languages=1,
            later=1,
            history=2,
            withheld_items=2,
        ),
        "bottom_line": _BOTTOM_LINES,
        "changes": _CHANGES,
        "unchanged": 5,
        "late_arrivals": (LATE,),
        "planned_visits": VISITS,
        "allegations": ALLEGATIONS,
        "motives": MOTIVES,
        "positions": POSITIONS,
        "conflicts": _CONFLICTS,
        "open_questions": QUESTIONS,
        "background": BACKGROUND,
        "actors": ACTORS,
        "stories": _STORIES,
        "articles": articles(),
        "made": Made(briefgen="0.1.0", models=("local:small",), worded_by="local:small"),
    }
    return Digest.model_validate(values | changes)


def empty_digest(**changes: Any) -> Digest:
    """A digest of a day without articles, the first of all."""
    values: dict[str, Any] = {
        "first": TODAY,
        "last": TODAY,
        "counts": Counts(articles=0, ok=0, partly_withheld=0, failed=0, duplicates=0),
        "made": Made(briefgen="0.1.0"),
    }
    return Digest.model_validate(values | changes)
