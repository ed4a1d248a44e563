"""The cast of an article: its actors, the names they go by, where each sentence mentions them, whose side
they are on. One actor per real entity; nobody enters whom the article does not name or describe.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from briefgen.attribution import can_act, is_name, is_unnamed
from briefgen.evidence import Evidence, whole_sentence
from briefgen.geography import country_of, first_state, places_in, seat_of
from briefgen.grounding import fold, fold_name
from briefgen.lexicon import cue, words
from briefgen.names import (
    ADJECTIVES,
    apposition,
    described_before,
    find_folded,
    is_body,
    is_full_name_of,
    kind_of,
    looks_like_person,
    name_pattern,
    names_in,
    shares_stem,
    strip_titles,
    title_before,
)

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefgen.article import Article
    from briefgen.brief import ActorKind

_WORDS_BEFORE = re.compile(r"(?<!\w)([a-z’'-]+(?: [a-z’'-]+)?)$")
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.){2,}$")
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
        return f"{self.role or ''} {self.name}"


@dataclass(frozen=True, slots=True)
class Mention:
    """``member`` named at ``sentence.text[start:end]``."""

    member: Member
    start: int
    end: int


def is_null(value: str | None) -> bool:
    """Whether a model's string says "nothing here" in one of the ways models do."""
    return value is None or fold_name(value) in _NULLS


class Cast:
    """Grows while an article's facets are verified; ids are in order of entry (``actor-1``)."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.members: list[Member] = []
        self._mentions: dict[int, list[Mention]] = {}
        self._memo: dict[tuple[str, int], tuple[Any, ...]] = {}
        self._pattern: re.Pattern[str] | None = None
        self._by_form: dict[str, Member] = {}
        self.names = names_in(article)

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
        state = self._state_of_seat(name)
        if state:
            return self.enter(state, "government")
        bearer = self._bearer(name)
        if bearer:
            return self.enter(bearer, "person")
        full = self._full_name(name)
        if full is None or not self._can_be_actor(full):
            return None
        known = self.find(full)
        if known:
            return known
        if kind == "person" and kind_of(full, kind) == "person" and self._always_the(full):
            return None  # "the Anna Lind": a ship, a street
        return self._add(full, kind)

    def _add(self, name: str, kind: ActorKind | None) -> Member:
        kind = (
            "government"
            if " " not in name and self.is_state(name)
            else self._kind_before(name) or kind_of(name, kind)
        )
        role = self._role(name) if kind == "person" else None
        member = Member(
            id=f"actor-{len(self.members) + 1}",
            name=name,
            kind=kind,
            names=(name, *self._aliases(name, kind)),
            role=role,
            country=_country(name, kind, role)
            or (self._country_behind(name) if kind in {"government", "person"} else None),
        )
        self.members.append(member)
        self._pattern = None
        self._mentions.clear()
        self._memo.clear()
        return member

    def _always_the(self, name: str) -> bool:
        text = self.article.text
        spans = [match.start() for match in re.finditer(name_pattern(name), text)]
        return bool(spans) and all(text[max(0, at - 4) : at].lower() == "the " for at in spans)

    def _state_of_seat(self, name: str) -> str | None:
        """The state, as the article names it, whose capital speaks or acts under its own name ("Moscow")."""
        code = None if is_body(name) else seat_of(name)
        for sentence in self.article.telling if code else ():
            for place in places_in(sentence.text):
                if place.code == code and place.form == "name":
                    return sentence.text[place.start : place.end]
        return None

    def _bearer(self, description: str) -> str | None:
        """Who has the office described: "Pekka Lind, the Finnish ambassador to Uruguay"."""
        if is_name(description) or not cue("offices", of="people").search(description):
            return None
        found = re.search(
            rf"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){{1,3}}), (?:the |an? )?{re.escape(description)}(?!\w)",
            self.article.text,
        )
        return found[1] if found else None

    def _kind_before(self, name: str) -> ActorKind | None:
        """ "the newspaper Lantern", "the shipping line Corvane": what a small word right before the name says."""
        at = self.article.text.find(f" {name}")
        found = _WORDS_BEFORE.search(self.article.text[max(0, at - 40) : max(0, at)])
        before = set(fold(found[1]).split()) if found else set()
        if before & words("media", of="people"):
            return "media"
        return (
            "organisation"
            if before & (words("organisation", of="people") | words("corporate", of="people"))
            else None
        )

    def _can_be_actor(self, name: str) -> bool:
        """A name, or words for people, offices or bodies; no word that the article also writes small."""
        if country_of(name):
            return True
        if re.search(r"[{}<>%|\[\]]", name) or not can_act(name):
            return False
        listed = [fold_name(mention.text) for mention in self.names]
        if (
            is_name(name)
            and not country_of(name)
            and not any(f" {fold_name(name)} " in f" {each} " for each in listed)
        ):
            return False  # only ever a place: "the Onda valley"
        alone = (
            " " not in name and name[:1].isupper() and not any(fold(m.text) == fold(name) for m in self.names)
        )
        return not (alone and re.search(rf"(?<!\w){re.escape(name.lower())}s?(?!\w)", self.article.text))

    def _full_name(self, name: str) -> str | None:
        """The name as the article has it, in full: "Putin" becomes "Vladimir Putin". ``None``: not there."""
        bare = strip_titles(name) or name
        of_state = re.fullmatch(r"(\w+(?:\s\w+)*) of (?:the )?(\w.*)", bare)
        if (
            of_state
            and first_state(of_state[2])
            and any(strip_titles(m.text) == of_state[1] for m in self.names)
        ):
            bare = of_state[1]  # "Ragna of Norway"
        found = find_folded(self.article, bare)
        if found is None:
            return None
        if " " in found or country_of(found) or not found[:1].isupper() or self.is_state(found):
            return found
        called = Counter(strip_titles(mention.text) for mention in self.names)
        longer = [full for full in called if is_full_name_of(full, found)]
        return longer[0] if len(longer) == 1 and not is_body(found) else found

    def is_state(self, name: str) -> bool:
        """Whether the article has an adjective of this name ("Kasmeri"): an invented state."""
        folded = fold(name)
        return any(word != folded and shares_stem(word, folded) for word in self._adjectives)

    @cached_property
    def _adjectives(self) -> frozenset[str]:
        """Capitalised words of the article that end like the adjective of a state."""
        found = {fold(word) for word in re.findall(r"(?<!\w)[A-Z][a-z]{3,}(?!\w)", self.article.text)}
        return frozenset(word for word in found if word.endswith(ADJECTIVES))

    def _aliases(self, name: str, kind: ActorKind) -> tuple[str, ...]:
        found: list[str] = []
        code = country_of(name)
        if code:
            for sentence in self.article.sentences:
                for place in places_in(sentence.text):
                    text = sentence.text[place.start : place.end]
                    if place.code == code and place.form == "name" and fold_name(text) != fold_name(name):
                        found.append(text)
        elif kind == "person" and " " in name and looks_like_person(name):
            words_of = [w for w in name.split() if len(w) > 2 and not w.islower() and not w.endswith(".")]
            forms = [form for word in words_of for form in (word, re.sub("^(?:al|el|Al|El)-", "", word))]
            called = {fold(strip_titles(mention.text)) for mention in self.names}
            found += [form for form in forms if fold(form) in called]
        else:
            initials = re.search(re.escape(name) + r"\s\(([A-Z][A-Za-z.]{1,9})\)", self.article.text)
            if initials:
                found.append(initials[1])
        return tuple(dict.fromkeys(found))

    def _role(self, name: str) -> str | None:
        """The office that the article gives the person, before the name or in apposition behind it."""
        for sentence in self.article.sentences:
            at = sentence.text.find(name)
            if at < 0:
                continue
            left, right = sentence.text[:at], sentence.text[at + len(name) :]
            described = described_before(left) if right[:1] in {",", "."} else None
            role = described or title_before(left) or apposition(right)
            if role:
                return role
        return None

    def _country_behind(self, name: str) -> str | None:
        """ "the Royal Palace in Oslo", "Queen Ragna of Norway"."""
        found = re.search(
            rf"(?<!\w){re.escape(name)} (?:of|in) (?:the )?([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)",
            self.article.text,
        )
        places = places_in(found[1]) if found else ()
        return places[0].code if places and places[0].start == 0 and places[0].form != "adjective" else None

    # -- looking up ---------------------------------------------------------------------------------------

    def find(self, name: str) -> Member | None:
        """The member that goes by this name, if exactly one does."""
        folded = fold_name(name)
        bare = fold_name(strip_titles(name))
        for wanted in filter(None, (folded, bare)):
            found = {m.id: m for m in self.members if wanted in {fold_name(n) for n in m.names}}
            if len(found) == 1:
                return next(iter(found.values()))
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
        if self._pattern is None:
            self._by_form = {}
            for member in self.members:
                for form in member.names:
                    self._by_form.setdefault(fold_name(form), member)
            forms = [form for member in self.members for form in member.names]
            self._pattern = re.compile(name_pattern(*forms)) if forms else re.compile(r"(?!)")
        if not 1 <= n <= len(self.article.sentences):
            return []
        if n not in self._mentions:
            text = self.article.sentence(n).text
            self._mentions[n] = [
                Mention(self._by_form[fold_name(match[0])], match.start(), match.end())
                for match in self._pattern.finditer(text)
                if fold_name(match[0]) in self._by_form
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
        office = re.compile(rf"\b(?:his|her|their)\s+(?:\w+\s+){{0,2}}\w+\s+{re.escape(member.name)}(?!\w)")
        for sentence in self.article.telling if member.kind == "person" else ():
            found = office.search(sentence.text)
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


def _country(name: str, kind: ActorKind, role: str | None) -> str | None:
    code = country_of(name) or seat_of(name)
    if code or kind == "media":
        return code
    return first_state(role or "") or (first_state(name) if kind != "person" or not role else None)
