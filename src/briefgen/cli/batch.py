"""``briefgen batch``: an archive to a store."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefgen.cli.prompts import PromptsOption  # noqa: TC001 - typer reads it at run time

if TYPE_CHECKING:
    from briefgen.cli.session import Session

_WORTH_A_PROCESS = 8
"""Requests at once from which on another process gets more done than its start and its pipes cost."""


def batch(  # noqa: PLR0913 - typer makes an option of each parameter
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT…",
            help="Folders, files, globs, or - for JSON Lines on standard input.",
            show_default=False,
        ),
    ],
    *,
    store: Annotated[
        Path, typer.Option(metavar="FILE", help="Where briefs and ledger are kept.", show_default=False)
    ],
    model: Annotated[
        str | None,
        typer.Option(metavar="SPEC", envvar="BRIEFGEN_MODEL", help="openai:<model> or local:<name>."),
    ] = None,
    check_with: Annotated[
        str | None,
        typer.Option(metavar="SPEC", help="A second model that must find each item in its sentences."),
    ] = None,
    prompts: PromptsOption = None,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing.")] = False,
    concurrency: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Requests at once, at most: 1 to 256. 8 if left out; an embedded model takes one.",
            show_default=False,
        ),
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Share the work among so many processes. If left out: one for 8 requests at once, at most "
            "one a core.",
            show_default=False,
        ),
    ] = None,
    engine: Annotated[
        Literal["local", "ray"],
        typer.Option(help="ray: on the cluster that RAY_ADDRESS names, one worker for each of --processes."),
    ] = "local",
    via: Annotated[
        Literal["requests", "batch-api"],
        typer.Option(help="batch-api: files of requests, answered within a day, for half the price."),
    ] = "requests",
    poll: Annotated[
        float, typer.Option(min=0.0, metavar="SECONDS", help="With batch-api, how often to look for answers.")
    ] = 30.0,
    rpm: Annotated[float | None, typer.Option(metavar="N", help="Requests a minute, at most.")] = None,
    tpm: Annotated[float | None, typer.Option(metavar="N", help="Tokens a minute, at most.")] = None,
    max_cost: Annotated[
        float | None, typer.Option(metavar="USD", help="Stop after so many US dollars.")
    ] = None,
    max_tokens: Annotated[
        int | None, typer.Option(metavar="N", help="Stop after so many tokens, in and out.")
    ] = None,
    max_articles: Annotated[
        int | None, typer.Option(metavar="N", help="Stop after asking about so many articles.")
    ] = None,
    max_seconds: Annotated[
        float | None, typer.Option(metavar="N", help="Stop after so many seconds.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would cost; nothing is sent or stored.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Ask again about what failed earlier.")
    ] = False,
    new_run: Annotated[
        bool, typer.Option("--new-run", help="Go on in a store that has briefs of another model or prompts.")
    ] = False,
    no_raw: Annotated[bool, typer.Option("--no-raw", help="Do not keep the model's own words.")] = False,
    no_dedupe: Annotated[
        bool, typer.Option("--no-dedupe", help="Brief near-copies of an article too.")
    ] = False,
    follow: Annotated[bool, typer.Option("--follow", help="Follow links inside folders.")] = False,
    text_field: Annotated[
        str | None, typer.Option(metavar="NAME", help="Column or key that holds the text.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published all of the articles.")] = None,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Report on standard error as JSON Lines.")
    ] = False,
    grace: Annotated[
        float,
        typer.Option(min=0.0, metavar="SECONDS", help="How long Ctrl-C lets requests under way go on."),
    ] = 5.0,
) -> None:
    """Brief an archive into a store.

    Run it again after whatever stopped it: what is done is not asked about again.
    """
    from briefgen.batch import BatchApiOptions, BatchOptions, Budgets
    from briefgen.cli.batch_run import Archive, Asking, Keeping, estimate, run
    from briefgen.sources.base import Metadata

    session: Session = context.obj
    session.article = "batch"
    archive = Archive(tuple(inputs), follow, text_field, Metadata(publisher=publisher))
    asking = Asking(model, check_with, prompts, offline)
    at_once = 8 if concurrency is None else concurrency
    options = BatchOptions(
        concurrency=at_once,
        processes=_processes(at_once) if processes is None else processes,
        engine=engine,
        via=via,
        batch_api=BatchApiOptions(poll=poll),
        rpm=rpm,
        tpm=tpm,
        budgets=Budgets(max_cost, max_tokens, max_articles, max_seconds),
        retry_failed=retry_failed,
        keep_answers=not no_raw,
        dedupe=not no_dedupe,
        grace=grace,
    )
    if dry_run:
        estimate(session, archive, asking, half_price=via == "batch-api")
        return
    code = run(session, archive, asking, Keeping(store, log_json, new_run), options)
    if code:
        raise typer.Exit(code)


def _processes(concurrency: int) -> int:
    from briefgen.providers.embedded import available_cores

    return max(1, min(available_cores(), concurrency // _WORTH_A_PROCESS))
