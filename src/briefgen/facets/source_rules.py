"""Who stands for what an item says: a wrong source (S02), a lost one (S03), one counted twice (S04), certainty from a
sentence that nobody stands for (C05).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.attribution import credited_in, hedges_in, is_name, is_report_noun, source_name, sources_in
from briefgen.brief import Motive, PlannedVisit
from briefgen.facets.base import Context, rule
from briefgen.grounding import content_stems, fold, fold_name
from briefgen.lexicon import cue, words
from briefgen.visit_sources import only_tells_source
from briefgen.visits import destination_spans, leads, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Item

_OFF_OR_SURE = frozenset({"confirmed", "cancelled", "postponed", "denied"})


@rule("S02", "credited to a source that does not say it")
def sources_say_it(item: Item, context: Context) -> str | None:
    for name in _according_to(item):
        if not any(_says(name, piece.sentence, context) for piece in item.evidence):
            return f"{name} is no source of its sentences"
    return None


@rule("S03", "attribution lost")
def sources_kept(item: Item, context: Context) -> str | None:
    if isinstance(item, Motive) and item.basis == "attributed" and not item.according_to:
        return "it does not say who says so"
    if not isinstance(item, PlannedVisit):
        return None
    for piece in item.evidence:
        text = context.text(piece.sentence)
        for name in credited_in(text):
            kept = any(_same(name, other, context) for other in item.according_to)
            if not kept and (destination_spans(text, item.destination.name) or only_tells_source(text)):
                return f"sentence {piece.sentence} has it from {name}"
    return None


@rule("S04", "one source counted twice", critical=False)
def each_source_once(item: Item, context: Context) -> str | None:
    names = _according_to(item)
    for at, name in enumerate(names):
        twin = next((other for other in names[:at] if _counted_twice(name, other, context)), None)
        if twin is not None:
            return f"{twin} and {name} are one source"
    return None


def _counted_twice(name: str, other: str, context: Context) -> bool:
    if fold_name(name) == fold_name(other):
        return True
    return (is_name(other) or is_name(name)) and _same(
        name, other, context
    )  # not "officials", "two officials"


@rule("C05", "certainty taken from a sentence that nobody stands for", critical=False)
def certainty_as_attributed(item: Item, context: Context) -> str | None:
    """A later careless phrase ("as she prepares to leave") does not outweigh "reportedly"."""
    if not isinstance(item, PlannedVisit | Motive) or item.hedges or item.according_to:
        return None
    if isinstance(item, PlannedVisit) and item.status in _OFF_OR_SURE:
        return None
    numbers = [piece.sentence for piece in item.evidence if context.exists(piece.sentence)]
    careless = [n for n in numbers if not _stands_for(context.text(n)) and not sources_in(context.text(n))]
    careful = [n for n in numbers if _stands_for(context.text(n))]
    if isinstance(item, PlannedVisit):
        careful += _tell_the_visit(item, context)
        careful += [n + 1 for n in careless if only_tells_source(context.text(n + 1))]
    if careless and careful:
        return f"sentence {careful[0]} holds back or has a source, sentence {careless[0]} has neither"
    return None


def _according_to(item: Item) -> tuple[str, ...]:
    return item.according_to if isinstance(item, PlannedVisit | Motive) else ()


def _stands_for(text: str) -> bool:
    return bool(credited_in(text) or hedges_in(text) or cue("possibility").search(text))


def _tell_the_visit(item: PlannedVisit, context: Context) -> list[int]:
    """Sentences that tell the same visit as planned, with a hedge or a source."""
    visitors = set(item.visitors)
    return [
        sentence.n
        for sentence in context.article.telling
        if _stands_for(sentence.text)
        and leads(item.destination.name, sentence.text)
        and visitors & {mention.member.id for mention in context.cast.mentions(sentence.n)}
        and "planned"
        in {reading(sentence.text, *span) for span in destination_spans(sentence.text, item.destination.name)}
    ]


def _says(name: str, n: int, context: Context) -> bool:
    """Whether the sentence, or the one before it, names this source; "he said" and "the report" may stand for one
    named earlier.
    """
    if any(_same(name, told, context) for k in (n, n - 1) for told in _sources(k, context)):
        return True
    stand_ins = [fold(source.name) for source in sources_in(context.text(n))]
    teller = context.cast.find(name)
    if any(is_report_noun(word) for word in stand_ins) and not (teller and teller.kind == "person"):
        return any(_same(name, told, context) for k in range(1, n) for told in _sources(k, context))
    if any(word in words("pronouns_any", of="people") for word in stand_ins):
        return any(
            mention.member is teller
            for k in (n - 2, n - 1, n)
            if k > 0
            for mention in context.cast.mentions(k)
        )
    return False


def _sources(n: int, context: Context) -> Iterator[str]:
    for source in sources_in(context.text(n)):
        yield source_name(source.name)


def _same(first: str, second: str, context: Context) -> bool:
    """Whether two names are of one source: one actor, or one name inside the other."""
    one, other = context.cast.find(first), context.cast.find(second)
    if one is not None and other is not None:
        return one.id == other.id
    shorter, longer = sorted((content_stems(fold_name(first)), content_stems(fold_name(second))), key=len)
    return bool(shorter) and shorter <= longer
