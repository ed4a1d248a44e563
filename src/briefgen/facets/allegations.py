"""Allegations: somebody says that somebody did something blameworthy. Never told as a fact of the brief."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import Field

from briefgen.accusations import (
    Roles,
    accusations_in,
    co_accusers,
    order_fault,
    responses_in,
    spans_of,
    stance_in,
)
from briefgen.attribution import source_name, speaker_of
from briefgen.brief import Allegation, Response
from briefgen.cast import Member, is_null
from briefgen.charges import Charge, charges_in, is_gerund, is_vague
from briefgen.evidence import whole_sentence
from briefgen.facets.base import Context, Draft, Facet, Finding, Part, Proposal, rule
from briefgen.facets.general import carries
from briefgen.geography import places_in
from briefgen.grounding import content_stems, fold
from briefgen.lexicon import cue, words
from briefgen.time_phrases import find_time_phrases
from briefgen.timing import Timing, direction_of, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_SENTENCES = 6
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


# -- rules -----------------------------------------------------------------------------------------------------


def _accusing(item: Allegation, context: Context) -> list[int]:
    return [
        p.sentence
        for p in item.evidence
        if context.exists(p.sentence) and accusations_in(context.text(p.sentence))
    ]


@rule("L01", "concern or criticism taken for an accusation")
def accuses(item: Allegation, context: Context) -> str | None:
    return None if _accusing(item, context) else "no accusing word in the evidence"


def _fault(item: Allegation, context: Context) -> tuple[str, str] | None:
    faults = []
    for n in _accusing(item, context):
        roles = Roles(n, tuple(context.members(item.accusers)), tuple(context.members(item.accused)))
        fault = order_fault(roles, context.cast)
        if fault is None:
            return None
        faults.append(fault)
    return max(faults, default=None)


@rule("L02", "an accuser or accused who is neither")
def parties_as_said(item: Allegation, context: Context) -> str | None:
    fault = _fault(item, context)
    return fault[1] if fault and fault[0] == "L02" else None


@rule("L03", "accuser and accused swapped")
def not_swapped(item: Allegation, context: Context) -> str | None:
    fault = _fault(item, context)
    if fault and fault[0] == "L03":
        return fault[1]
    first = _first_named(item.claim, context.members((*item.accusers, *item.accused)))
    if first and first.id in item.accusers and first.id not in item.accused:
        named = [member for member in context.members(item.accused) if _names_in(item.claim, member)]
        return f"the claim makes {first.name}, the accuser, the one who acted" if named else None
    return None


def _first_named(claim: str, among: list[Member]) -> Member | None:
    places = [
        (at, -len(name), member) for member in among for name in member.names if (at := claim.find(name)) >= 0
    ]
    return min(places, key=lambda place: place[:2])[2] if places else None


def _names_in(claim: str, member: Member) -> bool:
    return any(name in claim for name in member.names)


@rule("L04", "a joint accuser left out", critical=False)
def every_accuser(item: Allegation, context: Context) -> str | None:
    for n in _accusing(item, context):
        missing = co_accusers(context.members(item.accusers), n, context.cast)
        if missing:
            return f"sentence {n} also has {', '.join(member.name for member in missing)}"
    return None


@rule("L05", "a response changed")
def responses_as_said(item: Allegation, context: Context) -> str | None:
    for response in item.responses:
        if response.stance == "not_reported":
            continue
        stances = [
            found[0] for piece in response.evidence if (found := stance_in(context.text(piece.sentence)))
        ]
        if response.stance not in stances:
            return f"“{response.stance}”, but the sentence says {stances[0] if stances else 'nothing of it'}"
    return None


@rule("L06", "a response left out")
def every_response(item: Allegation, context: Context) -> str | None:
    answered = {response.by for response in item.responses}
    for member in context.members(item.accused):
        if member.id not in answered:
            return f"{member.name} has no entry, not even “not reported”"
    given = {(response.by, response.stance) for response in item.responses}
    for expected in _responses(item, context):
        if expected.stance != "not_reported" and (expected.by, expected.stance) not in given:
            return f"the answer “{expected.stance}” of sentence {expected.evidence[0].sentence} is missing"
    return None


@rule("L07", "closed without ground")
def closed_with_ground(item: Allegation, context: Context) -> str | None:
    if item.status == _status(item, context):
        return None
    return f"“{item.status}” has no support in the article"


# -- the facet -------------------------------------------------------------------------------------------------


class AllegationsFacet(Facet[AllegationsDraft, Allegation]):
    name = "allegations"
    prefix = "allegation"
    order = 30
    draft = AllegationsDraft
    rules = (
        accuses, parties_as_said, not_swapped, every_accuser, responses_as_said, every_response, closed_with_ground,
    )  # fmt: skip

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
            claim=_capital(entry.claim.strip(" ,;")),
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
        item = item.model_copy(update={"responses": _responses(item, context), "made": _made(item, context)})
        return item.model_copy(update={"status": _status(item, context)})


def _charged(charge: Charge, n: int, context: Context) -> Allegation | None:
    """The item of an accusation read by code; ``None`` where the cast does not know a party."""
    parties: list[list[str]] = []
    for names in (charge.accusers, charge.accused):
        members = [_party(_state_of(context.cast.book.named(name), context), context) for name in names]
        if not all(members):
            return None
        parties.append([member.id for member in dict.fromkeys(members) if member])
    item = Allegation(
        id="",
        accusers=tuple(parties[0]),
        accused=tuple(parties[1]),
        claim=charge.claim if is_gerund(charge.claim) else _capital(charge.claim),
        evidence=(whole_sentence(context.article, n),),
    )
    return item


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


def _responses(item: Allegation, context: Context) -> tuple[Response, ...]:
    """Every answer that the article gives, and ``not_reported`` for each accused without one."""
    found: list[Response] = []
    accused = context.members(item.accused)
    answered = set()
    for n in _accusing(item, context):
        for speaker, member, stance, evidence in responses_in(n, accused, context.cast):
            by = member.id if member.kind != "group" else speaker.id
            if all((r.by, r.stance) != (by, stance) for r in found):
                found.append(Response(by=by, stance=stance, evidence=(evidence,)))
            answered.add(by)
    found += [
        Response(by=member.id, stance="not_reported") for member in accused if member.id not in answered
    ]
    return tuple(found)


def _made(item: Allegation, context: Context) -> Timing | None:
    """When the accusation was made (L09): a phrase before the accusing word, or right behind it."""
    for n in _accusing(item, context):
        text = context.text(n)
        first = accusations_in(text)[0]
        for phrase in find_time_phrases(text):
            claim = re.search(r"\s(?:of|that|for)\s", text[first.end :])
            near = phrase.end <= first.start or (
                claim and first.end <= phrase.start <= first.end + claim.start()
            )
            if near and direction_of(phrase.text) != "future":
                return resolve(phrase.text, context.article.published, direction="past")
    return None


def _status(item: Allegation, context: Context) -> str:
    texts = [context.text(p.sentence) for p in item.evidence if context.exists(p.sentence)]
    if any(cue("withdrawn").search(text) for text in texts):
        return "withdrawn"
    if any(cue("adjudicated").search(text) for text in texts):
        return "adjudicated"
    admitted = {response.by for response in item.responses if response.stance == "admitted"}
    return "admitted" if item.accused and set(item.accused) <= admitted else "unresolved"


def _capital(claim: str) -> str:
    return claim[:1].upper() + claim[1:]
