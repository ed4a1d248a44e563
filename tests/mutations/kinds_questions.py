"""Kinds of break: open questions that are none, are loaded, are answered, or are missing (Q01 to Q04)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from breaks import Kind, Mutant, added, behind, changed, dropped, kind, new_id

from briefgen.brief import OpenQuestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

    from briefgen.brief import Allegation, QuestionKind


def _asked(subject: Subject, question: str, kind_: QuestionKind, n: int, *about: str) -> OpenQuestion:
    return OpenQuestion(
        id=new_id(subject, "open_questions", "question"),
        question=question,
        kind=kind_,
        about=about,
        evidence=behind(subject, n),
    )


@kind("a statement in the place of a question", "Q01")
def statement_as_question(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.open_questions:
        told = re.sub(r"^(?:Will|Is|Did|Has|Was|Are|Were)\s+(.*)\?$", r"\1.", item.question)
        words = told[:1].upper() + told[1:]
        if words != item.question:
            yield changed(subject, "open_questions", item, f"“{words}”", question=words)


@kind("a question without its mark", "Q01")
def question_without_mark(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.open_questions[:2]:
        words = item.question.rstrip("?") + "."
        yield changed(subject, "open_questions", item, f"“{words}”", question=words)


@kind("a statement with a question mark", "Q01")
def statement_with_mark(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.open_questions[:2]:
        words = "It remains open " + item.question[:1].lower() + item.question[1:]
        yield changed(subject, "open_questions", item, f"“{words}”", question=words)


def _doing(item: Allegation, subject: Subject) -> str | None:
    """The claim behind the accused, as a verb in its base form: "Sorland jam the navigation"."""
    words = item.claim.rstrip(".").split()
    name = subject.name(item.accused[0])
    if words[0].endswith("ing") and words[0] != "Having" and len(words) > 2:
        return f"{name} {words[0].lower()} {' '.join(words[1:])}"
    return None


@kind("a question that asks why the accused did it", "Q02")
def why_did_they(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        act = _doing(item, subject)
        claim = item.claim.rstrip(".")
        words = f"Why was {act}?" if act else f"Why is it that {claim[:1].lower() + claim[1:]}?"
        yield added(
            subject,
            "open_questions",
            _asked(subject, words, "unresolved_allegation", item.evidence[0].sentence, item.id),
            f"“{words}”",
        )


@kind("a question that asks how the accused did it", "Q02")
def how_did_they(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        act = _doing(item, subject)
        if act:
            words = f"For how long has {subject.name(item.accused[0])} been {act.partition(' ')[2] if ' ' not in subject.name(item.accused[0]) else act[len(subject.name(item.accused[0])) + 1 :]}?"
            yield added(
                subject,
                "open_questions",
                _asked(subject, words, "unresolved_allegation", item.evidence[0].sentence, item.id),
                f"“{words}”",
            )


@kind("a question that presupposes the accused’s guilt", "Q02")
def when_will_they_stop(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        act = _doing(item, subject)
        name = subject.name(item.accused[0])
        words = (
            f"When will {name} stop {act[len(name) + 1 :]}?"
            if act
            else f"When will {name} be punished for what it did?"
        )
        yield added(
            subject,
            "open_questions",
            _asked(subject, words, "unresolved_allegation", item.evidence[0].sentence, item.id),
            f"“{words}”",
        )


@kind("a question that asks why a visit will take place", "Q02 Q04")
def why_the_visit(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        if visit.status in {"reported", "possible", "partly_confirmed"}:
            words = f"Why will {subject.name(visit.visitors[0])} visit {visit.destination.name}?"
            yield added(
                subject,
                "open_questions",
                _asked(subject, words, "unconfirmed", visit.evidence[0].sentence, visit.id),
                f"“{words}”",
            )


@kind("a question about a visit that takes the visit for settled", "Q02")
def what_will_they_discuss(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.open_questions:
        match = re.fullmatch(
            r"Will (.+) visit (.+?)( (?:in|as|on|next|this|before|later|early|at)\b.*)?\?", item.question
        )
        if match:
            words = f"What will {match[1]} achieve by visiting {match[2]}?"
            yield changed(subject, "open_questions", item, f"“{words}”", question=words)


@kind("a question that the article answers: who accuses", "Q04")
def who_accused(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        if item.accusers:
            words = f"Who accused {subject.name(item.accused[0])}?"
            yield added(
                subject,
                "open_questions",
                _asked(subject, words, "information_gap", item.evidence[0].sentence),
                f"“{words}”",
            )


@kind("a question that the article answers: where somebody goes", "Q04")
def where_do_they_go(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        who = subject.name(visit.visitors[0])
        for words in (f"Where is {who} to travel?", f"Which country is {who} planning to visit?"):
            yield added(
                subject,
                "open_questions",
                _asked(subject, words, "information_gap", visit.evidence[0].sentence, visit.id),
                f"“{words}”",
            )


@kind("a question that the article answers: a confirmed visit", "Q04")
def confirmed_visit_asked(subject: Subject) -> Iterator[Mutant]:
    for visit in subject.brief.planned_visits:
        if visit.status == "confirmed":
            words = f"Will {subject.name(visit.visitors[0])} visit {visit.destination.name}?"
            yield added(
                subject,
                "open_questions",
                _asked(subject, words, "unconfirmed", visit.evidence[0].sentence, visit.id),
                f"“{words}”",
            )


@kind("a question that the article answers: what was answered", "Q04")
def answer_asked(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        for response in item.responses:
            if response.stance != "not_reported":
                words = f"Has {subject.name(response.by)} responded to the accusation?"
                yield added(
                    subject,
                    "open_questions",
                    _asked(subject, words, "information_gap", item.evidence[0].sentence, item.id),
                    f"“{words}”",
                )


@kind("the question of an unconfirmed visit left out", "Q03")
def visit_question_dropped(subject: Subject) -> Iterator[Mutant]:
    visits = {visit.id for visit in subject.brief.planned_visits}
    for item in subject.brief.open_questions:
        others = {ref for other in subject.brief.open_questions if other.id != item.id for ref in other.about}
        if set(item.about) & visits - others:
            yield dropped(subject, "open_questions", item, item.question)


@kind("the question of an unresolved accusation left out", "Q03")
def allegation_question_dropped(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.open_questions:
        others = {ref for other in subject.brief.open_questions if other.id != item.id for ref in other.about}
        if {ref for ref in item.about if ref.startswith("allegation")} - others:
            yield dropped(subject, "open_questions", item, item.question)


@kind("a year put into a question", "G06 T01")
def year_in_question(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.open_questions[:2]:
        words = item.question.rstrip("?") + " in 2031?"
        yield changed(subject, "open_questions", item, f"“{words}”", question=words)


@kind("a name from memory put into a question", "G05")
def name_in_question(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.open_questions[:2]:
        words = item.question.rstrip("?") + " together with Henry Kissinger?"
        yield changed(subject, "open_questions", item, f"“{words}”", question=words)


@kind("a question about something of which the article says nothing", "G02")
def question_from_nowhere(subject: Subject) -> Iterator[Mutant]:
    for sentence in subject.article.telling[:1]:
        words = "How much will the new submarine fleet cost taxpayers?"
        yield added(
            subject, "open_questions", _asked(subject, words, "information_gap", sentence.n), f"“{words}”"
        )


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
