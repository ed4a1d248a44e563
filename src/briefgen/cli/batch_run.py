"""The wiring of ``briefgen batch``: what is opened, in which order, and what the run ends with."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

import functools
import os
import threading
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefgen.cli import models
from briefgen.cli.output import write_stdout
from briefgen.cli.signals import end_after, finishing
from briefgen.cli.table import table
from briefgen.errors import InputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from briefgen.batch import BatchOptions, BatchRun
    from briefgen.cli.batch_report import Report
    from briefgen.cli.session import Session
    from briefgen.generator import BriefGenerator
    from briefgen.sources.base import Metadata
    from briefgen.sources.entries import Known, Outcomes

_LOCAL = "local:"


@dataclass(frozen=True)
class Archive:
    """What is read, and how."""

    inputs: tuple[str, ...]
    follow: bool
    text_field: str | None
    overrides: Metadata

    def read(self, known: Known | None = None) -> Outcomes:
        from briefgen.sources.archive import read_archive
        from briefgen.sources.entries import ReadingOptions

        options = ReadingOptions(
            follow_links=self.follow, text_field=self.text_field, overrides=self.overrides, known=known
        )
        return read_archive(self.inputs, options)

    @property
    def countable(self) -> bool:
        """Whether it can be read twice."""
        return "-" not in self.inputs

    def keep_out(self, store: Path) -> None:
        """Refuse a store that is an input or lies in one, where the next run would read it (B-CLI-09)."""
        place = os.path.realpath(store)
        for each in self.inputs:
            named = os.path.realpath(each)
            if each != "-" and (place == named or place.startswith(named.rstrip(os.sep) + os.sep)):
                raise UsageError(
                    f"the store {str(store)!r} lies in the input {each!r}", hint="put it somewhere else"
                )


@dataclass(frozen=True)
class Asking:
    """Whom to ask, and with which prompts."""

    model: str | None
    check_with: str | None
    prompts: Path | None
    offline: bool


@dataclass(frozen=True)
class Keeping:
    """Where the results go, and how the run is reported."""

    store: Path
    log_json: bool
    new_run: bool


def run(session: Session, archive: Archive, asking: Asking, keeping: Keeping, options: BatchOptions) -> int:
    """Brief the archive, and return the exit code. After a signal this does not return."""
    from briefgen.batch import BatchRunner
    from briefgen.cli.batch_recipe import refuse_another
    from briefgen.cli.batch_report import open_report
    from briefgen.store import Recipe, Store

    archive.keep_out(keeping.store)
    signalled: list[int] = []
    with ExitStack() as opened:
        generator, asking = _generator(session, asking, opened)
        if generator.model.name.startswith(_LOCAL):  # it answers one after the other anyway
            workers = options.processes if options.engine == "ray" else 1
            options = replace(options, concurrency=workers, processes=workers)
        store = opened.enter_context(closing(Store.open(keeping.store, create=True)))
        recipe = Recipe.of(generator.model, generator.prompts, check_with=generator.check_with)
        if not keeping.new_run:
            refuse_another(store, recipe)
        ledger = opened.enter_context(store.run(recipe))
        if ledger.took_over and ledger.took_over.in_flight:
            session.say(
                f"briefgen: the run before was killed; {ledger.took_over.in_flight} articles that it had "
                "taken up are asked about again"
            )
        factory = functools.partial(open_generator, asking)
        runner = BatchRunner(generator, options, store=ledger, factory=factory)
        batch = runner.run(archive.read(runner.known))

        def stop(number: int) -> None:
            signalled.append(number)
            batch.stop()

        report = opened.enter_context(open_report(session, batch, log_json=keeping.log_json))
        with finishing(stop), closing(batch):
            readable = _follow(batch, report, archive)
        if batch.stopped:
            ledger.outcome = batch.stopped.code
        report.finish(store.counts())
    if signalled:
        end_after(signalled[0])
    if not readable and not batch.stopped:
        raise InputError("no input is a readable article", hint="see `briefgen status` for the reasons")
    return batch.exit_code


def _follow(batch: BatchRun, report: Report, archive: Archive) -> bool:
    """Take all outcomes; return whether any input was an article."""
    readable = False
    for outcome in batch:
        if not readable and (outcome.article_id is not None or outcome.code == "unchanged"):
            readable = True
            if archive.countable and report.wants_total:
                threading.Thread(target=_count, args=(archive, report), daemon=True).start()
        report.tell(outcome)
    return readable


def _count(archive: Archive, report: Report) -> None:
    """Count the inputs, for the time left. Nothing is parsed, so it is fast; after the first outcome, not before."""
    report.total = sum(1 for _ in archive.read(lambda _label, _fingerprint: True))


def _generator(session: Session, asking: Asking, opened: ExitStack) -> tuple[BriefGenerator, Asking]:
    """Open what is asked; return it, and how a worker process opens the same."""
    from briefgen.providers import registry

    if asking.model is None:
        asking = replace(asking, model=registry.default_spec())
        session.say(f"briefgen: no --model or BRIEFGEN_MODEL, so {asking.model} is used")
    if not asking.offline:
        for spec in (asking.model, asking.check_with):
            if spec:
                models.fetch_if_missing(session, spec)
    generator = open_generator(asking)
    for model in (generator.check_with, generator.model):
        if model is not None:
            opened.enter_context(closing(model))
    return generator, asking


def open_generator(asking: Asking) -> BriefGenerator:
    """Open the models; the weights of embedded ones are there. Also what a worker process does first."""
    from briefgen.generator import BriefGenerator
    from briefgen.prompts import PromptLibrary
    from briefgen.providers import registry

    library = PromptLibrary.load(asking.prompts)
    model = registry.open_model(asking.model, offline=asking.offline)
    reader = asking.check_with
    check_with = registry.open_model(reader, offline=asking.offline) if reader else None
    return BriefGenerator(model, check_with=check_with, prompts=library)


def estimate(session: Session, archive: Archive, asking: Asking, *, half_price: bool) -> None:
    """Print what the archive would cost. Opens no model, asks nobody, stores nothing."""
    from briefgen.batch.estimate import Estimator
    from briefgen.cli import batch_figures as figures
    from briefgen.prompts import PromptLibrary
    from briefgen.providers import registry
    from briefgen.sources.entries import Entry

    outline = registry.outline(asking.model)
    if asking.model is None:
        session.say(f"briefgen: no --model or BRIEFGEN_MODEL, so {outline.name} is looked at")
    found = Estimator(outline, PromptLibrary.load(asking.prompts), half_price=half_price).all(
        each.article for each in archive.read() if isinstance(each, Entry)
    )
    if not found.articles:
        raise InputError("no input is a readable article", hint="check the names")
    write_stdout(
        table(
            ["estimate for", outline.name],
            [
                ["articles", f"{found.articles:,}"],
                ["requests", f"{found.requests:,}"],
                ["tokens in", f"{found.input_tokens:,}"],
                ["tokens out", f"{found.output_tokens:,}"],
                ["cost", figures.dollars(found.cost_usd).replace("cost unknown", "unknown")],
            ],
        )
    )
