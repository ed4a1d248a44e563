"""Motives: a reason, aim or purpose of somebody's act or policy. Who tells it (``basis``) by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from briefgen.aim_holders import holder_of, stands_for_others
from briefgen.attribution import hedges_in
from briefgen.brief import Motive
from briefgen.cast import is_null
from briefgen.confirmations import member_named, only_person
from briefgen.evidence import whole_sentence
from briefgen.facets.base import Context, Draft, Facet, Finding, Part, Proposal
from briefgen.facets.general import carries
from briefgen.facets.motive_rules import MOTIVE_RULES, basis_of
from briefgen.grounding import content_stems, fold
from briefgen.held_aims import held_aims
from briefgen.holders import agents_of, speaks
from briefgen.lexicon import cue, words
from briefgen.purposes import is_worth_reading, led_by_purpose, turns_round

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from briefgen.cast import Member

_MOST_SENTENCES = 6


class MotiveEntry(Draft):
    """What one sentence says of whose aim is what."""

    sentence: int
    holder: str = Field(default="", max_length=200)
    aim: str = Field(default="", max_length=400)


class MotivesDraft(Draft):
    items: tuple[MotiveEntry, ...] = ()


class MotivesFacet(Facet[MotivesDraft, Motive]):
    name = "motives"
    prefix = "motive"
    order = 40
    draft = MotivesDraft
    rules = MOTIVE_RULES

    def candidates(self, context: Context, part: Part) -> list[int]:
        del context
        found = [(-count, sentence.n) for sentence in part if (count := is_worth_reading(sentence.text))]
        return sorted(n for _, n in sorted(found)[:_MOST_SENTENCES])

    def to_read(self, context: Context, part: Part) -> list[int]:
        """Not the sentences whose aims and their holders the grammar leaves no doubt of: code reads these."""
        return [n for n in self.candidates(context, part) if not held_aims(context.text(n))]

    def supply(self, context: Context) -> Iterator[Motive]:
        """Aims behind a plain word of purpose whose holder the sentence leaves no doubt of, where the model has none."""
        kept = [item for item in context.items[self.name] if isinstance(item, Motive)]
        for sentence in context.article.telling:
            told = [item for item in kept if sentence.n in {piece.sentence for piece in item.evidence}]
            for aim in held_aims(sentence.text):
                holder = holder_of(sentence.n, aim, context.cast)
                stems = content_stems(aim.text)
                known = any(len(stems & content_stems(item.text)) > len(stems) / 2 for item in told)
                if holder is not None and not known:
                    item = Motive(
                        id="",
                        holder=holder.id,
                        text=_as_aim(aim.text),
                        basis="article",
                        evidence=(whole_sentence(context.article, sentence.n),),
                    )
                    told.append(item)
                    yield item

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
        if stands_for_others(entry.holder, n, context.cast):
            proposal.findings.append(Finding("M02", f"sentence {n} does not name “{entry.holder}”"))
            return proposal
        aim = led_by_purpose(entry.aim, context.text(n))
        if carries(aim, [n], context, at_least=0.7):
            n = context.ground.carrying(aim, at_least=0.7) or n
        member = _holder(entry.holder, n, context)
        if member is None:
            proposal.findings.append(Finding("A02", f"the article does not have “{entry.holder}”"))
            return proposal
        proposal.findings += filter(None, [carries(aim, [n], context, at_least=0.7)])
        member = _same_side_agent(member, n, aim, context)
        lost = turns_round(aim, context.text(n))
        aim = f"{lost} {aim}" if lost else aim
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
        basis, sources = basis_of(item, context)
        hedges = tuple(dict.fromkeys(h for p in item.evidence for h in hedges_in(context.text(p.sentence))))
        return item.model_copy(update={"basis": basis, "according_to": sources, "hedges": hedges})


def _holder(name: str, n: int, context: Context) -> Member | None:
    if fold(name) in words("pronouns_any", of="people"):
        return only_person(n, context.cast) or member_named(name, n, context.cast)
    return context.cast.enter(name)


def _same_side_agent(member: Member, n: int, aim: str, context: Context) -> Member:
    """The sentence's own agent where the model named its side by another name (Putin for Russia)."""
    agents = agents_of(n, aim, context.cast)
    text = context.text(n)
    if len(agents) != 1 or member in agents or speaks(agents[0], text):
        return member
    side = context.cast.side(member)
    return agents[0] if side is not None and side == context.cast.side(agents[0]) else member


def _as_aim(aim: str) -> str:
    for found in cue("consequence", of="grammar").finditer(aim):
        if aim[: found.start()].rstrip().endswith(","):
            aim = aim[: found.start()]
            break
    aim = aim.partition(";")[0].strip(" .,;")
    return aim[:1].upper() + aim[1:]
