"""The registry of the digest's formats: names, files, options, same bytes, and thousands of items."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from icalendar import Calendar

from briefgen.brief import Aspect
from briefgen.digest import digest as contract
from briefgen.digest.digest import Digest
from briefgen.errors import UsageError
from briefgen.render.digests import DIGEST_FORMATS, DigestLayout, digest_files, render_digest
from briefgen.render.words import tables
from digest_example import empty_digest, example_digest
from digest_example_articles import PALACE, articles
from digest_example_lines import BACKGROUND
from digest_example_visits import CONFIRMED

SINGLE = [name for name in DIGEST_FORMATS if name != "csv"]


def test_the_formats_are_those_of_the_issue() -> None:
    assert DIGEST_FORMATS == ("text", "markdown", "html", "json", "csv", "ics", "eml")


def test_an_unknown_format_is_an_error_that_names_the_known() -> None:
    for call in (lambda: render_digest(empty_digest(), "pdf"), lambda: digest_files(empty_digest(), ["pdf"])):
        with pytest.raises(UsageError, match="no format 'pdf'") as caught:
            call()
        assert "text, markdown" in caught.value.hint


def test_a_format_of_several_files_needs_a_folder() -> None:
    with pytest.raises(UsageError, match="csv is 12 files") as caught:
        render_digest(example_digest(), "csv")
    assert "-o" in caught.value.hint


@pytest.mark.covers("B-OUT-13")
def test_file_names_are_the_digests_day_and_nothing_that_an_article_says() -> None:
    hostile = articles()[0].model_copy(update={"title": "../../x", "publisher": "CON", "label": "y" * 300})
    names = list(digest_files(example_digest(articles=(hostile,)), DIGEST_FORMATS))
    assert [name for name in names if "csv" not in name] == [
        f"digest-2031-06-10.{ending}" for ending in ("txt", "md", "html", "json", "ics", "eml")
    ]
    assert next(name for name in names if name.endswith(".csv")) == "digest-2031-06-10-visits.csv"
    assert len(names) == len(set(names)) == 18


def test_a_format_asked_for_twice_is_written_once_and_only_what_was_asked_for() -> None:
    assert list(digest_files(example_digest(), ["json", "text", "json"])) == [
        "digest-2031-06-10.json",
        "digest-2031-06-10.txt",
    ]


@pytest.mark.parametrize("name", SINGLE)
def test_a_file_holds_what_the_format_alone_gives_and_ends_with_a_line_end(name: str) -> None:
    page = render_digest(example_digest(), name)
    assert list(digest_files(example_digest(), [name]).values()) == [page]
    assert page.endswith("\n")


def test_json_is_the_digest_with_stable_keys_and_explicit_nulls() -> None:
    page = render_digest(example_digest(), "json")
    assert Digest.model_validate_json(page) == example_digest()
    data = json.loads(page)
    assert list(data)[:3] == ["schema_version", "first", "last"]
    assert data["articles"][4]["id"] is None


@pytest.mark.covers("B-CLI-16")
@pytest.mark.parametrize("name", ["text", "markdown", "html", "json", "eml"])
def test_the_ascii_form_holds_ascii_only(name: str) -> None:
    page = render_digest(example_digest(), name, DigestLayout(ascii=True))
    assert page.isascii()
    if name == "json":
        assert Digest.model_validate_json(page) == example_digest()


def test_months_is_an_option_of_the_calendar() -> None:
    assert "MONTH ONLY" not in render_digest(example_digest(), "ics")
    assert "MONTH ONLY" in render_digest(example_digest(), "ics", DigestLayout(months=True))


def test_the_same_digest_gives_the_same_bytes_in_every_process_whatever_the_hash_seed_zone_and_locale() -> (
    None
):
    script = (
        "import sys, hashlib; sys.path[:0] = sys.argv[1:]\n"
        "from digest_example import example_digest\n"
        "from briefgen.render.digests import *\n"
        "files = digest_files(example_digest(), DIGEST_FORMATS, DigestLayout(months=True))\n"
        "print(hashlib.sha256(''.join(f'{name}{text}' for name, text in files.items()).encode()).hexdigest())"
    )
    tests = Path(__file__).parents[1]
    found = set()
    for seed, zone, locale in (("0", "UTC", "C.UTF-8"), ("7", "Pacific/Kiritimati", "de_DE.UTF-8")):
        env = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        done = subprocess.run(
            [sys.executable, "-c", script, str(tests)], env=env, capture_output=True, text=True, check=True
        )
        found.add(done.stdout)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("table", "literal"),
    [
        ("change", contract.ChangeKind),
        ("article_state", contract.ArticleState),
        ("article_place", contract.ArticlePlace),
        ("visit_status", get_args(contract.DigestStatus)[1]),
        ("aspect_short", Aspect),
    ],
)
def test_each_value_of_the_contract_has_a_word(table: str, literal: object) -> None:
    assert set(get_args(literal)) <= set(tables()[table])


def big_digest(visits: int, others: int) -> Digest:
    return example_digest(
        planned_visits=tuple(CONFIRMED.model_copy(update={"id": f"visit-{n}"}) for n in range(visits)),
        background=tuple(BACKGROUND[0].model_copy(update={"id": f"background-{n}"}) for n in range(others)),
        conflicts=(),
        changes=(),
        bottom_line=(),
    )


@pytest.mark.covers("B-OUT-14")
@pytest.mark.parametrize(("visits", "others"), [(0, 0), (1, 0), (500, 9_500)])
def test_no_items_one_item_and_ten_thousand_items_give_valid_files(visits: int, others: int) -> None:
    files = digest_files(big_digest(visits, others), ["text", "markdown", "json", "csv", "ics"])
    text, markdown, data, *csvs, calendar = files.values()
    assert text.count("on 18 and 19 June") == visits
    assert text.count("and promised two ferries") == others
    assert markdown.count("- **Ana Ruiz → Velia**") == visits
    assert len(Digest.model_validate_json(data).background) == others
    assert len(list(csv.reader(io.StringIO(csvs[0], newline="")))) == visits + 1
    assert len(Calendar.from_ical(calendar).walk("VEVENT")) == visits


def test_the_example_is_complete() -> None:
    """So that a new kind of anything is shown somewhere before it is real."""
    digest = example_digest()
    assert {visit.status for visit in digest.planned_visits} == {
        *get_args(get_args(contract.DigestStatus)[0]),
        "disputed",
    }
    assert {change.kind for change in digest.changes} == set(get_args(contract.ChangeKind))
    assert {article.state for article in digest.articles} == set(get_args(contract.ArticleState))
    assert {article.place for article in digest.articles} == set(get_args(contract.ArticlePlace))
    counts = digest.counts
    assert counts.articles == counts.ok + counts.partly_withheld + counts.failed + counts.duplicates
    assert digest.articles[PALACE - 1].published == date(2031, 6, 10)


def test_every_quote_of_the_example_stands_in_its_article() -> None:
    kept = {article.number: article.text for article in example_digest().articles if article.text}
    lines = [*example_digest().planned_visits, *example_digest().allegations, *example_digest().motives]
    cited = [piece for line in lines for piece in line.evidence if piece.article in kept]
    assert len(cited) > 10
    for piece in cited:
        assert kept[piece.article][piece.start : piece.end] == piece.quote
