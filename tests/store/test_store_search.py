"""Finding briefs: by words, by filters, by label and id."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.brief import Background, Motive, SummarySentence
from briefgen.errors import InputError, StoreCorrupt, UsageError
from briefgen.store import (
    Done,
    Failed,
    Input,
    Origin,
    Run,
    Selection,
    Skipped,
    Store,
    StoredBrief,
    find,
    inputs,
    stored_briefs,
)
from store_examples import OTHER_RECIPE, RECIPE, article_of, brief_for, done, origin_of, pending

if TYPE_CHECKING:
    from pathlib import Path


def labels(store: Store, selection: Selection) -> list[str]:
    return [found.label for found in stored_briefs(store, selection)]


@pytest.fixture
def searched(store: Store, run: Run) -> Store:
    """Four briefs: a visit, one said in other words, an empty one, one without a date."""
    plain = article_of(1)
    others = article_of(2, published="2031-06-10", title="Grain talks in Velmark")
    quiet = article_of(3, published="2031-07-01", title="100% rain, snake_case and a+b")
    undated = article_of(4, published=None, title="Undated")
    nothing: dict[str, Any] = {"actors": (), "planned_visits": (), "allegations": (), "summary": ()}
    told = {
        **nothing,
        "headline": "Grain dealers met",
        "motives": (
            Motive(id="motive-1", holder="actor-1", text="to secure Zürich's harvests", basis="stated"),
        ),
        "background": (Background(id="background-1", text="They met in Selm in 2029.", kind="meeting"),),
        "extra": [
            {"id": "extra-1", "said": ["the ferry's timetable"], "evidence": [{"quote": "never found"}]}
        ],
    }
    run.record(
        [
            Done(Origin("visit"), plain, brief_for(plain)),
            Done(Origin("grain"), others, brief_for(others, **told)),
            Done(Origin("quiet"), quiet, brief_for(quiet, **{**nothing, "headline": "Rain"})),
            Done(Origin("undated"), undated, brief_for(undated)),
        ]
    )
    return store


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Ostia", {"visit", "undated"}),
        ("OSTIA visits", {"visit", "undated"}),
        ("grain", {"grain"}),
        ("zurich harvest", {"grain"}),
        ("ferry", {"grain"}),
        ("selm met", {"grain"}),
        ("never found", set()),
        ('"Ada Rell"', {"visit", "undated"}),
        ('"Rell Ada"', set()),
        ("Rell Ada", {"visit", "undated"}),
        ("Ada Velmark", set()),
        ("undated", {"undated"}),
        ("rain", {"quiet"}),
    ],
)
def test_all_words_must_be_there_in_any_form_and_a_phrase_in_order(
    searched: Store, query: str, expected: set[str]
) -> None:
    assert set(labels(searched, Selection(query))) == expected


@pytest.mark.covers("B-OUT-17")
@pytest.mark.parametrize(
    "query",
    [
        "Ostia AND NOT Ada", "Ostia OR grain", "NEAR(Ada Rell)", "Ost*", "title : undated", "^Ostia", "-Ostia",
        "{title headline} : Ostia", "Ostia)", "(Ostia", "Ada + Rell +", "'; DROP TABLE inputs; --", 'a "b',
        '"Ada', "Ostia'", "a\0b", "\udce9Ostia", "Ada\nRell", "O%", "_stia", ":1", "日本", "😀 Ada",
    ],
)  # fmt: skip
def test_no_query_is_an_error_of_the_search_or_means_more_than_its_words(searched: Store, query: str) -> None:
    """Operators, quotes and wild cards are words or nothing: each brief found has every word of the query."""
    found = list(stored_briefs(searched, Selection(query)))
    assert searched.counts().done == 4
    for each in found:
        text = each.json.casefold()
        assert all(word in text for word in query.casefold().replace('"', " ").split() if word.isalnum())
    assert len(found) < 4


@pytest.mark.covers("B-OUT-17")
@pytest.mark.parametrize("query", ["%", "_", '"', '""', "?", "😀", "100%", "snake_case"])
def test_wild_cards_of_sql_are_no_wild_cards(searched: Store, query: str) -> None:
    if any(char.isalnum() for char in query):
        assert labels(searched, Selection(query)) == ["quiet"]
    else:
        with pytest.raises(UsageError, match="no word"):
            Selection(query)


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(since=date(2031, 6, 10)), ["grain", "quiet"]),
        (Selection(until=date(2031, 6, 10)), ["grain", "visit"]),
        (Selection(since=date(2031, 5, 2), until=date(2031, 6, 30)), ["grain"]),
        (Selection(facet="motives"), ["grain"]),
        (Selection(facet="extra"), ["grain"]),
        (Selection(facet="planned_visits", status="reported"), ["undated", "visit"]),
        (Selection(facet="planned_visits", status="unresolved"), []),
        (Selection(status="unresolved"), ["undated", "visit"]),
        (Selection(status="confirmed"), []),
        (Selection(actor="ada rell"), ["undated", "visit"]),
        (Selection(actor="Rell Ada"), []),
        (Selection(actor="Ostia"), []),
        (Selection("Ostia", actor="harbour office", since=date(2031, 1, 1)), ["visit"]),
        (Selection(), ["grain", "quiet", "undated", "visit"]),
    ],
)
def test_filters_hold_together(searched: Store, selection: Selection, expected: list[str]) -> None:
    assert sorted(labels(searched, selection)) == expected


@pytest.mark.parametrize(
    "wrong",
    [{"status": "rumoured"}, {"facet": "a b"}, {"facet": "x|y"}, {"actor": "%"}, {"query": "!?"}],
)
def test_a_filter_that_can_fit_nothing_is_a_usage_error(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Selection(**wrong)  # type: ignore[arg-type]  # texts, every one


def test_what_stands_in_the_headline_comes_before_what_is_only_mentioned(store: Store, run: Run) -> None:
    first, second = article_of(1, title="Nothing here"), article_of(2, title="Nothing here")
    mentioned = (
        SummarySentence(text="The walnut trade was mentioned among a dozen other things at the port."),
    )
    run.record(
        [
            Done(origin_of(1), first, brief_for(first, headline="Envoys at the port", summary=mentioned)),
            Done(origin_of(2), second, brief_for(second, headline="Walnut trade at the port")),
        ]
    )
    assert labels(store, Selection("walnut")) == [origin_of(2).label, origin_of(1).label]


def test_a_brief_that_was_replaced_is_found_by_its_new_words_only(store: Store, run: Run) -> None:
    article = article_of(1)
    run.record([Done(origin_of(1), article, brief_for(article, headline="Walnuts"))])
    run.record([Done(origin_of(1), article, brief_for(article, headline="Almonds"))])
    (work,) = (found.work for found in stored_briefs(store))
    assert labels(store, Selection("walnuts")) == []
    assert labels(store, Selection("almonds")) == [origin_of(1).label]
    run.revise({work: brief_for(article, headline="Pistachios")})
    assert labels(store, Selection("almonds")) == []
    assert labels(store, Selection("pistachios")) == [origin_of(1).label]


def test_briefs_and_inputs_come_in_the_order_of_their_labels_as_people_count(store: Store, run: Run) -> None:
    run.record([done(n) for n in (12, 2, 1, 100)])
    ordered = [origin_of(n).label for n in (1, 2, 12, 100)]
    assert labels(store, Selection()) == [found.label for found in inputs(store)] == ordered


def test_a_brief_is_found_by_its_label_and_by_the_start_of_its_articles_id(store: Store, run: Run) -> None:
    run.record([done(1), done(2)])
    key = article_of(2).id
    for name in (origin_of(2).label, key, key[:6], key[:7], key[:6].upper()):
        found = find(store, name)
        assert isinstance(found, StoredBrief)
        assert found.article_id == key


def test_without_a_brief_the_input_is_found_and_says_why(store: Store, run: Run) -> None:
    run.record(
        [
            Failed(origin_of(1), "refused", "no", article=article_of(1)),
            Failed(Origin("broken"), "input_empty", "'broken' is empty"),
            pending(2),
            Skipped(Origin("odd"), "input_unsupported", "a photo"),
        ]
    )
    said = {
        name: find(store, name)
        for name in (origin_of(1).label, article_of(1).id[:8], "broken", origin_of(2).label, "odd")
    }
    assert all(isinstance(found, Input) for found in said.values())
    assert [getattr(found, "code", "") for found in said.values()] == [
        "refused", "refused", "input_empty", "", "input_unsupported",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["nothing", "abc", "ffffff", "", "zzzzzz", "0" * 65])
def test_what_is_not_there_is_missing(store: Store, run: Run, name: str) -> None:
    run.record([done(1)])
    with pytest.raises(InputError, match="is called") as raised:
        find(store, name)
    assert raised.value.code == "input_missing"


def test_an_id_of_several_articles_is_a_usage_error(store: Store, run: Run) -> None:
    run.record([done(n) for n in range(3)])
    keys = [bytes([7] * 31 + [n]) for n in range(3)]
    with store.writing() as connection:
        for n, key in enumerate(keys, 1):
            connection.execute("UPDATE articles SET hash = ? WHERE id = ?", (key, n))
    with pytest.raises(UsageError, match="3 articles or more"):
        find(store, "070707")
    assert isinstance(find(store, keys[1].hex()), StoredBrief)


def test_of_the_briefs_of_two_models_the_one_that_an_input_has_is_shown(store: Store) -> None:
    for recipe in (RECIPE, OTHER_RECIPE):
        with store.run(recipe) as run:
            run.record([done(1)])
    found = find(store, article_of(1).id)
    assert isinstance(found, StoredBrief)
    assert found.model == "scripted:other"


def test_a_brief_that_this_version_cannot_read_is_told_by_its_label(store: Store, run: Run) -> None:
    run.record([done(1)])
    with store.writing() as connection:
        from briefgen.store.packing import pack

        connection.execute("UPDATE briefs SET brief = ?", (pack('{"schema_version": "9"}', json=True),))
    (found,) = stored_briefs(store)
    with pytest.raises(StoreCorrupt, match=origin_of(1).label):
        found.brief()


def test_a_reader_meets_no_lock_of_a_run(path: Path, run: Run) -> None:
    run.record([done(1)])
    with Store.open(path, readonly=True) as reader:
        assert labels(reader, Selection("Ostia")) == [origin_of(1).label]
