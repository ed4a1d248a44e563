"""``briefgen export``: every format, whole or not at all, and nothing that an article chose the name of."""

from __future__ import annotations

import csv
import json
import os
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from briefgen.brief import Brief
from briefgen.errors import OutputError
from briefgen.export import page_name, staged_file, staged_folder
from briefgen.store import Done, Failed, Origin, Pending, Skipped, Store
from store_examples import OTHER_RECIPE, RECIPE, article_of, brief_for, done, filled, origin_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefgen.store import Recipe, Result
    from cli.outcomes import Outcome

    Export = Callable[..., Outcome]

CHILD = Path(__file__).parents[1] / "store" / "export_child.py"


def made(path: Path, *results: Result, recipe: Recipe = RECIPE) -> Path:
    with Store.open(path, create=True) as store, store.run(recipe) as run:
        run.record(results)
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Briefs 1, 2 and 12; one input that failed, one copy, one pending."""
    return made(
        tmp_path / "a.briefs",
        *(done(n) for n in (12, 2, 1)),
        Failed(origin_of(3), "refused", "the model\u202e refuses", article=article_of(3)),
        Failed(Origin("bad.pdf"), "input_empty", "it is empty"),
        Skipped(Origin("copy.txt"), "duplicate", article_id=article_of(9).id, of=article_of(1).id),
        Pending(origin_of(4), article_of(4)),
    )


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def left(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("a.briefs"))


# -- JSON Lines -----------------------------------------------------------------------------------------------


def test_json_lines_are_the_briefs_in_order_and_then_what_failed(briefgen: Export, store: Path) -> None:
    shown = briefgen("export", store)
    assert shown.code == 0
    assert shown.err == "briefgen: 3 briefs exported, 2 failed inputs\n"
    lines = shown.out.splitlines()
    assert [Brief.model_validate_json(line) for line in lines[:3]] == [
        brief_for(article_of(n)) for n in (1, 2, 12)
    ]
    assert records(shown.out)[3:] == [
        {
            "error": {"code": "refused", "message": "the model\u202e refuses", "retryable": False},
            "label": "archive.jsonl#3",
            "article": {"id": article_of(3).id, "title": "Envoy 3 to Ostia", "published": "2031-05-01"},
        },
        {
            "error": {"code": "input_empty", "message": "it is empty", "retryable": False},
            "label": "bad.pdf",
            "article": None,
        },
    ]
    assert "\u202e" not in shown.out, "escaped, as everything that a terminal would act on"


def test_a_file_is_what_standard_output_would_be(briefgen: Export, store: Path, tmp_path: Path) -> None:
    expected = briefgen("export", store).out
    assert briefgen("export", store, "-o", tmp_path / "out.jsonl").code == 0
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == expected
    again = briefgen("export", store, "-o", tmp_path / "out.jsonl")
    assert again.code == 2
    assert "--force replaces it" in again.err
    assert briefgen("export", store, "-o", tmp_path / "out.jsonl", "--force", "--query", "12").code == 0
    assert [record["article"]["id"] for record in records((tmp_path / "out.jsonl").read_text())] == [
        article_of(12).id
    ]


def test_a_selection_has_no_failures(briefgen: Export, store: Path) -> None:
    shown = briefgen("export", store, "--actor", "Ada Rell", "--since", "2031-05-01", "--facet", "actors")
    assert len(records(shown.out)) == 3
    assert shown.err == "briefgen: 3 briefs exported\n"


# -- several stores -------------------------------------------------------------------------------------------


def test_merged_stores_are_one_each_brief_once_and_a_failure_only_where_none_has_a_brief(
    briefgen: Export, store: Path, tmp_path: Path
) -> None:
    other = made(
        tmp_path / "b.briefs", done(2), done(3), done(20), Failed(Origin("worse.pdf"), "input_empty", "e")
    )
    third = made(tmp_path / "c.briefs", done(2), recipe=OTHER_RECIPE)
    shown = briefgen("export", store, "--merge", other, "--merge", third)
    found = records(shown.out)
    ids = [record["article"]["id"] for record in found if "headline" in record]
    assert ids == [article_of(n).id for n in (1, 2, 12, 3, 20, 2)]
    assert [record["label"] for record in found if "error" in record] == ["bad.pdf", "worse.pdf"]
    assert (
        shown.err
        == "briefgen: 6 briefs exported, 2 failed inputs, 1 that another store has too were left out\n"
    )


# -- tables ---------------------------------------------------------------------------------------------------


def test_csv_has_a_table_for_each_facet_and_one_with_the_end_of_every_input(
    briefgen: Export, store: Path, tmp_path: Path
) -> None:
    assert briefgen("export", store, "--format", "csv", "-o", tmp_path / "tables").code == 0
    folder = tmp_path / "tables"
    names = {file.stem for file in folder.iterdir()}
    assert {
        "briefs",
        "inputs",
        "actors",
        "planned_visits",
        "motives",
        "allegations",
        "open_questions",
    } <= names
    assert [row["title"] for row in table(folder / "briefs.csv")] == [
        f"Envoy {n} to Ostia" for n in (1, 2, 12)
    ]
    assert [row["destination"] for row in table(folder / "planned_visits.csv")] == ["Ostia"] * 3
    assert len(table(folder / "actors.csv")) == 6
    inputs = {row["label"]: (row["state"], row["code"]) for row in table(folder / "inputs.csv")}
    assert inputs == {
        "archive.jsonl#1": ("done", ""),
        "archive.jsonl#2": ("done", ""),
        "archive.jsonl#12": ("done", ""),
        "archive.jsonl#3": ("failed", "refused"),
        "archive.jsonl#4": ("pending", ""),
        "bad.pdf": ("failed", "input_empty"),
        "copy.txt": ("skipped", "duplicate"),
    }
    (copy,) = (row for row in table(folder / "inputs.csv") if row["label"] == "copy.txt")
    assert copy["duplicate_of"] == article_of(1).id


@pytest.mark.covers("B-OUT-10")
def test_no_cell_of_a_hostile_article_is_a_formula_labels_included(briefgen: Export, tmp_path: Path) -> None:
    text = '=HYPERLINK("http://evil.example";"x")'
    article = article_of(1, title=text, publisher=text, author="+1", url="@SUM(1)", language="-2")
    store = made(
        tmp_path / "a.briefs", Done(Origin(text, b"x"), article, brief_for(article, headline="\uff1d1+1")),
        Failed(Origin("@x"), "input_empty", "-1"),
    )  # fmt: skip
    assert briefgen("export", store, "--format", "csv", "-o", tmp_path / "tables").code == 0
    for file in (tmp_path / "tables").iterdir():
        for row in table(file):
            assert not [cell for cell in row.values() if re.match("\\s*[=+\\-@\uff1d]", cell)]
    assert table(tmp_path / "tables" / "inputs.csv")[0]["label"].lstrip("'") in {text, "@x"}


def test_parquet_has_the_same_tables_with_lists_and_days(
    briefgen: Export, store: Path, tmp_path: Path
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert briefgen("export", store, "--format", "parquet", "-o", tmp_path / "tables").code == 0
    visits = parquet.read_table(tmp_path / "tables" / "planned_visits.parquet").to_pylist()
    assert [visit["article_id"] for visit in visits] == [article_of(n).id for n in (1, 2, 12)]
    assert visits[0]["visitors"] == ["Ada Rell"]
    assert visits[0]["published"] == date(2031, 5, 1)
    assert visits[0]["timing"] is None
    states = parquet.read_table(tmp_path / "tables" / "inputs.parquet")["state"].to_pylist()
    assert sorted(states) == ["done", "done", "done", "failed", "failed", "pending", "skipped"]
    empty = parquet.read_table(tmp_path / "tables" / "background.parquet")
    assert empty.num_rows == 0
    assert "text" in empty.column_names


def test_more_rows_than_are_written_at_once_are_all_written(
    briefgen: Export, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.export.tables._GROUP", 2)
    for name in ("csv", "parquet"):
        if name == "parquet":
            pytest.importorskip("pyarrow")
        assert briefgen("export", store, "--format", name, "-o", tmp_path / name).code == 0
    assert len(table(tmp_path / "csv" / "actors.csv")) == 6


def test_without_pyarrow_parquet_says_what_to_install(
    briefgen: Export, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    shown = briefgen("export", store, "--format", "parquet", "-o", tmp_path / "tables")
    assert shown.code == 3
    assert "pip install 'briefgen[parquet]'" in shown.err
    assert left(tmp_path) == []


@pytest.mark.parametrize("name", ["csv", "parquet"])
@pytest.mark.parametrize("output", [(), ("-o", "-")])
def test_tables_need_a_folder(briefgen: Export, store: Path, name: str, output: tuple[str, ...]) -> None:
    shown = briefgen("export", store, "--format", name, *output)
    assert (shown.code, shown.out) == (2, "")
    assert "name one with -o" in shown.err


# -- Markdown -------------------------------------------------------------------------------------------------


def test_markdown_is_one_page_with_a_heading_for_each_brief(briefgen: Export, store: Path) -> None:
    tokens = MarkdownIt().parse(briefgen("export", store, "--format", "markdown").out)
    assert sum(token.type == "heading_open" and token.tag == "h1" for token in tokens) == 3


@pytest.mark.covers("B-OUT-13")
def test_a_markdown_folder_has_a_page_for_each_brief_under_a_fixed_name(
    briefgen: Export, store: Path, tmp_path: Path
) -> None:
    assert briefgen("export", store, "--format", "markdown", "-o", f"{tmp_path}/pages/").code == 0
    assert left(tmp_path / "pages") == sorted(page_name(brief_for(article_of(n))) for n in (1, 2, 12))


@pytest.mark.covers("B-OUT-13")
@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("../../x", "-x"),
        ("CON", "-con"),
        ("x" * 300, "-" + "x" * 60),
        ("", "-ada-rell"),
        ("Élan: la « visite » d’été", "-elan-la-visite-d-ete"),
        ("日本", ""),
        ("nul\0.md\n/etc/passwd", "-nul-md-etc-passwd"),
        (".hidden", "-hidden"),
        ("-rf", "-rf"),
    ],
)
def test_the_name_of_a_page_is_a_day_words_and_an_id_whatever_the_title(title: str, slug: str) -> None:
    article = article_of(1)
    brief = brief_for(article, headline="Ada Rell")
    brief = brief.model_copy(update={"article": brief.article.model_copy(update={"title": title})})
    name = page_name(brief)
    assert name == f"2031-05-01{slug}-{article.id[:12]}.md"
    assert re.fullmatch(r"[a-z0-9-]+\.md", name)
    undated = brief.model_copy(update={"article": brief.article.model_copy(update={"published": None})})
    assert page_name(undated).startswith("undated-")


@pytest.mark.covers("B-OUT-09")
@pytest.mark.parametrize(
    "text",
    [
        "---", "a: b", "!!python/object:os.system x", "# c", "&a *a", '"q" \\', "'", "{a: 1}", "[1]", "yes", "null", "~", "1.0",
        "2031-05-01", "| x", "> x", "%YAML", "\t x", "a\n---\nb: c", "é 😀 \u2028 x", "<<: *a", "@x", "`x",
    ],
)  # fmt: skip
def test_front_matter_is_quoted_strings_whatever_the_metadata(
    briefgen: Export, tmp_path: Path, text: str
) -> None:
    """Each line is ``name: "…"`` in JSON, which YAML reads as the same string; the text ends no front matter."""
    article = article_of(1, title=text, publisher=text, author=text)
    made(tmp_path / "a.briefs", Done(origin_of(1), article, brief_for(article)))
    assert (
        briefgen("export", tmp_path / "a.briefs", "--format", "markdown", "-o", f"{tmp_path}/pages/").code
        == 0
    )
    (page,) = (tmp_path / "pages").iterdir()
    start, head, _ = page.read_text(encoding="utf-8").split("---\n", 2)
    assert start == ""
    *lines, last = head.splitlines()
    assert last == "ai_generated: true"
    values = {name: json.loads(value) for name, _, value in (line.partition(": ") for line in lines)}
    assert values["article_id"] == article.id
    assert values["title"] == article.title
    assert all(value.isprintable() for value in values.values())


# -- whole or not at all --------------------------------------------------------------------------------------


def run_child(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(CHILD), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.covers("K-08", "K-12", "B-OUT-14")
@pytest.mark.parametrize(("name", "output"), [("jsonl", "out"), ("csv", "out"), ("markdown", "out/")])
def test_an_export_that_is_killed_leaves_what_was_there_and_the_next_one_clears_up(
    briefgen: Export, store: Path, tmp_path: Path, name: str, output: str
) -> None:
    out = tmp_path / "out"
    arguments = ("export", store, "--format", name, "-o", f"{tmp_path}/{output}", "--force")
    for there in (False, True):
        before = _content(out) if there else None
        died = run_child("dies", 2, *arguments)
        assert died.returncode == -signal.SIGKILL
        assert (_content(out) if there else None) == before
        assert out.exists() == there
        assert any(".tmp" in path.name for path in tmp_path.rglob(".briefgen-*")), "it was on its way"
        made(store, done(30 + there))
        assert briefgen(*arguments).code == 0
        assert not list(tmp_path.rglob(".briefgen-*"))
        assert _content(out) != before
    with Store.open(store) as opened:
        assert opened.counts().done == 5


def _content(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else [file for file in path.iterdir() if not file.name.startswith(".")]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.covers("D-02")
@pytest.mark.parametrize(("name", "output"), [("jsonl", "out"), ("csv", "out"), ("markdown", "out/")])
def test_a_full_disk_leaves_no_half_output(store: Path, tmp_path: Path, name: str, output: str) -> None:
    shown = run_child("full", 700, "export", store, "--format", name, "-o", f"{tmp_path}/{output}")
    assert shown.returncode == 6, shown.stderr
    assert shown.stderr.startswith("error[output_failed]")
    assert shown.stderr.count("\n") == 1
    assert left(tmp_path) == []


@pytest.mark.covers("D-03")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_behind_standard_output_ends_with_6(store: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, str(CHILD), "full", "1000000", "export", str(store)]
        ended = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60
        )
    assert ended.returncode == 6
    assert ended.stderr.startswith("error[output_failed]")


@pytest.mark.covers("D-20")
@pytest.mark.parametrize(("name", "output"), [("jsonl", "link"), ("csv", "link"), ("markdown", "link/")])
def test_a_symbolic_link_is_not_written_through(
    briefgen: Export, store: Path, tmp_path: Path, name: str, output: str
) -> None:
    target = tmp_path / "target"
    if name == "jsonl":
        target.write_text("mine")
    else:
        target.mkdir()
    (tmp_path / "link").symlink_to(target)
    shown = briefgen("export", store, "--format", name, "-o", f"{tmp_path}/{output}", "--force")
    assert shown.code == 6
    assert "symbolic link" in shown.err
    assert target.read_text() == "mine" if name == "jsonl" else not list(target.iterdir())


@pytest.mark.covers("D-21")
def test_a_folder_that_is_swapped_on_the_way_gets_nothing_written_outside(tmp_path: Path) -> None:
    outside, place = tmp_path / "outside", tmp_path / "place"
    outside.mkdir()
    place.mkdir()

    def swapped() -> None:
        with staged_folder(place) as folder:
            (folder / "a.csv").write_text("1")
            place.rename(tmp_path / "moved")
            place.symlink_to(outside)

    with pytest.raises(OutputError):
        swapped()
    assert list(outside.iterdir()) == []


def test_a_folder_with_other_files_is_not_touched_without_force(
    briefgen: Export, store: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.md").write_text("years of work")
    shown = briefgen("export", store, "--format", "csv", "-o", folder)
    assert shown.code == 2
    assert "is not empty" in shown.err
    assert briefgen("export", store, "--format", "csv", "-o", folder, "--force").code == 0
    assert (folder / "thesis.md").read_text() == "years of work"
    assert (folder / "briefs.csv").exists()


def test_what_another_export_is_writing_is_left_alone(tmp_path: Path) -> None:
    with staged_file(tmp_path / "one") as one:
        one.write_text("1")
        with staged_file(tmp_path / "two") as two:
            two.write_text("2")
        assert one.exists()
    assert left(tmp_path) == ["one", "two"]


@pytest.mark.covers("D-14")
def test_of_two_exports_to_one_file_the_last_to_end_wins_and_they_never_mix(tmp_path: Path) -> None:
    place = tmp_path / "out"
    with staged_file(place, force=True) as first, staged_file(place, force=True) as second:
        first.write_text("first " * 1000)
        second.write_text("second " * 1000)
    assert place.read_text() == "first " * 1000


@pytest.mark.covers("K-20")
def test_a_reader_that_goes_away_ends_the_export_quietly(store: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, str(CHILD), "full", "1000000", "export", str(store)]
    ended = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (141, b"")


@pytest.mark.covers("B-OUT-14")
@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet", "markdown"])
def test_a_store_without_briefs_makes_empty_files_that_are_valid(
    briefgen: Export, tmp_path: Path, name: str
) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    made(tmp_path / "a.briefs")
    out = tmp_path / "out"
    assert briefgen("export", tmp_path / "a.briefs", "--format", name, "-o", out).code == 0
    if name == "csv":
        assert all(table(file) == [] for file in out.iterdir())
        assert (out / "briefs.csv").read_text().startswith('"article_id","published","title"')
    elif name != "parquet":
        assert out.read_text() == ""


def test_filled_and_exported_stores_hold_no_more_than_they_were_given(
    briefgen: Export, tmp_path: Path
) -> None:
    shown = briefgen("export", filled(tmp_path / "a.briefs", 1))
    assert len(records(shown.out)) == 1
