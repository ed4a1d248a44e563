"""Articles a second, CPU and requests of a batch, beside bare ``openai`` and bare ``instructor``, in one run.

    python benchmarks/batch_throughput.py [speed] [faults] [limit] [--articles N] [--rounds N]

``speed``: 16 and 64 in flight on a server that takes 200 ms. ``faults``: 5 % 429, 500 and invalid answers, then
20, 10 and 10 %. ``limit``: a server that lets 100 requests a second through. Ours is verified and stored; the
others only get the answer, and, with instructor, validate it. Alternating, so that a busy machine hits all.
"""

from __future__ import annotations

import argparse
import asyncio
import functools
import json
import multiprocessing
import resource
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path
from typing import TYPE_CHECKING, Any

import instructor
import loopback_server
from openai import AsyncOpenAI
from pydantic import SecretStr

from briefgen import Article, BriefGenerator, read_article
from briefgen.batch import BatchOptions, BatchRunner
from briefgen.providers.base import ModelProfile, Prompt
from briefgen.providers.openai import OpenAIModel
from briefgen.providers.schemas import sent_schema
from briefgen.providers.settings import OpenAISettings
from briefgen.store import Recipe, Store
from briefgen.testing import ScriptedModel

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
PROFILE = ModelProfile(calls="single", repair_rounds=0)
_SYSTEM = "Brief this article."


@dataclass(frozen=True)
class Taken:
    done: int
    seconds: float
    cpu_ms: float
    requests: int = 0


def editions(count: int) -> tuple[list[Article], list[str]]:
    """So many articles, and the good answer to each fixture; the title says which it is."""
    folders = sorted(path.parent for path in FIXTURES.glob("*/good.json"))
    generator = BriefGenerator(ScriptedModel(profile=PROFILE))
    facets = [facet.name for facet in generator._facets]  # noqa: SLF001 - a measurement looks inside
    answers = []
    for folder in folders:
        drafts = {name: {} for name in facets} | json.loads((folder / "good.json").read_text("utf-8"))
        filled = generator._all_drafts.model_validate(drafts)  # noqa: SLF001
        answers.append(filled.model_dump_json())
    sources = [read_article(next(folder.glob("article.*"))) for folder in folders]
    articles = []
    for number in range(count):
        which = number % len(sources)
        text = f"{sources[which].text}\nEdition {number}."
        articles.append(Article.from_text(text, title=f"[{which}] Edition {number}"))
    return articles, answers


def opened(url: str) -> BriefGenerator:
    settings = OpenAISettings("openai:loopback", "loopback", url, SecretStr("none"), PROFILE)
    return BriefGenerator(OpenAIModel(settings))


def ours(url: str, articles: list[Article], in_flight: int, *, processes: int = 1) -> Taken:
    """Verified and stored."""
    generator = opened(url)
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.open(Path(folder) / "s", create=True) as store,
        store.run(Recipe.of(generator.model, generator.prompts)) as run,
    ):
        options = BatchOptions(concurrency=in_flight, processes=processes, dedupe=False)
        factory = functools.partial(opened, url)
        batch = BatchRunner(generator, options, store=run, factory=factory).run(articles)

        def work() -> int:
            done = sum(outcome.state == "done" for outcome in batch)
            for child in multiprocessing.active_children():
                child.join()  # its CPU time counts only then
            forkserver._forkserver._stop()  # noqa: SLF001 - so does this, and the next run starts as this did
            return done

        taken = measured(work)
        generator.model.close()
    return taken


def our_call(url: str, articles: list[Article], in_flight: int) -> Taken:
    """The model call alone: asked with everything that the adapter does, and the answer validated."""
    model = opened(url).model
    drafts = all_drafts()

    def ask(article: Article) -> bool:
        prompt = Prompt(facet="all", system=_SYSTEM, user=f"Title: {article.title}\n{article.text}")
        model.complete(prompt, drafts)
        return True

    def work() -> int:
        with ThreadPoolExecutor(in_flight) as pool:
            return sum(pool.map(ask, articles))

    taken = measured(work)
    model.close()
    return taken


def bare_openai(url: str, articles: list[Article], in_flight: int) -> Taken:
    """``create`` with a schema that was built once; the answer is not even parsed."""
    schema = all_drafts().model_json_schema()
    sent = {"name": "Brief", "strict": True, "schema": sent_schema(schema, strict_dialect=True)}
    form: Any = {"type": "json_schema", "json_schema": sent}

    async def ask(client: AsyncOpenAI, messages: Any) -> None:
        await client.chat.completions.create(model="loopback", messages=messages, response_format=form)

    return peer(url, articles, in_flight, lambda client: lambda messages: ask(client, messages))


def bare_instructor(url: str, articles: list[Article], in_flight: int) -> Taken:
    """As usually called."""
    model = all_drafts()

    def prepare(client: AsyncOpenAI) -> Callable[[Any], Awaitable[Any]]:
        patched: Any = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)

        async def ask(messages: Any) -> None:
            await patched.chat.completions.create(
                model="loopback", messages=messages, response_model=model, max_retries=2
            )

        return ask

    return peer(url, articles, in_flight, prepare)


def all_drafts() -> Any:
    return BriefGenerator(ScriptedModel(profile=PROFILE))._all_drafts  # noqa: SLF001


def peer(
    url: str,
    articles: list[Article],
    in_flight: int,
    prepare: Callable[[AsyncOpenAI], Callable[[Any], Awaitable[Any]]],
) -> Taken:
    async def run() -> int:
        client = AsyncOpenAI(api_key="none", base_url=url)
        ask = prepare(client)
        waiting = iter(articles)
        done = 0

        async def work() -> None:
            nonlocal done
            for article in waiting:
                user = f"Title: {article.title}\n{article.text}"
                messages = [{"role": "system", "content": _SYSTEM}, {"role": "user", "content": user}]
                try:
                    await ask(messages)
                except Exception:  # noqa: BLE001 - whatever it ends in: it is not done
                    continue
                done += 1

        await asyncio.gather(*(work() for _ in range(in_flight)))
        await client.close()
        return done

    return measured(lambda: asyncio.run(run()))


def measured(work: Callable[[], int]) -> Taken:
    before, started = cpu(), time.perf_counter()
    done = work()
    seconds = time.perf_counter() - started
    return Taken(done, seconds, (cpu() - before) * 1000)


def cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


WAYS: dict[str, Callable[[str, list[Article], int], Taken]] = {
    "openai": bare_openai,
    "instructor": bare_instructor,
    "our call": our_call,
    "briefgen": ours,
    "two of it": functools.partial(ours, processes=2),
}


def compare(name: str, articles: list[Article], answers: Path, in_flight: int, **behaviour: float) -> None:
    """Let each way do all articles in turn, ``rounds`` times, and print the medians."""
    rounds = int(behaviour.pop("rounds"))
    ideal = in_flight / behaviour.get("latency", 0.2)
    print(f"\n{name}: {len(articles)} articles, {in_flight} in flight, {behaviour or 'no faults'}")
    found: dict[str, list[Taken]] = {way: [] for way in WAYS}
    with loopback_server.running(answers, **behaviour) as server:
        for _ in range(rounds):
            for way, run in WAYS.items():
                server.stats()
                taken = run(server.url, articles, in_flight)
                counted = server.stats()["requests"]
                found[way].append(Taken(taken.done, taken.seconds, taken.cpu_ms, counted))
    rates = {}
    for way, taken in found.items():
        seconds = statistics.median(each.seconds for each in taken)
        done = statistics.median(each.done for each in taken)
        rates[way] = done / seconds
        cost = statistics.median(each.cpu_ms for each in taken) / len(articles)
        asked = statistics.median(each.requests for each in taken) / len(articles)
        print(
            f"  {way:10} {done:6.0f} done  {seconds:6.2f} s  {rates[way]:6.1f}/s  "
            f"{rates[way] / ideal:5.2f} of ideal  {cost:6.1f} CPU ms  {asked:5.2f} requests an article"
        )
    best = max(rates["briefgen"], rates["two of it"])
    print(f"  briefgen, in one process or two, over instructor: {best / rates['instructor']:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="*", default=["speed", "faults", "limit"])
    parser.add_argument("--articles", type=int, default=640)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    articles, answers = editions(given.articles)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "answers.json"
        path.write_text(json.dumps(answers), encoding="utf-8")
        if "speed" in given.what:
            for in_flight in (16, 64):
                compare("speed", articles, path, in_flight, rounds=given.rounds)
        if "faults" in given.what:
            few = {"refused": 0.05, "broken": 0.05, "invalid": 0.05}
            many = {"refused": 0.2, "broken": 0.1, "invalid": 0.1}
            for shares in (few, many):
                compare("faults", articles, path, 64, rounds=given.rounds, **shares)
        if "limit" in given.what:
            for retry_after in (0.0, 1.0):
                limits = {"rate": 100.0, "retry_after": retry_after}
                compare("limit", articles[:400], path, 64, rounds=given.rounds, **limits)


if __name__ == "__main__":
    main()
