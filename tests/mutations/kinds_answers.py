"""Kinds of break: what the accused answered, how an accusation ended, and what is none (L01, L05 to L08)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from breaks import Kind, Mutant, added, behind, changed, kind, named_in, new_id, same_side
from kinds_allegations import third_parties

from briefgen.brief import Allegation, Background, Response, SummarySentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

    from briefgen.brief import AllegationStatus, Stance


# -- answers -------------------------------------------------------------------------------------------------------


def _stance(name: str, before: tuple[Stance, ...], after: Stance, codes: str = "L05") -> Kind:
    def make(subject: Subject) -> Iterator[Mutant]:
        for item in subject.brief.allegations:
            for at, response in enumerate(item.responses):
                if response.stance in before:
                    responses = list(item.responses)
                    evidence = response.evidence or item.evidence[:1]
                    responses[at] = response.model_copy(
                        update={"stance": after, "evidence": () if after == "not_reported" else evidence}
                    )
                    shown = f"{subject.name(response.by)}: {response.stance} → {after}"
                    yield changed(subject, "allegations", item, shown, responses=tuple(responses))

    return Kind(name, frozenset(codes.split()), make)


_SILENT: tuple[Stance, ...] = ("neither_confirmed_nor_denied", "declined_to_comment", "did_not_respond")
denial_for_silence = _stance("a denial where none was given", _SILENT, "denied")
comment_declined = _stance(
    "“neither confirmed nor denied” turned into “declined to comment”", _SILENT[:1], "declined_to_comment"
)
silence_for_comment = _stance(
    "“declined to comment” turned into “did not respond”", _SILENT[1:2], "did_not_respond"
)
neither_for_declined = _stance(
    "“declined to comment” turned into “neither confirmed nor denied”",
    _SILENT[1:],
    "neither_confirmed_nor_denied",
)
admission_for_denial = _stance("an admission where it was denied", ("denied",), "admitted")
silence_for_denial = _stance("a denial turned into “declined to comment”", ("denied",), "declined_to_comment")
counter_for_denial = _stance("a denial turned into a counter-accusation", ("denied",), "counter_accused")
admission_for_silence = _stance("an admission where nothing was said", _SILENT, "admitted")
response_lost = _stance("an answer turned into “not reported”", ("denied", *_SILENT), "not_reported", "L06")
response_invented = _stance("a denial that the article does not report", ("not_reported",), "denied")


@kind("the answers left out", "L06")
def responses_dropped(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        if item.responses:
            yield changed(subject, "allegations", item, "no responses", responses=())


@kind("an answer given to somebody else", "L05 L06")
def response_of_another(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        for at, response in enumerate(item.responses):
            for actor in (*item.accusers, *(a.id for a in third_parties(item, subject, here=False))):
                if response.stance != "not_reported":
                    responses = list(item.responses)
                    responses[at] = response.model_copy(update={"by": actor})
                    shown = f"{subject.name(response.by)}’s “{response.stance}” → {subject.name(actor)}’s"
                    yield changed(subject, "allegations", item, shown, responses=tuple(responses))


@kind("answers of two accusations exchanged", "L05 L06")
def responses_exchanged(subject: Subject) -> Iterator[Mutant]:
    items = subject.brief.allegations
    for item in items:
        for other in items:
            stances = [r.stance for r in item.responses]
            if other.id != item.id and stances != [r.stance for r in other.responses]:
                responses = tuple(
                    mine.model_copy(update={"stance": theirs.stance, "evidence": theirs.evidence})
                    for mine, theirs in zip(item.responses, other.responses, strict=False)
                )
                yield changed(subject, "allegations", item, f"answers of {other.id}", responses=responses)


def _closed(name: str, status: AllegationStatus) -> Kind:
    def make(subject: Subject) -> Iterator[Mutant]:
        for item in subject.brief.allegations:
            if item.status == "unresolved":
                yield changed(subject, "allegations", item, f"unresolved → {status}", status=status)

    return Kind(name, frozenset({"L07"}), make)


closed_as_admitted = _closed("an accusation closed as admitted", "admitted")
closed_as_withdrawn = _closed("an accusation closed as withdrawn", "withdrawn")
closed_as_adjudicated = _closed("an accusation closed as settled by a court", "adjudicated")


# -- what is none --------------------------------------------------------------------------------------------------


def _no_accusation(name: str, cue: str) -> Kind:
    """A kind that makes an accusation of what is concern, criticism, a demand or a threat."""
    pattern = re.compile(cue, re.IGNORECASE)

    def make(subject: Subject) -> Iterator[Mutant]:
        accused_of = {e.sentence for item in subject.brief.allegations for e in item.evidence}
        for sentence in subject.article.telling:
            found = pattern.search(sentence.text)
            if (
                found is None
                or sentence.n in accused_of
                or re.search(r"accus|alleg|blam|lying|guilty", sentence.text)
            ):
                continue
            before = named_in(sentence.text[: found.start()], subject)
            after = [
                a
                for a, _ in named_in(sentence.text[found.end() :], subject)
                if a not in [b for b, _ in before]
            ]
            claim = sentence.text[found.end() :].strip(' ,.;”"')[:120]
            if before and len(claim.split()) > 2:
                accused = (
                    after[:1] or [a for a in subject.brief.actors if not same_side(a, before[-1][0])][:1]
                )
                item = Allegation(
                    id=new_id(subject, "allegations", "allegation"),
                    accusers=(before[-1][0].id,),
                    accused=tuple(a.id for a in accused),
                    claim=claim,
                    responses=tuple(Response(by=a.id, stance="not_reported") for a in accused),
                    evidence=behind(subject, sentence.n),
                )
                yield added(
                    subject,
                    "allegations",
                    item,
                    f"{before[-1][1]} accuses {[a.name for a in accused]}: “{claim}”",
                )

    return Kind(name, frozenset({"L01", "L02"}), make)


concern_as_accusation = _no_accusation(
    "concern taken for an accusation", r"concern(?:s|ed)? (?:over|about|that)|worr(?:y|ied)|fears?\b"
)
criticism_as_accusation = _no_accusation(
    "criticism taken for an accusation",
    r"\b(?:criticis?z?ed|condemned|slammed|denounced|called|complained|spoken out)\b",
)
demand_as_accusation = _no_accusation(
    "a demand taken for an accusation", r"\b(?:demanded|urged|called (?:up)?on|wants|insisted|must)\b"
)
threat_as_accusation = _no_accusation(
    "a threat or a warning taken for an accusation",
    r"\b(?:threatened|warned|will not|would strike|sanctions?)\b",
)
statement_as_accusation = _no_accusation(
    "a plain statement taken for an accusation", r"\b(?:said|told|announced|stated)\b(?: that)?"
)


def _as_fact(item: Allegation, subject: Subject) -> str:
    """The claim as a sentence of its own, with nobody who says so."""
    claim = item.claim.rstrip(".")
    first = claim.split()[0]
    if first.endswith("ing"):
        claim = re.sub(r"^having (\w+)", r"had \1", claim[:1].lower() + claim[1:])
        verb = claim if claim.startswith("had ") else f"was {claim}"
        return f"{subject.name(item.accused[0])} {verb}."
    return f"{claim}."


@kind("an allegation told as a fact of the background", "L08")
def allegation_as_background(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        fact = _as_fact(item, subject)
        told = Background(
            id=new_id(subject, "background", "background"), text=fact, kind="event", evidence=item.evidence
        )
        yield added(subject, "background", told, f"“{fact}”")


@kind("an allegation told as a fact of the summary", "L08 C03")
def allegation_as_summary(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        line = SummarySentence(text=_as_fact(item, subject), refs=(item.id,), evidence=item.evidence)
        brief = subject.brief.model_copy(update={"summary": (line, *subject.brief.summary[1:])})
        yield Mutant(brief, f"summary 0: “{line.text}”", ("summary",))


@kind("an allegation told as a fact of the headline", "L08 C03")
def allegation_as_headline(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        headline = _as_fact(item, subject).rstrip(".")
        yield Mutant(
            subject.brief.model_copy(update={"headline": headline}), f"headline “{headline}”", ("summary",)
        )


@kind("an answer under a sentence that does not give it", "L05")
def response_cites_another_sentence(subject: Subject) -> Iterator[Mutant]:
    for item in subject.brief.allegations:
        for at, response in enumerate(item.responses):
            if response.stance == "not_reported":
                continue
            cited = {e.sentence for e in response.evidence}
            for sentence in subject.article.telling:
                plain = not re.search(
                    r"den[iy]|declin|reject|confirm|dismiss|respon|comment|lying|nothing", sentence.text
                )
                if sentence.n not in cited and plain:
                    responses = list(item.responses)
                    responses[at] = response.model_copy(update={"evidence": behind(subject, sentence.n)})
                    shown = f"{response.stance} cites {sentence.n} for {sorted(cited)}"
                    yield changed(subject, "allegations", item, shown, responses=tuple(responses))


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
