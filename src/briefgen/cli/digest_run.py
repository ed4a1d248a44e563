"""The wiring of ``briefgen digest``: what is read and briefed, in which order, and where the page goes."""

# ruff: noqa: PLC0415 - what a command needs is imported when it runs: --help answers at once

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.cli import models
from briefgen.cli.output import FileTarget, make_folder, write_stdout
from briefgen.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from briefgen.cli.session import Session
    from briefgen.digest.bottom_line import Wording
    from briefgen.digest.digest import Digest
    from briefgen.digest.intake import Arrived
    from briefgen.digest.state import State

_SQLITE = b"SQLite format 3\x00"


@dataclass(frozen=True)
class Asked:
    """What is read, and who briefs what has no brief yet."""

    inputs: tuple[str, ...]
    store: Path | None
    model: str | None
    no_model: bool
    offline: bool


@dataclass(frozen=True)
class Written:
    """What is written, and where."""

    formats: tuple[str, ...]
    folder: Path | None
    force: bool


def run(session: Session, asked: Asked, written: Written, when: tuple[date, int, Path | None]) -> bool:
    """Make one digest; return whether an article of it failed."""
    from briefgen.digest.making import DigestOptions, make_digest

    day, days, state_file = when
    _check(written)
    target = FileTarget.checked(state_file, force=True) if state_file else None
    since = _state(state_file)
    with ExitStack() as opened:
        arrived = list(_arrived(session, asked, opened))
        if not arrived:
            raise InputError(
                "no input has an article or a brief", hint="check the names", code="input_missing"
            )
        wording = _wording(session, asked, opened)
        digest, state = make_digest(arrived, DigestOptions(day, days, since, wording))
    _write(session, digest, written)
    if target is not None:
        _renew(session, target, since, state)
    return digest.counts.failed > 0


# -- in -----------------------------------------------------------------------------------------------------


def _arrived(session: Session, asked: Asked, opened: ExitStack) -> Iterator[Arrived]:
    from briefgen.digest.reading import arrived_lines

    stores = [each for each in asked.inputs if _is_store(each)]
    briefs = [each for each in asked.inputs if each not in stores and _has_briefs(each)]
    articles = tuple(each for each in asked.inputs if each not in stores and each not in briefs)
    for each in stores:
        yield from _of_store(Path(each))
    for each in briefs:
        with Path(each).open(encoding="utf-8") as lines:
            yield from arrived_lines(lines, each)
    if articles:
        yield from _of_store(_briefed(session, articles, asked, opened))


def _of_store(path: Path) -> Iterator[Arrived]:
    from briefgen.digest.reading import arrived_in
    from briefgen.store import Store

    with closing(Store.open(path)) as store:
        yield from arrived_in(store)


def _briefed(session: Session, articles: tuple[str, ...], asked: Asked, opened: ExitStack) -> Path:
    """Brief the articles, and return the store that has the briefs."""
    from briefgen.batch import BatchOptions
    from briefgen.cli import batch_run
    from briefgen.sources.base import Metadata

    if asked.no_model:
        raise UsageError(
            f"{articles[0]!r} has no briefs", hint="brief it with briefgen batch, or leave out --no-model"
        )
    store = asked.store or Path(opened.enter_context(tempfile.TemporaryDirectory())) / "briefs.db"
    archive = batch_run.Archive(articles, follow=False, text_field=None, overrides=Metadata())
    asking = batch_run.Asking(asked.model, None, None, asked.offline)
    keeping = batch_run.Keeping(store, log_json=False, new_run=False)
    batch_run.run(session, archive, asking, keeping, BatchOptions())
    return store


def _is_store(name: str) -> bool:
    return _head(name, len(_SQLITE)) == _SQLITE


def _has_briefs(name: str) -> bool:
    from briefgen.digest.reading import is_line_of_briefs

    if not _head(name, 1).startswith(b"{"):
        return False
    with Path(name).open(encoding="utf-8", errors="replace") as lines:
        return is_line_of_briefs(lines.readline())


def _head(name: str, size: int) -> bytes:
    if not os.path.isfile(name):  # noqa: PTH113 - undecodable names are strings, as in sources/folders.py
        return b""
    try:
        with open(name, "rb") as file:  # noqa: PTH123 - as above
            return file.read(size)
    except OSError:
        return b""


def _wording(session: Session, asked: Asked, opened: ExitStack) -> Wording | None:
    """The model that may word the bottom line: only one that was named."""
    from briefgen.digest.bottom_line import Wording
    from briefgen.prompts import PromptLibrary
    from briefgen.providers import registry

    if asked.no_model or asked.model is None:
        return None
    if not asked.offline:
        models.fetch_if_missing(session, asked.model)
    model = opened.enter_context(closing(registry.open_model(asked.model, offline=asked.offline)))
    return Wording(model, PromptLibrary.load(None))


def _state(path: Path | None) -> State | None:
    from briefgen.digest.state import State

    if path is None or not path.exists():
        return None
    try:
        return State.read(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError):
        raise InputError(
            f"cannot read {str(path)!r}", hint="check --since", code="input_unreadable"
        ) from None


# -- out ----------------------------------------------------------------------------------------------------


def _check(written: Written) -> None:
    from briefgen.render.digests import DIGEST_FORMATS

    for each in written.formats:
        if each not in DIGEST_FORMATS:
            raise UsageError(f"no format {each!r}", hint=f"the formats are {', '.join(DIGEST_FORMATS)}")
    if written.folder is None and (len(written.formats) > 1 or written.formats == ("csv",)):
        raise UsageError("several files need a folder", hint="name one with -o")


def _write(session: Session, digest: Digest, written: Written) -> None:
    from briefgen.cli.brief import stdout_options
    from briefgen.render.digests import DigestLayout, digest_files, render_digest

    if written.folder is None:
        seen = stdout_options()
        options = DigestLayout(width=seen.width, color=seen.color, ascii=seen.ascii)
        write_stdout(render_digest(digest, written.formats[0], options))
    else:
        files = digest_files(digest, written.formats)
        make_folder(written.folder)
        targets = {name: FileTarget.checked(written.folder / name, force=written.force) for name in files}
        for name, target in targets.items():
            target.write(files[name])
        session.say(f"briefgen: {len(files)} files in {str(written.folder)!r}")
    if "ics" in written.formats:
        _say_what_the_calendar_lacks(session, digest)


def _say_what_the_calendar_lacks(session: Session, digest: Digest) -> None:
    from briefgen.render.ics import undated

    for each in undated(digest):
        session.say(f"briefgen: not in the calendar: {each.title}: {each.reason}")


def _renew(session: Session, target: FileTarget, since: State | None, state: State) -> None:
    """Leave the state for the next digest; never an older one in the place of a newer."""
    if since is not None and since.day > state.day:
        session.say(f"briefgen: the state is of {since.day}, later than this digest, and stays as it is")
    else:
        target.write(state.to_json())
