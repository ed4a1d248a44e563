"""``briefgen reverify``: today's rules on the answers that a store keeps. No model is asked."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from briefgen.cli.output import write_stdout
from briefgen.cli.prompts import PromptsOption  # noqa: TC001 - typer reads it at run time
from briefgen.cli.selecting import StoreArgument  # noqa: TC001 - typer reads it at run time
from briefgen.cli.table import table
from briefgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Brief
    from briefgen.cli.session import Session
    from briefgen.reverify import Reverifier, Revision
    from briefgen.store import Run, Store
    from briefgen.store.briefs import Watch

_GROUP = 20
"""Briefs that are written in one transaction."""

_SAID = {
    "unchanged": "say what they said",
    "changed": "changed",
    "no_answers": "left alone: their answers were not kept (--no-raw)",
    "renumbered": "left alone: their sentences have other numbers today",
    "unreadable": "left alone: no answer fits today's drafts",
}


@dataclass
class _Report:
    outcomes: Counter[str] = field(default_factory=Counter)
    gained: int = 0
    lost: int = 0
    not_asked: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    def add(self, revision: Revision) -> None:
        self.outcomes[revision.outcome] += 1
        self.gained += len(revision.gained)
        self.lost += len(revision.lost)
        self.not_asked += bool(revision.not_asked)
        self.codes.update(revision.codes)


def reverify(  # noqa: PLR0913 - typer makes an option of each parameter
    context: typer.Context,
    store: StoreArgument,
    *,
    prompts: PromptsOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Name each brief that changes, and how.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON.")] = False,
) -> None:
    """Make the briefs of a store again from what the model said then, by the rules of this version.

    Costs nothing. Ends with 1 if some briefs could not be made again.
    """
    from briefgen.cli import progress
    from briefgen.prompts import PromptLibrary
    from briefgen.reverify import Reverifier
    from briefgen.store import Store

    session: Session = context.obj
    session.article = str(store)
    reverifier = Reverifier(PromptLibrary.load(prompts))
    report = _Report()
    with (
        Store.open(store, readonly=dry_run) as opened,
        progress.counting("Verifying", printing=listed) as watch,
    ):
        revise = _dry if dry_run else _real
        for revision in revise(opened, reverifier, watch):
            report.add(revision)
            if listed and revision.outcome == "changed":
                write_stdout(_line(revision))
    _check_answers(report)
    write_stdout(_json(report) if as_json else _text(report))
    if set(report.outcomes) - {"unchanged", "changed"}:
        raise typer.Exit(1)


def _dry(store: Store, reverifier: Reverifier, watch: Watch | None) -> Iterator[Revision]:
    from briefgen.store import stored_briefs

    for stored in stored_briefs(store, watch=watch):
        yield reverifier.revise(stored)


def _real(store: Store, reverifier: Reverifier, watch: Watch | None) -> Iterator[Revision]:
    with store.run(kind="reverify") as run:
        waiting: dict[int, Brief] = {}
        for revision in _dry(store, reverifier, watch):
            if revision.after.provenance != revision.before.provenance or revision.outcome == "changed":
                waiting[revision.stored.work] = revision.after
            if len(waiting) >= _GROUP:
                _commit(run, waiting)
            yield revision
        _commit(run, waiting)


def _commit(run: Run, waiting: dict[int, Brief]) -> None:
    if waiting:
        run.revise(waiting)
        waiting.clear()


def _check_answers(report: _Report) -> None:
    if report.outcomes and set(report.outcomes) == {"no_answers"}:
        raise UsageError(
            "the store keeps no answers of a model, so nothing can be verified again",
            hint="they are kept unless briefgen batch has --no-raw",
        )


def _line(revision: Revision) -> str:
    from briefgen.render.clean import one_line

    codes = ", ".join(dict.fromkeys(revision.codes))
    head = f"{one_line(revision.stored.label)}: +{len(revision.gained)} -{len(revision.lost)}"
    lines = [f"{head} ({codes})" if codes else head]
    lines += [f"  + {one_line(said)}" for said in revision.gained]
    lines += [f"  - {one_line(said)}" for said in revision.lost]
    return "".join(f"{line}\n" for line in lines)


def _text(report: _Report) -> str:
    rows = [[f"{count:,}", _SAID[outcome]] for outcome, count in report.outcomes.most_common()]
    text = table(["briefs", ""], rows)
    text += f"{report.gained:,} lines are vouched for anew, {report.lost:,} no longer\n"
    if report.codes:
        codes = ", ".join(f"{code} {count:,}" for code, count in report.codes.most_common())
        text += f"newly withheld, by rule: {codes}\n"
    if report.not_asked:
        text += (
            f"{report.not_asked:,} briefs have a facet that was not asked then: brief them again to have it\n"
        )
    return text


def _json(report: _Report) -> str:
    import json

    known = {
        "briefs": sum(report.outcomes.values()),
        **{outcome: report.outcomes[outcome] for outcome in _SAID},
        "gained": report.gained,
        "lost": report.lost,
        "not_asked": report.not_asked,
        "newly_withheld": dict(report.codes),
    }
    return json.dumps(known, indent=2) + "\n"
