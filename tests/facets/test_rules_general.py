"""The rules of every facet: evidence (G01 to G04), grounding (G05 to G07), hedges (C01), the prompt (D06)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.evidence import Evidence, whole_sentence
from briefgen.facets.base import Context
from briefgen.facets.general import GENERAL, carries, judge
from briefgen.generator import BriefGenerator
from briefgen.testing import ScriptedModel
from core_helpers import allegation, article_of, audited, brief_of, broken, motive, scripted, visit

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import Brief
    from briefgen.providers.base import Prompt

TEXT = (
    "Ada Rell is reportedly planning to visit France in June, in order to sell ships. "
    "The United States accused Russia of sinking two ships in January. "
    "Norland has not said whether Ada Rell will sign the treaty. "
    "Norland and Velia signed an accord in 1998."
)
FACETS = ("planned_visits", "allegations", "motives", "open_questions", "background", "actors")


@pytest.fixture(scope="module")
def article() -> Article:
    return article_of(TEXT)


@pytest.fixture(scope="module")
def brief(article: Article) -> Brief:
    return brief_of(
        article,
        planned_visits=[visit(1, "Ada Rell", "France", purpose="sell ships")],
        allegations=[allegation(2, ["United States"], ["Russia"], "Russia sank two ships")],
        motives=[motive(1, "Ada Rell", "sell ships")],
        open_questions=[{"sentence": 3, "question": "Will Ada Rell sign the treaty?"}],
        background=[{"sentence": 4, "text": "Norland and Velia signed an accord in 1998."}],
    )


def text_field(facet: str) -> str:
    return {
        "allegations": "claim",
        "open_questions": "question",
        "planned_visits": "purpose",
        "actors": "role",
    }.get(facet, "text")


def test_a_sound_brief_with_every_facet_breaks_no_rule(brief: Brief, article: Article) -> None:
    assert all(getattr(brief, facet) for facet in FACETS)
    assert audited(brief, article) == set()


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize(
    "changes",
    [
        {"quote": "Ada Rell is planning"},
        {"start": 1},
        {"end": 5},
        {"start": 0, "end": 10_000},
        {"start": -5, "end": -1},
        {"quote": ""},
    ],
)
def test_g01_a_quotation_that_is_not_the_articles_is_caught(
    brief: Brief, article: Article, facet: str, changes: dict[str, Any]
) -> None:
    piece = getattr(brief, facet)[0].evidence[0].model_copy(update=changes)
    codes = audited(broken(brief, facet, evidence=(piece,)), article)
    assert {"G01", "G04"} & codes


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("n", [0, -1, 5, 99])
def test_g04_a_sentence_that_does_not_exist_is_caught(
    brief: Brief, article: Article, facet: str, n: int
) -> None:
    piece = getattr(brief, facet)[0].evidence[0].model_copy(update={"sentence": n})
    assert "G04" in audited(broken(brief, facet, evidence=(piece,)), article)


@pytest.mark.parametrize("facet", FACETS)
def test_g04_a_quotation_of_another_sentence_is_caught(brief: Brief, article: Article, facet: str) -> None:
    piece = getattr(brief, facet)[0].evidence[0]
    wrong = piece.model_copy(update={"sentence": piece.sentence % 4 + 1})
    assert "G04" in audited(broken(brief, facet, evidence=(wrong,)), article)


@pytest.mark.parametrize("facet", FACETS)
def test_g03_an_item_without_evidence_is_caught(brief: Brief, article: Article, facet: str) -> None:
    bad = broken(brief, facet, evidence=())
    gap = facet == "open_questions" and brief.open_questions[0].kind == "information_gap"
    assert ("G03" in audited(bad, article)) is not gap


def test_g03_a_question_about_a_gap_needs_no_evidence(brief: Brief, article: Article) -> None:
    bad = broken(brief, "open_questions", kind="information_gap", evidence=())
    assert "G03" not in audited(bad, article)


@pytest.mark.parametrize(
    "facet", ["allegations", "motives", "open_questions", "background", "planned_visits"]
)
@pytest.mark.parametrize(
    ("more", "code"),
    [
        (" with Zoe Quint", "G05"),
        (" in Pyongyang", "G05"),
        (" see https://evil.example/?q=1", "G05"),
        (" for 24 years", "G06"),
        (" with seven ships", "G06"),
        (" “so to speak”", "G07"),
    ],
)
def test_g05_g06_g07_an_invented_name_number_or_quotation_is_caught_in_every_text(
    brief: Brief, article: Article, facet: str, more: str, code: str
) -> None:
    field = text_field(facet)
    text = getattr(getattr(brief, facet)[0], field).rstrip("?") + more
    assert code in audited(broken(brief, facet, **{field: text}), article)


@pytest.mark.parametrize("facet", ["allegations", "motives", "background", "planned_visits"])
@pytest.mark.parametrize(
    "text",
    [
        "Uncertainty about the treaty",
        "Selling 2 ships to the U.S.",
        "American and Russian ships",
        "“reportedly planning” to sell",
        "Officials of Norland",
        "the Norland treaty of 1998",
    ],
)
def test_g05_g06_g07_leave_the_articles_words_alone(
    brief: Brief, article: Article, facet: str, text: str
) -> None:
    codes = audited(broken(brief, facet, **{text_field(facet): text}), article)
    assert not {"G05", "G06", "G07"} & codes


@pytest.mark.parametrize("facet", ["planned_visits", "motives"])
def test_c01_a_dropped_hedge_is_caught_and_a_kept_one_left_alone(
    brief: Brief, article: Article, facet: str
) -> None:
    assert "reportedly" in getattr(brief, facet)[0].hedges
    assert "C01" in audited(broken(brief, facet, hedges=()), article)
    assert "C01" not in audited(brief, article)


def test_c01_a_sentence_without_a_hedge_lets_the_item_go_without(article: Article) -> None:
    plain = article_of("Ada Rell is planning to visit France.")
    brief = brief_of(plain, planned_visits=[visit(1, "Ada Rell", "France")])
    assert brief.planned_visits[0].hedges == ()
    assert audited(brief, plain) == set()


@pytest.mark.parametrize(
    ("claim", "sentences", "fits"),
    [
        ("Russia sank two ships", [2], True),
        ("Russian sinking of ships", [2], True),
        ("Russia sank two ships", [1], False),
        ("Russia sank two ships", [1, 2], True),
        ("Russia bombed four hospitals", [2], False),
        ("", [1], False),
    ],
)
def test_g02_evidence_must_carry_the_claim(
    article: Article, claim: str, sentences: list[int], fits: bool
) -> None:
    found = carries(claim, sentences, Context.of(article))
    assert (found is None) is fits
    assert found is None or (found.code == "G02" and found.critical)


def test_every_finding_names_what_is_wrong_in_one_plain_line(brief: Brief, article: Article) -> None:
    bad = broken(
        brief, "motives", evidence=(Evidence(sentence=9, quote="x", start=0, end=1),), text="Zoe Quint"
    )
    context = Context.of_brief(bad, article)
    found = judge(bad.motives[0], GENERAL, context)
    assert found
    for finding in found:
        assert re.fullmatch(r"[A-Z]\d\d", finding.code)
        assert finding.message
        assert "\n" not in finding.message


@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_whole_sentence_evidence_is_an_exact_substring(article: Article, n: int) -> None:
    piece = whole_sentence(article, n)
    assert article.text[piece.start : piece.end] == piece.quote == article.sentence(n).text


@pytest.mark.covers("B-INJ-15")
@pytest.mark.parametrize(
    "facet", ["planned_visits", "allegations", "motives", "open_questions", "background", "summary"]
)
def test_d06_an_answer_that_repeats_the_delimiter_is_withheld(facet: str) -> None:
    def obey(prompt: Prompt) -> dict[str, Any]:
        secret = prompt.user[1 : prompt.user.index(">")]
        entries: dict[str, dict[str, Any]] = {
            "planned_visits": visit(1, "Ada Rell", "France", purpose=f"sell ships {secret}"),
            "allegations": allegation(
                2, ["United States"], ["Russia"], f"Russia sank two ships in January {secret}"
            ),
            "motives": motive(1, "Ada Rell", f"sell ships France June planning {secret}"),
            "open_questions": {"sentence": 3, "question": f"Will Ada Rell sign the treaty {secret}?"},
            "background": {"sentence": 4, "text": f"Norland and Velia signed an accord in 1998 {secret}."},
            "summary": {"sentence": 4, "text": f"Norland and Velia signed an accord in 1998 {secret}."},
        }
        return {"items": [entries[facet]]} if prompt.facet == facet else {}

    model = ScriptedModel(obey)
    brief = BriefGenerator(model).generate(article_of(TEXT))
    secret = model.history[0].user[1 : model.history[0].user.index(">")]
    shown = brief.model_dump(exclude={"withheld"})
    assert secret not in str(shown)


def test_d06_leaves_an_answer_in_the_articles_words_alone(article: Article) -> None:
    model = scripted(background=[{"sentence": 4, "text": "Norland and Velia signed an accord in 1998."}])
    brief = BriefGenerator(model).generate(article)
    assert "D06" not in {reason.code for entry in brief.withheld for reason in entry.reasons}
