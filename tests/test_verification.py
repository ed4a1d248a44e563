"""verify: whatever schema-valid draft a model gives, no exception, no invention, no dependence on order."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING, Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.brief import PositionStance
from briefgen.facets.base import Context, all_facets
from briefgen.facets.general import free_texts
from briefgen.generator import BriefGenerator
from briefgen.testing import ScriptedModel
from briefgen.verification import verify
from core_helpers import allegation, article_of, audited, brief_of, critical, government, motive, visit

if TYPE_CHECKING:
    from pydantic import BaseModel

    from briefgen.brief import Brief
    from briefgen.providers.base import Prompt

TEXT = (
    "Norlandic President Ada Rell is reportedly planning to visit Ostia and Velia in June, the Selm Kurier said. "
    "Ostian ambassador Bo Lind confirmed that the visit to Ostia is being prepared. "
    "Norland and the United States accused Velia of sinking two ships in January, which Velia denied. "
    "Rell visited Velia in 2019. "
    "Norland is building a port in order to lower its costs, Rell said. "
    "Norland has not said whether Rell will sign the treaty. "
    "Norland and Ostia signed an accord in 1998."
)
ARTICLE = article_of(TEXT, "2024-05-28")
FACETS = {facet.name: facet for facet in all_facets()}

WORDS = st.sampled_from(
    [*TEXT.replace(".", "").replace(",", "").split(), "Zoe", "Quint", "Atlantis", "17", "“so”", "?"]
)
CLAIMS = st.lists(WORDS, max_size=12).map(" ".join)
NAMES = st.one_of(
    st.sampled_from(
        ["Ada Rell", "Rell", "President Rell", "Bo Lind", "Norland", "Ostia", "Velia", "United States", "U.S.",
         "Selm Kurier", "he", "they", "null", "", "Zoe Quint", "Pyongyang", "the", ".", "of", "(", "Norland’s"]
    ),
    CLAIMS,
    st.text(max_size=20),
)  # fmt: skip
SENTENCES = st.one_of(st.integers(1, 7), st.integers(-3, 12), st.just(10**12))
TEXTS = st.one_of(st.sampled_from([s.text for s in ARTICLE.sentences]), CLAIMS, st.text(max_size=60))


def entries_of(facet: str) -> st.SearchStrategy[dict[str, Any]]:
    """Schema-valid draft entries of a facet."""
    fields: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "actors": {
            "name": NAMES.map(lambda name: name[:200]),
            "kind": st.sampled_from(
                ["person", "government", "organisation", "media", "group", "place", "other"]
            ),
        },
        "planned_visits": {
            "sentence": SENTENCES,
            "visitors": st.lists(NAMES, max_size=3),
            "destinations": st.lists(NAMES, max_size=3),
            "purpose": st.one_of(st.none(), TEXTS),
        },
        "allegations": {
            "sentence": SENTENCES,
            "accusers": st.lists(NAMES, max_size=3),
            "accused": st.lists(NAMES, max_size=3),
            "claim": TEXTS,
        },
        "motives": {"sentence": SENTENCES, "holder": NAMES, "aim": TEXTS},
        "positions": {
            "sentence": SENTENCES,
            "holder": NAMES,
            "stance": st.sampled_from(get_args(PositionStance)),
            "about": TEXTS,
        },
        "open_questions": {"sentence": SENTENCES, "question": TEXTS.map(lambda text: f"Will {text}?")},
        "background": {"sentence": SENTENCES, "text": TEXTS},
        "summary": {"sentence": SENTENCES, "text": TEXTS},
    }
    return st.fixed_dictionaries(fields[facet])


def drafts_of(facet: str) -> st.SearchStrategy[dict[str, Any]]:
    items = st.lists(entries_of(facet), max_size=5)
    if facet == "summary":
        return st.fixed_dictionaries({"headline": TEXTS, "items": items})
    return st.fixed_dictionaries({"items": items})


SCRIPTS = st.fixed_dictionaries({facet: drafts_of(facet) for facet in FACETS})


def made(script: dict[str, dict[str, Any]]) -> Brief:
    def answer(prompt: Prompt) -> dict[str, Any]:
        return script.get(prompt.facet, {})

    return BriefGenerator(ScriptedModel(answer)).generate(ARTICLE)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(SCRIPTS)
def test_no_schema_valid_answer_raises_or_brings_in_what_the_article_does_not_have(
    script: dict[str, dict[str, Any]],
) -> None:
    brief = made(script)
    assert critical(brief, ARTICLE) == []
    assert "failed" not in brief.coverage.facets.values()
    ground = Context.of(ARTICLE).ground
    facets = ("actors", "planned_visits", "allegations", "motives", "open_questions", "background")
    for item in itertools.chain.from_iterable(getattr(brief, facet) for facet in facets):
        for text in free_texts(item):
            assert ground.ungrounded_names(text) == []
            assert ground.ungrounded_numbers(text) == []
            assert ground.altered_quotes(text) == []
        for piece in item.evidence:
            assert ARTICLE.text[piece.start : piece.end] == piece.quote
            assert piece.quote in ARTICLE.sentence(piece.sentence).text
    for text in (brief.headline, *(line.text for line in brief.summary)):
        assert not {"Zoe", "Quint", "Atlantis", "Pyongyang"} & set(ground.ungrounded_names(text))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SCRIPTS)
def test_every_reference_resolves_whatever_the_model_answers(script: dict[str, dict[str, Any]]) -> None:
    brief = made(script)
    actors = {actor.id for actor in brief.actors}
    assert len(actors) == len(brief.actors)
    ids = [
        item.id
        for facet in ("planned_visits", "allegations", "motives", "open_questions", "background")
        for item in getattr(brief, facet)
    ]
    assert len(ids) == len(set(ids))
    for found in brief.planned_visits:
        assert {*found.visitors, *found.hosts} <= actors
        assert found.visitors
    for item in brief.allegations:
        assert {*item.accusers, *item.accused} <= actors
        assert set(item.accused) <= {response.by for response in item.responses}
        assert not set(item.accusers) & set(item.accused)
    assert {item.holder for item in brief.motives} <= actors
    for question in brief.open_questions:
        assert set(question.about) <= set(ids)
    for line in brief.summary:
        assert set(line.refs) <= set(ids)
    assert brief.headline


GOOD: dict[str, list[dict[str, Any]]] = {
    "actors": [
        *government("Norland", "Ostia", "Velia", "United States"),
        {"name": "Ada Rell", "kind": "person"},
        {"name": "Selm Kurier", "kind": "media"},
    ],
    "planned_visits": [
        visit(1, "Ada Rell", "Ostia"),
        visit(1, "Rell", "Velia"),
        visit(2, "Ada Rell", "Ostia"),
        visit(4, "Rell", "Velia"),
    ],
    "allegations": [
        allegation(3, ["Norland"], ["Velia"], "Velia sank two ships"),
        allegation(3, ["United States"], ["Velia"], "Velia sank two ships"),
        allegation(3, ["Velia"], ["Norland"], "Norland sank two ships"),
    ],
    "motives": [motive(5, "Norland", "lower its costs"), motive(5, "Norland", "conquer the moon")],
    "open_questions": [
        {"sentence": 6, "question": "Will Ada Rell sign the treaty?"},
        {"sentence": 6, "question": "Will Zoe Quint sign the treaty?"},
    ],
    "background": [{"sentence": 7, "text": "Norland and Ostia signed an accord in 1998."}],
}


def identities(brief: Brief) -> dict[str, set[Any]]:
    """What the brief says, without ids and order."""
    name = {actor.id: actor.name for actor in brief.actors}
    return {
        "visits": {
            (name[v.visitors[0]], v.destination.name, v.status, frozenset(e.sentence for e in v.evidence))
            for v in brief.planned_visits
        },
        "allegations": {
            (frozenset(map(name.get, a.accusers)), frozenset(map(name.get, a.accused)), a.claim, a.status)
            for a in brief.allegations
        },
        "motives": {(name[m.holder], m.text, m.basis) for m in brief.motives},
        "questions": {q.question for q in brief.open_questions},
        "background": {b.text for b in brief.background},
        "withheld": {(w.facet, str(w.item)) for w in brief.withheld},
    }


def test_the_good_answer_is_kept_and_the_rest_withheld() -> None:
    brief = brief_of(ARTICLE, **GOOD)
    found = identities(brief)
    assert {(who, where) for who, where, _, _ in found["visits"]} == {
        ("Ada Rell", "Ostia"),
        ("Ada Rell", "Velia"),
    }
    assert len(found["allegations"]) == 1
    assert len(found["motives"]) == 1
    assert len(found["withheld"]) >= 3
    assert audited(brief, ARTICLE) == set()


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_entries_changes_nothing_of_what_the_brief_says(seed: int) -> None:
    shuffled = {facet: random.Random(seed).sample(items, len(items)) for facet, items in GOOD.items()}
    assert identities(brief_of(ARTICLE, **shuffled)) == identities(brief_of(ARTICLE, **GOOD))


@pytest.mark.parametrize("facet", GOOD)
def test_the_same_draft_twice_is_the_same_as_once(facet: str) -> None:
    draft: BaseModel = FACETS[facet].draft.model_validate({"items": GOOD[facet]})
    results = []
    for drafts in ([draft], [draft, draft], [draft, draft, draft]):
        context = Context.of(ARTICLE)
        for name, other in FACETS.items():
            if other.order < FACETS[facet].order:
                entries = GOOD.get(name, [])
                verify(other, [other.draft.model_validate({"items": entries})], context)
        results.append(verify(FACETS[facet], drafts, context))
    once, twice, thrice = results
    assert once.items == twice.items == thrice.items
    assert {str(entry.item) for entry in once.withheld} == {str(entry.item) for entry in thrice.withheld}


def test_an_item_that_falls_drags_nothing_else_down() -> None:
    alone = brief_of(ARTICLE, **(GOOD | {"planned_visits": GOOD["planned_visits"][:1]}))
    beside = brief_of(
        ARTICLE, **(GOOD | {"planned_visits": [GOOD["planned_visits"][0], visit(6, "Bo Lind", "Norland")]})
    )
    assert alone.planned_visits == beside.planned_visits


def test_what_falls_in_one_facet_is_not_referred_to_by_the_next() -> None:
    brief = brief_of(ARTICLE, planned_visits=[visit(4, "Rell", "Velia")])
    assert brief.planned_visits == ()
    assert not any(ref.startswith("visit-") for question in brief.open_questions for ref in question.about)


def test_audit_of_a_brief_of_another_article_finds_it_out() -> None:
    brief = brief_of(ARTICLE, **GOOD)
    other = article_of("The sea is blue. Nobody came. It rained for days in the hills.")
    codes = audited(brief, other)
    assert {"G01", "G05"} & codes
    assert {"G04", "G05"} & codes
