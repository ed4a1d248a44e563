"""Small articles, scripted answers, and what the rules say of a brief: shared by the tests of the core."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from briefgen.article import Article
from briefgen.facets.base import Context
from briefgen.generator import BriefGenerator
from briefgen.testing import PER_FACET, ScriptedModel
from briefgen.verification import audit

if TYPE_CHECKING:
    from briefgen.brief import Brief, PlannedVisit
    from briefgen.cast import Cast


@functools.cache
def article_of(text: str, published: str | None = None, title: str | None = None) -> Article:
    """An article of this text; the same object for the same text, so that it is split only once."""
    return Article.from_text(text, published=published, title=title)


def scripted(profile: Any = PER_FACET, headline: Any = "", **facets: list[Any]) -> ScriptedModel:
    """A model of this :class:`ModelProfile` that answers each facet with these entries."""
    script: dict[str, list[Any]] = {name: [{"items": items}] for name, items in facets.items()}
    if headline:
        script["summary"] = [{"headline": headline, "items": facets.get("summary", [])}]
    return ScriptedModel(script, profile=profile)


def brief_of(article: Article, headline: Any = "", **facets: list[Any]) -> Brief:
    """The brief of an article whose facets are answered with these entries."""
    return BriefGenerator(scripted(headline=headline, **facets)).generate(article)


def visit(sentence: int, visitor: str, destination: str, **more: Any) -> dict[str, Any]:
    """A draft entry of ``planned_visits``."""
    return {"sentence": sentence, "visitors": [visitor], "destinations": [destination], **more}


def allegation(
    sentence: int, accusers: list[str], accused: list[str], claim: str, **more: Any
) -> dict[str, Any]:
    """A draft entry of ``allegations``."""
    return {"sentence": sentence, "accusers": accusers, "accused": accused, "claim": claim, **more}


def motive(sentence: int, holder: str, aim: str, **more: Any) -> dict[str, Any]:
    """A draft entry of ``motives``."""
    return {"sentence": sentence, "holder": holder, "aim": aim, **more}


def withheld_codes(brief: Brief, facet: str) -> set[str]:
    """Codes for which entries of the facet were withheld."""
    return {reason.code for entry in brief.withheld if entry.facet == facet for reason in entry.reasons}


def noted_codes(brief: Brief, facet: str) -> set[str]:
    """Codes that were noted of items of the facet."""
    return {note.code for note in brief.notes if note.facet == facet}


def audited(brief: Brief, article: Article) -> set[str]:
    """Codes of every rule that the brief breaks."""
    return {finding.code for _, _, finding in audit(brief, article)}


def critical(brief: Brief, article: Article) -> list[tuple[str, str, str]]:
    """Facet, item and code of every critical finding."""
    return [(facet, item, finding.code) for facet, item, finding in audit(brief, article) if finding.critical]


def broken(brief: Brief, facet: str, at: Any = 0, **changes: Any) -> Brief:
    """The brief with fields of one item of a facet changed, as a careless hand would leave it."""
    items = list(getattr(brief, facet))
    items[at] = items[at].model_copy(update=changes)
    return brief.model_copy(update={facet: tuple(items)})


def cast_of(text: str, *names: str) -> Cast:
    """The cast of a text, with these members, entered in this order."""
    cast = Context.of(article_of(text)).cast
    for name in names:
        assert cast.enter(name) is not None, f"{name} is not in the text"
    return cast


def only_visit(brief: Brief) -> PlannedVisit:
    """The brief's one planned visit."""
    (found,) = brief.planned_visits
    return found


def actor_id(brief: Brief, name: str) -> str:
    """Id of the actor of this name."""
    return next(actor.id for actor in brief.actors if actor.name == name)


def government(*names: str) -> list[dict[str, Any]]:
    """Draft entries of ``actors`` for invented states."""
    return [{"name": name, "kind": "government"} for name in names]
