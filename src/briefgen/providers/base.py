"""The port: what briefgen needs of a language model, whoever runs it.

Nothing here imports an SDK. ``openai:<model>`` and ``local:<name>`` come through one adapter
(:mod:`briefgen.providers.openai`); tests come through :class:`briefgen.testing.ScriptedModel`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar, runtime_checkable

from pydantic import BaseModel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.errors import Usage

T = TypeVar("T", bound=BaseModel)

BYTES_PER_TOKEN = 4.0
"""Of English; other scripts take fewer bytes for a token, so this counts them low."""


@dataclass(frozen=True)
class Prompt:
    """One request: ``system`` and ``user`` are sent as they are, never read as templates.

    ``user`` starts with the article and ends with the task, so that all facets of one article share a
    prefix. ``facet`` names the request in progress events, logs and scripted models.
    """

    facet: str
    system: str
    user: str
    max_output_tokens: int = 1500

    @property
    def likely_tokens(self) -> int:
        """An estimate of what a request for it costs, in and out, for limits of tokens a minute."""
        sent = len(self.system.encode()) + len(self.user.encode())
        return int(sent / BYTES_PER_TOKEN) + self.max_output_tokens // 4


@dataclass(frozen=True)
class ModelProfile:
    """What the generator must know of a model. Lengths in tokens.

    ``article_tokens``: longest part of an article that one call shows, if less than the window holds (small
    models read short texts better). ``calls``: ``per_facet`` (one facet per call: small models) or ``single`` (all facets in one call).
    ``repair_rounds``: how often a facet with withheld items is asked again (0 or 1).
    ``guided``: the model is asked to read named sentences one by one, held by the schema (small models),
    instead of only being shown where to look.
    """

    window_tokens: int = 128_000
    article_tokens: int | None = None
    calls: Literal["per_facet", "single"] = "single"
    repair_rounds: int = 1
    guided: bool = False


@dataclass(frozen=True)
class Completion(Generic[T]):
    """A schema-valid answer. ``answered_by`` is the model that the server names, which may differ."""

    output: T
    usage: Usage
    answered_by: str | None = None
    warnings: tuple[str, ...] = field(default=())


@runtime_checkable
class LanguageModel(Protocol):
    """One model. Safe to call from many threads at once."""

    @property
    def name(self) -> str:
        """The spec it was opened by, ``provider:model``."""
        ...

    @property
    def profile(self) -> ModelProfile: ...

    def complete(
        self, prompt: Prompt, output_type: type[T], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[T]:
        """Ask once and return an ``output_type``.

        ``schema`` replaces the JSON schema that is sent (never the validation), to narrow what the model
        may say for one article: it must accept only what ``output_type`` accepts.

        Raises a :class:`briefgen.errors.ModelError` (its ``usage`` counts the requests made).
        """
        ...

    def close(self) -> None: ...


class AroundModel:
    """Base of a model that does something around each call of another: name, profile and end are the other's."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def profile(self) -> ModelProfile:
        return self._model.profile

    def close(self) -> None:
        self._model.close()
