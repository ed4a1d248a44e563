"""What an article's end means for it and for the run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefgen.errors import (
    BriefgenError,
    ConfigurationError,
    ModelError,
    ModelUnavailable,
    RateLimited,
    Usage,
)
from briefgen.providers.pacing import LONGEST_WAIT

if TYPE_CHECKING:
    from briefgen.brief import Brief

MAY_PASS = frozenset({"api_bad_response", "schema_invalid"})
"""Failures that are an article's own and may be gone when it is asked about again."""

_UNREACHED = frozenset({"api_unavailable", "api_timeout", "api_rate_limited"})
_FINAL = frozenset({"api_auth", "api_quota", "api_redirect", "config"})


@dataclass(frozen=True)
class Verdict:
    """``done``; ``failed``, by the article's own fault; ``unreached``, by the model's: the article is as it was;
    ``fatal``: every other article would end the same way. ``again``: another try may help.
    """

    kind: Literal["done", "failed", "unreached", "fatal"]
    code: str = ""
    message: str = ""
    again: bool = False
    resume_after: float | None = None
    """Seconds for which the server does not want to be asked: longer than anybody waits."""


def is_fatal(error: BriefgenError | None) -> bool:
    """Whether every other request would end like this one: no key, no money, no such model."""
    ends = isinstance(error, ConfigurationError) or (isinstance(error, ModelError) and error.ends_run)
    return ends and error is not None and not error.retryable


def verdict_on(brief: Brief | None, error: BriefgenError | None) -> Verdict:
    """Judge the end of a try: one of both is there."""
    if brief is not None:
        return verdict_on_brief(brief)
    assert error is not None
    return verdict_on_error(error)


def verdict_on_error(error: BriefgenError) -> Verdict:
    """Judge an article that got no brief."""
    resume = error.retry_after if isinstance(error, RateLimited) else None
    resume = resume if resume is not None and resume > LONGEST_WAIT else None
    if resume is not None:
        return Verdict("fatal", error.code, str(error), resume_after=resume)
    if isinstance(error, ModelUnavailable):
        return Verdict("unreached", error.code, str(error), again=True)
    if is_fatal(error):
        return Verdict("fatal", error.code, str(error))
    return Verdict("failed", error.code, str(error), again=error.code in MAY_PASS)


def verdict_on_brief(brief: Brief) -> Verdict:
    """Judge a brief: one that was cut short because the model could not be asked any more is none."""
    failures = brief.coverage.failures.values()
    for failure in failures:
        if failure.code in _FINAL:
            return Verdict("fatal", failure.code, failure.message)
    for failure in failures:
        if failure.code in _UNREACHED:
            return Verdict("unreached", failure.code, failure.message, again=True)
    again = any(failure.code in MAY_PASS for failure in failures)
    code = next((failure.code for failure in failures), "")
    return Verdict("done", code, again=again)


def usage_of(brief: Brief) -> Usage:
    """What a brief cost."""
    spent = brief.provenance
    return Usage(spent.requests, spent.input_tokens, spent.cached_tokens, spent.output_tokens, spent.seconds)
