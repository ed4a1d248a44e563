"""``briefgen prompts``: which prompts are in use, and how they read."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefgen.cli.output import write_stdout
from briefgen.cli.table import table

app = typer.Typer(name="prompts", help="The prompts in use.", rich_markup_mode=None)

PromptsOption = Annotated[
    Path | None,
    typer.Option("--prompts", metavar="DIR", envvar="BRIEFGEN_PROMPTS", help="Prompts that replace ours."),
]

_SHOWN_HASH = 12


@app.command("list")
def list_prompts(prompts: PromptsOption = None) -> None:
    """List id, version, facet and the start of the SHA-256 of each prompt."""
    from briefgen.prompts import PromptLibrary
    from briefgen.render.clean import one_line

    library = PromptLibrary.load(prompts)
    found = [library.get(prompt_id) for prompt_id in library.ids()]
    rows = [
        [one_line(str(cell)) for cell in (p.id, p.version, p.facet, p.sha256[:_SHOWN_HASH])] for p in found
    ]
    write_stdout(table(["id", "version", "facet", "sha256"], rows))


@app.command("show")
def show(
    prompt_id: Annotated[str, typer.Argument(metavar="ID", help="As `briefgen prompts list` names it.")],
    prompts: PromptsOption = None,
) -> None:
    """Print the text of a prompt."""
    from briefgen.prompts import PromptLibrary

    write_stdout(PromptLibrary.load(prompts).get(prompt_id).text.rstrip("\n") + "\n")
