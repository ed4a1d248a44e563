"""Whose aim it is: who stands as the agent before an aim, and for whom a pronoun there can stand (rule M02)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.attribution import sources_in
from briefgen.confirmations import member_named, only_person
from briefgen.geography import places_in
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
_EFFORT_BY = re.compile(r"\b(?:effort|bid|attempt|move|push|drive)s?\s+by\s+$")
_GOAL_OF = re.compile(r"\b(?:goal|aim|objective|purpose|mission)s?\s+of\s+(?:the\s+)?$")
_HE_OR_SHE = re.compile(r"\b(?:where\s+)?(?:he|she)\b")
_ITSELF = re.compile(r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Ww]e|[Oo]ur|I|[Mm]y)\b")
_TURNS = re.compile(
    r"[’']s?\s+(?:\w+\s+){0,2}(?:effort|bid|attempt|move|push|campaign|plan|drive)s?\b|[;—“”\"]|,\s+\w+ing\b|"
    r"\b(?:despite|amid|while|whereas|which|that|who|whose|although|because|than|said|says|say|saying|has to|have to|must|should|need|needs|support|he|she|it|they|we)\b"
)
"""Between agent and aim, one of these makes the aim somebody else's."""
_CLAUSE_OPENS = re.compile(
    r"(?:^|,\s|[;:—“\"]\s?|\b(?:that|said|says|but|while|as)\s)(?:[Tt]he\s|an?\s)?(?:[A-Z][\w.’'-]*\s){0,4}$"
)
"""The agent opens its clause: nothing but its own titles stands before it."""
_OPENS_WITH_PERSON = re.compile(
    r"(?:[A-Z]\w+(?: \w+)?, )?(?:He|he|She|she)\s+(?!said\b|says\b|told\b|added\b)"
)
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


def holder_of(n: int, aim: str, cast: Cast) -> Member | None:
    """The one whose aim it is, where the sentence leaves no doubt: its only agent, or the one its subject stands for."""
    text = cast.article.sentence(n).text
    at = aim_span(aim, text)
    if at is None:
        return None
    agents = list(dict.fromkeys(agents_of(n, aim, cast)))
    if agents:
        spans = [(m.start, m.end) for m in cast.mentions(n) if m.member.id == agents[-1].id and m.end <= at]
        if len(agents) > 1 or not spans or _TURNS.search(text[spans[-1][1] : at]):
            return None
        of_deed = text[: spans[-1][0]].endswith(" of ") and _ACTING.match(text, spans[-1][1])
        by_effort = _EFFORT_BY.search(text[: spans[-1][0]]) or _GOAL_OF.search(text[: spans[-1][0]])
        if not (_CLAUSE_OPENS.search(text[: spans[-1][0]]) or of_deed or by_effort):
            return None
        adjectives = {(p.start, p.end) for p in places_in(text) if p.form == "adjective"}
        return None if spans[-1] in adjectives else agents[0]
    titled = _titled(text, cast)
    before = _HE_OR_SHE.sub("", text[:at]) if titled and titled.kind == "person" else text[:at]
    if _TURNS.search(before):
        return None
    if _OPENS_WITH_PERSON.match(text):
        return only_person(n - 1, cast)
    return titled


def _titled(text: str, cast: Cast) -> Member | None:
    """Who "The president will …" is, if one member alone has that office."""
    found = _OPENS_WITH_TITLE.match(text)
    return cast.find(found[1]) if found else None


def agents_of(n: int, aim: str, cast: Cast) -> list[Member]:
    """Who can hold the aim: the last row of names before it that hangs on no preposition."""
    text = cast.article.sentence(n).text
    at = aim_span(aim, text)
    left = text[: at if at is not None else len(text)]
    mentions = [m for m in cast.mentions(n) if m.end <= len(left)]
    free = [
        m
        for m in mentions
        if not (_HANGS.search(left[: m.start]) or _is_made_to(left, m.start, m.end))
        or _ACTING.match(left, m.end)
        or _EFFORT_BY.search(left[: m.start])
        or _GOAL_OF.search(left[: m.start])
    ]
    if not free:
        return []
    row = [free[-1]]
    for mention in reversed(mentions[: mentions.index(free[-1])]):
        if not re.fullmatch(r",?\s*(?:and\s+)?(?:the\s+)?", text[mention.end : row[0].start]):
            break
        row.insert(0, mention)
    return [mention.member for mention in row]


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
