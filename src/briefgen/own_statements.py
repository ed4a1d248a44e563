"""An article that is itself the statement of a visitor's or host's side ("Statement by Press Secretary … on President
Rell's Travel to Ostia"): what it says of the trip is confirmed by that side, and the aims it gives are stated.

All of this must hold, else an article is what it is everywhere: news about others.

- The title is nothing but: statement, by an office, on the travel of somebody, to places that the text names.
- The publisher, where it is known, is a body of government, not a newspaper.
- No sentence tells what the issuer said: a report about the statement does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefgen.attribution import is_report_noun, sources_in
from briefgen.geography import country_of, first_state, places_in, seat_of
from briefgen.grounding import fold
from briefgen.lexicon import cue, words
from briefgen.names import strip_titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.article import Article
    from briefgen.cast import Cast, Member

_TRAVEL = r"(?:\w+\s+){0,2}?(?:[Tt]ravel|[Tt]rip|[Vv]isit|[Jj]ourney|[Tt]our)"
_PLACES = r"(?P<where>[A-Z][\w’'.-]*(?:,?\s(?:(?:and|of|the)\s)*[A-Z][\w’'.-]*)*)"
_TITLE = re.compile(
    r"(?:Press\s+)?(?:[Ss]tatement|[Aa]nnouncement|[Cc]ommuniqu[eé]|Press\s+[Rr]elease)\s+(?:by|from|of)\s+"
    r"(?P<issuer>[^:;]{4,90}?)\s+(?:on|regarding|about)\s+(?:[Uu]pdates\s+to\s+)?(?:the\s+)?"
    rf"(?:(?P<who>[\w.’' -]{{3,80}}?)['’]s?\s+{_TRAVEL}|{_TRAVEL}\s+of\s+(?P<of>[\w.’' -]{{3,80}}?))\s+to\s+(?:the\s+)?"
    + _PLACES
)
_OF_STATEMENT = re.compile(
    r"\b(?:[Aa]ccording\s+to|in)\s+(?:the|an?|its|his|her)\s+(?:press\s+)?statement\b|\bstatement\s+(?:said|says)\b"
)
_NO_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True)
class OwnStatement:
    """``issuer``: the office that speaks; ``traveller``: whose journey it is, both as the title names them."""

    issuer: str
    traveller: str


@lru_cache(maxsize=64)
def own_statement(article: Article) -> OwnStatement | None:
    """What the title says of issuer and traveller, if the article is such a statement."""
    found = _TITLE.fullmatch((article.title or "").strip().rstrip("."))
    if found is None or not (
        cue("offices", of="people").search(found["issuer"])
        or cue("government", of="people").search(found["issuer"])
    ):
        return None
    if article.publisher and not _is_official(article.publisher):
        return None
    if not all(_is_named(place, article) for place in re.split(r",\s+(?:and\s+)?|\s+and\s+", found["where"])):
        return None
    told = OwnStatement(found["issuer"], _NO_POSSESSIVE.sub("", found["who"] or found["of"]).strip())
    return None if _is_reported(told, article) else told


def speaks_in(cast: Cast) -> Member | None:
    """Who stands for the issuer in the brief: its body or state if the text names one, else the traveller."""
    told = own_statement(cast.article)
    if told is None:
        return None
    for name in _bodies(told, cast.article):
        named = any(name in sentence.text for sentence in cast.article.telling)
        member = cast.enter(name, "government") if named else None
        if member is not None:
            return member
    return next((member for member in cast.members if is_traveller(member, told)), None)


def is_traveller(member: Member, told: OwnStatement) -> bool:
    """Whether the title's "President Rell" or "the President" is this member."""
    bare = fold(strip_titles(told.traveller) or told.traveller)
    if bare in {fold(part) for name in member.names for part in (name, *name.split())}:
        return True
    return member.kind == "person" and bool(member.role) and fold(member.role or "") == fold(told.traveller)


def is_of_issuer(member: Member, cast: Cast) -> bool:
    """Whether an own statement's aims are this member's to state: the traveller's, or those of the issuer's side."""
    told = own_statement(cast.article)
    if told is None:
        return False
    if is_traveller(member, told):
        return True
    state = next(iter(_states(told, cast.article)), None)
    return state is not None and cast.side(member) == state


def _is_official(publisher: str) -> bool:
    return bool(
        seat_of(publisher) or country_of(publisher) or cue("government", of="people").search(publisher)
    )


def _is_named(place: str, article: Article) -> bool:
    bare = place.removeprefix("the ").strip()
    return bool(re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", article.text)) or fold(bare) in words(
        "regions", of="people"
    )


def _is_reported(told: OwnStatement, article: Article) -> bool:
    """Whether some sentence tells what the issuer, or "the statement", said."""
    own = {fold(word) for word in re.findall(r"[A-Z]\w+", strip_titles(told.issuer))}
    for sentence in article.telling:
        if _OF_STATEMENT.search(sentence.text):
            return True
        for source in sources_in(sentence.text):
            named = {fold(word) for word in re.findall(r"[A-Z]\w+", source.name)}
            if is_report_noun(source.name) or named & own or cue("offices", of="people").search(source.name):
                return True
    return False


def _states(told: OwnStatement, article: Article) -> Iterator[str]:
    for text in filter(None, (article.publisher, told.issuer)):
        code = seat_of(text) or first_state(text)
        if code:
            yield code


def _bodies(told: OwnStatement, article: Article) -> Iterator[str]:
    """The publisher's name, then the name that the text has for its state."""
    if article.publisher:
        yield article.publisher.removeprefix("The ").removeprefix("the ")
    for code in _states(told, article):
        named = [
            sentence.text[place.start : place.end]
            for sentence in article.telling
            for place in places_in(sentence.text)
            if place.code == code and place.form == "name"
        ]
        yield from sorted(
            named, key=lambda name: "." in name or name.isupper()
        )  # "United States" before "U.S."
