"""Critical errors: the list of the guide, each found by itself and never averaged.

What the guide leaves open, settled here:

- Strength of a status: confirmed, partly confirmed, reported, possible, from strong to weak. A visit that the
  gold has as postponed, cancelled or denied is too strong with any of the four.
- An allegation is held against the gold allegation it was paired with; unpaired, against those in the same
  sentence, else with enough words in common, else against all of the article. Optional ones count.
- A `stated` motive that is paired with none, and would be none of the gold's `stated` ones, was stated by
  nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.evaluate.entries import named
from briefgen.evaluate.matching import ENOUGH_WORDS, KEYS, goes_there, same_sentence, speaks_of
from briefgen.evaluate.parties import Party, strangers
from briefgen.evaluate.results import CriticalError, CriticalKind
from briefgen.evaluate.ungrounded import Ungrounded, ungrounded
from briefgen.evaluate.wording import token_f1

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from briefgen.evaluate.entries import Entry, Facet
    from briefgen.evaluate.expected import NoAllegation
    from briefgen.evaluate.pairing import Pairing

_STRENGTH = {"possible": 1, "reported": 2, "partly_confirmed": 3, "confirmed": 4}
"""Statuses of a visit that stands; one that does not stand is weaker than all."""
_CLOSING = frozenset({"admitted", "denied"})


def critical_errors(pairing: Pairing) -> tuple[CriticalError, ...]:
    """Every critical error of one brief, by facet."""
    entries = pairing.found.entries
    errors = [
        _error(pairing, kind, item, detail)
        for facet, judge in _JUDGES.items()
        for item in entries[facet]
        for kind, detail in judge(item, pairing)
    ]
    errors += [
        _error(pairing, "not_in_article", each, f"not in the article: {', '.join(each.missing)}")
        for each in ungrounded(pairing)
    ]
    return tuple(errors)


def _visit(item: Entry, pairing: Pairing) -> Iterator[tuple[CriticalKind, str]]:
    gold = pairing.gold_of(item)
    if gold is None:
        if any(goes_there(each, item) for each in pairing.expected.entries["planned_visits"]):
            return
        for past in pairing.expected.past_visits:
            if goes_there(past, item):
                yield "past_visit_as_planned", f"it is over, or under way: {past.text}"
                return
    elif _STRENGTH.get(item.value, 0) > _STRENGTH.get(gold.value, 0):
        yield "status_too_strong", f"{item.value}, and the gold says {gold.value}"


def _motive(item: Entry, pairing: Pairing) -> Iterator[tuple[CriticalKind, str]]:
    if item.value != "stated":
        return
    gold = pairing.gold_of(item)
    if gold is not None:
        if gold.value != "stated":
            yield "motive_not_stated", f"the gold says {gold.value}: {gold.text}"
        return
    could_be = [
        each for each in pairing.expected.entries["motives"] if KEYS["motives"](each, item) is not None
    ]
    if not any(each.value == "stated" for each in could_be):
        yield "motive_not_stated", "the gold has no stated motive like it"


def _allegation(item: Entry, pairing: Pairing) -> Iterator[tuple[CriticalKind, str]]:
    held_against, taken_for = _held_against(item, pairing)
    if taken_for:
        yield "no_allegation", taken_for.text
    else:
        yield from _parties(item, held_against)
    for party, stance in item.stances:
        if stance in _CLOSING:
            said = [
                known for gold in held_against for answering, known in gold.stances if answering.same(party)
            ]
            if stance not in said:
                instead = ", ".join(dict.fromkeys(said)) or "no answer of theirs"
                yield "response_not_there", f"{party.label}: {stance}, and the gold has {instead}"


def _held_against(item: Entry, pairing: Pairing) -> tuple[Sequence[Entry], NoAllegation | None]:
    """The gold allegations that an item is held against, or what it was wrongly made of."""
    gold = pairing.gold_of(item)
    if gold is not None:
        return [gold], None
    listed = pairing.expected.entries["allegations"]
    near = [each for each in listed if same_sentence(each, item)]
    if near:
        return near, None
    for each in pairing.expected.no_allegations:
        if each.sentences & item.sentences or token_f1(each.text, item.words) >= ENOUGH_WORDS:
            return (), each
    return [each for each in listed if speaks_of(each, item)] or listed, None


def _parties(item: Entry, gold: Sequence[Entry]) -> Iterator[tuple[CriticalKind, str]]:
    accusers = [party for each in gold for party in each.subjects]
    accused = [party for each in gold for party in each.objects]
    sides = (("accuser", item.subjects, accusers, accused), ("accused", item.objects, accused, accusers))
    swapped: list[Party] = []
    neither: list[tuple[str, Party]] = []
    for side, parties, right, wrong in sides:
        for party in strangers(parties, right):
            if strangers([party], wrong):
                neither.append((side, party))
            else:
                swapped.append(party)
    expected = f"the gold has {named(tuple(accusers))} against {named(tuple(accused))}"
    if swapped:
        yield "parties_swapped", expected
    for side, party in neither:
        yield (
            "party_is_neither",
            f"{party.label} as {side}: {expected if gold else 'the gold has no allegation'}",
        )


def _error(pairing: Pairing, kind: CriticalKind, item: Entry | Ungrounded, detail: str) -> CriticalError:
    article = pairing.expected.source.article
    cited = sorted(item.cited)
    return CriticalError(
        article=pairing.expected.source.id,
        kind=kind,
        facet=item.facet,
        item=item.text,
        item_ref=item.ref,
        detail=detail,
        sentences=tuple(cited),
        quoted=tuple(s.text for s in article.sentences if s.n in cited),
    )


_JUDGES: Mapping[Facet, Callable[[Entry, Pairing], Iterator[tuple[CriticalKind, str]]]] = {
    "planned_visits": _visit,
    "motives": _motive,
    "allegations": _allegation,
}
