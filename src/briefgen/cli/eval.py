"""``briefgen eval``: briefs scored against gold."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefgen.cli.eval_briefs import Making, made_briefs
from briefgen.cli.output import FileTarget, write_stdout
from briefgen.cli.prompts import PromptsOption  # noqa: TC001 - typer reads it at run time
from briefgen.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.brief import Brief
    from briefgen.cli.session import Session
    from briefgen.errors import ModelError
    from briefgen.evaluate import Comparison, Evaluation, Failed, GoldSet


def evaluate(  # noqa: PLR0913 - typer makes an option of each parameter
    context: typer.Context,
    gold_dir: Annotated[
        Path, typer.Argument(metavar="GOLD_DIR", help="articles.jsonl and a gold JSON for each article.")
    ],
    *,
    model: Annotated[
        str | None,
        typer.Option(metavar="SPEC", help="Make the briefs with this model.  [env var: BRIEFGEN_MODEL]"),
    ] = None,
    check_with: Annotated[
        str | None,
        typer.Option(metavar="SPEC", help="A second model that must find each item in its sentences."),
    ] = None,
    briefs: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Score the briefs of DIR, and ask no model.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep each brief that is made, as DIR/<id>.json.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=1, max=64, metavar="N", help="Briefs made at a time.")] = 1,
    only: Annotated[str | None, typer.Option(metavar="ID,ID", help="Only these articles.")] = None,
    half: Annotated[
        Literal["a", "b"] | None, typer.Option(help="Only the 1st, 3rd, … article by id (a), or the others.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write an HTML page: briefs beside their articles.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write every verdict as JSON.")
    ] = None,
    compare: Annotated[
        Path | None, typer.Option(metavar="OLD.json", help="Say what changed since an earlier --json FILE.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that exist.")] = False,
    prompts: PromptsOption = None,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing.")] = False,
) -> None:
    """Score briefs against gold: what was found, missed and made up, and every critical error.

    Briefs are made, or read with --briefs. Where one could not be made, its article counts as missed, and
    the exit code is 1.
    """
    session: Session = context.obj
    session.article = str(gold_dir)
    files = _Files.checked(report, json_file, compare, force=force)
    if briefs is not None and (model or check_with or save):
        raise UsageError("--briefs asks no model", hint="leave out --model, --check-with and --save")
    gold = _gold(gold_dir, only, half)
    if briefs is not None:
        scored, ended = _read(briefs, gold), None
    else:
        settings = Making(model, check_with, prompts, save, jobs=jobs, offline=offline, force=force)
        scored, ended = made_briefs(session, gold, settings)
    evaluation = _report(gold, scored, files)
    _exit(session, evaluation, ended)


@dataclass(frozen=True)
class _Files:
    """What is written, checked before any brief is paid for, and the evaluation to compare with."""

    report: FileTarget | None
    json: FileTarget | None
    old: Evaluation | None

    @classmethod
    def checked(
        cls, report: Path | None, json_file: Path | None, compare: Path | None, *, force: bool
    ) -> _Files:
        old = _old(compare) if compare else None
        source = str(compare) if compare else "-"
        return cls(
            FileTarget.checked(report, force=force) if report else None,
            FileTarget.checked(json_file, source=source, force=force) if json_file else None,
            old,
        )


def _old(path: Path) -> Evaluation:
    from pydantic import ValidationError

    from briefgen.evaluate import Evaluation

    try:
        return Evaluation.model_validate_json(path.read_bytes())
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise InputError(f"cannot read {str(path)!r}: {why}", code="input_missing") from None
    except ValidationError:
        raise InputError(
            f"{str(path)!r} is no evaluation", hint="write it with: briefgen eval --json"
        ) from None


def _gold(folder: Path, only: str | None, half: str | None) -> GoldSet:
    from briefgen.evaluate import read_gold

    gold = read_gold(folder)
    if half:
        gold = gold.half(half)
    return gold.only(filter(None, only.split(","))) if only else gold


def _read(folder: Path, gold: GoldSet) -> Mapping[str, Brief | Failed]:
    from briefgen.evaluate import read_briefs

    return read_briefs(folder, gold)


def _report(gold: GoldSet, briefs: Mapping[str, Brief | Failed], files: _Files) -> Evaluation:
    from briefgen.evaluate import compare, evaluate
    from briefgen.evaluate.comparison_table import comparison_table
    from briefgen.evaluate.page import page
    from briefgen.evaluate.table import table

    evaluation = evaluate(gold, briefs)
    comparison: Comparison | None = compare(files.old, evaluation) if files.old else None
    if files.json:
        files.json.write(evaluation.model_dump_json(indent=2) + "\n")
    if files.report:
        files.report.write(page(evaluation, gold, briefs))
    shown = table(evaluation)
    if comparison:
        shown += f"\nCOMPARED WITH THE OLD EVALUATION\n{comparison_table(comparison)}"
    write_stdout(shown)
    return evaluation


def _exit(session: Session, evaluation: Evaluation, ended: ModelError | None) -> None:
    if ended:
        raise typer.Exit(session.report(ended))
    incomplete = [article.id for article in evaluation.articles if article.failed or article.unanswered]
    if incomplete:
        session.error("incomplete", f"no whole brief of: {', '.join(incomplete)}; see the table")
        raise typer.Exit(1)
