"""What a run tells the store, and what later runs are told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from briefgen.article import Article
from briefgen.errors import InputError, ModelTimeout, Usage
from briefgen.store import (
    Done,
    Failed,
    Kept,
    Origin,
    Pending,
    Run,
    Skipped,
    Store,
    StoredBrief,
    Totals,
    find,
    inputs,
    stored_briefs,
)
from briefgen.store.packing import pack
from store_examples import (
    ANSWERS,
    OTHER_RECIPE,
    RECIPE,
    article_of,
    brief_for,
    done,
    origin_of,
    pending,
    states,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_an_article_goes_from_unknown_to_pending_to_done(run: Run) -> None:
    assert states(run, 1) == {1: None}
    run.record([pending(1)])
    assert states(run, 1) == {1: "pending"}
    run.record([done(1)])
    assert states(run, 1) == {1: "done"}
    assert run.counts().done == run.counts().inputs == 1


def test_article_brief_and_answers_come_back_as_they_were(store: Store, run: Run) -> None:
    article = article_of(
        1, author="B. Holm", url="https://kurier.example/1", language="en", flags=("too_short",)
    )
    brief = brief_for(article)
    run.record([Done(origin_of(1), article, brief, ANSWERS)])
    (found,) = stored_briefs(store)
    assert found.article() == article
    assert found.brief() == brief
    assert found.json == brief.to_json(indent=None).rstrip("\n")
    assert found.answers() == list(ANSWERS)
    assert found.recipe() == RECIPE
    assert (found.label, found.article_id, found.partial) == ("archive.jsonl#1", article.id, False)


def test_without_raw_answers_there_are_none(store: Store, run: Run) -> None:
    run.record([done(1, answers=())])
    (found,) = stored_briefs(store)
    assert found.answers() == []


def test_an_input_that_cannot_be_read_is_failed_under_its_label(store: Store, run: Run) -> None:
    error = InputError("'x.pdf' is empty", code="input_empty", hint="give an article")
    run.record([Failed.of(Origin("x.pdf"), error)])
    (found,) = inputs(store)
    assert (found.state, found.code, found.message) == (
        "failed",
        "input_empty",
        "'x.pdf' is empty; give an article",
    )
    assert found.article_id is None
    assert run.counts().codes == {"input_empty": 1}


def test_a_model_that_failed_is_known_with_code_and_whether_to_retry(run: Run) -> None:
    error = ModelTimeout("no complete answer within 120 s", usage=Usage(3, 50, None, None, 360.0))
    run.record([Failed.of(origin_of(1), error, article_of(1))])
    known = run.look_up(origin_of(1), article_of(1))
    assert known is not None
    assert (known.state, known.code, known.retryable, known.own) == ("failed", "api_timeout", True, True)
    assert run.totals() == Totals(requests=3, input_tokens=50)


def test_a_failure_takes_no_brief_away(run: Run) -> None:
    run.record([done(1, failed=True)])
    run.record([pending(1)])
    assert states(run, 1) == {1: "done"}
    run.record([Failed(origin_of(1), "api_timeout", "late", article=article_of(1))])
    known = run.look_up(origin_of(1), article_of(1))
    assert known is not None
    assert (known.state, known.partial) == ("done", True)
    run.record([done(1)])
    assert run.counts().partial == 0


def test_the_same_text_under_another_label_is_told_with_the_label_that_has_it(store: Store, run: Run) -> None:
    run.record([done(1)])
    copy = Origin("copy.txt", b"other bytes")
    known = run.look_up(copy, article_of(1))
    assert known is not None
    assert (known.own, known.label, known.state) == (False, "archive.jsonl#1", "done")
    run.record([Skipped(copy, "duplicate", article_id=article_of(1).id, of=article_of(1).id)])
    counts = run.counts()
    assert (counts.done, counts.skipped, counts.inputs) == (1, 1, 2)
    assert len(list(stored_briefs(store))) == 1
    again = run.look_up(copy, article_of(1))
    assert again is not None
    assert (again.own, again.state, again.code) == (True, "skipped", "duplicate")


def test_a_near_duplicate_is_known_by_its_own_text_and_shows_the_brief_of_its_twin(
    store: Store, run: Run
) -> None:
    run.record(
        [done(1), Skipped(origin_of(2), "duplicate", article_id=article_of(2).id, of=article_of(1).id)]
    )
    known = run.look_up(origin_of(2), article_of(2))
    assert known is not None
    assert (known.state, known.own) == ("skipped", True)
    shown = find(store, "archive.jsonl#2")
    assert isinstance(shown, StoredBrief)
    assert shown.article_id == article_of(1).id


def test_a_copy_whose_record_changed_around_its_text_stays_a_copy(run: Run) -> None:
    run.record(
        [done(1), Skipped(origin_of(2), "duplicate", article_id=article_of(2).id, of=article_of(1).id)]
    )
    again = Origin(origin_of(2).label, b"other bytes")
    run.record([Kept(again, article_of(2).id)])
    assert again in run.settled()
    assert (run.counts().skipped, run.counts().inputs) == (1, 2)
    with pytest.raises(LookupError):
        run.record([Kept(origin_of(3), article_of(3).id)])


def test_a_twin_that_the_store_does_not_know_is_refused_and_nothing_is_written(run: Run) -> None:
    with pytest.raises(LookupError):
        run.record([done(1), Skipped(origin_of(2), "duplicate", of=article_of(9).id)])
    assert run.counts().inputs == 0
    assert run.totals() == Totals()


def test_a_duplicate_is_briefed_after_all_where_its_twin_was_not_under_this_recipe(store: Store) -> None:
    copy = Skipped(origin_of(2), "duplicate", article_id=article_of(2).id, of=article_of(1).id)
    with store.run(RECIPE) as run:
        run.record([done(1), copy])
        assert origin_of(2) in run.settled()
    with store.run(OTHER_RECIPE) as run:
        assert run.look_up(origin_of(2), article_of(2)) is None
        assert origin_of(2) not in run.settled()


def test_a_changed_text_is_work_to_do_and_its_old_brief_is_no_longer_shown(store: Store, run: Run) -> None:
    run.record([done(1)])
    edited = replace(article_of(1), text=article_of(1).text + " It rained.")
    assert run.look_up(origin_of(1), edited) is None
    run.record([Done(origin_of(1), edited, brief_for(edited))])
    assert [found.article_id for found in stored_briefs(store)] == [edited.id]
    assert run.counts().inputs == 1
    assert store.superseded() == 1


@pytest.mark.parametrize("change", [{"published": "2031-05-02"}, {"title": "Corrected"}])
def test_a_changed_date_or_title_is_told_until_a_new_brief_is_made(run: Run, change: dict[str, str]) -> None:
    run.record([done(1)])
    corrected = article_of(1, **change)
    origin = Origin(origin_of(1).label, b"corrected bytes")
    assert origin not in run.settled()
    known = run.look_up(origin, corrected)
    assert known is not None
    assert known.changed
    run.record([Pending(origin, corrected), Failed(origin, "api_timeout", "late", article=corrected)])
    assert origin not in run.settled(), "the stored brief is not that of these bytes"
    run.record([Done(origin, corrected, brief_for(corrected))])
    assert origin in run.settled()
    known = run.look_up(origin, corrected)
    assert known is not None
    assert not known.changed


def test_another_model_or_prompt_makes_all_of_it_work_to_do(store: Store) -> None:
    with store.run(RECIPE) as run:
        run.record([done(1)])
    for recipe in (
        OTHER_RECIPE,
        replace(RECIPE, prompts={"actors": "c" * 64}),
        replace(RECIPE, checked_by="scripted:reader"),
        replace(RECIPE, profile={**RECIPE.profile, "guided": True}),
        replace(RECIPE, schema_version="2"),
    ):
        with store.run(recipe) as run:
            assert states(run, 1) == {1: None}
            assert origin_of(1) not in run.settled()
    with store.run(replace(RECIPE, profile={**RECIPE.profile, "window_tokens": 4096})) as run:
        assert states(run, 1) == {1: "done"}, "a window is no other way of asking"


def test_back_at_an_older_recipe_the_brief_is_kept_and_not_paid_for_again(store: Store) -> None:
    for recipe in (RECIPE, OTHER_RECIPE):
        with store.run(recipe) as run:
            run.record([done(1)])
    with store.run(RECIPE) as run:
        known = run.look_up(origin_of(1), article_of(1))
        assert known is not None
        assert (known.state, known.own) == ("done", True)
        assert origin_of(1) not in run.settled()
        run.record([Kept(origin_of(1), article_of(1).id)])
        assert origin_of(1) in run.settled()
    assert [found.model for found in stored_briefs(store)] == ["scripted:model"]


def test_what_was_settled_is_told_by_label_and_fingerprint_alone(store: Store) -> None:
    with store.run(RECIPE) as run:
        run.record(
            [
                done(1),
                done(2, failed=True),
                Failed(origin_of(3), "refused", "no", article=article_of(3)),
                Failed(origin_of(4), "input_empty", "empty"),
                Skipped(origin_of(5), "duplicate", of=article_of(1).id),
                Skipped(origin_of(6), "input_unsupported"),
                pending(7),
                Done(Origin("no fingerprint"), article_of(8), brief_for(article_of(8))),
            ]
        )
    with store.run(RECIPE) as run:
        settled = run.settled()
        assert [n for n in range(1, 9) if origin_of(n) in settled] == [1, 2, 3, 4, 5, 6]
        assert [n for n in range(1, 9) if origin_of(n) in run.settled(redo_failed=True)] == [1, 5, 6]
        assert [n for n in range(1, 9) if origin_of(n) in run.settled(redo_duplicates=True)] == [
            1,
            2,
            3,
            4,
            6,
        ]
        assert settled(origin_of(1).label, origin_of(1).fingerprint)
        assert not settled(origin_of(1).label, b"other bytes")
        assert not settled("no fingerprint", b"")


def test_copies_of_what_is_in_flight_are_found_by_a_shared_band_under_the_same_recipe(store: Store) -> None:
    bands = (2**64 - 1, 0, 7)
    with store.run(RECIPE) as run:
        run.record([Pending(origin_of(1), article_of(1), bands)])
        expected = [(article_of(1).id, pack(article_of(1).text))]
        assert run.near(article_of(2), (7, 8)) == expected
        assert run.near(article_of(2), (2**64 - 1, 0)) == expected
        assert run.near(article_of(2), (9,)) == run.near(article_of(2), ()) == []
        assert run.near(article_of(1), bands) == [], "no article is its own copy"
    with store.run(OTHER_RECIPE) as run:
        assert run.near(article_of(2), bands) == []


def test_of_forms_that_share_a_band_only_the_oldest_are_compared(store: Store) -> None:
    """Of each band the 32 oldest of the recipe, so that the thousandth copy costs what the fortieth did."""
    with store.run(OTHER_RECIPE) as run:
        run.record([Pending(origin_of(n), article_of(n), (7, 8)) for n in range(10)])
    with store.run(RECIPE) as run:
        run.record([Pending(origin_of(n), article_of(n), (7, n)) for n in range(10, 60)])
        found = [name for name, _ in run.near(article_of(99), (7, 50))]
    assert found == [article_of(n).id for n in (*range(10, 42), 50)]


def test_what_is_remembered_is_there_in_a_later_run_until_it_is_forgotten(store: Store) -> None:
    with store.run(RECIPE) as run:
        run.remember("batch:1", {"file": "f-1", "ids": [1, 2]})
        run.remember("batch:2", None)
        run.remember("other", 1)
        run.remember("batch:1", {"file": "f-9"})
    with store.run(RECIPE) as run:
        assert run.remembered("batch:") == {"batch:1": {"file": "f-9"}, "batch:2": None}
        run.forget("batch:1")
        run.forget("never there")
        assert run.remembered() == {"batch:2": None, "other": 1}


def test_totals_tell_unknown_from_zero(store: Store) -> None:
    with store.run(RECIPE) as run:
        run.record([done(1), done(2, cost=None)])
        run.record([done(3)])
        expected = Totals(21, 2100, None, 420, 0.5, unpriced=1)
        assert run.totals() == store.totals() == expected
    with store.run(RECIPE) as run:
        assert run.totals() == Totals()
    assert store.totals() == expected
    assert [info.totals for info in store.runs()] == [expected, Totals()]


def test_how_a_run_ended_is_written_down(store: Store) -> None:
    with store.run(RECIPE) as run:
        pass
    with pytest.raises(ModelTimeout), store.run(RECIPE):
        raise ModelTimeout("late")
    with pytest.raises(KeyboardInterrupt), store.run(RECIPE):
        raise KeyboardInterrupt
    with store.run(RECIPE, kind="reverify") as run:
        run.outcome = "budget_exceeded"
    assert [info.outcome for info in store.runs()] == [
        "finished", "api_timeout", "KeyboardInterrupt", "budget_exceeded",
    ]  # fmt: skip
    assert run.took_over is None


def test_names_that_are_no_unicode_are_stored_written_out(store: Store, run: Run) -> None:
    origin = Origin("caf\udce9\0.txt", b"x")
    run.record([Done(origin, article_of(1), brief_for(article_of(1)))])
    assert [found.label for found in inputs(store)] == ["caf\\udce9\0.txt"]
    assert origin in run.settled()
    assert isinstance(find(store, "caf\udce9\0.txt"), StoredBrief)


@pytest.mark.covers("B-OUT-11")
def test_naughty_strings_come_back_exactly(store: Store, run: Run, shared: Path) -> None:
    """Each one as title, publisher, headline, label and text of an article, as far as an article keeps it."""
    listed = json.loads((shared / "corpora" / "blns" / "blns.json").read_text(encoding="utf-8"))
    strings = [text for text in listed if text.strip()]
    assert len(strings) >= 500
    made = []
    for n, text in enumerate(strings):
        article = Article.from_text(f"{n}. {text}", title=text, publisher=text)
        made.append(Done(Origin(f"{n}: {text}", b"x"), article, brief_for(article, headline=text)))
    run.record(made)
    for expected in made:
        found = find(store, expected.origin.label)
        assert isinstance(found, StoredBrief)
        assert found.article() == expected.article
        assert found.brief() == expected.brief
