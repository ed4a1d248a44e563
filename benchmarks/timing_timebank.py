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
    found = []
    for paragraph in re.finditer(r"(?:[^\n]|\n(?!\n))+", text):
        for phrase in find_time_phrases(paragraph[0]):
            found.append(
                TimePhrase(phrase.text, phrase.start + paragraph.start(), phrase.end + paragraph.start())
            )
    return found


def score(records: list[dict[str, Any]], *, errors: bool) -> None:
    """Print recall of finding and accuracy of values, by unit."""
    total: Counter[str] = Counter()
    right: dict[str, Counter[str]] = {name: Counter() for name in ("found", "either", "future", "past")}
    ambiguous: Counter[str] = Counter()
    for record in records:
        published = date.fromisoformat(record["dct"][:10])
        phrases = phrases_of(record["text"])
        for timex in record["timex3"]:
            form = form_of(timex["value"]) if timex["type"] == "DATE" else None
            if form is None or "\n" in timex["text"].strip():
                continue
            total[form] += 1
            hits = [phrase for phrase in phrases if phrase.start < timex["end"] and phrase.end > timex["start"]]
            if not hits:
                _tell(errors, "MISSED", timex, record)
                continue
            right["found"][form] += 1
            wanted = edtf_of(timex["value"], form)
            results = {
                way: [resolve(hit.text, published, direction=way) for hit in hits] for way in get_args(Direction)
            }
            good = {way for way, timings in results.items() if any(covers(t.edtf, wanted) for t in timings)}
            for way in good:
                right[way][form] += 1
            right["either"][form] += bool(good)
            if not good:
                unsure = any(t.ambiguous for timings in results.values() for t in timings)
                ambiguous[form] += unsure
                told = [(t.text, t.edtf) for t in results["future"] + results["past"]]
                _tell(errors, "AMBIG" if unsure else "WRONG", timex, record, told)
    print(f"{'unit':10}{'n':>6}{'found':>8}{'either':>8}{'future':>8}{'past':>8}{'left open':>10}")
    for form in (*_FORMS, "all"):
        n = total[form] if form != "all" else total.total()
        row = {name: (c[form] if form != "all" else c.total()) for name, c in right.items()}
        unsure = ambiguous[form] if form != "all" else ambiguous.total()
        if n:
            found = row.pop("found")
            ratios = "".join(f"{value / max(found, 1):8.3f}" for value in row.values())
            print(f"{form:10}{n:6}{found / n:8.3f}{ratios}{unsure:10}")


def _tell(errors: bool, kind: str, timex: dict[str, Any], record: dict[str, Any], told: object = "") -> None:
    if errors:
        around = record["text"][max(0, timex["start"] - 50) : timex["end"] + 40].replace("\n", " ")
        print(f"{kind} {record['dct']} [{timex['text']}] = {timex['value']} {told} … {around}")


def main() -> None:
    """Read the file named on the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--errors", action="store_true", help="print each expression missed or wrong")
    options = parser.parse_args()
    with gzip.open(options.file, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    started = time.perf_counter()
    score(records, errors=options.errors)
    seconds = time.perf_counter() - started
    print(f"{len(records)} documents, {sum(len(r['text']) for r in records):,} characters, {seconds:.2f} s")


if __name__ == "__main__":
    main()
