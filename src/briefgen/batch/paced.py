"""A model without a pace of its own, held to one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from briefgen.errors import BriefgenError, ModelError, ModelUnavailable, RateLimited, Usage
from briefgen.providers.base import AroundModel
from briefgen.providers.pacing import Closed, Paced, TooLong, Waiter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.batch.options import BatchClock
    from briefgen.providers.base import Completion, LanguageModel, Prompt
    from briefgen.providers.pacing import Pace

T = TypeVar("T", bound=BaseModel)


def held(model: LanguageModel, pace: Pace, clock: BatchClock) -> LanguageModel:
    """Return the model, with every request of it held to ``pace``."""
    if isinstance(model, Paced):
        model.keep_pace(pace)
        return model
    return PacedModel(model, pace, clock)


class PacedModel(AroundModel):
    """A model without a pace of its own, held to one: a call of it counts as one request."""

    def __init__(self, model: LanguageModel, pace: Pace, clock: BatchClock) -> None:
        super().__init__(model)
        self._pace = pace
        self._closed = threading.Event()
        self._sleep = clock.sleep or self._wait

    def complete(
        self, prompt: Prompt, output_type: type[T], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[T]:
        """Ask once, in its turn. See :class:`briefgen.providers.base.LanguageModel`."""
        waiter = Waiter(prompt.likely_tokens, float("inf"), self._sleep, self._closed.is_set)
        try:
            sent = self._pace.enter(waiter)
        except Closed:
            raise ModelUnavailable("the batch was stopped") from None
        except TooLong as wait:
            message, hint = "the server asked all callers to wait", f"try again in {wait.seconds:.0f} s"
            raise RateLimited(message, hint=hint, retry_after=wait.seconds) from None
        failure: BriefgenError | None = None
        usage = Usage()
        try:
            completion = self._model.complete(prompt, output_type, schema=schema)
            usage = completion.usage
        except BriefgenError as error:
            failure = error
            usage = error.usage if isinstance(error, ModelError) else usage
            if isinstance(error, RateLimited) and error.retry_after is not None:
                self._pace.shut(error.retry_after)
            raise
        finally:
            self._pace.leave(sent, failure, (usage.input_tokens or 0) + (usage.output_tokens or 0) or None)
        return completion

    def close(self) -> None:
        self._closed.set()
        super().close()

    def _wait(self, seconds: float) -> None:
        self._closed.wait(seconds)
