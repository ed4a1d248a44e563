"""What a model said of an article, word for word: taken down while it is asked, and packed for the store."""

from __future__ import annotations

import json
import threading
import zlib
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from briefgen.errors import ModelError, StoreCorrupt, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefgen.providers.base import Completion, LanguageModel, ModelProfile, Prompt

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """One request and its end: ``output`` (JSON of the draft), or ``error`` (class name) with its message.

    ``facet`` as in the prompt. Answers are kept in the order of asking, which tells parts of a long article
    and the repair of a facet apart. ``guided``: a schema held the model to named sentences.
    """

    facet: str
    output: str | None
    error: str = ""
    message: str = ""
    guided: bool = False
    answered_by: str | None = None
    warnings: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)


class AnswerRecorder:
    """A model that takes down what it answers, for one article at a time in each thread::

        recorder = AnswerRecorder(model)
        generator = BriefGenerator(recorder)          # one for all threads
        with recorder.taking_down() as answers:
            brief = generator.generate(article)       # answers: list[RawAnswer]
    """

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._local = threading.local()

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def profile(self) -> ModelProfile:
        return self._model.profile

    @contextmanager
    def taking_down(self) -> Iterator[list[RawAnswer]]:
        """The list that every answer in this thread is added to, until the end of the block."""
        taken: list[RawAnswer] = []
        self._local.taken = taken
        try:
            yield taken
        finally:
            self._local.taken = None

    def complete(
        self, prompt: Prompt, output_type: type[T], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[T]:
        """Ask the model. See :class:`briefgen.providers.base.LanguageModel`."""
        guided = schema is not None
        try:
            completion = self._model.complete(prompt, output_type, schema=schema)
        except ModelError as error:
            name = type(error).__name__
            self._take(
                RawAnswer(
                    prompt.facet, None, error=name, message=error.message, guided=guided, usage=error.usage
                )
            )
            raise
        self._take(
            RawAnswer(
                prompt.facet,
                completion.output.model_dump_json(),
                guided=guided,
                answered_by=completion.answered_by,
                warnings=completion.warnings,
                usage=completion.usage,
            )
        )
        return completion

    def close(self) -> None:
        self._model.close()

    def _take(self, answer: RawAnswer) -> None:
        taken: list[RawAnswer] | None = getattr(self._local, "taken", None)
        if taken is not None:
            taken.append(answer)
