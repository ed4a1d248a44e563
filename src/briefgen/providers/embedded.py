"""The embedded model: llama.cpp inside this process, driven like any other server on the loopback.

The weights are read once per process however often the model is opened; the last one to close ends the server.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import math
import os
import secrets
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from briefgen.errors import ConfigurationError, ModelUnavailable
from briefgen.providers.base import ModelProfile
from briefgen.providers.settings import OpenAISettings
from briefgen.providers.weights import pull

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import ModuleType

    from briefgen.providers.base import Completion, LanguageModel, Prompt, T
    from briefgen.providers.openai import OpenAIModel
    from briefgen.providers.weights import PullProgress

WINDOW_TOKENS = 8192
REQUEST_DEADLINE = 600.0
"""Seconds. Two busy cores may need minutes for a long article, and nobody bills the wait."""

_BATCH_TOKENS = 64
"""Tokens read in one step, which nothing can interrupt: a second on two cores. Larger is no faster there."""

_CACHE_MIB = 512
"""Memory for the prompts of other articles in work. llama.cpp would take 8 GiB."""

_COMPACT = {
    "x-guidance": {
        "whitespace_flexible": False,
        # As in text the model has seen most; without the spaces its answers get odd.
        "item_separator": ", ",
        "key_separator": ": ",
        # What the grammar cannot express is left to validation, instead of an error.
        "lenient": True,
        "coerce_one_of": True,
    }
}
"""Told to the grammar through the schema: JSON on one line, which saves a quarter of the tokens."""

_CPU_QUOTA = Path("/sys/fs/cgroup/cpu.max")

PROFILE = ModelProfile(
    window_tokens=WINDOW_TOKENS, article_tokens=2500, calls="per_facet", repair_rounds=0, guided=True
)


def open_embedded(
    name: str, *, offline: bool = False, on_progress: Callable[[PullProgress], None] | None = None
) -> LanguageModel:
    """Open the embedded model ``name`` (without ``local:``), fetching its weights first if need be.

    Takes 2 to 10 seconds and 1.9 GB the first time. ``offline`` forbids the download.

    Raises :class:`UsageError` for an unknown name, :class:`ConfigurationError` where llama.cpp is not
    installed, :class:`briefgen.errors.WeightsError` without weights, :class:`ModelUnavailable` where they
    cannot be loaded.
    """
    # Before a gigabyte is fetched for nothing.
    llama = _import_llama()
    path = pull(name, offline=offline, on_progress=on_progress)
    return _ENGINES.open(llama, name, path)


class Engine:
    """One running llama.cpp server.

    ``turn`` is held by the one caller that it answers; ``users`` are the adapters that are open on it.
    """

    def __init__(self, llama: ModuleType, name: str, path: Path) -> None:
        self.key = secrets.token_urlsafe(32)
        # Re-entrant, as is the lock below: a signal handler may close what its own thread is using.
        self.turn = threading.RLock()
        self.users: list[OpenAIModel] = []
        try:
            self._server: Any = llama.Server(_parameters(llama, name, path, self.key))
        except RuntimeError:
            raise ModelUnavailable(
                f"llama.cpp cannot load {path.name}", hint="see that 2 GB of memory are free"
            ) from None
        self.address: str = self._server.listening_address

    def stop(self) -> None:
        """Cut all connections, then end the server: it goes with its last reference, after its current step.

        In this order, because the server waits for ever for an answer that somebody still listens for; so
        does this, for the rest of an answer that was asked for in the moment of the cut.
        """
        for adapter in self.users:
            adapter.close()
        self.users = []
        with self.turn:
            self._server = None
            gc.collect()


class _Engines:
    """The engines of this process, by path of their weights."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._running: dict[Path, Engine] = {}

    def open(self, llama: ModuleType, name: str, path: Path) -> EmbeddedModel:
        from briefgen.providers.openai import OpenAIModel  # noqa: PLC0415 -- half a second

        with self._lock:
            engine = self._running.get(path)
            if engine is None:
                engine = Engine(llama, name, path)
                self._running[path] = engine
                # Idempotent. Left to the end of the interpreter, the server's threads would outlive it.
                atexit.unregister(self.stop_all)
                atexit.register(self.stop_all)
            adapter = OpenAIModel(_settings(name, engine))
            engine.users.append(adapter)
        return EmbeddedModel(engine, adapter)

    def release(self, engine: Engine, adapter: OpenAIModel) -> None:
        """Close one opening, and the server after the last; a second time does nothing."""
        adapter.close()
        with self._lock:
            if adapter not in engine.users:
                return
            engine.users.remove(adapter)
            if not engine.users:
                self._running = {path: other for path, other in self._running.items() if other is not engine}
                engine.stop()

    def stop_all(self) -> None:
        with self._lock:
            running, self._running = self._running, {}
            for engine in running.values():
                engine.stop()


_ENGINES = _Engines()


class EmbeddedModel:
    """One opening of the embedded model. Callers are answered one after the other, each at full speed."""

    def __init__(self, engine: Engine, adapter: OpenAIModel) -> None:
        self._engine = engine
        self._adapter = adapter

    def __repr__(self) -> str:
        return f"EmbeddedModel({self.name!r})"

    @property
    def name(self) -> str:
        return self._adapter.name

    @property
    def profile(self) -> ModelProfile:
        return self._adapter.profile

    def complete(
        self, prompt: Prompt, output_type: type[T], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[T]:
        """Ask once; see :class:`briefgen.providers.base.LanguageModel`.

        The deadline counts from the caller's turn, so that many callers do not time each other out.
        """
        held = _all_required(output_type.model_json_schema()) if schema is None else schema
        with self._engine.turn:
            return self._adapter.complete(prompt, output_type, schema={**held, **_COMPACT})

    def close(self) -> None:
        """Cut what is under way. The last one to close ends the server. Again: nothing."""
        _ENGINES.release(self._engine, self._adapter)


def _all_required(node: Any) -> Any:
    """Return the schema with every property required: a small model leaves out whatever it may."""
    if isinstance(node, list):
        return [_all_required(part) for part in node]
    if not isinstance(node, dict):
        return node
    filled = {key: _all_required(value) for key, value in node.items()}
    if isinstance(node.get("properties"), dict):
        filled["required"] = list(node["properties"])
    return filled


def _settings(name: str, engine: Engine) -> OpenAISettings:
    return OpenAISettings(
        name=f"local:{name}",
        model=name,
        base_url=f"{engine.address}/v1",
        api_key=SecretStr(engine.key),
        profile=PROFILE,
        request_deadline=REQUEST_DEADLINE,
        strict_dialect=False,
        use_proxy=False,
    )


def _import_llama() -> ModuleType:
    try:
        with _short_spinning():
            return importlib.import_module("xllamacpp")
    except ImportError:
        raise ConfigurationError(
            "the embedded model needs llama.cpp, which is not installed",
            hint='pip install "briefgen[local]", or name another model with --model',
        ) from None


@contextlib.contextmanager
def _short_spinning() -> Iterator[None]:
    """Have OpenMP, which reads this when it is loaded, give a core back that it waits on.

    By default threads that wait for each other burn their cores. On a machine with other work that made
    answers ten times as slow (1.6 instead of 14 tokens a second); on a quiet one it changes nothing.
    """
    if "GOMP_SPINCOUNT" in os.environ or "OMP_WAIT_POLICY" in os.environ:
        yield
        return
    os.environ["GOMP_SPINCOUNT"] = "1000"
    try:
        yield
    finally:
        del os.environ["GOMP_SPINCOUNT"]


def _parameters(llama: ModuleType, name: str, path: Path, key: str) -> Any:
    """Return llama.cpp's parameters: one caller at a time, this machine only, and not a word on stderr."""
    params = llama.CommonParams()
    params.model.path = str(path)
    params.model_alias = {name}
    params.n_ctx = WINDOW_TOKENS
    params.n_parallel = 1
    params.n_batch = params.n_ubatch = _BATCH_TOKENS
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = available_cores()
    params.cache_prompt = True
    params.cache_ram_mib = _CACHE_MIB
    params.warmup = False
    # The plain chat format: no template engine sees the article, and the schema goes to the faster grammar
    # engine, the only one that can be told to leave white space out.
    params.use_jinja = False
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.cors_origins = "https://briefgen.invalid"
    params.ui = False
    params.endpoint_slots = False
    params.verbosity = -1
    return params


def available_cores() -> int:
    """Return the cores that this process may use: its affinity, cut to a container's quota (cgroup v2)."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    with contextlib.suppress(OSError, ValueError):
        quota, period = _CPU_QUOTA.read_text("ascii").split()
        cores = min(cores, max(1, math.ceil(int(quota) / int(period))))
    return cores
