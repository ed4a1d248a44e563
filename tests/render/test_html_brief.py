"""The page of one brief: the same page, with what only a brief has."""

from __future__ import annotations

import pytest
from example_briefs import empty_brief, rich_brief
from html_reading import line, part, problems, read, shown, with_class

from briefgen.article import Article
from briefgen.brief import Brief, SentenceSpan
from briefgen.render import RenderOptions, render
from fixture_projection import Fixture

FIXTURE = Fixture("two_allegations", "good")


def test_a_brief_has_the_sections_of_a_digest_but_those_that_need_two_articles() -> None:
    text = render(rich_brief(), "html")
    page = read(text)
    assert problems(text) == []
    assert shown(page.xpath("//h1")) == rich_brief().headline
    assert [section.get("id") for section in page.xpath("//main/section")] == [
        "bottom-line", "visits", "allegations", "motives", "positions", "questions", "background", "actors",
        "more-1", "more-2", "sources",
    ]  # fmt: skip
    assert [shown(head) for head in page.xpath("//main//h2")][-3:] == [
        "Notes 1",
        "Coverage",
        "Source and method",
    ]
    assert "sources" not in shown(page.xpath("//thead"))


def test_lines_of_a_brief_cite_sentences() -> None:
    page = read(render(rich_brief(), "html"))
    cells = {cell.get("data-l"): shown(cell) for cell in line(page, "visit-1").xpath("./tr[1]/*")}
    assert cells["Sentences"] == "[s1 s2 s4]"
    assert [shown(each) for each in line(page, "visit-1").xpath(".//p[@class='say']")] == [
        "Tomas Lindqvist: confirmed (preparation) [s2]",
        "the presidential office: not confirmed (dates) [s4]",
    ]
    assert shown(part(page, "bottom-line").xpath(".//li")[1]).endswith("[s2 s4]")


def test_empty_failed_and_withheld_facets_look_different() -> None:
    page = read(render(rich_brief(motives=()), "html"))
    assert shown(part(page, "background").xpath("./p")).startswith("NOT ANSWERED: no complete answer")
    assert "None vouched for; 1 was withheld" in shown(part(page, "motives"))
    assert shown(part(read(render(empty_brief(), "html")), "visits").xpath("./p")) == "None reported."


def test_those_who_take_one_position_together_stand_together() -> None:
    positions = part(read(render(rich_brief(), "html")), "positions").xpath(".//li[contains(@class, 'line')]")
    assert len(positions) == 1
    assert shown(positions[0]).startswith("Osmark and the Free Ports voiced concern")


def test_without_the_article_only_quoted_sentences_are_shown_each_once() -> None:
    page = read(render(FIXTURE.brief(), "html"))
    text = page.xpath("//*[@id='t1']")[0]
    assert "was not kept" in shown(text)
    numbers = [int(each.get("data-n")) for each in with_class(text, "s")]
    assert numbers == sorted(set(numbers))
    assert len(numbers) < len(FIXTURE.article().sentences)


def test_with_the_article_its_text_stands_beside_the_brief_in_its_own_paragraphs() -> None:
    article = FIXTURE.article()
    page = read(render(FIXTURE.brief(), "html", RenderOptions(article=article)))
    text = page.xpath("//*[@id='t1']")[0]
    assert shown(text.xpath("./p[1]")) == shown_lines(article)[0]
    assert [shown(each) for each in text.xpath("./p")] == shown_lines(article)
    assert [shown(each) for each in with_class(text, "s")] == [s.text for s in article.sentences]


def shown_lines(article: Article) -> list[str]:
    return [" ".join(each.split()) for each in article.text.split("\n") if each.strip()]


def test_another_article_is_not_shown_beside_a_brief() -> None:
    """Its sentences would be highlighted in the place of the right ones."""
    other = Article.from_text("Nothing of this stands in the brief. Nor does this.")
    brief = FIXTURE.brief()
    assert render(brief, "html", RenderOptions(article=other)) == render(brief, "html")


def test_a_facet_outside_the_contract_is_shown_with_links_to_its_sentences() -> None:
    extra = {"id": "toll-1", "text": "Two pilots were hurt", "evidence": [{"sentence": 3}]}
    data = FIXTURE.brief().model_dump(mode="json") | {"tolls": [extra]}
    page = read(render(Brief.model_validate(data), "html", RenderOptions(article=FIXTURE.article())))
    (section,) = (each for each in page.xpath("//section") if shown(each).startswith("Tolls"))
    assert section.xpath(".//a[@class='c']/@href") == ["#a1s3"]


def test_sentences_that_nothing_rests_on_can_be_opened_too() -> None:
    article = Article.from_text("One is here. Two is here. Three is here.")
    brief = empty_brief()
    info = brief.article.model_copy(
        update={
            "id": article.id,
            "sentences": tuple(SentenceSpan(n=s.n, start=s.start, end=s.end) for s in article.sentences),
        }
    )
    coverage = brief.coverage.model_copy(update={"uncovered": (2,)})
    made = brief.model_copy(update={"article": info, "coverage": coverage})
    page = read(render(made, "html", RenderOptions(article=article)))
    assert part(page, "more-1").xpath(".//a[@class='c']/@href") == ["#a1s2"]
    assert "cited" in page.xpath("//*[@id='a1s2']/@class")[0]


@pytest.mark.parametrize("name", ["postponed_visit", "confirmed_visit", "motives", "braces"])
def test_every_fixture_makes_a_page_without_problems(name: str) -> None:
    fixture = Fixture(name, "careless")
    assert problems(render(fixture.brief(), "html", RenderOptions(article=fixture.article()))) == []
