"""``briefgen batch``: what it writes where, and what it ends with."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.batch import BatchOptions, BatchRunner
from briefgen.cli import batch_figures, batch_report
from briefgen.cli.session import Session
from briefgen.errors import AuthenticationError, ModelError, QuotaExceeded, RateLimited, Refused
from briefgen.sources.entries import Entry
from briefgen.store import Counts, Store
from briefgen.testing import ScriptedModel

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from briefgen.providers.base import Prompt
    from cli.outcomes import Outcome

    Start = Callable[..., subprocess.Popen[bytes]]

covers = pytest.mark.covers
MODEL = ("--model", "openai:any")
CANARY = "SECRET-CANARY-OF-THE-ARTICLE"


def story(n: int) -> str:
    return f"Envoy {n} Ada Rell will travel to Ostia in June, her office said. {CANARY} was the name of the ship."


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "archive.jsonl"
    path.parent.mkdir()
    rows = [json.dumps({"text": story(n), "title": f"Envoy {n}"}) for n in range(1, 4)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "briefs.store"


def scripted(monkeypatch: pytest.MonkeyPatch, script: Callable[[Prompt], Any]) -> ScriptedModel:
    from briefgen.providers import registry

    model = ScriptedModel(script)
    monkeypatch.setattr(registry, "open_model", lambda *_, **__: model)
    return model


def test_an_archive_is_briefed_into_a_store_and_the_second_run_asks_nothing(
    briefgen: Callable[..., Outcome], archive: Path, store: Path, model: ScriptedModel
) -> None:
    first = briefgen("batch", archive, "--store", store, *MODEL)
    assert (first.code, first.out) == (0, "")
    assert re.search(r"^done +3 +3$", first.err, re.MULTILINE)
    assert re.search(r"^all +3 +3$", first.err, re.MULTILINE)
    asked = len(model.history)
    second = briefgen("batch", archive, "--store", store, *MODEL)
    assert second.code == 0
    assert len(model.history) == asked
    assert re.search(r"^skipped +3 +0$", second.err, re.MULTILINE)
    assert "3 unchanged" in second.err
    with closing(Store.open(store)) as opened:
        assert opened.counts() == Counts(done=3)


@covers("B-CLI-15")
def test_without_a_readable_article_it_ends_with_4(
    briefgen: Callable[..., Outcome], tmp_path: Path, store: Path, model: ScriptedModel
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.jsonl").write_text("no JSON\n")
    for given in (tmp_path / "empty", tmp_path / "nowhere", tmp_path / "bad.jsonl"):
        done = briefgen("batch", given, "--store", store, *MODEL)
        assert done.code == 4
        assert "no input is a readable article" in done.err
    assert not model.history


@covers("B-FIL-18", "B-FIL-01")
def test_what_cannot_be_read_is_counted_and_the_rest_is_done(
    briefgen: Callable[..., Outcome], archive: Path, store: Path, tmp_path: Path, model: ScriptedModel
) -> None:
    archive.write_text(archive.read_text() + "{broken\n")
    done = briefgen("batch", archive, tmp_path / "nowhere.txt", "--store", store, *MODEL)
    assert done.code == 1
    assert re.search(r"^done +3 +3$", done.err, re.MULTILINE)
    assert re.search(r"^failed +2 +2$", done.err, re.MULTILINE)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (AuthenticationError("the key is wrong"), 3),
        (QuotaExceeded("no money left"), 5),
        (RateLimited("busy", retry_after=7200), 5),
    ],
)
@covers("A-09", "A-11", "A-18")
def test_what_stops_the_run_is_its_last_line_and_its_exit_code(
    briefgen: Callable[..., Outcome], archive: Path, model: ScriptedModel, error: ModelError, code: int
) -> None:
    model._script = lambda _: error
    done = briefgen("batch", archive, "--store", archive.parents[1] / "s", *MODEL, "--concurrency", 2)
    last = done.err.splitlines()[-1]
    assert done.code == code
    assert last.startswith(f"error[{error.code}] batch: ")
    assert "run the same command again" in last
    when = re.search(r"after \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", last)
    assert bool(when) == isinstance(error, RateLimited), "the time to come back, where the server said it"
    assert re.search(r"^pending +3 ", done.err, re.MULTILINE)


def test_a_failed_article_makes_it_end_with_1_and_is_retried_on_demand(
    briefgen: Callable[..., Outcome], archive: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted(monkeypatch, lambda prompt: Refused("no") if "Envoy 2" in prompt.user else {})
    assert briefgen("batch", archive, "--store", store, *MODEL).code == 1
    model = scripted(monkeypatch, lambda _: {})
    assert briefgen("batch", archive, "--store", store, *MODEL).code == 0
    assert not model.history
    assert briefgen("batch", archive, "--store", store, *MODEL, "--retry-failed").code == 0
    assert model.history
    assert all("Envoy 2" in prompt.user for prompt in model.history)


def test_a_budget_ends_it_with_5_and_the_next_run_goes_on(
    briefgen: Callable[..., Outcome], archive: Path, store: Path, model: ScriptedModel
) -> None:
    first = briefgen("batch", archive, "--store", store, *MODEL, "--max-articles", 2)
    assert first.code == 5
    assert "error[budget_exceeded] batch: the budget of 2 articles is used up" in first.err
    assert briefgen("batch", archive, "--store", store, *MODEL, "--max-articles", 2).code == 0
    with closing(Store.open(store)) as opened:
        assert opened.counts() == Counts(done=3)


@covers("T-SEC-3", "B-OUT-03")
def test_log_json_tells_every_outcome_in_one_line_and_nothing_of_an_article(
    briefgen: Callable[..., Outcome], tmp_path: Path, store: Path, model: ScriptedModel
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / 'a"\n\x1b[31m{"event": "forged"}.txt').write_text(story(1))
    (folder / "b.txt").write_text(story(2))
    done = briefgen("batch", folder, "--store", store, *MODEL, "--log-json")
    lines = [json.loads(line) for line in done.err.splitlines()]
    assert [line["event"] for line in lines] == ["outcome", "outcome", "finished"]
    assert {line["state"] for line in lines[:2]} == {"done"}
    assert (lines[-1]["done"], lines[-1]["cost_usd"], lines[-1]["stopped"]) == (2, None, None)
    assert lines[-1]["store"] == {"done": 2, "failed": 0, "skipped": 0, "pending": 0}
    assert "\x1b" not in done.err
    assert CANARY not in done.err
    assert "Rell" not in done.err


def test_in_a_pipe_there_is_one_line_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    from briefgen.batch import BatchClock

    batch = BatchRunner(ScriptedModel(), BatchOptions(clock=BatchClock(lambda: now[0]))).run(entries(3))
    report = batch_report.Report(Session(article="batch"), batch)
    report.look()
    assert capsys.readouterr().err == ""
    assert len(list(batch)) == 3
    now[0] = 59.9
    report.look()
    assert capsys.readouterr().err == ""
    now[0] = 60.1
    report.total = 9
    report.look()
    report.look()
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert line.startswith("briefgen: 3 done, 0 failed, 0 skipped, 0 pending; ")
    assert "0:02:00 left" in line or "0:01:59 left" in line
    assert "cost unknown" in line


def entries(count: int) -> Iterator[Entry]:
    from briefgen.article import Article

    return (Entry(f"a:{n}", Article.from_text(story(n)), b"") for n in range(count))


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00:00"), (59.9, "0:00:59"), (3723, "1:02:03"), (360_000, "100:00:00")]
)
def test_durations_read_as_clocks_show_them(seconds: float, shown: str) -> None:
    assert batch_figures.duration(seconds) == shown


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(None, "cost unknown"), (0.0, "0.0000 USD"), (0.0312, "0.0312 USD"), (12.5, "12.50 USD")],
)
def test_an_unknown_cost_is_never_shown_as_none(amount: float | None, shown: str) -> None:
    assert batch_figures.dollars(amount) == shown


def test_a_dry_run_prints_an_estimate_and_neither_asks_nor_stores(
    briefgen: Callable[..., Outcome], archive: Path, store: Path, model: ScriptedModel
) -> None:
    done = briefgen("batch", archive, "--store", store, "--model", "openai:gpt-5-mini", "--dry-run")
    assert done.code == 0
    assert re.search(r"^articles +3$", done.out, re.MULTILINE)
    assert re.search(r"^cost +0\.\d{4} USD$", done.out, re.MULTILINE)
    unknown = briefgen("batch", archive, "--store", store, "--model", "openai:nobody-knows", "--dry-run")
    assert re.search(r"^cost +unknown$", unknown.out, re.MULTILINE)
    embedded = briefgen("batch", archive, "--store", store, "--model", "local:any", "--dry-run")
    assert re.search(r"^cost +0\.0000 USD$", embedded.out, re.MULTILINE)
    assert not model.history
    assert not store.exists()


@covers("B-CLI-05", "B-CLI-06")
@pytest.mark.parametrize(
    "arguments",
    [
        ("--concurrency", "0"),
        ("--concurrency", "-1"),
        ("--concurrency", "100000"),
        ("--max-tokens", "abc"),
        ("--max-tokens", "0"),
        ("--max-cost", "-1"),
        ("--rpm", "0"),
        ("--grace", "-1"),
        ("--publisher",),
    ],
)
def test_a_wrong_number_is_one_line_and_code_2(
    briefgen: Callable[..., Outcome],
    archive: Path,
    store: Path,
    model: ScriptedModel,
    arguments: tuple[str, ...],
) -> None:
    done = briefgen("batch", archive, "--store", store, *MODEL, *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert done.err.startswith("error[usage] ")
    if arguments[0] == "--concurrency":
        assert "give 1 to 256" in done.err
    assert not store.exists()


def test_a_budget_in_dollars_needs_a_known_price(
    briefgen: Callable[..., Outcome], archive: Path, store: Path, model: ScriptedModel
) -> None:
    done = briefgen("batch", archive, "--store", store, *MODEL, "--max-cost", 5)
    assert done.code == 2
    assert "the price of scripted:model is not known; limit tokens or articles instead" in done.err
    assert not model.history


@covers("B-CLI-09")
def test_a_store_among_its_inputs_is_refused(
    briefgen: Callable[..., Outcome], archive: Path, model: ScriptedModel
) -> None:
    for store in (archive.parent / "briefs.store", archive):
        done = briefgen("batch", archive.parent, archive, "--store", store, *MODEL)
        assert done.code == 2
        assert "lies in the input" in done.err
    assert not model.history


@covers("B-CLI-13")
def test_a_store_of_another_model_or_prompt_is_refused_with_what_differs_unless_a_new_run_is_wanted(
    briefgen: Callable[..., Outcome], archive: Path, store: Path, tmp_path: Path, model: ScriptedModel
) -> None:
    assert briefgen("batch", archive, "--store", store, *MODEL).code == 0
    asked = len(model.history)
    model.name = "scripted:other"
    done = briefgen("batch", archive, "--store", store, *MODEL)
    assert done.code == 2
    assert "model scripted:model, now scripted:other" in done.err
    assert "--new-run" in done.err
    model.name = "scripted:model"
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    (prompts / "motives.md").write_text("---\nid: motives\nversion: 9\nfacet: motives\n---\nWhy?\n")
    done = briefgen("batch", archive, "--store", store, *MODEL, "--prompts", prompts)
    assert done.code == 2
    assert "prompts (motives)" in done.err
    assert len(model.history) == asked
    assert briefgen("batch", archive, "--store", store, *MODEL, "--prompts", prompts, "--new-run").code == 0
    assert len(model.history) == 2 * asked


@covers("B-CLI-01")
def test_without_a_key_it_ends_with_3_and_makes_no_store(
    briefgen: Callable[..., Outcome], archive: Path, store: Path
) -> None:
    done = briefgen("batch", archive, "--store", store, "--model", "openai:gpt-5-mini")
    assert done.code == 3
    assert "OPENAI_API_KEY" in done.err
    assert not store.exists()


@covers("D-05", "D-07", "D-08")
def test_a_store_that_cannot_be_one_ends_it_before_anything_is_asked(
    briefgen: Callable[..., Outcome], archive: Path, tmp_path: Path, model: ScriptedModel
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text").write_text("no store\n" * 100)
    codes = [
        briefgen("batch", archive, "--store", tmp_path / name, *MODEL).code
        for name in ("folder", "text", "nowhere/briefs.store")
    ]
    assert codes == [2, 6, 6]
    assert not model.history


@covers("B-OUT-01")
def test_a_terminal_shows_where_the_run_stands_and_the_summary_stays(
    program: Start, archive: Path, store: Path
) -> None:
    ours, theirs = pty.openpty()
    process = program(
        "waits",
        "batch",
        archive,
        "--store",
        store,
        *MODEL,
        stderr=theirs,
        env={"TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    shown = ""
    while "Running" not in shown or ":1 (" not in shown:
        shown += os.read(ours, 65536).decode(errors="replace")
    assert "0 done, 0 failed, 0 skipped, 0 pending" in shown
    assert "under way" in shown
    process.send_signal(signal.SIGINT)
    while "Stopping" not in shown:
        shown += os.read(ours, 65536).decode(errors="replace")
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    os.close(ours)


def test_a_terminal_gets_the_summary_when_the_display_is_gone(
    program: Start, archive: Path, store: Path
) -> None:
    ours, theirs = pty.openpty()
    process = program(
        "answers",
        "batch",
        archive,
        "--store",
        store,
        *MODEL,
        stderr=theirs,
        env={"TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    data = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:
            break
        if not chunk:
            break
        data += chunk
    os.close(ours)
    assert process.wait(60) == 0
    assert re.search(r"done +3 +3", data.decode())


def test_help_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    code = (
        "import sys\nfrom briefgen.cli.main import main\nfrom briefgen.cli.session import Session\n"
        "main(['batch', '--help'], Session())\n"
        "print([n for n in ('openai', 'instructor', 'rich', 'trafilatura', 'genai_prices', 'sqlite3', 'httpx2')"
        " if n in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stderr == "[]\n"
