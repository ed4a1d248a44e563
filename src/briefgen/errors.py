"""Every error of briefgen, one tree.

    BriefgenError
    ├── UsageError            usage                                          exit 2
    ├── ConfigurationError    config                                         exit 3
    │   └── AuthenticationError   api_auth
    ├── InputError            input_missing, input_empty, input_too_big, …    exit 4
    ├── ModelError            what a model call can end in
    │   ├── ModelUnavailable      api_unavailable      retryable              exit 5
    │   │   ├── ModelTimeout          api_timeout      retryable
    │   │   └── RateLimited           api_rate_limited retryable
    │   ├── QuotaExceeded         api_quota                                   exit 5
    │   ├── Redirected            api_redirect                                exit 5
    │   ├── BadRequest            api_bad_request                             exit 1
    │   │   └── RequestTooLarge       api_too_large
    │   ├── BadResponse           api_bad_response                            exit 1
    │   │   └── ResponseTooBig        response_too_big
    │   ├── Refused               refused                                     exit 1
    │   │   └── ContentFiltered       content_filtered
    │   ├── OutputTruncated       output_truncated                            exit 1
    │   └── SchemaInvalid         schema_invalid                              exit 1
    ├── WeightsError          weights_missing, weights_corrupt, …             exit 5
    ├── OutputError           output_failed                                  exit 6
    └── StoreError            store_failed                                   exit 6
        ├── StoreLocked           store_locked     retryable
        ├── StoreFull             store_full       retryable
        ├── StoreCorrupt          store_corrupt
        └── StoreNewer            store_newer

``code`` is stable and machine-readable, ``hint`` says what to do, ``retryable`` whether the same call may
succeed later, ``exit_code`` what the command line ends with. Messages never hold an API key, a prompt or
article text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Usage:
    """What a model call cost. ``None`` means that the server did not say; it never means zero.

    ``requests`` counts every request that was sent, failed and timed-out ones too: they may be billed.
    """

    requests: int = 0
    input_tokens: int | None = None
    cached_tokens: int | None = None
    output_tokens: int | None = None
    seconds: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.requests + other.requests,
            _sum(self.input_tokens, other.input_tokens),
            _sum(self.cached_tokens, other.cached_tokens),
            _sum(self.output_tokens, other.output_tokens),
            self.seconds + other.seconds,
        )


def _sum(left: int | None, right: int | None) -> int | None:
    return right if left is None else left if right is None else left + right


class BriefgenError(Exception):
    """Base of all errors that briefgen raises on purpose."""

    code: str = "error"
    retryable: ClassVar[bool] = False
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class UsageError(BriefgenError):
    """The caller asked for something that makes no sense."""

    code = "usage"
    exit_code = 2


class ConfigurationError(BriefgenError):
    """A setting is missing or wrong: key, address, model name, certificate, prompt file."""

    code = "config"
    exit_code = 3


class InputError(BriefgenError):
    """The input is not a readable article. ``code`` says which way (input_missing, input_empty, …)."""

    code = "input_unreadable"
    exit_code = 4


class ModelError(BriefgenError):
    """A model call failed. ``usage`` counts what it cost all the same.

    ``ends_run``: further calls to the same model would fail the same way, so none should be made.
    """

    code = "model_error"
    ends_run: ClassVar[bool] = False

    def __init__(self, message: str, *, hint: str = "", code: str = "", usage: Usage | None = None) -> None:
        super().__init__(message, hint=hint, code=code)
        self.usage = usage or Usage()


class ModelUnavailable(ModelError):
    """No answer: connection refused, reset, name not found, 5xx, after the last attempt."""

    code = "api_unavailable"
    retryable = True
    ends_run = True
    exit_code = 5


class ModelTimeout(ModelUnavailable):
    """No complete answer before the deadline."""

    code = "api_timeout"


class RateLimited(ModelUnavailable):
    """429, or a Retry-After longer than we wait. ``retry_after`` in seconds, where the server said."""

    code = "api_rate_limited"

    def __init__(
        self, message: str, *, hint: str = "", usage: Usage | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message, hint=hint, usage=usage)
        self.retry_after = retry_after


class AuthenticationError(ModelError, ConfigurationError):
    """401 or 403: the key is missing, wrong, or not allowed this model."""

    code = "api_auth"
    ends_run = True
    exit_code = 3


class ModelNotFound(ModelError, ConfigurationError):
    """404: no such model, or the base URL lacks its path."""

    code = "config"
    ends_run = True
    exit_code = 3


class QuotaExceeded(ModelError):
    """The account has no money or quota left. Never sent again unchanged."""

    code = "api_quota"
    ends_run = True
    exit_code = 5


class Redirected(ModelError):
    """The server answered with a redirect; it is not followed, so the article went nowhere else."""

    code = "api_redirect"
    ends_run = True
    exit_code = 5


class BadRequest(ModelError):
    """The server refuses this request as malformed."""

    code = "api_bad_request"


class RequestTooLarge(BadRequest):
    """The prompt does not fit the model's window."""

    code = "api_too_large"


class BadResponse(ModelError):
    """The answer is not what the API promises (no JSON, no choices, a login page)."""

    code = "api_bad_response"


class ResponseTooBig(BadResponse):
    """The answer is longer than the cap, or compressed although that was not offered."""

    code = "response_too_big"


class Refused(ModelError):
    """The model refuses the task. Never sent again unchanged."""

    code = "refused"


class ContentFiltered(Refused):
    """The provider's content filter stopped the answer."""

    code = "content_filtered"


class OutputTruncated(ModelError):
    """The answer hit the token limit before it was complete."""

    code = "output_truncated"


class SchemaInvalid(ModelError):
    """The answer does not fit the draft's schema, after one re-ask."""

    code = "schema_invalid"


class WeightsError(BriefgenError):
    """The embedded model's weights are missing, damaged, or cannot be fetched."""

    code = "weights_missing"
    exit_code = 5


class OutputError(BriefgenError):
    """The result could not be written."""

    code = "output_failed"
    exit_code = 6


class StoreError(BriefgenError):
    """The store of briefs cannot be read or written: no permission, a link, a failing disk."""

    code = "store_failed"
    exit_code = 6


class StoreLocked(StoreError):
    """Another run, or another program, holds the store."""

    code = "store_locked"
    retryable = True


class StoreFull(StoreError):
    """The disk is full. What was recorded before stands."""

    code = "store_full"
    retryable = True


class StoreCorrupt(StoreError):
    """The file is no store of briefs, or a damaged one. It was not changed."""

    code = "store_corrupt"


class StoreNewer(StoreError):
    """A newer version of briefgen made the store. It was not changed."""

    code = "store_newer"
