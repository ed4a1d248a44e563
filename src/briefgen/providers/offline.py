"""Answers that come from elsewhere than a request of this moment: read and judged as :mod:`.openai` does.

For the batch API: what is sent is written into a file, and what is answered is read from another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from briefgen.errors import ModelError, OutputTruncated, SchemaInvalid, Usage
from briefgen.providers.base import Completion
from briefgen.providers.calls import request_body
from briefgen.providers.envelopes import read_answer, read_usage
from briefgen.providers.retrying import Fault
from briefgen.providers.statuses import error_in_success
from briefgen.providers.strict_json import NotOneObjectError, clean_object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.providers.base import Prompt, T
    from briefgen.providers.openai import OpenAIModel
    from briefgen.providers.settings import OpenAISettings


def body_of(
    model: OpenAIModel, prompt: Prompt, output_type: type[BaseModel], schema: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The body of a chat completion request for a prompt."""
    sent = model.response_format(output_type, schema)
    body = request_body(model.settings, prompt, sent, limit=prompt.max_output_tokens)
    return {**body, **model.settings.extra_body}


def completion_of(
    settings: OpenAISettings, envelope: Mapping[str, Any], prompt: Prompt, output_type: type[T]
) -> Completion[T]:
    """The completion in the envelope of an answer. Raises :class:`ModelError`, as the adapter would."""
    usage, sound = read_usage(dict(envelope))
    usage += Usage(requests=1)
    try:
        if envelope.get("error"):
            raise error_in_success(envelope["error"], settings, 0.0)
        answer = read_answer(dict(envelope), settings.host, settings.api_key.get_secret_value())
        output = output_type.model_validate_json(clean_object(answer.text), strict=True)
    except Fault as fault:
        failure = fault.error
    except (NotOneObjectError, ValidationError) as error:
        about = f"{settings.name}, asked for {prompt.facet},"
        if answer.cut:
            failure = OutputTruncated(f"{about} gave an answer longer than {prompt.max_output_tokens} tokens")
        else:
            failure = SchemaInvalid(f"{about} gave no usable answer: {type(error).__name__}")
    else:
        warnings = (*answer.warnings, *(() if sound else ("usage_unusable",)))
        return Completion(output, usage, answer.answered_by, warnings)
    if isinstance(failure, ModelError):
        failure.usage = usage
    raise failure
