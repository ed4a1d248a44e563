"""Breaking a verified brief: what a mutant and a kind of break are, and the hands that make them.

A *kind* names one thing that a careless model or editor does wrong (DOMAIN.md sections 6 and 9) and the codes of
the rules meant to see it. It makes *mutants*: the brief with that one thing wrong, everything else as it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any
from zlib import crc32

from subjects import Subject, fixture_subjects

from briefgen.brief import Allegation, OpenQuestion, PlannedVisit
from briefgen.evidence import Evidence, whole_sentence
from briefgen.grounding import Grounding
from briefgen.verification import audit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefgen.article import Article
    from briefgen.brief import Actor, Brief, Item, QuestionKind

FACETS = ("planned_visits", "motives", "allegations", "open_questions", "background")
_LOOKED_AT = 40
WORDED = {"background": "text", "motives": "text", "allegations": "claim", "open_questions": "question"}


@dataclass(frozen=True)
class Mutant:
    """A broken brief. ``shown`` says what was changed; ``facets`` are those in which it must be seen (none: any).

    ``article`` where the break is in what the brief is read against.
    """

    brief: Brief = field(repr=False)
    shown: str
    facets: tuple[str, ...] = ()
    article: Article | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Kind:
    """One kind of break: the codes of the rules meant to see it, and how it is made."""

    name: str
    codes: frozenset[str]
    make: Callable[[Subject], Iterator[Mutant]]

    def __str__(self) -> str:
        return self.name

    def mutants(self, subject: Subject, most: int) -> list[Mutant]:
        """Up to ``most`` breaks that the subject allows, spread over its items and texts; the same on every run."""
        every = [m for m in islice(self.make(subject), _LOOKED_AT) if m.article or m.brief != subject.brief]
        if len(every) <= most:
            return every
        first = crc32(f"{self.name} {subject.id}".encode()) % len(every)
        step = len(every) / most
        return [every[(first + int(step * k)) % len(every)] for k in range(most)]


def kind(name: str, codes: str) -> Callable[[Callable[[Subject], Iterator[Mutant]]], Kind]:
    """Make a kind of a function of a subject. ``codes`` are separated by spaces."""

    def decorate(make: Callable[[Subject], Iterator[Mutant]]) -> Kind:
        return Kind(name, frozenset(codes.split()), make)

    return decorate


def found_in(mutant: Mutant, subject: Subject) -> set[tuple[str, str]]:
    """Facet and code of each finding that the unbroken brief does not have."""
    found = audit(mutant.brief, mutant.article or subject.article)
    return {
        (facet, finding.code)
        for facet, item, finding in found
        if (facet, item, finding.code) not in subject.audited()
    }


# -- changing items ------------------------------------------------------------------------------------------------


def changed(subject: Subject, facet: str, item: Item, shown: str, **changes: Any) -> Mutant:
    """The brief with fields of one item changed."""
    items = tuple(
        other.model_copy(update=changes) if other.id == item.id else other
        for other in getattr(subject.brief, facet)
    )
    brief = subject.brief.model_copy(update={facet: items})
    return Mutant(brief, f"{item.id}: {shown}", (facet,))


def added(subject: Subject, facet: str, item: Item, shown: str) -> Mutant:
    """The brief with one more item, and the open question that a consistent forger would add with it."""
    changes: dict[str, Any] = {facet: (*getattr(subject.brief, facet), item)}
    asked = _asked_of(item, subject)
    if asked is not None:
        changes["open_questions"] = (*subject.brief.open_questions, asked)
    return Mutant(subject.brief.model_copy(update=changes), f"{facet}: {shown}", (facet,))


def _asked_of(item: Item, subject: Subject) -> OpenQuestion | None:
    kind: QuestionKind
    if isinstance(item, PlannedVisit):
        words, kind = f"Will {subject.name(item.visitors[0])} visit {item.destination.name}?", "unconfirmed"
    elif isinstance(item, Allegation):
        claim = item.claim[:1].lower() + item.claim[1:]
        words, kind = f"Is the allegation true that {claim}?", "unresolved_allegation"
    else:
        return None
    n = len(subject.brief.open_questions) + 1
    return OpenQuestion(
        id=f"question-{n}", question=words, kind=kind, about=(item.id,), evidence=item.evidence[:1]
    )


def dropped(subject: Subject, facet: str, item: Item, shown: str, seen: tuple[str, ...] = ()) -> Mutant:
    """The brief without one of its items."""
    items = tuple(other for other in getattr(subject.brief, facet) if other.id != item.id)
    return Mutant(subject.brief.model_copy(update={facet: items}), f"{item.id} dropped: {shown}", seen)


def behind(subject: Subject, *numbers: int) -> tuple[Evidence, ...]:
    """Evidence that quotes these sentences whole."""
    return tuple(whole_sentence(subject.article, n) for n in numbers)


def new_id(subject: Subject, facet: str, prefix: str) -> str:
    """An id that no item of the facet has."""
    return f"{prefix}-{len(getattr(subject.brief, facet)) + 1}"


# -- changing words ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """A text of the brief that a model worded, with the sentences behind it. The headline's ``item`` is ""."""

    facet: str
    item: str
    text: str
    sentences: tuple[int, ...] = ()


def texts(subject: Subject, *facets: str) -> Iterator[Text]:
    """Every text of these facets: headline and summary first."""
    brief = subject.brief
    if "summary" in facets:
        n = ground(subject).carrying(brief.headline, at_least=0.0)
        yield Text("summary", "", brief.headline, (n,) if n else ())
        for at, line in enumerate(brief.summary):
            yield Text("summary", str(at), line.text, tuple(e.sentence for e in line.evidence))
    for facet in facets:
        for item in getattr(brief, facet) if facet in WORDED else ():
            told = getattr(item, WORDED[facet])
            yield Text(facet, item.id, told, tuple(e.sentence for e in item.evidence))


def retold(subject: Subject, text: Text, words: str) -> Mutant:
    """The brief in which one text says something else."""
    shown = f"{text.facet} {text.item}: “{text.text}” → “{words}”"
    brief = subject.brief
    if text.facet != "summary":
        item = next(each for each in getattr(brief, text.facet) if each.id == text.item)
        made = changed(subject, text.facet, item, "", **{WORDED[text.facet]: words})
        return Mutant(made.brief, shown, (text.facet,))
    if not text.item:
        return Mutant(brief.model_copy(update={"headline": words}), shown, ("summary",))
    lines = list(brief.summary)
    lines[int(text.item)] = lines[int(text.item)].model_copy(update={"text": words})
    return Mutant(brief.model_copy(update={"summary": tuple(lines)}), shown, ("summary",))


LINES = ("summary", "background")
CLAIMS = ("summary", "background", "allegations", "motives")


def wording(
    name: str, codes: str, *facets: str
) -> Callable[[Callable[[Text, Subject], Iterator[str]]], Kind]:
    """Make a kind of a function that words a text of the brief anew."""

    def decorate(edit: Callable[[Text, Subject], Iterator[str]]) -> Kind:
        def make(subject: Subject) -> Iterator[Mutant]:
            for text in texts(subject, *(facets or LINES)):
                for words in edit(text, subject):
                    if words != text.text:
                        yield retold(subject, text, words)

        return Kind(name, frozenset(codes.split()), make)

    return decorate


def swapped(text: str, first: str, second: str) -> str:
    """The text with two names exchanged."""
    pattern = re.compile(rf"(?<!\w)(?:{re.escape(first)}|{re.escape(second)})(?!\w)")
    return pattern.sub(lambda found: second if found[0] == first else first, text)


def word(name: str) -> re.Pattern[str]:
    """A name as a whole word."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


# -- who and what else is there ------------------------------------------------------------------------------------


def names_of(actor: Actor) -> tuple[str, ...]:
    """Every name of an actor, the longest first."""
    return tuple(sorted((actor.name, *actor.aliases), key=len, reverse=True))


def named_in(text: str, subject: Subject, *kinds: str) -> list[tuple[Actor, str]]:
    """Actors that a text names, each with the name it uses, in the order of the text."""
    found: list[tuple[int, int, Actor, str]] = []
    for actor in subject.brief.actors:
        if kinds and actor.kind not in kinds:
            continue
        for name in names_of(actor):
            match = word(name).search(text)
            if match:
                found.append((match.start(), match.end(), actor, name))
                break
    free = [
        each
        for each in found
        if not any(other is not each and other[0] <= each[0] and each[1] <= other[1] for other in found)
    ]
    return [(actor, name) for _, _, actor, name in sorted(free, key=lambda each: each[:2])]


def same_side(first: Actor, second: Actor) -> bool:
    """Whether two actors may stand for each other: one state, or parts of one name."""
    if first.id == second.id or (first.country and first.country == second.country):
        return True
    return bool(set(first.name.casefold().split()) & set(second.name.casefold().split()))


def others(subject: Subject, than: Actor, *kinds: str) -> list[Actor]:
    """Actors of these kinds that are somebody else than this one and of no common side."""
    return [
        a for a in subject.brief.actors if a.kind in kinds and a.name[:1].isupper() and not same_side(a, than)
    ]


@cache
def strangers(subject: Subject) -> tuple[str, ...]:
    """Names of people of other articles, of which this article has no word."""
    ground = Grounding(subject.article)
    people = [
        a.name for s in fixture_subjects() for a in s.brief.actors if a.kind == "person" and " " in a.name
    ]
    return tuple(
        name
        for name in people
        if not any(ground.has_phrase(part) for part in name.split()) and name[0].isupper()
    )[:6]


@cache
def ground(subject: Subject) -> Grounding:
    """What the article's words vouch for."""
    return Grounding(subject.article)


def has(subject: Subject, phrase: str) -> bool:
    """Whether the article has these words."""
    return ground(subject).has_phrase(phrase)
