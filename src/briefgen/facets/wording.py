"""Sentences made of verified items, for where the model's own wording fails. Attribution inside each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.attribution import is_unnamed
from briefgen.charges import is_gerund
from briefgen.grounding import fold
from briefgen.lexicon import table, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.brief import Allegation, PlannedVisit
    from briefgen.facets.base import Context
    from briefgen.timing import Timing

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_BARE_DATE = re.compile(
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{_MONTH}|\d{{1,4}}(?:st|nd|rd|th)?|[,\s–-]|to|and|of|spring|summer|autumn|winter)+"
)
""" "June", "18 June", "Tuesday, June 18", "June 18 to 20": no word before it says "on" or "in"."""
_SPAN = re.compile(r"\sto\s")


def row(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else "" if not names else f"{', '.join(names[:-1])} and {names[-1]}"


def with_article(name: str, context: Context) -> str:
    """The name as the article's sentences use it: "the Kremlin"."""
    a_paper = any(
        word in words("paper_nouns", of="grammar") for word in name.split()
    )  # "Norlandic daily Lantern"
    if a_paper or fold(name) in words("with_the", of="grammar"):
        return f"the {name}"
    used = f"he {name}" in context.article.text and re.search(
        rf"\b[Tt]he {re.escape(name)}(?:[,.;]|['’]s\b|\s+(?:and|in|of|has|had|is|was|also|will|said|\w+ed)\b)",
        context.article.text,
    )
    first = name.split(maxsplit=1)[0]
    if first.lower() in words("office_plurals", of="people"):
        name = first.lower() + name[len(first) :]  # "officials in Washington"
    if used or not is_unnamed(name):
        return f"the {name}" if used else name
    one = re.search(rf"\b(an?) {re.escape(name)}\b", context.article.text, re.IGNORECASE)
    return f"{one[1].lower()} {name}" if one else name  # "a diplomatic source"


def inside(claim: str, context: Context) -> str:
    """The claim inside a sentence: small at its start unless that is a name."""
    claim = claim.rstrip(" .?!")
    first = claim.split()[0] if claim else ""
    small = f" {first.lower()} " in context.article.text
    return claim[:1].lower() + claim[1:] if small else claim


def dated(timing: Timing) -> str:
    """The time of a visit inside a sentence: "in June", "on Tuesday", "the first week of May" with "in" before it."""
    text = timing.text
    first = fold(text.split(maxsplit=1)[0]).rstrip(".,")
    if first in words("function") | words("time_openers", of="grammar"):
        text = text[:1].lower() + text[1:]  # as it stood at the start of a sentence
    if first in {"the", "early", "late", "mid"} or first.startswith("mid-"):
        return f"{'at' if text.endswith('weekend') else 'in'} {text}"
    if not _BARE_DATE.fullmatch(text):
        return text
    if timing.granularity == "day":
        return f"from {text}" if _SPAN.search(text) else f"on {text}"
    return f"in {text}"


def _named(ids: Sequence[str], context: Context) -> str:
    return row([with_article(member.name, context) for member in context.members(ids)])


def visit_line(visit: PlannedVisit, context: Context, *, with_aspect: bool) -> str:
    """One sentence on a visit, with who says so; ``with_aspect`` where no line follows on what was confirmed."""
    who = _named(visit.visitors, context)
    place = with_article(visit.destination.name, context)
    if visit.status in {"postponed", "cancelled", "denied"}:
        by = next((c.by for c in visit.confirmations if c.value == visit.status), who)
        return _capital(f"the visit of {who} to {place} is {visit.status}, according to {by}.")
    when = f" {dated(visit.timing)}" if visit.timing else ""
    sources = (
        list(visit.according_to[:2]) or [c.by for c in visit.confirmations if c.value == "confirmed"][:1]
    )
    source = (
        f", according to {row([with_article(name, context) for name in sources])}"
        if sources
        else _words("phrases")["by_article"]
    )
    confirmed = [c for c in visit.confirmations if c.value == "confirmed" and c.aspect != "occurrence"]
    aspect = f"; {confirmed[0].by} confirmed the {confirmed[0].aspect}" if confirmed and with_aspect else ""
    return _capital(f"{who} {_words('plans')[visit.status]} {place}{when}{source}{aspect}.")


def arrival_line(who: str, place: str, sources: Sequence[str], context: Context) -> str:
    """One sentence on a visitor who is there, with who says so where the article names somebody."""
    by = row([with_article(name, context) for name in sources[:2] if name != who])
    return _capital(
        f"{who} has arrived in {with_article(place, context)}{', according to ' + by if by else ''}."
    )


def confirmations_line(visits: Sequence[PlannedVisit], context: Context) -> str:
    """One sentence on what the sides have and have not confirmed, "" where they said nothing."""
    places: dict[tuple[str, str, str], list[str]] = {}
    for visit in visits:
        for c in visit.confirmations:
            if c.value in {"confirmed", "not_confirmed"}:
                places.setdefault((c.by, c.value, c.aspect), []).append(
                    with_article(visit.destination.name, context)
                )
    phrases = _words("confirmations")
    said = [
        f"{with_article(by, context)} {phrases[value]} {phrases[aspect]} {row(list(dict.fromkeys(names)))}"
        for (by, value, aspect), names in places.items()
    ]
    return _capital(f"{'; '.join(said)}.") if said else ""


def allegation_line(item: Allegation, context: Context) -> str:
    """One sentence on an allegation, with the answer of each accused."""
    accusers = _named(item.accusers, context) or _words("phrases")["no_accuser"]
    answers = [
        f"{_named((response.by,), context)} {_words('answers')[response.stance]}"
        for response in item.responses
    ]
    answer = f"; {row(answers)}" if answers else ""
    claim = inside(item.claim, context)
    if is_gerund(item.claim):
        return _capital(f"{accusers} accused {_named(item.accused, context)} of {claim}{answer}.")
    return f"According to {accusers}, {claim}{answer}."


def visits_headline(visits: Sequence[PlannedVisit], context: Context) -> str:
    """A headline from the visits of one visitor, no stronger than the weakest of them."""
    first = visits[0]
    same = [visit for visit in visits if visit.visitors == first.visitors]
    who = _named(first.visitors, context)
    places = row(list(dict.fromkeys(with_article(visit.destination.name, context) for visit in same)))
    if all(visit.status in {"postponed", "cancelled", "denied"} for visit in same):
        return f"Visit of {who} to {places} {first.status}"
    order = list(_words("headlines"))
    weakest = max((visit.status for visit in same if visit.status in order), key=order.index)
    return _capital(f"{who} {_words('headlines')[weakest]} {places}")


def _capital(text: str) -> str:
    text = f"{text[:-2]}." if text.endswith("..") else text  # "according to the U.S."
    return text[:1].upper() + text[1:]


def _words(section: str) -> dict[str, str]:
    found: dict[str, str] = table("wording")[section]
    return found
