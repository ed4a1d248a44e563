"""Real news, read with drafts made without a model: no exception, and nothing let through that a rule forbids."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.article import Article
from briefgen.facets.base import Context, all_facets
from briefgen.generator import BriefGenerator
from briefgen.testing import ScriptedModel
from core_helpers import critical

if TYPE_CHECKING:
    from pathlib import Path

STEP = 20
"""Every twentieth article: all 395 take a minute; run all with ``STEP = 1`` after a change of a rule."""

FACETS = {facet.name: facet for facet in all_facets()}


@pytest.fixture(scope="module")
def articles(shared: Path) -> list[Article]:
    lines = (shared / "data/articles/diplomacy.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines[::STEP]]
    return [
        Article.from_text(row["text"], published=row["date"] if len(row["date"] or "") == 10 else None)
        for row in rows
    ]


def mechanical(article: Article) -> dict[str, dict[str, Any]]:
    """Drafts of an article from where its facets look, filled with the names and words that stand there."""
    context = Context.of(article)
    names: dict[int, list[str]] = {}
    for mention in context.cast.names:
        names.setdefault(mention.n, []).append(mention.text[:60])
    every = list(dict.fromkeys(name for found in names.values() for name in found))
    kinds = ["person", "organisation", "group", "media", "government"]

    def look(facet: str) -> list[tuple[int, list[str], str]]:
        numbers = FACETS[facet].candidates(context, article.sentences)
        return [(n, names.get(n, []), article.sentence(n).text) for n in numbers]

    entries: dict[str, list[dict[str, Any]]] = {
        "actors": [{"name": name, "kind": kinds[at % 5]} for at, name in enumerate(every[:15])],
        "planned_visits": [
            {"sentence": n, "visitors": found[:2], "destinations": found[-2:], "purpose": text[-60:]}
            for n, found, text in look("planned_visits")
        ],
        "allegations": [
            {"sentence": n, "accusers": found[:1], "accused": found[1:2], "claim": text[:390]}
            for n, found, text in look("allegations")
        ],
        "motives": [
            {"sentence": n, "holder": (found or [""])[0], "aim": text.partition(" to ")[2][:390]}
            for n, found, text in look("motives")
        ],
        "positions": [
            {"sentence": n, "holder": (found or [""])[0], "stance": "criticism", "about": text[:390]}
            for n, found, text in look("positions")
        ],
        "open_questions": [
            {"sentence": n, "question": f"Will {text[:200]}?"} for n, _, text in look("open_questions")
        ],
        "background": [{"sentence": n, "text": text[:490]} for n, _, text in look("background")],
        "summary": [{"sentence": s.n, "text": s.text[:590]} for s in article.sentences[:3]],
    }
    drafts: dict[str, dict[str, Any]] = {facet: {"items": items} for facet, items in entries.items()}
    drafts["summary"]["headline"] = article.sentences[0].text[:290]
    return drafts


def scrambled(drafts: dict[str, dict[str, Any]], seed: int) -> dict[str, dict[str, Any]]:
    """The same drafts as a careless model would mix them up: numbers, names and texts exchanged."""
    dice = random.Random(seed)
    names = [entry["name"] for entry in drafts["actors"]["items"]] + ["he", "null", "Zoe Quint", ""]
    mixed: dict[str, dict[str, Any]] = json.loads(json.dumps(drafts))
    for facet in mixed.values():
        for entry in facet["items"]:
            for field, value in entry.items():
                if field == "sentence":
                    entry[field] = dice.choice([value, value + 1, value - 1, dice.randint(-1, 40)])
                elif isinstance(value, list):
                    entry[field] = dice.choices(names, k=dice.randint(0, 3))
                elif field in {"holder", "name"}:
                    entry[field] = dice.choice(names)
                elif isinstance(value, str) and field not in {"kind", "stance"}:
                    words = value.split()
                    dice.shuffle(words)
                    entry[field] = dice.choice([value, " ".join(words), f"{value} 17"])[:200]
    return mixed


def check(article: Article, drafts: dict[str, dict[str, Any]]) -> None:
    brief = BriefGenerator(ScriptedModel(lambda prompt: drafts[prompt.facet])).generate(article)
    assert critical(brief, article) == []
    assert "failed" not in brief.coverage.facets.values()
    for actor in brief.actors:
        assert actor.evidence
    assert brief.headline


def test_drafts_made_of_the_article_itself_let_nothing_forbidden_through(articles: list[Article]) -> None:
    for article in articles:
        check(article, mechanical(article))


def test_drafts_mixed_up_at_random_let_nothing_forbidden_through(articles: list[Article]) -> None:
    for seed, article in enumerate(articles):
        check(article, scrambled(mechanical(article), seed))


def test_the_words_of_an_article_never_count_as_invented(articles: list[Article]) -> None:
    for article in articles:
        ground = Context.of(article).ground
        for sentence in article.telling:
            assert ground.ungrounded_names(sentence.text) == []
            assert ground.ungrounded_numbers(sentence.text) == []
            assert ground.altered_quotes(sentence.text) == []
