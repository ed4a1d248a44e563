"""The page's own words and days."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest

from briefgen.digest import digest
from briefgen.render.days import resolved_text, span_text
from briefgen.render.page_view import page_word, web_address
from briefgen.render.words import tables, value_word
from briefgen.timing import resolve


@pytest.mark.parametrize(
    ("table", "literal"), [("conflict", digest.ConflictKind), ("facet", digest.DigestFacet)]
)
def test_each_value_of_the_contract_has_a_word_of_the_page(table: str, literal: Any) -> None:
    assert all(
        page_word(table, value) != value or value in {"status", "response", "background"}
        for value in get_args(literal)
    )


@pytest.mark.parametrize(
    ("table", "literal"),
    [
        ("visit_status", digest.DigestStatus),
        ("change", digest.ChangeKind),
        ("article_state", digest.ArticleState),
        ("article_place", digest.ArticlePlace),
    ],
)
def test_each_value_of_the_contract_has_a_word_of_all_formats(table: str, literal: Any) -> None:
    values = {value for kind in get_args(literal) for value in (get_args(kind) or (kind,))}
    assert values <= set(tables()[table])


def test_a_value_without_a_word_is_shown_as_it_is() -> None:
    assert value_word("not_reported") == "no response reported"
    assert value_word("in July") == "in July"
    assert page_word("facet", "no_such_facet") == "no such facet"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("2031-06-10", "2031-06-10", "10 June 2031"),
        ("2031-06-09", "2031-06-10", "9–10 June 2031"),
        ("2031-06-28", "2031-07-02", "28 June – 2 July 2031"),
        ("2031-12-31", "2032-01-01", "31 December 2031 – 1 January 2032"),
        ("2031-06-01", "2031-06-30", "June 2031"),
        ("2032-02-01", "2032-02-29", "February 2032"),
        ("2031-04-01", "2031-06-30", "April – June 2031"),
        ("2031-12-01", "2032-01-31", "December 2031 – January 2032"),
        ("2031-01-01", "2031-12-31", "2031"),
        ("2031-01-01", "2032-12-31", "2031–2032"),
        ("9999-12-01", "9999-12-31", "December 9999"),
    ],
)
def test_days_are_told_without_a_figure_that_could_be_day_or_month(first: str, last: str, told: str) -> None:
    assert span_text(date.fromisoformat(first), date.fromisoformat(last)) == told


@pytest.mark.parametrize(
    ("phrase", "published", "told"),
    [
        ("as early as June", "2031-05-01", "not before 1 June 2031"),
        ("by 4 July", "2031-05-01", "not after 4 July 2031"),
        ("in June", None, "no year known"),
        ("in the coming weeks", "2031-05-01", "no date known"),
        ("after the summit", "2031-05-01", ""),
        ("on 18 June", "2031-05-01", "18 June 2031"),
    ],
)
def test_a_time_is_told_as_far_as_it_is_known(phrase: str, published: str | None, told: str) -> None:
    day = date.fromisoformat(published) if published else None
    assert resolved_text(resolve(phrase, day)) == told


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://herald.example/a?b=1#c", True),
        ("HTTP://herald.example", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" https://herald.example", False),
        ("data:text/html,x", False),
        ("//herald.example", False),
        ("https:herald.example", False),
        ("https://herald.example@evil.example/", False),
        ("https://herald.example\u202e/gnp", False),
        ("ftp://herald.example", False),
        ("", False),
        (None, False),
    ],
)
def test_only_plain_addresses_of_the_web_can_be_followed(url: str | None, *, followed: bool) -> None:
    assert web_address(url) == (url if followed else "")
