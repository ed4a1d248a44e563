"""Specs, keys and addresses: what is refused before anything is sent."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from fake_server import FakeServer
from harness import OK, PROMPT, Draft
from pydantic import SecretStr

from briefgen.errors import ConfigurationError, UsageError
from briefgen.providers.registry import (
    DEFAULT_LOCAL,
    DEFAULT_OPENAI,
    OpenOptions,
    default_spec,
    open_model,
    openai_settings,
)
from briefgen.providers.settings import OpenAISettings, checked_base_url, checked_key

covers = pytest.mark.covers
KEY = "sk-CANARY-0123456789abcdef"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BRIEFGEN_MODEL", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_the_default_model_is_the_named_one_else_openai_with_a_key_else_the_embedded_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert default_spec() == DEFAULT_LOCAL
    monkeypatch.setenv("OPENAI_API_KEY", " ")
    assert default_spec() == DEFAULT_LOCAL
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert default_spec() == DEFAULT_OPENAI
    monkeypatch.setenv("BRIEFGEN_MODEL", "openai:other")
    assert default_spec() == "openai:other"


@pytest.mark.parametrize("spec", ["", "gpt-5-mini", "openai:", "anthropic:claude", ":x", "OpenAI:x"])
def test_a_spec_of_the_wrong_form_is_answered_with_the_right_one(spec: str) -> None:
    with pytest.raises(UsageError, match="provider:model"):
        open_model(spec)


@covers("B-CLI-01")
def test_a_missing_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in (None, "", "  "):
        if value is not None:
            monkeypatch.setenv("OPENAI_API_KEY", value)
        with pytest.raises(ConfigurationError, match="OPENAI_API_KEY") as caught:
            open_model("openai:gpt-5-mini")
        assert caught.value.exit_code == 3


@covers("B-CLI-02")
def test_white_space_around_a_key_is_stripped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", f" {KEY}\r\n")
    assert openai_settings("x", OpenOptions()).api_key.get_secret_value() == KEY


@covers("B-CLI-03")
@pytest.mark.parametrize("key", [f"{KEY}\nX-Evil: 1", f"{KEY}\x00", f"{KEY}é", f"“{KEY}”", f"{KEY} x"])
def test_a_key_with_characters_that_no_key_has_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        checked_key(SecretStr(key))
    assert "sk-" not in f"{caught.value} {vars(caught.value)}"
    assert caught.value.exit_code == 3


@covers("B-CLI-04")
@pytest.mark.parametrize(
    "url",
    ["", " ", "localhost:8000", "ftp://x", "https://", "https://[::1", "https://x:99999", "https://x y/v1",
     "https://bücher.example", "https://x/v1?key=1", "https://x/v1#a", "/v1"],
)  # fmt: skip
def test_an_unusable_base_url_is_answered_with_a_usable_one(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with pytest.raises(UsageError, match="https://api") as caught:
        open_model("openai:x")
    assert caught.value.exit_code == 2


@covers("T-SEC-2")
@pytest.mark.parametrize(
    "url", ["https://user:secret@x/v1", "https://user@x/v1", "http://a:secret@127.0.0.1/v1"]
)
def test_a_base_url_with_a_password_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked_base_url(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/v1",
        "http://10.0.0.1/v1",
        "http://localhost.evil.example/v1",
        "http://127.0.0.1.nip.io",
    ],
)
def test_article_and_key_are_never_sent_in_clear_to_another_machine(url: str) -> None:
    with pytest.raises(UsageError, match="clear"):
        checked_base_url(url)


@pytest.mark.parametrize(
    ("url", "checked"),
    [
        ("https://x.example/v1/", "https://x.example/v1"),
        (" http://localhost:11434/v1 ", "http://localhost:11434/v1"),
        ("http://127.0.0.2:8/v1", "http://127.0.0.2:8/v1"),
        ("http://[::1]:8/v1", "http://[::1]:8/v1"),
    ],
)
def test_a_usable_base_url_is_taken(url: str, checked: str) -> None:
    assert checked_base_url(url) == checked


def test_openai_itself_gets_its_dialect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    reasoning = openai_settings("gpt-5-mini", OpenOptions())
    plain = openai_settings("gpt-4.1-mini", OpenOptions())
    assert (reasoning.limit_field, reasoning.temperature) == ("max_completion_tokens", None)
    assert reasoning.reasoning_allowance > 0
    assert (plain.limit_field, plain.temperature, plain.reasoning_allowance) == (
        "max_completion_tokens",
        0.0,
        0,
    )
    assert reasoning.strict_dialect
    assert reasoning.profile.calls == "single"


@pytest.mark.parametrize(
    ("model", "reasoning"),
    [("o3-mini", True), ("openai/gpt-5", True), ("gpt-4o", False), ("ollama3", False), ("qwen2.5:7b", False)],
)
def test_a_reasoning_model_is_told_by_its_name(model: str, reasoning: bool) -> None:
    settings = OpenOptions()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_BASE_URL", "https://gateway.example/v1")
        patch.setenv("OPENAI_API_KEY", KEY)
        opened = openai_settings(model, settings)
    assert (opened.limit_field == "max_completion_tokens") is reasoning
    assert (opened.temperature is None) is reasoning


def test_a_loopback_server_needs_no_key_and_is_taken_for_a_small_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with FakeServer([OK]) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", f"{server.url}/v1")
        model = open_model("openai:qwen2.5:7b", offline=True)
        try:
            assert model.complete(PROMPT, Draft).output.name == "the minister"
        finally:
            model.close()
        assert (model.name, model.profile.calls) == ("openai:qwen2.5:7b", "per_facet")
        sent = server.requests[0].json
    assert (sent["model"], sent["max_tokens"]) == ("qwen2.5:7b", 1500)
    assert "maxLength" in sent["response_format"]["json_schema"]["schema"]["properties"]["name"]


def test_a_hosted_model_is_refused_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with pytest.raises(UsageError, match="offline"):
        open_model("openai:gpt-5-mini", offline=True)


def test_a_local_model_is_opened_by_the_embedded_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def open_embedded(name: str, *, offline: bool, on_progress: object) -> str:
        asked.append((name, offline, on_progress))
        return "a model"

    double = ModuleType("embedded")
    double.open_embedded = open_embedded  # type: ignore[attr-defined]  # a test double
    monkeypatch.setitem(sys.modules, "briefgen.providers.embedded", double)
    monkeypatch.setattr("briefgen.providers.embedded", double, raising=False)
    opened: list[object] = [open_model("local:tiny", offline=True), open_model()]
    assert opened == ["a model", "a model"]
    assert asked == [("tiny", True, None), (DEFAULT_LOCAL.removeprefix("local:"), False, None)]


def test_settings_can_be_made_by_hand() -> None:
    settings = OpenAISettings("local:x", "x", "http://127.0.0.1:1/v1/", SecretStr(" key \n"))
    assert (settings.base_url, settings.host) == ("http://127.0.0.1:1/v1", "127.0.0.1:1")
    assert settings.api_key.get_secret_value() == "key"
    assert "key \n" not in repr(settings)
