"""Kinds of break: when an accusation was made (L09, T01 to T03)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import moved_times
from breaks import Kind, Mutant, changed, kind

from briefgen.time_phrases import find_time_phrases
from briefgen.timing import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject


# -- accusations ---------------------------------------------------------------------------------------------------


@kind("an accusation dated to the alleged act", "L09")
def made_when_the_act_was(subject: Subject) -> Iterator[Mutant]:
    """A time that the sentence gives behind the accusing verb, inside the claim."""
    for item in subject.brief.allegations:
        for e in item.evidence:
            text = subject.sentence(e.sentence)
            for phrase in find_time_phrases(text):
                inside = re.search(r"\b(?:of|that|had|were|was)\b[^.;]*$", text[: phrase.start])
                accused_before = re.search(r"accus\w+|alleg\w+|claim\w*|blam\w+|said", text[: phrase.start])
                if inside and accused_before and (item.made is None or item.made.text != phrase.text):
                    made: Any = resolve(phrase.text, subject.article.published, direction="past")
                    yield changed(
                        subject,
                        "allegations",
                        item,
                        f"made {moved_times.shown(item.made)} → {moved_times.shown(made)}",
                        made=made,
                    )


@kind("an accusation dated by another sentence", "L09 G06")
def made_by_another_sentence(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        own = {e.sentence for e in item.evidence}
        told = " ".join(subject.sentence(n) for n in own)
        for sentence in subject.article.sentences:
            for phrase in find_time_phrases(sentence.text):
                if sentence.n not in own and phrase.text not in told:
                    made = resolve(phrase.text, subject.article.published, direction="past")
                    yield changed(
                        subject,
                        "allegations",
                        item,
                        f"made {moved_times.shown(item.made)} → {moved_times.shown(made)}",
                        made=made,
                    )


@kind("the year of an accusation invented", "T01 T03")
def year_of_the_accusation_invented(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        if item.made is not None:
            made = moved_times.in_year(item.made, -3) or moved_times.year_for_unknown(item.made, subject)
            if made:
                yield changed(
                    subject,
                    "allegations",
                    item,
                    f"made {moved_times.shown(item.made)} → {moved_times.shown(made)}",
                    made=made,
                )


@kind("the day of an accusation invented", "T02 T03")
def day_of_the_accusation_invented(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        made = item.made and (
            moved_times.a_day_of_it(item.made, subject)
            or moved_times.first_of_the_month(item.made, subject)
            or moved_times.a_day_off(item.made, subject)
        )
        if made:
            yield changed(
                subject,
                "allegations",
                item,
                f"made {moved_times.shown(item.made)} → {moved_times.shown(made)}",
                made=made,
            )


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
