"""Whose aim it is: who stands as the agent before an aim, and for whom a pronoun there can stand (rule M02)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.attribution import sources_in
from briefgen.cast import Mention
from briefgen.confirmations import member_named
from briefgen.geography import country_of, places_in
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
_MADE_TO = re.compile(
    r"\b(?:press|urg|ask|persuad|forc|allow|help|order|invit|push|want|tell|pressur|compel|requir)(?:e|es|ed|ing|s)?"
    r"\s+(?:the\s+|an?\s+)?$"
)
""""pressing Velia to end it": the aim is not Velia's."""
_ACTING = re.compile(r"\s+(?!(?:brief|build|meet|rul|warn|hear|k|morn|even|train)ing\b)\w+ing\b")
_FINITE = re.compile(r"\s+(?:is|are|was|were|has|have|had|will|would|seeks|aims|hopes|wants)\b")
_EFFORT_BY = re.compile(r"\b(?:effort|bid|attempt|move|push|drive)s?\s+by\s+$")
_GOAL_OF = re.compile(r"\b(?:goal|aim|objective|purpose|mission)s?\s+of\s+(?:the\s+)?$")
_ITSELF = re.compile(r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Ww]e|[Oo]ur|I|[Mm]y)\b")
_OPENS_WITH_TITLE = re.compile(
    r"(?:[A-Z]\w+(?: \w+){0,3}, )?[Tt]he ([A-Za-z]+)\s+(?:will|would|also|is|was|has|had)\b"
)
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
    titled = _titled(text, cast)
    if titled is not None:
        return member.id == titled.id
    near = [m.member.id for k in (n - 1, n - 2) if k >= 1 for m in cast.mentions(k)]
    return bool(cue("holder_noun", of="grammar").search(text)) and member.id in near


def _titled(text: str, cast: Cast) -> Member | None:
    """Who "The president will …" is, if one member alone has that office."""
    found = _OPENS_WITH_TITLE.match(text)
    return cast.find(found[1]) if found else None


def agents_of(n: int, aim: str, cast: Cast) -> list[Member]:
    """Who can hold the aim: the last row of names before it that hangs on no preposition."""
    text = cast.article.sentence(n).text
    at = aim_span(aim, text)
    left = text[: at if at is not None else len(text)]
    mentions = [m for m in _mentions(n, cast) if m.end <= len(left)]
    free = [
        m
        for m in mentions
        if not (_HANGS.search(left[: m.start]) or _is_made_to(left, m.start, m.end))
        or (left[: m.start].endswith(", ") and _FINITE.match(left, m.end))
        or _ACTING.match(left, m.end)
        or _EFFORT_BY.search(left[: m.start])
        or _GOAL_OF.search(left[: m.start])
    ]
    if not free:
        return []
    row = [free[-1]]
    alone = left[: free[-1].start].endswith(", ") and _FINITE.match(left, free[-1].end)
    for mention in () if alone else reversed(mentions[: mentions.index(free[-1])]):
        if not re.fullmatch(r",?\s*(?:and\s+)?(?:the\s+)?", text[mention.end : row[0].start]):
            break
        row.insert(0, mention)
    return [mention.member for mention in row]


def _mentions(n: int, cast: Cast) -> list[Mention]:
    """Where sentence ``n`` names members; a state by its capital too ("Selm will build …")."""
    found = list(cast.mentions(n))
    taken = [(mention.start, mention.end) for mention in found]
    for place in places_in(cast.article.sentence(n).text):
        state = next((m for m in cast.members if country_of(m.name) == place.code), None)
        free = all(place.end <= start or end <= place.start for start, end in taken)
        if place.form == "seat" and state is not None and free:
            found.append(Mention(state, place.start, place.end))
    return sorted(found, key=lambda mention: mention.start)


def _is_made_to(left: str, start: int, end: int) -> bool:
    return left[end:].strip() in {"", "to"} and bool(_MADE_TO.search(left[max(0, start - 40) : start]))


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
