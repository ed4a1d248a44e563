"""From an error answer to an error: what each HTTP status and error code means, and what may be sent again."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from briefgen.errors import (
    AuthenticationError,
    BadRequest,
    BadResponse,
    ContentFiltered,
    ModelError,
    ModelNotFound,
    ModelTimeout,
    ModelUnavailable,
    QuotaExceeded,
    RequestTooLarge,
)
from briefgen.providers.pacing import LONGEST_WAIT
from briefgen.providers.quoting import quote
from briefgen.providers.retrying import (
    FULLY,
    NEVER,
    ONCE,
    Fault,
    parse_retry_after,
    rate_limited,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.providers.settings import OpenAISettings

_QUOTA = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}
_FILTERED = {"content_filter", "content_policy_violation"}
_TOO_LONG = {"context_length_exceeded", "exceed_context_size_error"}
_TOO_LONG_TEXT = re.compile(r"context (length|size|window)", re.IGNORECASE)
_STATUS_OF_CODE = {
    "rate_limit_exceeded": 429,
    "insufficient_quota": 429,
    "invalid_api_key": 401,
    "model_not_found": 404,
    "context_length_exceeded": 400,
    "content_filter": 400,
    "server_error": 500,
}


@dataclass(frozen=True)
class ErrorAnswer:
    """``headers`` has lower-case names; ``codes`` are the error's code and type in lower case."""

    status: int
    headers: Mapping[str, str]
    message: str
    codes: frozenset[str]


def read_error(status: int, headers: Mapping[str, str], body: bytes) -> ErrorAnswer:
    """Read the error answer of an OpenAI-like server, or of whatever stands in front of it."""
    text = body.decode("utf-8", "replace")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        return ErrorAnswer(status, headers, text, frozenset())
    error = data.get("error") or data
    message, codes = _parts(error) if isinstance(error, dict) else (str(error), frozenset())
    return ErrorAnswer(status, headers, message or text, codes)


def _parts(error: dict[str, Any]) -> tuple[str, frozenset[str]]:
    message = error.get("message") or error.get("detail") or ""
    codes = frozenset(str(error.get(name)).lower() for name in ("code", "type") if error.get(name))
    return str(message), codes


def error_in_success(error: object, settings: OpenAISettings, wall_now: float) -> Fault:
    """Map an error that came with status 200: like the status it names, else worth one more try."""
    message, codes = _parts(error) if isinstance(error, dict) else (str(error), frozenset())
    for code in sorted(codes):
        status = int(code) if re.fullmatch("[45][0-9]{2}", code) else _STATUS_OF_CODE.get(code)
        if status is not None:
            return status_fault(ErrorAnswer(status, {}, message, codes), settings, wall_now)
    said = quote(message, settings.api_key.get_secret_value())
    return Fault(BadResponse(f"{settings.host} answers with an error: {said}"), attempts=ONCE)


def status_fault(answer: ErrorAnswer, settings: OpenAISettings, wall_now: float) -> Fault:
    """Map an error answer. ``wall_now`` is for a Retry-After that is a date."""
    said = quote(answer.message, settings.api_key.get_secret_value())
    text = f"{settings.host} answers HTTP {answer.status}" + (f": {said}" if said else "")
    final = _final_error(answer, settings, text)
    if final is not None:
        return Fault(final)
    retry_after = parse_retry_after(answer.headers, wall_now)
    attempts = NEVER if answer.headers.get("x-should-retry", "").lower() == "false" else FULLY
    if retry_after is not None and retry_after > LONGEST_WAIT:
        return Fault(rate_limited(text, retry_after), attempts=NEVER, retry_after=retry_after)
    error: ModelError
    if answer.status == 429:
        error = rate_limited(text, retry_after)
    elif answer.status == 408:
        error = ModelTimeout(text)
    else:
        error = ModelUnavailable(text)
        if answer.status == 501:
            attempts = NEVER
    return Fault(error, attempts=attempts, retry_after=retry_after)


def _final_error(answer: ErrorAnswer, settings: OpenAISettings, text: str) -> ModelError | None:
    """Return the error of an answer that the same request would get again, or ``None``."""
    status, codes = answer.status, answer.codes
    if status == 402 or codes & _QUOTA:
        return QuotaExceeded(text, hint="check the account's plan and billing")
    if status in (401, 403) and not codes & _FILTERED:
        return AuthenticationError(text, hint="check OPENAI_API_KEY and that it may use this model")
    if status == 404:
        return _not_found(settings, text)
    if status in (408, 409, 429) or status >= 500:
        return None
    return _bad_request(answer, text)


def _bad_request(answer: ErrorAnswer, text: str) -> BadRequest | ContentFiltered:
    if answer.codes & _FILTERED:
        return ContentFiltered(text)
    too_long = answer.codes & _TOO_LONG or (answer.status == 400 and _TOO_LONG_TEXT.search(answer.message))
    if answer.status == 413 or too_long:
        return RequestTooLarge(text, hint="the article does not fit the model's window")
    return BadRequest(text)


def _not_found(settings: OpenAISettings, text: str) -> ModelNotFound:
    hint = "check the model's name and OPENAI_BASE_URL"
    if not urlsplit(settings.base_url).path:
        hint = f"the base URL may lack its path: try {settings.base_url}/v1"
    return ModelNotFound(f"model {settings.model!r} not found: {text}", hint=hint)
