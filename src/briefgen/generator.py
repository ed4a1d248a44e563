"""BriefGenerator: one article in, one brief out. Ask each facet, verify each facet, put the brief together."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic import create_model

from briefgen.asking import Asker, delimiter_of, parts_of
from briefgen.assembly import Answers, assemble
from briefgen.errors import InputError, ModelError, RequestTooLarge
from briefgen.facets.base import Context, Draft, Facet, all_facets
from briefgen.prompts import PromptLibrary
from briefgen.second_reader import SecondReader
from briefgen.verification import Verified, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from briefgen.article import Article
    from briefgen.brief import Brief
    from briefgen.facets.base import Part
    from briefgen.providers.base import LanguageModel

_SMALLER = 0.4


@dataclass(frozen=True)
class ProgressEvent:
    """One step: ``done`` of ``total`` calls are answered; ``facet`` is what this one is about."""

    facet: str
    state: Literal["started", "finished", "failed"]
    done: int
    total: int


class BriefGenerator:
    """Makes briefs with one model. Holds no state of an article: safe to call from many threads at once.

    ``check_with`` is asked of each item whether the cited sentences support it (:mod:`briefgen.second_reader`).
    ``prompts`` replaces the shipped ones; ``on_progress`` is called in the thread that generates.
    """

    def __init__(
        self,
        model: LanguageModel,
        *,
        check_with: LanguageModel | None = None,
        prompts: PromptLibrary | None = None,
        on_progress: Callable[[ProgressEvent], None] | None = None,
    ) -> None:
        self.model = model
        self.check_with = check_with
        self.prompts = prompts or PromptLibrary.load()
        self._on_progress = on_progress or (lambda _: None)
        self._facets = all_facets()
        drafts: dict[str, Any] = {facet.name: (facet.draft, facet.draft()) for facet in self._facets}
        self._all_drafts = create_model("AllDrafts", __base__=Draft, **drafts)

    def generate(self, article: Article) -> Brief:
        """Return the brief of the article.

        A facet that the model did not answer is ``failed`` in ``coverage``, with the reason; the brief is
        made all the same. Raises :class:`briefgen.errors.ModelError` if no facet was answered, and
        :class:`briefgen.errors.InputError` for an article without a sentence.
        """
        if not article.sentences:
            raise InputError("the article has no sentence", code="input_empty")
        started = time.monotonic()
        context = Context.of(article, secret=delimiter_of(article))
        asker = Asker(context, self.prompts, self.model.profile.guided)
        answers = self._ask(asker)
        answers.reader = self._reader(context)
        results = {}
        for facet in self._facets:
            results[facet.name] = _verified(facet, answers, context)
            self._repair(facet, results, asker, answers)
        for facet in self._facets:
            finished = facet.finish(context)
            if finished is not None:
                results[facet.name].items = context.items[facet.name] = list(finished)
        return assemble(context, results, answers, model=self.model, seconds=time.monotonic() - started)

    async def agenerate(self, article: Article) -> Brief:
        """:meth:`generate` in a worker thread."""
        return await asyncio.to_thread(self.generate, article)

    def _reader(self, context: Context) -> SecondReader | None:
        if self.check_with is None:
            return None
        return SecondReader(self.check_with, self.prompts.get(SecondReader.name), context)

    # -- asking -------------------------------------------------------------------------------------------

    def _ask(self, asker: Asker) -> Answers:
        """Ask every facet of every part; once more in smaller parts if the window proves too small."""
        answers = Answers()
        sentences = asker.context.article.sentences
        parts = parts_of(sentences, self.model.profile)
        try:
            self._ask_parts(asker, parts, answers, first=True)
        except RequestTooLarge:
            smaller = parts_of(sentences, self.model.profile, share=_SMALLER)
            if smaller == parts:
                raise
            answers.errors.clear()
            answers.flags.append("split_smaller")
            self._ask_parts(asker, smaller, answers, first=False)
        return answers

    def _ask_parts(self, asker: Asker, parts: Sequence[Part], answers: Answers, *, first: bool) -> None:
        if len(parts) > 1:
            answers.flags.append("long_article")
        calls = list(self._calls(parts))
        for done, (name, facet, part) in enumerate(calls):
            self._on_progress(ProgressEvent(name, "started", done, len(calls)))
            try:
                self._call(asker, facet, part, answers)
            except ModelError as error:
                answers.usage += error.usage
                if isinstance(error, RequestTooLarge) and first and not answers.drafts:
                    raise
                lost = calls[done:] if error.ends_run else [calls[done]]
                self._fail(error, [facet for _, facet, _ in lost], answers)
                self._on_progress(ProgressEvent(name, "failed", done + 1, len(calls)))
                answers.ended = error.ends_run
                if error.ends_run:
                    break
            else:
                self._on_progress(ProgressEvent(name, "finished", done + 1, len(calls)))
        if not answers.drafts:
            raise self._worst(answers)

    def _calls(self, parts: Sequence[Part]) -> Iterator[tuple[str, Facet[Any, Any] | None, Part]]:
        """One call a part, or one a facet and part, those of one part together: they share its prefix."""
        for part in parts:
            if self.model.profile.calls == "single":
                yield "all", None, part
            else:
                for facet in self._facets:
                    yield facet.name, facet, part

    def _call(self, asker: Asker, facet: Facet[Any, Any] | None, part: Part, answers: Answers) -> None:
        if facet is not None and self.model.profile.guided and not facet.asks(asker.context, part):
            answers.drafts[facet.name].append(facet.draft())  # code looked through it: nothing to read
            return
        if facet is None:
            prompt = asker.prompt_of_all(self._facets, part)
            completion: Any = self.model.complete(prompt, self._all_drafts)
            for each in self._facets:
                answers.drafts[each.name].append(getattr(completion.output, each.name))
            answers.prompts["single"] = self.prompts.get("single").sha256
        else:
            schema = facet.schema(asker.context, part) if self.model.profile.guided else None
            completion = self.model.complete(asker.prompt(facet, part), facet.draft, schema=schema)
            answers.drafts[facet.name].append(completion.output)
        answers.usage += completion.usage
        answers.answered_by = completion.answered_by or answers.answered_by
        answers.flags += completion.warnings
        answers.prompts |= asker.used(self._facets if facet is None else (facet,))

    def _fail(self, error: ModelError, facets: Sequence[Facet[Any, Any] | None], answers: Answers) -> None:
        for facet in facets:
            for each in self._facets if facet is None else (facet,):
                answers.errors[each.name].append(error)

    def _worst(self, answers: Answers) -> ModelError:
        error = next(error for errors in answers.errors.values() for error in errors)
        error.usage = answers.usage
        return error

    def _repair(
        self, facet: Facet[Any, Any], results: dict[str, Verified], asker: Asker, answers: Answers
    ) -> None:
        """Ask the facet once more for what failed; what still fails stays withheld."""
        result = results[facet.name]
        part = asker.context.article.sentences
        one_part = len(parts_of(part, self.model.profile)) == 1
        if answers.ended or not (self.model.profile.repair_rounds and result.withheld and one_part):
            return
        try:
            completion = self.model.complete(asker.repair(facet, part, result.withheld), facet.draft)
        except ModelError as error:
            answers.usage += error.usage
            answers.ended = error.ends_run
            return
        answers.usage += completion.usage
        answers.prompts["repair"] = self.prompts.get("repair").sha256
        answers.drafts[facet.name].append(completion.output)
        results[facet.name] = _without_repaired(_verified(facet, answers, asker.context), result)


def _verified(facet: Facet[Any, Any], answers: Answers, context: Context) -> Verified:
    reader = answers.reader
    return verify(facet, answers.drafts[facet.name], context, reader.findings if reader else None)


def _without_repaired(now: Verified, before: Verified) -> Verified:
    """Drop the first answer's entries of sentences on which an item rests now, and each entry's second copy."""
    had = {piece.sentence for item in before.items for piece in item.evidence}
    mended = {piece.sentence for item in now.items for piece in item.evidence} - had
    seen: list[object] = []
    kept = []
    for entry in now.withheld:
        if entry.item.get("sentence") in mended or entry.item in seen:
            continue
        seen.append(entry.item)
        kept.append(entry)
    now.withheld = kept
    return now
