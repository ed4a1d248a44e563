"""``briefgen export``: the briefs of a store, or of several, to files of other programs."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from briefgen.cli.output import stdout, write_stdout
from briefgen.cli.selecting import (  # typer reads them at run time
    ActorOption,
    FacetOption,
    SinceOption,
    StatusOption,
    StoreArgument,
    UntilOption,
    open_store,
    selected,
)
from briefgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefgen.cli.session import Session
    from briefgen.export import Export

Format = Literal["jsonl", "csv", "parquet", "markdown"]


def export(  # noqa: PLR0913 - typer makes an option of each parameter
    context: typer.Context,
    store: StoreArgument,
    *,
    output_format: Annotated[Format, typer.Option("--format", help="How the briefs are written.")] = "jsonl",
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="A file (jsonl, markdown) or a folder (csv, parquet; markdown if it is one or ends in /).",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what an earlier export wrote.")] = False,
    merge: Annotated[
        list[Path] | None,
        typer.Option("--merge", metavar="STORE", help="Another store to add; may be given more than once."),
    ] = None,
    query: Annotated[str | None, typer.Option("--query", help="Only briefs that a search finds.")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    actor: ActorOption = None,
    facet: FacetOption = None,
    status: StatusOption = None,
) -> None:
    """Write the briefs of a store as JSON Lines, CSV or Parquet tables (one for each facet), or Markdown.

    JSON Lines end with a record for each input that failed; the tables have one of every input and its state.
    A file or folder is whole-old or whole-new, whatever happens on the way.
    """
    from briefgen.cli import progress
    from briefgen.export import Export

    session: Session = context.obj
    selection = selected(query, (since, until), actor=actor, facet=facet, status=status)
    with ExitStack() as opened:
        stores = [opened.enter_context(open_store(session, path)) for path in (store, *(merge or ()))]
        session.article = str(store)
        show = progress.counting("Exporting", printing=output in {None, "-"})
        walk = Export(stores, selection, watch=opened.enter_context(show))
        _write(walk, output_format, output, force=force)
    again = f", {walk.repeated:,} that another store has too were left out" if walk.repeated else ""
    failed = f", {walk.failed:,} failed inputs" if walk.failed else ""
    session.say(f"briefgen: {walk.briefed:,} briefs exported{failed}{again}")


def _write(walk: Export, output_format: Format, output: str | None, *, force: bool) -> None:
    from briefgen import export

    kinds: dict[str, export.TableKind] = {"csv": export.CsvTable, "parquet": export.ParquetTable}
    tables = kinds.get(output_format)
    if output is None or output == "-":
        if tables:
            raise UsageError(f"{output_format} makes a folder of tables", hint="name one with -o")
        stdout()
        _writer(output_format)(walk, write_stdout)
    elif tables or (output_format == "markdown" and (output.endswith("/") or Path(output).is_dir())):
        with export.staged_folder(Path(output), force=force) as folder:
            if tables:
                export.write_tables(walk, folder, tables)
            else:
                export.write_pages(walk, folder)
    else:
        with (
            export.staged_file(Path(output), force=force) as temporary,
            temporary.open("x", encoding="utf-8", newline="\n") as file,
        ):
            _writer(output_format)(walk, file.write)


def _writer(output_format: Format) -> Callable[[Export, Callable[[str], object]], None]:
    from briefgen import export

    return export.write_lines if output_format == "jsonl" else export.write_page
