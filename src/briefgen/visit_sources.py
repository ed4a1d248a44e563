"""Who stands for a visit: the sources of its sentences, each once, by the name that tells most."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.attribution import credited_in, is_unnamed, source_name, sources_in
from briefgen.grounding import fold, fold_name
from briefgen.lexicon import cue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.cast import Cast, Member

_MOST_WORDS = 24
_BARE = frozenset({"source", "the source", "a source"})


def credited(numbers: Iterable[int], cast: Cast) -> tuple[str, ...]:
    """The sources of these sentences as a brief shows them: "Rell" of the second is "Ada Rell" of the first, and
    "the source" is the one last described.
    """
    found: dict[str, str] = {}
    for n in numbers:
        for name in credited_in(cast.article.sentence(n).text):
            shown = _described(n, cast) or name if fold(name) == "the source" else name
            member = cast.find(shown) or _paper_at_end(shown, n, cast)
            found.setdefault(member.id if member else fold_name(shown), shown)
    described = [name for name in found.values() if is_unnamed(name) and fold(name) not in _BARE]
    return tuple(name for name in found.values() if not (described and fold(name) in _BARE))


def _paper_at_end(name: str, n: int, cast: Cast) -> Member | None:
    """ "Norlandic newspaper Lantern": Lantern, where the cast has it as a medium."""
    named = (m.member for m in cast.mentions(n) if m.member.kind == "media")
    return next((member for member in named if name.endswith(f" {member.name}")), None)


def only_tells_source(text: str) -> bool:
    """Whether a sentence does nothing but say who told the one before: "Source: …", "The daily Lantern reports this"."""
    if len(text.split()) > _MOST_WORDS or not sources_in(text):
        return False
    verbs = cue("tells_this", of="grammar").pattern
    return bool(
        re.match(
            r"(?:Sources?:|The (?:announcement|news|information|confirmation) (?:came|comes) from)\s", text
        )
        or re.match(rf"(?:This|It) (?:is|was|has been) {verbs} by\s", text)
        or re.search(rf"\s{verbs}\s(?:about\s)?(?:this|it)\W*$", text)
    )


def _described(n: int, cast: Cast) -> str | None:
    """ "A diplomatic source" of a sentence before: whom "the source" of sentence ``n`` means."""
    for sentence in reversed(cast.article.sentences[: n - 1]):
        for source in reversed(sources_in(sentence.text)):
            name = source_name(source.name)
            if re.search(r"\w\s+source$", name) and fold(name) not in _BARE:
                return name
    return None
