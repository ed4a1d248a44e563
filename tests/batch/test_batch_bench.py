"""Workers in one process: one at a time works on an article, and none is missing where there is something to send."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from batch_examples import NumberedModel, entries, number_in, quick_generate, states

from briefgen.batch import BatchOptions, BatchRunner
from briefgen.generator import BriefGenerator
from briefgen.providers.pacing import Waiter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pytest

    from briefgen.article import Article
    from briefgen.brief import Brief
    from briefgen.providers.base import Completion, Prompt
    from briefgen.providers.pacing import Pace

_PATIENCE = 20.0


@dataclass
class Counted:
    """How many are inside at once, at most."""

    now: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def inside(self) -> Iterator[None]:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            yield
        finally:
            with self.lock:
                self.now -= 1


class DistantModel(NumberedModel):
    """As a model on a server: it asks the batch's pace before each request. ``four``: so many calls came to it."""

    pace: Pace
    come = 0
    four = threading.Event()

    def keep_pace(self, pace: Pace) -> None:
        self.pace = pace

    def complete(
        self, prompt: Prompt, output_type: type[Any], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[Any]:
        with self._lock:
            self.come += 1
            if self.come >= 4:
                self.four.set()
        sent = self.pace.enter(Waiter(1, float("inf"), lambda _: None, lambda: False))
        try:
            return super().complete(prompt, output_type, schema=schema)
        finally:
            self.pace.leave(sent, None, None)


def run(model: NumberedModel, count: int, concurrency: int) -> dict[str, int]:
    batch = BatchRunner(model, BatchOptions(concurrency=concurrency, dedupe=False)).run(entries(count))
    return states({outcome.label: outcome for outcome in batch})


def test_of_many_articles_under_way_one_at_a_time_is_worked_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four requests are out together, but who has an answer waits for its turn to read it."""
    at_work = Counted()
    four = threading.Barrier(4, timeout=_PATIENCE)

    def generate(generator: BriefGenerator, article: Article) -> Brief:
        with at_work.inside():
            pass
        brief = quick_generate(generator, article)
        with at_work.inside():
            brief.model_dump_json()
        return brief

    def script(_n: int, _times: int) -> None:
        four.wait()

    monkeypatch.setattr(BriefGenerator, "generate", generate)
    assert run(NumberedModel(script), 40, 4) == {"done": 40}
    assert at_work.most == 1


def test_while_an_answer_is_read_others_are_sent_if_the_model_is_not_on_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    third_sent = threading.Event()

    def generate(generator: BriefGenerator, article: Article) -> Brief:
        brief = quick_generate(generator, article)
        if number_in(article.text) <= 2:
            assert third_sent.wait(_PATIENCE), "both workers had an answer, and nobody had anything to send"
        return brief

    def script(n: int, _times: int) -> None:
        if n <= 2:
            assert model.four.wait(_PATIENCE), "nobody else has anything to send"
        else:
            third_sent.set()

    model = DistantModel(script)
    monkeypatch.setattr(BriefGenerator, "generate", generate)
    assert run(model, 12, 2) == {"done": 12}
    assert model.most <= 2


def test_a_model_on_this_machine_has_no_more_articles_under_way_than_requests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The calls of one article share what such a model remembers; those of others between them would cost it that."""
    begun = Counted()

    def generate(generator: BriefGenerator, article: Article) -> Brief:
        with begun.inside():
            return quick_generate(generator, article)

    monkeypatch.setattr(BriefGenerator, "generate", generate)
    assert run(NumberedModel(), 60, 3) == {"done": 60}
    assert begun.most <= 3
