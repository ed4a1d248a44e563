"""The page of a digest: what it says, where, and that it needs nothing from elsewhere."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from html_reading import SECTIONS, hash_of, inlined, line, part, policy, problems, read, shown, with_class

from briefgen.digest.digest import Cited
from briefgen.render.digest_html import render_html
from digest_example import example_digest

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@cache
def example() -> str:
    return render_html(example_digest())


@pytest.fixture
def page() -> HtmlElement:
    return read(example())


# -- one file, closed ---------------------------------------------------------------------------------------


@pytest.mark.covers("B-OUT-15")
def test_the_policy_allows_our_style_and_script_by_their_hashes_and_nothing_else(page: HtmlElement) -> None:
    (style,), (script,) = inlined(example(), "style"), inlined(example(), "script")
    assert policy(page) == {
        "default-src": "'none'",
        "style-src": hash_of(style),
        "script-src": hash_of(script),
        "base-uri": "'none'",
        "form-action": "'none'",
    }


@pytest.mark.covers("B-OUT-15")
def test_the_page_refers_to_nothing_but_itself_and_the_articles_own_addresses(page: HtmlElement) -> None:
    assert problems(example()) == []
    assert "@import" not in example()
    assert set(re.findall(r"url\((.)", example())) == {"#"}
    links = page.xpath("//a[not(starts-with(@href, '#'))]")
    assert {link.get("href") for link in links} == {
        "https://herald.example/2031/06/10/ruiz-velia", "https://harbour.example/dahl", "https://kaku.example/ruiz",
    }  # fmt: skip
    assert {link.get("rel") for link in links} == {"noreferrer noopener external"}


def test_the_script_writes_no_markup_and_evaluates_no_text() -> None:
    """Untrusted words are copied as nodes or set as text: no sink of markup, no eval."""
    (script,) = inlined(example(), "script")
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|setTimeout", script
    )
    assert script.isascii()


def test_the_same_digest_is_the_same_bytes() -> None:
    assert render_html(example_digest()) == example()


# -- structure ----------------------------------------------------------------------------------------------


def test_sections_come_in_the_order_of_the_specification_under_headings_in_order(page: HtmlElement) -> None:
    assert [section.get("id") for section in page.xpath("//main/section")] == SECTIONS
    levels = [int(heading.tag[1]) for heading in page.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_landmark_has_a_name_and_every_reference_a_place(page: HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = page.xpath("//@aria-labelledby | //@aria-describedby")
    assert {name for names in named for name in names.split()} <= set(ids)
    assert {link.removeprefix("#") for link in page.xpath("//a[starts-with(@href, '#')]/@href")} <= set(ids)
    assert len(page.xpath("//header | //nav | //main | //aside | //footer")) == 5
    assert page.xpath("/html/@lang") == ["en"]


def test_every_table_has_a_caption_and_heads_for_columns_and_rows(page: HtmlElement) -> None:
    for table in page.xpath("//table"):
        assert shown(table.find("caption"))
        assert {head.get("scope") for head in table.xpath("./thead//th")} == {"col"}
        rows = table.xpath("./tbody/tr[not(contains(@class, 'more'))]")
        assert all(len(row.xpath("./th[@scope='row']")) == 1 for row in rows)


# -- header -------------------------------------------------------------------------------------------------


def test_the_header_says_day_counts_that_add_up_and_who_wrote_it(page: HtmlElement) -> None:
    header = shown(page.xpath("//header"))
    assert shown(page.xpath("//h1")) == "Tuesday 10 June 2031"
    total, *parts = map(int, re.findall(r"\d+", re.search(r"7 articles in = [^.]*duplicate", header)[0]))  # type: ignore[index]
    assert total == sum(parts) == 7
    assert "Machine-made summary" in header


# -- lines --------------------------------------------------------------------------------------------------


def test_a_line_of_the_bottom_line_says_if_it_has_one_source_only(page: HtmlElement) -> None:
    lines = part(page, "bottom-line").xpath(".//li")
    assert [bool(with_class(each, "single")) for each in lines] == [False, False, False, True]


def test_a_change_tells_kind_old_new_and_why(page: HtmlElement) -> None:
    changes = [shown(each) for each in part(page, "changes").xpath(".//li")]
    assert re.fullmatch(
        r"cancelled Marco Silvan to Osmark \(visit\): status confirmed → cancelled — Osmark cancelled it \[2:4\]",
        changes[0],
    )
    assert any("response no response reported → neither confirmed nor denied" in each for each in changes)
    assert "5 items unchanged" in shown(part(page, "changes"))
    assert "Late arrivals" in shown(part(page, "changes"))


def test_a_visit_says_when_who_where_status_who_confirms_sources_and_since(page: HtmlElement) -> None:
    row = line(page, "visit-ruiz-velia")
    cells = {cell.get("data-l"): shown(cell) for cell in row.xpath("./tr[1]/*")}
    assert cells["When"] == "on 18 and 19 June (18–19 June 2031)"
    assert (cells["Who"], cells["Where"], cells["Status"]) == ("Ana Ruiz", "Velia", "confirmed")
    assert cells["Confirmed"] == "the presidential palace: confirmed (the visit itself, dates) [1:1]"
    assert cells["Sources"].startswith("3 sources, 3 outlets [1:1, 4:1, 7:1, 9:1]")
    assert cells["Since"].startswith("9 June 2031")
    more = shown(row.xpath("./tr[2]"))
    assert "Also reported: this month (June 2031), a diplomatic source, 9 June 2031" in more
    assert "Earlier, since replaced: the presidential palace, not confirmed (dates)" in more


def test_an_overdue_visit_is_not_told_as_done_and_a_completed_one_is(page: HtmlElement) -> None:
    overdue, done = line(page, "visit-oyen-free-ports"), line(page, "visit-tal-norland")
    assert "no article says that it took place" in shown(overdue)
    assert "Took place, as reported" in shown(done)
    assert "Took place" not in shown(overdue)


def test_an_allegation_has_both_sides_its_date_every_answer_and_its_resolution(page: HtmlElement) -> None:
    row = line(page, "allegation-radios")
    cells = {cell.get("data-l"): shown(cell) for cell in row.xpath("./tr[1]/*")}
    assert (cells["Accuser"], cells["Accused"]) == ("Osmark and the Free Ports", "Norland")
    assert cells["Made"] == "on Monday (9 June 2031)"
    assert cells["Response"] == "Norland: neither confirmed nor denied, 10 June 2031 [3:2]"
    assert cells["Resolution"] == "unresolved"
    nobody = shown(line(page, "allegation-cable"))
    assert nobody.startswith("Somebody not named Velia")


def test_motives_stand_under_their_holders_and_say_who_tells_them(page: HtmlElement) -> None:
    section = part(page, "motives")
    assert [shown(head) for head in section.xpath("./h3")] == ["Ana Ruiz", "Norland"]
    assert "stated by the presidential palace" in shown(line(page, "motive-ruiz"))
    assert "the article's inference, not stated by Norland" in shown(line(page, "motive-norland"))
    jamming = shown(line(page, "motive-jamming"))
    assert "per a naval officer of Osmark" in jamming
    assert "hedged: “may”" in jamming


def test_every_side_of_a_conflict_has_its_source_and_day(page: HtmlElement) -> None:
    first = part(page, "conflicts").xpath(".//table")[0]
    rows = [tuple(map(shown, row)) for row in first.xpath("./tbody/tr")]
    assert rows == [
        ("24 and 25 June", "the cabinet office of Osmark official [2:1]", "10 June 2031"),
        ("nobody before 26 June", "the Velian chancellery official [2:2]", "10 June 2031"),
        ("between 24 and 29 June", "the article alone [6:1]", "undated"),
    ]


def test_a_question_says_what_would_resolve_it_and_what_it_is_about(page: HtmlElement) -> None:
    question = line(page, "question-dahl")
    assert "Resolves with: a joint statement" in shown(question)
    assert question.xpath(".//a[@href='#i-visit-dahl-velia']")


def test_actors_are_an_index_of_the_lines_that_name_them(page: HtmlElement) -> None:
    ruiz = line(page, "ruiz")
    assert ruiz.xpath(".//span[@class='in']//a/@href") == [
        "#i-visit-ruiz-velia", "#i-visit-ruiz-osmark", "#i-motive-ruiz",
    ]  # fmt: skip
    assert "“アナ・ルイス”, “آنا رويز”" in shown(ruiz)


def test_sources_have_their_numbers_states_and_what_was_withheld_and_why(page: HtmlElement) -> None:
    sources = page.xpath("//ol[@class='sources']/li")
    assert [int(each.get("value")) for each in sources] == list(range(1, 10))
    assert "duplicate of article 1" in shown(sources[3])
    assert "api_timeout" in shown(sources[4])
    assert "undated" in shown(sources[5])
    assert "late arrival" in shown(sources[6])
    assert "sha256 98d40c7bbb6a" in shown(sources[0])
    withheld = [shown(each) for each in page.xpath("//ul[@class='withheld']/li")]
    assert len(withheld) == 2
    assert "V01 sentence 3 tells of no visit" in withheld[1]


# -- evidence -----------------------------------------------------------------------------------------------


def test_every_cited_sentence_is_a_place_on_the_page_with_exactly_its_words(page: HtmlElement) -> None:
    """What a click shows is found by these places."""
    digest = example_digest()
    cited = [piece for visit in digest.planned_visits for piece in visit.evidence]
    cited += [piece for item in digest.allegations for answer in item.responses for piece in answer.evidence]
    assert len(cited) > 10
    for piece in cited:
        (place,) = page.xpath("//*[@id=$name]", name=f"a{piece.article}s{piece.sentence}")
        assert shown(place) == piece.quote
        assert place.get("data-n") == str(piece.sentence)
        assert "cited" in place.get("class")


def test_each_line_carries_its_articles_and_each_number_leads_to_the_sentence(page: HtmlElement) -> None:
    cites = line(page, "allegation-radios").xpath(".//td[@data-l='Claim']//span[@class='cites']")[0]
    assert cites.get("data-e") == "3.1 9.2"
    links = cites.xpath(".//a[@class='c']")
    assert [(link.text, link.get("href"), link.get("data-at")) for link in links] == [
        ("3", "#a3s1", "3.1"), ("9", "#a9s2", "9.2"),
    ]  # fmt: skip
    lines = page.xpath("//main//*[contains(concat(' ', @class, ' '), ' line ')]")
    without = [shown(each) for each in lines if not each.xpath(".//span[@class='cites']")]
    assert without == [
        "no longer reported Karst demanded an inquiry (position) — no article has told of it for 7 days"
    ]


def test_a_text_stands_once_and_only_quoted_sentences_where_it_was_not_kept(page: HtmlElement) -> None:
    kept = example_digest().articles[2].text
    assert kept is not None
    assert shown(page.xpath("//*[@id='t3']")) == kept
    assert example().count("Seven ships lost their radios") == 1
    quoted = page.xpath("//*[@id='t8']")[0]
    assert "The article’s text was not kept" in shown(quoted)
    assert len(with_class(quoted, "s")) == 2


def test_the_longest_quotation_of_a_sentence_is_shown_where_the_text_was_not_kept() -> None:
    """Two lines may quote parts of one sentence."""
    digest = example_digest()
    visit = digest.planned_visits[0]
    short, full = (
        Cited(article=8, sentence=9, quote=quote, start=0, end=len(quote)) for quote in ("Oyen", "Oyen left.")
    )
    changed = visit.model_copy(update={"evidence": (short, full)})
    page = read(render_html(digest.model_copy(update={"planned_visits": (changed,)})))
    assert shown(page.xpath("//*[@id='a8s9']")) == "Oyen left."


def test_a_number_without_any_place_is_shown_and_leads_nowhere() -> None:
    visit = example_digest().planned_visits[0].model_copy(update={"articles": (77,), "evidence": ()})
    page = read(render_html(example_digest(planned_visits=(visit.model_dump(),))))
    cell = page.xpath("//td[@data-l='Sources']")[0]
    assert "77" in shown(cell)
    assert cell.xpath(".//a[contains(@href, '77')]") == []
