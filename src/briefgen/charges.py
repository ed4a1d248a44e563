"""Reading a whole accusation out of one sentence: who accuses whom of what, where the grammar leaves no doubt.

Three shapes are read: "Norland accused Velia of jamming its radio", "Norland alleged that Velia jams its radio"
(and "has alleged Velian involvement"), "Velia was accused by Norland of jamming its radio". Whatever the model
makes of such a sentence, the accusation is in the brief (rules L01 to L04, DOMAIN.md section 9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefgen.accusations import accusations_in
from briefgen.attribution import (
    can_act,
    is_report_noun,
    is_unnamed,
    row_start,
    source_name,
    sources_in,
    speaker_of,
)
from briefgen.geography import places_in
from briefgen.grounding import fold, is_negated
from briefgen.lexicon import cue, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.accusations import Accusation

_OBJECT = re.compile(
    r"\s+(?P<accused>[“\"]?[^,;:—“”\"]{2,90}?[”\"]?)\s+(?P<link>of|for)\s+(?P<claim>[^A-Z].+)", re.DOTALL
)
_VERB = r"(?:has|have|had|is|are|was|were|did|does|do|\w{2,}ed|made|sent|gave|took|stole|broke|led|shot|sold|built|held)"
_CLAUSE = re.compile(
    rf"(?:\s+[a-z][^,;:A-Z“”\"]{{0,40}}?\s+that|\s+that)?\s+(?P<accused>[^,;:—“”\"]{{2,80}}?)\s+(?P<claim>{_VERB}\b.+)",
    re.DOTALL,
)
_NOUN = re.compile(r"\s+(?P<claim>[A-Z]\w+\s+[a-z]\w+.*)", re.DOTALL)
_PASSIVE = re.compile(
    r"\s+(?:by\s+(?P<by>[^,;:—“”\"]{2,80}?)\s+)?(?P<link>of|for)\s+(?P<claim>.+)", re.DOTALL
)
_ASIDE = re.compile(
    r",\s+(?:\w+ing|though|although|but|while|whereas|even|which|who|an?|something|and\s+(?:he|she|it|"
    r"they|that|said|called|urged|vowed|threatened|demanded)|(?:a\s+)?(?:charges?|allegations?|accusations?|claims?))\b|"
    r";|\s[—–]\s|,\s+(?:according\s+to|in\s+an?\s|and\s+(?:is|was|has|are|were|have)\s)|\s(?:while|whereas)\s"
)
_THEN = re.compile(r",?\s+and\s+(?!\w+ing\b)\w+ed\b")
"""After a gerund, a finite verb is the accuser's again: "of lying and demanded an answer"."""
_WHEN = re.compile(
    r"\s+(?:(?:on|in|last|this|earlier|late)\s+(?:\w+\s+)?)?(?:today|yesterday|\w+day|week|month|year)\b.*$"
)
_PREDICATE = re.compile(r"\s+(?:is|are|was|were|has|have|had|also)\b")
_SUFFERED = re.compile(r"(?:(?:has|have|had)\s+been|was|were|is|are)\s+(?:\w+ly\s+)?\w+(?:ed|en)\b")
"""The subject of a passive is who suffered, not who did it."""
_MOST_WORDS = 8
_NO_PART = frozenset({"who", "which", "that", "whose", "said", "says"})


@dataclass(frozen=True)
class Charge:
    """An accusation as the sentence words it; parties as written, ``claim`` a clause or a gerund."""

    accusers: tuple[str, ...]
    accused: tuple[str, ...]
    claim: str


def charges_in(text: str) -> Iterator[Charge]:
    """The accusations of one sentence whose shape leaves no doubt who accuses whom."""
    for each in accusations_in(text):
        verb = text[each.start : each.end]
        if is_negated(text, each.start) or _imagined(text, each.start) or _is_another_verb(text, each):
            continue
        if each.voice == "passive":
            found = _passive(text, each, verb)
        elif each.voice == "active":
            found = _active(text, each, verb)
        elif each.voice == "adverb" and fold(verb) == "allegedly":
            found = _allegedly(text, each)
        else:
            continue
        if found and found.accused and _is_claim(found.claim):
            yield found


def is_gerund(claim: str) -> bool:
    """Whether the claim has no verb of its own ("firing missiles at Ostia", "responsibility for the attack")."""
    first = re.match(r"[“\"‘]?(?:\w+ly\s+|not\s+)?(\w+)", claim)
    return bool(first) and (
        first[1].endswith("ing")
        or first[1].casefold() == "responsibility"
        or bool(cue("deeds").search(claim[:60]))
    )


def is_vague(claim: str) -> bool:
    """Whether the claim only names responsibility or involvement: who says so twice, says the same."""
    return bool(re.match(r"responsibility\b", claim)) or bool(cue("deeds").match(claim.partition(" ")[2]))


def _imagined(text: str, at: int) -> bool:
    """ "would accuse", "if Norland accused", "to blame": nobody has accused yet."""
    return bool(
        re.search(
            r"\b(?:would|will|could|may|might|should|to|if|whether|not)\s+(?:\w+ly\s+)?$",
            text[max(0, at - 24) : at],
        )
    )


def _is_another_verb(text: str, each: Accusation) -> bool:
    """ "said no and accused …", "for accusing …", "the blame": whose verb it is stands further off."""
    before = text[max(0, each.start - 40) : each.start]
    if re.search(r"\b(?:and|the|an?|its|his|her|their)\s+(?:\w+ly\s+)?$", before):
        return True
    gerund = text[each.start : each.end].casefold().endswith("ing")
    return gerund and not re.search(r"\b(?:in|been|is|are|was|were)\s+(?:\w+ly\s+)?$", before)


def _active(text: str, each: Accusation, verb: str) -> Charge | None:
    accusers = _row(text, speaker_of(text, each.start, each.end), each.start)
    if not accusers:
        return None
    rest = text[each.end :]
    if cue("charging").fullmatch(verb):
        found = _OBJECT.match(rest)
        if found is None:
            return None
        return Charge(accusers, _parties(found["accused"]), _worded(found["link"], found["claim"]))
    if not cue("alleging").fullmatch(verb):
        return None
    noun = _NOUN.match(rest)
    places = places_in(noun["claim"]) if noun else ()
    if noun and places and places[0].start == 0 and (cue("deeds").match(noun["claim"], places[0].end + 1)):
        state = noun["claim"][: places[0].end]
        return Charge(accusers, (state,), _cut(noun["claim"]))
    found = _CLAUSE.match(rest)
    if found is None or not _blames(verb, found["claim"]) or _SUFFERED.match(found["claim"]):
        return None
    accused = _parties(found["accused"])
    return (
        Charge(accusers, accused, f"{found['accused'].strip()} {_cut(found['claim'])}") if accused else None
    )


def _allegedly(text: str, each: Accusation) -> Charge | None:
    """ "Velian ships have allegedly smuggled oil, according to a report": the accuser is whoever says so, if named."""
    subject = speaker_of(text, each.start, each.start)
    if subject is None or not cue("wrongdoing").search(text):
        return None
    accused = _row(text, subject, each.start)
    between = text[subject[1] + len(subject[0]) : each.start].strip()
    claim = _cut(text[each.end :])
    if between not in {"", "has", "have", "had"} or not subject[0].removeprefix("the ")[:1].isupper():
        return None
    named = [source_name(s.name) for s in sources_in(text) if cue("according").fullmatch(s.cue)]
    accusers = tuple(name for name in named if not is_report_noun(name.split()[-1]) and not is_unnamed(name))
    told = " ".join(filter(None, (*accused[:1], between, claim)))
    return Charge(accusers, accused, told) if len(accused) == 1 else None


def _passive(text: str, each: Accusation, verb: str) -> Charge | None:
    found = _PASSIVE.match(text[each.end :])
    subject = speaker_of(text, each.start, each.start)
    if found is None or not cue("charging").fullmatch(verb):
        return None
    accused = _row(text, subject, each.start)
    by = _parties(found["by"]) if found["by"] else ()
    if found["by"] and not by:
        return None
    return Charge(by, accused, _worded(found["link"], found["claim"]))


def _blames(verb: str, claim: str) -> bool:
    """ "alleges" accuses by itself; "claims" only where it tells of a wrong."""
    return fold(verb).startswith("alleg") or bool(cue("wrongdoing").search(claim))


def _row(text: str, subject: tuple[str, int] | None, before: int) -> tuple[str, ...]:
    """The names that stand together as the subject, or the pronoun of one person."""
    if subject is None or subject[1] > before:
        return (source_name(subject[0]),) if subject and subject[1] > before else ()
    if fold(subject[0]) in words("pronouns_person", of="people"):
        return (subject[0],)
    start = row_start(text, subject[1])
    return _parties(text[start : subject[1] + len(subject[0])])


def _parties(phrase: str) -> tuple[str, ...]:
    """Names of a phrase such as "the United States, Norland and Velia"."""
    parts = re.split(
        r",\s+(?:and\s+)?(?:the\s+)?(?=[A-Z])|\s+and\s+(?:the\s+)?(?=[A-Z])|\s+and\s+the\s+", phrase.strip()
    )
    named = tuple(
        source_name(_WHEN.sub("", _PREDICATE.split(re.sub(r"^both\s+", "", part.strip(' “”"')))[0]))
        for part in parts
    )
    good = all(
        part
        and len(part.split()) <= _MOST_WORDS
        and can_act(part)
        and not {fold(word) for word in part.split()} & _NO_PART
        and fold(part) not in words("pronouns_any", of="people")
        for part in named
    )
    return named if good else ()


def _worded(link: str, claim: str) -> str:
    """The claim behind "of", "for" or "with"; what somebody is blamed for is told as responsibility."""
    claim = _cut(_THEN.split(claim)[0])
    return claim if is_gerund(claim) or link == "of" else f"responsibility for {claim}"


def _cut(claim: str) -> str:
    """The claim up to where the sentence turns to something else."""
    aside = _ASIDE.search(claim)
    claim = claim[: aside.start()] if aside else claim
    for source in sources_in(claim):
        if source.start < source.cue_start and claim[: source.start].rstrip().endswith(","):
            claim = claim[: source.start].rstrip(" ,")  # "…, officials said"
            break
    return claim.strip(" .,;:")


def _is_claim(claim: str) -> bool:
    marks = sum(claim.count(mark) for mark in '“”"')
    return 2 <= len(claim.split()) <= 45 and marks % 2 == 0 and claim.count("(") == claim.count(")")
