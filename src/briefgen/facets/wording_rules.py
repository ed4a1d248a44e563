"""How an item words what it says: copied sentences (G08), epithets (G10), hedges and likelihoods that the article
does not have (C02, C04), one source told as several (A05).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from briefgen.accusations import accusations_in
from briefgen.attribution import hedges_in, sources_in
from briefgen.brief import Actor, Allegation, Background, Motive, OpenQuestion
from briefgen.facets.base import Context, rule
from briefgen.geography import places_in
from briefgen.lexicon import cue, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Item

_WORDED = ("text", "claim", "question", "purpose")
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]|(?<!\w)[‘'][^‘’']{2,}[’'](?!\w)")
_SAID_SO_FAR = 60
"""How many characters before an epithet may name whoever sees it so."""


def worded(item: Item) -> Iterator[str]:
    """Every text of an item that may be in other words than the article's."""
    fields = vars(item)
    for name in _WORDED:
        value = fields.get(name)
        if isinstance(value, str):
            yield value


def near(item: Item, context: Context) -> str:
    """The sentences behind the item, each with the one before it."""
    numbers = {n for piece in item.evidence for n in (piece.sentence - 1, piece.sentence)}
    return " ".join(context.text(n) for n in sorted(numbers) if context.exists(n))


@rule("G08", "a sentence copied", critical=False)
def not_copied(item: Item, context: Context) -> str | None:
    """Headline, summary and background tell in other words. Background may be its sentence, whole: then it shows
    the evidence. Claims, aims and purposes are read off the article and keep its words.
    """
    text = getattr(item, "text", None)
    if isinstance(item, Motive) or not isinstance(text, str):
        return None
    if isinstance(item, Background) and text in {piece.quote for piece in item.evidence}:
        return None
    run = context.ground.copied(text)
    return f"“{run} …” stands in the article like this" if run else None


@rule("G10", "an epithet", critical=False)
def no_epithet(item: Item, context: Context) -> str | None:
    texts = [item.role or ""] if isinstance(item, Actor) else list(worded(item))
    for text in texts:
        own = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
        lists = ["epithets"] if isinstance(item, Allegation) else ["epithets", "epithets_of_acts"]
        for found in (match for name in lists for match in cue(name, of="retelling").finditer(own)):
            if not _somebodys_view(own, found.start()):
                return f"“{found[0]}” is a judgement"
        for found in cue("as_seen", of="retelling").finditer(own):
            if not _somebodys_view(own, found.start()):
                return f"“{found[0]}” without “seen as”"
            strangers = _not_seen_so(own, found[0], context)
            if strangers:
                return f"the article does not call {strangers[0]} “{found[0]}”"
    return None


def _somebodys_view(text: str, start: int) -> bool:
    return bool(cue("seen_as", of="retelling").search(text[max(0, start - _SAID_SO_FAR) : start]))


def _not_seen_so(text: str, word: str, context: Context) -> list[str]:
    """States of the text that no sentence of the article with this word names."""
    seen = {
        place.code
        for sentence in context.article.telling
        if word.lower() in sentence.text.lower()
        for place in places_in(sentence.text)
    }
    return [text[p.start : p.end] for p in places_in(text) if p.code not in seen]


@rule("C02", "a hedge invented", critical=False)
def hedges_of_the_article(item: Item, context: Context) -> str | None:
    own = " ".join(context.text(piece.sentence) for piece in item.evidence)
    told = " ".join(own.split()).lower()
    for hedge in getattr(item, "hedges", ()):
        if not _as_words(" ".join(hedge.lower().split())).search(told):
            return f"“{hedge}” is not in its sentences"
    told = near(item, context)
    if isinstance(item, OpenQuestion) or not item.evidence or hedges_in(told) or _open(told):
        return None
    by_somebody = sources_in(told) or accusations_in(told)
    for text in worded(item):
        for hedge in hedges_in(_QUOTED.sub(" ", text)):
            if not (by_somebody and cue("hearsay", of="retelling").fullmatch(hedge)):
                return f"“{hedge}”, but its sentences do not hedge"
    return None


def _open(text: str) -> bool:
    """Whether a sentence leaves something open, so that the retold one may hold back."""
    return bool(cue("possibility").search(text) or cue("open_clause", of="retelling").search(text))


@rule("C04", "a likelihood that the article does not give")
def likelihood_of_the_article(item: Item, context: Context) -> str | None:
    told = near(item, context)
    for text in worded(item):
        own = _QUOTED.sub(" ", text)
        said = {match[0].lower() for match in cue("near_certain", of="retelling").finditer(told)}
        raised = [m for m in cue("near_certain", of="retelling").finditer(own) if m[0].lower() not in said]
        if raised:
            return f"“{raised[0][0]}” is not in its sentences"
        found = cue("probable", of="retelling").search(own)
        if found and not said and not cue("probable", of="retelling").search(told):
            return f"“{found[0]}” is not in its sentences"
    return None


@rule("A05", "one source told as several", critical=False)
def as_many_sources(item: Item, context: Context) -> str | None:
    texts = [*worded(item), *getattr(item, "according_to", ())]
    told = {found.casefold() for text in texts for found in _plurals().findall(text)}
    close = near(item, context) if told else ""
    for plural, singular in table("retelling")["plurals"].items() if told else ():
        if plural not in told or _has(plural, close):
            continue
        where = close if _has(singular, close) else context.article.text
        if not _has(plural, where) and _how_many(singular, where) == 1:
            return f"“{plural}”, but the article has one {singular}"
    return None


@lru_cache(maxsize=512)
def _as_words(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")


@cache
def _plurals() -> re.Pattern[str]:
    """All of them at once: hardly any text has one."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(table('retelling')['plurals'])})(?!\w)", re.IGNORECASE)


def _has(word: str, text: str) -> bool:
    return bool(_find(word, text))


def _how_many(word: str, text: str) -> int:
    """How often the text speaks of a new one: "the source" is the one before, "Source:" the head of a line."""
    again = len(re.findall(rf"(?<!\w)the {word}(?!\w)|(?<!\w){word}:", text, re.IGNORECASE))
    found = len(_find(word, text))
    return found - again or min(found, 1)


def _find(word: str, text: str) -> list[str]:
    return re.findall(rf"(?<!\w){word}(?!\w)", text, re.IGNORECASE)
