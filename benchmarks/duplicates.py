"""Near-duplicates: how many links, how many of them forms filled in otherwise, time and memory.

    python benchmarks/duplicates.py ../shared/data/archive/*.jsonl.gz
    python benchmarks/duplicates.py --many 100000 ../shared/data/archive/reuters21578.jsonl.gz
    python benchmarks/duplicates.py --peer ../shared/data/archive/reuters21578.jsonl.gz      (needs datasketch)
    python benchmarks/duplicates.py --links ../shared/data/archive/bbc2005.jsonl.gz          (the pairs, by record id)

"over 0.8": pairs of different texts whose 5-grams are that similar; "refused": those in which a name or a number has
taken the place of another, so that one is no copy of the other.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from briefgen.article import Article
from briefgen.duplicates import NearDuplicates, _grams, _similarity, _Words, bands_of
from briefgen.sources.archive import read_archive
from briefgen.sources.entries import Entry


def memory() -> float:
    """Return the resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def entries(names: list[str]) -> list[Entry]:
    return [each for each in read_archive(names) if isinstance(each, Entry)]


def links(names: list[str], *, show: bool) -> None:
    found = entries(names)
    known = {each.article.id: each for each in found}
    started, linked, equal = time.process_time(), [], 0
    with NearDuplicates() as near:
        for each in found:
            first = near.seen(each.article)
            if first == each.article.id:
                equal += 1
            elif first is not None:
                linked.append((known[first], each))
    used = time.process_time() - started
    print(
        f"{len(found):,} articles: {equal} equal, {len(linked)} near copies; {used / len(found) * 1e6:.0f} us CPU each"
    )
    over, refused = candidates(found)
    print(f"pairs over 0.8: {over}, refused: {refused}")
    for first, second in linked if show else ():
        print(first.record_id or first.label, second.record_id or second.label)


def candidates(found: list[Entry]) -> tuple[int, int]:
    """Compare every pair that shares a band, whatever it was linked to."""
    bands: dict[int, list[int]] = {}
    articles = list({each.article.id: each.article for each in found}.values())
    pairs = set()
    for number, article in enumerate(articles):
        for band in bands_of(article):
            pairs.update((other, number) for other in bands.setdefault(band, []))
            bands[band].append(number)
    over = refused = 0
    for one, other in pairs:
        first, second = _Words.of(articles[one].text), _Words.of(articles[other].text)
        shared = len(first.grams & second.grams)
        if shared >= 0.8 * (len(first.grams) + len(second.grams) - shared):
            over += 1
            refused += not _similarity(first, second, 0.8)
    return over, refused


def many(count: int, names: list[str]) -> None:
    """Real articles first, then their words shuffled: as long, and copies of nothing."""
    texts = [each.article.text for each in entries(names)]
    rng = random.Random(1)
    before, started = memory(), time.process_time()
    making = 0.0
    with NearDuplicates() as near:
        for number in range(1, count + 1):
            at = time.process_time()
            words = texts[number % len(texts)].split()
            if number > len(texts):
                rng.shuffle(words)
            article = Article.from_text(" ".join(words))
            making += time.process_time() - at
            near.seen(article)
            if number % (count // 5) == 0:
                used = time.process_time() - started - making
                print(
                    f"{number:9,}: {used / number * 1e6:.0f} us CPU each, memory +{memory() - before:.0f} MB"
                )


def peer(names: list[str]) -> None:
    """MinHash alone, as many permutations: rensa (ours) beside datasketch, alternating."""
    from datasketch import MinHash  # noqa: PLC0415 - a peer, not a dependency
    from rensa import RMinHash  # noqa: PLC0415

    sets = [_grams(each.article.text.lower().split()) for each in entries(names)[:2000]]
    spent = {"rensa": 0.0, "datasketch": 0.0}
    for grams in sets:
        at = time.process_time()
        ours = RMinHash(num_perm=126, seed=1)
        ours.update(grams)
        ours.digest()
        between = time.process_time()
        theirs = MinHash(num_perm=126, seed=1)
        theirs.update_batch([gram.encode() for gram in grams])
        theirs.digest()
        spent["rensa"] += between - at
        spent["datasketch"] += time.process_time() - between
    print({name: f"{seconds / len(sets) * 1e6:.0f} us" for name, seconds in spent.items()})


def main(arguments: list[str]) -> None:
    if arguments[0] == "--many":
        many(int(arguments[1]), arguments[2:])
    elif arguments[0] == "--peer":
        peer(arguments[1:])
    else:
        links([name for name in arguments if name != "--links"], show="--links" in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
