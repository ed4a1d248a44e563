"""Articles a second and memory of reading archives, first time and when everything is known.

    python benchmarks/reading.py ../shared/data/archive/*.jsonl.gz
    python benchmarks/reading.py --folder 100000        (that many tiny files in one temporary folder)
    python benchmarks/reading.py --long 3000            (a packed JSONL file of so many MB)

"known" is a second run over an unchanged archive: each record is looked up by its fingerprint, not parsed.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from briefgen.sources.archive import read_archive
from briefgen.sources.entries import Entry, ReadingOptions


def memory() -> float:
    """Return the resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def measure(name: str, options: ReadingOptions | None = None) -> set[bytes]:
    before, most = memory(), 0.0
    started, cpu = time.perf_counter(), time.process_time()
    kinds: Counter[str] = Counter()
    prints: set[bytes] = set()
    for number, each in enumerate(read_archive([name], options)):
        kinds[type(each).__name__] += 1
        if isinstance(each, Entry):
            assert each.article.id
            if options is None:
                prints.add(each.fingerprint)
        if number % 1000 == 0:
            most = max(most, memory() - before - len(prints) * 1e-4)
    seconds, used = time.perf_counter() - started, time.process_time() - cpu
    total = kinds.total()
    print(
        f"{Path(name).name:32} {'first' if options is None else 'known':6} {total:9,} {dict(kinds)} "
        f"{total / seconds:9,.0f}/s {used / total * 1e6:7.0f} us CPU, memory +{max(most, 0):.0f} MB"
    )
    return prints


def both(name: str) -> None:
    prints = measure(name)
    measure(name, ReadingOptions(known=lambda _label, fingerprint: fingerprint in prints))


def tiny_files(folder: Path, count: int) -> None:
    for number in range(count):
        (folder / f"{number:07}.txt").write_text(f"President Moro leaves, for the {number}th time.")


def long_file(file: Path, megabytes: int) -> None:
    rng = random.Random(7)
    words = ["".join(rng.choices("abcdefghijklmnoprstuvw", k=rng.randint(2, 9))) for _ in range(20_000)]
    with gzip.open(file, "wt", compresslevel=1) as stream:
        written = 0
        while written < megabytes * 1_000_000:
            record = json.dumps({"text": " ".join(rng.choices(words, k=400)), "date": "2024-06-10"}) + "\n"
            written += stream.write(record)


def main(arguments: list[str]) -> None:
    if arguments[:1] not in (["--folder"], ["--long"]):
        for name in arguments:
            both(name)
        return
    with tempfile.TemporaryDirectory() as made:
        size, folder = int(arguments[1]), Path(made)
        if arguments[0] == "--folder":
            tiny_files(folder, size)
            both(made)
        else:
            long_file(folder / "long.jsonl.gz", size)
            measure(str(folder / "long.jsonl.gz"))


if __name__ == "__main__":
    main(sys.argv[1:])
