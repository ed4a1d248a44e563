"""The office that stands with a name: before it, behind it, or as a description of whoever is named next."""

from __future__ import annotations

import re

from briefgen.geography import places_in
from briefgen.grounding import fold
from briefgen.lexicon import cue, words
from briefgen.names import is_title


def title_before(left: str) -> str | None:
    """ "Norlandic Foreign Minister" before a name: the capitalised words and offices that end ``left``."""
    sent = _sent_to(left)
    if sent:
        return sent
    words_before = left.rstrip().split()[-6:]
    kept: list[str] = []
    for word in reversed(words_before):
        if word.startswith(("[", "(")) or (
            word.endswith((",", ".", "”", '"', ":"))
            and not re.fullmatch(r"(?:[A-Z]\.)+|(?:Gen|Sen|Rep|Gov|Capt|Col|Lt|Maj|Sgt|Adm|Dr|Prof)\.", word)
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
            and not is_title(word)
            and fold(word) not in words("portfolios", of="people")
            and kept[1:2]
            and kept[1][:1].isupper()
        ):
            break  # "Ada Rell and Velian Deputy Prime Minister Bo Lind"
        kept.insert(0, word)
    while kept and fold(kept[0]) in {"and", "of"}:
        kept.pop(0)
    if not kept or not _ends_office(kept[-1]):
        return None  # "the governor of Iowa", "Minister Bo Lind and Ada Rell", "President Ada R."
    role = " ".join(kept).strip(" ,")
    return role if cue("offices", of="people").search(role) else None


def _sent_to(left: str) -> str | None:
    """ "the Norlandic envoy to Ostia" right before a name: the office of whoever is named, with the state he is sent to."""
    for place in places_in(left):
        before = re.search(r"(\w+)\s+to\s+(?:the\s+)?$", left[max(0, place.start - 40) : place.start])
        if (
            place.form == "name"
            and before
            and not left[place.end :].strip()
            and fold(before[1]) in words("sent", of="people")
        ):
            role = title_before(left[: place.start - (len(before[0]) - len(before[1]))])
            return f"{role} to {left[place.start : place.end]}" if role else None
    return None


def of_office(role: str) -> str:
    """The part of an office that says whose it is: "Norlandic envoy" of "Norlandic envoy to Ostia"."""
    return re.split(r"\s+to\s+(?=(?:the\s+)?[A-Z])", role, maxsplit=1)[0]


def is_office(word: str) -> bool:
    """Whether a single word is a title or an office ("envoy")."""
    word = word.partition("-")[0] if word.endswith(("-designate", "-elect")) else word
    return is_title(word) or fold(word) in words("offices", of="people")


def _ends_office(word: str) -> bool:
    """The last word of an office: "envoy", or "State" of "Secretary of State"."""
    return is_office(word) or fold(word) in words("portfolios", of="people") | {"state", "security"}


def described_before(left: str) -> str | None:
    """ "A spokesman for the army, Colonel Ude Farrant, said"."""
    found = re.search(
        r"(?:^|[.,;:“”\"]\s*|\b(?:but|and|that|said|says|told)\s+)(?:[Tt]he\s+|[Aa]n?\s+)?([^,.;:“”\"]{4,80}),\s(?:[A-Z]\w+\s)?$",
        left,
    )
    office = found[1] if found else ""
    for article in re.finditer(r"\b(?:an?|the)\s+", office):  # "the paper quoted a spokesman"
        rest = office[article.end() :]
        office = rest if cue("offices", of="people").search(rest) else office
    return office if cue("offices", of="people").search(office) else None


def _names_another(role: str) -> bool:
    """Whether a name stands right behind the last office: "Polish Foreign Minister Bo Lind"."""
    parts = role.split()
    last = max((at for at, part in enumerate(parts) if is_office(part)), default=len(parts))
    behind = parts[last + 1 :]
    return bool(behind) and all(part[:1].isupper() for part in behind)


def apposition(right: str) -> str | None:
    """The office behind a name, between commas ("Alba Stroud, the envoy to Norland, said")."""
    match = re.match(
        r"^\s*(?:\([^)]{1,20}\))?,\s+(?:the\s+|an?\s+|who\s+(?:is|also serves as)\s+)?([^,.;:()“”\"]{3,160})",
        right,
    )
    if not match or not cue("offices", of="people").search(match[1]):
        return None
    role = re.split(r"\s(?:said|says|told|has|have|was|is|who|which)(?:\s|$)", match[1])[0].strip()
    if re.match(r"\w+ing\b", role) or re.search(r"\s(?:are|were)\s", role) or _names_another(role):
        return None  # "Lantern, citing an official"; "the HU, Foreign Minister Ada Rell said"
    pronoun = re.search(r"\b(?:I|we|he|she|they|it|you|will|would|may|can|could)\b", role)
    kept = [word for word in role.split() if fold(word) not in words("loaded", of="cues")]
    office = cue("offices", of="people").search(role)
    return " ".join(kept) if office and not pronoun and len(kept) <= 12 else None
