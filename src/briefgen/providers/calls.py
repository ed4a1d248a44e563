"""One call of the model: what it asks, how it asks again, and what it has cost so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefgen.errors import BriefgenError, ModelError, OutputTruncated, SchemaInvalid, Usage
from briefgen.providers.envelopes import Answer, read_answer, read_envelope, read_usage
from briefgen.providers.quoting import cut_bytes, quote
from briefgen.providers.retrying import Fault
from briefgen.providers.statuses import error_in_success
from briefgen.providers.strict_json import NotOneObjectError, clean_object

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import httpx2

    from briefgen.providers.base import Prompt
    from briefgen.providers.retrying import RetryLoop
    from briefgen.providers.settings import OpenAISettings

_ECHO_BYTES = 1000
_PROBLEM_BYTES = 600


@dataclass(frozen=True)
class CallParts:
    """``post(body, seconds)`` sends one request and returns its answer, or raises a :class:`Fault`."""

    prompt: Prompt
    response_format: dict[str, Any]
    post: Callable[[dict[str, Any], float], httpx2.Response]


class CallOver(Exception):
    """The call is over; why is in :meth:`Call.error`."""


class Call:
    """What one ``complete`` has asked, got and spent so far.

    ``text`` is the last clean answer, or empty; ``problem`` says what was wrong with the last bad one.
    """

    def __init__(self, settings: OpenAISettings, loop: RetryLoop, parts: CallParts) -> None:
        self._settings = settings
        self._loop = loop
        self._parts = parts
        self._limit = parts.prompt.max_output_tokens
        self._budget = loop.budget(parts.prompt.likely_tokens)
        self._key = settings.api_key.get_secret_value()
        self._said = ""
        self._reask: list[dict[str, str]] = []
        self._failure: BriefgenError | None = None
        self.text = ""
        self.problem = ""
        self.usage = Usage()
        self.answered_by: str | None = None
        self.warnings: list[str] = []

    def answer(self) -> str:
        """Ask, or ask again with the last problem, and return a clean JSON object, or nothing if there is none.

        Raises :class:`CallOver` where another try would be in vain.
        """
        if self._budget.requests <= 0:
            raise CallOver
        self._reask = _reask(self._said, self.problem) if self.problem else []
        try:
            self.text = self._ask()
        except Fault as fault:
            self._failure = fault.error
        if self._failure is not None:
            raise CallOver
        return self.text

    def note_problem(self, problem: str) -> None:
        """Take down what validation found wrong; of an answer that was no JSON more is known here."""
        if self.text:
            self.problem = problem

    def error(self) -> BriefgenError:
        """Return the error that the call ends in, with what it has cost."""
        error = self._failure or SchemaInvalid(
            f"{self._about()} gave no usable answer: {quote(self.problem, self._key)}"
        )
        if isinstance(error, ModelError):
            error.usage = self.usage
        return error

    def _about(self) -> str:
        return f"{self._settings.name}, asked for {self._parts.prompt.facet},"

    def _ask(self) -> str:
        """Return a clean JSON object, or nothing if the model said none; then ``problem`` says why."""
        answer, text = self._send()
        if answer.cut and not text and self._limit < self._settings.output_cap and self._budget.requests > 0:
            self._limit = min(2 * self._limit, self._settings.output_cap)
            answer, text = self._send()
        if answer.cut and not text:
            raise Fault(
                OutputTruncated(
                    f"{self._about()} gave an answer longer than {self._limit} tokens",
                    hint="shorten the article or raise the limit",
                )
            )
        if answer.cut:
            self.warnings.append("cut_but_complete")
        return text

    def _send(self) -> tuple[Answer, str]:
        answer = self._loop.run(self._request, self._budget)
        self.answered_by = answer.answered_by
        self.warnings.extend(answer.warnings)
        return answer, self._clean(answer)

    def _clean(self, answer: Answer) -> str:
        self._said = answer.text
        if answer.called_tool and not answer.text:
            self.problem = "a tool was called, but none was offered"
            return ""
        try:
            return clean_object(answer.text)
        except NotOneObjectError as error:
            self.problem = str(error)
            return ""

    def _request(self, seconds_left: float) -> Answer:
        clock = self._loop.clock
        started = clock.monotonic()
        self.usage += Usage(requests=1)
        try:
            return self._exchange(min(self._settings.request_deadline, seconds_left))
        finally:
            self.usage += Usage(seconds=clock.monotonic() - started)

    def _exchange(self, seconds: float) -> Answer:
        settings = self._settings
        response = self._parts.post(self._body(), seconds)
        envelope = read_envelope(response.content, response.headers.get("content-type", ""), settings.host)
        spent, sound = read_usage(envelope)
        self.usage += spent
        self._budget.counted = _tokens(spent)
        if not sound:
            self.warnings.append("usage_unusable")
        if envelope.get("error"):
            raise error_in_success(envelope["error"], settings, self._loop.clock.wall())
        return read_answer(envelope, settings.host, settings.api_key.get_secret_value())

    def _body(self) -> dict[str, Any]:
        return request_body(
            self._settings,
            self._parts.prompt,
            self._parts.response_format,
            limit=self._limit,
            reask=self._reask,
        )


def request_body(
    settings: OpenAISettings,
    prompt: Prompt,
    response_format: Mapping[str, Any],
    *,
    limit: int,
    reask: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """What is sent for a prompt. ``limit``: tokens of the answer."""
    body: dict[str, Any] = {
        "model": settings.model,
        "messages": [
            {"role": "system", "content": prompt.system},
            {"role": "user", "content": prompt.user},
            *reask,
        ],
        "response_format": response_format,
        settings.limit_field: limit + settings.reasoning_allowance,
    }
    if settings.temperature is not None:
        body["temperature"] = settings.temperature
    return body


def _tokens(usage: Usage) -> int | None:
    counts = [count for count in (usage.input_tokens, usage.output_tokens) if count is not None]
    return sum(counts) if counts else None


def _reask(said: str, problem: str) -> list[dict[str, str]]:
    """Return the messages that ask again. Little is echoed: it is paid for again, and may be megabytes."""
    told = cut_bytes(problem, _PROBLEM_BYTES)
    ask = f"That answer cannot be used: {told}. Answer again with one JSON object and nothing else."
    echo = [{"role": "assistant", "content": cut_bytes(said, _ECHO_BYTES)}] if said.strip() else []
    return [*echo, {"role": "user", "content": ask}]
