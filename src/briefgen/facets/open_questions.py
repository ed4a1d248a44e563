"""Open questions: what the article leaves open. Code asks one for each visit that is not confirmed and each
unresolved allegation (Q03); the model adds others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from briefgen.brief import Allegation, OpenQuestion, PlannedVisit, QuestionKind
from briefgen.cast import is_null
from briefgen.charges import is_gerund
from briefgen.evidence import whole_sentence
from briefgen.facets.base import Context, Draft, Facet, Finding, Part, Proposal
from briefgen.facets.general import carries
from briefgen.facets.question_rules import QUESTION_RULES
from briefgen.facets.wording import dated, inside, row, with_article
from briefgen.grounding import content_stems
from briefgen.lexicon import cue

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

_MOST_SENTENCES = 4
_AGENDA = re.compile(
    r"\b(?:may|might|could|expected to|to)\s+(?:also\s+)?(?:discuss|talk about|raise|address)|\bagenda\b",
    re.IGNORECASE,
)


class QuestionEntry(Draft):
    """A question that one sentence leaves open."""

    sentence: int
    question: str = Field(default="", max_length=400)


class QuestionsDraft(Draft):
    items: tuple[QuestionEntry, ...] = ()


class OpenQuestionsFacet(Facet[QuestionsDraft, OpenQuestion]):
    name = "open_questions"
    prefix = "question"
    order = 50
    draft = QuestionsDraft
    rules = QUESTION_RULES
    answer_tokens = 400

    def candidates(self, context: Context, part: Part) -> list[int]:
        del context
        found = [(len(cue("open").finditer(sentence.text)), sentence.n) for sentence in part]
        ranked = sorted((-count, n) for count, n in found if count)
        return sorted(n for _, n in ranked[:_MOST_SENTENCES])

    def to_read(self, context: Context, part: Part) -> list[int]:
        """Sentences that say in so many words that something is open: of a mere "may" a small model asks what stands there."""
        return [n for n in self.candidates(context, part) if cue("open_in_words").search(context.text(n))]

    def complete(self, context: Context) -> Iterator[OpenQuestion]:
        for item in context.items.get("planned_visits", ()):
            if isinstance(item, PlannedVisit) and item.status in {
                "partly_confirmed",
                "reported",
                "possible",
                "postponed",
            }:
                yield _about_visit(item, context)
        for item in context.items.get("allegations", ()):
            if isinstance(item, Allegation) and item.status == "unresolved":
                yield OpenQuestion(
                    id="",
                    question=_about_allegation(item, context),
                    kind="unresolved_allegation",
                    about=(item.id,),
                    evidence=item.evidence,
                )

    def propose(self, draft: QuestionsDraft, context: Context) -> Iterator[Proposal[OpenQuestion]]:
        for entry in draft.items:
            if is_null(entry.question):
                continue
            proposal: Proposal[OpenQuestion] = Proposal(entry.model_dump(mode="json"))
            if not context.exists(entry.sentence):
                proposal.findings.append(Finding("G04", f"there is no sentence {entry.sentence}"))
                yield proposal
                continue
            if self._is_asked(entry.question, context):
                continue
            text = context.text(entry.sentence)
            proposal.findings += filter(
                None, [carries(self._asked(entry.question, context), [entry.sentence], context, at_least=0.5)]
            )
            if not cue("open").search(text):
                proposal.findings.append(Finding("Q04", f"sentence {entry.sentence} leaves nothing open"))
            proposal.item = OpenQuestion(
                id="",
                question=entry.question.strip(),
                kind=_kind(text),
                about=_about(entry.sentence, context),
                evidence=(whole_sentence(context.article, entry.sentence),),
            )
            yield proposal

    def _asked(self, question: str, context: Context) -> str:
        """The question without names of the cast: they may stand for the sentence's "she" or "the visit"."""
        for member in context.cast.members:
            for name in member.names:
                question = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", question)
        return question

    def _is_asked(self, question: str, context: Context) -> bool:
        """Whether code, or the model before, asks the same."""
        own = content_stems(question)
        for other in context.items.get(self.name, ()):
            theirs = content_stems(other.question) if isinstance(other, OpenQuestion) else frozenset()
            if own and len(own & theirs) / min(len(own), len(theirs) or 1) >= 0.6:
                return True
        return False

    def identity(self, item: OpenQuestion) -> Hashable:
        return frozenset(content_stems(item.question)) or item.question


def _about_allegation(item: Allegation, context: Context) -> str:
    claim = inside(item.claim, context)
    if not is_gerund(item.claim):
        return f"Is the allegation true that {claim}?"
    against = row([member.name for member in context.members(item.accused)])
    return f"Is the allegation of {claim} true, as made against {against}?"


def _about_visit(item: PlannedVisit, context: Context) -> OpenQuestion:
    who = row([member.name for member in context.members(item.visitors)])
    place = with_article(item.destination.name, context)
    dates = [c for c in item.confirmations if c.aspect == "dates" and c.value != "confirmed"]
    vague = item.timing is None or item.timing.granularity == "vague"
    if item.status == "postponed" and vague:
        question = f"When will the postponed visit of {who} to {place} take place?"
    elif item.status == "partly_confirmed" and (dates or item.timing is None):
        question = f"When will {who} visit {place}?"
    else:
        when = f" {dated(item.timing)}" if item.timing and item.timing.granularity != "duration" else ""
        question = f"Will {who} visit {place}{when}?"
    evidence = dates[0].evidence if dates else item.evidence[:1]
    return OpenQuestion(id="", question=question, kind="unconfirmed", about=(item.id,), evidence=evidence)


def _kind(text: str) -> QuestionKind:
    if _AGENDA.search(text):
        return "possible_agenda"
    return "unconfirmed" if re.search(r"\bconfirm\w*\b", text) else "information_gap"


def _about(n: int, context: Context) -> tuple[str, ...]:
    named = ("planned_visits", "allegations")
    return tuple(
        item.id
        for name in named
        for item in context.items.get(name, ())
        if any(e.sentence == n for e in item.evidence)
    )
