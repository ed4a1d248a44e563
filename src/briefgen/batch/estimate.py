"""What a batch will cost, before it is begun: a guess from lengths, without asking anybody."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from briefgen.batch.rations import Cost
from briefgen.errors import Usage
from briefgen.facets.base import all_facets
from briefgen.prices import cost_usd
from briefgen.providers.base import BYTES_PER_TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.article import Article
    from briefgen.prompts import PromptLibrary
    from briefgen.providers.base import ModelProfile

_NUMBER_TOKENS = 4
"""A sentence's number in the prompt."""
_SENTENCE_BYTES = 130
_SHOWN_AGAIN = 0.4
"""Share of an article that a task shows once more: the sentences to look at."""
_ANSWER_TOKENS = 90
"""What a facet's answer takes, all seven of the seed article together 460."""


@dataclass(frozen=True)
class Estimate:
    """``cost_usd`` is ``None`` where the price is not known."""

    articles: int
    requests: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None


class Described(Protocol):
    """A model, open or only named."""

    @property
    def name(self) -> str: ...

    @property
    def profile(self) -> ModelProfile: ...


class Estimator:
    """Guesses for one model and the prompts in use. Two in three articles of news cost within a third of it."""

    def __init__(self, model: Described, prompts: PromptLibrary, *, half_price: bool = False) -> None:
        """``half_price``: what is asked by way of a batch API costs half, wherever a price is known."""
        self._model = model
        self._share = 0.5 if half_price else 1.0
        facets = all_facets()
        profile = model.profile
        self._calls = 1 if profile.calls == "single" else len(facets)
        how = "guided" if profile.guided else "look_first"
        shared = len(prompts.get("system").text) + 60
        tasks = sum(len(prompts.get(facet.name).text) + len(prompts.get(how).text) for facet in facets)
        schemas = sum(len(json.dumps(facet.draft.model_json_schema())) for facet in facets)
        self._fixed = (self._calls * shared + tasks + schemas) / BYTES_PER_TOKEN
        self._answer = _ANSWER_TOKENS * len(facets)

    def usage(self, article: Article) -> Usage:
        """What one article is likely to use."""
        size = len(article.text.encode())
        text = size / BYTES_PER_TOKEN + size / _SENTENCE_BYTES * _NUMBER_TOKENS
        again = _SHOWN_AGAIN * text * len(all_facets())
        read = self._fixed + self._calls * text + again
        return Usage(self._calls, int(read), 0, self._answer)

    def cost(self, article: Article) -> Cost:
        """The same as tokens and dollars; an unknown price counts nothing."""
        usage = self.usage(article)
        tokens = (usage.input_tokens or 0) + (usage.output_tokens or 0)
        return Cost(tokens, self.usd(usage) or 0.0)

    def usd(self, usage: Usage) -> float | None:
        """What tokens of this model cost; ``None`` where that is not known."""
        whole = cost_usd(self._model, usage)
        return None if whole is None else whole * self._share

    def all(self, articles: Iterable[Article]) -> Estimate:
        """What these articles are likely to use together."""
        count, total = 0, Usage(0, 0, 0, 0)
        for article in articles:
            count += 1
            total += self.usage(article)
        read, written = total.input_tokens or 0, total.output_tokens or 0
        return Estimate(count, total.requests, read, written, self.usd(total))
