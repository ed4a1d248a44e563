"""``briefgen status``, ``search``, ``show`` and ``reverify``: reading a store."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from briefgen.article import Article
from briefgen.brief import Brief
from briefgen.facets import planned_visits
from briefgen.facets.base import rule
from briefgen.generator import BriefGenerator
from briefgen.prompts import PromptLibrary
from briefgen.store import (
    AnswerRecorder,
    Done,
    Failed,
    Origin,
    Pending,
    Recipe,
    Skipped,
    Store,
    stored_briefs,
)
from briefgen.testing import ScriptedModel
from core_helpers import visit
from store_examples import RECIPE, article_of, brief_for, done, filled, origin_of, pending

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cli.outcomes import Outcome

    Run = Callable[..., Outcome]

HOSTILE = "\x1b]0;x\x07\u202e[/bold]\r\nerror[api_auth] -: forged"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with an input in each state, one of them with a hostile label."""
    path = tmp_path / "archive.briefs"
    with Store.open(path, create=True) as opened, opened.run(RECIPE) as run:
        run.record(
            [
                *(done(n) for n in (1, 2)),
                done(3, failed=True, cost=None),
                Failed(Origin(f"bad{HOSTILE}.pdf"), "input_empty", "it is empty"),
                Failed(origin_of(4), "refused", "the model refuses", article=article_of(4)),
                Skipped(Origin("copy.txt"), "duplicate", article_id=article_of(5).id, of=article_of(1).id),
                Skipped(Origin("photo.txt"), "input_unsupported", "a photo"),
                pending(6),
            ]
        )
    return path


def test_status_counts_every_input_once(briefgen: Run, store: Path) -> None:
    shown = briefgen("status", store)
    assert (shown.code, shown.err) == (0, "")
    lines = [line.split() for line in shown.out.splitlines()]
    counted = {line[0]: int(line[1]) for line in lines if line and line[0] in {"done", "failed", "skipped", "pending", "all"}
               and line[1].isdigit()}  # fmt: skip
    assert counted["done"] + counted["failed"] + counted["skipped"] + counted["pending"] == 8
    assert ["done", "3", "1", "with", "a", "facet", "that", "was", "not", "answered"] in lines
    assert "0.5000 and 1 briefs of unknown cost" in shown.out
    assert "scripted:model" in shown.out


def test_status_as_json_has_the_same_and_every_run(briefgen: Run, store: Path) -> None:
    shown = json.loads(briefgen("status", store, "--json").out)
    assert shown["states"] == {"done": 3, "failed": 2, "skipped": 2, "pending": 1}
    assert shown["inputs"] == sum(shown["states"].values()) == 8
    assert shown["partial"] == 1
    assert shown["codes"] == {"duplicate": 1, "input_empty": 1, "input_unsupported": 1, "refused": 1}
    assert shown["briefs_by_model"] == {"scripted:model": 3}
    assert shown["totals"]["requests"] == 21
    assert shown["totals"]["cached_tokens"] is None, "unknown is not zero"
    assert [run["outcome"] for run in shown["runs"]] == ["finished"]
    assert shown["bytes"] == store.stat().st_size


def test_status_says_what_may_have_been_billed_when_a_run_was_killed(briefgen: Run, store: Path) -> None:
    with Store.open(store) as opened, opened.writing() as connection:
        connection.execute("UPDATE runs SET outcome = 'killed'")
    assert "1 pending articles were being asked about when a run was killed" in briefgen("status", store).out


def test_status_of_an_empty_store_is_all_zeros(briefgen: Run, tmp_path: Path) -> None:
    Store.open(tmp_path / "new", create=True).close()
    shown = briefgen("status", tmp_path / "new")
    assert shown.code == 0
    assert "all      0" in shown.out


def test_reading_leaves_no_files_beside_the_store(briefgen: Run, store: Path) -> None:
    before = sorted(store.parent.iterdir())
    for command in ("status", "search", "export"):
        briefgen(command, store)
    assert sorted(store.parent.iterdir()) == before


@pytest.mark.covers("D-10")
def test_status_with_check_finds_a_flipped_byte_and_ends_with_6(briefgen: Run, store: Path) -> None:
    sound = briefgen("status", store, "--check")
    assert (sound.code, sound.err) == (0, "briefgen: the store is sound\n")
    with Store.open(store) as opened:
        packed = bytes(opened.rows("SELECT brief FROM briefs WHERE work = 2")[0][0])
    whole = bytearray(store.read_bytes())
    whole[whole.index(packed) + 40] ^= 1
    store.write_bytes(bytes(whole))
    damaged = briefgen("status", store, "--check")
    assert damaged.code == 6
    assert "archive.jsonl#2" in damaged.err
    assert f"error[store_corrupt] {store}: the store is damaged in 1 places; restore it" in damaged.err


def test_search_lists_the_briefs_that_have_all_words(briefgen: Run, store: Path) -> None:
    shown = briefgen("search", store, "envoy 2 ostia")
    assert shown.code == 0
    (line,) = shown.out.splitlines()
    assert line.split()[:2] == [article_of(2).id[:12], "2031-05-01"]
    assert "Ada Rell plans to visit Ostia: Envoy 2" in line


def test_search_takes_filters_without_words_and_says_how_many_more_there_are(
    briefgen: Run, store: Path
) -> None:
    shown = briefgen(
        "search", store, "--actor", "harbour office", "--status", "reported", "--limit", 2, "--json"
    )
    records = [json.loads(line) for line in shown.out.splitlines()]
    assert [record["label"] for record in records] == ["archive.jsonl#1", "archive.jsonl#2"]
    assert shown.err == "briefgen: 2 of 3 are shown; --limit shows more\n"
    nothing = briefgen("search", store, "--until", "2000-01-01")
    assert (nothing.code, nothing.out) == (0, "")
    assert "no brief fits" in nothing.err


@pytest.mark.covers("B-OUT-17")
@pytest.mark.parametrize("query", ["a OR b", '"', "NEAR(", "%", "'; --", "title:x", "*"])
def test_no_query_is_an_internal_error(briefgen: Run, store: Path, query: str) -> None:
    shown = briefgen("search", store, "--", query)
    assert shown.code in {0, 2}
    assert "internal" not in shown.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--facet", "trips"), "no facet 'trips'; there are actors, planned_visits"),
        (("--status", "sure"), "no status 'sure'; there are confirmed"),
        (("--since", "June"), "'June' is no date"),
        (("--since", "2031-02-01", "--until", "2031-01-01"), "is after --until"),
        (("--limit", "0"), "greater than or equal to 1"),
    ],
)
def test_a_filter_that_makes_no_sense_is_a_usage_error(
    briefgen: Run, store: Path, arguments: tuple[str, ...], said: str
) -> None:
    shown = briefgen("search", store, *arguments)
    assert (shown.code, shown.out) == (2, "")
    assert said in shown.err


@pytest.mark.parametrize("output_format", ["text", "markdown", "json"])
def test_show_prints_the_brief_of_a_label_or_an_id(briefgen: Run, store: Path, output_format: str) -> None:
    by_label = briefgen("show", store, "archive.jsonl#2", "--format", output_format)
    by_id = briefgen("show", store, article_of(2).id[:7], "--format", output_format)
    assert by_label == by_id
    assert (by_label.code, by_label.err) == (0, "")
    assert "Envoy 2" in by_label.out
    if output_format == "json":
        assert Brief.model_validate_json(by_label.out) == brief_for(article_of(2))


def test_show_raw_prints_what_the_model_answered(briefgen: Run, store: Path) -> None:
    answers = json.loads(briefgen("show", store, "archive.jsonl#1", "--format", "raw").out)
    assert [answer["facet"] for answer in answers] == ["actors", "motives"]
    assert answers[0]["output"] == {"items": [{"name": "Ada Rell"}]}
    assert answers[1]["code"] == "schema_invalid"


def test_show_of_a_duplicate_is_the_brief_of_its_twin_and_says_so(briefgen: Run, store: Path) -> None:
    shown = briefgen("show", store, "copy.txt")
    assert shown.code == 0
    assert "Envoy 1" in shown.out
    assert shown.err == "briefgen: copy.txt has no brief of its own; this is the one of archive.jsonl#1\n"


@pytest.mark.covers("B-OUT-01", "B-OUT-03")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        (f"bad{HOSTILE}.pdf", r"error[input_empty] bad\x1b]0;x\x07\u202e[/bold]\r\nerror[api_auth] -: forged.pdf: it is empty"),
        ("archive.jsonl#4", "error[refused] archive.jsonl#4: the model refuses; brief it again with --retry-failed"),
        ("photo.txt", "briefgen: photo.txt was skipped (input_unsupported: a photo)"),
        ("archive.jsonl#6", "briefgen: archive.jsonl#6 is pending: run briefgen batch again"),
    ],
)  # fmt: skip
def test_show_of_an_input_without_a_brief_says_why_on_one_line_and_ends_with_1(
    briefgen: Run, store: Path, name: str, said: str
) -> None:
    shown = briefgen("show", store, name)
    assert (shown.code, shown.out) == (1, "")
    assert shown.err.startswith(said)
    assert shown.err.count("\n") == 1


def test_show_raw_without_answers_says_how_to_have_them(briefgen: Run, tmp_path: Path) -> None:
    path = tmp_path / "bare"
    with Store.open(path, create=True) as opened, opened.run(RECIPE) as run:
        run.record([done(1, answers=())])
    shown = briefgen("show", path, "archive.jsonl#1", "--format", "raw")
    assert (shown.code, shown.out) == (4, "")
    assert "without --no-raw" in shown.err


@pytest.mark.parametrize(
    "command", [("status",), ("search",), ("show", "abcdef"), ("export",), ("reverify",)]
)
@pytest.mark.parametrize(("kind", "code"), [("missing", 4), ("no store", 6), ("folder", 2), ("link", 6)])
def test_what_is_no_store_ends_every_command_with_one_line_and_its_code(
    briefgen: Run, tmp_path: Path, command: tuple[str, ...], kind: str, code: int
) -> None:
    path = tmp_path / "thing"
    if kind == "no store":
        path.write_text("no store\n" * 100)
    elif kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to(filled(tmp_path / "real", 1))
    shown = briefgen(command[0], path, *command[1:])
    assert (shown.code, shown.out) == (code, "")
    assert shown.err.startswith("error[")
    assert shown.err.count("\n") == 1
    assert str(path) in shown.err


# -- reverify -------------------------------------------------------------------------------------------------

TEXT = "Norlandic President Ada Rell plans to visit Ostia in June, the Selm Kurier reported. {}"


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    """A store of three briefs that a generator made of a model's answers."""
    path = tmp_path / "answered.briefs"
    model = AnswerRecorder(ScriptedModel({"planned_visits": [{"items": [visit(1, "Ada Rell", "Ostia")]}]}))
    prompts = PromptLibrary.load()
    generator = BriefGenerator(model, prompts=prompts)
    with Store.open(path, create=True) as opened, opened.run(Recipe.of(model, prompts)) as run:
        for n in range(3):
            article = Article.from_text(TEXT.format("It rained. " * n), published="2031-05-01")
            with model.taking_down() as answers:
                brief = generator.generate(article)
            run.record([Done(Origin(f"{n}.txt", b"x"), article, brief, answers)])
    return path


def test_reverify_with_the_same_rules_changes_nothing(briefgen: Run, answered: Path) -> None:
    with Store.open(answered) as opened:
        before = [found.json for found in stored_briefs(opened)]
    shown = briefgen("reverify", answered)
    assert (shown.code, shown.err) == (0, "")
    assert "3       say what they said" in shown.out
    with Store.open(answered) as opened:
        assert [found.json for found in stored_briefs(opened)] == before
        assert [found.revision for found in stored_briefs(opened)] == [0, 0, 0]
        assert [run.kind for run in opened.runs()] == ["batch", "reverify"]


def test_reverify_puts_what_a_new_rule_leaves_in_place_and_reports_it(
    briefgen: Run, answered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @rule("V99", "a visit to a port")
    def no_ports(item: object, _context: object) -> str | None:
        return "it is a port"

    facet = planned_visits.PlannedVisitsFacet
    monkeypatch.setattr(facet, "rules", (*facet.rules, no_ports))
    dry = briefgen("reverify", answered, "--dry-run", "--json")
    assert json.loads(dry.out)["changed"] == 3
    with Store.open(answered) as opened:
        assert all(found.brief().planned_visits for found in stored_briefs(opened)), "nothing was written"
    shown = briefgen("reverify", answered, "--list")
    assert shown.code == 0
    assert "0.txt: +" in shown.out
    assert "(V99" in shown.out
    assert "  - visit: Ada Rell to Ostia, in June, reported" in shown.out
    assert "newly withheld, by rule: V99 3" in shown.out
    with Store.open(answered) as opened:
        assert not any(found.brief().planned_visits for found in stored_briefs(opened))
        assert [found.revision for found in stored_briefs(opened)] == [1, 1, 1]
        assert all(found.answers() for found in stored_briefs(opened)), "the answers stay"
    assert briefgen("search", answered, "--facet", "planned_visits").out == ""


def test_reverify_writes_the_version_that_verified(briefgen: Run, answered: Path) -> None:
    with Store.open(answered) as opened, opened.run() as run:
        for stored in list(stored_briefs(opened)):
            old = stored.brief()
            provenance = old.provenance.model_copy(update={"briefgen": "0.0.1"})
            run.revise({stored.work: old.model_copy(update={"provenance": provenance})})
    assert briefgen("reverify", answered).code == 0
    with Store.open(answered) as opened:
        briefs = list(stored_briefs(opened))
        assert {found.briefgen for found in briefs} == {found.brief().provenance.briefgen for found in briefs}
        assert "0.0.1" not in {found.briefgen for found in briefs}


def test_reverify_counts_what_it_must_leave_alone_and_ends_with_1(briefgen: Run, answered: Path) -> None:
    with Store.open(answered) as opened:
        (first, *_) = stored_briefs(opened)
        with opened.run(first.recipe()) as run:
            run.record([Done(Origin(first.label, b"x"), first.article(), first.brief())])
    shown = briefgen("reverify", answered)
    assert shown.code == 1
    assert "1       left alone: their answers were not kept (--no-raw)" in shown.out


def test_reverify_of_a_store_without_any_answers_says_why_nothing_can_be_done(
    briefgen: Run, tmp_path: Path
) -> None:
    path = tmp_path / "bare"
    with Store.open(path, create=True) as opened, opened.run(RECIPE) as run:
        run.record([done(1, answers=())])
    shown = briefgen("reverify", path)
    assert (shown.code, shown.out) == (2, "")
    assert "keeps no answers" in shown.err


@pytest.mark.covers("D-13")
def test_reverify_does_not_write_while_a_run_has_the_store_and_readers_do_not_care(
    briefgen: Run, answered: Path
) -> None:
    with Store.open(answered) as opened, opened.run(RECIPE) as run:
        run.record([Pending(Origin("new.txt"), replace(article_of(1), title="New"))])
        shown = briefgen("reverify", answered)
        assert (shown.code, shown.out) == (6, "")
        assert (
            f"error[store_locked] {answered}: the store {str(answered)!r} is in use by process {os.getpid()}"
            in shown.err
        )
        assert briefgen("status", answered).code == 0
        assert briefgen("reverify", answered, "--dry-run").code == 0
