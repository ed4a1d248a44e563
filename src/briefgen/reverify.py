"""Today's rules on yesterday's answers: briefs of a store are made again without asking a model.

What a model said of an article is in the store, in the order of asking. The generator asks as it always does
and :class:`ReplayedModel` answers from there, so that whatever code does with answers is done anew, and nothing
else. What code would ask today and did not ask then is not answered: that facet is ``failed``
(``not_asked``) in the new brief, never empty.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from briefgen import errors
from briefgen.brief import Brief
from briefgen.errors import ModelError, SchemaInvalid
from briefgen.generator import BriefGenerator
from briefgen.prompts import PromptLibrary
from briefgen.providers.base import Completion, ModelProfile
from briefgen.second_reader import SecondReader
from briefgen.store.answers import prompt_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from briefgen.article import Article
    from briefgen.providers.base import Prompt
    from briefgen.store import RawAnswer, Recipe, StoredBrief

T = TypeVar("T", bound=BaseModel)
Outcome = Literal["unchanged", "changed", "no_answers", "renumbered", "unreadable"]
"""``no_answers``: they were not kept. ``renumbered``: today the article's sentences have other numbers, so that
the answers speak of others. ``unreadable``: no answer fits today's drafts. The last three leave the brief alone.
"""


class NotAsked(ModelError):
    """Nobody asked this when the article was briefed."""

    code = "not_asked"


class ReplayedModel:
    """Answers of one article at a time, in the order in which they were given, for each thread its own.

    A request gets the answer that was given to the very same prompt, else the next one that was given for its
    facet: code may ask in other words today. Questions of the second reader only get their own answer.
    """

    def __init__(self, name: str, profile: ModelProfile) -> None:
        self.name = name
        self.profile = profile
        self._local = threading.local()

    @contextmanager
    def answering(self, answers: Iterable[RawAnswer]) -> Iterator[None]:
        """Answer from these until the end of the block."""
        self._local.left = list(answers)
        try:
            yield
        finally:
            self._local.left = []

    def complete(
        self, prompt: Prompt, output_type: type[T], *, schema: Mapping[str, Any] | None = None
    ) -> Completion[T]:
        """Answer as then. Raises the error that was met then, :class:`NotAsked`, or :class:`SchemaInvalid`."""
        del schema
        answer = self._next(prompt)
        if answer.output is None:
            raise _error(answer)
        try:
            output = output_type.model_validate_json(answer.output)
        except ValidationError as error:
            raise SchemaInvalid(
                f"the stored answer for {prompt.facet} does not fit today's draft: {error.error_count()} errors",
                hint="brief the article again",
            ) from None
        return Completion(output, answer.usage, answer.answered_by, answer.warnings)

    def _next(self, prompt: Prompt) -> RawAnswer:
        left: list[RawAnswer] = self._local.left
        key = prompt_hash(prompt)
        same = [answer for answer in left if answer.facet == prompt.facet]
        exact = [answer for answer in same if answer.prompt == key]
        found = exact or ([] if prompt.facet == SecondReader.name else same)
        if not found:
            raise NotAsked(
                f"{prompt.facet} was not asked when the article was briefed", hint="brief it again"
            )
        left.remove(found[0])
        return found[0]

    def close(self) -> None:
        """Nothing to close."""


def _error(answer: RawAnswer) -> ModelError:
    kind = getattr(errors, answer.error, ModelError)
    known = kind if isinstance(kind, type) and issubclass(kind, ModelError) else ModelError
    error: ModelError = known(answer.message, usage=answer.usage)
    error.code = answer.code or error.code
    return error


@dataclass(frozen=True)
class Revision:
    """One brief, then and now; ``after`` is ``before`` where it could not be made again."""

    stored: StoredBrief
    outcome: Outcome
    before: Brief
    after: Brief

    @cached_property
    def gained(self) -> list[str]:
        """What the brief says now and did not say then."""
        then = set(statements(self.before))
        return [said for said in statements(self.after) if said not in then]

    @cached_property
    def lost(self) -> list[str]:
        """What the brief said then and does not say now."""
        now = set(statements(self.after))
        return [said for said in statements(self.before) if said not in now]

    @cached_property
    def codes(self) -> list[str]:
        """The rules for which something is withheld now that was not withheld then."""
        then = [(entry.facet, entry.item, entry.reasons) for entry in self.before.withheld]
        return [
            reason.code
            for entry in self.after.withheld
            if (entry.facet, entry.item, entry.reasons) not in then
            for reason in entry.reasons
        ]

    @property
    def not_asked(self) -> list[str]:
        """The facets that nobody asked then and that code would ask today."""
        failures = self.after.coverage.failures
        return [facet for facet, failure in failures.items() if failure.code == NotAsked.code]


def statements(brief: Brief) -> Iterator[str]:
    """What a brief says, a line each, independent of how its items are numbered."""
    names = {actor.id: actor.name for actor in brief.actors}

    def named(ids: Iterable[str]) -> str:
        return ", ".join(sorted(names.get(one, one) for one in ids))

    yield f"headline: {brief.headline}"
    for line in brief.summary:
        yield f"summary: {line.text}"
    for actor in brief.actors:
        yield f"actor: {actor.name}, {actor.kind}, {actor.role}"
    for visit in brief.planned_visits:
        when = visit.timing.text if visit.timing else None
        yield f"visit: {named(visit.visitors)} to {visit.destination.name}, {when}, {visit.status}"
    for motive in brief.motives:
        yield f"motive: {named([motive.holder])}: {motive.text} ({motive.basis})"
    for one in brief.allegations:
        yield f"allegation: {named(one.accusers)} of {named(one.accused)}: {one.claim} ({one.status})"
    for question in brief.open_questions:
        yield f"question: {question.question} ({question.kind})"
    for past in brief.background:
        yield f"background: {past.text}"


class Reverifier:
    """Makes stored briefs again. ``prompts``: those in use; they tell questions apart, nothing more."""

    def __init__(self, prompts: PromptLibrary | None = None) -> None:
        self._prompts = prompts or PromptLibrary.load()
        self._makers: dict[bytes, _Maker] = {}

    def revise(self, stored: StoredBrief) -> Revision:
        """The brief as today's rules make it of the answers of then. Raises :class:`StoreCorrupt`."""
        before = stored.brief()
        answers = stored.answers()
        if not answers:
            return Revision(stored, "no_answers", before, before)
        article = stored.article()
        if _numbering(article) != [(span.n, span.start, span.end) for span in before.article.sentences]:
            return Revision(stored, "renumbered", before, before)
        try:
            made = self._maker(stored).make(article, answers)
        except ModelError:
            return Revision(stored, "unreadable", before, before)
        # The answers are those of then, and so is what they cost; the rules are today's.
        provenance = before.provenance.model_copy(update={"briefgen": made.provenance.briefgen})
        made = made.model_copy(update={"provenance": provenance})
        after = Brief.model_validate_json(made.model_dump_json())  # as the store would give it back
        unchanged = after.model_copy(update={"provenance": before.provenance}) == before
        return Revision(stored, "unchanged" if unchanged else "changed", before, after)

    def _maker(self, stored: StoredBrief) -> _Maker:
        if stored.recipe_digest not in self._makers:
            self._makers[stored.recipe_digest] = _Maker(stored.recipe(), self._prompts)
        return self._makers[stored.recipe_digest]


class _Maker:
    """A generator whose model is the answers of then."""

    def __init__(self, recipe: Recipe, prompts: PromptLibrary) -> None:
        known = {field.name for field in fields(ModelProfile)}
        profile: dict[str, Any] = {name: value for name, value in recipe.profile.items() if name in known}
        self._model = ReplayedModel(recipe.model, ModelProfile(**profile))
        self._reader = ReplayedModel(recipe.checked_by, ModelProfile()) if recipe.checked_by else None
        self._generator = BriefGenerator(self._model, check_with=self._reader, prompts=prompts)

    def make(self, article: Article, answers: list[RawAnswer]) -> Brief:
        read = [answer for answer in answers if answer.facet == SecondReader.name]
        said = [answer for answer in answers if answer.facet != SecondReader.name]
        with self._model.answering(said):
            if self._reader is None:
                return self._generator.generate(article)
            with self._reader.answering(read):
                return self._generator.generate(article)


def _numbering(article: Article) -> list[tuple[int, int, int]]:
    return [(sentence.n, sentence.start, sentence.end) for sentence in article.sentences]
