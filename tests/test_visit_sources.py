"""Who stands for a visit: each source once, by the name that tells most, also where the next sentence names it."""

from __future__ import annotations

import pytest

from briefgen.visit_sources import only_tells_source
from core_helpers import article_of, brief_of, only_visit, visit

PLAN = "Norlandic President Ada Rell is planning to visit Ostia in June. "


def sources(text: str, *actors: str) -> tuple[str, ...]:
    named = [{"name": name, "kind": "person"} for name in ("Ada Rell", *actors)]
    brief = brief_of(article_of(text), actors=named, planned_visits=[visit(1, "Ada Rell", "Ostia")])
    return only_visit(brief).according_to


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Source: the Selm Kurier, citing a diplomatic source", ("Selm Kurier", "diplomatic source")),
        ("The Norlandic weekly “Lantern” writes about this.", ("Lantern",)),
        ("The daily Kurier reports this.", ("daily Kurier",)),
        ("The announcement came from the Norlandic envoy to Ostia, Bo Lind.", ("Bo Lind",)),
        ("This was announced by the palace.", ("palace",)),
    ],
)
def test_a_sentence_that_only_names_the_source_stands_for_the_one_before(
    line: str, expected: tuple[str, ...]
) -> None:
    assert sources(PLAN + line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Velia has long reported on such journeys.",
        "The daily Kurier reported that Velia denied the plan.",
        "The announcement surprised the palace.",
        "Bo Lind said it would rain.",
    ],
)
def test_other_sentences_stand_for_nothing_but_themselves(line: str) -> None:
    assert not only_tells_source(line)
    assert sources(PLAN + line) == ()


def test_one_person_is_one_source_under_two_names() -> None:
    text = "Bo Lind said that Ada Rell will visit Ostia in June. Lind said that Rell will visit Ostia alone."
    assert sources(text, "Bo Lind") == ("Bo Lind",)


def test_the_source_is_the_one_last_described() -> None:
    text = PLAN + "A diplomatic source said the palace agrees. The source said Rell will visit Ostia by ship."
    assert sources(text) == ("diplomatic source",)


def test_an_unnamed_source_is_told_with_the_article_that_its_sentence_has() -> None:
    """ "according to another source", "according to a diplomatic source", as inside a sentence."""
    for source, told in [
        ("Another source", "another source"),
        ("A diplomatic source", "a diplomatic source"),
    ]:
        text = f"Norland is at peace. {source} said Ada Rell is planning to visit Ostia in June."
        brief = brief_of(
            article_of(text),
            actors=[{"name": "Ada Rell", "kind": "person"}],
            planned_visits=[visit(2, "Ada Rell", "Ostia")],
        )
        assert brief.summary[0].text.endswith(f"according to {told}.")
