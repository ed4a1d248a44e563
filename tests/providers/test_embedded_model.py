"""The real embedded model: what llama.cpp is relied on for. Half a minute, and only where its weights are."""

from __future__ import annotations

import importlib.util
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx2
import pytest
from pydantic import BaseModel, ConfigDict, Field

from briefgen.article import Article
from briefgen.facets.base import Context, all_facets
from briefgen.providers import embedded
from briefgen.providers.base import Prompt
from briefgen.providers.embedded import EmbeddedModel, open_embedded
from briefgen.providers.registry import DEFAULT_LOCAL
from briefgen.providers.schemas import sent_schema
from briefgen.providers.weights import is_present

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = DEFAULT_LOCAL.removeprefix("local:")

pytestmark = [
    pytest.mark.weights,
    pytest.mark.skipif(importlib.util.find_spec("xllamacpp") is None, reason="xllamacpp is not installed"),
    pytest.mark.skipif(not is_present(NAME), reason="no weights here: briefgen models pull"),
]

ARTICLE = """[1] The prime minister of Norway met the chancellor of Germany in Oslo on Monday.
[2] A spokesman of the chancellor declined to say what they had talked about.
[3] The two may meet again in Berlin as early as June, an official said."""


class Places(BaseModel):
    model_config = ConfigDict(extra="forbid")

    places: list[str] = Field(max_length=2)
    sentence: int = Field(ge=1, le=3)


def prompt(task: str) -> Prompt:
    return Prompt("places", "You read news.", f"{ARTICLE}\n\n{task}", max_output_tokens=60)


@pytest.fixture(scope="module")
def model() -> Iterator[EmbeddedModel]:
    opened = open_embedded(NAME, offline=True)
    assert isinstance(opened, EmbeddedModel)
    yield opened
    opened.close()


def test_answers_fit_the_schema_and_a_shared_article_is_read_once(model: EmbeddedModel) -> None:
    first = model.complete(prompt("List the cities."), Places)
    second = model.complete(prompt("List the towns."), Places)
    for answer in (first, second):
        assert answer.output.places
        assert answer.usage.requests == 1
        assert answer.answered_by == NAME
    assert second.usage.cached_tokens is not None
    assert second.usage.input_tokens is not None
    assert second.usage.cached_tokens > 0.8 * second.usage.input_tokens


def test_the_schema_of_every_facet_is_enforced_on_one_line(model: EmbeddedModel) -> None:
    """A schema that the grammar engine does not understand is not refused: the answer is prose."""
    engine = model._engine
    headers = {"Authorization": f"Bearer {engine.key}"}
    messages = [{"role": "user", "content": f"{ARTICLE}\n\nSay hello."}]
    article = Article.from_text(ARTICLE)
    context = Context.of(article)
    for facet in all_facets():
        free = embedded._all_required(facet.draft.model_json_schema())
        for schema in (free, facet.schema(context, article.sentences) or free):
            sent = sent_schema({**schema, **embedded._COMPACT}, strict_dialect=False)
            wanted = {"type": "json_schema", "json_schema": {"name": "draft", "schema": sent}}
            body = {"messages": messages, "max_tokens": 3, "temperature": 0, "response_format": wanted}
            answer = httpx2.post(
                f"{engine.address}/v1/chat/completions",
                json=body,
                headers=headers,
                timeout=60,
                trust_env=False,
            ).json()
            assert answer["choices"][0]["message"]["content"].startswith('{"'), facet.name


def test_without_the_key_nobody_is_answered(model: EmbeddedModel) -> None:
    address = model._engine.address
    assert address.startswith("http://127.0.0.1:")
    answer = httpx2.get(f"{address}/v1/models", headers={"Origin": "http://evil.example"}, trust_env=False)
    assert answer.status_code == 401
    assert answer.headers["access-control-allow-origin"] == "https://briefgen.invalid"


_CHILD = """
import threading
from concurrent.futures import ThreadPoolExecutor
from test_embedded_model import NAME, Places, prompt
from briefgen.providers.base import Prompt
from briefgen.providers.embedded import open_embedded

model = open_embedded(NAME, offline=True)
model.complete(prompt("List the cities."), Places)
long = Prompt("places", "You read news.", "word " * 3000, max_output_tokens=900)
pool = ThreadPoolExecutor(1)
answer = pool.submit(model.complete, long, Places)
try:
    print("asked", flush=True)
    answer.result()
finally:
    model.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
@pytest.mark.covers("G-09")
def test_ctrl_c_ends_a_process_that_generates_and_llama_never_says_a_word(
    request: pytest.FixtureRequest,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _CHILD],
        cwd=request.path.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "asked\n"
        child.send_signal(signal.SIGINT)
        # Undisturbed it would take longer than this even on quiet cores.
        out, err = child.communicate(timeout=40)
    assert out == ""
    assert err.startswith("Traceback")
    assert err.rstrip().endswith("KeyboardInterrupt")
    assert child.returncode in (-signal.SIGINT, 130)
