"""``briefgen status``: what became of every input of a store, and what it cost."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefgen.cli.models import readable
from briefgen.cli.output import write_stdout
from briefgen.cli.selecting import StoreArgument, open_store
from briefgen.cli.table import table

if TYPE_CHECKING:
    from briefgen.cli.session import Session
    from briefgen.store import RunInfo, Store, Totals

_SHOWN_RUNS = 10
_UNKNOWN = "unknown"


def status(
    context: typer.Context,
    store: StoreArgument,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with every run.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Read everything and see whether any of it is damaged.")
    ] = False,
) -> None:
    """Count a store's inputs by state, and say which runs made them and what they used."""
    session: Session = context.obj
    with open_store(session, store) as opened:
        if as_json:
            import json

            from briefgen.render.json import harmless

            write_stdout(harmless(json.dumps(_figures(opened), indent=2, ensure_ascii=False)) + "\n")
        else:
            write_stdout("\n".join(_sections(opened)))
        if check:
            _check(session, opened)


def _check(session: Session, store: Store) -> None:
    """Raise :class:`StoreCorrupt` if there is damage, after a line for each."""
    from briefgen.cli import progress
    from briefgen.errors import StoreCorrupt
    from briefgen.store.checking import check

    with progress.counting("Checking") as watch:
        found = list(check(store, watch=watch))
    for line in found:
        session.say(f"briefgen: {line}")
    if found:
        raise StoreCorrupt(f"the store is damaged in {len(found)} places", hint="restore it from a copy")
    session.say("briefgen: the store is sound")


def _figures(store: Store) -> dict[str, Any]:
    from dataclasses import asdict

    counts = store.counts()
    return {
        "store": str(store.path),
        "bytes": _size(store),
        "inputs": counts.inputs,
        "states": {name: getattr(counts, name) for name in ("done", "failed", "skipped", "pending")},
        "partial": counts.partial,
        "codes": dict(counts.codes),
        "superseded": store.superseded(),
        "briefs_by_model": store.models(),
        "totals": asdict(store.totals()),
        "runs": [
            {**asdict(run), "started": _time(run.started), "ended": _time(run.ended)} for run in store.runs()
        ],
    }


def _sections(store: Store) -> list[str]:
    from briefgen.render.clean import one_line

    counts = store.counts()
    states = [[name, f"{getattr(counts, name):,}"] for name in ("done", "failed", "skipped", "pending")]
    if counts.partial:
        states[0].append(f"{counts.partial:,} with a facet that was not answered")
    sections = [
        table(["state", "inputs", ""], [[*row, ""][:3] for row in [*states, ["all", f"{counts.inputs:,}"]]])
    ]
    if counts.codes:
        codes = [[one_line(code), f"{count:,}"] for code, count in counts.codes.items()]
        sections.append(table(["reason", "inputs"], codes))
    models = store.models()
    if models:
        sections.append(
            table(["model", "briefs"], [[one_line(name), f"{n:,}"] for name, n in models.items()])
        )
    runs = store.runs()
    if runs:
        sections.append(_runs(runs[-_SHOWN_RUNS:], store.totals()))
    sections.append(_notes(store, len(runs)))
    return sections


def _runs(runs: list[RunInfo], totals: Totals) -> str:
    from briefgen.render.clean import one_line

    head = ["run", "started (UTC)", "ended", "outcome", "requests", "tokens in", "out", "cost USD"]
    rows = [
        [
            f"{run.id} {run.kind}",
            _time(run.started) or "",
            _time(run.ended) or "running",
            one_line(run.outcome),
            *_used(run.totals),
        ]
        for run in runs
    ]
    return table(head, [*rows, ["all", "", "", "", *_used(totals)]])


def _used(totals: Totals) -> list[str]:
    cost = _UNKNOWN if totals.cost_usd is None else f"{totals.cost_usd:.4f}"
    if totals.cost_usd is not None and totals.unpriced:
        cost += f" and {totals.unpriced:,} briefs of unknown cost"
    if not totals.requests:
        return ["0", "0", "0", "0"]
    tokens = [_UNKNOWN if n is None else f"{n:,}" for n in (totals.input_tokens, totals.output_tokens)]
    return [f"{totals.requests:,}", *tokens, cost]


def _notes(store: Store, runs: int) -> str:
    notes = [f"{readable(_size(store))} in {store.path.name}"]
    superseded = store.superseded()
    if superseded:
        notes.append(f"{superseded:,} briefs of earlier texts or models are kept and not shown")
    in_flight = sum(run.in_flight for run in store.runs() if run.outcome == "killed")
    if in_flight:
        notes.append(
            f"{in_flight:,} pending articles were being asked about when a run was killed: may be billed"
        )
    if runs > _SHOWN_RUNS:
        notes.append(f"the last {_SHOWN_RUNS} of {runs:,} runs are shown; --json has all")
    from briefgen.render.clean import one_line

    return "".join(f"{one_line(note)}\n" for note in notes)


def _size(store: Store) -> int:
    """Bytes of the store, and of the log that SQLite has beside it while it is in use."""
    paths = (store.path, store.path.with_name(f"{store.path.name}-wal"))
    return sum(path.stat().st_size for path in paths if path.exists())


def _time(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
