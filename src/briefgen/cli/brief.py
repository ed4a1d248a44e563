"""``briefgen brief``: one article to a brief."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

import os
import shutil
import sys
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefgen.cli import models, progress
from briefgen.cli.output import FileTarget, knows_only_ascii, stdout, write_stdout
from briefgen.cli.prompts import PromptsOption  # noqa: TC001 - typer reads it at run time
from briefgen.errors import InputError

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import Brief
    from briefgen.cli.session import Session
    from briefgen.providers.base import LanguageModel
    from briefgen.render import RenderOptions
    from briefgen.sources.base import Metadata

Format = Literal["text", "markdown", "json", "html"]

TEXT_COLUMNS = 80


def brief(  # noqa: PLR0913 - typer makes an option of each parameter
    context: typer.Context,
    article: Annotated[
        str,
        typer.Argument(metavar="ARTICLE|-", help="A file, or - for standard input.", show_default=False),
    ] = "-",
    *,
    output_format: Annotated[Format, typer.Option("--format", help="How the brief is written.")] = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE in one step.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it exists.")] = False,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The article's day, as 2024-06-10.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="The article's title.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published the article.")] = None,
    url: Annotated[str | None, typer.Option(help="The article's address; it is not fetched.")] = None,
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
) -> None:
    """Make a brief of one article.

    Where a facet could not be answered, the brief is written all the same, and the exit code is 1.
    """
    from briefgen.sources.base import Metadata

    session: Session = context.obj
    session.article = article
    target = _target(output, article, force=force)
    metadata = Metadata(title=title, publisher=publisher, url=url, published=published)
    read = _read(session, article, metadata)
    result = _generate(session, read, _Settings(model, check_with, prompts, offline))
    _write(result, read, output_format, target)
    if _report_failures(session, result):
        raise typer.Exit(1)


@dataclass(frozen=True)
class _Settings:
    model: str | None
    check_with: str | None
    prompts: Path | None
    offline: bool


def _target(output: Path | None, article: str, *, force: bool) -> FileTarget | None:
    if output is None or str(output) == "-":
        stdout()
        return None
    return FileTarget.checked(output, source=article, force=force)


def _read(session: Session, article: str, metadata: Metadata) -> Article:
    from briefgen.sources.files import read_article

    if article != "-":
        return read_article(Path(article), overrides=metadata)
    if sys.stdin is None:
        raise InputError("standard input is closed", hint="name a file", code="input_missing")
    if sys.stdin.isatty():
        session.say("briefgen: reading the article from standard input, up to Ctrl-D")
    return read_article("-", overrides=metadata, stdin=sys.stdin.buffer)


def _generate(session: Session, article: Article, settings: _Settings) -> Brief:
    from briefgen.generator import BriefGenerator
    from briefgen.prompts import PromptLibrary

    library = PromptLibrary.load(settings.prompts)
    with ExitStack() as opened:
        model = opened.enter_context(closing(_open(session, settings.model, settings)))
        reader = settings.check_with
        check_with = opened.enter_context(closing(_open(session, reader, settings))) if reader else None
        show = opened.enter_context(progress.facets())
        generator = BriefGenerator(model, check_with=check_with, prompts=library, on_progress=show)
        return generator.generate(article)


def _open(session: Session, spec: str | None, settings: _Settings) -> LanguageModel:
    from briefgen.providers import registry

    if spec is None:
        spec = registry.default_spec()
        session.say(f"briefgen: no --model or BRIEFGEN_MODEL, so {spec} is used")
    if not settings.offline:
        models.fetch_if_missing(session, spec)
    return registry.open_model(spec, offline=settings.offline)


def _write(brief: Brief, article: Article, output_format: Format, target: FileTarget | None) -> None:
    from briefgen.render import RenderOptions, render

    if target is not None:
        target.write(render(brief, output_format, RenderOptions(width=TEXT_COLUMNS, article=article)))
    else:
        write_stdout(render(brief, output_format, replace(stdout_options(), article=article)))


def stdout_options() -> RenderOptions:
    from briefgen.render import RenderOptions

    if not stdout().isatty():
        return RenderOptions(width=TEXT_COLUMNS, ascii=knows_only_ascii())
    return RenderOptions(
        width=min(TEXT_COLUMNS, shutil.get_terminal_size().columns),
        color=not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb",
        ascii=knows_only_ascii(),
    )


def _report_failures(session: Session, brief: Brief) -> bool:
    """Say on standard error which facets were not, or not wholly, answered; return whether there are any."""
    failures = brief.coverage.failures
    states = brief.coverage.facets
    failed = [facet for facet in {**states, **failures} if states.get(facet) == "failed" or facet in failures]
    for facet in failed:
        failure = failures.get(facet)
        code, why = (failure.code, failure.message) if failure else ("error", "no answer")
        session.error(code, f"{facet} is not complete: {why}; run the command again")
    return bool(failed)
