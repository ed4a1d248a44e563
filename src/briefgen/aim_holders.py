"""Who in the cast holds an aim that code reads: the member behind the name, "He" or "The President" of the sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.confirmations import only_person
from briefgen.geography import places_in
from briefgen.grounding import fold
from briefgen.lexicon import cue, table, words
from briefgen.names import is_body, looks_like_person
from briefgen.parties import own_name

if TYPE_CHECKING:
    from briefgen.cast import Cast, Member
    from briefgen.held_aims import HeldAim

_SECOND = 2
_TITLE = 3
"""How many words may stand before the name with which a sentence opens."""


def holder_of(n: int, aim: HeldAim, cast: Cast) -> Member | None:
    """The one whom sentence ``n`` gives this aim; whom "He" or "The President" stands for, where only one can."""
    if not aim.referring:
        return None if stands_for_others(aim.holder, n, cast) else cast.enter(own_name(aim.holder))
    if fold(aim.holder) in words("pronouns_person", of="people"):
        return _spoken_of(n - 1, cast)
    member = cast.find(aim.holder)
    return member if member is not None and _alone_in_office(member, aim.holder, cast) else None


def stands_for_others(name: str, n: int, cast: Cast) -> bool:
    """ "The two leaders", "the officials" of sentence ``n``: people whom a sentence before has named, nobody of their own."""
    words_of = re.sub(r"^(?:the|both)\s+", "", name, flags=re.IGNORECASE).split()
    if not words_of or fold(words_of[-1]) not in words("office_plurals", of="people") | words(
        "anaphoric", of="people"
    ):
        return False
    numbered = len(words_of) == 1 or (len(words_of) == 2 and fold(words_of[0]) in table("words")["numbers"])
    definite = re.compile(
        rf"(?<!\w)(?:the|both)\s+{re.escape(' '.join(words_of))}(?!\w)(?!\s+(?:of|in|from|at)\s)",
        re.IGNORECASE,
    )
    return numbered and definite.search(cast.article.sentence(n).text) is not None


def meant_by(name: str, n: int, cast: Cast) -> tuple[Member, ...]:
    """Whom "the two leaders" of sentence ``n`` stands for: everybody in office who met in the sentence before, if there
    are as many of them as it says.
    """
    if n < _SECOND or not stands_for_others(name, n, cast):
        return ()
    people = {m.member.id: m.member for m in cast.mentions(n - 1) if m.member.kind == "person"}
    met = cue("meets", of="grammar").search(cast.article.sentence(n - 1).text)
    numbers = [table("words")["numbers"].get(fold(word)) for word in name.split()]
    said = next((number for number in numbers if number), len(people))
    alike = (
        met
        and len(people) >= _SECOND
        and len(people) == said
        and all(member.role for member in people.values())
    )
    return tuple(people.values()) if alike else ()


def _spoken_of(n: int, cast: Cast) -> Member | None:
    """The only person whom sentence ``n`` names, where it begins with the name."""
    person = only_person(n, cast)
    if person is None:
        return None
    own = {fold(word) for name in person.names for word in name.split()}
    others = (m.text for m in cast.names if m.n == n and " " in m.text and looks_like_person(m.text))
    strangers = [
        name for name in others if not {fold(word) for word in name.split()} & own and not is_body(name)
    ]
    first = cast.mentions(n)[0]
    opens = first.member == person and cast.article.sentence(n).text[: first.start].count(" ") <= _TITLE
    return person if opens and not any(not places_in(name) for name in strangers) else None


def _alone_in_office(member: Member, office: str, cast: Cast) -> bool:
    """Nobody else of the article has the office: "The President" of two presidents is neither."""
    title = fold(office).removeprefix("the ").split()[-1]
    bearers = re.findall(
        rf"(?<![Vv]ice )(?i:{re.escape(title)}) ((?:[A-Z][\w.’'-]* ?){{1,4}})", cast.article.text
    )
    surnames = {fold(name.split()[-1].rstrip(".,")) for name in bearers}
    own = {fold(word) for name in member.names for word in name.split()}
    return surnames <= own
