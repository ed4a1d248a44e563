"""Stories: which articles are one, which leads, and what it is called."""

from __future__ import annotations

import itertools
import json
import random
from typing import TYPE_CHECKING

import pytest
from digest_builders import background, medium, person, place, position, quote, report, visit
from digest_days import digest_of

from briefgen.digest.identity import ActorIndex
from briefgen.digest.stories import ONE_STORY, one_story_each, stories_of
from briefgen.digest.story_words import Words, _named, alike_pairs, cosine, terms_in, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefgen.digest.digest import Line, Story
    from briefgen.digest.reports import Report

FERRY = (
    (
        "A ferry sank off the harbour of Tarn on Monday night. Rescuers pulled forty passengers out of the water. "
        "The coastguard of Velia said that the ferry had hit a reef in the storm."
    ),
    (
        "Divers searched the wreck of the Tarn ferry for missing passengers. The coastguard said that the reef is on "
        "every chart, and that the captain of the ferry steered into the storm."
    ),
    (
        "Forty passengers of the ferry that sank near Tarn were rescued. The captain told the coastguard that the storm "
        "had put out the light above the reef."
    ),
)
BUDGET = (
    (
        "The parliament of Osmark passed a budget that raises the tax on tobacco. The finance minister said that schools "
        "would receive the revenue of the tax."
    ),
    (
        "Schools in Osmark will receive the tobacco tax under the budget that parliament passed. The opposition voted "
        "against the budget and its finance minister."
    ),
)
COMET = "Astronomers photographed a comet with two tails over the southern desert."


def articles(*texts: str) -> list[Report]:
    return [report(number, text=text, title=text.split(".")[0]) for number, text in enumerate(texts, 1)]


def told(reports: Sequence[Report], lines: Sequence[Line] = ()) -> tuple[Story, ...]:
    return stories_of(reports, lines, ActorIndex(reports))


def groups(reports: Sequence[Report], lines: Sequence[Line] = ()) -> set[frozenset[int]]:
    return {frozenset(story.articles) for story in told(reports, lines)}


def test_articles_about_one_thing_are_one_story_and_the_rest_stand_alone() -> None:
    reports = articles(*FERRY, *BUDGET, COMET)
    assert groups(reports) == {frozenset({1, 2, 3}), frozenset({4, 5}), frozenset({6})}


def test_a_day_with_one_story_is_one_story() -> None:
    """Its words are in every article, and count all the same."""
    assert groups(articles(*FERRY)) == {frozenset({1, 2, 3})}


def test_no_order_of_articles_or_lines_changes_a_story() -> None:
    reports = articles(*FERRY, *BUDGET, COMET)
    expected = told(reports)
    for seed in range(5):
        shuffled = reports[:]
        random.Random(seed).shuffle(shuffled)
        assert told(shuffled) == expected


def test_articles_of_earlier_digests_make_no_story() -> None:
    reports = [*articles(*FERRY), report(4, text=COMET, is_new=False)]
    assert groups(reports) == {frozenset({1, 2, 3})}


def test_an_article_whose_text_was_not_kept_joins_by_what_its_brief_quotes() -> None:
    whole = articles(*FERRY[:2])
    kept = quote(FERRY[2], FERRY[2].split(". ")[0])
    third = report(
        3,
        headline="Captain of the sunk Tarn ferry blames the storm",
        background=[background("The ferry sank", evidence=[kept])],
    )
    assert groups([*whole, third, report(4, headline="A comet with two tails", text=COMET)]) == {
        frozenset({1, 2, 3}),
        frozenset({4}),
    }


def test_the_words_of_two_languages_are_not_the_same_words() -> None:
    assert not set(terms_in("die Gift", "de")) & set(terms_in("die Gift", "en"))
    assert list(terms_in("ferry", "en-GB")) == list(terms_in("ferry", None))


def rell_to_velia(number: int, language: str, text: str, others: Sequence[str] = ()) -> Report:
    actors = [person("rell", "Ada Rell", "XN"), *(person(name, name) for name in others)]
    return report(number, text=text, language=language, actors=actors, headline=f"Headline {number}")


def test_an_article_in_another_language_joins_through_its_actors() -> None:
    reports = [
        rell_to_velia(1, "en", "Ada Rell met Bo Lind about the canal.", ["Bo Lind", "Cy Dorn"]),
        rell_to_velia(2, "de", "Wegen des Kanals trafen sich beide.", ["Bo Lind", "Cy Dorn"]),
        rell_to_velia(3, "de", "Das Wetter bleibt schlecht.", ["Eno Farr", "Gil Hase", "Ida Jorn"]),
    ]
    assert groups(reports) == {frozenset({1, 2}), frozenset({3})}


def rumour(number: int, publisher: str, source: str, text: str, *, day: str = "2024-06-10") -> Report:
    """An article with a visit of Ada Rell to Tarn, Velia."""
    return report(
        number,
        published=day,
        text=text,
        publisher=publisher,
        headline=f"Rell to visit Tarn, says {source}",
        actors=[person("rell", "Ada Rell"), medium("m", publisher)],
        planned_visits=[visit(["rell"], place("Tarn"), according_to=[source])],
    )


def test_the_story_with_most_independent_sources_leads_however_new_another_is() -> None:
    texts = (
        "The chancellor plans a journey to the harbour town.",
        "A journey of the chancellor to the harbour town is planned.",
    )
    two = [
        rumour(1, "Tarn Post", "Bo Lind", texts[0], day="2024-06-09"),
        rumour(2, "Osmark Times", "Cy Dorn", texts[1], day="2024-06-09"),
    ]
    alone = report(
        3,
        text=COMET,
        publisher="Sky Daily",
        actors=[person("farr", "Eno Farr")],
        positions=[position("farr", "warned of the comet", "warning")],
    )
    digest = digest_of([alone, *two], days=2)
    lead, second = digest.stories
    numbers = {each.number: each.publisher for each in digest.articles}
    assert {numbers[number] for number in lead.articles} == {"Tarn Post", "Osmark Times"}
    assert (lead.sources.independent, second.sources.independent) == (2, 1)


def test_of_stories_with_as_many_sources_the_newer_leads_and_those_without_news_come_last() -> None:
    older = rumour(1, "Tarn Post", "Bo Lind", "The chancellor plans a journey.", day="2024-06-09")
    newer = report(
        2,
        text=COMET,
        actors=[person("farr", "Eno Farr")],
        positions=[position("farr", "warned of the comet", "warning")],
    )
    empty = report(3, text=BUDGET[0])
    digest = digest_of([empty, older, newer], days=2)
    by_number = {each.number: each.id for each in digest.articles}
    order = [by_number[story.articles[0]] for story in digest.stories]
    assert order == [each.brief.article.id for each in (newer, older, empty)]
    assert digest.stories[2].items == ()


def test_sources_of_an_older_event_do_not_make_a_lead() -> None:
    """Ten papers that recall last year's visit corroborate nothing that is said today."""
    past = [
        report(
            n,
            text=f"{text} Ada Rell went to Tarn last year.",
            publisher=f"Paper {n}",
            background=[background("Ada Rell went to Tarn")],
        )
        for n, text in enumerate(FERRY, 1)
    ]
    (story,) = digest_of(past).stories
    assert story.items
    assert story.sources.independent == 0


def test_a_story_is_called_by_a_headline_of_its_articles_the_most_telling() -> None:
    reports = [
        report(1, text=FERRY[0], headline="What we know so far"),
        report(2, text=FERRY[1], headline="Ferry sinks near Tarn: coastguard blames reef and storm"),
        report(3, text=FERRY[2], headline="Night of fear"),
    ]
    (story,) = told(reports)
    assert story.title == "Ferry sinks near Tarn: coastguard blames reef and storm"


def test_a_storys_id_stays_when_newer_articles_join() -> None:
    reports = [report(n, text=text, published=f"2024-06-0{n}") for n, text in enumerate(FERRY, 1)]
    (first,) = told(reports[:2])
    (later,) = told(reports)
    assert first.id == later.id


def test_a_shared_visit_ties_articles_that_words_alone_do_not() -> None:
    texts = ("The chancellor packs for a harbour town.", "Officials expect talks about fish.")
    one = rumour(1, "Tarn Post", "Bo Lind", texts[0])
    other = rumour(2, "Osmark Times", "Cy Dorn", texts[1])
    assert len(groups([one, other])) == 2
    assert len(digest_of([one, other]).stories) == 1


def test_a_chain_of_likeness_does_not_make_one_story_of_two() -> None:
    """A round-up that is like one article of each is, on average, like neither story."""
    dense = dict.fromkeys(
        [*itertools.combinations(range(4), 2), *itertools.combinations(range(4, 8), 2)], 0.5
    )
    found = one_story_each(9, {**dense, (3, 8): 0.4, (4, 8): 0.4})
    assert found == [[0, 1, 2, 3], [4, 5, 6, 7], [8]]


@pytest.mark.parametrize("likeness", [ONE_STORY, ONE_STORY - 0.001])
def test_two_articles_are_one_story_from_the_threshold_on(likeness: float) -> None:
    assert len(one_story_each(2, {(0, 1): likeness})) == (1 if likeness >= ONE_STORY else 2)


def test_ties_end_and_end_alike() -> None:
    """Where every pair is as like as the other there is no best; the outcome is the same each time."""
    pairs = dict.fromkeys(itertools.combinations(range(40), 2), ONE_STORY)
    assert one_story_each(40, pairs) == [list(range(40))]


def likeness_of(one: Words, other: Words) -> float:
    """How alike two articles are, without looking for the pairs that may be."""
    return cosine(one.terms, other.terms) * _named(one, other)


def test_pairs_are_found_with_the_cosine_of_their_words() -> None:
    words = words_of(articles(*FERRY, *BUDGET, COMET))
    every = {(a, b): likeness_of(words[a], words[b]) for a, b in itertools.combinations(range(6), 2)}
    expected = {pair: likeness for pair, likeness in every.items() if likeness >= 0.1}
    assert alike_pairs(words, at_least=0.1) == pytest.approx(expected)


def test_two_crimes_of_one_kind_are_two_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they share is how such things are told; places and people are others."""
    texts = (
        (
            "A man was arrested on suspicion of murder after a woman died in Tarnwick. Ada Rell, her neighbour, heard "
            "shouting behind the bakery before dawn. The street stayed closed until the evening."
        ),
        (
            "Detectives in Osmouth arrested a man on suspicion of murder. Bo Lind had been found beside the canal by "
            "two anglers. A knife was taken from a boat, and divers returned on Sunday."
        ),
    )
    reports = [report(n, text=text) for n, text in enumerate(texts, 1)]
    assert len(groups(reports)) == 2
    monkeypatch.setattr("briefgen.digest.story_words._BY_NAMES", (1.0,))
    assert len(groups(reports)) == 1


def test_many_equal_articles_are_compared_in_bounded_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.digest.story_words._MOST_STEPS", 100)
    words = words_of(articles(*[f"{FERRY[0]} Edition {n}." for n in range(50)]))
    assert len(alike_pairs(words, at_least=0.1)) <= 100


def test_real_stories_come_apart_and_together(shared: Path) -> None:
    """The floor of ``benchmarks/stories.py``, on the half that chose nothing."""
    path = shared / "data" / "articles" / "clusters.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    names = sorted({row["cluster_id"] for row in rows if row["cluster_id"].startswith("basil-")})[::4]
    picked = [row for row in rows if row["cluster_id"] in names]
    reports = [report(n, text=row["text"], title=row["title"]) for n, row in enumerate(picked, 1)]
    gold = {n: row["cluster_id"] for n, row in enumerate(picked, 1)}
    found = told(reports)
    pairs = {pair for story in found for pair in itertools.combinations(story.articles, 2)}
    right = sum(gold[one] == gold[other] for one, other in pairs)
    wanted = sum(gold[one] == gold[other] for one, other in itertools.combinations(gold, 2))
    assert right >= 0.95 * len(pairs)
    assert right >= 0.8 * wanted
