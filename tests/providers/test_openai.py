"""What the adapter sends, and what it is to its caller."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from typing import Any, Literal

import pytest
from fake_server import FakeServer, completion, reply
from harness import GOOD, KEY, OK, PROMPT, Draft, ask, ask_at, in_threads, opened
from pydantic import BaseModel, ConfigDict, Field, field_validator

from briefgen.errors import AuthenticationError, ModelUnavailable, SchemaInvalid
from briefgen.providers.base import LanguageModel, ModelProfile, Prompt

covers = pytest.mark.covers


def test_the_adapter_is_a_language_model() -> None:
    with opened("http://127.0.0.1:1/v1", profile=ModelProfile(window_tokens=99)) as model:
        assert isinstance(model, LanguageModel)
        assert (model.name, model.profile.window_tokens) == ("openai:fake-model", 99)


def test_prompt_and_strict_schema_are_sent_and_the_key_goes_into_one_header_only() -> None:
    (request,) = ask(OK).requests
    sent = request.json
    assert request.path == "/v1/chat/completions"
    assert sent["messages"] == [
        {"role": "system", "content": PROMPT.system},
        {"role": "user", "content": PROMPT.user},
    ]
    assert (sent["max_tokens"], sent["temperature"], sent["model"]) == (1500, 0.0, "fake-model")
    named = sent["response_format"]["json_schema"]
    assert (named["name"], named["strict"]) == ("Draft", True)
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert KEY.encode() not in request.body


def test_the_strict_dialect_has_every_property_required_and_no_limits() -> None:
    schema = ask(OK).requests[0].json["response_format"]["json_schema"]["schema"]
    assert schema["required"] == ["name", "count", "share", "places"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["name"] == {
        "type": "string",
        "description": "Who acts. At most 40 characters.",
    }


def test_a_local_server_gets_the_limits_it_can_enforce() -> None:
    schema = ask(OK, strict_dialect=False).requests[0].json["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["name"] == {
        "type": "string",
        "description": "Who acts.",
        "maxLength": 40,
    }
    assert schema["properties"]["places"] == {"type": "array", "items": {"type": "string"}, "maxItems": 3}


def test_a_schema_of_the_caller_replaces_what_is_sent_but_not_what_is_accepted() -> None:
    narrow = {"type": "object", "properties": {"name": {"enum": ["a", "b"]}}, "required": ["name"]}
    with FakeServer([reply(200, completion({"name": "c"}))]) as server, opened(server) as model:
        output = model.complete(PROMPT, Draft, schema=narrow).output
        assert output.name == "c"
        model.complete(PROMPT, Draft)
    narrowed, whole = (r.json["response_format"]["json_schema"]["schema"] for r in server.requests)
    assert narrowed["properties"]["name"] == {"enum": ["a", "b"]}
    assert set(whole["properties"]) == {"name", "count", "share", "places"}


def test_a_reasoning_model_gets_its_kind_of_limit_with_room_to_think_and_no_temperature() -> None:
    outcome = ask(OK, limit_field="max_completion_tokens", reasoning_allowance=500, temperature=None)
    sent = outcome.requests[0].json
    assert sent["max_completion_tokens"] == 2000
    assert not {"max_tokens", "temperature"} & set(sent)


def test_more_fields_of_the_body_are_passed_on() -> None:
    assert ask(OK, extra_body={"cache_prompt": True}).requests[0].json["cache_prompt"] is True


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% foo", "{{ config }}", "\\n {# #}", "ไทย 🇳🇴 \u00e9"])
def test_article_text_is_sent_as_it_is_and_never_read_as_a_template(text: str) -> None:
    prompt = Prompt(facet="actors", system="s " + text, user=text)
    with FakeServer([reply(200, completion("no")), OK]) as server:
        assert ask_at(server, prompt=prompt).code == "done"
        for request in server.requests:
            assert [message["content"] for message in request.json["messages"]][:2] == ["s " + text, text]


def test_the_output_is_of_the_very_type_that_was_asked_for() -> None:
    output = ask(OK).done.output
    assert output == Draft(**GOOD)  # type: ignore[arg-type]  # a literal of mixed values
    assert set(vars(output)) == set(Draft.model_fields)


class Word(BaseModel):
    model_config = ConfigDict(extra="forbid")
    word: Literal["yes", "no"]

    @field_validator("word")
    @classmethod
    def broken(cls, word: str) -> str:
        if word == "no":
            raise TypeError(f"a bug that quotes {KEY}")
        return word


@covers("T-SEC-4")
def test_a_bug_in_a_validator_is_an_error_of_ours_without_its_text() -> None:
    with (
        FakeServer([reply(200, completion({"word": "no"}))]) as server,
        opened(server) as model,
        pytest.raises(SchemaInvalid) as caught,
    ):
        model.complete(PROMPT, Word)
    assert "TypeError" in str(caught.value)
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@covers("T-SEC-1")
def test_settings_and_model_never_show_the_key() -> None:
    with opened("http://127.0.0.1:1/v1") as model:
        assert KEY not in repr(model) + str(model) + repr(model.settings) + str(model.settings)


@covers("T-SEC-1", "T-SEC-3")
def test_loggers_that_somebody_opened_wide_are_silent_again() -> None:
    for name in ("openai", "instructor", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    assert ask(reply(200, completion("ARTICLE-CANARY prose"))).logged == ""


def test_many_threads_get_each_its_own_answer() -> None:
    """An answer echoes the number that was asked, so that a mix-up shows."""
    outputs: dict[int, str] = {}

    class Echo(FakeServer):
        def _perform(self, sock: Any, request: Any) -> bool:
            number = request.json["messages"][1]["content"]
            bad = request.json["messages"][-1]["content"] == number and int(number) % 3 == 0
            self.scripts = [reply(200, completion("bad" if bad else {**GOOD, "name": number}))]
            return super()._perform(sock, request)

    count = 24
    with Echo([OK]) as server, opened(server) as model:
        # One at a time on the server's side: its script is one for all.
        server._perform = _locked(server._perform)  # type: ignore[method-assign]  # a test double

        def work(number: int) -> None:
            result = model.complete(Prompt("actors", "s", str(number)), Draft)
            assert result.usage.requests == (2 if number % 3 == 0 else 1)
            outputs[number] = result.output.name

        in_threads(count, work)
    assert outputs == {number: str(number) for number in range(count)}


def _locked(function: Any) -> Any:
    lock = threading.Lock()

    def locked(*arguments: Any) -> Any:
        with lock:
            return function(*arguments)

    return locked


def test_a_closed_model_refuses_to_be_asked() -> None:
    with FakeServer([OK]) as server, opened(server) as model:
        model.complete(PROMPT, Draft)
        model.close()
        with pytest.raises(ModelUnavailable, match="closed"):
            model.complete(PROMPT, Draft)
        assert len(server.requests) == 1


class Deep(BaseModel):
    model_config = ConfigDict(extra="forbid")
    inner: list[Deep] = Field(default_factory=list)


@covers("S-41")
def test_a_recursive_draft_stands_an_answer_nested_as_deep_as_json_can_be() -> None:
    text = '{"inner":[' * 400 + "]}" * 400
    with (
        FakeServer([reply(200, completion(text))]) as server,
        opened(server) as model,
        pytest.raises(SchemaInvalid),
    ):
        model.complete(PROMPT, Deep)


@covers("T-SEC-4")
def test_an_error_of_a_call_made_while_handling_another_keeps_that_as_its_context() -> None:
    """Only what is the caller's own."""

    def handle(model: LanguageModel) -> None:
        try:
            _ = {"a": 1}["callers"]
        except KeyError:
            model.complete(PROMPT, Draft)

    with (
        FakeServer([reply(401)]) as server,
        opened(server) as model,
        pytest.raises(AuthenticationError) as caught,
    ):
        handle(model)
    assert type(caught.value.__context__) is KeyError
    assert caught.value.__context__.__context__ is None


@pytest.mark.parametrize(
    ("module", "loaded"), [("briefgen.providers.registry", False), ("briefgen.providers.openai", True)]
)
def test_only_the_adapter_loads_the_sdks(module: str, loaded: bool) -> None:
    code = f"import sys, {module}; print([m for m in ('openai', 'instructor', 'httpx2', 'tenacity') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert (shown.strip() == "[]") is not loaded
