"""What single words of a time phrase say: a number, a year, "last" or "next"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefgen.lexicon import table
from briefgen.time_grammar import ClockText, Token, phrase_lists
from briefgen.time_units import Context, Span, pick_span

if TYPE_CHECKING:
    import re
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Found:
    """A core of the grammar, matched in clock text."""

    clock: ClockText
    match: re.Match[str]

    def tokens(self, group: str | int = 0) -> tuple[Token, ...]:
        return self.clock.tokens_in(*self.match.span(group)) if self.match[group] else ()

    def value(self, group: str | int, name: str = "") -> int | None:
        return next((token.value for token in self.tokens(group) if name in {"", token.name}), None)


def relative(tokens: tuple[Token, ...]) -> tuple[str, bool]:
    """``past``, ``this``, ``future`` or nothing, and whether the word is one of two readings (last, next)."""
    phrase = "".join(token.name + " " for token in tokens)
    which = phrase_lists("relative").get(phrase, "")
    return which, bool(tokens) and tokens[-1].word in {"last", "next"}


def said_year(tokens: tuple[Token, ...], context: Context) -> int | None:
    """The year that the words give: "2025", "next year", "of the year"."""
    names = [token.name for token in tokens]
    if "YEAR" in names:
        return tokens[names.index("YEAR")].value
    if "year" not in names or context.published is None:
        return None
    before = set(names[: names.index("year")])
    step = 1 if before & {"next", "coming", "upcoming"} else -1 if before & {"last", "past"} else 0
    return context.published.year + step


def number_of(tokens: tuple[Token, ...]) -> int:
    """The number that the words give ("2", "twenty-five", "first"), 0 for none."""
    lexicon = table("time")
    said = {**lexicon["numbers"], **lexicon["ordinals"]}
    return sum(said.get(token.word, token.value) for token in tokens if token.name != "-")


def occurrence(
    spans: list[Span], found: Found, context: Context, near: Callable[[Span], bool]
) -> Span | None:
    """Pick among returns of a month or weekday by "last", "this", "next" or, without them, by direction."""
    which, two_readings = relative(found.tokens("rel"))
    published = context.published
    if published is None or which not in {"past", "future"}:
        return pick_span(spans, context)
    if which == "past":
        chosen = next((span for span in reversed(spans) if span.last and span.last < published), None)
    else:
        chosen = next((span for span in spans if span.first and span.first > published), None)
    return replace(chosen, ambiguous=two_readings and near(chosen)) if chosen else None


def week_step(tokens: tuple[Token, ...]) -> int:
    words = {token.name for token in tokens}
    return 1 if words & {"next", "coming", "upcoming"} else -1 if words & {"last", "past"} else 0
