"""The envelope around a model's answer: read as plain data, before any SDK makes something of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from briefgen.errors import BadResponse, ContentFiltered, Refused, Usage
from briefgen.providers.quoting import REFUSAL_CHARACTERS, quote
from briefgen.providers.retrying import NEVER, ONCE, Fault

_KNOWN_REASONS = {"stop", "length", "tool_calls", "function_call"}
_MODEL_CHARACTERS = 100


@dataclass(frozen=True)
class Answer:
    """``text`` is what the model said, ``cut`` that it hit the token limit. ``warnings`` are stable codes."""

    text: str
    cut: bool = False
    called_tool: bool = False
    answered_by: str | None = None
    warnings: tuple[str, ...] = field(default=())


def read_envelope(body: bytes, content_type: str, host: str) -> dict[str, Any]:
    """Return the JSON object of a successful answer, or raise a :class:`Fault` with :class:`BadResponse`."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = None
    if text is None:
        raise Fault(BadResponse(f"{host} sent an answer that is not UTF-8"))
    if not text.strip():
        raise Fault(BadResponse(f"{host} sent an empty answer"), attempts=ONCE)
    if content_type.startswith("text/html") or text.lstrip().startswith("<"):
        raise Fault(
            BadResponse(
                f"{host} sent a web page", hint="a captive portal, or a wrong base URL (OPENAI_BASE_URL)"
            )
        )
    try:
        data = json.loads(text)
    except ValueError:
        attempts = ONCE
    except RecursionError:
        attempts = NEVER
    else:
        if isinstance(data, dict):
            return data
        attempts = NEVER
    raise Fault(BadResponse(f"{host} sent an answer that is not one JSON object"), attempts=attempts)


def read_answer(envelope: dict[str, Any], host: str, key: str) -> Answer:
    """Return the first choice's answer, or raise a :class:`Fault` for one that is none."""
    choices = envelope.get("choices")
    if "choices" in envelope and not choices:
        # Some servers mean "filtered", others drop it by accident.
        raise Fault(BadResponse(f"{host} sent an answer without a choice"), attempts=ONCE)
    if not isinstance(choices, list) or not isinstance(choices[0], dict):
        raise Fault(BadResponse(f"{host} sent an answer in which no choice can be read"))
    choice = choices[0]
    reason = choice.get("finish_reason")
    if reason == "content_filter":
        raise Fault(ContentFiltered(f"the content filter of {host} stopped the answer"))
    message = choice.get("message")
    if not isinstance(message, dict):
        raise Fault(BadResponse(f"{host} sent a choice without a message"))
    refusal = message.get("refusal")
    if isinstance(refusal, str) and refusal.strip():
        raise Fault(Refused(f"the model refuses: {quote(refusal, key, REFUSAL_CHARACTERS)}"))
    content = message.get("content")
    warnings = []
    if reason is not None and reason not in _KNOWN_REASONS:
        warnings.append("finish_reason_unknown")
    if len(choices) > 1:
        warnings.append("several_choices")
    return Answer(
        text=content if isinstance(content, str) else "",
        cut=reason == "length",
        called_tool=bool(message.get("tool_calls") or message.get("function_call")),
        answered_by=_model_name(envelope.get("model"), key),
        warnings=tuple(warnings),
    )


def read_usage(envelope: dict[str, Any]) -> tuple[Usage, bool]:
    """Return the tokens that the server counted (no requests, no seconds), and whether all made sense."""
    usage = envelope.get("usage")
    if usage is None:
        return Usage(), True
    if not isinstance(usage, dict):
        return Usage(), False
    details = usage.get("prompt_tokens_details")
    given = [
        usage.get("prompt_tokens"),
        details.get("cached_tokens") if isinstance(details, dict) else None,
        usage.get("completion_tokens"),
    ]
    counts = [_count(value) for value in given]
    sound = all(count is not None or value is None for count, value in zip(counts, given, strict=True))
    return Usage(input_tokens=counts[0], cached_tokens=counts[1], output_tokens=counts[2]), sound


def _count(value: object) -> int | None:
    # A bool is an int, and no count.
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _model_name(value: object, key: str) -> str | None:
    return quote(value, key, _MODEL_CHARACTERS) if isinstance(value, str) and value.strip() else None
