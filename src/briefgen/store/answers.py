"""What a model said of an article, word for word: taken down while it is asked, and packed for the store."""

from __future__ import annotations

import hashlib
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from briefgen.errors import ModelError, Usage
from briefgen.providers.base import AroundModel
from briefgen.store.packing import pack, storable, unpack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefgen.providers.base import Completion, LanguageModel, Prompt

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """One request and its end: ``output`` (JSON of the draft), or ``error`` (class name), ``code``, ``message``.

    ``facet`` as in the prompt, of which ``prompt`` is a hash. Answers are kept in the order of asking, which
    tells parts of a long article and the repair of a facet apart. ``guided``: a schema held the model to
    named sentences.
    """

    facet: str
    prompt: str
    output: str | None
    error: str = ""
    code: str = ""
    message: str = ""
    guided: bool = False
    answered_by: str | None = None
    warnings: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)


class AnswerRecorder(AroundModel):
    """A model that takes down what it answers, for one article at a time in each thread::

        recorder = AnswerRecorder(model)
        generator = BriefGenerator(recorder)          # one for all threads
        with recorder.taking_down() as answers:
            brief = generator.generate(article)       # answers: list[RawAnswer]

    A second reader writes into the same list: ``AnswerRecorder(check_with, beside=recorder)``.
    """

    def __init__(self, model: LanguageModel, *, beside: AnswerRecorder | None = None) -> None:
        super().__init__(model)
        self._local: threading.local = beside._local if beside else threading.local()  # noqa: SLF001 -- one of ours

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
        known: dict[str, Any] = {
            "facet": prompt.facet,
            "prompt": prompt_hash(prompt),
            "guided": schema is not None,
        }
        try:
            completion = self._model.complete(prompt, output_type, schema=schema)
        except ModelError as error:
            how: dict[str, Any] = {"error": type(error).__name__, "code": error.code, "message": str(error)}
            self._take(RawAnswer(**known, **how, output=None, usage=error.usage))
            raise
        self._take(
            RawAnswer(
                **known,
                output=completion.output.model_dump_json(),
                answered_by=completion.answered_by,
                warnings=completion.warnings,
                usage=completion.usage,
            )
        )
        return completion

    def _take(self, answer: RawAnswer) -> None:
        taken: list[RawAnswer] | None = getattr(self._local, "taken", None)
        if taken is not None:
            taken.append(answer)


def prompt_hash(prompt: Prompt) -> str:
    """What tells one prompt from another: 64 bits of its SHA-256, in hexadecimal."""
    return hashlib.sha256(f"{prompt.system}\0{prompt.user}".encode()).hexdigest()[:16]


_FIELDS = tuple(field.name for field in fields(RawAnswer))
_USAGE = tuple(field.name for field in fields(Usage))


def pack_answers(answers: Sequence[RawAnswer]) -> bytes:
    """The answers as the store keeps them: compressed JSON rows, and first the names of their columns."""
    rows = [
        [*(getattr(answer, name) for name in _FIELDS[:-1]), [getattr(answer.usage, name) for name in _USAGE]]
        for answer in answers
    ]
    return pack(storable(json.dumps([_FIELDS, _USAGE, rows], ensure_ascii=False)), json=True)


def unpack_answers(data: bytes, what: str) -> list[RawAnswer]:
    """The answers that were packed. Raises :class:`StoreCorrupt`, which names ``what``."""
    names, usage_names, rows = json.loads(unpack(data, what))
    answers = []
    for row in rows:
        found = dict(zip(names, row, strict=True))
        found["warnings"] = tuple(found["warnings"])
        found["usage"] = Usage(**dict(zip(usage_names, found["usage"], strict=True)))
        answers.append(RawAnswer(**found))
    return answers
