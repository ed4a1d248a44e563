"""Names of an article: where they stand, what is title and what is name, whose kind their words tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from briefgen.geography import country_of, places_in, seat_of
from briefgen.grounding import fold, fold_name
from briefgen.lexicon import cue, table, words

if TYPE_CHECKING:
    from briefgen.article import Article
    from briefgen.brief import ActorKind

_CAPITALISED = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:al-|el-|bin |ibn |de |van |von |O['’])?[A-Z][^\W\d_]*(?:['’.-]\w+)*(?:\.(?=\s[A-Z]))?"
)
_NAME_GAP = re.compile(r"^(?:\s|–|\s&\s|\s(?:of|of the|for|bin|ibn|al|el|de|del|da|di|van|von|der|la)\s)$")
ADJECTIVES = ("an", "ian", "ic", "ish", "ese", "i", "er")
"""Endings that make an adjective of a state's name."""


@dataclass(frozen=True, slots=True)
class NameMention:
    """A capitalised name in sentence ``n`` at ``sentence.text[start:end]``."""

    text: str
    n: int
    start: int
    end: int


def shares_stem(word: str, name: str) -> bool:
    """Whether a folded adjective belongs to a folded state's name: all but the name's ending in common."""
    keep = max(4, len(name) - 2)
    return " " not in name and len(name) >= 4 and word[:keep] == name[:keep]


def kind_of(name: str, suggested: ActorKind | None) -> ActorKind:
    """The kind, by the words of the name where they settle it, else as the model suggested."""
    if country_of(name):
        return "government"
    settled = _kind_described(name) or _kind_of_body(name, suggested)
    if settled:
        return settled
    if seat_of(name):
        return "government"
    if cue("group", of="people").search(fold_name(name)) and not name[:1].isupper():
        return "group"
    return suggested or ("person" if looks_like_person(name) else "group")


def _kind_described(name: str) -> ActorKind | None:
    """Of a description: "UN diplomats", "analysts at the Harbour Institute", "Pentagon spokesman"."""
    parts = name.split()
    plurals = words("office_plurals", of="people")
    if fold(parts[0]) in plurals or fold(parts[-1]) in plurals:
        return "group"
    office = fold(parts[-1]) in words("offices", of="people") and len(parts) > 1 and parts[-1].islower()
    if office or (name[:1].islower() and cue("offices", of="people").search(name)):
        return "person"
    return None


def _kind_of_body(name: str, suggested: ActorKind | None) -> ActorKind | None:
    capitals = {fold(part) for part in name.split() if part.isupper() or "." in part}
    if words("bodies", of="people") & capitals or " & " in name:
        return "organisation"
    kinds: tuple[ActorKind, ...] = ("government", "organisation", "media")
    for kind in kinds:
        listed = cue(kind, of="people").search(fold_name(name))
        if listed and not (suggested == "media" and kind == "organisation"):
            return kind
    return None


def looks_like_person(name: str) -> bool:
    parts = name.split()
    return 1 <= len(parts) <= 5 and all(
        part[:1].isupper() or part.startswith(("al-", "el-")) or part in words("name_particles", of="people")
        for part in parts
    )


@lru_cache(maxsize=8192)
def is_body(name: str) -> bool:
    """Whether the name is of a government body, organisation or medium by its words."""
    return any(cue(kind, of="people").search(name) for kind in ("government", "organisation", "media"))


@lru_cache(maxsize=8192)
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


def is_full_name_of(full: str, word: str) -> bool:
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
            if len(text) > 1 and not _is_no_name(text):
                found.append(NameMention(text, sentence.n, start, end))
    places = {mention.text for mention in found if _is_place(mention, article)}
    return tuple(mention for mention in found if mention.text not in places)


def _is_place(mention: NameMention, article: Article) -> bool:
    """ "the Sarn dam", "the port of Sel"."""
    text = article.sentence(mention.n).text
    behind = re.match(r"\s([a-z]+)", text[mention.end :])
    if behind and behind[1] in words("place_nouns", of="people"):
        return True
    before = re.search(
        r"\b([a-z]+)\s(?:of|near)\s(?:the\s)?$", text[max(0, mention.start - 40) : mention.start]
    )
    return (
        before is not None and before[1] in words("settlements", of="people") and not country_of(mention.text)
    )


def _skip_ordinary(text: str, start: int, end: int, small: set[str]) -> int:
    """Move ``start`` past words that are capitalised only because of where they stand."""
    while start < end:
        word = fold(text[start:end].split(maxsplit=1)[0].strip(".,"))
        opens = start == 0 or text[start - 1] in "“\"‘'([" or text[start - 2 : start] == ". "
        ordinary = word in words("function") or word in words("not_actors", of="people")
        if opens and word in words("office_plurals", of="people"):  # "Leaders of African Union"
            ordinary = True
        if not ordinary and opens and len(text[start:end].split()) <= 2:
            ordinary = word in small or f"{word}s" in small or _is_opener(word)
        if not ordinary:
            return start
        start = min(end, start + len(text[start:end].split(maxsplit=1)[0]))
        gap = re.match(r"(?:\s+of(?:\s+the)?(?=\s))?\s*", text[start:end])
        start += gap.end() if gap else 0
    return end


def _is_opener(word: str) -> bool:
    known = word in words("openers") or word in table("words")["numbers"]
    return known or word.endswith(("ly", *table("words")["opener_endings"]))


def _is_no_name(text: str) -> bool:
    folded = fold_name(text)
    parts = [part for part in re.split(r"[\s-]", folded) if part]
    if all(_is_title(part) for part in parts) or all(
        part in _SUFFIXES or _is_adjective(part) for part in parts
    ):
        return True
    if {parts[0], parts[-1]} & words("events", of="people"):
        return True
    if folded in words("not_actors", of="people") | words("regions", of="people") or re.match(
        r"[RDI]-[A-Z]", text
    ):
        return True
    if any(p.form == "adjective" and p.start == 0 and p.end == len(text) for p in places_in(text)):
        return True
    return bool(
        re.search(r"-(?:supplied|backed|led|linked|made|born|mediated|based|controlled|occupied)$", text)
    )


_SUFFIXES = frozenset(
    {"backed", "led", "linked", "supplied", "made", "born", "based", "controlled", "occupied", "mediated"}
)


def _is_adjective(word: str) -> bool:
    places = places_in(word.capitalize())
    return bool(places) and places[0].form == "adjective" and places[0].end == len(word)


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


def find_folded(article: Article, name: str) -> str | None:
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


def title_before(left: str) -> str | None:
    words_before = left.rstrip().split()[-6:]
    kept: list[str] = []
    for word in reversed(words_before):
        if word.startswith(("[", "(")) or (
            word.endswith((",", ".", "”", '"', ":"))
            and not re.fullmatch(r"(?:[A-Z]\.)+|Gen\.|Sen\.|Rep\.|Gov\.", word)
        ):
            break
        if (
            word[:1].islower()
            and fold(word) not in words("offices", of="people")
            and fold(word) not in words("in_titles", of="people")
        ):
            break
        if fold(word) in words("function") - {"and", "of"}:
            break
        if (
            kept
            and fold(kept[0]) == "and"
            and word[:1].isupper()
            and not _is_title(word)
            and kept[1:2]
            and kept[1][:1].isupper()
        ):
            break  # "Kofi Annan and Iraqi Deputy Prime Minister Tariq Aziz"
        kept.insert(0, word)
    while kept and fold(kept[0]) in {"and", "of"}:
        kept.pop(0)
    role = " ".join(kept).strip(" ,")
    return role if role and cue("offices", of="people").search(role) else None


def described_before(left: str) -> str | None:
    """ "A spokesman for the army, Colonel Ude Farrant, said"."""
    found = re.search(
        r"(?:^|[.,;:“”\"]\s*|\b(?:but|and|that|said|says|told)\s+)(?:[Tt]he\s+|[Aa]n?\s+)?([^,.;:“”\"]{4,80}),\s(?:[A-Z]\w+\s)?$",
        left,
    )
    return found[1] if found and cue("offices", of="people").search(found[1]) else None


def apposition(right: str) -> str | None:
    """The office behind a name, between commas ("Alba Stroud, the envoy to Norland, said")."""
    match = re.match(
        r"^\s*(?:\([^)]{1,20}\))?,\s+(?:the\s+|an?\s+|who\s+(?:is|also serves as)\s+)?([^,.;:()“”\"]{3,160})",
        right,
    )
    if not match or not cue("offices", of="people").search(match[1]):
        return None
    role = re.split(r"\s(?:said|says|told|has|have|was|is|who|which)\s", match[1])[0].strip()
    pronoun = re.search(r"\b(?:I|we|he|she|they|it|you|will|would|may|can|could)\b", role)
    kept = [word for word in role.split() if fold(word) not in words("loaded", of="cues")]
    office = cue("offices", of="people").search(role)
    return " ".join(kept) if office and not pronoun and len(kept) <= 12 else None
