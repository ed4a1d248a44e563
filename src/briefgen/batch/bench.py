"""One place to work at: of the articles under way in a process, one at a time is read and checked.

Python runs one thread at a time anyway, but threads that all want to run wake each other two hundred times a
second: with 64 articles under way a tenth of the CPU went there, and all of them became ready late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from briefgen.providers.base import AroundModel

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping

    from briefgen.providers.base import Completion, LanguageModel, Prompt

T = TypeVar("T", bound=BaseModel)


class AwayModel(AroundModel):
    """A model that is asked away from the bench: who holds it leaves it to others until the answer is there."""

    def __init__(self, model: LanguageModel, bench: threading.Lock) -> None:
        super().__init__(model)
        self._bench = bench

    def complete(
        self, prompt: Prompt, output_type: type[T], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[T]:
        """Ask the model. See :class:`briefgen.providers.base.LanguageModel`."""
        self._bench.release()
        try:
            return self._model.complete(prompt, output_type, schema=schema)
        finally:
            self._bench.acquire()
