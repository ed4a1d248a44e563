"""Scores of an invented article, each number counted by hand."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from gold_briefs import PROVENANCE, empty_brief, gold_brief
from invented import GOLD, GOLD_SET, SOURCE, actor, cited, gold_article, withheld

from briefgen.brief import Coverage, OpenQuestion, SentenceSpan
from briefgen.evaluate import Failed, evaluate
from briefgen.evaluate.gold import GoldSet
from briefgen.evaluate.results import ArticleScore, Share, Tally
from briefgen.timing import Timing
from core_helpers import broken

GOOD = gold_brief(SOURCE)


def scored(brief: object, gold: GoldSet = GOLD_SET) -> ArticleScore:
    return evaluate(gold, {"strait": brief}).articles[0]  # type: ignore[dict-item]  # briefs and failures


def test_the_gold_as_a_brief_is_right_everywhere() -> None:
    score = scored(GOOD)
    tallies = {facet: each.tally for facet, each in score.scores.facets.items()}
    assert {facet: (t.hits, t.misses, t.false_alarms) for facet, t in tallies.items()} == {
        "actors": (6, 0, 0),
        "planned_visits": (2, 0, 0),
        "motives": (2, 0, 0),
        "allegations": (1, 0, 0),
        "open_questions": (2, 0, 0),
    }
    assert score.scores.overall.tally == Tally(hits=13)
    assert score.scores.overall.tally.f1 == 1
    assert all(share.value == 1 for share in score.scores.fields.values())
    assert score.scores.overall.evidence.value == 1
    assert not score.critical


def test_precision_recall_and_f1_of_actors() -> None:
    """Six required actors: four found, two missed, one made up, the optional one counts neither way."""
    kept = [each for each in GOOD.actors if each.name not in {"Ostia", "Selm Kurier"}]
    brief = GOOD.model_copy(update={"actors": (*kept, actor("Cape Orm", 4))})
    tally = scored(brief).scores.facets["actors"].tally
    assert (tally.hits, tally.misses, tally.false_alarms) == (4, 2, 1)
    assert tally.precision == pytest.approx(4 / 5)
    assert tally.recall == pytest.approx(4 / 6)
    assert tally.f1 == pytest.approx(8 / 11)


@pytest.mark.parametrize("optional", [True, False])
def test_an_optional_item_changes_no_count_whether_it_is_found_or_not(optional: bool) -> None:
    tallies = scored(gold_brief(SOURCE, optional=optional)).scores
    assert tallies.overall.tally == Tally(hits=13)
    assert tallies.overall.evidence.value == 1


def test_a_second_copy_of_an_item_is_a_false_alarm() -> None:
    visit = GOOD.planned_visits[0]
    twice = GOOD.model_copy(
        update={"planned_visits": (*GOOD.planned_visits, visit.model_copy(update={"id": "visit-9"}))}
    )
    assert scored(twice).scores.facets["planned_visits"].tally == Tally(hits=2, false_alarms=1)


def test_fields_are_scored_over_matched_required_items() -> None:
    """One of two statuses, dates and bases wrong; the only stance wrong; the holder of one of two."""
    brief = broken(GOOD, "planned_visits", 1, status="reported")
    brief = broken(brief, "planned_visits", 0, timing=Timing(text="in June"))
    brief = broken(brief, "motives", 1, basis="article", holder="actor-3")
    response = brief.allegations[0].responses[0].model_copy(update={"stance": "declined_to_comment"})
    brief = broken(brief, "allegations", 0, responses=(response,))
    assert scored(brief).scores.fields == {
        "status": Share(right=1, of=2),
        "dates": Share(right=1, of=2),
        "basis": Share(right=1, of=2),
        "holder": Share(right=1, of=2),
        "stance": Share(right=0, of=1),
    }


def test_a_date_is_right_only_with_both_ends() -> None:
    timing = GOOD.planned_visits[0].timing
    assert timing is not None
    brief = broken(GOOD, "planned_visits", 0, timing=timing.model_copy(update={"latest": None}))
    assert scored(brief).scores.fields["dates"] == Share(right=1, of=2)


def test_an_accused_whose_answer_the_brief_does_not_give_counts_as_wrong() -> None:
    assert scored(broken(GOOD, "allegations", 0, responses=())).scores.fields["stance"] == Share(of=1)


def test_fields_of_an_optional_item_count_neither_way() -> None:
    optional = gold_article(
        planned_visits=[each | {"required": False} for each in GOLD["planned_visits"]],
    )
    brief = broken(GOOD, "planned_visits", 1, status="reported")
    score = scored(brief, GoldSet((optional,)))
    assert score.scores.fields["status"] == Share()
    assert score.scores.facets["planned_visits"].tally == Tally()
    assert [error.kind for error in score.critical] == ["status_too_strong"]


def test_evidence_precision_is_the_share_of_cited_sentences_with_a_quotation() -> None:
    """The visit to Ostia cites its sentence and two others; the rest of the brief cites only right ones."""
    brief = broken(GOOD, "planned_visits", 0, evidence=cited(SOURCE, 1, 3, 6))
    facet = scored(brief).scores.facets["planned_visits"]
    assert facet.evidence == Share(right=2, of=4)
    assert facet.tally == Tally(hits=2)


def test_sentences_of_responses_count_as_cited() -> None:
    response = GOOD.allegations[0].responses[0].model_copy(update={"evidence": cited(SOURCE, 9)})
    brief = broken(GOOD, "allegations", 0, responses=(response,))
    assert scored(brief).scores.facets["allegations"].evidence == Share(right=2, of=3)


def test_where_there_is_nothing_there_is_no_score() -> None:
    nothing = gold_article(gold={"article_id": "strait"})
    score = scored(empty_brief(SOURCE.article), GoldSet((nothing,)))
    assert score.scores.overall.tally.f1 is None
    assert score.scores.overall.tally.precision is None
    assert score.scores.overall.tally.recall is None
    assert score.scores.overall.evidence.value is None
    assert score.scores.overall.withheld.value is None


def test_false_alarms_alone_have_precision_0_and_no_recall() -> None:
    nothing = gold_article(gold={"article_id": "strait"})
    tally = scored(GOOD, GoldSet((nothing,))).scores.facets["actors"].tally
    assert (tally.precision, tally.recall, tally.f1) == (0, None, 0)


@pytest.mark.parametrize("given", [{}, {"strait": Failed(code="api_timeout", message="no answer")}])
def test_an_article_without_a_brief_counts_as_all_missed(given: dict[str, Failed]) -> None:
    evaluation = evaluate(GOLD_SET, given)
    (score,) = evaluation.failures
    assert score.failed == given.get("strait", Failed(code="no_brief", message="there is no brief of it"))
    assert evaluation.totals.overall.tally == Tally(misses=13)
    assert evaluation.totals.overall.tally.f1 == 0


def test_totals_are_sums_of_counts_and_of_costs() -> None:
    other = replace(gold_article(article_id="other"), id="other")
    used = {"requests": 3, "input_tokens": 100, "output_tokens": 10, "seconds": 1.5}
    brief = GOOD.model_copy(update={"provenance": PROVENANCE.model_copy(update=used)})
    half = brief.model_copy(update={"actors": brief.actors[:3]})
    evaluation = evaluate(GoldSet((SOURCE, other)), {"strait": brief, "other": half})
    assert evaluation.totals.facets["actors"].tally == Tally(hits=9, misses=3)
    cost = evaluation.totals.cost
    assert (cost.requests, cost.input_tokens, cost.output_tokens, cost.seconds) == (6, 200, 20, 3.0)
    assert cost.cached_tokens is None


def test_share_withheld_is_of_all_that_the_model_said() -> None:
    """Two visits are shown and two withheld; what is withheld in a facet without gold is left alone."""
    held = (
        withheld("planned_visits", visitors=["Bo Lind"], destination="Kestria", sentence=3),
        withheld("planned_visits", visitors=["Ostia"], destination="Norland", sentence=6),
        withheld("summary", text="It rained.", sentence=1),
    )
    score = scored(GOOD.model_copy(update={"withheld": held}))
    assert score.scores.facets["planned_visits"].withheld == Share(right=2, of=4)
    assert score.scores.overall.withheld == Share(right=2, of=2 + 15)


def test_order_of_items_changes_nothing() -> None:
    rng = random.Random(7)
    facets = ("actors", "planned_visits", "motives", "allegations", "open_questions")
    messy = broken(GOOD, "planned_visits", 1, status="confirmed")
    messy = messy.model_copy(
        update={
            "actors": (*messy.actors, actor("Rell", 7), actor("Cape Orm", 4)),
            "open_questions": (
                *messy.open_questions,
                OpenQuestion(id="q", question="Who owned the trawler?", kind="unconfirmed"),
                OpenQuestion(id="r", question="Who sank the trawler?", kind="unconfirmed"),
            ),
        }
    )
    before = scored(messy)
    for _ in range(10):
        mixed = {name: tuple(rng.sample(getattr(messy, name), len(getattr(messy, name)))) for name in facets}
        gold = {
            name: rng.sample(value, len(value)) if isinstance(value, list) else value
            for name, value in GOLD.items()
        }
        after = scored(messy.model_copy(update=mixed), GoldSet((gold_article(gold=gold),)))
        assert after.scores == before.scores
        assert {(v.outcome, v.gold, v.item) for v in after.verdicts} == {
            (v.outcome, v.gold, v.item) for v in before.verdicts
        }
        assert sorted(e.detail for e in after.critical) == sorted(e.detail for e in before.critical)


def test_a_brief_of_another_text_is_scored_by_its_quotations_and_says_so() -> None:
    longer = gold_article("It rained in Mirel.\n" + SOURCE.article.text)
    score = scored(gold_brief(longer))
    assert score.remarks == ("the brief was made of another text",)
    assert score.scores.overall.tally == Tally(hits=13)
    assert score.scores.overall.evidence.value == 1


def test_a_brief_whose_sentences_were_numbered_otherwise_is_scored_by_where_they_stand() -> None:
    """The splitter of its day took the first two sentences for one."""
    spans = [SentenceSpan(n=1, start=0, end=SOURCE.article.sentence(2).end)]
    spans += [SentenceSpan(n=s.n - 1, start=s.start, end=s.end) for s in SOURCE.article.sentences[2:]]
    old = broken(GOOD, "motives", 1, evidence=(cited(SOURCE, 8)[0].model_copy(update={"sentence": 7}),))
    old = old.model_copy(
        update={
            "article": GOOD.article.model_copy(update={"sentences": tuple(spans)}),
            "withheld": (withheld("motives", holder="Velia", aim="x", sentence=7),),
        }
    )
    score = scored(old)
    assert score.scores.facets["motives"].evidence.value == 1
    assert score.withheld[0].cited == (8,)


def test_facets_that_were_not_answered_are_named() -> None:
    brief = GOOD.model_copy(update={"coverage": Coverage(facets={"motives": "failed", "actors": "complete"})})
    assert scored(brief).unanswered == ("motives",)


def test_a_quotation_that_the_article_does_not_have_is_reported_as_an_error_of_the_gold() -> None:
    wrong = gold_article(not_allegations=[{"text": "x", "evidence": ["Ostia sank"]}])
    (error,) = evaluate(GoldSet((wrong,)), {}).gold_errors
    assert "strait" in error
    assert "Ostia sank" in error
    assert evaluate(GOLD_SET, {}).gold_errors == ()


def test_an_evaluation_reads_back_from_its_json() -> None:
    evaluation = evaluate(GOLD_SET, {"strait": GOOD})
    assert type(evaluation).model_validate_json(evaluation.model_dump_json()) == evaluation
    assert '"f1":1.0' in evaluation.model_dump_json()
