"""What the sides have said of a visit: confirmations, and the status that follows from them.

Media and unnamed sources never confirm; preparation is not occurrence; a negation forbids ``confirmed``
(DESIGN.md section 3, rules V03 to V08).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.attribution import (
    hedges_in,
    is_name,
    is_unnamed,
    phrase_after,
    sources_in,
    speaker_of,
    subject_before,
)
from briefgen.brief import Confirmation
from briefgen.evidence import whole_sentence
from briefgen.geography import country_of, seat_of
from briefgen.grounding import fold, fold_name, is_negated
from briefgen.lexicon import cue, words
from briefgen.names import is_body, strip_titles
from briefgen.own_statements import is_traveller, own_statement, speaks_in
from briefgen.time_phrases import find_time_phrases
from briefgen.timing import direction_of
from briefgen.visits import asserts_plan, destination_spans, is_destination, reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefgen.brief import Aspect, ConfirmationValue, PlannedVisit, VisitStatus
    from briefgen.cast import Cast, Member

_STILL_TO_SAY = re.compile(r"\b(?:to|will|would|may|might|could|should|shall)\s+(?:\w+ly\s+|also\s+)?$")


@dataclass(frozen=True)
class Concern:
    """How a sentence speaks of a visit: its destination ``named``, or together with ``all`` visits."""

    named: bool
    all: bool


def concerns(visit_name: str, others: Sequence[str], text: str) -> Concern | None:
    """Whether the sentence speaks of this visit; ``others`` are the destinations of the other visits."""
    spans = destination_spans(text, visit_name)
    if any(is_destination(text, *span) for span in spans):
        return Concern(named=True, all=False)
    if cue("visit_nouns_plural").search(text):
        return Concern(named=False, all=True)
    elsewhere = any(destination_spans(text, other) for other in others)
    if cue("visit_nouns").search(text) and not elsewhere and not others:
        return Concern(named=False, all=True)
    return None


def confirmations_of(visit: PlannedVisit, others: Sequence[str], cast: Cast) -> tuple[Confirmation, ...]:
    """Everything the visitor's or the host's side says of the visit, in the order of the article."""
    found: list[Confirmation] = []
    for sentence in cast.article.telling:
        concern = concerns(visit.destination.name, others, sentence.text)
        if concern is None or _speaks_of_past_only(visit, sentence.text):
            continue
        for aspect, value, speaker in statements(sentence.n, cast):
            if not on_a_side(speaker, visit, cast):
                continue
            if value == "confirmed" and not concern.named and others:
                continue  # V07: one confirmation is not spread over two visits
            if any((c.aspect, c.value, c.by) == (aspect, value, speaker.name) for c in found):
                continue
            found.append(
                Confirmation(
                    aspect=aspect,
                    value=value,
                    by=speaker.name,
                    evidence=(whole_sentence(cast.article, sentence.n),),
                )
            )
    return tuple(found)


def _speaks_of_past_only(visit: PlannedVisit, text: str) -> bool:
    spans = destination_spans(text, visit.destination.name)
    readings = [reading(text, *span) for span in spans]
    return bool(readings) and "past" in readings and "planned" not in readings


def statements(n: int, cast: Cast) -> tuple[tuple[Aspect, ConfirmationValue, Member], ...]:
    """What anybody says of a visit in sentence ``n``: aspect, value and speaker."""
    if not 1 <= n <= len(cast.article.sentences):
        return ()
    return cast.remember("statements", n, lambda: _statements(cast.article.sentence(n).text, n, cast))


def _statements(text: str, n: int, cast: Cast) -> Iterator[tuple[Aspect, ConfirmationValue, Member]]:
    declined = cue("declining").search(text)
    if declined:
        speaker = _speaker(text, declined, n, cast)
        if speaker:
            yield aspect_of(text), "declined_to_comment", speaker
        return
    for value, listed in (("postponed", "postponing"), ("cancelled", "cancelling")):
        for match in cue(listed).finditer(text):
            doing = match[0].endswith("ing")  # "is postponing": whoever does it says it
            passive = not doing and re.search(
                r"\b(?:be|been|is|was|are|were)\s+(?:\w+ly\s+)?$", text[: match.start()]
            )
            impersonal = passive or fold(match[0]) == "would have to wait"
            speaker = None if impersonal else _speaker(text, match, n, cast)
            speaker = speaker or _telling(text, n, cast)
            if speaker and not is_negated(text, match.start()):
                yield "occurrence", value, speaker  # type: ignore[misc]  # literals of the tuple
                return
    for match in cue("denying").finditer(text):
        speaker = _speaker(text, match, n, cast)
        if speaker and not is_negated(text, match.start()):
            yield aspect_of(text), "denied", speaker
            return
    yield from _affirmations(text, n, cast)


def _affirmations(text: str, n: int, cast: Cast) -> Iterator[tuple[Aspect, ConfirmationValue, Member]]:
    confirmed = False
    for match in cue("confirming").finditer(text):
        if fold(match[0]) in {"confirmation", "announcement"} and not is_negated(text, match.start()):
            continue
        negated = is_negated(text, match.start(), match.end())
        if not negated and _STILL_TO_SAY.search(text[: match.start()]):
            continue  # "is expected to announce agreements"
        speaker = _speaker(text, match, n, cast)
        if speaker is None:
            continue
        yield aspect_of(text), "not_confirmed" if negated else "confirmed", speaker
        confirmed = True
    invited = cue("aspect_invitation").search(text)
    if invited and fold(invited[0]).startswith("accept"):
        speaker = _speaker(text, invited, n, cast)
        if speaker and not is_negated(text, invited.start()):
            yield "invitation", "confirmed", speaker
            confirmed = True
    if not confirmed and asserts_plan(text) and not cue("negations").search(text):
        yield from _own_announcement(text, n, cast)
        yield from _own_statement(text, cast)


def _own_announcement(text: str, n: int, cast: Cast) -> Iterator[tuple[Aspect, ConfirmationValue, Member]]:
    """ "She said she will travel": a party that tells its own plan confirms it."""
    if not cue("announces_plan", of="grammar").search(text):
        return
    for match in cue("confirming_saying").finditer(text):
        after = phrase_after(text, match.end()) if fold(match[0]) == "according to" else None
        speaker = member_named(after[0], n, cast) if after else _speaker(text, match, n, cast)
        if speaker:
            yield aspect_of(text), "confirmed", speaker
            return


def _own_statement(text: str, cast: Cast) -> Iterator[tuple[Aspect, ConfirmationValue, Member]]:
    """ "The President will travel to …" in a statement of the President's own side confirms it."""
    if sources_in(text) or hedges_in(text):
        return
    to_come = any(direction_of(phrase.text) == "future" for phrase in find_time_phrases(text))
    if not to_come and not cue("sure_plan", of="grammar").search(text):
        return
    speaker = speaks_in(cast)
    if speaker is not None:
        yield aspect_of(text), "confirmed", speaker


def aspect_of(text: str) -> Aspect:
    """V08: preparation is never occurrence; dates need the word."""
    named: tuple[Aspect, ...] = ("preparation", "dates", "agenda", "invitation")
    for aspect in named:
        match = cue(f"aspect_{aspect}").search(text)
        if match and not (
            aspect == "invitation"
            and fold(match[0]).startswith("invit")
            and "accept" not in fold(text)
            and cue("plan").search(text)
        ):
            return aspect
    return "occurrence"


def _speaker(text: str, match: re.Match[str], n: int, cast: Cast) -> Member | None:
    source = speaker_of(text, match.start(), match.end())
    if source and fold(source[0]) in words("pronouns_person", of="people"):
        told = [s for s in sources_in(text) if s.cue_start < match.start() and s.name != source[0]]
        if told:  # "Bozkir announced that he was postponing"
            return member_named(told[-1].name, n, cast)
    return member_named(source[0], n, cast) if source else None


def _telling(text: str, n: int, cast: Cast) -> Member | None:
    """Who tells the sentence, where the verb itself has no subject ("announced that the trip was off")."""
    for match in (*cue("confirming").finditer(text), *cue("confirming_saying").finditer(text)):
        source = subject_before(text, match.start())
        if source:
            return member_named(source[0], n, cast)
    return None


def member_named(name: str, n: int, cast: Cast) -> Member | None:
    """The member that a noun phrase of sentence ``n`` names; a pronoun is the only person of the sentence
    before. Unnamed sources are nobody.
    """
    if is_unnamed(name):
        return None
    if fold(name) in words("pronouns_any", of="people"):
        return only_person(n - 1, cast) if fold(name) in words("pronouns_person", of="people") else None
    text = cast.article.sentence(n).text
    at = text.find(name)
    bearer = cast.book.bearer(name)
    if bearer:  # "Pekka Lind, Norland's ambassador to Ostia"
        return cast.enter(bearer, "person")
    inside = [m.member for m in cast.mentions(n) if at <= m.start and m.end <= at + len(name)]
    people = [member for member in inside if member.kind == "person"]
    if people or inside:
        return (people or inside)[-1 if people else 0]
    known = cast.find(name) or _definite(name, n, cast)
    if known:
        return known
    seat = seat_of(name)
    if seat:
        of_seat = next((member for member in cast.members if country_of(member.name) == seat), None)
        return cast.enter(name) if of_seat is None or is_body(name) else of_seat
    if is_name(strip_titles(name)) or (cast.state_key(name) and _is_official(name)):
        return cast.enter(name)
    return None


def _definite(name: str, n: int, cast: Cast) -> Member | None:
    """ "the firm", "the army": the one body named in this sentence or the two before."""
    noun = fold(name).removeprefix("the ")
    bodies = (
        words("organisation", of="people")
        | words("government", of="people")
        | words("corporate", of="people")
    )
    if not fold(name).startswith("the ") or noun not in bodies or name[len("the ") :][:1].isupper():
        return None  # "the Kremlin" is a name
    near = {m.member.id: m.member for k in (n, n - 1, n - 2) if k >= 1 for m in cast.mentions(k)}
    kinds = {"government"} if noun in words("government", of="people") else {"organisation", "group"}
    found = [member for member in near.values() if member.kind in kinds]
    return found[0] if len(found) == 1 else None


def _is_official(name: str) -> bool:
    pattern = cue("offices", of="people")
    return bool(pattern.search(name) or cue("government", of="people").search(name))


def only_person(n: int, cast: Cast) -> Member | None:
    """The one person whom sentence ``n`` names, if it names exactly one."""
    if n < 1:
        return None
    people = {m.member.id: m.member for m in cast.mentions(n) if m.member.kind == "person"}
    return next(iter(people.values())) if len(people) == 1 else None


def on_a_side(member: Member, visit: PlannedVisit, cast: Cast) -> bool:
    """V06: whether the member belongs to the visitor's or the host's side."""
    if member.kind == "media" or is_unnamed(member.name):
        return False
    if member.id in (*visit.visitors, *visit.hosts):
        return True
    told = own_statement(cast.article)
    if told is not None and speaks_in(cast) == member:
        return any(is_traveller(visitor, told) for visitor in cast.members if visitor.id in visit.visitors)
    side = cast.side(member)
    if side is None:
        return False
    sides = {cast.side(visitor) for visitor in cast.members if visitor.id in visit.visitors}
    host = visit.destination.country or country_of(visit.destination.name) or seat_of(visit.destination.name)
    return side in sides | {
        host,
        cast.state_key(visit.destination.name),
        fold_name(visit.destination.name),
    } - {None}


def derive_status(confirmations: Sequence[Confirmation], *, asserted: bool) -> VisitStatus:
    """The first that fits (DESIGN.md section 3)."""
    of_occurrence = [c.value for c in confirmations if c.aspect == "occurrence"]
    values: tuple[VisitStatus, ...] = ("cancelled", "postponed", "denied")
    for value in values:
        if value in of_occurrence:
            return value
    if "confirmed" in of_occurrence:
        return "confirmed"
    if any(c.value == "confirmed" for c in confirmations):
        return "partly_confirmed"
    return "reported" if asserted else "possible"
