"""Places that one plan names together: "visit Ostia and Velia" (rule V14)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.geography import country_of, places_in, seat_of
from briefgen.grounding import fold_name
from briefgen.lexicon import words
from briefgen.time_phrases import find_time_phrases
from briefgen.visits import destination_spans, reading

if TYPE_CHECKING:
    from briefgen.cast import Cast

_LINK = r"(?P<link>\s*,?\s+(?:and|or|as\s+well\s+as)\s+(?:then\s+)?(?:on\s+)?(?:to\s+)?|\s*,\s*)(?:the\s+)?"
_NEXT = re.compile(_LINK + r"$")
_NAME_BEHIND = re.compile(
    r"\s*,?\s+and\s+(?:then\s+)?(?:on\s+)?(?:to\s+)?(?:the\s+)?(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)(?=[.,;]|\s+(?:in|on|this|next|later|from|for|as|at)\b|$)"
)
_GOES_ON = re.compile(
    r"['’]s?\b|-|\s+(?:will|would|has|have|had|is|was|are|were|could|may|might|can|must|do|does|did|also|to)\b|\s+[a-z]+(?:ed|s)\b|\s+[A-Z]"
)
"""Behind these the name is no place of the row: an owner, or the subject of the next clause."""


def places_beside(name: str, n: int, cast: Cast) -> dict[str, str]:
    """Places that sentence ``n`` names in one row with the planned destination ``name``: key to name."""
    if not 1 <= n <= len(cast.article.sentences):
        return {}
    text = cast.article.sentence(n).text
    own = destination_spans(text, name)
    spans = sorted(set(own) | _places(text, cast))
    found: dict[str, str] = {}
    for span in own:
        if reading(text, *span) != "planned":
            continue
        for start, end in (*_row(text, span, spans), *_behind(text, span, cast)):
            beside = text[start:end]
            if (start, end) not in own and reading(text, start, end) == "planned":
                found.setdefault(_key(beside), beside)
    return {key: beside for key, beside in found.items() if key != _key(name)}


def _key(name: str) -> str:
    return country_of(name) or seat_of(name) or fold_name(name)


def _places(text: str, cast: Cast) -> set[tuple[int, int]]:
    states = [member for member in cast.members if member.kind == "government"]
    found = {(p.start, p.end) for p in places_in(text) if p.form != "adjective"}
    found |= {
        match.span()
        for member in states
        for match in re.finditer(rf"(?<!\w){re.escape(member.name)}(?!\w)", text)
    }
    return {span for span in found if not _GOES_ON.match(text[span[1] :])}


def _row(text: str, span: tuple[int, int], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The row of places around ``span``; empty unless an "and" holds it together."""
    at = spans.index(span) if span in spans else -1
    if at < 0:
        return []
    row, joined = [span], False
    for step in (1, -1):
        here = at
        while 0 <= here + step < len(spans):
            first, second = sorted((spans[here], spans[here + step]))
            link = _NEXT.match(_undated(text[first[1] : second[0]]))
            if link is None:
                break
            joined = joined or bool(re.search(r"\b(?:and|or|as)\b", link["link"]))
            row.append(spans[here + step])
            here += step
    return row if joined else []


def _undated(between: str) -> str:
    """ "Ostia on 3 June and Velia": without the date between them."""
    for phrase in find_time_phrases(between):
        between = between.replace(phrase.text, " ")
    return f" {' '.join(between.split())} " if between.strip() else between


def _behind(text: str, span: tuple[int, int], cast: Cast) -> list[tuple[int, int]]:
    """A capitalised name behind "and" that no list knows: a city, an invented state."""
    found = _NAME_BEHIND.match(text[span[1] :])
    if found is None or find_time_phrases(found["name"]):
        return []
    member = cast.find(found["name"])
    titled = {word.lower() for word in found["name"].split()} & words("titles", of="people")
    if titled or (member is not None and member.kind != "government"):
        return []
    return [(span[1] + found.start("name"), span[1] + found.end("name"))]
