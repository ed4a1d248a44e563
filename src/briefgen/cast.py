"""The cast of an article: its actors, the names they go by, where each sentence mentions them, whose side
they are on. One actor per real entity; nobody enters whom the article does not name or describe.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from briefgen.attribution import can_act, is_name, is_unnamed
from briefgen.evidence import Evidence, whole_sentence
from briefgen.geography import country_of, first_state, places_in, seat_of
from briefgen.grounding import fold, fold_name
from briefgen.lexicon import cue, table, words

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefgen.article import Article
    from briefgen.brief import ActorKind

_CAPITALISED = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:al-|el-|bin |ibn |de |van |von |O['’])?[A-Z][^\W\d_]*(?:['’.-]\w+)*(?:\.(?=\s[A-Z]))?"
)
_NAME_GAP = re.compile(r"^(?:\s|–|\s&\s|\s(?:of|of the|for|bin|ibn|al|el|de|del|da|di|van|von|der|la)\s)$")
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.){2,}$")
_ADJECTIVES = ("an", "ian", "ic", "ish", "ese", "i", "er")
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


@dataclass(frozen=True, slots=True)
class NameMention:
    """A capitalised name in sentence ``n`` at ``sentence.text[start:end]``."""

    text: str
    n: int
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
        if not _ABBREVIATION.search(name):
            name = name.rstrip(".")
        known = self.find(name)
        if known:
            return known
        if fold_name(name) in words("not_actors", of="people") or is_unnamed(name):
            return None
        bearer = self._bearer(name)
        if bearer:
            return self.enter(bearer, "person")
        full = self._full_name(name)
        if full is None or not self._can_be_actor(full):
            return None
        known = self.find(full)
        if known:
            return known
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
            country=_country(name, kind, role) or (None if kind == "media" else self._country_behind(name)),
        )
        self.members.append(member)
        self._pattern = None
        self._mentions.clear()
        self._memo.clear()
        return member

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
        found = re.search(rf"(?<!\w)([a-z’'-]+(?: [a-z’'-]+)?) {re.escape(name)}(?!\w)", self.article.text)
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
        if re.search(r"[{}<>%|\[\]]", name) or not can_act(name):
            return False
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
        found = _find_folded(self.article, bare)
        if found is None:
            return None
        if " " in found or country_of(found) or not found[:1].isupper() or self.is_state(found):
            return found
        called = Counter(strip_titles(mention.text) for mention in self.names)
        longer = [full for full in called if _is_full_name_of(full, found)]
        return longer[0] if len(longer) == 1 and not is_body(found) else found

    def is_state(self, name: str) -> bool:
        """Whether the article has an adjective of this name ("Kasmeri"): an invented state."""
        folded = fold(name)
        return any(
            folded != fold(word) and shares_stem(fold(word), folded) and fold(word).endswith(_ADJECTIVES)
            for mention in self.names
            for word in mention.text.split()
        ) or any(
            shares_stem(fold(word), folded) and fold(word) != folded and fold(word).endswith(_ADJECTIVES)
            for word in re.findall(r"(?<!\w)[A-Z][a-z]{3,}(?!\w)", self.article.text)
        )

    def _aliases(self, name: str, kind: ActorKind) -> tuple[str, ...]:
        found: list[str] = []
        code = country_of(name)
        if code:
            for sentence in self.article.sentences:
                for place in places_in(sentence.text):
                    text = sentence.text[place.start : place.end]
                    if place.code == code and place.form == "name" and fold_name(text) != fold_name(name):
                        found.append(text)
        elif kind == "person" and " " in name and _looks_like_person(name):
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
            role = (
                _title_before(left)
                or _apposition(right)
                or (_described_before(left) if right[:1] == "," else None)
            )
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


def shares_stem(word: str, name: str) -> bool:
    """Whether a folded adjective belongs to a folded state's name: all but the name's ending in common."""
    keep = max(4, len(name) - 2)
    return " " not in name and len(name) >= 4 and word[:keep] == name[:keep]


def kind_of(name: str, suggested: ActorKind | None) -> ActorKind:
    """The kind, by the words of the name where they settle it, else as the model suggested."""
    if country_of(name):
        return "government"
    if words("bodies", of="people") & {fold(part) for part in name.split() if part.isupper() or "." in part}:
        return "organisation"
    folded = fold_name(name)
    if folded.split()[0] in words("office_plurals", of="people"):
        return "group"  # "analysts at the Harbour Institute"
    if " & " in name:
        return "organisation"
    for kind, listed in (("government", "government"), ("organisation", "organisation"), ("media", "media")):
        if cue(listed, of="people").search(folded) and not (suggested == "media" and kind == "organisation"):
            return kind  # type: ignore[return-value]  # literals of the tuple above
    if seat_of(name):
        return "government"
    if cue("group", of="people").search(folded) and not name[:1].isupper():
        return "group"
    return suggested or ("person" if _looks_like_person(name) else "group")


def _looks_like_person(name: str) -> bool:
    parts = name.split()
    return 1 <= len(parts) <= 5 and all(
        part[:1].isupper() or part.startswith(("al-", "el-")) or part in words("name_particles", of="people")
        for part in parts
    )


def is_body(name: str) -> bool:
    """Whether the name is of a government body, organisation or medium by its words."""
    return any(cue(kind, of="people").search(name) for kind in ("government", "organisation", "media"))


def strip_titles(name: str) -> str:
    """A person's name without what stands before it: "Russian President Vladimir Putin", "Sen. Leahy"."""
    parts = name.split()
    if not parts or is_body(parts[-1]):
        return name.removeprefix("the ").removeprefix("The ")  # "Kestrian Foreign Ministry" is one name
    for place in places_in(name):
        if place.form == "adjective" and place.start == 0 and place.end < len(name):
            rest = name[place.end :].split()
            parts = rest if _is_title(rest[0]) else parts
            break
    inside = [at for at, part in enumerate(parts[1:-1], 1) if _is_title(part)]
    if inside and all(part[:1].isupper() for part in parts[: inside[-1]]):
        parts = parts[inside[-1] + 1 :]  # "Norlandic Foreign Minister Ada Rell"
    while len(parts) > 1 and _is_title(parts[0]) and (_starts_name(parts[1]) or _is_title(parts[1])):
        parts.pop(0)
    return " ".join(parts)


def _is_title(word: str) -> bool:
    titles = words("titles", of="people")
    return fold(word) in titles or fold(word).strip(".,") in titles


def _starts_name(word: str) -> bool:
    return (
        word[:1].isupper()
        or word.startswith(("al-", "el-"))
        or word in {"bin", "ibn", "de", "van", "von", "el", "al"}
    )


def _is_full_name_of(full: str, word: str) -> bool:
    """Whether a longer name is a person's who goes by ``word``: by the surname, or the first name before it."""
    parts = [fold(part) for part in full.split()]
    if not 2 <= len(parts) <= 4 or is_body(full) or parts[-1] in words("place_words", of="people"):
        return False
    if any(place.end - place.start == len(full) for place in places_in(full)) or {"of", "for"} & set(parts):
        return False
    return fold(word) in (parts[0], parts[-1], parts[-1].removeprefix("al-").removeprefix("el-"))


@lru_cache(maxsize=64)
def names_in(article: Article) -> tuple[NameMention, ...]:
    """Every capitalised name of the article, the ordinary words that open a sentence left out."""
    small = set(re.findall(r"(?<![\w'’])[a-z][\w'’-]*", article.text))
    found = []
    for sentence in article.telling:
        for run_start, end in _runs(sentence.text):
            start = _skip_ordinary(sentence.text, run_start, end, small)
            text = sentence.text[start:end]
            behind = re.match(r"\s([a-z]+)", sentence.text[end:])
            before = re.search(r"([a-z]+)(?:\s(?:of|near))?(?:\sthe)?\s$", sentence.text[:start])
            nouns = words("place_nouns", of="people")
            if (behind and behind[1] in nouns) or (before and before[1] in nouns and not country_of(text)):
                continue  # "the Sarn dam", "the port of Sel"
            if len(text) > 1 and not _is_no_name(text):
                found.append(NameMention(text, sentence.n, start, end))
    return tuple(found)


def _skip_ordinary(text: str, start: int, end: int, small: set[str]) -> int:
    """Move ``start`` past words that are capitalised only because of where they stand."""
    while start < end:
        word = fold(text[start:end].split(maxsplit=1)[0].strip(".,"))
        opens = start == 0 or text[start - 1] in "“\"‘'([" or text[start - 2 : start] == ". "
        ordinary = word in words("function") or word in words("not_actors", of="people")
        if not ordinary and opens and len(text[start:end].split()) <= 2:
            ordinary = word in small or _is_opener(word)
        if not ordinary:
            return start
        start = min(end, start + len(text[start:end].split(maxsplit=1)[0]))
        while start < end and text[start] == " ":
            start += 1
    return end


def _is_opener(word: str) -> bool:
    known = word in words("openers") or word in table("words")["numbers"]
    return known or word.endswith(("ly", *table("words")["opener_endings"]))


def _is_no_name(text: str) -> bool:
    folded = fold_name(text)
    if folded in words("not_actors", of="people") | words("regions", of="people") or re.match(
        r"[RDI]-[A-Z]", text
    ):
        return True
    if any(p.form == "adjective" and p.start == 0 and p.end == len(text) for p in places_in(text)):
        return True
    return bool(
        re.search(r"-(?:supplied|backed|led|linked|made|born|mediated|based|controlled|occupied)$", text)
    )


def _runs(text: str) -> list[tuple[int, int]]:
    """Spans of capitalised words that belong together; a possessive ends a name."""
    runs: list[tuple[int, int]] = []
    closed = True
    for match in _CAPITALISED.finditer(text):
        start, end = match.start(), match.end()
        if start and (text[start - 1].isalnum() or text[start - 1] in "'’-."):
            continue
        possessive = text[start:end].endswith(("'s", "’s"))
        if possessive:
            end -= 2
        gap = "" if closed else text[runs[-1][1] : start]
        if _NAME_GAP.match(gap) and not _is_day(match[0]) and not _of_a_state(text, runs[-1], gap, start):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
        closed = possessive or _is_day(match[0])
    return runs


def _is_day(word: str) -> bool:
    return fold(word.strip(".")) in words("not_actors", of="people")


def _of_a_state(text: str, run: tuple[int, int], gap: str, start: int) -> bool:
    """ "Hassan Rouhani of Iran": the person ends before "of"."""
    if " of" not in gap:
        return False
    places = places_in(text[start : start + 40])
    return len(text[run[0] : run[1]].split()) > 1 and bool(places) and places[0].start == 0


def _find_folded(article: Article, name: str) -> str | None:
    """The name as one of the article's sentences has it, in this case if possible, or ``None``."""
    form = name_pattern(name)
    for pattern in (re.compile(form), re.compile(form, re.IGNORECASE)):
        for sentence in article.telling:
            match = pattern.search(sentence.text)
            if match:
                return match[0]
    return None


def name_pattern(*names: str) -> str:
    """A pattern for any of these names as whole words, with either apostrophe; the longest first."""
    ordered = sorted(set(names), key=len, reverse=True)
    forms = (r"\s+".join(re.escape(word) for word in name.replace("’", "'").split()) for name in ordered)
    return rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)".replace("'", "['’]")


def _title_before(left: str) -> str | None:
    words_before = left.rstrip().split()[-6:]
    kept: list[str] = []
    for word in reversed(words_before):
        if word.endswith((",", ".", "”", '"', ":")) and not re.fullmatch(
            r"(?:[A-Z]\.)+|Gen\.|Sen\.|Rep\.|Gov\.", word
        ):
            break
        if (
            word[:1].islower()
            and fold(word) not in words("offices", of="people")
            and fold(word)
            not in {
                "security",
                "foreign",
                "national",
                "prime",
                "and",
                "industry",
                "trade",
                "press",
                "of",
                "minister",
            }
        ):
            break
        if fold(word) in words("function") - {"and", "of"}:
            break
        kept.insert(0, word)
    while kept and fold(kept[0]) in {"and", "of"}:
        kept.pop(0)
    role = " ".join(kept).strip(" ,")
    return role if role and cue("offices", of="people").search(role) else None


def _described_before(left: str) -> str | None:
    """ "A spokesman for the army, Colonel Ude Farrant, said"."""
    found = re.search(
        r"(?:^|[.,;:“”\"]\s*|\b(?:but|and|that)\s+)(?:[Tt]he\s+|[Aa]n?\s+)?([^,.;:“”\"]{4,80}),\s(?:[A-Z]\w+\s)?$",
        left,
    )
    return found[1] if found and cue("offices", of="people").search(found[1]) else None


def _apposition(right: str) -> str | None:
    match = re.match(
        r"^\s*(?:\([^)]{1,20}\))?,\s+(?:the\s+|an?\s+|who\s+(?:is|also serves as)\s+)?([^,.;:()“”\"]{3,90})",
        right,
    )
    if not match or not cue("offices", of="people").search(match[1]):
        return None
    role = re.split(r"\s(?:said|says|told|has|have|was|is|who)\s", match[1])[0].strip()
    kept = [word for word in role.split() if fold(word) not in words("loaded", of="cues")]
    return " ".join(kept) if cue("offices", of="people").search(role) else None
