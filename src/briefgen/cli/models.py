"""``briefgen models``: the weights of embedded models."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli import progress
from briefgen.cli.output import write_stdout
from briefgen.cli.table import table

if TYPE_CHECKING:
    from pathlib import Path

    from briefgen.cli.session import Session

app = typer.Typer(name="models", help="The weights of embedded models.", rich_markup_mode=None)

_LOCAL = "local:"

NameArgument = Annotated[
    str | None, typer.Argument(metavar="NAME", help="The default model if left out.", show_default=False)
]


@app.command("pull")
def pull(
    context: typer.Context,
    name: NameArgument = None,
    *,
    offline: Annotated[bool, typer.Option("--offline", help="Fetch nothing.")] = False,
) -> None:
    """Fetch the weights of a model, unless they are there, and print where they are."""
    session: Session = context.obj
    write_stdout(f"{_fetch(session, name or _default(), offline=offline)}\n")


@app.command("list")
def list_models() -> None:
    """List the models that can be embedded: name, size, whether the weights are here."""
    from briefgen.providers import weights

    rows = [
        [name, readable(entry.size), "present" if weights.is_present(name) else "not fetched"]
        for name, entry in weights.CATALOGUE.items()
    ]
    write_stdout(table(["name", "size", "weights"], rows))


@app.command("path")
def path(name: NameArgument = None) -> None:
    """Print where the weights of a model are, or would be."""
    from briefgen.providers import weights

    write_stdout(f"{weights.weights_path(name or _default())}\n")


def fetch_if_missing(session: Session, spec: str) -> None:
    """Fetch the weights of an embedded model before it is opened, with a progress display."""
    name = spec.removeprefix(_LOCAL)
    if name != spec and _is_missing(name):
        _fetch(session, name, offline=False)


def _default() -> str:
    from briefgen.providers.registry import DEFAULT_LOCAL

    return DEFAULT_LOCAL.removeprefix(_LOCAL)


def _is_missing(name: str) -> bool:
    """Whether the weights are not here and may be fetched. An unknown name is for others to refuse."""
    from briefgen.providers import weights

    return name in weights.CATALOGUE and not weights.is_present(name) and not weights.is_offline()


def _fetch(session: Session, name: str, *, offline: bool) -> Path:
    from briefgen.providers import weights

    if not offline and _is_missing(name):
        size = readable(weights.CATALOGUE[name].size)
        session.say(
            f"briefgen: fetching the weights of {name}, {size}, once, to {weights.weights_path(name)}"
        )
    with progress.download() as show:
        return weights.pull(name, offline=offline, on_progress=show)


def readable(size: int) -> str:
    """Bytes as people say them: "1.12 GB"."""
    return f"{size / 1e9:.2f} GB" if size >= 1e8 else f"{size / 1e6:.1f} MB"
