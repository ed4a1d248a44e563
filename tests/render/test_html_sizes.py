"""The page of an empty digest, of a quiet day, and of very many lines and articles."""

from __future__ import annotations

from datetime import date

import pytest
from html_reading import SECTIONS, part, problems, read, shown

from briefgen.render.digest_html import render_html
from digest_example import empty_digest, example_digest
from page_digests import digest_of_text, long_text


@pytest.mark.covers("B-OUT-14")
def test_an_empty_digest_is_a_whole_page_that_says_so_in_every_section() -> None:
    text = render_html(empty_digest())
    page = read(text)
    assert problems(text) == []
    assert [section.get("id") for section in page.xpath("//main/section")] == SECTIONS
    for section in set(SECTIONS) - {"changes", "sources"}:
        assert "None reported in 0 articles." in shown(part(page, section))
    assert "First digest" in shown(part(page, "changes"))
    assert "There were no articles." in shown(part(page, "sources"))


def test_a_quiet_day_says_in_how_many_articles_nothing_was_reported() -> None:
    """Absence told apart from omission: articles that could not be read are said beside it."""
    page = read(render_html(example_digest(positions=(), previous=date(2031, 6, 9), changes=())))
    assert shown(part(page, "positions").xpath("./p")) == "None reported in 5 articles. 1 could not be read."
    assert "Nothing changed since the digest of 9 June 2031." in shown(part(page, "changes"))


@pytest.mark.covers("B-OUT-14")
def test_ten_thousand_lines_make_a_sound_page() -> None:
    example = example_digest()
    lines = tuple(example.background[0].model_copy(update={"id": f"line-{n}"}) for n in range(10_000))
    text = render_html(example.model_copy(update={"background": lines}))
    assert problems(text) == []
    assert len(read(text).xpath("//*[starts-with(@id, 'i-line-')]")) == 10_000


def test_two_hundred_articles_stand_on_the_page_once_whatever_rests_on_them() -> None:
    """A page of a whole day stays one that a browser opens: about as large as its articles' texts."""
    digest = digest_of_text(long_text(), *range(1, 121))
    article, visit = digest.articles[0], digest.planned_visits[0]
    assert article.text is not None
    many = tuple(article.model_copy(update={"number": n}) for n in range(1, 201))
    visits = tuple(
        visit.model_copy(
            update={
                "id": f"visit-{n}",
                "evidence": tuple(piece.model_copy(update={"article": n}) for piece in visit.evidence[:20]),
            }
        )
        for n in range(1, 201)
    )
    text = render_html(digest.model_copy(update={"articles": many, "planned_visits": visits}))
    assert text.count("Harbour pilot 77 told") == 200
    assert len(text) < 3 * 200 * len(article.text)
