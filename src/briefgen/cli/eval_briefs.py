"""The briefs that ``briefgen eval`` makes: opens the models, shows how far it is, keeps what is made."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.cli import models
from briefgen.cli.output import FileTarget
from briefgen.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from briefgen.brief import Brief
    from briefgen.cli.session import Session
    from briefgen.errors import ModelError
    from briefgen.evaluate import Failed, GoldSet
    from briefgen.providers.base import LanguageModel


@dataclass(frozen=True)
class Making:
    """With what, and how many at a time. ``save`` is the folder that keeps the briefs."""

    model: str | None
    check_with: str | None
    prompts: Path | None
    save: Path | None
    jobs: int = 1
    offline: bool = False
    force: bool = False


def made_briefs(
    session: Session, gold: GoldSet, settings: Making
) -> tuple[Mapping[str, Brief | Failed], ModelError | None]:
    """Make a brief of each article. The error is the one after which no more was asked.

    Raises that error itself if no brief came before it.
    """
    from briefgen.evaluate.making import make_briefs
    from briefgen.evaluate.results import Failed
    from briefgen.generator import BriefGenerator
    from briefgen.prompts import PromptLibrary

    library = PromptLibrary.load(settings.prompts)
    targets = _targets(gold, settings)
    with ExitStack() as opened:
        model = opened.enter_context(closing(_open(session, _spec(session, settings), settings)))
        reader = settings.check_with
        second = opened.enter_context(closing(_open(session, reader, settings))) if reader else None
        show = opened.enter_context(_progress(len(gold.articles)))

        def done(article: str, brief: Brief | Failed) -> None:
            if isinstance(brief, Failed):
                session.say(f"briefgen: {article}: {brief.code}: {brief.message}")
            elif article in targets:
                targets[article].write(brief.to_json())
            show(article)

        generator = BriefGenerator(model, check_with=second, prompts=library)
        made = make_briefs(gold, generator, jobs=settings.jobs, on_done=done)
    if made.ended and all(isinstance(brief, Failed) for brief in made.briefs.values()):
        raise made.ended
    return made.briefs, made.ended


def _targets(gold: GoldSet, settings: Making) -> dict[str, FileTarget]:
    if settings.save is None:
        return {}
    try:
        settings.save.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise OutputError(
            f"cannot make {str(settings.save)!r}: {why}", hint="choose another --save"
        ) from None
    return {
        each: FileTarget.checked(settings.save / f"{each}.json", force=settings.force) for each in gold.ids
    }


def _spec(session: Session, settings: Making) -> str:
    from briefgen.providers import registry

    spec = settings.model or os.environ.get("BRIEFGEN_MODEL")
    if not spec:
        spec = registry.default_spec()
        session.say(f"briefgen: no --model or BRIEFGEN_MODEL, so {spec} is used")
    return spec


def _open(session: Session, spec: str, settings: Making) -> LanguageModel:
    from briefgen.providers import registry

    if not settings.offline:
        models.fetch_if_missing(session, spec)
    return registry.open_model(spec, offline=settings.offline)


@contextmanager
def _progress(articles: int) -> Iterator[Callable[[str], None]]:
    """Show, on a terminal, how many briefs are made; in a pipe nothing."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from briefgen.render.clean import one_line

    shown = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*shown, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Making briefs", total=articles)
        yield lambda article: bar.update(task, advance=1, description=f"Made {one_line(article, 40)}")
