"""Articles by number, a model that is scripted by article, and a clock that only moves when told."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from briefgen.article import Article
from briefgen.batch import BatchClock, BatchOptions, BatchOutcome, BatchRunner
from briefgen.brief import ArticleInfo, Brief, Coverage, Failure, Provenance
from briefgen.errors import (
    AuthenticationError,
    BriefgenError,
    ConfigurationError,
    ModelError,
    ModelUnavailable,
    RateLimited,
    Usage,
)
from briefgen.generator import BriefGenerator
from briefgen.prompts import PromptLibrary
from briefgen.providers.base import Completion, ModelProfile, Prompt
from briefgen.sources.entries import Entry
from briefgen.store import Done, Pending, Recipe, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from briefgen.batch import BatchRun
    from briefgen.store import Known, Origin

_NUMBER = re.compile(r"envoy number ([0-9]+)")
USAGE = Usage(requests=1, input_tokens=100, output_tokens=20)


def text_of(n: int) -> str:
    return f"Ada Rell, envoy number {n}, plans to visit Ostia in June, her office said."


def article_of(n: int) -> Article:
    return Article.from_text(text_of(n), title=f"Envoy {n}")


def entry_of(n: int, text: str | None = None) -> Entry:
    article = article_of(n) if text is None else Article.from_text(text)
    return Entry(f"archive.jsonl:{n}", article, b"%016d" % n)


def entries(count: int, start: int = 1) -> Iterator[Entry]:
    return (entry_of(n) for n in range(start, start + count))


def number_in(text: str) -> int:
    found = _NUMBER.search(text)
    assert found is not None
    return int(found[1])


Said = BriefgenError | Exception | None
"""What a script says of an article: an error, or nothing, which is an empty draft."""


class NumberedModel:
    """Asks a script what to do about an article, by its number and how often it was asked before; keeps no prompt.

    ``asked`` counts calls by number; ``most`` is how many were under way at once.
    """

    def __init__(
        self, script: Callable[[int, int], Said] | None = None, *, calls: str = "single", usage: Usage = USAGE
    ) -> None:
        self.name = "scripted:model"
        self.profile = ModelProfile(calls="single" if calls == "single" else "per_facet", repair_rounds=0)
        self.asked: Counter[int] = Counter()
        self.most = 0
        self._now = 0
        self._script = script or (lambda _n, _times: None)
        self._usage = usage
        self._lock = threading.Lock()

    def complete(
        self, prompt: Prompt, output_type: type[Any], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[Any]:
        number = number_in(prompt.user)
        with self._lock:
            times = self.asked[number]
            self.asked[number] += 1
            self._now += 1
            self.most = max(self.most, self._now)
        try:
            said = self._script(number, times)
        finally:
            with self._lock:
                self._now -= 1
        if isinstance(said, Exception):
            raise said
        single = self.profile.calls == "single"
        drafts: dict[str, Any] = {name: {} for name in output_type.model_fields} if single else {}
        return Completion(output_type.model_validate(drafts), self._usage)

    def close(self) -> None:
        """Nothing to close."""


class Nothing(BaseModel):
    """A draft of nothing."""


def quick_generate(generator: BriefGenerator, article: Article) -> Brief:
    """What stands in for ``BriefGenerator.generate``: one call, and a brief without an item."""
    completion = generator.model.complete(Prompt("all", "", article.text), Nothing)
    return brief_of(article, completion.usage)


def brief_of(article: Article, usage: Usage = USAGE, *, failed: Mapping[str, str] | None = None) -> Brief:
    return Brief(
        article=ArticleInfo(id=article.id, title=article.title),
        headline=f"Ada Rell: {article.title}",
        coverage=Coverage(
            facets=dict.fromkeys(failed or {}, "failed"),
            failures={name: Failure(code=code, message="no answer") for name, code in (failed or {}).items()},
        ),
        provenance=Provenance(
            briefgen="0",
            model="scripted:model",
            prompts={},
            created=datetime(2031, 5, 1, tzinfo=UTC),
            requests=usage.requests,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            seconds=0.1,
        ),
    )


def recipe() -> Recipe:
    return Recipe.of(NumberedModel(), PromptLibrary.load())


@dataclass
class Clock:
    """Moves only when told."""

    now: float = 1000.0
    moved: list[float] = field(default_factory=list)

    def move(self, seconds: float) -> None:
        self.moved.append(seconds)
        self.now += seconds

    @property
    def batch(self) -> BatchClock:
        return BatchClock(lambda: self.now, lambda: 1_900_000_000 + self.now, self.move)


def run_all(
    model: Any, inputs: Iterable[Any], options: BatchOptions | None = None, *, store: Run | None = None
) -> tuple[BatchRun, dict[str, BatchOutcome]]:
    """Run to the end. Checks that every input has one outcome, and that the counts add up (I1)."""
    batch = BatchRunner(model, options or BatchOptions(concurrency=4), store=store).run(inputs)
    outcomes = list(batch)
    by_label = {outcome.label: outcome for outcome in outcomes}
    assert len(by_label) == len(outcomes), "one outcome for each input"
    tally = batch.tally
    assert tally.inputs == len(outcomes)
    for state in ("done", "failed", "skipped", "pending"):
        assert getattr(tally, state) == sum(outcome.state == state for outcome in outcomes)
    return batch, by_label


def states(outcomes: Mapping[str, BatchOutcome]) -> Counter[str]:
    return Counter(outcome.state for outcome in outcomes.values())


def unavailable(usage: Usage = USAGE) -> ModelError:
    return ModelUnavailable("no answer", usage=usage)


THIRD = 3


class Point:
    """A point of the third article's way, at which a run dies or something is raised.

    ``asked`` is told of every article that the model is asked about.
    """

    def __init__(self, way: str, name: str, asked: Callable[[int], None]) -> None:
        self._dies = way == "dies"
        self._name = name
        self._asked = asked

    def pass_by(self, name: str, n: int) -> None:
        if name != self._name or n != THIRD:
            return
        if self._dies:
            os.kill(os.getpid(), signal.SIGKILL)
        raise RuntimeError(name)

    def install(self, patch: Callable[[Any, str, Any], None]) -> Callable[[int, int], Said]:
        """Put the point into the way of a run, and return the script for its model."""
        record, look_up = Run.record, Run.look_up

        def recording(run: Run, results: Sequence[Any]) -> None:
            for result in results:
                if isinstance(result, (Pending, Done)):
                    self.pass_by(f"before_{type(result).__name__.lower()}", number_in(result.article.text))
            record(run, results)
            for result in results:
                if isinstance(result, (Pending, Done)):
                    self.pass_by(f"after_{type(result).__name__.lower()}", number_in(result.article.text))

        def looking(run: Run, origin: Origin, article: Article) -> Known | None:
            number = number_in(article.text)
            self.pass_by("first", number + THIRD - 1)
            self.pass_by("read", number)
            return look_up(run, origin, article)

        def generating(generator: BriefGenerator, article: Article) -> Brief:
            brief = quick_generate(generator, article)
            self.pass_by("validated", number_in(article.text))
            return brief

        def script(n: int, _times: int) -> Said:
            self._asked(n)
            self.pass_by("sent", n)
            return None

        patch(Run, "record", recording)
        patch(Run, "look_up", looking)
        patch(BriefGenerator, "generate", generating)
        return script


def numbered_generator() -> BriefGenerator:
    """What a worker process works with."""
    setattr(BriefGenerator, "generate", quick_generate)  # noqa: B010 - in that process, for good
    return BriefGenerator(NumberedModel())


def deadly_generator(folder: Path, *, once: bool) -> BriefGenerator:
    """The third article kills the process that asks about it, always or the first time."""

    def script(n: int, _times: int) -> Said:
        mark = folder / "died"
        if n == THIRD and not (once and mark.exists()):
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return None

    setattr(BriefGenerator, "generate", quick_generate)  # noqa: B010
    return BriefGenerator(NumberedModel(script))


def refused_generator() -> BriefGenerator:
    setattr(BriefGenerator, "generate", quick_generate)  # noqa: B010
    return BriefGenerator(NumberedModel(lambda n, _: AuthenticationError("no key") if n > 20 else None))


def unfit_generator() -> BriefGenerator:
    raise ConfigurationError("no model here")


def busy_generator(folder: Path) -> BriefGenerator:
    """The server wants peace after the first article; each request leaves the instant at which it was sent."""

    def script(n: int, times: int) -> Said:
        (folder / f"{n}-{times}").write_text(f"{os.getpid()} {time.monotonic()}")
        return RateLimited("busy", retry_after=1.0) if n == 1 and times == 0 else None

    setattr(BriefGenerator, "generate", quick_generate)  # noqa: B010
    return BriefGenerator(NumberedModel(script))
