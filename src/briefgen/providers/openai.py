"""The adapter for OpenAI and every server that speaks its API: the one file that imports the SDKs.

The openai SDK sends, instructor validates and asks once more. What either would get wrong is done before it
sees it: the envelope is read as plain data (:mod:`.envelopes`), the answer becomes one clean JSON object or
nothing (:mod:`.strict_json`), and messages (:mod:`.calls`) never pass through instructor, which renders and echoes them.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import httpx2
import instructor
from instructor.core import InstructorRetryException
from instructor.core.hooks import Hooks
from openai import APIConnectionError, APIStatusError, OpenAI
from openai.types.chat import ChatCompletion, ChatCompletionMessage
from openai.types.chat.chat_completion import Choice
from pydantic import BaseModel, ValidationError

from briefgen.errors import BriefgenError, ModelUnavailable
from briefgen.providers.base import Completion
from briefgen.providers.calls import Call, CallParts
from briefgen.providers.retrying import Clock, Fault, RetryLoop, RetryPolicy
from briefgen.providers.schemas import sent_schema
from briefgen.providers.settings import OpenAISettings
from briefgen.providers.statuses import read_error, status_fault
from briefgen.providers.transport import GuardedTransport

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.providers.base import ModelProfile, Prompt, T
    from briefgen.providers.pacing import Pace

__all__ = ["OpenAIModel", "OpenAISettings"]

_REASKS = 1
_PROBLEMS = 8
_CALL_DEADLINES = 2.5
"""A whole call, waits included, may take 300 s, or this many deadlines where one request may take long."""


class OpenAIModel:
    """One model on one server: one HTTP pool, safe to call from many threads."""

    def __init__(
        self, settings: OpenAISettings, *, policy: RetryPolicy | None = None, clock: Clock | None = None
    ) -> None:
        """Open nothing yet; connections are made by the first call.

        Raises :class:`briefgen.errors.ConfigurationError` for an unusable proxy or trust store.
        """
        _silence_loggers()
        self.settings = settings
        self.loop = RetryLoop(
            policy or RetryPolicy(seconds=max(300.0, _CALL_DEADLINES * settings.request_deadline)), clock
        )
        transport = GuardedTransport(settings.base_url, use_proxy=settings.use_proxy)
        self._sdk = OpenAI(
            api_key=settings.api_key.get_secret_value(),
            base_url=settings.base_url,
            max_retries=0,
            http_client=httpx2.Client(transport=transport, follow_redirects=False, trust_env=False),
        )
        self._requests: dict[type[BaseModel], tuple[type[BaseModel], dict[str, Any]]] = {}

    def __repr__(self) -> str:
        return f"OpenAIModel({self.name!r})"

    @property
    def name(self) -> str:
        return self.settings.name

    @property
    def profile(self) -> ModelProfile:
        return self.settings.profile

    @property
    def billed(self) -> tuple[str, str]:
        """Base URL of the server, and what it calls the model: what prices go by."""
        return self.settings.base_url, self.settings.model

    def complete(
        self, prompt: Prompt, output_type: type[T], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[T]:
        """Ask once and return an ``output_type``; see :class:`briefgen.providers.base.LanguageModel`.

        Makes at most four requests. Raises a :class:`ModelError`, or a :class:`ConfigurationError` where
        the connection cannot be trusted.
        """
        # The error is raised here and not where it is found, so that no exception of the SDKs, which hold
        # messages and key, is its cause or context.
        outcome = self._outcome(prompt, output_type, schema)
        if isinstance(outcome, BriefgenError):
            raise outcome
        return outcome

    def keep_pace(self, pace: Pace) -> None:
        """Ask ``pace`` before every request from now on."""
        self.loop.pace = pace

    def close(self) -> None:
        """Stop requests and waits under way, and refuse new ones."""
        self.loop.close()
        self._sdk.close()

    def _outcome(
        self, prompt: Prompt, output_type: type[T], schema: Mapping[str, Any] | None
    ) -> Completion[T] | BriefgenError:
        checked, sent = self._request(output_type)
        if schema is not None:
            sent = self.response_format(output_type, schema)
        call = Call(self.settings, self.loop, CallParts(prompt, sent, self.post))

        def create_completion(**_ignored: object) -> ChatCompletion:
            return _completion(call.answer())

        def note(error: Exception, **_ignored: object) -> None:
            call.note_problem(_problem(error))

        hooks = Hooks()
        hooks.on("parse:error", note)
        create: Any = instructor.patch(create=create_completion, mode=instructor.Mode.JSON_SCHEMA)
        try:
            create(response_model=checked, messages=[], max_retries=_REASKS, strict=True, hooks=hooks)
        except InstructorRetryException as error:
            call.problem = call.problem or type(error.__cause__).__name__
            return call.error()
        # Once more without instructor, which leaves the raw answer inside its own subclass of the type.
        output = output_type.model_validate_json(call.text, strict=True)
        return Completion(output, call.usage, call.answered_by, tuple(dict.fromkeys(call.warnings)))

    def _request(self, output_type: type[BaseModel]) -> tuple[type[BaseModel], dict[str, Any]]:
        """Return what instructor validates with, and the response format; built once, because it is slow."""
        known = self._requests.get(output_type)
        if known is None:
            schema = output_type.model_json_schema()
            known = (_checked(output_type, schema), self._format(output_type, schema))
            self._requests[output_type] = known
        return known

    def response_format(
        self, output_type: type[BaseModel], schema: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """What a request for an ``output_type`` holds the model to; ``schema`` as in :meth:`complete`."""
        return self._request(output_type)[1] if schema is None else self._format(output_type, schema)

    def _format(self, output_type: type[BaseModel], schema: Mapping[str, Any]) -> dict[str, Any]:
        cut = sent_schema(schema, strict_dialect=self.settings.strict_dialect)
        named = {"name": output_type.__name__[:64], "strict": True, "schema": cut}
        return {"type": "json_schema", "json_schema": named}

    def post(self, body: dict[str, Any], seconds: float) -> httpx2.Response:
        """Send one request and return its answer, or raise a :class:`Fault`."""
        create: Any = self._sdk.chat.completions.with_raw_response.create
        # An extra body is sent as it is. What goes by name is compared with the SDK's types, key by key, which
        # takes longer than to send it.
        try:
            raw = create(
                model=body["model"],
                messages=(),
                extra_body={**body, **self.settings.extra_body},
                timeout=seconds,
            )
        except APIStatusError as error:
            self.loop.pace.heard(error.response.headers)
            answer = read_error(error.response.status_code, error.response.headers, error.response.content)
            fault = status_fault(answer, self.settings, self.loop.clock.wall())
        except APIConnectionError as error:
            cause = error.__cause__
            unknown = ModelUnavailable(f"cannot reach {self.settings.host} ({type(cause).__name__})")
            fault = cause if isinstance(cause, Fault) else Fault(unknown)
        else:
            response: httpx2.Response = raw.http_response
            self.loop.pace.heard(response.headers)
            return response
        raise fault


class _Answered(BaseModel):
    """An answer that fits: what instructor gets to see of it."""


def _checked(output_type: type[BaseModel], schema: Mapping[str, Any]) -> type[BaseModel]:
    """Return a model without fields that validates as ``output_type`` does.

    Four times a call instructor walks through all fields of the model, and of the models in them, to look
    for validators that it does not run: half of what a call costs.
    """

    def validate(cls: type[BaseModel], text: str, /, **_how: object) -> BaseModel:
        output_type.model_validate_json(text, strict=True)
        return cls.model_construct()

    own = {
        "model_json_schema": classmethod(lambda _cls: schema),
        "model_validate_json": classmethod(validate),
    }
    return type(output_type.__name__, (instructor.response_schema(_Answered),), own)


def _completion(text: str) -> ChatCompletion:
    """Return the completion that instructor expects of a ``create``, with nothing in it but ``text``."""
    message = ChatCompletionMessage(role="assistant", content=text)
    choice = Choice(finish_reason="stop", index=0, message=message)
    return ChatCompletion(id="", choices=[choice], created=0, model="", object="chat.completion")


def _problem(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return type(error).__name__
    details = error.errors(include_url=False, include_context=False, include_input=False)[:_PROBLEMS]
    return "; ".join(f"{'.'.join(map(str, d['loc'])) or 'answer'}: {d['msg']}" for d in details)


def _silence_loggers() -> None:
    """Both SDKs log messages and answers, instructor even as errors; the HTTP library logs headers."""
    for name in ("openai", "instructor", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
