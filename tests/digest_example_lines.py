"""The lines of the example digest that are no visits: actors, allegations, motives, positions, questions."""

from __future__ import annotations

from datetime import date
from typing import Any

from briefgen.digest.digest import (
    MergedActor,
    MergedAllegation,
    MergedBackground,
    MergedMotive,
    MergedPosition,
    MergedQuestion,
    MergedResponse,
    Sources,
)
from briefgen.timing import Timing
from digest_example_articles import EXPECTED, NOTICE, PALACE, PORTS, RADIOS, TWO_DATES, cite
from digest_example_visits import BEFORE, TODAY, line, one_source


def _actor(actor_id: str, name: str, kind: str, *more: str, **facts: Any) -> MergedActor:
    values = {"id": actor_id, "name": name, "kind": kind, "names": (name, *more)}
    return MergedActor.model_validate(values | facts)


ACTORS = (
    _actor(
        "ruiz",
        "Ana Ruiz",
        "person",
        "Ruiz",
        "アナ・ルイス",
        "آنا رويز",
        role="President",
        affiliation="Norland",
        articles=(1, 4, 7, 8, 9),
        items=("visit-ruiz-velia", "visit-ruiz-osmark", "motive-ruiz"),
        evidence=cite(PALACE, "Ana Ruiz"),
    ),
    _actor("dahl", "Lena Dahl", "person", "Dahl", role="Prime Minister", articles=(2, 6),
           items=("visit-dahl-velia", "visit-dahl-norland"), evidence=cite(TWO_DATES, "Lena Dahl")),
    _actor("brandt", "Ivo Brandt", "person", role="Foreign Minister", articles=(1,),
           items=("visit-brandt-karst",), evidence=cite(PALACE, "Ivo Brandt")),
    _actor("silvan", "Marco Silvan", "person", "Silvan", role="trade minister", affiliation="Velia",
           articles=(2,), items=("visit-silvan-osmark", "visit-silvan-free-ports"),
           evidence=cite(TWO_DATES, "Marco Silvan")),
    _actor("renn", "Bo Renn", "person", role="Admiral", articles=(2,), items=("visit-renn-osmark",)),
    _actor("oyen", "Petra Oyen", "person", role="Defence Minister", articles=(8,),
           items=("visit-oyen-free-ports",)),
    _actor("tal", "Iris Tal", "person", role="Governor", affiliation="Karst", articles=(1,),
           items=("visit-tal-norland",)),
    _actor("lindqvist", "Tomas Lindqvist", "person", role="Norlandic ambassador to Osmark", articles=(1,)),
    _actor("norland", "Norland", "government", articles=(1, 3), items=("allegation-radios", "motive-norland")),
    _actor("osmark", "Osmark", "government", articles=(2, 3), items=("allegation-radios", "position-crews")),
    _actor("velia", "Velia", "government", articles=(2, 3), items=("visit-dahl-velia", "allegation-cable")),
    _actor("karst", "Karst", "government", articles=(6,), items=("allegation-banks",)),
    _actor("ports", "the Free Ports", "group", articles=(3, 6, 9), items=("allegation-radios",)),
    _actor("herald", "Norland Herald", "media", articles=(9,)),
)  # fmt: skip


def _answers(by: str, stance: str, article: int, phrase: str) -> MergedResponse:
    said = cite(article, phrase) if phrase else ()
    values = {"by": by, "stance": stance, "said": TODAY if said else None, "evidence": said}
    return MergedResponse.model_validate(values | {"articles": (article,) if said else ()})


ALLEGATIONS = (
    MergedAllegation(
        **line(
            "allegation-radios",
            (*cite(RADIOS, "jamming ships"), *cite(EXPECTED, "blamed Norland")),
            Sources(
                independent=2,
                outlets=2,
                names=("Osmark", "the Free Ports"),
                media=("Velian Wire", "Norland Herald"),
            ),
            first_seen=BEFORE,
            change="response_received",
        ),
        accusers=("osmark", "ports"),
        accused=("norland",),
        claim="jamming ships’ radios in the strait",
        wordings=("jamming ships’ radios in the strait [3]", "ships’ radios lost [9]"),
        made=Timing(
            text="on Monday",
            earliest=date(2031, 6, 9),
            latest=date(2031, 6, 9),
            edtf="2031-06-09",
            granularity="day",
        ),
        responses=(_answers("norland", "neither_confirmed_nor_denied", RADIOS, "neither confirm"),),
    ),
    MergedAllegation(
        **line(
            "allegation-cable",
            cite(RADIOS, "sea cable"),
            one_source("a source not named", "Velian Wire"),
            change="new",
        ),
        accusers=(),
        accused=("velia",),
        claim="cutting a sea cable off Karst",
        responses=(_answers("velia", "did_not_respond", RADIOS, "did not respond"),),
    ),
    MergedAllegation(
        **line(
            "allegation-banks",
            cite(NOTICE, "overfished"),
            Sources(independent=1, outlets=0, names=("the Free Ports",)),
            change="new",
        ),
        accusers=("ports",),
        accused=("karst",),
        claim="overfishing the northern banks",
        responses=(_answers("karst", "admitted", NOTICE, "overfished"),),
        status="admitted",
    ),
)

MOTIVES = (
    MergedMotive(
        **line(
            "motive-ruiz",
            cite(PALACE, "northern fishing"),
            one_source("the presidential palace", "Norland Herald"),
        ),
        holder="ruiz",
        text="reopen the northern fishing grounds",
        basis="stated",
        according_to=("the presidential palace",),
        applies_to=("visit-ruiz-velia",),
        hedges=("hopes",),
    ),
    MergedMotive(
        **line("motive-norland", cite(PALACE, "reliance"), one_source("Norland Herald", "Norland Herald")),
        holder="norland",
        text="reduce its reliance on the coastal states",
        basis="article",
        applies_to=("visit-ruiz-velia",),
    ),
    MergedMotive(
        **line(
            "motive-jamming",
            cite(RADIOS, "foreign trawlers"),
            one_source("a naval officer of Osmark", "Velian Wire"),
        ),
        holder="norland",
        text="keep foreign trawlers away",
        basis="attributed",
        according_to=("a naval officer of Osmark",),
        applies_to=("allegation-radios",),
        hedges=("may",),
    ),
)

POSITIONS = (
    MergedPosition(
        **line("position-crews", cite(RADIOS, "voiced concern"), one_source("Osmark", "Velian Wire")),
        holders=("osmark",),
        stance="concern",
        text="voiced concern over the crews",
        according_to=("Velian Wire",),
    ),
)

QUESTIONS = (
    MergedQuestion(
        **line(
            "question-dahl",
            cite(TWO_DATES, "no such visit"),
            one_source("the Velian chancellery", "Harbour Post"),
        ),
        question="Will Lena Dahl go to Velia, and when?",
        kind="conflicting_reports",
        about=("visit-dahl-velia",),
        resolves_with="a joint statement of the cabinet office of Osmark and the Velian chancellery",
    ),
    MergedQuestion(
        **line(
            "question-oyen",
            cite(PORTS, "Petra Oyen"),
            one_source("the Norlandic defence ministry", "Harbour Post"),
        ),
        question="Did Petra Oyen’s visit to the Free Ports take place?",
        kind="unconfirmed",
        about=("visit-oyen-free-ports",),
        resolves_with="a report of the visit, or a word of the Norlandic defence ministry",
    ),
    MergedQuestion(
        **line("question-cable", cite(RADIOS, "sea cable"), one_source("a source not named", "Velian Wire")),
        question="Who accuses Velia of cutting the cable?",
        kind="information_gap",
        about=("allegation-cable",),
        resolves_with="an accuser who gives a name",
    ),
)

BACKGROUND = (
    MergedBackground(
        **line("background-ferries", cite(PORTS, "two ferries"), one_source("Harbour Post", "Harbour Post")),
        text="Ana Ruiz visited Velia in 2029 and promised two ferries.",
        kind="past_visit",
    ),
)
