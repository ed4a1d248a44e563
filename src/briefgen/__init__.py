"""briefgen: a news article in, a brief out in which every line is vouched for by a sentence of the article."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import Brief
    from briefgen.errors import BriefgenError
    from briefgen.generator import BriefGenerator, ProgressEvent
    from briefgen.prompts import PromptLibrary
    from briefgen.providers.base import LanguageModel
    from briefgen.providers.registry import open_model
    from briefgen.sources.files import read_article
    from briefgen.verification import audit

__all__ = [
    "Article",
    "Brief",
    "BriefGenerator",
    "BriefgenError",
    "LanguageModel",
    "ProgressEvent",
    "PromptLibrary",
    "audit",
    "open_model",
    "read_article",
]

_HOMES = {
    "Article": "article",
    "Brief": "brief",
    "BriefGenerator": "generator",
    "BriefgenError": "errors",
    "LanguageModel": "providers.base",
    "ProgressEvent": "generator",
    "PromptLibrary": "prompts",
    "audit": "verification",
    "open_model": "providers.registry",
    "read_article": "sources.files",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used: ``briefgen --help`` needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"briefgen.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
