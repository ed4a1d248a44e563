"""The names among which a guided model chooses a visit's visitor and place (rules A02 and G05 by construction)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.attribution import subject_before
from briefgen.facets.actors import names_in
from briefgen.geography import country_of, places_in
from briefgen.grounding import fold, fold_name
from briefgen.lexicon import cue, words
from briefgen.names import kind_of, strip_titles
from briefgen.time_phrases import find_time_phrases

if TYPE_CHECKING:
    from briefgen.facets.base import Context, Part

_MOST_CHOICES = 24
_LONGEST_SUBJECT = 9
_LED_TO = re.compile(
    r"\b(?:to|in|into|at|visit|visits|visiting|tour|tours|of|and)\s+(?:the\s+)?((?:[A-Z][\w.’'-]*)(?:\s[A-Z][\w’'-]*)*)"
)


def who_may_travel(numbers: list[int], context: Context, part: Part) -> list[str]:
    """People and bodies of the article; and whom these sentences only describe ("the president", "a team", "he")."""
    places = {fold_name(name) for name in where_to(numbers, context)}
    names = [
        name
        for name in names_in(context, part)
        if not country_of(name)
        and fold_name(name) not in places
        and kind_of(name, None) in {"person", "group"}
    ]
    for n in numbers:
        text = context.text(n)
        for word in (*cue("visit").finditer(text), *cue("plan").finditer(text)):
            subject = subject_before(text, word.start())
            if subject and subject[0] not in names and _only_describes(subject[0], names):
                names.append(subject[0])
    return names[:_MOST_CHOICES]


def _only_describes(phrase: str, names: list[str]) -> bool:
    named = any(re.search(rf"(?<!of )(?<!of the ){re.escape(name.split()[-1])}\b", phrase) for name in names)
    told = any(cue(listed).search(phrase) for listed in ("visit", "plan", "reporting", "confirming"))
    office = cue("offices", of="people").search(phrase) or cue("office_plurals", of="people").search(phrase)
    pronoun = fold(phrase) in words("pronouns_subject", of="people")
    return pronoun or (bool(office) and not named and not told and len(phrase.split()) <= _LONGEST_SUBJECT)


def where_to(numbers: list[int], context: Context) -> list[str]:
    """Places of these sentences, and names behind a word that leads to a place."""
    found: dict[str, None] = {}
    for n in numbers:
        text = context.text(n)
        found |= {text[p.start : p.end]: None for p in places_in(text) if p.form != "adjective"}
        led = (re.sub(r"[’']s$", "", match[1]).rstrip(".") for match in _LED_TO.finditer(text))
        found |= {name: None for name in led if not find_time_phrases(name)}
    surnames = {
        strip_titles(mention.text).split()[-1]
        for mention in context.cast.names
        if len(strip_titles(mention.text).split()) > 1
        and kind_of(strip_titles(mention.text), None) == "person"
    }
    places = {name for name in found if country_of(name) or places_in(name)}
    return [name for name in found if name in places or name.split()[-1] not in surnames][:_MOST_CHOICES]
