"""``briefgen digest``: what it takes, what it writes, and what it refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from briefgen.digest import Digest
from briefgen.store import Failed, Store
from store_examples import RECIPE, article_of, brief_for, done, origin_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefgen.testing import ScriptedModel
    from cli.outcomes import Outcome

    Run = Callable[..., Outcome]

DAY = "2026-05-02"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of two briefs and a failure."""
    path = tmp_path / "news.briefs"
    with Store.open(path, create=True) as opened, opened.run(RECIPE) as run:
        run.record([done(1), done(2), Failed(origin_of(3), "model_refused", "the model refused")])
    return path


@pytest.fixture
def day(store: Path) -> str:
    """The day of the briefs in the store."""
    return str(brief_for(article_of(1)).article.published or DAY)


def lines(path: Path) -> Path:
    """Briefs as an export writes them, a failure at the end."""
    failure = {
        "error": {"code": "x", "message": "refused", "retryable": False},
        "label": "b",
        "article": None,
    }
    found = path / "briefs.jsonl"
    found.write_text(
        f"{brief_for(article_of(1)).to_json(indent=None)}{json.dumps(failure)}\n", encoding="utf-8"
    )
    return found


def test_a_store_becomes_a_page_without_any_model(briefgen: Run, store: Path, day: str) -> None:
    outcome = briefgen("digest", "--date", day, str(store), "--no-model", "--format", "json")
    digest = Digest.model_validate_json(outcome.out)
    assert digest.counts.ok + digest.counts.partly_withheld + digest.counts.failed == digest.counts.articles
    assert any(article.text for article in digest.articles)


def test_an_article_that_failed_makes_the_exit_code_1(briefgen: Run, store: Path, day: str) -> None:
    assert briefgen("digest", "--date", day, str(store)).code == 1


def test_exported_briefs_are_taken_with_their_failures(briefgen: Run, tmp_path: Path, day: str) -> None:
    outcome = briefgen("digest", "--date", day, str(lines(tmp_path)), "--format", "json")
    digest = Digest.model_validate_json(outcome.out)
    assert (digest.counts.articles, digest.counts.failed) == (2, 1)


def test_articles_are_briefed_first(
    briefgen: Run, article: Path, model: ScriptedModel, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.briefs"
    outcome = briefgen(
        "digest", "--date", DAY, str(article), "--store", str(kept), "--model", "scripted:model"
    )
    assert model.history
    assert "1 article in" in outcome.out
    assert kept.exists()


def test_no_model_refuses_articles_that_have_no_brief(briefgen: Run, article: Path) -> None:
    outcome = briefgen("digest", "--date", DAY, str(article), "--no-model")
    assert outcome.code == 2
    assert "has no briefs" in outcome.err


def test_several_formats_become_files_named_by_the_day(
    briefgen: Run, store: Path, day: str, tmp_path: Path
) -> None:
    folder = tmp_path / "today"
    formats = [word for name in ("text", "html", "ics", "csv") for word in ("--format", name)]
    briefgen("digest", "--date", day, str(store), "-o", str(folder), *formats)
    names = {path.name for path in folder.iterdir()}
    assert {f"digest-{day}.txt", f"digest-{day}.html", f"digest-{day}.ics"} <= names
    assert len(names) > 10  # a table of each facet


def test_files_of_an_earlier_digest_are_replaced_only_when_told_to(
    briefgen: Run, store: Path, day: str, tmp_path: Path
) -> None:
    folder = tmp_path / "today"
    write = ("digest", "--date", day, str(store), "-o", str(folder))
    briefgen(*write)
    assert briefgen(*write).code == 2
    assert briefgen(*write, "--force").code == 1  # the article that failed


def test_a_state_is_made_and_renewed_and_the_same_digest_again_is_the_same(
    briefgen: Run, store: Path, day: str, tmp_path: Path
) -> None:
    state = tmp_path / "state.json"
    command = ("digest", "--date", day, str(store), "--since", str(state), "--format", "json")
    first = briefgen(*command)
    assert json.loads(state.read_text(encoding="utf-8"))["days"] == [day]
    assert briefgen(*command).out == first.out


def test_what_the_calendar_cannot_hold_is_told_on_standard_error(
    briefgen: Run, store: Path, day: str
) -> None:
    outcome = briefgen("digest", "--date", day, str(store), "--format", "ics")
    assert outcome.out.startswith("BEGIN:VCALENDAR")
    assert "not in the calendar" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--date", "tomorrow"), "is no day"),
        (("--date", DAY, "--format", "pdf"), "no format 'pdf'"),
        (("--date", DAY, "--format", "csv"), "need a folder"),
        (("--date", DAY, "--format", "text", "--format", "html"), "need a folder"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_line(
    briefgen: Run, store: Path, arguments: tuple[str, ...], said: str
) -> None:
    outcome = briefgen("digest", str(store), *arguments)
    assert outcome.code == 2
    assert said in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_a_state_that_is_none_is_refused_and_left_alone(briefgen: Run, store: Path, tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    state.write_text("not a state", encoding="utf-8")
    assert briefgen("digest", "--date", DAY, str(store), "--since", str(state)).code == 4
    assert state.read_text(encoding="utf-8") == "not a state"


def test_the_state_of_a_later_digest_stays_as_it_is(
    briefgen: Run, store: Path, day: str, tmp_path: Path
) -> None:
    state = tmp_path / "state.json"
    briefgen("digest", "--date", "2032-01-01", str(store), "--since", str(state))
    before = state.read_text(encoding="utf-8")
    outcome = briefgen("digest", "--date", day, str(store), "--since", str(state))
    assert "stays as it is" in outcome.err
    assert state.read_text(encoding="utf-8") == before
