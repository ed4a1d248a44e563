"""The command line: its commands, and what an error or a signal ends with.

Nothing heavy is imported here or at the top of a command's module: ``--help`` answers at once.
"""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

import sys
from typing import Annotated, NoReturn

import typer

from briefgen.cli.batch import batch
from briefgen.cli.brief import brief
from briefgen.cli.digest import digest
from briefgen.cli.eval import evaluate
from briefgen.cli.export import export
from briefgen.cli.models import app as models
from briefgen.cli.output import PIPE_CLOSED, ReaderGone, write_stdout
from briefgen.cli.prompts import app as prompts
from briefgen.cli.reverify import reverify
from briefgen.cli.search import search
from briefgen.cli.session import Session
from briefgen.cli.show import show
from briefgen.cli.signals import stoppable
from briefgen.cli.status import status
from briefgen.errors import BriefgenError

app = typer.Typer(
    name="briefgen",
    help="News articles to briefs in which every line is vouched for by a sentence of the article.",
    epilog="Exit codes: 0 done, 1 something failed, 2 usage, 3 configuration, 4 input, 5 model, 6 output.",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("brief")(brief)
app.command("batch")(batch)
app.command("status")(status)
app.command("search")(search)
app.command("show")(show)
app.command("export")(export)
app.command("reverify")(reverify)
app.command("digest")(digest)
app.command("eval")(evaluate)
app.add_typer(models)
app.add_typer(prompts)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        write_stdout(f"briefgen {version('briefgen')}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def entry(
    context: typer.Context,
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks of errors.")] = False,
    _show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    context.obj = context.obj or Session()
    context.obj.debug = debug
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)


@app.command()
def schema() -> None:
    """Print the JSON Schema of the brief."""
    import json

    from briefgen.brief import Brief

    described = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    described |= Brief.model_json_schema(mode="serialization")
    write_stdout(json.dumps(described, indent=2) + "\n")


def main(arguments: list[str], session: Session) -> int:
    """Run one command line and return its exit code. Unexpected errors and signals pass through."""
    command = typer.main.get_command(app)
    try:
        code = command.main(arguments, prog_name="briefgen", standalone_mode=False, obj=session)
    except BriefgenError as error:
        return session.report(error)
    except ReaderGone:
        return PIPE_CLOSED
    except typer.TyperException as error:
        session.error("usage", f"{' '.join(error.format_message().split()).rstrip('.')}; {_remedy(error)}")
        return error.exit_code
    except typer.Abort:
        return 1
    return code if isinstance(code, int) else 0


def _remedy(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    remedy = f"see `{context.command_path if context else 'briefgen'} --help`"
    if hasattr(error, "option_name"):
        remedy += "; a file name that starts with - goes after --"
    return remedy


def run() -> NoReturn:
    """The program ``briefgen``."""
    session = Session()
    sys.excepthook = session.report_unexpected
    with stoppable(session):
        code = main(sys.argv[1:], session)
    sys.exit(code)
