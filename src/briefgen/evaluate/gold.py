"""Gold: articles and what a good brief of each must say, as editors wrote it down."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from briefgen.article import Article
from briefgen.brief import ActorKind, Basis, QuestionKind, Stance, VisitStatus
from briefgen.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ARTICLES = "articles.jsonl"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldItem(_Part):
    """``evidence``: verbatim substrings of the article. ``required``: a good brief must have the item."""

    evidence: tuple[str, ...] = ()
    required: bool = True


class GoldActor(GoldItem):
    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind


class GoldVisit(GoldItem):
    visitors: tuple[str, ...]
    destination: str
    timing_text: str | None = None
    earliest: date | None = None
    latest: date | None = None
    status: VisitStatus


class GoldPastVisit(_Part):
    """A visit that a careless reader could take for a planned one."""

    visitors: tuple[str, ...]
    destination: str
    evidence: tuple[str, ...] = ()


class GoldMotive(GoldItem):
    holder: str
    text: str
    basis: Basis
    according_to: tuple[str, ...] = ()


class GoldResponse(_Part):
    by: str
    stance: Stance


class GoldAllegation(GoldItem):
    accusers: tuple[str, ...]
    accused: tuple[str, ...]
    claim: str
    responses: tuple[GoldResponse, ...] = ()


class GoldNoAllegation(_Part):
    """Concern, criticism or a demand that a careless reader could take for an allegation."""

    text: str
    evidence: tuple[str, ...] = ()


class GoldQuestion(GoldItem):
    question: str
    kind: QuestionKind


class GoldBrief(_Part):
    """What a good brief of one article says, and what it must not say."""

    article_id: str
    actors: tuple[GoldActor, ...] = ()
    planned_visits: tuple[GoldVisit, ...] = ()
    past_visits: tuple[GoldPastVisit, ...] = ()
    motives: tuple[GoldMotive, ...] = ()
    allegations: tuple[GoldAllegation, ...] = ()
    not_allegations: tuple[GoldNoAllegation, ...] = ()
    open_questions: tuple[GoldQuestion, ...] = ()
    must_not: tuple[str, ...] = ()

    def quotes(self) -> Iterator[str]:
        """Every quotation of the article."""
        parts: tuple[tuple[GoldItem | GoldPastVisit | GoldNoAllegation, ...], ...] = (
            self.actors,
            self.planned_visits,
            self.past_visits,
            self.motives,
            self.allegations,
            self.not_allegations,
            self.open_questions,
        )
        for items in parts:
            for item in items:
                yield from item.evidence


@dataclass(frozen=True)
class GoldArticle:
    """One article under the name ``id`` that the gold gives it, and its gold."""

    id: str
    article: Article
    gold: GoldBrief

    @property
    def fingerprint(self) -> str:
        """SHA-256 of text and gold: two scores can be compared only where it is the same."""
        content = [self.article.id, str(self.article.published), self.gold.model_dump(mode="json")]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class GoldSet:
    """Articles with gold, in order of their ids. ``unfinished``: ids of articles that have none yet."""

    articles: tuple[GoldArticle, ...]
    unfinished: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(article.id for article in self.articles)

    def only(self, ids: Iterable[str]) -> GoldSet:
        """The articles with these ids. Raises :class:`InputError` for one that is not here."""
        wanted = list(dict.fromkeys(ids))
        missing = sorted(set(wanted) - set(self.ids))
        if missing:
            raise InputError(
                f"there is no gold of {missing[0]!r}", hint=f"there is of: {', '.join(self.ids)}"
            )
        return GoldSet(tuple(article for article in self.articles if article.id in wanted))

    def half(self, which: str) -> GoldSet:
        """Half ``a`` (the first, third, … article by id) or ``b`` (the others), so that tuning on one
        leaves the other unseen.
        """
        return GoldSet(self.articles[{"a": 0, "b": 1}[which] :: 2])


def read_gold(folder: str | Path) -> GoldSet:
    """Read ``articles.jsonl`` and one ``<id>.json`` of gold for each article.

    Raises :class:`InputError` where there is no gold, or a file is not what it should be.
    """
    folder = Path(folder)
    articles = list(_articles(folder / ARTICLES))
    found, unfinished = [], []
    for article_id, article in sorted(articles, key=lambda pair: pair[0]):
        path = folder / f"{article_id}.json"
        if path.is_file():
            found.append(GoldArticle(article_id, article, _gold(path, article_id)))
        else:
            unfinished.append(article_id)
    if not found:
        raise InputError(f"{str(folder)!r} has no gold", hint="it needs a JSON file for each article")
    return GoldSet(tuple(found), tuple(unfinished))


def _articles(path: Path) -> Iterator[tuple[str, Article]]:
    seen = set()
    for number, line in enumerate(_read(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            article_id, text = entry["id"], entry["text"]
            known = {"title": entry.get("title"), "publisher": entry.get("source"), "url": entry.get("url")}
        except (ValueError, KeyError, TypeError, AttributeError):
            raise InputError(
                f"{path.name}, line {number}, is no article", hint="it needs id, text, title and date"
            ) from None
        if article_id in seen or Path(article_id).name != article_id:
            raise InputError(
                f"{path.name}, line {number}: {article_id!r} cannot be the id", hint="name it anew"
            )
        seen.add(article_id)
        yield article_id, Article.from_text(text, published=entry.get("date"), **known)


def _gold(path: Path, article_id: str) -> GoldBrief:
    try:
        gold = GoldBrief.model_validate_json(_read(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{path.name} is no gold: {place}: {first['msg']}", hint="mend the file") from None
    if gold.article_id != article_id:
        raise InputError(f"{path.name} is the gold of {gold.article_id!r}", hint="name it by its article")
    return gold


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise InputError(f"cannot read {str(path)!r}: {why}", hint="name a folder with gold") from None
    except UnicodeDecodeError:
        raise InputError(f"{str(path)!r} is not UTF-8", hint="save it as UTF-8") from None
