"""The evaluation as an HTML page, and as a table for a terminal: complete, and harmless."""

from __future__ import annotations

import re

import lxml.html
import pytest
from gold_briefs import gold_brief
from invented import GOLD, GOLD_SET, SOURCE, actor, cited, gold_article, withheld

from briefgen.brief import Background, Brief, SummarySentence
from briefgen.evaluate import Failed, GoldSet, evaluate
from briefgen.evaluate.page import page
from briefgen.evaluate.table import table
from core_helpers import broken

GOOD = gold_brief(SOURCE)
BAD = broken(GOOD, "planned_visits", 1, status="confirmed").model_copy(
    update={
        "actors": (
            *(each for each in GOOD.actors if each.name not in {"Ostia", "Selm Kurier"}),
            actor("Cape Orm", 4),
        ),
        "motives": GOOD.motives[:1],
        "summary": (SummarySentence(text="Rell will visit Ostia.", evidence=cited(SOURCE, 1)),),
        "background": (
            Background(id="background-1", text="Lind was there.", kind="event", evidence=cited(SOURCE, 3)),
        ),
        "withheld": (
            withheld("motives", code="M03", holder="Velia", aim="keep the strait closed", sentence=8),
            withheld("motives", code="M02", holder="Ostia", aim="rain", sentence=6),
        ),
    }
)


def html_of(brief: Brief | Failed, gold: GoldSet = GOLD_SET) -> str:
    briefs = {each.id: brief for each in gold.articles}
    return page(evaluate(gold, briefs), gold, briefs)


def read(html: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(html)


def text_of(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def items(html: str, outcome: str) -> list[str]:
    return [text_of(each) for each in read(html).xpath(f"//div[contains(@class, 'item {outcome}')]")]


def test_every_outcome_is_marked_with_a_word() -> None:
    html = html_of(BAD)
    assert any(each.startswith("HIT Ada Rell") for each in items(html, "hit"))
    assert any(each.startswith("MISSED Velia: Keep the strait closed") for each in items(html, "missed"))
    assert any(each.startswith("FALSE ALARM Cape Orm") for each in items(html, "false_alarm"))
    assert any(each.startswith("OPTIONAL Who owned") for each in items(html, "optional"))
    wrongly, rightly = items(html, "withheld")
    assert wrongly.startswith("WITHHELD, WRONGLY")
    assert "it would have been: Velia: Keep the strait closed" in wrongly
    assert rightly.startswith("WITHHELD, rightly")
    assert "M02 why" in rightly


def test_a_wrong_field_shows_both_values() -> None:
    assert any("status: confirmed ✗, gold: possible" in each for each in items(html_of(BAD), "hit"))


def test_critical_errors_stand_above_the_article_and_mark_item_and_sentence() -> None:
    html = html_of(BAD)
    (box,) = read(html).xpath("//section/div[@class='critical']")
    assert "1 critical error" in text_of(box)
    assert "Foreign Minister Bo Lind may travel to Velia" in text_of(box)
    assert html.index("1 critical error<") < html.index('class="sides"')
    (marked,) = [each for each in items(html, "hit") if "CRITICAL" in each]
    assert "Bo Lind → Velia" in marked
    (sentence,) = read(html).xpath("//p[contains(@class, 'wrong')]")
    assert sentence.get("id") == "a1-s2"


def test_every_link_has_its_place_on_the_page() -> None:
    document = read(html_of(BAD))
    ids = document.xpath("//@id")
    links = document.xpath("//a/@href")
    assert links
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert all(link.startswith("#") for link in links)


def test_every_sentence_of_the_article_and_every_warning_is_there() -> None:
    shown = text_of(read(html_of(BAD)))
    for sentence in SOURCE.article.sentences:
        assert sentence.text in shown
    assert "Velia sank the trawler, told as a fact" in shown
    assert "No allegation: Ostia expressed concern" in shown
    assert "Past or under way, no plan: Bo Lind → Kestria" in shown
    assert "Lind was there." in shown


def test_a_failed_article_is_a_failed_row_with_everything_missed() -> None:
    html = html_of(Failed(code="api_timeout", message="no answer"))
    assert "FAILED: there is no brief" in html
    assert "api_timeout: no answer" in html
    assert len(items(html, "missed")) == 13


@pytest.mark.covers("B-OUT-15")
def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing() -> None:
    document = read(html_of(BAD))
    (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"
    assert not document.xpath("//script | //link | //img | //iframe | //@src | //@onclick")
    assert "url(" not in html_of(BAD)


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e{{ 7*7 }}\x1b[31m\" onclick='x' &amp;"


def hostile() -> tuple[GoldSet, Brief]:
    """A hostile string everywhere that a string can stand: article, gold, brief and what was withheld."""
    text = f"{SOURCE.article.text}\nOstia said {HOSTILE} of it."
    gold = GOLD | {
        "must_not": [HOSTILE],
        "motives": [GOLD["motives"][0] | {"text": f"Reopen {HOSTILE}"}],
        "not_allegations": [{"text": HOSTILE, "evidence": ["Ostia expressed"]}],
    }
    source = gold_article(text, gold)
    good = gold_brief(source)
    brief = good.model_copy(
        update={
            "headline": HOSTILE,
            "actors": (*good.actors, actor(HOSTILE, 1, source=source)),
            "open_questions": (
                good.open_questions[0].model_copy(update={"id": 'q" onclick="x', "question": HOSTILE}),
            ),
            "withheld": (withheld("motives", holder=HOSTILE, aim=HOSTILE, sentence=1),),
            "provenance": good.provenance.model_copy(update={"model": HOSTILE}),
        }
    )
    return GoldSet((source,)), brief


def test_hostile_strings_are_text_on_the_page_and_nothing_else() -> None:
    gold, brief = hostile()
    html = html_of(brief, gold)
    document = read(html)
    assert not document.xpath("//script | //img")
    assert not [name for each in document.iter() for name in each.attrib if name.startswith("on")]
    assert "alert(1)" in document.text_content()
    assert "{{ 7*7 }}" in document.text_content()
    assert not re.search("[\u202e\x1b]", html)


def test_hostile_strings_do_nothing_to_a_terminal() -> None:
    gold, brief = hostile()
    shown = table(evaluate(gold, {"strait": brief}))
    assert "alert(1)" in shown
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e\x7f-\x9f]", shown)


def test_the_table_lists_scores_articles_critical_errors_and_failures() -> None:
    evaluation = evaluate(GOLD_SET, {"strait": BAD})
    lines = table(evaluation).splitlines()
    rows = {line.split()[0]: line.split() for line in lines if line}
    assert rows["actors"][1:7] == ["0.80", "0.67", "0.73", "4", "2", "1"]
    assert rows["motives"][1:7] == ["1.00", "0.50", "0.67", "1", "1", "0"]
    assert " ".join(rows["accuracy:"]).startswith("accuracy: status 0.50 (1/2) · dates 1.00 (2/2)")
    at = lines.index("CRITICAL ERRORS (1)")
    assert lines[at + 1 : at + 5] == [
        "  • strait · status_too_strong",
        "      planned_visits: Bo Lind → Velia",
        "      confirmed, and the gold says possible",
        "      [s2] Foreign Minister Bo Lind may travel to Velia, the Selm Kurier reported.",
    ]
    failed = table(evaluate(GOLD_SET, {}))
    assert "FAILED (1)\n  • strait: no_brief: there is no brief of it" in failed


@pytest.mark.parametrize(
    ("value", "shown"), [(None, "–"), (0.0, "0.00"), (1.0, "1.00"), (0.999, "0.99"), (2 / 3, "0.67")]
)
def test_a_ratio_that_is_not_quite_1_does_not_look_like_it(value: float | None, shown: str) -> None:
    from briefgen.evaluate.columns import ratio

    assert ratio(value) == shown
