"""An invented article with its gold, small enough to count by hand."""

from __future__ import annotations

from typing import Any

from briefgen.article import Article
from briefgen.brief import Actor, Withheld
from briefgen.brief import Reason as BriefReason
from briefgen.evaluate.gold import GoldArticle, GoldBrief, GoldSet
from briefgen.evidence import Evidence, whole_sentence

TEXT = """\
President Ada Rell of Norland will visit Ostia in June, her office said on Monday.
Foreign Minister Bo Lind may travel to Velia, the Selm Kurier reported.
Lind visited Kestria in March.
Norland accused Velia of sinking a trawler off Cape Orm.
Velia denied the charge.
Ostia expressed concern over the dispute.
Norland wants to reopen its harbour at Mirel, Rell said.
Analysts said that Velia hopes to keep the strait closed.
It is unclear who owned the trawler.
"""

GOLD: dict[str, Any] = {
    "article_id": "strait",
    "actors": [
        {"name": "Ada Rell", "aliases": ["Rell"], "kind": "person", "evidence": ["President Ada Rell"]},
        {"name": "Bo Lind", "aliases": ["Lind"], "kind": "person", "evidence": ["Foreign Minister Bo Lind"]},
        {"name": "Norland", "kind": "government", "evidence": ["Norland accused Velia"]},
        {"name": "Ostia", "kind": "government", "evidence": ["Ostia expressed concern"]},
        {"name": "Velia", "kind": "government", "evidence": ["Velia denied the charge"]},
        {"name": "Selm Kurier", "kind": "media", "evidence": ["the Selm Kurier reported"]},
        {"name": "Analysts", "kind": "group", "evidence": ["Analysts said"], "required": False},
    ],
    "planned_visits": [
        {
            "visitors": ["Ada Rell"],
            "destination": "Ostia",
            "timing_text": "in June",
            "earliest": "2027-06-01",
            "latest": "2027-06-30",
            "status": "confirmed",
            "evidence": ["will visit Ostia in June, her office said"],
        },
        {
            "visitors": ["Bo Lind"],
            "destination": "Velia",
            "status": "possible",
            "evidence": ["may travel to Velia"],
        },
    ],
    "past_visits": [
        {"visitors": ["Bo Lind"], "destination": "Kestria", "evidence": ["Lind visited Kestria"]}
    ],
    "motives": [
        {
            "holder": "Norland",
            "text": "Reopen the harbour at Mirel",
            "basis": "stated",
            "evidence": ["wants to reopen its harbour at Mirel, Rell said"],
        },
        {
            "holder": "Velia",
            "text": "Keep the strait closed",
            "basis": "attributed",
            "according_to": ["Analysts"],
            "evidence": ["hopes to keep the strait closed"],
        },
    ],
    "allegations": [
        {
            "accusers": ["Norland"],
            "accused": ["Velia"],
            "claim": "Velia sank a trawler off Cape Orm",
            "responses": [{"by": "Velia", "stance": "denied"}],
            "evidence": ["Norland accused Velia of sinking a trawler", "Velia denied the charge"],
        }
    ],
    "not_allegations": [
        {"text": "Ostia expressed concern: no allegation", "evidence": ["Ostia expressed concern"]}
    ],
    "open_questions": [
        {
            "question": "Will Lind travel to Velia?",
            "kind": "unconfirmed",
            "evidence": ["may travel to Velia"],
        },
        {
            "question": "Did Velia sink a trawler off Cape Orm?",
            "kind": "unresolved_allegation",
            "evidence": ["Norland accused Velia of sinking a trawler"],
        },
        {
            "question": "Who owned the trawler?",
            "kind": "information_gap",
            "evidence": ["unclear who owned the trawler"],
            "required": False,
        },
    ],
    "must_not": ["Velia sank the trawler, told as a fact"],
}


def gold_article(text: str = TEXT, gold: dict[str, Any] = GOLD, **changes: Any) -> GoldArticle:
    """The invented article, or another; ``changes`` replace parts of its gold."""
    article = Article.from_text(text, published="2027-05-03", title="Rell to visit Ostia")
    brief = GoldBrief.model_validate(gold | changes)
    return GoldArticle(brief.article_id, article, brief)


SOURCE = gold_article()
GOLD_SET = GoldSet((SOURCE,))


def cited(source: GoldArticle, *numbers: int) -> tuple[Evidence, ...]:
    """Evidence that quotes these sentences whole."""
    return tuple(whole_sentence(source.article, n) for n in numbers)


def actor(name: str, *numbers: int, source: GoldArticle = SOURCE, **more: Any) -> Actor:
    """An actor of a brief, its id made of its name."""
    given = {"kind": "person", "evidence": cited(source, *(numbers or (1,)))} | more
    return Actor(id=f"actor {name}", name=name, **given)


def withheld(facet: str, code: str = "G02", **item: Any) -> Withheld:
    """What a brief withheld, as a model had written it."""
    return Withheld(facet=facet, item=item, reasons=(BriefReason(code=code, message="why"),))
