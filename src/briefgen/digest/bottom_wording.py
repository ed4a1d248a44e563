"""A model words a bottom line; code lets it stand only where the rules of a summary do.

The model reads the sentences that the line quotes and the sentence that code made. What it answers is judged as a
summary of all these would be (:mod:`briefgen.facets.summary`).
"""

from __future__ import annotations

import re
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
from briefgen.grounding import content_stems
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
"""Least share of its content words that one sentence must have to be one that a line tells, as in a summary."""
_MOST_CARRYING = 3
_CITED = re.compile(r"\bciting\s+([^,.;]+)", re.IGNORECASE)


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
        """The model's sentence for what ``template`` says; ``None`` where it fails, so that the template stands.

        ``context``: of the template and, behind it, the sentences that the line quotes.
        """
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
        quoted = [each for each in context.article.sentences if each.start >= len(template)]
        sentences = "\n".join(f"[{at}] {each.text}" for at, each in enumerate(quoted, 1))
        system = f"{self._prompt.text}\nDelimiter: {fence}"
        user = f"<{fence}>\n{neutral(sentences)}\n</{fence}>\n\n<{fence}>\n{neutral(template)}\n</{fence}>"
        return Prompt(NAME, system, user, _ANSWER_TOKENS)


def broken_rules(text: str, line: Line, context: Context) -> tuple[str, ...]:
    """Codes of the rules that the sentence breaks, none if it may stand (names, numbers, hedges, attribution, status,
    who visits and who accuses whom: of the quoted sentences and of the merged line).
    """
    shares = [(-context.ground.support(text, [each.n]), each.n) for each in context.article.sentences]
    carrying = [n for share, n in sorted(shares) if -share >= _CARRIED][:_MOST_CARRYING]
    if not text or len(text) > _LONGEST or not carrying:
        return ("G02",)
    item = SummaryLine(
        id="summary-1",
        place="summary",
        text=text,
        refs=(line.id,),
        evidence=tuple(whole_sentence(context.article, n) for n in carrying),
    )
    codes = [finding.code for finding in judge(item, SummaryFacet.rules, context) if finding.critical]
    if not (sources_in(text) or accusations_in(text) or stance_in(text)):
        codes.append("C03")
    if _chain_turned(text, context):
        codes.append("S01")
    if getattr(line, "hedges", ()) and not hedges_in(text) and not sources_in(text):
        codes.append("C01")
    return tuple(dict.fromkeys(codes))


def _chain_turned(text: str, context: Context) -> bool:
    """Whether somebody is cited whom nothing cites: "a source, citing the paper" for "the paper, citing a source"."""
    told = (each.text for each in context.article.sentences)
    known = content_stems(" ".join(found[1] for each in told for found in _CITED.finditer(each)))
    return any(not content_stems(found[1]) <= known for found in _CITED.finditer(text))
