"""Names, numbers and dates of a brief that are not in the article.

Names and numbers of every text a model could have worded, headline, summary and background too, are held
against the article by :class:`briefgen.grounding.Grounding`. A word that the gold of the article uses itself
is no invention (an ordinary one that opens a text can look like a name). A date of a visit is not in the article if the
article does not have the phrase that it was read from, or if the gold leaves both of its days open. A wrong
date where the gold has one counts in date accuracy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.evaluate.wording import words_of
from briefgen.facets.general import all_evidence, free_texts
from briefgen.grounding import Grounding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from briefgen.evaluate.entries import Entry
    from briefgen.evaluate.pairing import Pairing


@dataclass(frozen=True)
class Ungrounded:
    """One item, and what of it is not in the article."""

    facet: str
    ref: str
    text: str
    missing: tuple[str, ...]
    cited: frozenset[int]


def ungrounded(pairing: Pairing) -> Iterator[Ungrounded]:
    """Yield the items of a brief that have a name, number or date that is not in the article."""
    ground = Grounding(pairing.expected.source.article)
    vouched = _words_of_gold(pairing)
    dates = {entry.ref: _dates(entry, pairing, ground) for entry in pairing.found.entries["planned_visits"]}
    for facet, ref, texts, part in _parts(pairing):
        missing = [name for text in texts for name in ground.ungrounded_names(text)]
        missing += [number for text in texts for number in ground.ungrounded_numbers(text)]
        missing = [each for each in missing if not set(words_of(each)) <= vouched]
        missing += dates.get(ref, ())
        if missing:
            yield Ungrounded(
                facet,
                ref,
                _shown(ref, texts, pairing),
                tuple(dict.fromkeys(missing)),
                pairing.found.numbers(all_evidence(part)) if part else frozenset(),
            )


def _words_of_gold(pairing: Pairing) -> frozenset[str]:
    """Words that the editors of the gold use, but for what they warn of."""
    entries = (entry for listed in pairing.expected.entries.values() for entry in listed)
    return frozenset(word for entry in entries for word in words_of(entry.text))


def _parts(pairing: Pairing) -> Iterator[tuple[str, str, list[str], BaseModel | None]]:
    """Facet, reference and texts of everything in the brief that has words of its own."""
    brief = pairing.found.brief
    yield "headline", "headline", [brief.headline], None
    for at, line in enumerate(brief.summary, 1):
        yield "summary", f"summary-{at}", [line.text], line
    for facet in ("actors", "planned_visits", "motives", "allegations", "open_questions", "background"):
        for item in getattr(brief, facet):
            yield facet, item.id, list(free_texts(item)), item


def _shown(ref: str, texts: list[str], pairing: Pairing) -> str:
    for entries in pairing.found.entries.values():
        for entry in entries:
            if entry.ref == ref:
                return entry.text
    return texts[0]


def _dates(entry: Entry, pairing: Pairing, ground: Grounding) -> list[str]:
    timing = next(v.timing for v in pairing.found.brief.planned_visits if v.id == entry.ref)
    if timing is None:
        return []
    missing = [] if ground.has_phrase(timing.text) else [timing.text]
    gold = pairing.gold_of(entry)
    if gold and gold.dates == (None, None):
        missing += [day.isoformat() for day in dict.fromkeys(entry.dates) if day]
    return missing
