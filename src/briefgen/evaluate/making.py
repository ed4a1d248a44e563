"""Briefs of the gold's articles, made with a model: some at a time, none lost without a word."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefgen.errors import BriefgenError, ModelError
from briefgen.evaluate.results import Failed

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefgen.brief import Brief
    from briefgen.evaluate.gold import GoldArticle, GoldSet
    from briefgen.generator import BriefGenerator


@dataclass
class Made:
    """What came of each article, by its id. ``ended`` is the error after which no more was asked."""

    briefs: dict[str, Brief | Failed] = field(default_factory=dict)
    ended: ModelError | None = None


def make_briefs(
    gold: GoldSet,
    generator: BriefGenerator,
    *,
    jobs: int = 1,
    on_done: Callable[[str, Brief | Failed], None] | None = None,
) -> Made:
    """Make a brief of each article, ``jobs`` at a time; ``on_done`` is called in this thread.

    An article whose brief cannot be made is a :class:`Failed` in its place. After an error that every
    further call would end in (no key, no quota) nothing more is asked, and the rest fails with it.
    """
    made = Made()
    stopped = threading.Event()

    def make(article: GoldArticle) -> Brief | Failed:
        if stopped.is_set() and made.ended:
            return Failed(code=made.ended.code, message=f"not asked: {made.ended.message}")
        try:
            return generator.generate(article.article)
        except BriefgenError as error:
            if isinstance(error, ModelError) and error.ends_run and not stopped.is_set():
                made.ended = error
                stopped.set()
            return Failed(code=error.code, message=str(error))

    with ThreadPoolExecutor(max_workers=jobs) as pool:
        asked = {pool.submit(make, article): article.id for article in gold.articles}
        for done in as_completed(asked):
            brief = made.briefs[asked[done]] = done.result()
            if on_done:
                on_done(asked[done], brief)
    return made
