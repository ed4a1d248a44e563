"""A model that answers from what is known, and notes what it would have to ask.

With it a generator tells which requests an article needs, without sending one; and, once they are answered,
makes the brief. An article may need several rounds: the repair of a facet is asked for only after its first
answer was judged.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefgen.errors import BadResponse, ModelError, SchemaInvalid, Usage
from briefgen.providers.offline import body_of, completion_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.providers.base import Completion, ModelProfile, Prompt, T
    from briefgen.providers.openai import OpenAIModel

MOST_TRIES = 2
"""Requests that an answer which cannot be used is worth."""


class NotAskedYet(ModelError):
    """The answer to this request is not known."""

    code = "not_asked_yet"


@dataclass
class Reply:
    """What came of a request that was sent ``tries`` times: the envelope of an answer, an error, or nothing yet."""

    tries: int = 0
    envelope: Mapping[str, Any] | None = None
    error: ModelError | None = None


def request_id(body: Mapping[str, Any]) -> str:
    """Id of a request: a hash of all that is sent, so that the same one has the same id in every run."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:40]


class PreparedModel:
    """For one thread. ``replies`` are those that are known, by id of the request; ``missing`` is what was asked
    for without one, since it was last emptied.
    """

    def __init__(self, model: OpenAIModel) -> None:
        self._model = model
        self.replies: Mapping[str, Reply] = {}
        self.missing: dict[str, dict[str, Any]] = {}

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def profile(self) -> ModelProfile:
        return self._model.profile

    def complete(
        self, prompt: Prompt, output_type: type[T], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[T]:
        """Answer, or raise :class:`NotAskedYet`. See :class:`briefgen.providers.base.LanguageModel`."""
        body = body_of(self._model, prompt, output_type, schema)
        name = request_id(body)
        reply = self.replies.get(name, Reply())
        if reply.error is not None:
            reply.error.usage = Usage(requests=reply.tries)
            raise reply.error
        if reply.envelope is not None:
            try:
                return completion_of(self._model.settings, reply.envelope, prompt, output_type)
            except (SchemaInvalid, BadResponse) as error:
                if reply.tries >= MOST_TRIES:
                    error.usage += Usage(requests=reply.tries - 1)
                    raise
        self.missing[name] = body
        raise NotAskedYet("not asked yet")

    def close(self) -> None:
        """Nothing to close: the model is another's."""
