"""How the embedded model is wired to llama.cpp, with a stand-in for llama.cpp."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from fake_server import HANG, FakeServer, completion, reply
from harness import GOOD, PROMPT, Draft
from weights_fakes import CONTENT

from briefgen.errors import ConfigurationError, ModelUnavailable, WeightsError
from briefgen.providers import embedded
from briefgen.providers.base import LanguageModel
from briefgen.providers.embedded import available_cores, open_embedded
from briefgen.providers.weights import weights_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

pytestmark = pytest.mark.usefixtures("tiny_weights")


class FakeLlama(SimpleNamespace):
    """Plays the module ``xllamacpp``; ``events`` tells which servers started and stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[str] = []
        self.params: list[Any] = []
        self.backend = FakeServer([reply(200, completion(GOOD))])
        self.broken = False

    def CommonParams(self) -> SimpleNamespace:  # noqa: N802
        return SimpleNamespace(
            model=SimpleNamespace(), cpuparams=SimpleNamespace(), cpuparams_batch=SimpleNamespace()
        )

    def Server(self, params: Any) -> FakeLlamaServer:  # noqa: N802
        if self.broken:
            raise RuntimeError("Failed to init server, please check the input params.")
        self.params.append(params)
        return FakeLlamaServer(self)


class FakeLlamaServer:
    """Like the real one it can only be stopped by letting it go."""

    def __init__(self, llama: FakeLlama) -> None:
        self._llama = llama
        self.listening_address = llama.backend.url
        llama.events.append("start")

    def __del__(self) -> None:
        self._llama.events.append("stop")


@pytest.fixture
def llama(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeLlama]:
    fake = FakeLlama()
    monkeypatch.setitem(sys.modules, "xllamacpp", as_module(fake))
    weights_path("tiny").parent.mkdir(parents=True)
    weights_path("tiny").write_bytes(CONTENT)
    with fake.backend:
        yield fake
    assert embedded._ENGINES._running == {}


def as_module(fake: Any) -> ModuleType:
    module: ModuleType = fake
    return module


def test_it_is_a_language_model_for_short_windows_and_one_facet_a_call(llama: FakeLlama) -> None:
    model = open_embedded("tiny")
    assert isinstance(model, LanguageModel)
    assert model.name == "local:tiny"
    profile = model.profile
    assert (profile.window_tokens, profile.calls, profile.repair_rounds) == (8192, "per_facet", 0)
    assert profile.guided
    model.close()


def test_the_server_takes_one_caller_from_this_machine_and_says_nothing(llama: FakeLlama) -> None:
    open_embedded("tiny").close()
    (params,) = llama.params
    assert params.model.path == str(weights_path("tiny"))
    assert (params.hostnames, params.port, params.n_parallel, params.verbosity) == (["127.0.0.1"], 0, 1, -1)
    assert "*" not in params.cors_origins
    assert (params.ui, params.endpoint_slots, params.use_jinja) == (False, False, False)
    assert params.cpuparams.n_threads == available_cores()


def test_every_server_gets_a_key_of_its_own_that_its_callers_send(llama: FakeLlama) -> None:
    for _ in range(2):
        model = open_embedded("tiny")
        model.complete(PROMPT, Draft)
        model.close()
    keys = [params.api_keys[0] for params in llama.params]
    assert keys[0] != keys[1]
    assert min(map(len, keys)) >= 32
    sent = [request.headers["authorization"] for request in llama.backend.requests]
    assert sent == [f"Bearer {key}" for key in keys]


def test_the_answer_comes_through_the_adapter_with_its_usage(llama: FakeLlama) -> None:
    model = open_embedded("tiny")
    answer = model.complete(PROMPT, Draft)
    model.close()
    assert answer.output == Draft.model_validate(GOOD)
    assert (answer.usage.requests, answer.usage.cached_tokens) == (1, 60)


def test_the_schema_asks_for_every_field_and_for_json_on_one_line(llama: FakeLlama) -> None:
    model = open_embedded("tiny")
    model.complete(PROMPT, Draft)
    model.close()
    schema = llama.backend.requests[0].json["response_format"]["json_schema"]["schema"]
    assert schema["required"] == ["name", "count", "share", "places"]
    assert schema["properties"]["name"]["maxLength"] == 40
    assert schema["x-guidance"]["whitespace_flexible"] is False


def test_a_narrower_schema_is_sent_as_it_is(llama: FakeLlama) -> None:
    narrow = {"type": "object", "properties": {"name": {"enum": ["a"]}, "count": {"type": "integer"}}}
    model = open_embedded("tiny")
    model.complete(PROMPT, Draft, schema=narrow)
    model.close()
    schema = llama.backend.requests[0].json["response_format"]["json_schema"]["schema"]
    assert {key: schema[key] for key in narrow} == narrow
    assert "required" not in schema
    assert "x-guidance" not in narrow


def test_a_proxy_is_not_asked_for_the_way_to_this_machine(
    llama: FakeLlama, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    model = open_embedded("tiny")
    assert model.complete(PROMPT, Draft).output.name == GOOD["name"]
    model.close()


def test_opening_twice_loads_once_and_the_last_to_close_stops_it(llama: FakeLlama) -> None:
    first, second = open_embedded("tiny"), open_embedded("tiny")
    assert llama.events == ["start"]
    first.close()
    first.close()
    assert llama.events == ["start"]
    assert second.complete(PROMPT, Draft).output.name == GOOD["name"]
    second.close()
    assert llama.events == ["start", "stop"]


def test_a_closed_model_says_so(llama: FakeLlama) -> None:
    model = open_embedded("tiny")
    model.close()
    with pytest.raises(ModelUnavailable, match="closed"):
        model.complete(PROMPT, Draft)


def test_the_end_of_the_interpreter_cuts_callers_off_before_the_server_goes(llama: FakeLlama) -> None:
    llama.backend.play((HANG,))
    model = open_embedded("tiny")
    ended: list[str] = []

    def ask() -> None:
        with pytest.raises(ModelUnavailable):
            model.complete(PROMPT, Draft)
        ended.append(llama.events[-1])

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    while not llama.backend.requests:
        threads[0].join(0.01)
    embedded._ENGINES.stop_all()
    for thread in threads:
        thread.join(10)
    assert len(ended) == 3
    assert llama.events == ["start", "stop"]
    model.close()


def test_callers_take_turns(llama: FakeLlama) -> None:
    model = open_embedded("tiny")
    threads = [threading.Thread(target=model.complete, args=(PROMPT, Draft)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    model.close()
    assert len(llama.backend.requests) == 8
    # One after the other they share one connection.
    assert llama.backend.connections == 1


def test_without_llama_the_error_comes_before_any_download(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ConfigurationError, match="not installed") as caught:
        open_embedded("tiny")
    assert "briefgen[local]" in caught.value.hint
    assert caught.value.exit_code == 3


def test_weights_that_do_not_load_are_named(llama: FakeLlama) -> None:
    llama.broken = True
    with pytest.raises(ModelUnavailable, match=r"tiny\.gguf") as caught:
        open_embedded("tiny")
    assert "memory" in caught.value.hint


def test_missing_weights_are_not_fetched_offline(llama: FakeLlama) -> None:
    weights_path("tiny").unlink()
    with pytest.raises(WeightsError, match="not on this machine"):
        open_embedded("tiny", offline=True)


def test_waiting_threads_are_told_to_give_their_core_back_unless_the_user_chose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("GOMP_SPINCOUNT", "OMP_WAIT_POLICY"):
        monkeypatch.delenv(name, raising=False)
    with embedded._short_spinning():
        assert os.environ["GOMP_SPINCOUNT"] == "1000"
    assert "GOMP_SPINCOUNT" not in os.environ
    monkeypatch.setenv("OMP_WAIT_POLICY", "active")
    with embedded._short_spinning():
        assert "GOMP_SPINCOUNT" not in os.environ


@pytest.mark.parametrize(
    ("quota", "cores"),
    [("150000 100000", 2), ("10000 100000", 1), ("max 100000", 4), ("900000 100000", 4), ("rubbish", 4)],
)
def test_threads_are_as_many_as_affinity_and_quota_allow(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, quota: str, cores: int
) -> None:
    (tmp_path / "cpu.max").write_text(quota)
    monkeypatch.setattr(embedded, "_CPU_QUOTA", tmp_path / "cpu.max")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1, 2, 3}, raising=False)
    assert available_cores() == cores


def test_importing_the_module_loads_neither_llama_nor_sdk() -> None:
    code = "import sys, json, briefgen.providers.embedded; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"xllamacpp", "openai", "instructor", "httpx2"} & set(json.loads(done.stdout))
