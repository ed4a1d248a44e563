"""Who travels in a sentence, and who only speaks of the trip, hosts it or is named beside it (rule V02)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefgen.attribution import sources_in
from briefgen.grounding import fold
from briefgen.lexicon import cue, words
from briefgen.visits import destination_spans

if TYPE_CHECKING:
    from briefgen.cast import Cast, Member, Mention
    from briefgen.lexicon import Cue

_TITLE = re.compile(r"\b[Tt]he ([A-Za-z][a-z]+(?: [Mm]inister)?)\b(?!\s+of\b)")


_NEAR = 30
_OWNER = re.compile(r"['’]s?\b")
_INVITED_BY = re.compile(
    r"(?:invitation\s+(?:from|of|by)|(?:invited|received|hosted|welcomed)\s+by|guests?\s+of)\s+[^,.;“”\"]{0,50}$"
)
_MEETS = re.compile(r"(?:meet(?:ing)?(?:\s+with)?|talks\s+with)\s+[^,.;“”\"]{0,50}$")


def goes(visitor: Member, destination: str, n: int, cast: Cast) -> bool:
    """Whether sentence ``n`` lets the visitor travel to the destination: named before it, or behind a word of
    welcome; a pronoun or a title may stand for one named before.
    """
    if not 1 <= n <= len(cast.article.sentences):
        return False
    text = cast.article.sentence(n).text
    places = destination_spans(text, destination)
    own = [m for m in cast.mentions(n) if m.member.id == visitor.id]
    if not places:
        return False
    last = max(places)[0]
    others = [m for m in cast.mentions(n) if m.member.id != visitor.id and m.member.kind == "person"]
    for mention in own:
        if _by_line(text, mention.start):
            continue
        if _invites(text, mention.start) or _is_hosted(text, mention.end, last):
            continue
        if _another_goes(text[mention.end : last], [o.start - mention.end for o in others]):
            continue
        if mention.start < last and not _only_speaks(text, mention.start, last):
            return True
        if mention.start > places[0][0] and cue("hosting").search(text[: mention.start]):
            return True
    return not own and _is_meant(visitor, n, text[: last + 1], cast)


def _is_meant(visitor: Member, n: int, left: str, cast: Cast) -> bool:
    """Whether "she", "the queen" or "the visit" in ``left`` can stand for the visitor."""
    title = _TITLE.search(left)
    if title and cast.find(title[1]) is not None:
        return has_title(visitor, left, cast)
    before = [m.member.id for k in (n - 1, n - 2) if k >= 1 for m in _antecedents(k, cast)]
    office = title and cue("offices", of="people").fullmatch(title[1]) and _may_be(visitor, title[1])
    return bool(office or _stands_for_one_before(left, n, cast)) and visitor.id in before


def _may_be(visitor: Member, office: str) -> bool:
    """Whether somebody of the visitor's office can be "the prime minister": not where his own is another."""
    return visitor.role is None or bool(set(fold(office).split()) & set(fold(visitor.role).split()))


def _stands_for_one_before(left: str, n: int, cast: Cast) -> bool:
    """Whether a word in ``left`` can stand for somebody of the sentence before: no "he" or "his" behind another
    person's name ("Rell will visit Velia after her trip to Ostia": the trip is Rell's).
    """
    people = [m.end for m in cast.mentions(n) if m.member.kind == "person"]
    return any(
        fold(found[0]) not in words("pronouns_person", of="people")
        or not any(end <= found.start() for end in people)
        for found in cue("stands_for_visitor", of="grammar").finditer(left)
    )


def _antecedents(n: int, cast: Cast) -> list[Mention]:
    """Who of sentence ``n`` can be the next one's "he": not the king of "The President praised the king’s …"."""
    text = cast.article.sentence(n).text
    if not _TITLE.match(text):
        return cast.mentions(n)
    return [mention for mention in cast.mentions(n) if not _OWNER.match(text, mention.end)]


def has_title(member: Member, left: str, cast: Cast) -> bool:
    """Whether "the queen" in ``left`` is the member, as the only one with that title."""
    title = _TITLE.search(left)
    holder = cast.find(title[1]) if title else None
    return holder is not None and holder.id == member.id


def _another_goes(between: str, others: list[int]) -> bool:
    """ "Lind spoke after reports that Rell will visit Ostia": the clause of the trip has a traveller of its own."""
    clauses = list(re.finditer(r"\b(?:that|when|where|because|while|as)\b", between))
    if not clauses:
        return False
    inner = [at for at in others if clauses[-1].end() <= at < len(between)]
    return bool(inner) and "," not in between[inner[0] :]


def _only_speaks(text: str, start: int, destination: int) -> bool:
    """ "The envoy said that a delegation might travel to …": the one who speaks does not go."""
    for source in sources_in(text):
        if source.start <= start < source.end and source.end <= source.cue_start < destination:
            said = text[source.cue_start + len(source.cue) : destination]
            if re.match(r"\s*(?:on\s+\w+\s+)?(?:that\s+)?[A-Z]\w+(?:['’]s\b|\s+[A-Z])", said):
                return True  # "Peskov added Putin's meeting …"
            other = re.search(
                r"^(.*?)\b(?:might|may|will|would|could|was|were|is|are|has|had|planned|plans)\b", said
            )
            if other is None:
                return bool(
                    re.match(r"[^“”\"]{0,14}\bthat\s+(?!he\b|she\b|it\b|they\b|his\b|her\b|their\b)", said)
                )
            return bool(other[1].strip(" ,")) and not re.search(r"\b(?:he|she|it|they)\s*$", other[1])
    return False


def _by_line(text: str, start: int) -> bool:
    """ "according to Lind", "told Lind": named in passing; "a visit by Lind" is his."""
    left = text[max(0, start - 60) : start]
    return _leads_up(cue("by_line", of="grammar"), left) and not _leads_up(
        cue("visits_by", of="grammar"), left
    )


def _leads_up(listed: Cue, left: str) -> bool:
    """Whether the last word of the list leads up to the end of ``left``, an article and a title between."""
    found = listed.finditer(left)
    between = left[found[-1].end() :] if found else ""
    return (
        bool(found)
        and between[:1].isspace()
        and len(re.findall(r"\w+", between)) <= 3
        and not re.search(r"[^\w\s]", between)
    )


def _is_hosted(text: str, end: int, destination: int) -> bool:
    """ "Kim invited Putin to visit North Korea": the one who invites does not travel."""
    verb = cue("inviting", of="grammar").search(text[end:destination])
    if verb is None or verb.start() > _NEAR or re.search(r"[,.;]", text[end : end + verb.start()]):
        return False
    return not re.search(r"\b(?:was|were|been|is|are|be|being)\s*$", text[end : end + verb.start()])


def receives(host: Member, n: int, cast: Cast) -> bool:
    """Whether sentence ``n`` lets the host invite or welcome: named before such a word, or as its agent."""
    if not 1 <= n <= len(cast.article.sentences):
        return False
    text = cast.article.sentence(n).text
    for mention in cast.mentions(n):
        if mention.member.id != host.id:
            continue
        if _is_hosted(text, mention.end, len(text)):
            return True
        left = text[max(0, mention.start - 80) : mention.start]
        if _invites(text, mention.start) or _MEETS.search(left):
            return True
    return False


def _invites(text: str, start: int) -> bool:
    """ "at the invitation of Kim", "invited by Kim": he is where the visitor goes."""
    return bool(_INVITED_BY.search(text[max(0, start - 80) : start]))
