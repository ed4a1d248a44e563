"""Rules that hold for the items of every facet: evidence (G01–G04), grounding (G05–G07), hedges (C01)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from briefgen.article import gives_instructions
from briefgen.attribution import hedges_in
from briefgen.brief import PlannedVisit
from briefgen.evidence import Evidence
from briefgen.facets.base import Context, Finding, Rule, rule
from briefgen.facets.references import references_resolve
from briefgen.facets.source_rules import (
    certainty_as_attributed,
    each_source_once,
    sources_kept,
    sources_say_it,
)
from briefgen.facets.wording_rules import (
    as_many_sources,
    hedges_of_the_article,
    likelihood_of_the_article,
    no_epithet,
    not_copied,
)
from briefgen.lexicon import cue
from briefgen.visits import destination_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Item

# Values that code takes from the article, or computes, and fields that hold ids.
_NOT_FREE_TEXT = frozenset(
    {
        "id",
        "evidence",
        "timing",
        "made",
        "kind",
        "status",
        "basis",
        "stance",
        "aspect",
        "value",
        "country",
        "hedges",
        "visitors",
        "hosts",
        "accusers",
        "accused",
        "holder",
        "about",
        "applies_to",
        "refs",
        "by",
        "confirmations",
        "responses",
    }
)


def free_texts(item: BaseModel) -> Iterator[str]:
    """Every text of an item that a model could have worded."""
    for name, value in vars(item).items():
        if name not in _NOT_FREE_TEXT:
            yield from _strings(value)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from free_texts(value)
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)


def all_evidence(item: BaseModel) -> Iterator[Evidence]:
    """The evidence of an item and of its parts."""
    for value in vars(item).values():
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Evidence):
                yield part
            elif isinstance(part, BaseModel):
                yield from all_evidence(part)


@rule("G01", "evidence is not the article's words")
def evidence_verbatim(item: Item, context: Context) -> str | None:
    for piece in all_evidence(item):
        if context.article.text[piece.start : piece.end] != piece.quote:
            return f"the quotation of sentence {piece.sentence} is not in the article"
    return None


@rule("G04", "evidence or reference points nowhere")
def evidence_exists(item: Item, context: Context) -> str | None:
    for piece in all_evidence(item):
        if not context.exists(piece.sentence):
            return f"there is no sentence {piece.sentence}"
        sentence = context.article.sentence(piece.sentence)
        if not sentence.start <= piece.start <= piece.end <= sentence.end:
            return f"the quotation is not in sentence {piece.sentence}"
    return None


@rule("G03", "no evidence")
def evidence_present(item: Item, context: Context) -> str | None:
    del context
    gap = getattr(item, "kind", None) == "information_gap"
    return None if item.evidence or gap else "no sentence of the article is behind it"


@rule("G05", "a name that is not in the article")
def names_grounded(item: Item, context: Context) -> str | None:
    missing = [name for text in free_texts(item) for name in context.ground.ungrounded_names(text)]
    return f"not in the article: {', '.join(dict.fromkeys(missing))}" if missing else None


@rule("G06", "a number that is not in the article")
def numbers_grounded(item: Item, context: Context) -> str | None:
    missing = [number for text in free_texts(item) for number in context.ground.ungrounded_numbers(text)]
    return f"not in the article: {', '.join(dict.fromkeys(missing))}" if missing else None


@rule("G07", "a paraphrase in quotation marks")
def quotes_verbatim(item: Item, context: Context) -> str | None:
    altered = [quote for text in free_texts(item) for quote in context.ground.altered_quotes(text)]
    return f"not verbatim in the article: “{altered[0]}”" if altered else None


@rule("D06", "text of the prompt, not of the article")
def prompt_kept(item: Item, context: Context) -> str | None:
    if context.secret and any(context.secret in text for text in free_texts(item)):
        return "it repeats the prompt"
    return None


@rule("G11", "talk about the task")
def no_task_talk(item: Item, context: Context) -> str | None:
    for text in free_texts(item):
        found = cue("task_talk", of="instructions").search(text)
        if found and not context.ground.has_phrase(found[0]):
            return f"“{found[0]}” is not about the story"
    return None


@rule("D06", "rests on instructions to a model")
def no_instructions(item: Item, context: Context) -> str | None:
    for piece in all_evidence(item):
        if context.exists(piece.sentence) and gives_instructions(context.text(piece.sentence)):
            return f"sentence {piece.sentence} gives instructions, it reports nothing"
    return None


@rule("C01", "a hedge dropped")
def hedge_kept(item: Item, context: Context) -> str | None:
    """Every hedge of the sentences behind an item; of a visit, of those that name its destination."""
    kept = getattr(item, "hedges", None)
    if kept is None:
        return None
    place = item.destination.name if isinstance(item, PlannedVisit) else None
    for piece in item.evidence:
        text = context.text(piece.sentence)
        dropped = [hedge for hedge in hedges_in(text) if hedge not in kept]
        if dropped and (place is None or destination_spans(text, place)):
            return f"“{dropped[0]}” was dropped"
    return None


GENERAL: tuple[Rule[Any], ...] = (
    evidence_verbatim,
    evidence_exists,
    references_resolve,
    evidence_present,
    names_grounded,
    numbers_grounded,
    quotes_verbatim,
    prompt_kept,
    no_instructions,
    no_task_talk,
    hedge_kept,
    certainty_as_attributed,
    hedges_of_the_article,
    likelihood_of_the_article,
    sources_say_it,
    sources_kept,
    each_source_once,
    as_many_sources,
    not_copied,
    no_epithet,
)


def judge(item: Item, rules: tuple[Rule[Any], ...], context: Context) -> list[Finding]:
    """Every rule that the item breaks, the general ones first."""
    return [found for each in (*GENERAL, *rules) if (found := each.judge(item, context))]


def carries(claim: str, sentences: list[int], context: Context, *, at_least: float = 0.6) -> Finding | None:
    """G02: the evidence does not carry the claim."""
    share = context.ground.support(claim, sentences)
    if share >= at_least:
        return None
    shown = ", ".join(str(n) for n in sentences)
    return Finding("G02", f"sentence {shown} does not say “{claim[:80]}”")
