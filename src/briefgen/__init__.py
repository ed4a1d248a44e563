"""briefgen: a news article in, a brief out in which every line is vouched for by a sentence of the article."""

from __future__ import annotations

from briefgen.article import Article
from briefgen.brief import Brief
from briefgen.errors import BriefgenError
from briefgen.generator import BriefGenerator, ProgressEvent
from briefgen.prompts import PromptLibrary
from briefgen.providers.base import LanguageModel
from briefgen.providers.registry import open_model
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
]
