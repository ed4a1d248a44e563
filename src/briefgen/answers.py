"""How the accused answered: the stance by its cue, and whose answer it is (rules L05 and L06)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.accusations import accusations_in
from briefgen.attribution import phrase_after, speaker_of
from briefgen.confirmations import member_named
from briefgen.evidence import Evidence, whole_sentence
from briefgen.grounding import is_negated
from briefgen.lexicon import cue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefgen.brief import Stance
    from briefgen.cast import Cast, Member

_FAR = 4
"""How many sentences behind the accusation an answer may stand."""


def stance_in(text: str) -> tuple[Stance, re.Match[str]] | None:
    """How somebody answers in this sentence, by its cue, and the cue."""
    order: tuple[tuple[Stance, str], ...] = (
        ("neither_confirmed_nor_denied", "respond_neither"),
        ("declined_to_comment", "respond_declined"),
        ("did_not_respond", "respond_silent"),
        ("counter_accused", "respond_counter"),
        ("denied", "respond_denied"),
        ("admitted", "respond_admitted"),
    )
    for stance, listed in order:
        for match in cue(listed).finditer(text):
            if stance not in {"denied", "admitted"} or not is_negated(text, match.start()):
                return stance, match
    return None


def responses_in(
    accusation: int, accused: Sequence[Member], cast: Cast
) -> Iterator[tuple[Member, Member, Stance, Evidence]]:
    """Answers to the accusation of sentence ``accusation``: speaker, the accused it answers for, stance, evidence.

    They stand in the same sentence or within the next four.
    """
    last = min(len(cast.article.sentences), accusation + _FAR)
    for n in range(accusation, last + 1):
        text = cast.article.sentence(n).text
        if (
            n > accusation
            and any(each.voice != "noun" for each in accusations_in(text))
            and not re.search(r"\b(?:denied|denies|rejected|declined)\b", text)
        ):
            continue
        found = stance_in(text)
        if found is None:
            continue
        stance, match = found
        speaker = _responder(text, match, n, cast)
        for member in accused:
            if speaker is not None and _answers_for(speaker, member, cast):
                yield speaker, member, stance, whole_sentence(cast.article, n)


def _responder(text: str, match: re.Match[str], n: int, cast: Cast) -> Member | None:
    source = speaker_of(text, match.start(), match.end())
    if source is None:
        after = phrase_after(text, match.end())
        source = after if re.match(r"\s+by\b", text[match.end() :]) else None
    return member_named(source[0], n, cast) if source else None


def _answers_for(speaker: Member, accused: Member, cast: Cast) -> bool:
    if speaker.id == accused.id:
        return True
    official = speaker.kind in {"person", "government", "organisation"}
    return official and cast.side(speaker) is not None and cast.side(speaker) == cast.side(accused)
