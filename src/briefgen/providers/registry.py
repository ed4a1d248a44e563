"""From a spec (``provider:model``) to an open model. Loads no SDK until a model is opened."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import SecretStr

from briefgen.errors import ConfigurationError, UsageError
from briefgen.providers.base import ModelProfile
from briefgen.providers.settings import OPENAI_URL, OpenAISettings, checked_base_url, is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefgen.providers.base import LanguageModel
    from briefgen.providers.weights_catalogue import PullProgress

DEFAULT_OPENAI = "openai:gpt-5-mini"
DEFAULT_LOCAL = "local:qwen2.5-coder-1.5b-instruct-q4_k_m"

_FORM = f"write provider:model, such as {DEFAULT_OPENAI} or {DEFAULT_LOCAL}"
_NO_KEY = "no-key-needed"
_REASONING = re.compile(r"(.*/)?(gpt-[5-9]|o[1-9])")
_REASONING_ALLOWANCE = 6000
"""Tokens: hidden thoughts count against the limit of the answer."""

_SMALL = ModelProfile(window_tokens=8192, calls="per_facet")
"""What a server on this machine is taken for, until told otherwise."""


@dataclass(frozen=True)
class OpenOptions:
    """``request_deadline`` in seconds; ``profile`` replaces the guess; ``use_proxy``: honour HTTPS_PROXY."""

    request_deadline: float = 120.0
    profile: ModelProfile | None = None
    use_proxy: bool = True


def default_spec() -> str:
    """Return the spec that is used where none is given: BRIEFGEN_MODEL, else OpenAI if there is a key."""
    named = os.environ.get("BRIEFGEN_MODEL", "").strip()
    if named:
        return named
    return DEFAULT_OPENAI if os.environ.get("OPENAI_API_KEY", "").strip() else DEFAULT_LOCAL


def open_model(
    spec: str | None = None,
    *,
    offline: bool = False,
    options: OpenOptions | None = None,
    on_progress: Callable[[PullProgress], None] | None = None,
) -> LanguageModel:
    """Open the model that ``spec`` (or :func:`default_spec`) names.

    ``offline``: nothing outside this machine is asked, neither for weights nor for answers.
    ``on_progress`` is told of every piece of the weights that is fetched.

    Raises :class:`UsageError` for a spec or address of the wrong form, :class:`ConfigurationError` for a
    missing or unusable key, :class:`briefgen.errors.WeightsError` for missing weights.
    """
    spec = default_spec() if spec is None else spec.strip()
    provider, _, name = spec.partition(":")
    if not name or provider not in ("openai", "local"):
        raise UsageError(f"{spec!r} names no model", hint=_FORM)
    if provider == "local":
        from briefgen.providers import embedded  # noqa: PLC0415 -- loads llama.cpp

        return embedded.open_embedded(name, offline=offline, on_progress=on_progress)
    settings = openai_settings(name, options or OpenOptions())
    if offline and not is_loopback(settings.base_url):
        raise UsageError(f"{spec} cannot be asked offline", hint=f"use --model {DEFAULT_LOCAL}")
    from briefgen.providers.openai import OpenAIModel  # noqa: PLC0415 -- half a second

    return OpenAIModel(settings)


@dataclass(frozen=True)
class Outline:
    """What is known of a model without opening it. ``billed``: base URL and name, what prices go by."""

    name: str
    profile: ModelProfile
    billed: tuple[str, str] = ("", "")


def outline(spec: str | None = None) -> Outline:
    """Return what ``spec`` (or :func:`default_spec`) names. Needs no key and no weights.

    Raises :class:`UsageError` for a spec or address of the wrong form.
    """
    spec = default_spec() if spec is None else spec.strip()
    provider, _, name = spec.partition(":")
    if provider == "local" and name:
        from briefgen.providers.embedded import PROFILE  # noqa: PLC0415 -- not for every use of this module

        return Outline(spec, PROFILE)
    if provider != "openai" or not name:
        raise UsageError(f"{spec!r} names no model", hint=_FORM)
    base_url = checked_base_url(os.environ.get("OPENAI_BASE_URL", OPENAI_URL))
    return Outline(spec, _SMALL if is_loopback(base_url) else ModelProfile(), (base_url, name))


def openai_settings(model: str, options: OpenOptions) -> OpenAISettings:
    """Return the settings for a model of OpenAI, or of the server that OPENAI_BASE_URL names."""
    base_url = checked_base_url(os.environ.get("OPENAI_BASE_URL", OPENAI_URL))
    here = is_loopback(base_url)
    key = os.environ.get("OPENAI_API_KEY", "").strip() or (_NO_KEY if here else "")
    if not key:
        raise ConfigurationError(
            "there is no API key",
            hint=f"set OPENAI_API_KEY, or use the embedded model with --model {DEFAULT_LOCAL}",
        )
    reasoning = _REASONING.match(model) is not None
    # OpenAI itself takes the new name of the limit for every model, most other servers know the old one only.
    new_name = reasoning or base_url == OPENAI_URL
    return OpenAISettings(
        name=f"openai:{model}",
        model=model,
        base_url=base_url,
        api_key=SecretStr(key),
        profile=options.profile or (_SMALL if here else ModelProfile()),
        request_deadline=options.request_deadline,
        strict_dialect=not here,
        limit_field="max_completion_tokens" if new_name else "max_tokens",
        reasoning_allowance=_REASONING_ALLOWANCE if reasoning else 0,
        temperature=None if reasoning else 0.0,
        use_proxy=options.use_proxy,
    )
