"""The digest as a mail: a draft with text and HTML, from nobody, to nobody, of the digest's day."""

from __future__ import annotations

import email
import re
from datetime import date
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.render.digest_html import render_html
from briefgen.render.digests import DigestLayout, render_digest
from briefgen.render.eml import render_eml, subject, without_texts
from digest_example import empty_digest, example_digest

if TYPE_CHECKING:
    from briefgen.digest.digest import Digest


def parsed(digest: Digest) -> Any:
    return email.message_from_string(render_eml(digest), policy=default)


def test_the_message_has_text_and_html_of_the_same_digest() -> None:
    message = parsed(example_digest())
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert [part.defects for part in message.walk()] == [[], [], []]
    text, html = (part.get_content().replace("\r\n", "\n") for part in message.iter_parts())
    assert text == render_digest(example_digest(), "text", DigestLayout(width=76))
    assert html == render_html(without_texts(example_digest()))


def test_the_mail_holds_cited_sentences_and_not_the_articles_texts() -> None:
    """What the officer said is cited by no line once the motives are gone."""
    digest = example_digest(motives=(), positions=())
    uncited, cited = "may serve to keep foreign trawlers away", "jamming ships’ radios in the strait"
    assert uncited in render_digest(digest, "html")
    html = parsed(digest).get_body(("html",)).get_content()
    assert uncited not in html
    assert cited in html


def test_it_is_a_draft_without_sender_recipient_or_id_that_nobody_gave() -> None:
    message = parsed(example_digest())
    assert set(message.keys()) == {"Subject", "Date", "X-Unsent", "MIME-Version", "Content-Type"}
    assert message["X-Unsent"] == "1"


def test_the_date_is_the_digests_day_and_not_the_clocks() -> None:
    message = parsed(example_digest())
    assert message["Date"].datetime.date() == date(2031, 6, 10)
    assert str(message["Date"]).endswith("-0000")


def test_the_subject_has_day_and_lead_with_its_attribution() -> None:
    assert parsed(example_digest())["Subject"] == (
        "Daily brief, 10 June 2031: Ana Ruiz will visit Velia on 18 and 19 June, the presidential palace said."
    )


def test_a_single_source_is_named_as_such_in_the_subject() -> None:
    line = example_digest().bottom_line[3]
    assert subject(example_digest(bottom_line=(line,))).endswith("without naming a source. (single source)")


@pytest.mark.parametrize("text", ["w" * 161, "架" * 81])
def test_a_lead_too_long_for_a_subject_is_not_cut_but_counted(text: str) -> None:
    """For the attribution may stand at its end."""
    line = example_digest().bottom_line[0].model_copy(update={"text": text})
    assert subject(example_digest(bottom_line=(line,))) == (
        "Daily brief, 10 June 2031: 10 planned visits, 3 allegations, 13 changes"
    )


def test_an_empty_digest_is_a_message_too() -> None:
    message = parsed(empty_digest())
    assert message["Subject"] == "Daily brief, 10 June 2031: 0 planned visits, 0 allegations, 0 changes"
    assert "Nothing to report." in message.get_body(("plain",)).get_content()


def test_a_subject_in_other_scripts_comes_back_whole() -> None:
    text = "ルイス大統領、ベリア訪問へ、外交筋 — Zoë “said” آنا"
    line = example_digest().bottom_line[0].model_copy(update={"text": text})
    assert parsed(example_digest(bottom_line=(line,)))["Subject"].endswith(text)


def test_the_file_is_ascii_with_cr_lf_and_short_lines_and_the_same_each_time() -> None:
    page = render_eml(example_digest())
    assert page.isascii()
    assert "\n" not in page.replace("\r\n", "")
    assert max(map(len, page.split("\r\n"))) <= 78
    assert page == render_eml(example_digest())


def test_the_boundary_follows_from_the_content_and_stands_in_no_part() -> None:
    page = render_eml(example_digest())
    (boundary,) = re.findall(r'boundary="(.*?)"', page)
    assert page.count(boundary) == 4
    assert boundary not in render_eml(empty_digest())
