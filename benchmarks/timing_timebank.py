"""Score the time phrases on TimeBank and AQUAINT: which are found, and how many values are right.

    python benchmarks/timing_timebank.py timebank_timex_events.jsonl.gz [--errors]

Counts DATE expressions whose value is a day, week, weekend, month, quarter, year or decade. The direction
(past or future) follows from the verb, which a phrase by itself does not show, so three accuracies are
printed: the better of both directions, and each alone. The texts are not part of the project (LDC licence).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

from briefgen.time_phrases import TimePhrase, find_time_phrases
from briefgen.timing import Direction, resolve

_FORMS = {
    "day": re.compile(r"(\d{4})-(\d\d)-(\d\d)"),
    "week": re.compile(r"(\d{4})-W(\d\d)"),
    "weekend": re.compile(r"(\d{4})-W(\d\d)-WE"),
    "month": re.compile(r"(\d{4})-(\d\d)"),
    "quarter": re.compile(r"(\d{4})-Q([1-4])"),
    "year": re.compile(r"(\d{4})"),
    "decade": re.compile(r"(\d{3})"),
}
_WAYS: tuple[Direction, ...] = get_args(Direction)


def form_of(value: str) -> str | None:
    """Name the unit of a TIMEX3 value; ``None`` for one outside the closed set."""
    return next((form for form, pattern in _FORMS.items() if pattern.fullmatch(value)), None)


def edtf_of(value: str, form: str) -> str:
    """Write a TIMEX3 value as EDTF, the way briefgen does."""
    if form in {"week", "weekend"}:
        year, week = int(value[:4]), int(value[6:8])
        monday = date(year, 1, 4) - timedelta(days=date(year, 1, 4).weekday()) + timedelta(weeks=week - 1)
        start = monday + timedelta(days=5) if form == "weekend" else monday
        return f"{start}/{monday + timedelta(days=6)}"
    if form == "quarter":
        return f"{value[:4]}-{32 + int(value[-1])}"
    return f"{value}X" if form == "decade" else value


def covers(edtf: str | None, wanted: str) -> bool:
    """Tell whether the value, its bound aside, is the wanted one or a range that begins or ends with it."""
    if edtf is None:
        return False
    plain = edtf.removeprefix("../").removesuffix("/..").rstrip("~")
    return wanted == plain or wanted in plain.split("/")


def phrases_of(text: str) -> list[TimePhrase]:
    """Find the phrases paragraph by paragraph, with offsets in the whole text."""
    return [
        TimePhrase(phrase.text, phrase.start + paragraph.start(), phrase.end + paragraph.start())
        for paragraph in re.finditer(r"(?:[^\n]|\n(?!\n))+", text)
        for phrase in find_time_phrases(paragraph[0])
    ]


def wanted_of(record: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """The DATE expressions of a record that are in the closed set, with their unit."""
    dates = [
        timex for timex in record["timex3"] if timex["type"] == "DATE" and "\n" not in timex["text"].strip()
    ]
    return [(timex, form) for timex in dates if (form := form_of(timex["value"]))]


def count(records: list[dict[str, Any]], *, errors: bool) -> dict[str, Counter[str]]:
    """Count by unit: all, found, right in either direction, right in each, left open as ambiguous."""
    counts: dict[str, Counter[str]] = {
        name: Counter() for name in ("n", "found", "either", *_WAYS, "left open")
    }
    for record in records:
        published = date.fromisoformat(record["dct"][:10])
        phrases = phrases_of(record["text"])
        for timex, form in wanted_of(record):
            hits = [hit.text for hit in phrases if hit.start < timex["end"] and hit.end > timex["start"]]
            results = {way: [resolve(hit, published, direction=way) for hit in hits] for way in _WAYS}
            timings = [timing for found in results.values() for timing in found]
            value = edtf_of(timex["value"], form)
            good = [
                way for way, found in results.items() if any(covers(timing.edtf, value) for timing in found)
            ]
            unsure = not good and any(timing.ambiguous for timing in timings)
            for name in (
                "n",
                *["found"][: len(hits)],
                *["either"][: len(good)],
                *good,
                *["left open"][:unsure],
            ):
                counts[name][form] += 1
            if errors and not good:
                around = record["text"][max(0, timex["start"] - 50) : timex["end"] + 40].replace("\n", " ")
                told = [(timing.text, timing.edtf) for timing in timings]
                print("WRONG" if hits else "MISSED", published, timex["value"], told, "…", around)
    return counts


def show(counts: dict[str, Counter[str]]) -> None:
    """Print recall of finding, and accuracy of the values of those found, by unit."""
    print(f"{'unit':10}{'n':>6}" + "".join(f"{name:>10}" for name in counts if name != "n"))
    for form in (*_FORMS, "all"):
        row = {name: tally[form] if form != "all" else tally.total() for name, tally in counts.items()}
        n, found, unsure = row.pop("n"), row.pop("found"), row.pop("left open")
        if n:
            ratios = "".join(f"{value / max(found, 1):10.3f}" for value in row.values())
            print(f"{form:10}{n:6}{found / n:10.3f}{ratios}{unsure:10}")


def main() -> None:
    """Read the file named on the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", action="store_true", help="print each expression missed or wrong")
    options = parser.parse_args()
    with gzip.open(options.file, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    started = time.perf_counter()
    show(count(records, errors=options.errors))
    seconds = time.perf_counter() - started
    print(f"{len(records)} documents, {sum(len(r['text']) for r in records):,} characters, {seconds:.2f} s")


if __name__ == "__main__":
    main()
