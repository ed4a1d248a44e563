"""Allegations: somebody says that somebody did something blameworthy. Never told as a fact of the brief."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from briefgen.accusations import (
    accusations_in,
    co_accusers,
    spans_of,
)
from briefgen.attribution import source_name, speaker_of
from briefgen.brief import Allegation
from briefgen.cast import Member, is_null
from briefgen.charges import Charge, charges_in, is_gerund, is_vague
from briefgen.evidence import whole_sentence
from briefgen.facets.allegation_rules import ALLEGATION_RULES, made_of, responses_of, status_of
from briefgen.facets.base import Context, Draft, Facet, Finding, Part, Proposal
from briefgen.facets.general import carries
from briefgen.geography import places_in
from briefgen.grounding import content_stems, fold
from briefgen.lexicon import cue, words
from briefgen.names import name_pattern
from briefgen.parties import own_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_SENTENCES = 6
_MOST_READ = 4
_ALIKE = 0.6
"""Share of the shorter claim's words from which two claims are one."""


class AllegationEntry(Draft):
    """What one sentence says of who accuses whom."""

    sentence: int
    accusers: tuple[str, ...] = Field(default=(), max_length=6)
    accused: tuple[str, ...] = Field(default=(), max_length=6)
    claim: str = Field(default="", max_length=400)


class AllegationsDraft(Draft):
    items: tuple[AllegationEntry, ...] = ()


class AllegationsFacet(Facet[AllegationsDraft, Allegation]):
    name = "allegations"
    prefix = "allegation"
    order = 30
    draft = AllegationsDraft
    rules = ALLEGATION_RULES

    def candidates(self, context: Context, part: Part) -> list[int]:
        del context
        found = []
        for sentence in part:
            if accusations_in(sentence.text):
                strong = bool(cue("accusing").search(sentence.text)) + bool(
                    cue("wrongdoing").search(sentence.text)
                )
                found.append((-strong, sentence.n))
        return sorted(n for _, n in sorted(found)[:_MOST_SENTENCES])

    def to_read(self, context: Context, part: Part) -> list[int]:
        """Not the accusations whose shape leaves no doubt: code reads these."""
        found = self.candidates(context, part)
        return [n for n in found if not any(charges_in(context.text(n)))][:_MOST_READ]

    def supply(self, context: Context) -> Iterator[Allegation]:
        """The accusations whose shape leaves no doubt, where nothing of the model's stands for them."""
        kept = [item for item in context.items[self.name] if isinstance(item, Allegation)]
        for sentence in context.article.telling:
            told = [item for item in kept if sentence.n in {piece.sentence for piece in item.evidence}]
            for charge in charges_in(sentence.text):
                item = _charged(charge, sentence.n, context)
                if item and not any(set(item.accused) & set(other.accused) for other in told):
                    yield item

    def propose(self, draft: AllegationsDraft, context: Context) -> Iterator[Proposal[Allegation]]:
        for entry in draft.items:
            accused = [name for name in entry.accused if not is_null(name)]
            accusers = [name for name in entry.accusers if not is_null(name)]
            if not accused or is_null(entry.claim):
                continue
            yield self._proposal(entry, accusers, accused, context)

    def _proposal(
        self, entry: AllegationEntry, accusers: list[str], accused: list[str], context: Context
    ) -> Proposal[Allegation]:
        raw = entry.model_dump(exclude_none=True, mode="json")
        proposal: Proposal[Allegation] = Proposal(raw)
        if not context.exists(entry.sentence):
            proposal.findings.append(Finding("G04", f"there is no sentence {entry.sentence}"))
            return proposal
        members: list[list[Member]] = []
        for names in (accusers, accused):
            entered = [(name, _party(name, context)) for name in names]
            missing = [name for name, member in entered if member is None]
            proposal.findings += [Finding("A02", f"the article does not have “{name}”") for name in missing]
            members.append(list(dict.fromkeys(member for _, member in entered if member)))
        if proposal.findings:
            return proposal
        n = self._sentence(entry, context)
        proposal.findings += filter(None, [carries(entry.claim, [n], context, at_least=0.75)])
        members[0] = list(dict.fromkeys(_subject_of(member, n, context) for member in members[0]))
        joined = [*members[0], *co_accusers(members[0], n, context.cast)]
        proposal.item = Allegation(
            id="",
            accusers=tuple(member.id for member in joined),
            accused=tuple(member.id for member in members[1]),
            claim=_capital(_without_frame(entry.claim.strip(" ,;"), joined)),
            evidence=(whole_sentence(context.article, n),),
        )
        return proposal

    def _sentence(self, entry: AllegationEntry, context: Context) -> int:
        """The cited sentence if it accuses, else the accusing one that carries the claim."""
        if accusations_in(context.text(entry.sentence)):
            return entry.sentence
        best = context.ground.carrying(entry.claim, at_least=0.7)
        return best if best and accusations_in(context.text(best)) else entry.sentence

    def same(self, first: Allegation, second: Allegation) -> bool:
        """One claim against the same accused, whoever repeats it."""
        mine, theirs = content_stems(first.claim), content_stems(second.claim)
        alike = len(mine & theirs) >= _ALIKE * max(1, min(len(mine), len(theirs)))
        vague = is_vague(first.claim) or is_vague(second.claim)
        joint = vague and bool(set(first.accusers) & set(second.accusers))
        return (alike or joint) and set(first.accused) == set(second.accused)

    def merge(self, first: Allegation, second: Allegation) -> Allegation:
        merged = super().merge(first, second)
        accusers = tuple(dict.fromkeys((*first.accusers, *second.accusers)))
        accused = tuple(dict.fromkeys((*first.accused, *second.accused)))
        return merged.model_copy(update={"accusers": accusers, "accused": accused})

    def derive(self, item: Allegation, context: Context) -> Allegation:
        item = item.model_copy(
            update={"responses": responses_of(item, context), "made": made_of(item, context)}
        )
        return item.model_copy(update={"status": status_of(item, context)})


def _charged(charge: Charge, n: int, context: Context) -> Allegation | None:
    """The item of an accusation read by code; ``None`` where the cast does not know a party."""
    parties: list[list[str]] = []
    for names in (charge.accusers, charge.accused):
        members = [_charged_party(name, context) for name in names]
        if not all(members):
            return None
        parties.append([member.id for member in dict.fromkeys(members) if member])
    return Allegation(
        id="",
        accusers=tuple(parties[0]),
        accused=tuple(parties[1]),
        claim=charge.claim if is_gerund(charge.claim) else _capital(charge.claim),
        evidence=(whole_sentence(context.article, n),),
    )


def _charged_party(name: str, context: Context) -> Member | None:
    """A party as the sentence names it: the firm of "the printing firm Type & Son", the state behind "Velian"."""
    return _party(_state_of(own_name(name), context), context)


def _state_of(name: str, context: Context) -> str:
    """The state behind an adjective ("Velian involvement"), as the article names it; else the name."""
    places = places_in(name)
    if not (places and places[0].form == "adjective" and (places[0].start, places[0].end) == (0, len(name))):
        return name
    for sentence in context.article.telling:
        for place in places_in(sentence.text):
            if place.code == places[0].code and place.form == "name":
                return sentence.text[place.start : place.end]
    return name


def _subject_of(member: Member, n: int, context: Context) -> Member:
    """The one who speaks where the model named only a part of it ("Washington" of "officials in Washington")."""
    text = context.text(n)
    for each in accusations_in(text):
        subject = speaker_of(text, each.start, each.end)
        end = subject[1] + len(subject[0]) if subject else 0
        inside = subject and any(
            subject[1] <= s[0] and s[1] <= end for s in spans_of(member, n, context.cast)
        )
        if subject and inside and member.name != source_name(subject[0]):
            whole = context.cast.find(source_name(subject[0]))
            if whole is not None and whole.kind == "group":
                return whole
    return member


def _party(name: str, context: Context) -> Member | None:
    if fold(name) in words("pronouns_any", of="people"):
        return None
    return context.cast.enter(name)


def _without_frame(claim: str, accusers: Sequence[Member]) -> str:
    """The claim without "The authorities allege that" before it: who says so stands beside it."""
    verb = cue("framing").search(claim)
    said = claim[: verb.start()] if verb else ""
    if verb is None or not any(re.search(name_pattern(*member.names), said) for member in accusers):
        return claim
    return claim[verb.end() :].strip().removeprefix("that ").strip() or claim


def _capital(claim: str) -> str:
    return claim[:1].upper() + claim[1:]
