"""Kinds of break in worded texts: who says it, and what was answered (S01 to S03, A05, L01, L03, L05, L06)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from breaks import LINES, Kind, Mutant, Text, behind, has, kind, named_in, same_side, wording

from briefgen.attribution import sources_in
from briefgen.brief import SummarySentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from subjects import Subject

_SAID = r"(?:said|says|announced|reported|added|told [\w ]+|noted|stated|suggested)"


@wording("“according to” cut off", "S03 C03", *LINES)
def according_to_cut(text: Text, subject: Subject) -> Iterator[str]:
    yield re.sub(r",? according to [^,;]+?(?=[,;.]?$|[,;])", "", text.text)
    yield re.sub(r"^According to [^,]+, (\w)", lambda m: m[1].upper(), text.text)


@wording("“officials said” cut off the end", "S03 C03", *LINES)
def said_cut_behind(text: Text, subject: Subject) -> Iterator[str]:
    yield re.sub(rf",[”\"]? (?:[^,]+, )?[^,;]+ {_SAID}(?: [Oo]n \w+)?\.?$", ".", text.text)


@wording("“X said that” cut off the start", "S03 L08 C03", *LINES)
def said_cut_before(text: Text, subject: Subject) -> Iterator[str]:
    found = re.match(
        rf"[^,;“”]{{3,70}}? (?:has |have )?{_SAID}(?: (?:last|on|this) \w+)?(?: that)? (?P<what>\w.+)$",
        text.text,
    )
    if found and not found["what"].startswith(("on ", "to ", "it ", "he ", "she ", "they ", "in ")):
        yield found["what"][:1].upper() + found["what"][1:]


@wording("another source of the article for the one that speaks", "S01", *LINES)
def source_exchanged(text: Text, subject: Subject) -> Iterator[str]:
    near = " ".join(subject.sentence(n) for n in text.sentences)
    for source in sources_in(text.text):
        for actor in subject.brief.actors:
            absent = not any(part.casefold() in (near + text.text).casefold() for part in actor.name.split())
            if absent and text.sentences and actor.kind in {"media", "person", "government", "organisation"}:
                yield text.text[: source.start] + actor.name + text.text[source.end :]


@wording("a source from memory", "S01 G05", *LINES)
def source_from_memory(text: Text, subject: Subject) -> Iterator[str]:
    for source in sources_in(text.text)[:1]:
        for paper in ("Bloomberg", "Interfax"):
            if paper not in subject.article.text:
                yield text.text[: source.start] + paper + text.text[source.end :]
                break


@wording("a source put on a sentence that has none", "S01", *LINES)
def source_invented(text: Text, subject: Subject) -> Iterator[str]:
    behind = " ".join(subject.sentence(n) for n in text.sentences)
    if not text.sentences or sources_in(text.text) or sources_in(behind):
        return
    for actor in subject.brief.actors:
        if (
            actor.kind in {"media", "person"}
            and actor.name not in behind
            and actor.name.split()[-1] not in behind
        ):
            yield f"{text.text.rstrip('.')}, according to {actor.name}."


@wording("“the article says” for the article’s source", "S01 S03 G11", *LINES)
def article_as_source(text: Text, subject: Subject) -> Iterator[str]:
    yield re.sub(r", according to [^,;]+?(?=[,;.]?$)", ", the article says", text.text)


@wording("unnamed officials for the one who speaks", "S01 S03 A05", *LINES)
def officials_for_the_speaker(text: Text, subject: Subject) -> Iterator[str]:
    for source in sources_in(text.text):
        if (
            text.sentences
            and "official" not in source.name.casefold()
            and not has(subject, "unnamed officials")
        ):
            yield (
                text.text[: source.start]
                + ("Unnamed officials" if not source.start else "unnamed officials")
                + text.text[source.end :]
            )


@wording("one source becomes several", "A05", *LINES)
def source_plural(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(
        r"\b(source|official|newspaper|spokesman|spokeswoman|spokesperson|diplomat|analyst|witness|envoy|news agency|(?<=according to a )report|(?<=published )report)\b(?= (?:said|told|reported|suggests)|\.?$)",
        text.text,
    )
    if found:
        plural = {
            "spokesman": "spokesmen",
            "spokeswoman": "spokeswomen",
            "witness": "witnesses",
            "news agency": "news agencies",
        }
        yield (
            re.sub(r"\b(?:a|an|the) (?=(?:\S+ )?$)", "", text.text[: found.start()])
            + plural.get(found[1], f"{found[1]}s")
            + text.text[found.end() :]
        )


@wording("one named source becomes several", "A05 S01", *LINES)
def sources_for_a_name(text: Text, subject: Subject) -> Iterator[str]:
    for source in sources_in(text.text):
        behind = " ".join(subject.sentence(n) for n in text.sentences)
        if text.sentences and "sources" not in behind and not re.search(r"s$|and", source.name):
            start = "Several sources" if not source.start else "several sources"
            yield text.text[: source.start] + start + text.text[source.end :]


@wording("a pronoun in the place of a name", "S01", *LINES)
def pronoun_for_name(text: Text, subject: Subject) -> Iterator[str]:
    for actor, name in named_in(text.text, subject, "person")[:1]:
        found = re.match(rf"(?:[A-Z][\w’'.-]+ ){{0,5}}{re.escape(name)}(?=\s)", text.text)
        if found and actor.name[:1].isupper():
            yield "He" + text.text[found.end() :]


@wording("a sentence cut off in the middle", "G02", *LINES)
def cut_off(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(r"^.{25,}\b(?:of|to|the|and|with|that|for|from|in)\b", text.text[:-8])
    if found and text.sentences:
        yield found[0] + "."


# -- accusations and answers in lines ------------------------------------------------------------------------------

_VERBS = r"(?:accus\w+|blamed|alleged)"


@wording("the passive turned round", "L03 G02", *LINES)
def accused_by(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(
        r"^(?P<who>[^,;]+?) (?<!was )(?<!were )(?:has |have )?accused? (?!by )(?P<whom>[^,;]+?) (?P<of>of .+)$",
        text.text,
    )
    if found:
        yield f"{found['who']} was accused by {found['whom']} {found['of']}"


@wording("accuser and accused swapped in a sentence", "L03", *LINES)
def swapped_in_line(text: Text, subject: Subject) -> Iterator[str]:
    found = re.search(
        r"^(?P<who>[^,;]+?) (?P<verb>(?<!was )(?:has |have )?(?:accused?|blamed)) (?!by )(?P<whom>[^,;]+?) (?P<of>(?:of|for) .+)$",
        text.text,
    )
    if found:
        whom = found["whom"][:1].upper() + found["whom"][1:]
        yield f"{whom} {found['verb']} {found['who']} {found['of']}"


@wording("a joint accuser left out of a sentence", "L04 G02", *LINES)
def co_accuser_dropped_in_line(text: Text, subject: Subject) -> Iterator[str]:
    found = re.match(
        r"(?P<one>[^,;]+?) and (?P<other>[^,;]+?) (?=(?:has |have )?(?:accused?|alleged?)\b)", text.text
    )
    if found:
        yield f"{found['one']} {text.text[found.end() :]}"
        yield f"{found['other'][:1].upper()}{found['other'][1:]} {text.text[found.end() :]}"


def _answers(name: str, codes: str, *edits: tuple[str, str]) -> Kind:
    @wording(name, codes, *LINES)
    def made(text: Text, subject: Subject) -> Iterator[str]:
        for pattern, new in edits:
            if re.search(pattern, text.text):
                yield re.sub(pattern, new, text.text, count=1)

    return made


_NEITHER = r"\b(?:declined|refused) to confirm or deny\b|\bneither confirmed nor denied\b"
denied_in_line = _answers(
    "a sentence with a denial where none was given",
    "L05",
    (_NEITHER, "denied"),
    (r"\bdeclined to comment\b|\bdid not respond\b", "denied it"),
    (r"\bis not reported to have answered\b", "denied it"),
)
declined_in_line = _answers(
    "a sentence that makes “no comment” of another answer",
    "L05",
    (_NEITHER, "declined to comment on"),
    (r"\bdid not respond\b", "declined to comment"),
    (r"\bdenied it\b", "declined to comment"),
)
admitted_in_line = _answers(
    "a sentence with an admission in the place of a denial",
    "L05",
    (r"(?<!nor )\b(?:denied|denies|rejected|rejects|dismissed)\b", "admitted"),
    (_NEITHER, "admitted"),
    (r"\bdeclined to comment\b", "admitted it"),
    (r"\bis not reported to have answered\b", "admitted it"),
)
confirmed_in_line = _answers(
    "a sentence that makes a confirmation of “neither confirmed nor denied”",
    "L05 V08",
    (_NEITHER, "confirmed"),
)
concern_in_line = _answers(
    "concern, criticism or a demand told as an accusation", "L01",
    (r"\b(?:expressed|voiced) concerns? (?:over|about)\b", "accused"),
    (r"\b(?:criticis?z?ed|condemned|slammed)\b", "accused"),
    (r"\b(?:urged|warned|called on|demanded)\b", "accused"),
    (r"\bcomplained of\b", "made accusations of"),
)  # fmt: skip
accusation_as_finding = _answers(
    "an accusation told as something found", "L08 V08 G02",
    (r"\baccused? (?P<who>[^,;]+?) of\b", r"proved that \g<who> was guilty of"),
    (r"\b(?:alleged|claimed|claims)\b", "found"),
)  # fmt: skip


@kind("an accusation made of a sentence that only expresses concern", "L01 G02")
def concern_summarised_as_accusation(subject: Subject) -> Iterator[Mutant]:
    """A new summary line: A accused B, of a sentence in which A worries about, criticises or presses B."""
    for sentence in subject.article.telling:
        found = re.search(
            r"\b(?:concern(?:s|ed)? (?:over|about)|criticis?z?ed|condemned|urged|warned|demanded|threatened|called on|pressing)\b",
            sentence.text,
        )
        if found is None or re.search(r"accus|alleg|blam", sentence.text):
            continue
        before = named_in(sentence.text[: found.start()], subject)
        after = named_in(sentence.text[found.end() :], subject)
        if before and after and not same_side(before[0][0], after[0][0]):
            line = SummarySentence(
                text=f"{before[0][1]} accused {after[0][1]}.",
                evidence=behind(subject, sentence.n),
            )
            brief = subject.brief.model_copy(update={"summary": (line, *subject.brief.summary[1:])})
            yield Mutant(brief, f"“{line.text}” of sentence {sentence.n}", ("summary",))


_OPPOSITES = (
    ("rose", "fell"), ("increased", "reduced"), ("dearer", "cheaper"), ("strengthened", "weakened"), ("opened", "closed"),
    ("closed", "opened"), ("stopped", "started"), ("supports?", "opposes"), ("allow", "forbid"), ("halted", "resumed"),
    ("resumed", "ended"), ("ratified", "rejected"), ("signed", "rejected"), ("joined", "left"), ("remain", "leave"),
    ("postpone(?=s)", "confirm"), ("issued", "withdrew"), ("found", "repaired"), ("close relationship", "tense relationship"),
    ("upgraded", "downgraded"), ("inspected", "avoided"), ("improved?", "harmed"), ("averted", "caused"),
)  # fmt: skip


@wording("a word turned into its opposite", "G02 V04", *LINES)
def word_reversed(text: Text, subject: Subject) -> Iterator[str]:
    for one, other in _OPPOSITES:
        found = re.search(rf"\b{one}\b" if "(?=" not in one else rf"\b{one}", text.text)
        if found and not re.search(rf"\b{other}\b", " ".join(subject.sentence(n) for n in text.sentences)):
            yield f"{text.text[: found.start()]}{other}{text.text[found.end() :]}"


@wording("two sentences of the article run together", "G02", *LINES)
def sentences_blended(text: Text, subject: Subject) -> Iterator[str]:
    """Another line of the brief told as if it belonged to this one's matter."""
    lines = [line.text for line in subject.brief.summary] + [item.text for item in subject.brief.background]
    for other in lines:
        own = set(re.findall(r"\w{5,}", text.text.lower()))
        theirs = set(re.findall(r"\w{5,}", other.lower()))
        if other != text.text and len(other) < 110 and len(own & theirs) <= 2 and text.sentences:
            yield f"{text.text.rstrip('.')} because {other[:1].lower() if other.split()[0] in {'The', 'A', 'An', 'In'} else other[:1]}{other[1:]}"


KINDS = tuple(each for each in dict(globals()).values() if isinstance(each, Kind))
