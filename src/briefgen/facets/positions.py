"""Positions: who takes which stance on what. The place of concern, criticism and demands, which accuse nobody.

Code reads them; a model that answers everything in one call may add to them. A small model is not asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from briefgen.accusations import accusations_in
from briefgen.aim_holders import meant_by, stands_for_others
from briefgen.attribution import hedges_in, is_report_noun, source_name, sources_in
from briefgen.brief import Position, PositionStance
from briefgen.cast import Member, is_null
from briefgen.confirmations import member_named
from briefgen.evidence import whole_sentence
from briefgen.facets.base import Context, Draft, Facet, Finding, Part, Proposal, rule
from briefgen.facets.general import carries
from briefgen.grounding import fold
from briefgen.lexicon import cue, words
from briefgen.stances import StanceRead, stances_in

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator


_BEHIND = re.compile(r"\s(?:of|in|for|from|at|to|on)\s")


class PositionEntry(Draft):
    """The stance that one sentence reports."""

    sentence: int
    holder: str = Field(default="", max_length=200)
    stance: PositionStance
    about: str = Field(default="", max_length=400)


class PositionsDraft(Draft):
    items: tuple[PositionEntry, ...] = ()


@rule("P01", "a stance that the sentence does not report of its holder")
def stance_as_said(item: Position, context: Context) -> str | None:
    """The verb that takes the stance is in the sentence, and the holder is its subject."""
    holder = next((member.name for member in context.members((item.holder,))), item.holder)
    for piece in item.evidence:
        for read in stances_in(context.text(piece.sentence)):
            if read.stance == item.stance and any(
                member.id == item.holder for member in _members(read, piece.sentence, context)
            ):
                return None
    return f"the sentence reports no {item.stance} of {holder}"


@rule("G02", "what it is about is not in the sentence")
def about_carried(item: Position, context: Context) -> str | None:
    cited = [piece.sentence for piece in item.evidence if context.exists(piece.sentence)]
    found = carries(item.text, cited, context, at_least=0.7)
    return found.message if found else None


class PositionsFacet(Facet[PositionsDraft, Position]):
    name = "positions"
    prefix = "position"
    order = 45
    draft = PositionsDraft
    rules = (stance_as_said, about_carried)
    answer_tokens = 400

    def candidates(self, context: Context, part: Part) -> list[int]:
        del context
        return [sentence.n for sentence in part if stances_in(sentence.text)]

    def asks(self, context: Context, part: Part) -> bool:
        """A small model is not asked: it has nothing to add to what code reads."""
        del context, part
        return False

    def complete(self, context: Context) -> Iterator[Position]:
        for sentence in context.article.telling:
            for read in stances_in(sentence.text):
                if _accuses(read, sentence.text):
                    continue
                for member in _members(read, sentence.n, context, pronouns=False):
                    if _settled(member, context):
                        yield self._position(member, read.stance, read.text, sentence.n, context)

    def propose(self, draft: PositionsDraft, context: Context) -> Iterator[Proposal[Position]]:
        for entry in draft.items:
            if is_null(entry.holder) or is_null(entry.about):
                continue
            proposal: Proposal[Position] = Proposal(entry.model_dump(mode="json"))
            member = context.cast.enter(entry.holder)
            if not context.exists(entry.sentence):
                proposal.findings.append(Finding("G04", f"there is no sentence {entry.sentence}"))
            elif member is None:
                proposal.findings.append(Finding("A02", f"the article does not have “{entry.holder}”"))
            else:
                about = entry.about.strip(" .")
                proposal.item = self._position(member, entry.stance, about, entry.sentence, context)
            yield proposal

    def _position(
        self, member: Member, stance: PositionStance, text: str, n: int, context: Context
    ) -> Position:
        return Position(
            id="",
            holder=member.id,
            stance=stance,
            text=text,
            hedges=hedges_in(context.text(n)),
            evidence=(whole_sentence(context.article, n),),
        )

    def identity(self, item: Position) -> Hashable:
        return item.holder, item.stance, tuple(piece.sentence for piece in item.evidence)

    def derive(self, item: Position, context: Context) -> Position:
        names = [
            name
            for piece in item.evidence
            for read in stances_in(context.text(piece.sentence))
            if read.stance == item.stance
            for name in _told_by(read, context.text(piece.sentence))
        ]
        return item.model_copy(update={"according_to": tuple(dict.fromkeys(names))})


def _accuses(read: StanceRead, text: str) -> bool:
    """ "condemned Velia for jamming its radio" is an allegation; "condemned the launch" is none."""
    for_a_deed = re.search(r"\s(?:for|of)\s(?:\w+ing|its|his|her|their)\b", read.text)
    return bool(for_a_deed) and any(each.start == read.start for each in accusations_in(text))


def _told_by(read: StanceRead, text: str) -> Iterator[str]:
    """Who else tells of the stance: before it in its clause, or right behind it; not the "saying" of the holder."""
    for source in sources_in(text):
        start, end = min(source.start, source.cue_start), max(source.start, source.cue_start)
        before = end < read.start and not re.search(r"[;:]", text[end : read.start])
        behind = start >= read.end and re.fullmatch(r"[\s,”\"']*", text[read.end : start])
        according = start >= read.end and cue("according").fullmatch(source.cue)
        named = not is_report_noun(source.name) and fold(source.name) not in words(
            "pronouns_any", of="people"
        )
        own = source.cue.endswith("ing") or any(source.name in holder for holder in read.holders)
        if (before or behind or according) and named and not own:
            yield source_name(source.name)


def _members(read: StanceRead, n: int, context: Context, *, pronouns: bool = True) -> Iterator[Member]:
    """The members that the subject names; a pronoun is the only person of the sentence before."""
    for name in read.holders:
        if fold(name) in words("pronouns_any", of="people"):
            member = member_named(name, n, context.cast) if pronouns else None
        elif stands_for_others(name, n, context.cast):
            yield from meant_by(name, n, context.cast)
            continue
        else:
            member = _holder(name, n, context)
        if member is not None:
            yield member


def _holder(name: str, n: int, context: Context) -> Member | None:
    """The member at the head of the noun phrase: "Norland’s critics" are not Norland."""
    cast = context.cast
    known = cast.find(source_name(name))
    if known:
        return known
    text = context.text(n)
    at = text.find(name)
    head = at + len(_BEHIND.split(name)[0])
    inside = [m for m in cast.mentions(n) if at <= m.start and m.end <= at + len(name)]
    for mention in inside:
        if mention.end == head:
            return mention.member
    if inside or not name.removeprefix("the ").removeprefix("The ")[:1].isupper():
        return member_named(name, n, cast) if not inside and fold(name).startswith("the ") else None
    return member_named(name, n, cast)


def _settled(member: Member, context: Context) -> bool:
    """Whether it is known what the member is: a lone capitalised word that nobody has named an actor may be anything."""
    named = any(item.id == member.id for item in context.items.get("actors", ()))
    return named or member.kind != "person" or " " in member.name or member.role is not None
