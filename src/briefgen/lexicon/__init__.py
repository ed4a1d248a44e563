"""Word lists, as data: cues of English news prose, states, offices. Read once, when first needed."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The TOML file ``name``.toml of this folder."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, *, of: str = "words") -> frozenset[str]:
    """A list of single words or phrases, lower case."""
    return frozenset(table(of)[name])


class Cue:
    """A list of phrases as one pattern. What it finds in a text is remembered: rules ask again and again."""

    def __init__(self, compiled: re.Pattern[str]) -> None:
        self.pattern = compiled.pattern
        self.match = compiled.match
        self.fullmatch = compiled.fullmatch
        self.findall = compiled.findall
        self.search = lru_cache(maxsize=2048)(compiled.search)
        self._all = lru_cache(maxsize=1024)(lambda text: tuple(compiled.finditer(text)))

    def finditer(self, text: str) -> tuple[re.Match[str], ...]:
        """Every match, left to right."""
        found: tuple[re.Match[str], ...] = self._all(text)
        return found


@cache
def cue(name: str, *, of: str = "cues") -> Cue:
    """A list of phrases: whole words, any case, ``*`` for any ending; the longest first."""
    return Cue(phrases_pattern(tuple(table(of)[name])))


@cache
def phrases_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern of these phrases. It has no nested quantifiers, so that it runs in linear time.

    The border of a word and its first letter are tried once for all phrases that share them: as one flat list of
    alternatives, these patterns were a third of what a brief costs.
    """
    parts = sorted({phrase.strip() for phrase in phrases}, key=len, reverse=True)
    by_letter: dict[str, list[str]] = {}
    unheaded = []
    for part in parts:
        if part == "may":  # not the month
            unheaded.append(r"(?<!\w)(?-i:may|^May)(?!\w)")
        elif part[0].isalnum() and not part.startswith(("n't", "n’t")):
            by_letter.setdefault(part[0].lower(), []).append(_phrase(part)[1:])
        else:
            unheaded.append(_phrase(part))
    headed = "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())
    return re.compile("|".join(filter(None, (headed and rf"(?<!\w)(?:{headed})", *unheaded))), re.IGNORECASE)


def _phrase(phrase: str) -> str:
    body = r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
    tail = r"(?!\w)" if phrase[-1].isalnum() or phrase[-1] == "." else ""
    return body + tail
