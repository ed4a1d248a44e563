"""Verified briefs to break: fixtures of the repository, gold articles, and real articles by their ids.

A subject is an article and the brief that code vouched for, made of a good scripted answer. Nothing of a real
article is kept here: texts and gold are read beside the checkout, at test time.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from briefgen.article import Article
from briefgen.excerpts import restored
from briefgen.generator import BriefGenerator
from briefgen.testing import ScriptedModel
from briefgen.verification import audit
from fixture_projection import Fixture, all_fixtures
from seed_answers import GOOD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Brief

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared"
Origin = Literal["fixture", "gold", "real"]


@dataclass(frozen=True)
class Subject:
    """An article and its verified brief. ``clean`` is what the audit says of it as it is: (facet, code)."""

    id: str
    origin: Origin
    article: Article
    brief: Brief = field(repr=False)

    def __str__(self) -> str:
        return self.id[:32]

    def __hash__(self) -> int:
        return hash(self.id)

    def sentence(self, n: int) -> str:
        """Text of sentence ``n``."""
        return self.article.sentence(n).text

    def name(self, actor: str) -> str:
        """Name of the actor of this id."""
        return self.brief.actor(actor).name

    def audited(self) -> frozenset[tuple[str, str, str]]:
        """Facet, item and code of what the rules say of the unbroken brief."""
        return _audited(self)


@cache
def _audited(subject: Subject) -> frozenset[tuple[str, str, str]]:
    found = audit(subject.brief, subject.article)
    return frozenset((facet, item, finding.code) for facet, item, finding in found)


@cache
def fixture_subjects() -> tuple[Subject, ...]:
    """The articles of ``fixtures/`` with their good answers."""
    return tuple(_of_fixture(fixture) for fixture in all_fixtures() if fixture.kind == "good")


def _of_fixture(fixture: Fixture) -> Subject:
    article = fixture.article()
    return Subject(fixture.name, "fixture", article, BriefGenerator(fixture.model()).generate(article))


@cache
def shared_subjects() -> tuple[Subject, ...]:
    """Gold and other real articles; none where ``../shared`` is not."""
    if not SHARED.is_dir():
        return ()
    return (*_gold_subjects(), *_real_subjects())


def all_subjects() -> tuple[Subject, ...]:
    """Every subject that can be made here."""
    return (*fixture_subjects(), *shared_subjects())


# -- gold ------------------------------------------------------------------------------------------------------


def _gold_subjects() -> Iterator[Subject]:
    lines = _lines()
    for row in _rows(SHARED / "gold" / "articles.jsonl"):
        article = _article(row)
        gold = json.loads((SHARED / "gold" / f"{row['id']}.json").read_text(encoding="utf-8"))
        given = restored(lines.get(row["id"], {}), article.text)
        answers = GOOD if row["id"] == "seed" else gold_answers(article, gold, given)
        yield _subject(row["id"], "gold", article, answers)


def gold_answers(article: Article, gold: dict[str, Any], lines: dict[str, Any]) -> dict[str, Any]:
    """Drafts that say what the gold brief says, as a model would give them: one entry a sentence."""
    visits = [
        {"sentence": n, "visitors": visit["visitors"], "destinations": [visit["destination"]]}
        for visit in gold["planned_visits"]
        for n in cited(article, visit)
    ]
    accusations = [
        {"sentence": n, "accusers": item["accusers"], "accused": item["accused"], "claim": item["claim"]}
        for item in gold["allegations"]
        for n in cited(article, item)[:1]
    ]
    motives = [
        {"sentence": n, "holder": item["holder"], "aim": item["text"]}
        for item in gold["motives"]
        for n in cited(article, item)[:1]
    ]
    questions = [
        {"sentence": n, "question": item["question"]}
        for item in gold["open_questions"]
        for n in cited(article, item)[:1]
    ]
    drafts = {
        "actors": [{"name": a["name"], "kind": a["kind"]} for a in gold["actors"] if a["required"]],
        "planned_visits": visits,
        "allegations": accusations,
        "motives": motives,
        "open_questions": questions,
    }
    return {**{name: {"items": items} for name, items in drafts.items()}, **_line_drafts(lines)}


def cited(article: Article, item: dict[str, Any]) -> list[int]:
    """Numbers of the sentences that hold the item's quotations, in the order of the quotations."""
    found = [
        next((s.n for s in article.sentences if quote in s.text), 0) for quote in item.get("evidence", [])
    ]
    return [n for n in dict.fromkeys(found) if n]


# -- other real articles ---------------------------------------------------------------------------------------


def _real_subjects() -> Iterator[Subject]:
    lines = {name: given for name, given in _lines().items() if "file" in given}
    rows = {
        row["id"]: row
        for file in ("clusters", "diplomacy")
        for row in _rows(SHARED / "data" / "articles" / f"{file}.jsonl")
        if row["id"] in lines and lines[row["id"]]["file"] == file
    }
    for name, given in lines.items():
        article = _article(rows[name])
        yield _subject(name, "real", article, real_answers(restored(given, article.text)))


def real_answers(given: dict[str, Any]) -> dict[str, Any]:
    """Drafts of an entry of ``real_answers.toml``."""
    actors = [line.rpartition(": ") for line in given["actors"]]
    fields = {
        "planned_visits": ("visits", ("sentence", "visitors", "destinations", "purpose")),
        "allegations": ("accusations", ("sentence", "accusers", "accused", "claim")),
        "motives": ("motives", ("sentence", "holder", "aim")),
        "open_questions": ("questions", ("sentence", "question")),
    }
    drafts: dict[str, Any] = {
        facet: {"items": [dict(zip(names, row, strict=False)) for row in given.get(key, [])]}
        for facet, (key, names) in fields.items()
    }
    drafts["actors"] = {"items": [{"name": name, "kind": kind} for name, _, kind in actors]}
    return {**drafts, **_line_drafts(given)}


def _line_drafts(given: dict[str, Any]) -> dict[str, Any]:
    lines = {
        name: [{"sentence": n, "text": text} for n, text in given.get(name, [])]
        for name in ("summary", "background")
    }
    return {
        "background": {"items": lines["background"]},
        "summary": {"headline": given.get("headline", ""), "items": lines["summary"]},
    }


@cache
def _lines() -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / "real_answers.toml").read_text(encoding="utf-8"))


def _subject(name: str, origin: Origin, article: Article, answers: dict[str, Any]) -> Subject:
    model = ScriptedModel({facet: [answer] for facet, answer in answers.items()})
    return Subject(name, origin, article, BriefGenerator(model).generate(article))


def _article(row: dict[str, Any]) -> Article:
    date = row.get("date") or ""
    return Article.from_text(
        row["text"], published=date if len(date) == 10 else None, title=row.get("title") or None
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)
