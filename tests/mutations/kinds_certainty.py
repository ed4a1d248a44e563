"""Kinds of break in worded texts: negations, hedges, strength, and what is past and to come (V04, V08, C01 to C04)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from breaks import (
    CLAIMS,
    LINES,
    Kind,
    Mutant,
    Text,
    changed,
    has,
    kind,
    wording,
)

from briefgen.attribution import hedges_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

_BASE = r"(?P<verb>[a-z]+)"


def _past(verb: str) -> str:
    """The past of a regular verb; of the few irregular ones that news needs."""
    irregular = {
        "build": "built",
        "bring": "brought",
        "keep": "kept",
        "make": "made",
        "take": "took",
        "send": "sent",
        "give": "gave",
        "fill": "filled",
        "have": "had",
        "be": "was",
        "meet": "met",
        "lift": "lifted",
        "go": "went",
        "hold": "held",
        "sell": "sold",
        "find": "found",
        "let": "let",
        "put": "put",
        "pay": "paid",
        "see": "saw",
        "withdraw": "withdrew",
    }
    return irregular.get(verb) or (
        f"{verb}d"
        if verb.endswith("e")
        else f"{verb[:-1]}ied"
        if re.search(r"[^aeiou]y$", verb)
        else f"{verb}ed"
    )


@wording("a negation dropped", "V04 G02", *LINES)
def negation_dropped(text: Text, subject: Subject) -> Iterator[str]:
    edits = (
        (
            r"\b(has|have|had|is|are|was|were|will|would|could|can|may|might|did|does|do|should|must) not (?:yet )?",
            r"\1 ",
        ),
        (r"\bcannot\b", "can"),
        (r"(?<=\w)n['’]t\b", ""),
        (r"\b(?:has|have|had) yet to\b", "is to"),
        (r"\bnever ", ""),
        (r"\bno (?=\w)", "a "),
        (r"\bwithout\b", "with"),
        (r"\bunable to\b", "able to"),
        (r"\bfailed to\b", "managed to"),
        (r"\bnothing\b", "something"),
        (r"\bnobody\b", "somebody"),
        (r"\bnone\b", "all"),
    )
    for pattern, new in edits:
        if re.search(pattern, text.text):
            yield re.sub(pattern, new, text.text, count=1)


@wording("a negation added", "V04 G02", *LINES)
def negation_added(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(r"\b(?:has|have|had|is|are|was|were|will|would|could|may|might)\b(?! not)", text.text)
    if found:
        yield f"{text.text[: found.end()]} not{text.text[found.end() :]}"


_ADVERBS = r"\b(?:reportedly|allegedly|apparently|possibly|probably|likely|perhaps|potentially|purportedly|supposedly|most likely) "


@wording("a hedge dropped from a sentence", "C01 C03 C04 L08", *LINES)
def hedge_dropped_in_line(text: Text, subject: Subject) -> Iterator[str]:
    if re.search(_ADVERBS, text.text):
        yield re.sub(_ADVERBS, "", text.text, count=1)
    for pattern, new in (
        (r"\b(?:is|are) reported to be planning to\b", "is to"),
        (r"\breported to plan to\b", "to"),
        (r"\b(?:is|are) believed to be\b", "is"),
        (r"\bsaid to be (?=\w+ing)", ""),
        (r"\balleged (?=\w)", ""),
        (r"\bhopes? to\b", "is to"),
    ):
        if re.search(pattern, text.text):
            yield re.sub(pattern, new, text.text, count=1)


@wording("“will” for “may”", "C04 C01", *LINES)
def will_for_may(text: Text, subject: Subject) -> Iterator[str]:
    for pattern in (
        r"\b(?:may|might|could)\b",
        r"\b(?:is|are) (?:expected|likely|considering) to\b",
        r"\bwould probably\b",
    ):
        if re.search(pattern, text.text):
            yield re.sub(pattern, "will", text.text, count=1)


@wording("a plan told as settled", "C04 C03 C01", *LINES)
def plan_as_settled(text: Text, subject: Subject) -> Iterator[str]:
    for pattern, new in (
        (r"\breported to plan to\b", "set to"),
        (r"\b(?:is|are) reported to be planning to\b", "is set to"),
        (r"\b(?:is|are) (?:reportedly )?planning to\b", "is set to"),
        (r"\bplans? to\b", "will"),
        (r"\bwants? to\b", "will"),
        (r"\bhoped to\b", "will"),
        (r"\bseeks? to\b", "will"),
    ):
        if re.search(pattern, text.text):
            yield re.sub(pattern, new, text.text, count=1)
            return


@wording("“very likely” added", "C04 C02", *LINES)
def very_likely_added(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(r"\b(?:will|may|might|could|is|are|was|has)\b(?! not)", text.text)
    if found and not has(subject, "very likely"):
        yield f"{text.text[: found.end()]} very likely{text.text[found.end() :]}"


@wording("a hedge put into a sentence that has none", "C02 C01", *LINES)
def hedge_added_in_line(text: Text, subject: Subject) -> Iterator[str]:
    behind_it = " ".join(subject.sentence(n) for n in text.sentences) or subject.article.text
    if hedges_in(behind_it) or hedges_in(text.text):
        return
    found = re.search(r"\b(?:has|have|is|are|was|were|will|had)\b", text.text)
    if found:
        yield f"{text.text[: found.end()]} possibly{text.text[found.end() :]}"


@wording("“certainly” added", "C04 C02", *LINES)
def certainly_added(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(r"\b(?:will|is|are|was|were|has|have)\b(?! not)", text.text)
    if found and not has(subject, "certainly"):
        yield f"{text.text[: found.end()]} certainly{text.text[found.end() :]}"


@wording("what was said told as confirmed", "V08", *LINES)
def said_as_confirmed(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(r"\b(?:said|reported|suggests|claimed|alleged|hinted)\b(?! to\b)", text.text)
    if found and not re.search(r"\bis reported|are reported", text.text):
        yield f"{text.text[: found.start()]}confirmed{text.text[found.end() :]}"


@wording("preparation told as the visit", "V08 C03 C04", *LINES)
def preparation_as_visit_in_line(text: Text, subject: Subject) -> Iterator[str]:
    for pattern, new in (
        (
            r"\bconfirmed that preparations (?:for the visit )?(?:were|are) under way(?: for the visit)?",
            "confirmed the visit",
        ),
        (r"\bpreparations? (?:for|of) the (?:visit|trip) (?:is|are|were)\b", "the visit is"),
        (r"\bconfirmed [“\"]active preparation[”\"] for\b", "confirmed"),
        (r"\bwas [“\"]actively preparing[”\"] for\b", "had confirmed"),
        (r"\bthe dates of (?=the)", ""),
        (r"\bPreparations for (.+?) are proceeding", r"\1 is going ahead"),
    ):
        if re.search(pattern, text.text):
            yield re.sub(pattern, new, text.text, count=1)


@wording("what was tried told as done", "C04 G02 C01", *CLAIMS)
def attempt_as_done_in_line(text: Text, subject: Subject) -> Iterator[str]:
    pattern = rf"\b(?:tried|sought|attempted|trying|seeking|attempting|(?:has|have) sought) to {_BASE}"
    found = re.search(pattern, text.text)
    if found and text.facet != "motives":
        yield text.text[: found.start()] + _past(found["verb"]) + text.text[found.end() :]


@wording("a promise told as kept", "C04 G02 V08", *LINES)
def promise_as_kept(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(rf"\b(?:promised|pledged|agreed|vowed|offered|wanted) to {_BASE}", text.text)
    if found:
        yield text.text[: found.start()] + _past(found["verb"]) + text.text[found.end() :]


@wording("what was asked for told as done", "C04 G02", *LINES)
def demand_as_done(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(
        rf"\b(?:urged|asked|called on|told) (?P<who>(?:the )?[A-Z][\w -]+?) to {_BASE}", text.text
    )
    if found:
        who = found["who"]
        yield f"{who} {_past(found['verb'])}{text.text[found.end() :]}"


@wording("what is past told as still to come", "C04 V01", *LINES)
def past_as_future(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(
        r"(?<!last )\b(visited|travelled to|traveled to|met|toured|signed|came to|invited|announced)\b(?= [A-Z]| the| in | a )",
        text.text,
    )
    base = {
        "visited": "visit",
        "travelled to": "travel to",
        "traveled to": "travel to",
        "met": "meet",
        "toured": "tour",
        "signed": "sign",
        "came to": "come to",
        "invited": "invite",
        "announced": "announce",
    }
    if found:
        yield f"{text.text[: found.start()]}will {base[found[1]]}{text.text[found.end() :]}"


_PLANNED = (
    "scheduled |reportedly |set |reported to be |said to be |reported to plan |planning |plans |preparing "
)


@wording("what is to come told as past", "C03 C04 V08", *LINES)
def future_as_past(text: Text, subject: Subject) -> Iterator[str]:
    for pattern, new in (
        (
            r"\b(?:will|is to|is scheduled to|plans to|may|might|could) (?:pay a (?:\w+ )*visit to|visit|travel to)\b",
            "visited",
        ),
        (
            rf"\b(?:(?:is|are) )?(?:{_PLANNED})+to (?:visit|travel to)\b",
            "visited",
        ),
        (
            r"(?<=[A-Z]\w\w) to (?:make a (?:\S+ )*trip to|pay a (?:\w+ )*visit to|visit|travel to)\b",
            " visited",
        ),
        (r"\b(?:will|is to) meet\b", "met"),
        (r"\b(?:will|is to|are to) lease\b", "leased"),
    ):
        if re.search(pattern, text.text) and "invited" not in text.text:
            yield re.sub(pattern, new, text.text, count=1)
            return


@wording("order of two events reversed", "V12 G02", *LINES)
def order_reversed(text: Text, subject: Subject) -> Iterator[str]:
    for one, other in ((r"\bafter\b", "before"), (r"\bbefore\b", "after"), (r"\bfollows\b", "precedes")):
        if re.search(one, text.text) and not re.search(r"\bday after|year after|once before\b", text.text):
            yield re.sub(one, other, text.text, count=1)


# -- hedges as fields ----------------------------------------------------------------------------------------------

_HEDGED = ("planned_visits", "motives")


@kind("the hedges of an item dropped", "C01")
def hedges_dropped(subject: Subject) -> Iterator[Mutant]:
    for facet in _HEDGED:
        for item in getattr(subject.brief, facet):
            if item.hedges:
                yield changed(subject, facet, item, f"without {item.hedges}", hedges=())


@kind("one hedge of several dropped", "C01")
def one_hedge_dropped(subject: Subject) -> Iterator[Mutant]:
    for facet in _HEDGED:
        for item in getattr(subject.brief, facet):
            for at, hedge in enumerate(item.hedges if len(item.hedges) > 1 else ()):
                rest = (*item.hedges[:at], *item.hedges[at + 1 :])
                yield changed(subject, facet, item, f"without “{hedge}”", hedges=rest)


@kind("a hedge invented", "C02")
def hedge_invented(subject: Subject) -> Iterator[Mutant]:
    for facet in _HEDGED:
        for item in getattr(subject.brief, facet):
            told = " ".join(subject.sentence(e.sentence) for e in item.evidence).casefold()
            for hedge in ("reportedly", "possibly", "purportedly"):
                if hedge not in told:
                    yield changed(subject, facet, item, f"with “{hedge}”", hedges=(*item.hedges, hedge))
                    break


@kind("a stronger hedge for the article’s", "C02 C01")
def hedge_exchanged(subject: Subject) -> Iterator[Mutant]:
    for facet in _HEDGED:
        for item in getattr(subject.brief, facet):
            told = " ".join(subject.sentence(e.sentence) for e in item.evidence).casefold()
            if item.hedges and "almost certainly" not in told:
                hedges = ("almost certainly", *item.hedges[1:])
                yield changed(subject, facet, item, f"{item.hedges} → {hedges}", hedges=hedges)


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
