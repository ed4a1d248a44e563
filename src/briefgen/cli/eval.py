"""``briefgen eval``: briefs scored against gold."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefgen.cli.output import FileTarget, write_stdout
from briefgen.errors import UsageError

if TYPE_CHECKING:
    from briefgen.cli.session import Session
    from briefgen.evaluate.gold import GoldSet


def evaluate(  # noqa: PLR0913 - typer makes an option of each parameter
    context: typer.Context,
    gold_dir: Annotated[
        Path, typer.Argument(metavar="GOLD_DIR", help="articles.jsonl and a gold JSON for each article.")
    ],
    *,
    briefs: Annotated[Path | None, typer.Option(metavar="DIR", help="Score the briefs of DIR.")] = None,
    only: Annotated[str | None, typer.Option(metavar="ID,ID", help="Only these articles.")] = None,
    half: Annotated[
        Literal["a", "b"] | None, typer.Option(help="Only the 1st, 3rd, … article by id (a), or the others.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all verdicts as JSON.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that exist.")] = False,
) -> None:
    """Score briefs against gold: what was found, missed and made up, and every critical error."""
    from briefgen.evaluate import evaluate as score
    from briefgen.evaluate import read_briefs
    from briefgen.evaluate.table import table

    session: Session = context.obj
    session.article = str(gold_dir)
    if briefs is None:
        raise UsageError("there is nothing to score", hint="name briefs with --briefs DIR")
    target = FileTarget.checked(json_file, force=force) if json_file else None
    gold = _gold(gold_dir, only, half)
    evaluation = score(gold, read_briefs(briefs, gold))
    if target:
        target.write(evaluation.model_dump_json(indent=2) + "\n")
    write_stdout(table(evaluation))
    if evaluation.failures:
        raise typer.Exit(1)


def _gold(folder: Path, only: str | None, half: str | None) -> GoldSet:
    from briefgen.evaluate import read_gold

    gold = read_gold(folder)
    if half:
        gold = gold.half(half)
    return gold.only(filter(None, only.split(","))) if only else gold
