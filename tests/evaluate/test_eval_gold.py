"""Reading gold; its quotations in the article; the real gold scored against itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from gold_briefs import gold_brief
from invented import GOLD, SOURCE, TEXT, gold_article

from briefgen.errors import InputError
from briefgen.evaluate import evaluate, read_briefs, read_gold
from briefgen.evaluate.gold import GoldSet
from briefgen.evaluate.quotes import Quotes
from core_helpers import broken

if TYPE_CHECKING:
    from pathlib import Path

    from briefgen.brief import Brief
    from briefgen.evaluate.gold import GoldArticle

LINE = {"id": "strait", "title": "Rell to visit Ostia", "date": "2027-05-03", "text": TEXT}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles.jsonl").write_text(json.dumps(LINE) + "\n\n", encoding="utf-8")
    (tmp_path / "strait.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


def test_gold_is_read_with_its_article_and_date(folder: Path) -> None:
    (source,) = read_gold(folder).articles
    assert source.id == "strait"
    assert source.gold == SOURCE.gold
    assert source.article.published == SOURCE.article.published
    assert source.article.id == SOURCE.article.id


def test_an_article_without_gold_is_named_as_unfinished(folder: Path) -> None:
    more = json.dumps(LINE) + "\n" + json.dumps(LINE | {"id": "new"}) + "\n"
    (folder / "articles.jsonl").write_text(more, encoding="utf-8")
    gold = read_gold(folder)
    assert gold.ids == ("strait",)
    assert gold.unfinished == ("new",)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("articles.jsonl", None, "cannot read"),
        ("articles.jsonl", "", "has no gold"),
        ("articles.jsonl", "{", "line 1"),
        ("articles.jsonl", '["strait"]', "line 1"),
        ("articles.jsonl", '{"id": "strait"}', "line 1"),
        ("articles.jsonl", json.dumps(LINE) + "\n" + json.dumps(LINE), "line 2"),
        ("articles.jsonl", json.dumps(LINE | {"id": "../strait"}), "line 1"),
        ("strait.json", None, "has no gold"),
        ("strait.json", "{", "strait.json is no gold"),
        ("strait.json", json.dumps(GOLD | {"article_id": "other"}), "gold of 'other'"),
        ("strait.json", json.dumps(GOLD | {"motive": []}), "motive"),
        ("strait.json", json.dumps(GOLD | {"motives": [{"holder": "Ostia"}]}), "motives.0"),
    ],
)
def test_gold_that_cannot_be_read_is_refused_with_the_place(
    folder: Path, name: str, content: str | None, says: str
) -> None:
    path = folder / name
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=says) as raised:
        read_gold(folder)
    assert raised.value.exit_code == 4
    assert "\n" not in str(raised.value)


def test_halves_share_no_article_and_leave_none_out() -> None:
    articles = tuple(gold_article(article_id=f"n{at}") for at in range(5))
    gold = GoldSet(articles)
    assert gold.half("a").ids == ("n0", "n2", "n4")
    assert gold.half("b").ids == ("n1", "n3")


def test_only_some_articles_and_an_unknown_one_is_refused() -> None:
    gold = GoldSet(tuple(gold_article(article_id=f"n{at}") for at in range(3)))
    assert gold.only(["n2", "n0"]).ids == ("n0", "n2")
    with pytest.raises(InputError, match="n7"):
        gold.only(["n0", "n7"])


def test_the_fingerprint_changes_with_text_date_and_gold() -> None:
    prints = {
        each.fingerprint
        for each in (
            SOURCE,
            gold_article(TEXT + "It rained."),
            gold_article(must_not=[]),
            gold_article(motives=GOLD["motives"][:1]),
        )
    }
    assert len(prints) == 4
    assert gold_article().fingerprint == SOURCE.fingerprint


# -- quotations -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "numbers"),
    [
        ("Lind visited Kestria", {3}),
        ("Lind  visited\n Kestria", {3}),
        ("Velia", {2, 4, 5, 8}),
        ("in March. Norland accused", {3, 4}),
        ("the trawler", {9}),
        ("Lind visited Ostia", set()),
        (" ", set()),
    ],
)
def test_a_quotation_is_found_in_each_sentence_that_holds_part_of_it(quote: str, numbers: set[int]) -> None:
    assert Quotes(SOURCE.article).sentences([quote]) == numbers


def test_a_quotation_of_the_title_is_known_but_in_no_sentence() -> None:
    quotes = Quotes(SOURCE.article)
    assert quotes.unknown(["Rell to visit", "Rell to stay", "lind visited Kestria"]) == [
        "Rell to stay",
        "lind visited Kestria",
    ]
    assert quotes.sentences(["Rell to visit"]) == frozenset()


# -- briefs of a folder -----------------------------------------------------------------------------------


def brief(**more: Any) -> str:
    return gold_brief(SOURCE).model_copy(update=more).to_json()


def test_a_brief_is_found_by_its_file_name_or_by_the_text_it_was_made_of(tmp_path: Path) -> None:
    (tmp_path / "cut-off-na.json").write_text(brief(headline="by text"), encoding="utf-8")
    (tmp_path / "notes.json").write_text("[]", encoding="utf-8")
    assert read_briefs(tmp_path, GoldSet((SOURCE,)))["strait"].headline == "by text"
    (tmp_path / "strait.json").write_text(brief(headline="by name"), encoding="utf-8")
    assert read_briefs(tmp_path, GoldSet((SOURCE,)))["strait"].headline == "by name"


def test_a_brief_of_no_gold_article_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text(brief(), encoding="utf-8")
    other = gold_article("Nothing happened.", gold={"article_id": "nothing"})
    assert read_briefs(tmp_path, GoldSet((other,))) == {}


def test_a_file_named_by_an_article_that_holds_no_brief_is_refused(tmp_path: Path) -> None:
    (tmp_path / "strait.json").write_text('{"headline": 1}', encoding="utf-8")
    with pytest.raises(InputError, match=r"strait\.json"):
        read_briefs(tmp_path, GoldSet((SOURCE,)))
    with pytest.raises(InputError, match="no folder"):
        read_briefs(tmp_path / "none", GoldSet((SOURCE,)))


# -- the real gold ----------------------------------------------------------------------------------------

FACETS = ("actors", "planned_visits", "motives", "allegations", "open_questions")


@pytest.fixture(scope="module")
def real(shared: Path) -> GoldSet:
    return read_gold(shared / "gold")


def test_every_quotation_of_the_real_gold_is_in_its_article(real: GoldSet) -> None:
    assert len(real.articles) >= 12
    assert evaluate(real, {}).gold_errors == ()


@pytest.mark.parametrize("optional", [True, False])
def test_the_real_gold_scored_against_itself_is_right_everywhere(real: GoldSet, optional: bool) -> None:
    briefs = {source.id: gold_brief(source, optional=optional) for source in real.articles}
    evaluation = evaluate(real, briefs)
    assert evaluation.critical == ()
    for article in evaluation.articles:
        tally = article.scores.overall.tally
        assert (tally.misses, tally.false_alarms) == (0, 0), article.id
        assert {score.tally.f1 for score in article.scores.facets.values()} <= {1.0, None}
        assert article.scores.overall.evidence.value == 1.0
        assert {share.value for share in article.scores.fields.values()} <= {1.0, None}


def perturbed(source: GoldArticle) -> list[Brief]:
    """The gold's brief with one thing wrong, in each facet that has something."""
    good = gold_brief(source, optional=False)
    items = {facet: getattr(good, facet) for facet in FACETS[1:] if getattr(good, facet)}
    made = [good.model_copy(update={facet: listed[1:]}) for facet, listed in items.items()]
    if good.planned_visits:
        other = "denied" if good.planned_visits[0].status != "denied" else "possible"
        made.append(broken(good, "planned_visits", 0, status=other))
    return made


def test_the_real_gold_with_one_thing_wrong_scores_lower(real: GoldSet) -> None:
    for source in real.articles:
        for bad in perturbed(source):
            scores = evaluate(GoldSet((source,)), {source.id: bad}).totals
            wrong = [share for share in scores.fields.values() if share.right < share.of]
            assert scores.overall.tally.misses == 1 or wrong, source.id
