"""A second reader: another model that is asked of each item whether the cited sentences support it.

Its "no" withholds (R01); its "yes" decides nothing, because it only sees items that passed every rule. It reads the
cited sentences and the one before each, not the article. Where it does not answer, the item stands, noted as
not checked (R02).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from briefgen.asking import neutral
from briefgen.errors import ModelError, Usage
from briefgen.facets.base import Draft, Finding
from briefgen.facets.general import all_evidence
from briefgen.lexicon import table
from briefgen.providers.base import Prompt
from briefgen.statements import statement_of

if TYPE_CHECKING:
    from briefgen.brief import Item
    from briefgen.facets.base import Context
    from briefgen.prompts import PromptTemplate
    from briefgen.providers.base import LanguageModel

NAME = "second_reader"
"""Of its prompt, and in ``coverage.failures``; it is no facet of a brief."""
_ANSWER_TOKENS = 60


class Verdict(Draft):
    """Whether the sentences support the statement."""

    supported: Literal["yes", "no"]


class SecondReader:
    """Reads the items of one article; keeps what it said, so that nothing is asked twice.

    ``usage`` is what it cost, ``errors`` are the calls that failed. After an error that ends a run nothing
    more is asked.
    """

    name = NAME

    def __init__(self, model: LanguageModel, prompt: PromptTemplate, context: Context) -> None:
        self.model = model
        self.usage = Usage()
        self.errors: list[ModelError] = []
        self._prompt = prompt
        self._context = context
        self._said: dict[tuple[str, tuple[int, ...]], Finding | None] = {}

    @property
    def prompts(self) -> dict[str, str]:
        """SHA-256 of its prompt, if it asked anything."""
        return {self._prompt.id: self._prompt.sha256} if self._said else {}

    def findings(self, item: Item) -> list[Finding]:
        """R01 if it finds the item unsupported, R02 (a note) if it could not be asked, else nothing.

        What states nothing (an actor, a question) is not asked, nor what is a cited sentence word for word.
        """
        statement = statement_of(item, self._context)
        cited = tuple(sorted({piece.sentence for piece in all_evidence(item)}))
        if not statement or any(statement == self._context.text(n) for n in cited):
            return []
        if (statement, cited) not in self._said:
            self._said[statement, cited] = self._ask(statement, cited)
        found = self._said[statement, cited]
        return [found] if found else []

    def _ask(self, statement: str, cited: tuple[int, ...]) -> Finding | None:
        if self.errors and self.errors[-1].ends_run:
            return self._not_checked()
        try:
            completion = self.model.complete(self._question(statement, cited), Verdict)
        except ModelError as error:
            self.usage += error.usage
            self.errors.append(error)
            return self._not_checked()
        self.usage += completion.usage
        if completion.output.supported == "yes":
            return None
        shown = ", ".join(map(str, cited))
        return Finding("R01", f"the second reader ({self.model.name}) does not find it in sentence {shown}")

    def _not_checked(self) -> Finding:
        message = f"not checked: the second reader ({self.model.name}) did not answer"
        return Finding("R02", message, critical=False)

    def _question(self, statement: str, cited: tuple[int, ...]) -> Prompt:
        """The task first: it is the same for every item, so that a server keeps it; then sentences and statement."""
        shown = sorted({k for n in cited for k in (n - 1, n) if self._context.exists(k)})
        sentences = "\n".join(f"[{n}] {self._context.text(n)}" for n in shown)
        secret = self._context.secret
        system = f"{self._prompt.text}\nDelimiter of this article: {secret}"
        labels = table("statements")["labels"]
        user = "\n\n".join(
            f"{labels[label]}\n<{secret}>\n{neutral(text)}\n</{secret}>"
            for label, text in (("sentences", sentences), ("statement", statement))
        )
        return Prompt(NAME, system, user, _ANSWER_TOKENS)
