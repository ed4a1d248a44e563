"""Whose aim it is: who stands as the agent before an aim, and for whom a pronoun there can stand (rule M02)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.attribution import sources_in
from briefgen.confirmations import member_named
from briefgen.lexicon import cue
from briefgen.names import name_pattern
from briefgen.purposes import aim_span

if TYPE_CHECKING:
    from briefgen.attribution import Source
    from briefgen.cast import Cast, Member

_HANGS = re.compile(
    r"\b(?:from|with|to|in|of|for|at|on|against|into|like|as|between|over|toward|towards|through|visit|visiting|about|by|under)"
    r"\s+(?:the\s+|an?\s+)?(?:\w+ly\s+)?(?:[A-Z][\w.]+,?\s+(?:and\s+)?){0,3}$"
)
_EFFORT_BY = re.compile(r"\b(?:effort|bid|attempt|move|push|drive)s?\s+by\s+$")
_ITSELF = re.compile(r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Ww]e|[Oo]ur|I|[Mm]y)\b")
_WE_IN_QUOTES = re.compile(r"[“\"][^”\"]*\b(?:[Ww]e|[Oo]ur|I|[Mm]y)\b")


def is_agent(member: Member, n: int, aim: str, cast: Cast) -> bool:
    """The holder is the agent before the aim in sentence ``n``, or a pronoun there can stand for it."""
    if not 1 <= n <= len(cast.article.sentences):
        return False
    agents = agents_of(n, aim, cast)
    text = cast.article.sentence(n).text
    if len(agents) == 1 and speaks(agents[0], text):
        if member.id == agents[0].id:
            return _speaks_of_itself(member, text)
        same_side = cast.side(agents[0]) == cast.side(member)
        return same_side and bool(cue("state_noun", of="grammar").search(text))
    if agents:
        return member.id in {agent.id for agent in agents}
    if _WE_IN_QUOTES.search(text):  # the speaker of a quotation
        speakers = (member_named(source.name, n, cast) for source in sources_in(text))
        return any(speaker is not None and speaker.id == member.id for speaker in speakers)
    near = [m.member.id for k in (n - 1, n - 2) if k >= 1 for m in cast.mentions(k)]
    return bool(cue("holder_noun", of="grammar").search(text)) and member.id in near


def agents_of(n: int, aim: str, cast: Cast) -> list[Member]:
    """Who can hold the aim: the last row of names before it that hangs on no preposition."""
    text = cast.article.sentence(n).text
    at = aim_span(aim, text)
    left = text[: at if at is not None else len(text)]
    mentions = [m for m in cast.mentions(n) if m.end <= len(left)]
    free = [
        m
        for m in mentions
        if not _HANGS.search(left[: m.start])
        or re.match(r"\s+\w+ing\b", left[m.end :])
        or _EFFORT_BY.search(left[: m.start])
    ]
    if not free:
        return []
    row = [free[-1]]
    for mention in reversed(mentions[: mentions.index(free[-1])]):
        if not re.fullmatch(r",?\s*(?:and\s+)?(?:the\s+)?", text[mention.end : row[0].start]):
            break
        row.insert(0, mention)
    return [mention.member for mention in row]


def speaks(member: Member, text: str) -> bool:
    """Whether the member is a source of the sentence."""
    return any(_is_source(member, source) for source in sources_in(text))


def _is_source(member: Member, source: Source) -> bool:
    return bool(re.search(name_pattern(*member.names), source.name))


def _speaks_of_itself(member: Member, text: str) -> bool:
    """ "Norland said it wants to …", "“We build roads to …,” Norland said": not "said a deal to …"."""
    for source in sources_in(text):
        if _is_source(member, source):
            said = text[source.cue_start + len(source.cue) :]
            quoted = text[: source.start]
            if _ITSELF.search(said[:160]) or _ITSELF.search(quoted) or re.match(r"\s+to\b", said):
                return True
    return False
