"""BriefGenerator: one article in, one brief out, whatever the model answers, from as many threads as you like."""

from __future__ import annotations

import asyncio
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.article import Article
from briefgen.errors import (
    AuthenticationError,
    BadResponse,
    InputError,
    ModelError,
    ModelTimeout,
    ModelUnavailable,
    QuotaExceeded,
    Refused,
    RequestTooLarge,
    SchemaInvalid,
    Usage,
)
from briefgen.facets.base import all_facets
from briefgen.generator import BriefGenerator, ProgressEvent
from briefgen.providers.base import ModelProfile
from briefgen.testing import PER_FACET, ScriptedModel
from core_helpers import allegation, article_of, audited, brief_of, critical, government, scripted, visit

if TYPE_CHECKING:
    from briefgen.brief import Brief
    from briefgen.providers.base import Prompt

TEXT = (
    "Ada Rell is reportedly planning to visit Ostia in June. "
    "Norland accused Velia of sinking a ship. "
    "Norland and Velia signed an accord in 1998."
)
FACETS = [facet.name for facet in all_facets()]
SINGLE = ModelProfile(window_tokens=128_000, calls="single", repair_rounds=0)
GOOD: dict[str, list[Any]] = {
    "actors": government("Norland", "Velia", "Ostia"),
    "planned_visits": [visit(1, "Ada Rell", "Ostia")],
    "allegations": [allegation(2, ["Norland"], ["Velia"], "Velia is sinking a ship")],
}


def answering(errors: dict[str, Any], profile: ModelProfile = PER_FACET) -> ScriptedModel:
    """A model that answers as ``GOOD``, except that some facets end in an error."""
    script: dict[str, list[Any]] = {name: [{"items": items}] for name, items in GOOD.items()}
    return ScriptedModel(script | {name: [error] for name, error in errors.items()}, profile=profile)


# -- what is asked, and how ------------------------------------------------------------------------------------


def test_a_small_model_is_asked_one_facet_a_call_in_order() -> None:
    model = scripted(**GOOD)
    BriefGenerator(model).generate(article_of(TEXT))
    assert [prompt.facet for prompt in model.history] == FACETS
    assert FACETS == [
        "actors",
        "planned_visits",
        "allegations",
        "motives",
        "positions",
        "open_questions",
        "background",
        "summary",
    ]


def test_a_large_model_is_asked_everything_in_one_call() -> None:
    answer = {name: {"items": items} for name, items in GOOD.items()}
    model = ScriptedModel({"all": [answer]}, profile=SINGLE)
    brief = BriefGenerator(model).generate(article_of(TEXT))
    assert [prompt.facet for prompt in model.history] == ["all"]
    assert brief.provenance.requests == 1
    assert "single" in brief.provenance.prompts
    for name in FACETS:
        assert f"## {name}" in model.history[0].user


def test_one_call_and_one_call_a_facet_give_the_same_items() -> None:
    answer = {name: {"items": items} for name, items in GOOD.items()}
    single = BriefGenerator(ScriptedModel({"all": [answer]}, profile=SINGLE)).generate(article_of(TEXT))
    apart = brief_of(article_of(TEXT), **GOOD)
    without = {"provenance"}
    assert single.model_dump(exclude=without) == apart.model_dump(exclude=without)


def test_a_guided_model_gets_a_schema_for_its_sentences_and_others_get_none() -> None:
    guided = scripted(profile=replace(PER_FACET, guided=True), **GOOD)
    BriefGenerator(guided).generate(article_of(TEXT))
    schema = guided.schemas[FACETS.index("planned_visits")]
    assert schema is not None
    entry = schema["properties"]["items"]["items"]
    assert entry["properties"]["sentence"] == {"enum": [1]}
    plain = scripted(**GOOD)
    BriefGenerator(plain).generate(article_of(TEXT))
    assert plain.schemas == [None] * len(FACETS)


# -- progress ----------------------------------------------------------------------------------------------------


def test_progress_events_come_in_order_and_count_up() -> None:
    events: list[ProgressEvent] = []
    BriefGenerator(scripted(**GOOD), on_progress=events.append).generate(article_of(TEXT))
    total = len(FACETS)
    expected = [
        event
        for done, name in enumerate(FACETS)
        for event in (
            ProgressEvent(name, "started", done, total),
            ProgressEvent(name, "finished", done + 1, total),
        )
    ]
    assert events == expected


def test_progress_tells_a_failed_facet() -> None:
    events: list[ProgressEvent] = []
    model = answering({"motives": BadResponse("no JSON")})
    BriefGenerator(model, on_progress=events.append).generate(article_of(TEXT))
    assert [event.facet for event in events if event.state == "failed"] == ["motives"]
    assert events[-1] == ProgressEvent("summary", "finished", len(FACETS), len(FACETS))


# -- failures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FACETS)
@pytest.mark.parametrize(
    "error",
    [
        SchemaInvalid("bad"),
        BadResponse("no JSON"),
        Refused("no"),
        RequestTooLarge("too long"),
    ],
    ids=lambda error: error.code,
)
def test_a_facet_that_fails_is_failed_with_its_code_and_the_others_are_fine(
    name: str, error: ModelError
) -> None:
    if name == FACETS[0] and isinstance(error, RequestTooLarge):
        pytest.skip("before anything is answered, the article is split smaller instead")
    brief = BriefGenerator(answering({name: error})).generate(article_of(TEXT))
    states = brief.coverage.facets
    assert states[name] == "failed"
    assert brief.coverage.failures[name].code == error.code
    assert [other for other in FACETS if states[other] == "failed"] == [name]
    assert brief.headline


def test_empty_failed_partial_and_complete_are_different_facts() -> None:
    model = ScriptedModel(
        {
            "planned_visits": [{"items": [visit(1, "Ada Rell", "Ostia")]}],
            "allegations": [{"items": [allegation(1, ["Zembla"], ["Ostia"], "Ostia lied")]}],
            "motives": [BadResponse("no JSON")],
        }
    )
    states = BriefGenerator(model).generate(article_of("Ada Rell will visit Ostia in June.")).coverage.facets
    assert states["planned_visits"] == "complete"
    assert states["allegations"] == "partial"
    assert states["motives"] == "failed"
    assert states["background"] == "empty"


@pytest.mark.parametrize(
    "error",
    [
        AuthenticationError("bad key"),
        QuotaExceeded("no money"),
        ModelUnavailable("down"),
        ModelTimeout("slow"),
    ],
    ids=lambda error: error.code,
)
def test_an_error_that_ends_the_run_is_raised_when_nothing_was_answered(error: ModelError) -> None:
    model = answering(dict.fromkeys(FACETS, error))
    with pytest.raises(type(error)) as raised:
        BriefGenerator(model).generate(article_of(TEXT))
    assert raised.value is error
    assert len(model.history) == 1


@pytest.mark.parametrize("at", [1, 3, 6])
def test_an_error_that_ends_the_run_later_leaves_a_brief_of_what_was_answered(at: int) -> None:
    model = answering(dict.fromkeys(FACETS[at:], QuotaExceeded("no money")))
    brief = BriefGenerator(model).generate(article_of(TEXT))
    states = brief.coverage.facets
    assert [name for name in FACETS if states[name] == "failed"] == FACETS[at:]
    assert {brief.coverage.failures[name].code for name in FACETS[at:]} == {"api_quota"}
    assert len(model.history) == at + 1


def test_when_every_facet_fails_the_first_error_is_raised_with_all_usage() -> None:
    errors = {name: BadResponse(name, usage=Usage(requests=2)) for name in FACETS}
    with pytest.raises(BadResponse, match="actors") as raised:
        BriefGenerator(answering(errors)).generate(article_of(TEXT))
    assert raised.value.usage.requests == 2 * len(FACETS)


def test_one_call_for_all_that_fails_is_raised() -> None:
    with pytest.raises(Refused):
        BriefGenerator(ScriptedModel({"all": [Refused("no")]}, profile=SINGLE)).generate(article_of(TEXT))


def test_an_article_without_a_sentence_is_refused_before_anything_is_asked() -> None:
    model = scripted()
    with pytest.raises(InputError) as raised:
        BriefGenerator(model).generate(Article(text=""))
    assert raised.value.code == "input_empty"
    assert model.history == []


# -- windows ------------------------------------------------------------------------------------------------------

LONG = " ".join(f"Ship number {n} of the grey fleet left the harbour in the rain." for n in range(200, 260))


def too_large_first(profile: ModelProfile, most: int) -> ScriptedModel:
    """A model that takes no prompt of more than ``most`` characters."""

    def answer(prompt: Prompt) -> Any:
        return RequestTooLarge("too long", usage=Usage(requests=1)) if len(prompt.user) > most else {}

    return ScriptedModel(answer, profile=profile)


@pytest.mark.covers("A-16")
@pytest.mark.parametrize("calls", ["single", "per_facet"])
def test_a_prompt_too_large_is_split_smaller_once(calls: Any) -> None:
    profile = ModelProfile(window_tokens=4096, article_tokens=1400, calls=calls, repair_rounds=0)
    events: list[ProgressEvent] = []
    model = too_large_first(profile, 4200 if calls == "per_facet" else 6500)
    brief = BriefGenerator(model, on_progress=events.append).generate(article_of(LONG))
    assert "split_smaller" in brief.article.flags
    assert "long_article" in brief.article.flags
    assert "failed" not in brief.coverage.facets.values()
    sent = {
        n
        for prompt in model.history[1:]
        for n in map(int, re.findall(r"^\[(\d+)\]", prompt.user, re.MULTILINE))
    }
    assert sent == set(range(1, len(article_of(LONG).sentences) + 1))
    assert brief.provenance.requests == len(model.history)


@pytest.mark.covers("A-16")
def test_a_prompt_still_too_large_in_smaller_parts_is_an_error() -> None:
    model = too_large_first(PER_FACET, 0)
    with pytest.raises(RequestTooLarge) as raised:
        BriefGenerator(model).generate(article_of(LONG))
    assert raised.value.code == "api_too_large"


# -- usage --------------------------------------------------------------------------------------------------------


def test_usage_is_summed_failed_requests_included() -> None:
    model = answering({"motives": BadResponse("x", usage=Usage(requests=3, input_tokens=7, seconds=1.0))})
    provenance = BriefGenerator(model).generate(article_of(TEXT)).provenance
    answered = len(FACETS) - 1
    assert provenance.requests == answered + 3
    assert provenance.input_tokens == 100 * answered + 7
    assert provenance.output_tokens == 20 * answered
    assert provenance.cached_tokens is None


def test_tokens_that_the_server_does_not_tell_stay_unknown() -> None:
    model = ScriptedModel(usage=Usage(requests=1))
    provenance = BriefGenerator(model).generate(article_of(TEXT)).provenance
    assert provenance.requests == len(FACETS)
    assert provenance.input_tokens is None
    assert provenance.output_tokens is None
    assert provenance.cost_usd is None


def test_an_embedded_model_costs_nothing_and_a_brief_says_who_made_it() -> None:
    brief = BriefGenerator(ScriptedModel(name="local:tiny")).generate(article_of(TEXT))
    assert brief.provenance.cost_usd == 0.0
    assert brief.provenance.model == brief.provenance.answered_by == "local:tiny"
    assert brief.provenance.ai_generated is True
    assert brief.provenance.created.tzinfo is not None


# -- repair -------------------------------------------------------------------------------------------------------

REPAIRING = replace(PER_FACET, repair_rounds=1)


def test_a_facet_is_asked_once_more_only_where_something_was_withheld() -> None:
    bad, good = visit(1, "Zoe Quint", "Ostia"), visit(1, "Ada Rell", "Ostia")
    model = ScriptedModel({"planned_visits": [{"items": [bad]}, {"items": [good]}]}, profile=REPAIRING)
    brief = BriefGenerator(model).generate(article_of(TEXT))
    assert [prompt.facet for prompt in model.history] == [*FACETS, "planned_visits"]
    assert [found.destination.name for found in brief.planned_visits] == ["Ostia"]
    assert brief.withheld == ()
    assert "repair" in brief.provenance.prompts
    assert brief.provenance.requests == len(FACETS) + 1


def test_the_repair_shows_what_failed_and_why_behind_the_same_article() -> None:
    model = ScriptedModel(
        {"planned_visits": [{"items": [visit(1, "Zoe Quint", "Ostia")]}]}, profile=REPAIRING
    )
    BriefGenerator(model).generate(article_of(TEXT))
    first, again = (prompt.user for prompt in model.history if prompt.facet == "planned_visits")
    assert first.partition("\n\n")[0] == again.partition("\n\n")[0]
    assert "Zoe Quint" in again
    assert "the article does not have" in again


def test_there_is_at_most_one_repair_round_and_what_still_fails_stays_withheld() -> None:
    model = ScriptedModel(
        {"planned_visits": [{"items": [visit(1, "Zoe Quint", "Ostia")]}]}, profile=REPAIRING
    )
    brief = BriefGenerator(model).generate(article_of(TEXT))
    assert [prompt.facet for prompt in model.history].count("planned_visits") == 2
    assert len(brief.withheld) == 1
    assert brief.coverage.facets["planned_visits"] == "partial"


def test_nothing_is_repaired_where_nothing_was_withheld_or_the_profile_says_no() -> None:
    for profile, items in (
        (REPAIRING, GOOD["planned_visits"]),
        (PER_FACET, [visit(1, "Zoe Quint", "Ostia")]),
    ):
        model = scripted(profile=profile, planned_visits=items)
        brief = BriefGenerator(model).generate(article_of(TEXT))
        assert len(model.history) == len(FACETS)
        assert "repair" not in brief.provenance.prompts


def test_a_repair_that_fails_leaves_the_first_answer() -> None:
    answers: list[Any] = [
        {"items": [visit(1, "Ada Rell", "Ostia"), visit(1, "Zoe Quint", "Ostia")]},
        BadResponse("no JSON", usage=Usage(requests=2)),
    ]
    model = ScriptedModel({"planned_visits": answers}, profile=REPAIRING)
    brief = BriefGenerator(model).generate(article_of(TEXT))
    assert len(brief.planned_visits) == 1
    assert len(brief.withheld) == 1
    assert brief.coverage.facets["planned_visits"] == "complete"
    assert brief.provenance.requests == len(FACETS) + 2


def test_after_an_error_that_ends_the_run_no_further_repair_is_asked() -> None:
    bad: dict[str, list[Any]] = {
        "planned_visits": [{"items": [visit(1, "Zoe Quint", "Ostia")]}, QuotaExceeded("no money")],
        "allegations": [{"items": [allegation(2, ["Zembla"], ["Velia"], "Velia is sinking a ship")]}],
    }
    model = ScriptedModel(bad, profile=REPAIRING)
    BriefGenerator(model).generate(article_of(TEXT))
    assert [prompt.facet for prompt in model.history] == [*FACETS, "planned_visits"]


# -- threads ------------------------------------------------------------------------------------------------------


def named_article(n: int) -> tuple[Article, str, str]:
    letters = chr(97 + n // 26) + chr(97 + n % 26)
    who, where = f"Ada Rell{letters}", f"Ostia{letters}"
    text = f"{who} is reportedly planning to visit {where} in June. The palace of {where} said nothing."
    return Article.from_text(text), who, where


def answer_by_prompt(prompt: Prompt) -> dict[str, Any]:
    if prompt.facet != "planned_visits":
        return {}
    found = re.search(r"\[1\] (Ada Rell\w\w) is reportedly planning to visit (Ostia\w\w)", prompt.user)
    assert found is not None
    return {"items": [visit(1, found[1], found[2])]}


def check_own(brief: Brief, article: Article, who: str, where: str) -> None:
    assert brief.article.id == article.id
    (found,) = brief.planned_visits
    assert brief.actor(found.visitors[0]).name == who
    assert found.destination.name == where
    assert [found.evidence[0].quote] == [article.sentence(1).text]
    assert "Rell" in brief.headline
    assert where in brief.headline


def test_forty_threads_share_one_generator_and_each_article_gets_its_own_brief() -> None:
    generator = BriefGenerator(ScriptedModel(answer_by_prompt))
    articles = [named_article(n) for n in range(40)]
    barrier = threading.Barrier(40, timeout=20)

    def run(article: Article) -> Brief:
        barrier.wait()
        return generator.generate(article)

    with ThreadPoolExecutor(40) as pool:
        briefs = list(pool.map(run, [article for article, _, _ in articles]))
    for brief, (article, who, where) in zip(briefs, articles, strict=True):
        check_own(brief, article, who, where)


def test_one_article_in_many_threads_gives_the_same_brief() -> None:
    generator, article = BriefGenerator(scripted(**GOOD)), Article.from_text(TEXT)
    with ThreadPoolExecutor(8) as pool:
        briefs = list(pool.map(generator.generate, [article] * 16))
    assert len({brief.model_dump_json(exclude={"provenance"}) for brief in briefs}) == 1


def test_agenerate_runs_in_a_worker_thread_and_gives_the_same_brief() -> None:
    threads: set[int] = set()

    def answer(prompt: Prompt) -> dict[str, Any]:
        threads.add(threading.get_ident())
        return answer_by_prompt(prompt)

    generator = BriefGenerator(ScriptedModel(answer))
    articles = [named_article(n) for n in range(6)]

    async def run() -> list[Brief]:
        return list(await asyncio.gather(*(generator.agenerate(article) for article, _, _ in articles)))

    for brief, (article, who, where) in zip(asyncio.run(run()), articles, strict=True):
        check_own(brief, article, who, where)
    assert threading.get_ident() not in threads


# -- the brief ----------------------------------------------------------------------------------------------------


def test_the_brief_carries_the_articles_metadata_and_never_the_models() -> None:
    article = Article.from_text(
        TEXT, published="2024-06-10", title="A title", publisher="Selm Kurier", author="Bo Lind",
        url="https://kurier.example/1", language="en",
    )  # fmt: skip
    brief = BriefGenerator(scripted(**GOOD)).generate(article)
    info = brief.article
    assert (info.title, info.publisher, info.author, info.language) == (
        "A title",
        "Selm Kurier",
        "Bo Lind",
        "en",
    )
    assert info.url == "https://kurier.example/1"
    assert info.published == article.published
    assert [(span.n, span.start, span.end) for span in info.sentences] == [
        (sentence.n, sentence.start, sentence.end) for sentence in article.sentences
    ]


def test_every_reference_of_the_brief_resolves_and_every_rule_is_kept() -> None:
    article = article_of(TEXT)
    brief = brief_of(article, **GOOD)
    actors = {actor.id for actor in brief.actors}
    items = {
        item.id
        for facet in ("planned_visits", "allegations", "motives", "open_questions", "background")
        for item in getattr(brief, facet)
    }
    for found in brief.planned_visits:
        assert {*found.visitors, *found.hosts} <= actors
    for item in brief.allegations:
        assert {*item.accusers, *item.accused, *(response.by for response in item.responses)} <= actors
    for question in brief.open_questions:
        assert set(question.about) <= items
    for line in brief.summary:
        assert set(line.refs) <= items
    assert critical(brief, article) == []
    assert audited(brief, article) == set()


def test_sentences_that_look_as_if_they_held_an_item_and_hold_none_are_uncovered() -> None:
    """Not the accusation of sentence 2: where its grammar leaves no doubt, code reads it without the model."""
    brief = brief_of(article_of(TEXT))
    assert {1, 2} & set(brief.coverage.uncovered) == {1}
    assert not {1, 2} & set(brief_of(article_of(TEXT), **GOOD).coverage.uncovered)


def test_the_same_drafts_give_the_same_brief() -> None:
    article = article_of(TEXT)
    one, other = brief_of(article, **GOOD), brief_of(article, **GOOD)
    assert one.model_dump_json(exclude={"provenance"}) == other.model_dump_json(exclude={"provenance"})


def test_a_brief_reads_back_from_its_json() -> None:
    brief = brief_of(article_of(TEXT), **GOOD)
    assert type(brief).model_validate_json(brief.to_json()) == brief
