"""From an article and a facet to a prompt, and to parts where the article is longer than the model's window."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefgen.providers.base import Prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefgen.article import Article, Sentence
    from briefgen.brief import Withheld
    from briefgen.facets.base import Context, Facet, Part
    from briefgen.prompts import PromptLibrary
    from briefgen.providers.base import ModelProfile

_BYTES_PER_TOKEN = 3.2
"""Conservative for English (4 to 6) and near for other scripts (2 to 3)."""
_OVERHEAD_TOKENS = 2600
"""System text, one task, the sentences shown again, and the answer."""
_LEAST_PART = 400
_OVERLAP = 2
"""Sentences that the end of one part and the start of the next share."""


def delimiter_of(article: Article) -> str:
    """What fences one article, so that no article can close its own fence (B-INJ-04).

    Random to whoever writes the article: it hangs on every character of it, and a text that holds 64 bits of
    its own hash takes 2^64 tries. The same article has the same fence, so that the same model answers alike.
    """
    return hashlib.sha256(b"briefgen fence\0" + article.text.encode()).hexdigest()[:16]


def neutral(text: str) -> str:
    """Text whose chat markup no tokenizer reads as such (B-INJ-05). Only for the prompt, never stored."""
    for mark in ("<|", "|>", "[INST]", "[/INST]", "<<SYS>>", "</s>", "<s>"):
        text = text.replace(mark, " ".join(mark))
    return text


def parts_of(sentences: Sequence[Sentence], profile: ModelProfile, *, share: float = 1.0) -> list[Part]:
    """Split at sentence borders into parts that fit one call, each starting with the end of the one before.

    ``share`` shrinks the parts, for a server whose window proved smaller than its profile says.
    """
    most = max(_LEAST_PART, int((profile.article_tokens or profile.window_tokens - _OVERHEAD_TOKENS) * share))
    parts: list[list[Sentence]] = [[]]
    used = 0.0
    for sentence in sentences:
        size = len(sentence.text.encode()) / _BYTES_PER_TOKEN + 4
        if parts[-1] and used + size > most:
            tail = parts[-1][-_OVERLAP:] if len(parts[-1]) > 2 * _OVERLAP else []
            parts.append(list(tail))
            used = sum(len(kept.text.encode()) / _BYTES_PER_TOKEN + 4 for kept in tail)
        parts[-1].append(sentence)
        used += size
    return [tuple(part) for part in parts if part]


@dataclass(frozen=True)
class Asker:
    """Writes the prompts of one article. All facets of one part share everything up to the task."""

    context: Context
    prompts: PromptLibrary
    guided: bool

    def prompt(self, facet: Facet[Any, Any], part: Part) -> Prompt:
        """One facet of one part."""
        user = f"{self._article(part)}\n\n{self._task(facet, part)}"
        return Prompt(facet.name, self._system(), user, facet.answer_tokens)

    def prompt_of_all(self, facets: Sequence[Facet[Any, Any]], part: Part) -> Prompt:
        """All facets of one part in one call: the answer is one object with a draft for each."""
        tasks = "\n\n".join(f"## {facet.name}\n{self._task(facet, part)}" for facet in facets)
        head = self.prompts.get("single").text
        tokens = sum(facet.answer_tokens for facet in facets) + 1500
        return Prompt("all", self._system(), f"{self._article(part)}\n\n{head}\n\n{tasks}", tokens)

    def repair(self, facet: Facet[Any, Any], part: Part, withheld: Sequence[Withheld]) -> Prompt:
        """The facet once more, with only what failed and why."""
        failed = "\n".join(
            f"- {neutral(str(entry.item))[:400]}: {'; '.join(reason.message for reason in entry.reasons)[:300]}"
            for entry in withheld
        )
        text = f"{self.prompts.get(facet.name).text}\n\n{self.prompts.get('repair').text}\n\n{self._fenced(failed)}"
        return Prompt(facet.name, self._system(), f"{self._article(part)}\n\n{text}", facet.answer_tokens)

    def used(self, facets: Sequence[Facet[Any, Any]]) -> dict[str, str]:
        """SHA-256 of each prompt that these facets use."""
        ids = ["system", "guided" if self.guided else "look_first", *(facet.name for facet in facets)]
        return {prompt_id: self.prompts.get(prompt_id).sha256 for prompt_id in ids}

    def _system(self) -> str:
        return f"{self.prompts.get('system').text}\nDelimiter of this article: {self.context.secret}"

    def _article(self, part: Part) -> str:
        """Title and sentences. Not the date: code resolves times, and the answers must not hang on it."""
        article = self.context.article
        head = [f"Title: {article.title}"] if article.title else []
        return self._fenced("\n".join([*head, *(f"[{sentence.n}] {sentence.text}" for sentence in part)]))

    def _task(self, facet: Facet[Any, Any], part: Part) -> str:
        text = self.prompts.get(facet.name).text
        material = facet.material(self.context, part, guided=self.guided)
        if not material:
            return text
        how = self.prompts.get("guided" if self.guided else "look_first").text
        return f"{text}\n\n{how}\n{self._fenced(material)}"

    def _fenced(self, text: str) -> str:
        return f"<{self.context.secret}>\n{neutral(text)}\n</{self.context.secret}>"
