"""Which item of a brief is which item of the gold: keys of the guide, one to one, maximum weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.evaluate.parties import common, overlap
from briefgen.evaluate.wording import token_f1

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from briefgen.evaluate.entries import Entry, Facet

ENOUGH_WORDS = 0.3
"""Token F1 from which two texts say the same (guide of the gold)."""


def actors(gold: Entry, item: Entry) -> float | None:
    """The same name or alias, or a surname that is unique."""
    return gold.subjects[0].closeness(item.subjects[0]) or None if item.subjects else None


def planned_visits(gold: Entry, item: Entry) -> float | None:
    """A visitor in common and the same destination."""
    if not goes_there(gold, item):
        return None
    return 0.5 * overlap(gold.subjects, item.subjects) + 0.5 * _evidence_overlap(gold, item)


def goes_there(gold: Entry, item: Entry) -> bool:
    """Whether a visitor of both goes to the same place."""
    if gold.place is None or item.place is None or not (gold.subjects and item.subjects):
        return False
    return common(gold.subjects, item.subjects) and gold.place.same(item.place)


def motives(gold: Entry, item: Entry) -> float | None:
    """The same holder and words enough, or evidence in the same sentence.

    Read as the guide puts it: the same sentence is enough by itself. Whether the holder is the same is
    scored as a field of its own, and the same holder weighs more.
    """
    words, holder = token_f1(gold.words, item.words), common(gold.subjects, item.subjects)
    near = same_sentence(gold, item)
    if not (holder and words >= ENOUGH_WORDS) and not near:
        return None
    return 0.4 * words + 0.4 * holder + 0.2 * near


def allegations(gold: Entry, item: Entry) -> float | None:
    """An accused in common (or nobody accused in either), and words enough or the same sentence."""
    if not common(gold.objects, item.objects) or not speaks_of(gold, item):
        return None
    parties = overlap(gold.objects, item.objects) + overlap(gold.subjects, item.subjects)
    return 0.25 * parties + 0.3 * token_f1(gold.words, item.words) + 0.2 * same_sentence(gold, item)


def speaks_of(gold: Entry, item: Entry) -> bool:
    """Whether an allegation is about what another is about, whoever accuses whom."""
    return same_sentence(gold, item) or token_f1(gold.words, item.words) >= ENOUGH_WORDS


def open_questions(gold: Entry, item: Entry) -> float | None:
    """Words enough, or the same kind and evidence in the same sentence."""
    words, near = token_f1(gold.words, item.words), same_sentence(gold, item)
    kind = gold.kind == item.kind
    if words < ENOUGH_WORDS and not (kind and near):
        return None
    return 0.6 * words + 0.2 * kind + 0.2 * near


KEYS: Mapping[Facet, Callable[[Entry, Entry], float | None]] = {
    "actors": actors,
    "planned_visits": planned_visits,
    "motives": motives,
    "allegations": allegations,
    "open_questions": open_questions,
}
"""For each facet how like two entries are, from 0 to 1, or ``None`` where they are not the same."""


def same_sentence(gold: Entry, item: Entry) -> bool:
    return bool(gold.sentences & item.sentences)


def _evidence_overlap(gold: Entry, item: Entry) -> float:
    union = gold.sentences | item.sentences
    return len(gold.sentences & item.sentences) / len(union) if union else 0.0


def pair(
    gold: Sequence[Entry],
    items: Sequence[Entry],
    key: Callable[[Entry, Entry], float | None],
) -> list[tuple[Entry, Entry]]:
    """Pair gold with items, each at most once: as many pairs as there can be, required gold before optional,
    then those that are most alike.

    The weights are whole numbers, and a pair weighs more than all likeness together, so the three come in
    that order. Give both sides in a settled order: it decides between pairs that are equally good.
    """
    import networkx as nx  # noqa: PLC0415 - heavy; only who evaluates needs it

    base = 1000 * (min(len(gold), len(items)) + 1)
    graph = nx.Graph()
    graph.add_nodes_from(range(len(gold) + len(items)))
    for at, expected in enumerate(gold):
        for to, item in enumerate(items):
            likeness = key(expected, item)
            if likeness is not None:
                weight = base * (2 if expected.required else 1) + round(1000 * likeness)
                graph.add_edge(at, len(gold) + to, weight=weight)
    matched = nx.max_weight_matching(graph)
    return [(gold[one], items[other - len(gold)]) for one, other in sorted(map(sorted, matched))]
