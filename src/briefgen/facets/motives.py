"""Motives: a reason, aim or purpose of somebody's act or policy. Who tells it (``basis``) by code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from briefgen.attribution import Source, hedges_in, is_report_noun, source_name, sources_in
from briefgen.brief import Basis, Motive
from briefgen.cast import Member, is_null
from briefgen.confirmations import member_named, only_person
from briefgen.evidence import whole_sentence
from briefgen.facets.base import Context, Draft, Facet, Finding, Part, Proposal, rule
from briefgen.facets.general import carries
from briefgen.grounding import content_stems, fold
from briefgen.lexicon import cue, words
from briefgen.names import name_pattern
from briefgen.purposes import STRONG, aim_span, led_by_purpose

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

_MOST_SENTENCES = 6


_CONSEQUENCE = re.compile(r",\s+(?:leaving|causing|making|underscoring|indicating|raising|forcing|which)\b")


class MotiveEntry(Draft):
    """What one sentence says of whose aim is what."""

    sentence: int
    holder: str = Field(default="", max_length=200)
    aim: str = Field(default="", max_length=400)


class MotivesDraft(Draft):
    items: tuple[MotiveEntry, ...] = ()


# -- rules -----------------------------------------------------------------------------------------------------


@rule("M01", "an inferred motive shown as stated, or credited to somebody who did not say it")
def basis_as_said(item: Motive, context: Context) -> str | None:
    basis, sources = _basis(item, context)
    if item.basis != basis:
        return f"“{item.basis}”, but the evidence gives “{basis}”"
    strangers = [name for name in item.according_to if name not in sources]
    return f"the sentence does not credit {strangers[0]}" if strangers else None


@rule("M03", "importance or consequence taken for a motive")
def is_purpose(item: Motive, context: Context) -> str | None:
    for piece in item.evidence:
        if context.exists(piece.sentence) and aim_span(item.text, context.text(piece.sentence)) is not None:
            return None
    return "no word of purpose leads to it"


@rule("M02", "a motive of somebody whom the sentence does not speak of")
def holder_named(item: Motive, context: Context) -> str | None:
    for member in context.members((item.holder,)):
        if not any(_holds(member, piece.sentence, item.text, context) for piece in item.evidence):
            return f"the sentence does not say that it is {member.name}’s"
    return None


# -- the facet -------------------------------------------------------------------------------------------------


class MotivesFacet(Facet[MotivesDraft, Motive]):
    name = "motives"
    prefix = "motive"
    order = 40
    draft = MotivesDraft
    rules = (basis_as_said, holder_named, is_purpose)

    def candidates(self, context: Context, part: Part) -> list[int]:
        del context
        found = [
            (-len(STRONG.findall(sentence.text)), sentence.n)
            for sentence in part
            if STRONG.search(sentence.text) and cue("purpose").search(sentence.text)
        ]
        return sorted(n for _, n in sorted(found)[:_MOST_SENTENCES])

    def propose(self, draft: MotivesDraft, context: Context) -> Iterator[Proposal[Motive]]:
        for entry in draft.items:
            if is_null(entry.holder) or is_null(entry.aim):
                continue
            yield self._proposal(entry, context)

    def _proposal(self, entry: MotiveEntry, context: Context) -> Proposal[Motive]:
        proposal: Proposal[Motive] = Proposal(entry.model_dump(exclude_none=True, mode="json"))
        if not context.exists(entry.sentence):
            proposal.findings.append(Finding("G04", f"there is no sentence {entry.sentence}"))
            return proposal
        n = entry.sentence
        aim = led_by_purpose(entry.aim, context.text(n))
        if carries(aim, [n], context, at_least=0.7):
            n = context.ground.carrying(aim, at_least=0.7) or n
        member = _holder(entry.holder, n, context)
        if member is None:
            proposal.findings.append(Finding("A02", f"the article does not have “{entry.holder}”"))
            return proposal
        proposal.findings += filter(None, [carries(aim, [n], context, at_least=0.7)])
        member = _same_side_agent(member, n, aim, context)
        proposal.item = Motive(
            id="",
            holder=member.id,
            text=_as_aim(aim),
            basis="article",
            evidence=(whole_sentence(context.article, n),),
        )
        return proposal

    def identity(self, item: Motive) -> Hashable:
        return item.holder, frozenset(content_stems(item.text))

    def derive(self, item: Motive, context: Context) -> Motive:
        basis, sources = _basis(item, context)
        hedges = tuple(dict.fromkeys(h for p in item.evidence for h in hedges_in(context.text(p.sentence))))
        return item.model_copy(update={"basis": basis, "according_to": sources, "hedges": hedges})


def _holder(name: str, n: int, context: Context) -> Member | None:
    if fold(name) in words("pronouns_any", of="people"):
        return only_person(n, context.cast) or member_named(name, n, context.cast)
    return context.cast.enter(name)


def _same_side_agent(member: Member, n: int, aim: str, context: Context) -> Member:
    """The sentence's own agent where the model named its side by another name (Putin for Russia)."""
    agents = _agents(n, aim, context)
    text = context.text(n)
    if len(agents) != 1 or member in agents or _speaks(agents[0], text):
        return member
    side = context.cast.side(member)
    return agents[0] if side is not None and side == context.cast.side(agents[0]) else member


_STATE_NOUN = re.compile(r"\b(?:government|country|administration|ministry|nation|state)\b", re.IGNORECASE)


def _speaks(member: Member, text: str) -> bool:
    return any(_is_source(member, source) for source in sources_in(text))


def _is_source(member: Member, source: Source) -> bool:
    return bool(re.search(name_pattern(*member.names), source.name))


def _as_aim(aim: str) -> str:
    aim = _CONSEQUENCE.split(aim)[0].strip(" .,;")
    return aim[:1].upper() + aim[1:]


def _basis(item: Motive, context: Context) -> tuple[Basis, tuple[str, ...]]:
    """Innermost source of the sentence: the holder's side states, somebody else attributes, or nobody is named."""
    holder = context.members((item.holder,))
    sources: list[tuple[Source, int]] = []
    for piece in item.evidence:
        if not context.exists(piece.sentence):
            continue
        text = context.text(piece.sentence)
        span = aim_span(item.text, text)
        at = span if span is not None else len(text)
        sources += [(s, piece.sentence) for s in sources_in(text) if _covers(text, s, at)]
    names = [source_name(source.name) for source, _ in sources if _can_be_named(source)]
    speakers = [member_named(source.name, n, context.cast) for source, n in sources]
    if holder and any(speaker and _speaks_for(speaker, holder[0], context) for speaker in speakers):
        return "stated", ()
    return ("attributed", tuple(dict.fromkeys(names))) if names else ("article", ())


def _can_be_named(source: Source) -> bool:
    pronoun = fold(source.name) in words("pronouns_any", of="people")
    return not pronoun and not is_report_noun(source.name)


def _covers(text: str, source: Source, aim: int) -> bool:
    """Whether the aim stands in what the source says, not in an aside of the article."""
    if cue("according").fullmatch(source.cue):
        return True
    between = text[min(source.cue_start, aim) : max(source.cue_start, aim)]
    aside = re.search(r",\s+(?:indicating|underscoring|suggesting|a sign|signal\w+|in an? apparent)", between)
    return not aside and ";" not in between


def _speaks_for(speaker: Member, holder: Member, context: Context) -> bool:
    if speaker.id == holder.id:
        return True
    side = context.cast.side(speaker)
    official = speaker.kind == "government" or bool(speaker.role) or speaker.kind == "organisation"
    return speaker.kind != "media" and official and side is not None and side == context.cast.side(holder)


def _agents(n: int, aim: str, context: Context) -> list[Member]:
    """Who can hold the aim: the last row of names before it that hangs on no preposition."""
    text = context.text(n)
    at = aim_span(aim, text)
    left = text[: at if at is not None else len(text)]
    mentions = [m for m in context.cast.mentions(n) if m.end <= len(left)]
    free = [
        m
        for m in mentions
        if not _HANGS.search(left[: m.start])
        or re.match(r"\s+\w+ing\b", left[m.end :])
        or re.search(r"\b(?:effort|bid|attempt|move|push|drive)s?\s+by\s+$", left[: m.start])
    ]
    if not free:
        return []
    row = [free[-1]]
    for mention in reversed(mentions[: mentions.index(free[-1])]):
        if not re.fullmatch(r",?\s*(?:and\s+)?(?:the\s+)?", text[mention.end : row[0].start]):
            break
        row.insert(0, mention)
    return [mention.member for mention in row]


_HANGS = re.compile(
    r"\b(?:from|with|to|in|of|for|at|on|against|into|like|as|between|over|toward|towards|through|visit|visiting|about|by|under)"
    r"\s+(?:the\s+|an?\s+)?(?:\w+ly\s+)?(?:[A-Z][\w.]+,?\s+(?:and\s+)?){0,3}$"
)


def _speaks_of_itself(member: Member, text: str) -> bool:
    """ "Norland said it wants to …", "“We build roads to …,” Norland said": not "said a deal to …"."""
    for source in sources_in(text):
        if _is_source(member, source):
            said = text[source.cue_start + len(source.cue) :]
            itself = r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Ww]e|[Oo]ur|I|[Mm]y)\b"
            quoted = text[: source.start]
            if re.search(itself, said[:160]) or re.search(itself, quoted) or re.match(r"\s+to\b", said):
                return True
    return False


def _holds(member: Member, n: int, aim: str, context: Context) -> bool:
    """The holder is the agent before the aim, or a pronoun there can stand for it."""
    if not context.exists(n):
        return False
    agents = _agents(n, aim, context)
    text = context.text(n)
    if len(agents) == 1 and _speaks(agents[0], text):
        same_side = context.cast.side(agents[0]) == context.cast.side(member)
        if member.id == agents[0].id:
            return _speaks_of_itself(member, text)
        return same_side and bool(_STATE_NOUN.search(text))
    if agents:
        return member.id in {agent.id for agent in agents}
    if re.search(r"[“\"][^”\"]*\b(?:[Ww]e|[Oo]ur|I|[Mm]y)\b", text):  # the speaker of a quotation
        return any(
            s and s.id == member.id for s in (member_named(x.name, n, context.cast) for x in sources_in(text))
        )
    pronoun = re.search(
        r"\b(?:he|she|it|they|his|her|its|their|the (?:president|minister|premier|chancellor|king|queen|government|"
        r"company|firm|ministry|union|council|army|military|palace|group|party|movement))\b",
        text,
        re.IGNORECASE,
    )
    near = [m.member.id for k in (n - 1, n - 2) if k >= 1 for m in context.cast.mentions(k)]
    return bool(pronoun) and member.id in near
