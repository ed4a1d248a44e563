"""Fakes for tests of code that uses briefgen: no network, no key, no weights."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from briefgen.errors import BriefgenError, SchemaInvalid, Usage
from briefgen.providers.base import Completion, ModelProfile, Prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    Answer: TypeAlias = Mapping[str, Any] | str | BriefgenError

T = TypeVar("T", bound=BaseModel)
PER_FACET = ModelProfile(window_tokens=8192, calls="per_facet", repair_rounds=0)
"""Profile of a small model: one facet a call, no repair."""


class ScriptedModel:
    """Answers from a script and remembers what it was asked.

    ``script`` is a mapping from facet to its answers in order (the last one repeats), or a function of the
    prompt. An answer is a ``dict``, JSON text, or an error to raise. A facet without a script answers with
    an empty draft. ``history`` holds every prompt, in the order asked.
    """

    def __init__(
        self,
        script: Mapping[str, Sequence[Answer]] | Callable[[Prompt], Answer] | None = None,
        *,
        name: str = "scripted:model",
        profile: ModelProfile = PER_FACET,
        usage: Usage | None = None,
    ) -> None:
        self.name = name
        self.profile = profile
        self.history: list[Prompt] = []
        self.schemas: list[Mapping[str, Any] | None] = []
        self._script = script or {}
        self._usage = usage or Usage(requests=1, input_tokens=100, output_tokens=20)
        self._asked: dict[str, int] = {}
        self._lock = threading.Lock()

    def complete(
        self, prompt: Prompt, output_type: type[T], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[T]:
        """Answer as scripted. Raises :class:`SchemaInvalid` where the script does not fit the draft."""
        answer = self._next(prompt, schema)
        if isinstance(answer, BriefgenError):
            raise answer
        text = answer if isinstance(answer, str) else json.dumps(answer)
        try:
            output = output_type.model_validate_json(text)
        except ValidationError as error:
            raise SchemaInvalid(
                f"the scripted answer for {prompt.facet!r} does not fit: {error.error_count()} errors, "
                f"first at {'.'.join(str(part) for part in error.errors()[0]['loc'])}",
                usage=self._usage,
            ) from None
        return Completion(output, self._usage, answered_by=self.name)

    def _next(self, prompt: Prompt, schema: Mapping[str, Any] | None) -> Answer:
        with self._lock:
            self.history.append(prompt)
            self.schemas.append(schema)
            if callable(self._script):
                return self._script(prompt)
            answers = self._script.get(prompt.facet, ())
            at = self._asked.get(prompt.facet, 0)
            self._asked[prompt.facet] = at + 1
        return answers[min(at, len(answers) - 1)] if answers else {}

    def close(self) -> None:
        """Nothing to close."""
