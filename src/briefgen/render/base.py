"""The one interface of this folder: a renderer is a pure function of a brief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import Brief


@dataclass(frozen=True)
class RenderOptions:
    """How it shall look. A renderer takes no notice of what does not concern it.

    ``width`` in terminal columns; ``color`` allows escape sequences of our own; ``ascii`` escapes
    everything that is not ASCII; ``sentences`` adds the cited sentences in full; ``article`` is the one that
    the brief is of, where the caller has it.
    """

    width: int = 80
    color: bool = False
    ascii: bool = False
    sentences: bool = True
    article: Article | None = None


class Renderer(Protocol):
    """Returns the whole output, with a line end at its end."""

    def __call__(self, brief: Brief, options: RenderOptions) -> str: ...
