"""A model words a bottom line; code lets it stand only where the rules of a summary do.

The model reads the sentences that the line quotes and the sentence that code made. What it answers is judged as a
summary of those sentences would be (:mod:`briefgen.facets.summary`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from briefgen.accusations import accusations_in
from briefgen.answers import stance_in
from briefgen.asking import delimiter_of, neutral
from briefgen.attribution import hedges_in, sources_in
from briefgen.errors import ModelError, Usage
from briefgen.evidence import whole_sentence
from briefgen.facets.base import Draft
from briefgen.facets.general import judge
from briefgen.facets.lines import Line as SummaryLine
from briefgen.facets.summary import SummaryFacet
from briefgen.providers.base import Prompt

if TYPE_CHECKING:
    from briefgen.digest.digest import Line
    from briefgen.facets.base import Context
    from briefgen.prompts import PromptLibrary
    from briefgen.providers.base import LanguageModel

NAME = "bottom_line"
"""Of its prompt, and of the request in scripted models."""
_ANSWER_TOKENS = 160
_LONGEST = 320
_CARRIED = 0.75
"""Least share of its content words that one sentence must have to be the one that a line tells, as in a summary."""


class WordedLine(Draft):
    """One sentence for an editor."""

    text: str = Field(default="", max_length=400)


class Wording:
    """Words bottom lines with a model. ``usage`` is what it cost; ``refused`` are answers that broke a rule, with the
    codes; ``errors`` are the calls that failed. After an error that ends a run nothing more is asked.
    """

    def __init__(self, model: LanguageModel, prompts: PromptLibrary) -> None:
        self.model = model
        self.usage = Usage()
        self.refused: list[tuple[str, tuple[str, ...]]] = []
        self.errors: list[ModelError] = []
        self._prompt = prompts.get(NAME)

    def word(self, template: str, line: Line, context: Context) -> str | None:
        """The model's sentence for what ``template`` says; ``None`` where it fails, so that the template stands."""
        if self.errors and self.errors[-1].ends_run:
            return None
        try:
            completion = self.model.complete(self._question(template, context), WordedLine)
        except ModelError as error:
            self.usage += error.usage
            self.errors.append(error)
            return None
        self.usage += completion.usage
        text = " ".join(completion.output.text.split())
        broken = broken_rules(text, line, context)
        if broken:
            self.refused.append((text, broken))
            return None
        return text

    def _question(self, template: str, context: Context) -> Prompt:
        """Sentences and statement fenced: they are data, whatever they say."""
        fence = delimiter_of(context.article)
        sentences = "\n".join(f"[{each.n}] {each.text}" for each in context.article.sentences)
        system = f"{self._prompt.text}\nDelimiter: {fence}"
        user = f"<{fence}>\n{neutral(sentences)}\n</{fence}>\n\n<{fence}>\n{neutral(template)}\n</{fence}>"
        return Prompt(NAME, system, user, _ANSWER_TOKENS)


def broken_rules(text: str, line: Line, context: Context) -> tuple[str, ...]:
    """Codes of the rules that the sentence breaks, none if it may stand (names, numbers, hedges, attribution, status,
    who visits and who accuses whom: of the quoted sentences and of the merged line).
    """
    n = context.ground.carrying(text, at_least=_CARRIED)
    if not text or len(text) > _LONGEST or n is None:
        return ("G02",)
    item = SummaryLine(
        id="summary-1",
        place="summary",
        text=text,
        refs=(line.id,),
        evidence=(whole_sentence(context.article, n),),
    )
    codes = [finding.code for finding in judge(item, SummaryFacet.rules, context) if finding.critical]
    if not (sources_in(text) or accusations_in(text) or stance_in(text)):
        codes.append("C03")
    if getattr(line, "hedges", ()) and not hedges_in(text) and not sources_in(text):
        codes.append("C01")
    return tuple(dict.fromkeys(codes))
