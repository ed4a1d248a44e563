"""Who says it: sources, reporting cues and hedges of a sentence (PARC's source, cue and content).

Word order is all the grammar used here. Where it does not settle who speaks, nobody is named: the weaker
reading stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefgen.geography import places_in
from briefgen.grounding import fold, is_negated
from briefgen.lexicon import cue, words

_BOUNDARY = re.compile(
    r"[;:—–“”\"()]|--|''|``|(?<=[a-z]{4})\.\s|\s['‘-]|['’]\s(?=[A-Z])|,\s|"
    r"(?:^|\s)(?:that|but|while|although|though|as|and|when|after|before|because|if|which|where)\s",
    re.IGNORECASE,
)
_PHRASE_END = re.compile(
    r"[,;:()“”\"—–]|(?<!\b[A-Z])\.(?!\w)|\s(?:that|who|which|citing|quoting|referring|has|have|had|is|are|was|were|will|would|said|says|as|on|in\s+an?\s|when|"
    r"while|and\s+(?:said|has|is)|late|early|after|before|but)\b|$"
)
_NAME = r"[A-Z][\w.'’-]*(?:\s(?:of\s)?[A-Z][\w.'’-]*){0,3}"
_LISTED = re.compile(
    rf"(?P<first>(?:[Tt]he\s+)?{_NAME}),\s+(?P<last>(?:the\s+)?{_NAME}),\s+and\s+(?:the\s+)?$"
)
""" "Norland, Velia, and Ostia": a comma before "and" joins only what is a list."""
_MOST_CUES = 60
_NEAR = 400
"""How many characters around a verb are looked at for its subject."""
_CONJUNCTIONS = frozenset({"but", "and", "while", "although", "though", "as", "when", "that", "because"})
_LEADING = frozenset(
    {"in", "at", "on", "after", "before", "during", "with", "for", "from", "under", "since", "by"}
)
_ORIGIN = re.compile(
    r"^[Ss]ources?:\s+|\b(?:[Aa]nnouncement|[Nn]ews|[Ss]tatement|[Ii]nformation|[Cc]onfirmation)\s+(?:came|comes)\s+from\s+"
)
""" "The announcement came from", "Source:": what stands behind is whose word it is."""
_QUOTED_NAME = re.compile(r"(?P<noun>[\w-]+)\s+[\"“](?P<name>[A-Z][\w.’' -]{1,40})[\"”]$")
_BEFORE_ADJECTIVE = re.compile(r"\b(?:\w+ed|the|an?|its|their|his|her|of|for|on|to|in|with)\s+$")
_COMMENTING = re.compile(r"[A-Z]\w+ing\s+(?:on|to|about|at|in|with|the|an?|his|her|its)\s")
""" "Commenting on the trip, …": what somebody does, nobody."""
_PREPOSITION = re.compile(
    r"\b(?:in|at|on|after|before|during|with|for|from|under|since|by|to|of|against|between)\s+$",
    re.IGNORECASE,
)
_AUXILIARIES = re.compile(
    r"(?:\s+(?:has|have|had|is|was|are|were|also|later|then|will|would|not|neither|yet|been|already|[a-z]\w*ly))+\s*$"
)
_APPOSITION = re.compile(r",\s+([A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){1,3})(?=[,.;]|$)")
_NAME_BEHIND = re.compile(
    r"\b(?!in\b|of\b|to\b|for\b|at\b|the\b|and\b)[a-z-]+\s+(?P<name>[A-Z]\S*(?:\s+(?:al-|el-)?[A-Z]\S*)*)$"
)
_ACTING = ("offices", "office_plurals", "media", "organisation", "government", "corporate")
_NOT_NOUN = frozenset(
    {"also", "has", "have", "had", "will", "would", "later", "then", "not", "is", "was", "yet"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who speaks: ``name`` as in the text at ``text[start:end]``, ``cue`` the word that tells."""

    name: str
    cue: str
    start: int
    end: int
    cue_start: int


@lru_cache(maxsize=4096)
def hedges_in(text: str) -> tuple[str, ...]:
    """Words of the text that hold back ("reportedly", "could"), in order, each once."""
    found = []
    for match in cue("hedges").finditer(text):
        if match[0] == "May" and match.start() > 0:
            continue  # the month
        found.append(" ".join(match[0].lower().split()))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def sources_in(text: str) -> tuple[Source, ...]:
    """Everybody whom the sentence names as saying something, left to right."""
    found: list[Source] = []
    for match in cue("according").finditer(text):
        source = phrase_after(text, match.end())
        if source:
            found.append(Source(source[0], match[0], source[1], source[1] + len(source[0]), match.start()))
    for match in _ORIGIN.finditer(text):
        source = phrase_after(text, match.end())
        if source:
            found.append(
                Source(source[0], match[0].strip(), source[1], source[1] + len(source[0]), match.start())
            )
    for match in re.finditer(r"\bquoted\s+(?!by\b)([^,;“”\"]{3,90}?)\s+as\s+(?:saying|telling)\b", text):
        found += (
            [Source(match[1], "quoted", match.start(1), match.end(1), match.start())]
            if can_act(match[1])
            else []
        )
    for match in re.finditer(r"\bquoted\s+by\s", text):
        source = phrase_after(text, match.end())
        found += (
            [Source(source[0], "quoted", source[1], source[1] + len(source[0]), match.start())]
            if source
            else []
        )
    for match in cue("reporting").finditer(text)[:_MOST_CUES]:
        if _is_noun(match, text):
            continue
        source = speaker_of(text, match.start(), match.end())
        if source and not any(source[1] <= other.start < source[1] + len(source[0]) for other in found):
            found += [
                Source(name, match[0], start, start + len(name), match.start())
                for name, start in [*_joined(text, source[1]), source]
            ]
    return tuple(sorted(found, key=lambda source: source.start))


def _joined(text: str, start: int) -> list[tuple[str, int]]:
    """The names that stand in one row before the one at ``start``."""
    first = row_start(text, start)
    names = re.finditer(rf"(?:[Tt]he\s+)?{_NAME}", text[first:start])
    return [(match[0], first + match.start()) for match in names]


def _is_noun(match: re.Match[str], text: str) -> bool:
    """ "the United States", "its report", "drone claims": no verb of saying."""
    if match[0][0].isupper() and match.start() > 0:
        return True
    if re.match(r"\s+to\s+(?:be|have|plan)\b", text[match.end() :]):
        return True  # "said to be preparing": nobody says it
    if match[0] in {"called", "call", "calls"} and re.match(r"\s+(?:off|for|on)\b", text[match.end() :]):
        return True
    if re.search(r"\bquoted\s[^,;]*\bas\s+$", text[max(0, match.start() - _NEAR) : match.start()]):
        return True  # "quoted … as saying" is read as a whole
    if fold(match[0]) == "continued" and _BEFORE_ADJECTIVE.search(
        text[max(0, match.start() - _NEAR) : match.start()]
    ):
        return True  # "stressed continued support"
    if fold(match[0]) not in {"report", "reports", "states", "claims", "charges", "quoted"}:
        return False
    before = text[max(0, match.start() - 60) : match.start()].split()
    return not before or before[-1][:1].islower() or fold(match[0]) == "report"


def speaker_of(text: str, start: int, end: int) -> tuple[str, int] | None:
    """The noun phrase that governs the verb at ``text[start:end]``, and where it starts."""
    base = max(0, start - _NEAR)  # a window, so that no sentence costs more than its length
    found = _speaker_of(text[base : end + _NEAR], start - base, end - base)
    return (found[0], found[1] + base) if found else None


def _speaker_of(text: str, start: int, end: int) -> tuple[str, int] | None:
    if re.match(r"\s+by\s", text[end:]):
        return phrase_after(text, end + 4)
    if re.search(r"[,”\"’']\s*$", text[:start]) and re.search(r"[”\"’']", text[max(0, start - 4) : start]):
        after = phrase_after(text, end)  # '"…," said Alan Dacey'
        if after:
            return after
    subject = _subject(text, start)
    if (
        subject is None
        and text[:start].rstrip().endswith(",")
        and re.match(r"\s+(?:the\s+)?[A-Z]", text[end:])
    ):
        return phrase_after(text, end)  # "she would go, said Bo Lind"
    return subject


def row_start(text: str, start: int) -> int:
    """Start of "the United States and Ukraine", or of "Norland, Velia, and Ostia", given where its last name starts;
    ``start`` if it is alone.
    """
    base = max(0, start - _NEAR)
    listed = _LISTED.search(text[base:start])
    if listed is None or _PREPOSITION.search(text[base : base + listed.start("first")]):
        return _row_start(text, start, r"\s+and\s+")
    return _row_start(text, base + listed.start("last"), r",\s+")


def _row_start(text: str, start: int, joined: str) -> int:
    base = max(0, start - _NEAR)
    while True:
        row = re.search(rf"(?P<name>(?:[Tt]he\s+)?{_NAME}){joined}(?:the\s+)?$", text[base:start])
        if row is None or _PREPOSITION.search(text[base : base + row.start("name")]):
            return start
        if fold(row["name"].split()[0]) in _LEADING:
            return start
        start, joined = base + row.start("name"), r",\s+"


def subject_before(text: str, position: int) -> tuple[str, int] | None:
    """The noun phrase right before ``position``, its appositions left out, and where it starts.

    ``None`` where nothing that can act stands there.
    """
    base = max(0, position - _NEAR)
    found = _subject(text[base:position], position - base)
    return (found[0], found[1] + base) if found else None


def _subject(text: str, position: int) -> tuple[str, int] | None:
    left = _AUXILIARIES.sub("", text[:position]).rstrip()
    if left.endswith(","):  # "Susan Rice, the adviser, said"; "the adviser, Susan Rice, said"
        head, _, inside = left[:-1].rpartition(",")
        if is_name(inside.strip()) and cue("offices", of="people").search(head[-90:]):
            return inside.strip(), len(head) + 1 + len(inside) - len(inside.lstrip())
        spoken = inside[:1] in {'"', "”", "’"}  # '"I go," the envoy Bo Lind, said'
        left = left[:-1] if spoken else head
    titled = _QUOTED_NAME.search(left[-90:])
    if titled and fold(titled["noun"]) in words("paper_nouns", of="grammar"):  # 'the daily "Lantern" writes'
        return titled["name"], len(left) - len(titled[0]) + titled.start("name") - titled.start()
    boundary = None
    for boundary in _BOUNDARY.finditer(left):  # noqa: B007 - the last one is wanted
        pass
    start = boundary.end() if boundary else 0
    phrase = left[start:]
    tail = re.search(r"((?:\S+\s+){0,9}\S+)\s*$", phrase)
    if not tail:
        return None
    kept = tail[1].split(" ")
    while kept and fold(kept[0]) in _CONJUNCTIONS:
        kept.pop(0)
    while kept and (
        (kept[-1].endswith("ly") and kept[-1].islower())
        or fold(kept[-1].strip(",")) in _NOT_NOUN | words("function") - words("pronouns_any", of="people")
    ):
        kept.pop()
    name = " ".join(kept).strip(" ,.")
    if not name or not can_act(name):
        return None
    return name, start + phrase.index(name, tail.start(1))


def is_name(text: str) -> bool:
    """Whether the phrase is nothing but a name: one to four capitalised words."""
    parts = text.split()
    return (
        1 <= len(parts) <= 4
        and all(part[:1].isupper() for part in parts)
        and text not in words("not_actors", of="people")
    )


def phrase_after(text: str, position: int) -> tuple[str, int] | None:
    """The noun phrase that starts at ``position``, and where. ``None`` where nothing that can act does."""
    rest = text[position:]
    lead = len(rest) - len(rest.lstrip())
    end = _PHRASE_END.search(rest, lead + 1)
    phrase = rest[lead : end.start() if end else len(rest)].strip()
    named = _APPOSITION.match(rest[lead + len(phrase) :])
    if (
        named
        and cue("offices", of="people").search(phrase)
        and not re.search(r"\b[A-Z]\S+ [A-Z]\S+$", phrase)
    ):
        return named[1], position + lead + len(phrase) + named.start(1)  # "said the envoy, Pekka Lind"
    phrase, offset = _inner_source(phrase)
    if not phrase or not can_act(phrase):
        return None
    return phrase, position + lead + offset


def _inner_source(phrase: str) -> tuple[str, int]:
    """Unwrap "a report by the Vedomosti newspaper" to the newspaper."""
    wrapped = re.match(
        r"(?:an?|the|this|that|its|their)?\s*(?:\w+\s+){0,2}(?:reports?|statement|story|interview|"
        r"article|documents?)\s+(?:by|from|in|with|of|published\s+(?:by|in))\s+",
        phrase,
        re.IGNORECASE,
    )
    return (phrase[wrapped.end() :], wrapped.end()) if wrapped else (phrase, 0)


def can_act(phrase: str) -> bool:
    """Whether the phrase names somebody: a capital, an office, a medium, or a personal pronoun."""
    folded = [fold(word.strip(".,")) for word in phrase.split()]
    if _COMMENTING.match(phrase) and not places_in(phrase.split(maxsplit=1)[0]):
        return False
    if any(word[:1].isupper() for word in phrase.split() if fold(word) not in words("function")):
        return True
    if len(folded) == 1 and folded[0] in words("pronouns_any", of="people"):
        return True
    known = frozenset().union(*(words(name, of="people") for name in _ACTING))
    return any(word in known or word.removesuffix("s") in known for word in folded)


def is_unnamed(name: str) -> bool:
    """Whether this is a source that nobody could ask ("a diplomatic source"): it never confirms."""
    return bool(cue("unnamed", of="people").search(name))


def is_report_noun(name: str) -> bool:
    """Whether the phrase only says "the report", whose author was named elsewhere."""
    return fold(name).removeprefix("the ").removeprefix("a ").removeprefix("its ") in words(
        "report_nouns", of="cues"
    )


def source_name(name: str) -> str:
    """A source as it is shown: without the article in front; nobody's name small, as inside a sentence."""
    if is_unnamed(name):
        name = _inside(name)
        if fold(name) in {"a source", "the source"}:
            return name
    for article in ("the ", "The ", "a ", "A ", "an ", "An "):
        name = name.removeprefix(article)
    parts = name.split()
    while len(parts) > 1 and parts[-1] in words("trailing", of="people"):
        parts.pop()  # "Bo Lind earlier today"
    name = " ".join(parts) if len(parts) < len(name.split()) else name
    behind = _NAME_BEHIND.search(name)
    if behind and cue("offices", of="people").search(name[: behind.start("name")]):
        return behind["name"]  # "his spokeswoman Alba Stroud"
    return name.strip()


def _inside(name: str) -> str:
    """ "Another source", as a sentence begins: "another source"; "Norlandic sources" stay."""
    ordinary = (
        words("function")
        | words("openers")
        | words("quantifiers", of="people")
        | words("unnamed", of="people")
    )
    return name[:1].lower() + name[1:] if fold(name.split(maxsplit=1)[0]) in ordinary else name


def credited_in(text: str) -> tuple[str, ...]:
    """The sources that a brief credits for what the sentence tells, as shown: no "he", no "the report", and
    nobody who is said not to have said it.
    """
    return tuple(
        source_name(source.name)
        for source in sources_in(text)
        if not is_report_noun(source.name)
        and fold(source.name) not in words("pronouns_any", of="people")
        and not is_negated(text, source.cue_start)
    )
