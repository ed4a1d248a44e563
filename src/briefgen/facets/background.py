"""Background: what is past and must not be taken for news. Past visits by code, the rest from the model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import Field

from briefgen.accusations import accusations_in
from briefgen.brief import Background, BackgroundKind
from briefgen.cast import is_null
from briefgen.evidence import whole_sentence
from briefgen.facets.base import (
    Context,
    Draft,
    Facet,
    Finding,
    Part,
    Proposal,
    guided_schema,
    rule,
    without_field,
)
from briefgen.facets.general import carries
from briefgen.facets.planned_visits import past_sentences
from briefgen.facets.retelling_rules import order_as_said, past_or_planned
from briefgen.facets.retold import RETOLD
from briefgen.faithfulness import dangles
from briefgen.grounding import content_stems
from briefgen.lexicon import cue
from briefgen.timing import years_in

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

_MOST_SENTENCES = 3


class BackgroundEntry(Draft):
    """What one sentence tells of the past. An empty ``text`` stands for the sentence itself."""

    sentence: int
    past: bool = True
    text: str = Field(default="", max_length=500)


class BackgroundDraft(Draft):
    items: tuple[BackgroundEntry, ...] = ()


@rule("C03", "a plan told as past")
def is_past(item: Background, context: Context) -> str | None:
    past = past_sentences(context)
    planned = {e.sentence for visit in context.items.get("planned_visits", ()) for e in visit.evidence}
    past_visits = past if item.kind == "past_visit" else []
    for piece in item.evidence:
        if piece.sentence in planned and piece.sentence not in past:
            return f"sentence {piece.sentence} tells a visit still to come"
        if piece.sentence in past_visits:
            continue
        if context.exists(piece.sentence) and not _tells_past(context.text(piece.sentence), context):
            return f"sentence {piece.sentence} tells nothing past"
    return None


def _tells_past(text: str, context: Context) -> bool:
    if cue("background").search(text):
        return True
    published = context.article.published
    if any(published is None or year <= published.year for year in years_in(text)):
        return True
    return bool(re.search(r"\b(?:was|were|had|did|\w{3,}ed)\b", text)) and not cue("plan").search(text)


class BackgroundFacet(Facet[BackgroundDraft, Background]):
    name = "background"
    prefix = "background"
    order = 60
    draft = BackgroundDraft
    rules = (*RETOLD, is_past, order_as_said, past_or_planned)
    answer_tokens = 400

    def candidates(self, context: Context, part: Part) -> list[int]:
        known = set(past_sentences(context))
        found = [
            (len(cue("background").finditer(sentence.text)), sentence.n)
            for sentence in part
            if sentence.n not in known and not dangles(sentence.text)
            if not accusations_in(sentence.text) and not cue("plan").search(sentence.text)
        ]
        ranked = sorted((-count, n) for count, n in found if count)
        return sorted(n for _, n in ranked[:_MOST_SENTENCES])

    def schema(self, context: Context, part: Part) -> dict[str, Any] | None:
        """A guided model only says which sentences tell the past: it would copy them word for word."""
        return without_field(guided_schema(self.draft, self.to_read(context, part)), "text")

    def complete(self, context: Context) -> Iterator[Background]:
        for n in past_sentences(context):
            text = context.text(n)
            if not accusations_in(text):
                yield Background(
                    id="", text=text, kind="past_visit", evidence=(whole_sentence(context.article, n),)
                )

    def propose(self, draft: BackgroundDraft, context: Context) -> Iterator[Proposal[Background]]:
        planned = {e.sentence for item in context.items.get("planned_visits", ()) for e in item.evidence}
        for entry in draft.items:
            if not entry.past or self._is_told(entry.sentence, context):
                continue
            proposal: Proposal[Background] = Proposal(entry.model_dump(mode="json", exclude={"past"}))
            if not context.exists(entry.sentence):
                proposal.findings.append(Finding("G04", f"there is no sentence {entry.sentence}"))
            elif entry.sentence in planned:
                proposal.findings.append(
                    Finding("C03", f"sentence {entry.sentence} tells a visit still to come")
                )
            else:
                sentence = context.text(entry.sentence)
                text = sentence if is_null(entry.text) else entry.text.strip()
                proposal.findings += filter(None, [carries(text, [entry.sentence], context, at_least=0.8)])
                proposal.item = Background(
                    id="",
                    text=text,
                    kind=_kind(sentence),
                    evidence=(whole_sentence(context.article, entry.sentence),),
                )
            yield proposal

    def _is_told(self, n: int, context: Context) -> bool:
        return any(e.sentence == n for item in context.items.get(self.name, ()) for e in item.evidence)

    def identity(self, item: Background) -> Hashable:
        return frozenset(content_stems(item.text)) or item.text


def _kind(text: str) -> BackgroundKind:
    kinds: tuple[tuple[BackgroundKind, str], ...] = (
        ("pledge", "pledges"), ("agreement", "agreements"), ("meeting", "meetings"),
    )  # fmt: skip
    return next((kind for kind, listed in kinds if cue(listed).search(text)), "event")
