"""Kinds of break in worded texts: names, numbers and quotations (G02, G05, G06, G07, G09)."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from breaks import (
    CLAIMS,
    LINES,
    Kind,
    Text,
    has,
    named_in,
    others,
    same_side,
    strangers,
    swapped,
    word,
    wording,
)

from briefgen.geography import places_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

# -- names ---------------------------------------------------------------------------------------------------------

_ROW = re.compile(r",?\s*(?:and|or|,|and its)?\s*(?:the\s+)?")
_EVEN = re.compile(
    r"\b(?:between|both|each other|together with|share|two sides|relationship|signed|met|meet|fought|argued|talks)\b",
    re.IGNORECASE,
)


@wording("two names of a sentence exchanged", "G02 L03 V02", *CLAIMS)
def names_exchanged(text: Text, subject: Subject) -> Iterator[str]:
    found = named_in(text.text, subject)
    for (first, one), (second, other) in pairwise(found):
        between = text.text[text.text.find(one) + len(one) : text.text.find(other)]
        if not same_side(first, second) and not _ROW.fullmatch(between) and not _EVEN.search(text.text):
            yield swapped(text.text, one, other)


@wording("a person replaced by another of the article", "G02 S01 V02 L02 L03", *LINES)
def person_replaced(text: Text, subject: Subject) -> Iterator[str]:
    for actor, name in named_in(text.text, subject, "person"):
        for other in others(subject, actor, "person"):
            if not any(word(each).search(text.text) for each in (other.name, *other.aliases)):
                yield word(name).sub(other.name, text.text, count=1)


@wording(
    "a state replaced by another of the article", "G02 S01 V02 L02 L03", *LINES, "motives", "allegations"
)
def state_replaced(text: Text, subject: Subject) -> Iterator[str]:
    for actor, name in named_in(text.text, subject, "government"):
        for other in others(subject, actor, "government"):
            if not any(word(each).search(text.text) for each in (other.name, *other.aliases)):
                yield word(name).sub(other.name, text.text, count=1)


@wording("a nationality replaced by another of the article", "G02", *LINES)
def nationality_replaced(text: Text, subject: Subject) -> Iterator[str]:
    own = [p for p in places_in(text.text) if p.form == "adjective"]
    everywhere = {
        subject.article.text[p.start : p.end]: p.code
        for p in places_in(subject.article.text)
        if p.form == "adjective"
    }
    for place in own:
        for name, code in sorted(everywhere.items()):
            if code not in {p.code for p in places_in(text.text)}:
                yield text.text[: place.start] + name + text.text[place.end :]


@wording("a first name from memory", "G05", *LINES)
def first_name_in_line(text: Text, subject: Subject) -> Iterator[str]:
    for actor, name in named_in(text.text, subject, "person"):
        surname = name.split()[-1]
        if name == actor.name and " " in name:
            yield word(name).sub(f"Ludovic {surname}", text.text, count=1)
        elif not has(subject, f"Ludovic {surname}"):
            yield word(name).sub(f"Ludovic {name}", text.text, count=1)


@wording("somebody of another article in a sentence", "G05 G02", *LINES)
def stranger_in_line(text: Text, subject: Subject) -> Iterator[str]:
    for _, name in named_in(text.text, subject, "person")[:1]:
        for stranger in strangers(subject)[:1]:
            yield word(name).sub(stranger, text.text, count=1)


@wording("a companion added to a sentence", "G02 G05", *LINES)
def companion_in_line(text: Text, subject: Subject) -> Iterator[str]:
    for actor, name in named_in(text.text, subject, "person")[:1]:
        for other in others(subject, actor, "person"):
            if not word(other.name).search(text.text) and not word(other.name.split()[-1]).search(text.text):
                yield word(name).sub(f"{name} and {other.name}", text.text, count=1)


@wording("a state added to a sentence", "G02 G05", *LINES, "allegations")
def state_in_line(text: Text, subject: Subject) -> Iterator[str]:
    for actor, name in named_in(text.text, subject, "government")[:1]:
        for other in others(subject, actor, "government"):
            if not any(word(each).search(text.text) for each in (other.name, *other.aliases)):
                yield word(name).sub(f"{name} and {other.name}", text.text, count=1)


@wording("a capital from memory for its state", "G05 A06", *LINES)
def metonym_from_memory(text: Text, subject: Subject) -> Iterator[str]:
    capitals = {
        "North Korea": "Pyongyang",
        "Vietnam": "Hanoi",
        "Russia": "Moscow",
        "United States": "Washington",
        "Ukraine": "Kyiv",
        "Iran": "Tehran",
        "Japan": "Tokyo",
        "Pakistan": "Islamabad",
        "Syria": "Damascus",
        "Portugal": "Lisbon",
        "Norway": "Oslo",
        "Turkey": "Ankara",
        "Belgium": "Brussels",
        "Israel": "Jerusalem",
        "South Korea": "Seoul",
        "Germany": "Berlin",
        "Finland": "Helsinki",
        "Kestria": "Port Kestel",
        "Sorland": "Sorhaven",
        "Marovia": "Marograd",
        "Iraq": "Baghdad",
        "Nigeria": "Abuja",
        "Mongolia": "Ulan Bator",
    }
    for _, name in named_in(text.text, subject, "government"):
        capital = capitals.get(name, "")
        if capital and not has(subject, capital):
            yield word(name).sub(capital, text.text, count=1)


_TITLES = {
    "Prime Minister": "President", "President": "Prime Minister", "Foreign Minister": "Defence Minister",
    "foreign minister": "finance minister", "Foreign Secretary": "Home Secretary", "Queen": "Crown Princess",
    "Vice President": "President", "ambassador": "consul", "spokesman": "minister", "Trade Minister": "Finance Minister",
    "Premier": "Chancellor", "Interior Minister": "Justice Minister", "president": "prime minister",
}  # fmt: skip


@wording("another office for the same person", "G02 G05 G09", *LINES)
def office_exchanged(text: Text, subject: Subject) -> Iterator[str]:
    for title, other in _TITLES.items():
        if word(title).search(text.text):
            yield word(title).sub(other, text.text, count=1)


_TITLED = re.compile(
    r"President|Minister|Secretary|Queen|King|Premier|Mayor|Colonel|leader|president|spokesman|commissioner"
)


@wording("“former” put before a name", "G09", *LINES)
def former_in_line(text: Text, subject: Subject) -> Iterator[str]:
    for actor, name in named_in(text.text, subject, "person"):
        title = re.search(
            rf"((?:[A-Z][\w.]+ |[a-z]+ (?=leader)|leader |president |spokesman )*){re.escape(name)}",
            text.text,
        )
        if title is None or not actor.name[:1].isupper() or has(subject, f"former {title[0]}"):
            continue
        office = "" if re.search(_TITLED, title[1]) else f"{actor.role} " if actor.role else None
        if office is not None:
            at = title.start()
            yield f"{text.text[:at]}{'former ' if at else 'Former '}{office}{text.text[at:]}"


@wording("“former” dropped before a name", "G09", *LINES)
def former_dropped_in_line(text: Text, subject: Subject) -> Iterator[str]:
    yield re.sub(r"\b(?:former|acting|outgoing|incoming|deputy|late|Vice) (?=\w)", "", text.text, count=1)


@wording("an epithet put before a name", "G10", *LINES)
def epithet_in_line(text: Text, subject: Subject) -> Iterator[str]:
    for _, name in named_in(text.text, subject, "person", "government")[:1]:
        for epithet in ("controversial", "reclusive", "embattled"):
            at = text.text.find(name)
            start = text.text.rfind(" ", 0, at) + 1 if at else 0
            before = text.text[:at]
            if re.search(r"(?:[A-Z][\w.]+ |[Tt]he )$", before):
                continue
            shown = epithet if start else f"The {epithet}"
            yield f"{before}{shown} {text.text[at:]}"


@wording("a judgement slipped in", "G10 G02", *LINES)
def judgement_in_line(text: Text, subject: Subject) -> Iterator[str]:
    lead = r"\b(?:an?|the|The|their|his|her|its|of|with|that|off|postponed|received|supplying|between) "
    noun = r"(?=(?:visit|trip|accusation|allegations?|agreement|missiles|lease|letters|talks|attack|exports|treaty)\b)"
    found = re.search(lead + noun, text.text)
    if found:
        article = re.sub(r"\ban $", "a ", found[0])
        yield f"{text.text[: found.start()]}{article}shameless {text.text[found.end() :]}"


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
