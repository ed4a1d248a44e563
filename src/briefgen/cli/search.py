"""``briefgen search``: the briefs of a store that have these words, actors, days or statuses."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from briefgen.cli.session import Session
    from briefgen.store import StoredBrief

_COLUMNS = 100
_SHOWN_ID = 12


def search(  # noqa: PLR0913 - typer makes an option of each parameter
    context: typer.Context,
    store: StoreArgument,
    query: Annotated[
        str | None,
        typer.Argument(
            help="Words, all of which must be there; a phrase in double quotes.", show_default=False
        ),
    ] = None,
    *,
    since: SinceOption = None,
    until: UntilOption = None,
    actor: ActorOption = None,
    facet: FacetOption = None,
    status: StatusOption = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to show, at most.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON Lines.")] = False,
) -> None:
    """Find briefs by what they say: headline, summary, items, actors, title. The best come first.

    Nothing but words and quotation marks has a meaning in QUERY. Without one, all that fit are shown.
    """
    from briefgen.store import matching, stored_brief

    session: Session = context.obj
    selection = selected(query, (since, until), actor=actor, facet=facet, status=status)
    with open_store(session, store) as opened:
        works = matching(opened, selection)
        found = [brief for work in works[:limit] if (brief := stored_brief(opened, work))]
        write_stdout("".join(_record(brief) for brief in found) if as_json else _listed(found))
    if len(works) > limit:
        session.say(f"briefgen: {limit:,} of {len(works):,} are shown; --limit shows more")
    elif not works:
        session.say("briefgen: no brief fits; briefgen status says what the store holds")


def _listed(found: list[StoredBrief]) -> str:
    from briefgen.render.clean import cut, one_line

    out = stdout()
    columns = shutil.get_terminal_size().columns if out.isatty() else _COLUMNS
    lines = []
    for brief in found:
        head = f"{brief.article_id[:_SHOWN_ID]}  {brief.published or 'undated'!s:<10}  "
        said = one_line(brief.headline or brief.title or brief.label)
        lines.append(f"{head}{cut(said, max(20, columns - len(head)))}\n")
    return "".join(lines)


def _record(brief: StoredBrief) -> str:
    import json

    from briefgen.render.json import harmless

    known = {
        "id": brief.article_id,
        "label": brief.label,
        "published": str(brief.published) if brief.published else None,
        "title": brief.title,
        "headline": brief.headline,
        "model": brief.model,
        "partial": brief.partial,
    }
    return harmless(json.dumps(known, ensure_ascii=False)) + "\n"
