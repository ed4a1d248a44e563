"""Budgets stop a run, resumable; estimates say what one will cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from batch_examples import USAGE, Clock, NumberedModel, article_of, entries, run_all, states

from briefgen import errors
from briefgen.batch import BatchOptions, BatchRunner, Budgets
from briefgen.batch.estimate import Estimator
from briefgen.batch.rations import Cost, Rations
from briefgen.errors import Usage, UsageError
from briefgen.prices import cost_usd, is_priced
from briefgen.prompts import PromptLibrary
from briefgen.providers.registry import outline

if TYPE_CHECKING:
    from briefgen.store import Run

covers = pytest.mark.covers


class PricedModel(NumberedModel):
    """A model that is billed as one of OpenAI's."""

    billed = ("https://api.openai.com/v1", "gpt-5-mini")


@pytest.mark.usefixtures("quick")
class TestStopping:
    def test_a_number_of_articles_is_asked_about_and_no_more(self, ledger: Run) -> None:
        model = NumberedModel()
        options = BatchOptions(budgets=Budgets(articles=7))
        batch, outcomes = run_all(model, entries(30), options, store=ledger)
        assert states(outcomes) == {"done": 7, "pending": 23}
        assert batch.stopped is not None
        assert (batch.stopped.code, batch.exit_code) == ("budget_exceeded", 5)
        batch, outcomes = run_all(model, entries(30), options, store=ledger)
        assert states(outcomes) == {"done": 7, "skipped": 7, "pending": 16}

    def test_a_budget_that_is_just_enough_stops_nothing(self) -> None:
        options = BatchOptions(budgets=Budgets(articles=5))
        batch, outcomes = run_all(NumberedModel(), entries(5), options)
        assert (states(outcomes), batch.exit_code) == ({"done": 5}, 0)

    @covers("T-BUD-1")
    @pytest.mark.parametrize("said", [USAGE, Usage(requests=1)])
    def test_tokens_run_out_before_they_are_exceeded_by_more_than_is_under_way(self, said: Usage) -> None:
        model = NumberedModel(usage=said)
        batch, outcomes = run_all(
            model, entries(100), BatchOptions(concurrency=8, budgets=Budgets(tokens=10_000))
        )
        assert batch.stopped is not None
        assert (batch.stopped.code, batch.exit_code) == ("budget_exceeded", 5)
        assert 0 < states(outcomes)["done"] < 100
        assert batch.tally.tokens <= 10_000 + 8 * 120

    def test_money_runs_out_where_the_price_is_known(self) -> None:
        model = PricedModel(usage=Usage(1, 1_000_000, 0, 100_000))  # 0.45 USD
        options = BatchOptions(concurrency=1, budgets=Budgets(cost=2.0))
        batch, outcomes = run_all(model, entries(30), options)
        assert batch.stopped is not None
        assert "2" in batch.stopped.message
        assert batch.tally.cost_usd == pytest.approx(0.45 * states(outcomes)["done"])
        assert batch.tally.cost_usd <= 2.0 + 0.45
        assert all(outcome.brief is None or outcome.cost_usd for outcome in outcomes.values())

    def test_a_budget_in_dollars_is_refused_where_the_price_is_not_known(self) -> None:
        with pytest.raises(UsageError, match="price of scripted:model is not known"):
            BatchRunner(NumberedModel(), BatchOptions(budgets=Budgets(cost=1.0)))

    def test_time_runs_out_between_two_articles(self) -> None:
        clock = Clock()

        def script(_n: int, _times: int) -> None:
            clock.move(10)

        options = BatchOptions(concurrency=1, budgets=Budgets(seconds=35), clock=clock.batch)
        batch, outcomes = run_all(NumberedModel(script), entries(30), options)
        assert batch.stopped is not None
        assert "35 seconds" in batch.stopped.message
        assert 3 <= states(outcomes)["done"] <= 6, "what was handed out is still done"

    def test_what_failed_is_spent_too(self) -> None:
        model = NumberedModel(lambda _n, _times: errors.Refused("no", usage=Usage(2, 900, None, 100)))
        batch, _ = run_all(model, entries(50), BatchOptions(concurrency=1, budgets=Budgets(tokens=10_000)))
        assert batch.stopped is not None
        assert batch.tally.tokens <= 11_000


@pytest.mark.parametrize("budget", [{"cost": 0}, {"tokens": -1}, {"articles": 0}, {"seconds": 0.0}])
def test_a_budget_of_nothing_is_a_mistake(budget: Any) -> None:
    with pytest.raises(UsageError, match="allows nothing"):
        Budgets(**budget)


def test_what_is_under_way_is_reserved_at_what_articles_turn_out_to_cost() -> None:
    rations = Rations(Budgets(tokens=1000), started=0.0)
    expected = Cost(tokens=100)
    assert rations.enough_for(expected)
    rations.reserve(1, expected)
    rations.settle(1, Usage(1, 400, None, 100), None)
    for number in range(2, 5):
        assert rations.enough_for(expected)
        rations.reserve(number, expected)
    assert not rations.enough_for(expected), "500 spent, and three at 140 under way"
    rations.settle(2, Usage(), None)
    assert rations.enough_for(expected), "one was given up without a request"


class TestEstimates:
    def test_the_guess_for_a_news_article_is_of_the_size_that_models_were_seen_to_use(self) -> None:
        library = PromptLibrary.load()
        usage = Estimator(outline("openai:gpt-5-mini"), library).usage(article_of(1))
        assert usage.requests == 1
        assert 1000 < (usage.input_tokens or 0) < 12_000

    def test_facet_calls_are_counted_one_by_one(self) -> None:
        library = PromptLibrary.load()
        single = Estimator(NumberedModel(), library).usage(article_of(1))
        each = Estimator(NumberedModel(calls="per_facet"), library).usage(article_of(1))
        assert each.requests > single.requests == 1
        assert (each.input_tokens or 0) > (single.input_tokens or 0)

    def test_an_unknown_price_stays_unknown_and_the_embedded_model_is_free(self) -> None:
        library = PromptLibrary.load()
        articles = [article_of(n) for n in range(10)]
        known = Estimator(outline("openai:gpt-5-mini"), library).all(articles)
        assert known.articles == 10
        assert known.cost_usd is not None
        assert known.cost_usd > 0
        assert Estimator(outline("openai:no-such-model"), library).all(articles).cost_usd is None
        assert Estimator(outline("local:qwen"), library).all(articles).cost_usd == 0


class TestPrices:
    def test_tokens_have_a_price_and_cached_ones_a_lower_one(self) -> None:
        model = outline("openai:gpt-5-mini")
        plain = cost_usd(model, Usage(1, 1000, None, 100))
        cached = cost_usd(model, Usage(1, 1000, 800, 100))
        assert plain == pytest.approx(0.00045)
        assert cached is not None
        assert cached < 0.0004

    @pytest.mark.parametrize("usage", [Usage(1), Usage(1, 100), Usage(1, None, None, 100)])
    def test_where_the_server_counted_no_tokens_the_cost_is_unknown(self, usage: Usage) -> None:
        assert cost_usd(outline("openai:gpt-5-mini"), usage) is None

    def test_more_cached_tokens_than_there_are_is_no_crash(self) -> None:
        assert cost_usd(outline("openai:gpt-5-mini"), Usage(1, 100, 500, 10)) is not None

    def test_the_address_tells_who_bills(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert is_priced(outline("openai:gpt-5-mini"))
        assert not is_priced(NumberedModel())
        for address in ("http://127.0.0.1:11434/v1", "https://proxy.example/v1"):
            monkeypatch.setenv("OPENAI_BASE_URL", address)
            assert not is_priced(outline("openai:gpt-5-mini"))
