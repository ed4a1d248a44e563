"""What the commands that read stores have in common: how they open one, and which of its briefs they mean."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from briefgen.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from briefgen.cli.session import Session
    from briefgen.store import Selection, Store

StoreArgument: TypeAlias = Annotated[
    Path, typer.Argument(metavar="STORE", help="The file that briefgen batch made.", show_default=False)
]
SinceOption: TypeAlias = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Published on this day or later.")
]
UntilOption: TypeAlias = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Published on this day or earlier.")
]
ActorOption: TypeAlias = Annotated[str | None, typer.Option("--actor", help="Words of an actor's name.")]
FacetOption: TypeAlias = Annotated[
    str | None, typer.Option("--facet", help="With an item of this facet, as planned_visits.")
]
StatusOption: TypeAlias = Annotated[
    str | None, typer.Option("--status", help="With a visit or an allegation of this status.")
]


def open_store(session: Session, path: Path) -> Store:
    """Open a store to read it; error lines then name it."""
    from briefgen.store import Store

    session.article = str(path)
    return Store.open(path, readonly=True)


def selected(
    query: str | None,
    days: tuple[str | None, str | None],
    *,
    actor: str | None,
    facet: str | None,
    status: str | None,
) -> Selection:
    """The selection that the options mean. Raises :class:`UsageError`."""
    from briefgen.store import Selection

    _check_facet(facet)
    since, until = (_day(day) for day in days)
    if since and until and since > until:
        raise UsageError(f"--since {since} is after --until {until}", hint="swap them")
    return Selection(query or "", since, until, actor or "", facet or "", status or "")


def _check_facet(facet: str | None) -> None:
    from briefgen.store.index import FACETS

    if facet is None or facet in FACETS:
        return
    from briefgen.facets.base import all_facets

    known = dict.fromkeys((*FACETS, *(each.name for each in all_facets() if each.name != "summary")))
    if facet not in known:
        raise UsageError(f"no facet {facet!r}", hint=f"there are {', '.join(known)}")


def _day(text: str | None) -> date | None:
    from briefgen.article import parse_published

    return parse_published(text)
