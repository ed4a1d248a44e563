"""The cast of an article: its actors, the names they go by, where each sentence mentions them, whose side
they are on. One actor per real entity; nobody enters whom the article does not name or describe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from briefgen.attribution import is_unnamed
from briefgen.evidence import Evidence, whole_sentence
from briefgen.geography import country_of, first_state
from briefgen.grounding import fold, fold_name
from briefgen.lexicon import cue, words
from briefgen.namebook import NameBook
from briefgen.names import is_body, kind_of, name_pattern, shares_stem, strip_titles
from briefgen.offices import of_office

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefgen.article import Article
    from briefgen.brief import ActorKind
    from briefgen.name_mentions import NameMention

_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.){2,}$")
_POSSESSIVE = re.compile(r"\b(?:his|her|their)\s")
_NULLS = frozenset(
    {
        "",
        "null",
        "none",
        "n/a",
        "na",
        "unknown",
        "nobody",
        "not mentioned",
        "not stated",
        "unspecified",
        "no one",
        "article",
        "the article",
        "unnamed",
        "not specified",
    }
)


@dataclass(frozen=True)
class Member:
    """One actor in the making. ``names``: the full name first, then what else the article calls it."""

    id: str
    name: str
    kind: ActorKind
    names: tuple[str, ...]
    role: str | None
    country: str | None

    @property
    def label(self) -> str:
        """The office as far as it says whose it is, and the name."""
        return f"{of_office(self.role or '')} {self.name}"


@dataclass(frozen=True, slots=True)
class Mention:
    """``member`` named at ``sentence.text[start:end]``."""

    member: Member
    start: int
    end: int


def is_null(value: str | None) -> bool:
    """Whether a model's string says "nothing here" in one of the ways models do."""
    return value is None or fold_name(value) in _NULLS


@lru_cache(maxsize=4096)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold_name(name) for name in names)


class Cast:
    """Grows while an article's facets are verified; ids are in order of entry (``actor-1``)."""

    def __init__(self, article: Article, book: NameBook | None = None) -> None:
        """``book``: the article's names, where another cast of it has read them."""
        self.article = article
        self.members: list[Member] = []
        self._mentions: dict[int, list[Mention]] = {}
        self._memo: dict[tuple[str, int], tuple[Any, ...]] = {}
        self._forms: dict[str, Member] | None = None
        """Members by the forms of their names, folded."""
        self.book = book or NameBook(article)

    @property
    def names(self) -> tuple[NameMention, ...]:
        """Every name of the article."""
        return self.book.names

    # -- entering ---------------------------------------------------------------------------------------

    def enter(self, name: str, kind: ActorKind | None = None) -> Member | None:
        """Return the member of this name, entering it if the article has it; ``None`` if it does not.

        The name is taken as the article writes it in full; titles and roles in front of it are left out.
        """
        if is_null(name):
            return None
        name = " ".join(name.split()).strip(" ,;:\"'“”").removeprefix("the ").removeprefix("The ")
        name = re.sub(r",?\s+(?:Jr|Sr|I{2,3}|IV)\.?$", "", name)
        if not _ABBREVIATION.search(name):
            name = name.rstrip(".")
        known = self.find(name)
        if known:
            return known
        if fold_name(name) in words("not_actors", of="people") or is_unnamed(name):
            return None
        state = self.book.state_of_seat(name) or self.book.state_called(name)
        if state:
            return self.enter(state, "government")
        bearer = self.book.bearer(name)
        if bearer:
            return self.enter(bearer, "person")
        full = self.book.full_name(name)
        if full is None or not self.book.can_be_actor(full):
            return None
        known = self.find(full)
        if known:
            return known
        if kind == "person" and kind_of(full, kind) == "person" and self.book.always_the(full):
            return None  # "the Anna Lind": a ship, a street
        return self._add(full, kind)

    def _add(self, name: str, kind: ActorKind | None) -> Member:
        kind = self.book.kind(name, kind)
        role = self.book.role(name) if kind == "person" else None
        member = Member(
            id=f"actor-{len(self.members) + 1}",
            name=name,
            kind=kind,
            names=(name, *self.book.aliases(name, kind)),
            role=role,
            country=self.book.country(name, kind, role),
        )
        self.members.append(member)
        self._forms = None
        self._mentions.clear()
        self._memo.clear()
        return member

    # -- looking up ---------------------------------------------------------------------------------------

    def find(self, name: str) -> Member | None:
        """The member that goes by this name, if exactly one does."""
        folded = fold_name(name)
        bare = fold_name(strip_titles(name))
        for wanted in filter(None, (folded, bare)):
            found = [member for member in self.members if wanted in _folded(member.names)]
            if len(found) == 1:
                return found[0]
        code = country_of(name)
        if code:
            return next((m for m in self.members if country_of(m.name) == code), None)
        if folded in words("titles", of="people") | words("offices", of="people"):  # "the queen"
            holders = [m for m in self.members if m.role and folded in fold(m.role).split()]
            return holders[0] if len(holders) == 1 else None
        return None

    def get(self, member_id: str) -> Member:
        return next(member for member in self.members if member.id == member_id)

    def mentions(self, n: int) -> list[Mention]:
        """Where sentence ``n`` names members, left to right, longest name first."""
        if self._forms is None:
            self._forms = {}
            for member in self.members:
                for form in member.names:
                    self._forms.setdefault(fold_name(form), member)
        if not 1 <= n <= len(self.article.sentences):
            return []
        if n not in self._mentions:
            text = self.article.sentence(n).text
            forms = {form for member in self.members for form in member.names}
            spans = ((text[start:end], start, end) for start, end in self.book.spans(forms, n))
            self._mentions[n] = [
                Mention(self._forms[folded], start, end)
                for named, start, end in spans
                if (folded := fold_name(named)) in self._forms
            ]
        return self._mentions[n]

    def remember(self, what: str, n: int, read: Callable[[], Iterable[T]]) -> tuple[T, ...]:
        """Read something of sentence ``n`` once, for as long as nobody enters."""
        members = len(self.members)
        if (what, n) not in self._memo:
            found = tuple(read())
            if len(self.members) != members:  # reading let somebody in
                return found
            self._memo[what, n] = found
        return self._memo[what, n]

    def side(self, member: Member) -> str | None:
        """The state that the member is or acts for: its code, or the folded name of an invented state."""
        if member.country:
            return member.country
        boss = re.match(r"([A-Z][\w.’'-]*(?:\s[A-Z][\w.-]*)*)['’]s\s", member.role or "")
        other = self.find(boss[1]) if boss else None
        if other and other.id != member.id and other.kind == "person":
            return self.side(other)  # "Rell's spokesman"
        served = self._served(member)
        if served:
            return self.side(served)
        return self.state_key(member.label)

    def _served(self, member: Member) -> Member | None:
        """Whose spokesman it is: "Putin will go, his spokesman Bo Lind said"."""
        for sentence in self.article.telling if member.kind == "person" else ():
            if member.name not in sentence.text or not _POSSESSIVE.search(sentence.text):
                continue
            office = rf"\b(?:his|her|their)\s+(?:\w+\s+){{0,2}}\w+\s+{re.escape(member.name)}(?!\w)"
            found = re.search(office, sentence.text)
            if found and cue("offices", of="people").search(found[0]):
                people = [
                    m.member
                    for m in self.mentions(sentence.n)
                    if m.end <= found.start() and m.member.kind == "person"
                ]
                return people[-1] if people and people[-1].id != member.id else None
        return None

    def state_key(self, text: str) -> str | None:
        """The first state that ``text`` names, by code, else by the folded name of an actor that is a state.

        An adjective counts where it shares the name's stem ("Norlandic" for Norland).
        """
        code = first_state(text)
        if code:
            return code
        for word in re.findall(r"[A-Z][\w'’-]+", text):
            folded = fold(word)
            for member in self.members:
                name = fold_name(member.name)
                if member.kind == "government" and not is_body(member.name) and shares_stem(folded, name):
                    return name
        return None

    def evidence(self, member: Member) -> tuple[Evidence, ...]:
        """The first sentence that names the member, whole."""
        for sentence in self.article.sentences:
            if any(mention.member.id == member.id for mention in self.mentions(sentence.n)):
                return (whole_sentence(self.article, sentence.n),)
        pattern = re.compile(name_pattern(member.name))  # part of a longer name everywhere
        return next(
            ((whole_sentence(self.article, s.n),) for s in self.article.sentences if pattern.search(s.text)),
            (),
        )
