"""Reading archives in tests: what came out, in a form that is easy to compare."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

from briefgen.sources.archive import read_archive
from briefgen.sources.entries import Entry, Limits, Outcome, ReadingOptions, Unreadable

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "President Ilan Moro of Varnia will visit Korvia in June, his office said on Monday."
SMALL = Limits(record=10_000, document=10_000, barren=50_000, ratio=20, members=10)


def outcomes(
    *inputs: str | Path, options: ReadingOptions | None = None, stdin: BinaryIO | None = None
) -> list[Outcome]:
    return list(read_archive(inputs, options, stdin=stdin))


def told(found: list[Outcome], below: Path | None = None) -> list[tuple[str, str]]:
    """Return label and code of each outcome; the code of an article is ``ok``; labels below a folder."""
    prefix = f"{below}/" if below else ""
    return [(each.label.removeprefix(prefix), code_of(each)) for each in found]


def code_of(outcome: Outcome) -> str:
    if isinstance(outcome, Unreadable):
        return ("skipped " if outcome.skipped else "") + outcome.error.code
    return "ok" if isinstance(outcome, Entry) else "unchanged"


def texts(found: list[Outcome]) -> list[str]:
    return [each.article.text for each in found if isinstance(each, Entry)]


def errors(found: list[Outcome]) -> list[str]:
    return [str(each.error) for each in found if isinstance(each, Unreadable)]


def line(text: str, **metadata: object) -> bytes:
    return json.dumps({"text": text, **metadata}).encode() + b"\n"
