"""``briefgen show``: one brief of a store, or why there is none."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefgen.cli.brief import stdout_options
from briefgen.cli.output import write_stdout
from briefgen.cli.selecting import StoreArgument, open_store
from briefgen.errors import InputError

if TYPE_CHECKING:
    from briefgen.cli.session import Session
    from briefgen.store import Input, StoredBrief

Format = Literal["text", "markdown", "html", "json", "raw"]


def show(
    context: typer.Context,
    store: StoreArgument,
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="The start of an article's id (6 digits or more), or an input's label."
        ),
    ],
    *,
    output_format: Annotated[
        Format, typer.Option("--format", help="How it is written; raw: what the model answered, as JSON.")
    ] = "text",
) -> None:
    """Print one brief. Where an input has none, say why, and end with 1."""
    from briefgen.store import Input, find

    session: Session = context.obj
    with open_store(session, store) as opened:
        found = find(opened, name)
        session.article = name
        if isinstance(found, Input):
            _explain(session, found)
            raise typer.Exit(1)
        if found.label != name and not found.article_id.startswith(name.lower()):
            session.say(f"briefgen: {name} has no brief of its own; this is the one of {found.label}")
        write_stdout(_answers(found) if output_format == "raw" else _rendered(found, output_format))


def _rendered(found: StoredBrief, output_format: str) -> str:
    from dataclasses import replace

    from briefgen.render import render

    article = found.article() if output_format == "html" else None
    return render(found.brief(), output_format, replace(stdout_options(), article=article))


def _answers(found: StoredBrief) -> str:
    import json
    from dataclasses import asdict

    from briefgen.render.json import harmless

    answers = found.answers()
    if not answers:
        raise InputError(
            f"the answers for {found.label!r} were not kept",
            hint="brief it again without --no-raw",
            code="input_missing",
        )
    listed = [
        {**asdict(answer), "output": json.loads(answer.output) if answer.output else None}
        for answer in answers
    ]
    return harmless(json.dumps(listed, indent=2, ensure_ascii=False)) + "\n"


def _explain(session: Session, found: Input) -> None:
    if found.state == "failed":
        session.error(found.code, f"{found.message}; brief it again with --retry-failed")
    elif found.state == "skipped":
        why = f"{found.code}: {found.message}" if found.message else found.code
        session.say(f"briefgen: {found.label} was skipped ({why})")
    else:
        session.say(f"briefgen: {found.label} is pending: run briefgen batch again")
