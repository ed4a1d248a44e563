"""The rules that judge a motive: M01 to M03 and M05, G02 and V04 of its text (DOMAIN.md section 9).

M04 judges headline and summary: ``retelling_rules``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.attribution import is_report_noun, source_name, sources_in
from briefgen.confirmations import member_named
from briefgen.facets.base import Context, rule
from briefgen.facets.claim_rules import not_carried
from briefgen.facets.same_visits import visits_of
from briefgen.grounding import fold, fold_name
from briefgen.holders import is_agent
from briefgen.lexicon import cue, words
from briefgen.own_statements import is_of_issuer
from briefgen.purposes import aim_span, denial_before, turns_round
from briefgen.visits import destination_spans

if TYPE_CHECKING:
    from briefgen.attribution import Source
    from briefgen.brief import Basis, Motive
    from briefgen.cast import Member

_CARRIED = 0.7
"""Share of an aim's content words that its sentences must have."""


@rule("M01", "an inferred motive shown as stated, or credited to somebody who did not say it")
def basis_as_said(item: Motive, context: Context) -> str | None:
    basis, sources = basis_of(item, context)
    if item.basis != basis:
        return f"“{item.basis}”, but the evidence gives “{basis}”"
    known = {part for name in sources for part in (fold_name(name), *map(fold_name, name.split()))}
    strangers = [name for name in item.according_to if fold_name(name) not in known]
    return f"the sentence does not credit {strangers[0]}" if strangers else None


@rule("M02", "a motive of somebody whom the sentence does not speak of")
def holder_named(item: Motive, context: Context) -> str | None:
    holders = context.members((item.holder,))
    if not holders:
        return "nobody of the brief holds it"
    if not any(is_agent(holders[0], piece.sentence, item.text, context.cast) for piece in item.evidence):
        return f"the sentence does not say that it is {holders[0].name}’s"
    return None


_TORN = frozenset({"and", "or", "but", "nor", "which", "who", "that"})


@rule("M03", "importance or consequence taken for a motive")
def is_purpose(item: Motive, context: Context) -> str | None:
    first, _, rest = item.text.partition(" ")
    if not rest or fold(first) in _TORN:
        return "it is a word, or the rest of a sentence, and no aim"
    for piece in item.evidence:
        if context.exists(piece.sentence) and aim_span(item.text, context.text(piece.sentence)) is not None:
            return None
    return "no word of purpose leads to it"


@rule("M05", "a motive tied to a visit of which its sentence does not speak", critical=False)
def applies_as_said(item: Motive, context: Context) -> str | None:
    """The sentence names the visit or its place, or is one of the visit's own."""
    told = {piece.sentence for piece in item.evidence}
    for visit in visits_of(context):
        if visit.id not in item.applies_to or told & {piece.sentence for piece in visit.evidence}:
            continue
        texts = [context.text(n) for n in told]
        named = any(destination_spans(text, visit.destination.name) for text in texts)
        if not named and not any(cue("visit_nouns").search(text) for text in texts):
            return f"no sentence of it speaks of {visit.id}"
    return None


@rule("G02", "a motive that its sentence does not give")
def aim_carried(item: Motive, context: Context) -> str | None:
    return not_carried(item.text, item, context, at_least=_CARRIED)


@rule("V04", "a negation lost or added in a motive")
def aim_not_turned(item: Motive, context: Context) -> str | None:
    """ "to avoid a war" is not an aim of war, "to build a road" is not "not build a road"."""
    for piece in item.evidence:
        lost = turns_round(item.text, context.text(piece.sentence))
        if lost:
            return f"“{lost}” of sentence {piece.sentence} was lost"
    added = cue("negations").search(item.text)
    told = [context.text(piece.sentence) for piece in item.evidence]
    if added and not any(denial_before(item.text, text) for text in told):
        return f"“{added[0]}” is in no sentence of it"
    return None


MOTIVE_RULES = (basis_as_said, holder_named, is_purpose, applies_as_said, aim_carried, aim_not_turned)


def basis_of(item: Motive, context: Context) -> tuple[Basis, tuple[str, ...]]:
    """Innermost source of the sentence: the holder's side states, somebody else attributes, or nobody is named."""
    holder = context.members((item.holder,))
    sources: list[tuple[Source, int]] = []
    for piece in item.evidence:
        if not context.exists(piece.sentence):
            continue
        text = context.text(piece.sentence)
        span = aim_span(item.text, text)
        at = span if span is not None else len(text)
        sources += [(s, piece.sentence) for s in sources_in(text) if _covers(text, s, at)]
    names = [source_name(source.name) for source, _ in sources if _can_be_named(source)]
    speakers = [member_named(source.name, n, context.cast) for source, n in sources]
    if holder and any(speaker and _speaks_for(speaker, holder[0], context) for speaker in speakers):
        return "stated", ()
    if not sources and holder and is_of_issuer(holder[0], context.cast):
        return "stated", ()
    return ("attributed", tuple(dict.fromkeys(names))) if names else ("article", ())


def _can_be_named(source: Source) -> bool:
    pronoun = fold(source.name) in words("pronouns_any", of="people")
    return not pronoun and not is_report_noun(source.name)


def _covers(text: str, source: Source, aim: int) -> bool:
    """Whether the aim stands in what the source says, not in an aside of the article."""
    if cue("according").fullmatch(source.cue):
        return True
    between = text[min(source.cue_start, aim) : max(source.cue_start, aim)]
    asides = cue("aside", of="grammar").finditer(between)
    return ";" not in between and not any(between[: found.start()].rstrip().endswith(",") for found in asides)


def _speaks_for(speaker: Member, holder: Member, context: Context) -> bool:
    if speaker.id == holder.id:
        return True
    side = context.cast.side(speaker)
    official = speaker.kind == "government" or bool(speaker.role) or speaker.kind == "organisation"
    return speaker.kind != "media" and official and side is not None and side == context.cast.side(holder)
