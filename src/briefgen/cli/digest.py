"""``briefgen digest``: many articles' briefs to the daily brief."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from briefgen.cli.session import Session


def digest(  # noqa: PLR0913 - typer makes an option of each parameter
    context: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Stores of briefgen batch, briefs as JSON Lines, or articles as briefgen batch reads them.",
            show_default=False,
        ),
    ],
    *,
    day: Annotated[str, typer.Option("--date", metavar="DATE", help="The digest's day, as 2024-06-10.")],
    days: Annotated[int, typer.Option(metavar="N", min=1, max=366, help="How many days it covers.")] = 1,
    since: Annotated[
        Path | None,
        typer.Option(
            metavar="STATE",
            help="What the last digest left; changes are told from it. Made if missing, renewed at the end.",
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format", help="text, markdown, json, html, csv, ics or eml; may be given more than once."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write to files in DIR in one step.")
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace files that an earlier digest wrote.")
    ] = False,
    store: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep the briefs of articles in this store.")
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="SPEC",
            envvar="BRIEFGEN_MODEL",
            help="Briefs articles, and words the bottom line (code checks it): openai:<model> or local:<name>.",
        ),
    ] = None,
    no_model: Annotated[bool, typer.Option("--no-model", help="Use no model; articles need briefs.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing.")] = False,
) -> None:
    """Merge the briefs of a day into one page: visits, allegations, conflicts, and what changed.

    Articles of earlier days are what changes are told from, unless --since names a state. Articles that have no
    brief yet are briefed first, as briefgen batch does it.
    """
    from briefgen.cli.digest_run import Asked, Written, run

    session: Session = context.obj
    session.article = f"the digest of {day}"
    asked = Asked(tuple(inputs), store, model, no_model=no_model, offline=offline)
    written = Written(tuple(dict.fromkeys(formats or ("text",))), output, force=force)
    if run(session, asked, written, (_day(day), days, since)):
        raise typer.Exit(1)


def _day(text: str) -> date:
    from datetime import date as day

    try:
        return day.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--date {text!r} is no day", hint="write it as 2024-06-10") from None
