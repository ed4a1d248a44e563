"""``briefgen eval`` in this process."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.errors import AuthenticationError, QuotaExceeded, Refused
from briefgen.providers import registry
from briefgen.testing import ScriptedModel
from core_helpers import visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefgen.providers.base import Prompt
    from cli.outcomes import Outcome

MODEL = ("--model", "openai:any")
TEXTS = {
    "one": "President Zora Quib is planning to visit Velia in June, the Selm Kurier reported.",
    "two": "Bo Lind visited Ostia in March. It rained in Mirel.",
}
VISIT = {
    "visitors": ["Zora Quib"],
    "destination": "Velia",
    "timing_text": "in June",
    "status": "reported",
    "evidence": ["is planning to visit Velia"],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Two articles: one with a visit, and one with nothing to find."""
    folder = tmp_path / "gold"
    folder.mkdir()
    lines = [json.dumps({"id": each, "title": each.title(), "text": text}) for each, text in TEXTS.items()]
    (folder / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for each, visits in (("one", [VISIT]), ("two", [])):
        content = {"article_id": each, "planned_visits": visits}
        (folder / f"{each}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def answering(prompt: Prompt) -> Any:
    if prompt.facet == "planned_visits" and "Zora Quib" in prompt.user:
        return {"items": [visit(1, "Zora Quib", "Velia")]}
    return {}


def use(monkeypatch: pytest.MonkeyPatch, answer: Callable[[Prompt], Any]) -> ScriptedModel:
    scripted = ScriptedModel(answer)
    monkeypatch.setattr(registry, "open_model", lambda *_, **__: scripted)
    return scripted


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> ScriptedModel:
    """The model that every spec opens: it finds the one visit."""
    return use(monkeypatch, answering)


def row(out: str, name: str) -> list[str]:
    return next(line.split() for line in out.splitlines() if line.startswith(name))


def test_briefs_are_made_and_scored(briefgen: Callable[..., Outcome], gold: Path) -> None:
    done = briefgen("eval", gold, *MODEL)
    assert done.code == 0
    assert row(done.out, "planned_visits")[1:7] == ["1.00", "1.00", "1.00", "1", "0", "0"]
    assert "critical errors: 0 in 2 briefs" in done.out
    assert done.err == ""


def test_made_briefs_are_kept_and_score_the_same_when_they_are_read(
    briefgen: Callable[..., Outcome], gold: Path, tmp_path: Path, reader: ScriptedModel
) -> None:
    made = briefgen("eval", gold, *MODEL, "--save", tmp_path / "kept", "--jobs", 2)
    asked = len(reader.history)
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["one.json", "two.json"]
    read = briefgen("eval", gold, "--briefs", tmp_path / "kept")
    assert (read.code, read.out) == (made.code, made.out)
    assert len(reader.history) == asked


def test_kept_briefs_are_not_written_over_unless_forced(
    briefgen: Callable[..., Outcome], gold: Path, tmp_path: Path, reader: ScriptedModel
) -> None:
    (tmp_path / "one.json").write_text("kept", encoding="utf-8")
    done = briefgen("eval", gold, *MODEL, "--save", tmp_path)
    assert done.code == 2
    assert not reader.history
    assert (tmp_path / "one.json").read_text(encoding="utf-8") == "kept"
    assert briefgen("eval", gold, *MODEL, "--save", tmp_path, "--force").code == 0


def test_the_model_of_the_environment_is_used_and_no_longer_when_briefs_are_read(
    briefgen: Callable[..., Outcome], gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_MODEL", "openai:any")
    assert briefgen("eval", gold, "--save", tmp_path).err == ""
    assert briefgen("eval", gold, "--briefs", tmp_path).code == 0


def test_an_article_that_failed_is_a_failed_row_all_missed_and_exit_1(
    briefgen: Callable[..., Outcome], gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, lambda prompt: Refused("refused") if "Zora Quib" in prompt.user else {})
    done = briefgen("eval", gold, *MODEL)
    assert done.code == 1
    assert row(done.out, "one")[-3:-2] == ["failed"]
    assert row(done.out, "planned_visits")[4:6] == ["0", "1"]
    assert "FAILED (1)" in done.out
    assert "one: refused" in done.err


def test_a_facet_that_was_not_answered_is_named_and_exits_1(
    briefgen: Callable[..., Outcome], gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, lambda prompt: Refused("refused") if prompt.facet == "actors" else {})
    done = briefgen("eval", gold, *MODEL)
    assert done.code == 1
    assert "one: actors was not answered" in done.out
    assert "error[incomplete]" in done.err


def test_a_missing_brief_is_a_failed_row(
    briefgen: Callable[..., Outcome], gold: Path, tmp_path: Path
) -> None:
    done = briefgen("eval", gold, "--briefs", tmp_path)
    assert done.code == 1
    assert "FAILED (2)" in done.out
    assert "one, two" in done.err


@pytest.mark.parametrize(
    ("error", "code"), [(AuthenticationError("no key"), 3), (QuotaExceeded("no quota left"), 5)]
)
def test_where_no_brief_can_be_made_the_models_error_is_the_exit_code(
    briefgen: Callable[..., Outcome], gold: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
) -> None:
    use(monkeypatch, lambda _: error)
    done = briefgen("eval", gold, *MODEL)
    assert done.code == code
    assert done.out == ""


def test_quota_that_ends_in_the_middle_still_shows_the_table_and_exits_5(
    briefgen: Callable[..., Outcome], gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, lambda prompt: {} if "Zora Quib" in prompt.user else QuotaExceeded("no quota left"))
    done = briefgen("eval", gold, *MODEL)
    assert done.code == 5
    assert "FAILED (1)" in done.out
    assert "error[api_quota]" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("{empty}", *MODEL), 4, "articles.jsonl"),
        (("{none}", *MODEL), 4, "articles.jsonl"),
        (("{gold}", "--briefs", "{none}"), 4, "no folder"),
        (("{gold}", "--only", "three", *MODEL), 4, "three"),
        (("{gold}", "--briefs", "{empty}", *MODEL), 2, "--briefs"),
        (("{gold}", "--half", "c", *MODEL), 2, "half"),
        (("{gold}", "--jobs", "0", *MODEL), 2, "jobs"),
        (("{gold}", "--json", "{gold}/one.json", *MODEL), 2, "exists"),
        (("{gold}", "--report", "{none}/report.html", *MODEL), 6, "cannot write"),
        (("{gold}", "--compare", "{none}", *MODEL), 4, "cannot read"),
        (("{gold}", "--compare", "{gold}/one.json", *MODEL), 4, "no evaluation"),
        (("{gold}", "--save", "{gold}/one.json", *MODEL), 6, "one.json"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line_before_a_model_is_asked(
    briefgen: Callable[..., Outcome],
    gold: Path,
    reader: ScriptedModel,
    *,
    arguments: tuple[str, ...],
    code: int,
    says: str,
) -> None:
    tmp_path = gold.parent
    (tmp_path / "empty").mkdir()
    places = {"gold": gold, "empty": tmp_path / "empty", "none": tmp_path / "none"}
    done = briefgen("eval", *(argument.format(**places) for argument in arguments))
    assert done.code == code
    assert says in done.err
    assert done.err.count("\n") == 1
    assert done.out == ""
    assert not reader.history


@pytest.mark.parametrize(
    ("options", "articles"),
    [(("--half", "a"), {"one"}), (("--half", "b"), {"two"}), (("--only", "two,one"), {"one", "two"})],
)
def test_part_of_the_gold(
    briefgen: Callable[..., Outcome], gold: Path, options: tuple[str, ...], articles: set[str]
) -> None:
    done = briefgen("eval", gold, *MODEL, *options)
    assert {each for each in TEXTS if f"\n{each} " in done.out} == articles


def test_json_and_report_hold_the_evaluation(
    briefgen: Callable[..., Outcome], gold: Path, tmp_path: Path
) -> None:
    files = ("--json", tmp_path / "new.json", "--report", tmp_path / "new.html")
    assert briefgen("eval", gold, *MODEL, *files).code == 0
    written = json.loads((tmp_path / "new.json").read_text(encoding="utf-8"))
    assert written["totals"]["facets"]["planned_visits"]["tally"]["f1"] == 1.0
    page = (tmp_path / "new.html").read_text(encoding="utf-8")
    assert "HIT" in page
    assert "Bo Lind visited Ostia in March." in page


def test_compared_with_an_earlier_evaluation_it_says_what_was_lost_and_that_it_may_be_noise(
    briefgen: Callable[..., Outcome], gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "old.json"
    briefgen("eval", gold, *MODEL, "--json", old)
    use(monkeypatch, lambda _: {})
    done = briefgen("eval", gold, *MODEL, "--compare", old)
    assert "ITEMS LOST (1)\n  • one · planned_visits: Zora Quib → Velia" in done.out
    assert "no evidence of a change" in done.out
    assert done.code == 0


def test_help_names_every_option(briefgen: Callable[..., Outcome]) -> None:
    done = briefgen("eval", "--help")
    for option in ("--model", "--briefs", "--report", "--jobs", "--json", "--compare", "--half", "--save"):
        assert option in done.out


def test_a_terminal_shows_how_many_briefs_are_made(
    briefgen: Callable[..., Outcome], gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    done = briefgen("eval", gold, *MODEL)
    assert "Made two" in done.err
    assert "2/2" in done.err
    assert "Made" not in done.out


def test_a_folder_that_cannot_be_made_is_refused(
    briefgen: Callable[..., Outcome], gold: Path, reader: ScriptedModel
) -> None:
    done = briefgen("eval", gold, *MODEL, "--save", gold / "one.json" / "briefs")
    assert done.code == 6
    assert "cannot make" in done.err
    assert not reader.history
