"""The adapter for OpenAI and every server that speaks its API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefgen.providers.settings import OpenAISettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.providers.base import Completion, ModelProfile, Prompt, T

__all__ = ["OpenAIModel", "OpenAISettings"]


class OpenAIModel:
    """One model on one server: one HTTP pool, safe to call from many threads."""

    def __init__(self, settings: OpenAISettings) -> None:
        self._settings = settings

    @property
    def name(self) -> str:
        return self._settings.name

    @property
    def profile(self) -> ModelProfile:
        return self._settings.profile

    def complete(
        self, prompt: Prompt, output_type: type[T], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[T]:
        raise NotImplementedError

    def close(self) -> None:
        """Stop all requests under way and refuse new ones."""
