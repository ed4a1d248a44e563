"""Kinds of break: plans and rumours told as facts, and past and planned visits mixed up (C03, C04, V08)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from breaks import (
    Kind,
    Mutant,
    added,
    behind,
    changed,
    kind,
    named_in,
    new_id,
    swapped,
)

from briefgen.brief import Background, SummarySentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject


# -- plans as facts ------------------------------------------------------------------------------------------------


def _plan_lines(name: str, codes: str, words: str, statuses: set[str], *, headline: bool) -> Kind:
    """A kind that tells visits that are not confirmed in these words."""

    def make(subject: Subject) -> Iterator[Mutant]:
        for visit in subject.brief.planned_visits:
            if visit.status not in statuses:
                continue
            told = words.format(who=subject.name(visit.visitors[0]), place=visit.destination.name)
            if headline:
                brief = subject.brief.model_copy(update={"headline": told})
            else:
                line = SummarySentence(text=f"{told}.", refs=(visit.id,), evidence=visit.evidence[:1])
                brief = subject.brief.model_copy(update={"summary": (line, *subject.brief.summary[1:])})
            yield Mutant(brief, f"“{told}”", ("summary",))

    return Kind(name, frozenset(codes.split()), make)


_OPEN = {"reported", "possible", "partly_confirmed"}
_OFF = {"postponed", "cancelled", "denied"}
plan_as_fact = _plan_lines(
    "a rumour told as a plan without a source", "C03 C04", "{who} will visit {place}", _OPEN, headline=False
)
plan_as_under_way = _plan_lines(
    "a rumour told as under way",
    "C03 C04",
    "{who} prepares to embark on a visit to {place}",
    _OPEN,
    headline=False,
)
headline_to_visit = _plan_lines(
    "a rumour as a headline: to visit", "C03 C04", "{who} to visit {place}", _OPEN, headline=True
)
headline_visits = _plan_lines(
    "a rumour as a headline: visits", "C03 C04", "{who} visits {place}", _OPEN, headline=True
)
headline_confirmed = _plan_lines(
    "a rumour as a headline: confirmed",
    "V08 C04 C03",
    "{who}’s visit to {place} confirmed",
    _OPEN,
    headline=True,
)
headline_confirms = _plan_lines(
    "a headline in which the visitor confirms",
    "V08 S01",
    "{who} confirms visit to {place}",
    _OPEN,
    headline=True,
)
off_to_visit = _plan_lines(
    "a visit put off, told as planned", "C04 C03", "{who} is to visit {place}", _OFF, headline=False
)
on_called_off = _plan_lines(
    "a visit that stands, told as cancelled",
    "C04 G02",
    "{who} has cancelled a visit to {place}",
    {*_OPEN, "confirmed"},
    headline=False,
)
confirmed_by_all = _plan_lines(
    "both sides said to confirm",
    "V08 S01",
    "{who} and the government of {place} confirmed the visit to {place}",
    _OPEN,
    headline=False,
)


@kind("a planned visit in the background", "C03")
def planned_visit_in_background(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        text = f"{subject.name(visit.visitors[0])} visited {visit.destination.name}."
        item = Background(
            id=new_id(subject, "background", "background"),
            text=text,
            kind="past_visit",
            evidence=visit.evidence[:1],
        )
        yield added(subject, "background", item, f"“{text}”")


@kind("a planned visit’s sentence listed as background", "C03")
def planned_sentence_in_background(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        n = visit.evidence[0].sentence
        if not re.search(
            r"\b(?:will|to visit|to travel|plan\w*|scheduled|may|might|could)\b", subject.sentence(n)
        ):
            continue
        item = Background(
            id=new_id(subject, "background", "background"),
            text=subject.sentence(n),
            kind="event",
            evidence=behind(subject, n),
        )
        yield added(subject, "background", item, f"sentence {n}")


@kind("somebody else’s past visit", "G02 V02")
def past_visit_of_another(subject: Subject) -> Iterator[Mutant]:
    """Kim’s trip turned into Putin’s."""
    for item in subject.brief.background:
        found = named_in(item.text, subject, "person")
        if item.kind == "past_visit" and len(found) > 1:
            (_, first), (_, second) = found[:2]
            text = swapped(item.text, first, second)
            yield changed(subject, "background", item, f"“{text}”", text=text)


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
