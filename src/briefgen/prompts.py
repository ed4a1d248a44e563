"""Prompts: files with front matter, replaceable one by one. Knows no article.

A prompt file is::

    ---
    id: planned_visits
    version: 1
    facet: planned_visits
    ---
    Text, sent as it is: never a template.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHIPPED = Path(__file__).parent / "_prompts"
_CHECKOUT = Path(__file__).parents[2] / "prompts"  # an editable install does not see the wheel's copy
_FIELDS = ("id", "version", "facet")


@dataclass(frozen=True)
class PromptTemplate:
    """One prompt. ``sha256`` is of the whole file, so that a brief tells which wording made it."""

    id: str
    version: str
    facet: str
    text: str
    sha256: str


class PromptLibrary:
    """The prompts in use: the shipped ones, each replaced by a file of the same id in ``directory``."""

    def __init__(self, prompts: Iterable[PromptTemplate]) -> None:
        self._prompts = {prompt.id: prompt for prompt in prompts}

    @classmethod
    def load(cls, directory: Path | None = None) -> PromptLibrary:
        """Read the shipped prompts, then those of ``directory``.

        Raises :class:`ConfigurationError` for a directory that is none, a malformed file, or an id that
        replaces nothing.
        """
        shipped = _read_directory(_SHIPPED if _SHIPPED.is_dir() else _CHECKOUT)
        if directory is None:
            return cls(shipped)
        if not directory.is_dir():
            raise ConfigurationError(f"no prompts directory {str(directory)!r}", hint="check --prompts")
        replacing = _read_directory(directory)
        known = {prompt.id for prompt in shipped}
        for prompt in replacing:
            if prompt.id not in known:
                raise ConfigurationError(
                    f"prompt {prompt.id!r} in {str(directory)!r} replaces nothing",
                    hint=f"the ids are {', '.join(sorted(known))}",
                )
        return cls([*shipped, *replacing])

    def ids(self) -> list[str]:
        return sorted(self._prompts)

    def get(self, prompt_id: str) -> PromptTemplate:
        """Return the prompt. Raises :class:`ConfigurationError` if there is none of this id."""
        try:
            return self._prompts[prompt_id]
        except KeyError:
            raise ConfigurationError(
                f"no prompt {prompt_id!r}", hint=f"the ids are {', '.join(self.ids())}"
            ) from None


def _read_directory(directory: Path) -> list[PromptTemplate]:
    return [_read(path) for path in sorted(directory.glob("*.md"))]


def _read(path: Path) -> PromptTemplate:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"prompt file {str(path)!r} cannot be read: {type(error).__name__}"
        ) from None
    head, fence, body = text.removeprefix("---\n").partition("\n---\n")
    fields = {
        name.strip(): value.strip() for name, _, value in (line.partition(":") for line in head.splitlines())
    }
    if not text.startswith("---\n") or not fence or set(fields) != set(_FIELDS) or not body.strip():
        raise ConfigurationError(
            f"prompt file {str(path)!r} is malformed",
            hint="it starts with --- and the lines id:, version:, facet:, then ---, then the text",
        )
    return PromptTemplate(**fields, text=body.strip(), sha256=hashlib.sha256(data).hexdigest())
