"""What one article says of a name: its full form, its other forms, role, kind and country.

Nothing here knows who is in the cast; :mod:`briefgen.cast` does.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from briefgen.attribution import can_act, is_name
from briefgen.geography import country_of, first_state, places_in, seat_of
from briefgen.grounding import content_stems, fold, fold_name
from briefgen.lexicon import cue, table, words
from briefgen.name_lookup import ArticleNames, once, spans_of
from briefgen.names import (
    ADJECTIVES,
    could_be_person,
    initials_of,
    is_body,
    is_full_name_of,
    kind_of,
    looks_like_person,
    name_pattern,
    shares_stem,
    strip_titles,
)
from briefgen.offices import apposition, described_before, is_office, of_office, title_before

if TYPE_CHECKING:
    from briefgen.brief import ActorKind

P = ParamSpec("P")
R = TypeVar("R")

_WORDS_BEFORE = re.compile(r"(?<!\w)([a-z’'-]+(?: [a-z’'-]+)?)$")


_PLACE_BEHIND = re.compile(r" (?:of|in) (?:the )?([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)")
_INITIALS_BEHIND = re.compile(r"\s\(([A-Z][A-Za-z.]{1,9})\)")
_OF_A_STATE = re.compile(r"(\w+(?:\s\w+)*) of (?:the )?(\w.*)")
_WHOSE_BODY = re.compile(r"(?:[A-Z]\.?){2,}|\w+(?:an|ese|ish|i|ic)")


def _without_quantifier(name: str) -> str:
    """ "Seven member states": the number does not make somebody of plain words."""
    first, _, rest = name.partition(" ")
    listed = fold(first) in words("quantifiers", of="people") or fold(first) in table("words")["numbers"]
    return rest if rest and listed else name


def _states_at_start(text: str) -> list[str]:
    return [text[place.start : place.end] for place in places_in(text) if place.start == 0][:1]


class NameBook(ArticleNames):
    """The names of one article."""

    def country(self, name: str, kind: ActorKind, role: str | None) -> str | None:
        """ISO code of the state that the name is, or that it acts for."""
        code = country_of(name) or seat_of(name)
        if code or kind == "media":
            return code
        code = first_state(of_office(role or "")) or (
            first_state(name) if kind != "person" or not role else None
        )
        code = code or (self.country_behind(name) if kind in {"government", "person"} else None)
        return code or (self._country_in_title(name) if kind == "person" and not role else None)

    @once
    def always_the(self, name: str) -> bool:
        text = self.article.text
        spans = [match.start() for match in re.finditer(name_pattern(name), text)]
        return bool(spans) and all(text[max(0, at - 4) : at].lower() == "the " for at in spans)

    @once
    def state_of_seat(self, name: str) -> str | None:
        """The state, as the article names it, whose capital speaks or acts under its own name ("Moscow")."""
        code = None if is_body(name) else seat_of(name)
        for sentence in self.article.telling if code else ():
            for place in places_in(sentence.text):
                if place.code == code and place.form == "name":
                    return sentence.text[place.start : place.end]
        return None

    @once
    def bearer(self, description: str) -> str | None:
        """Who has the office described: "Pekka Lind, the Finnish ambassador to Uruguay"."""
        if is_name(description) or not cue("offices", of="people").search(description):
            return None
        text = self.article.text
        if not any(f", {article}{description}" in text for article in ("", "the ", "a ", "an ")):
            return None
        found = re.search(
            rf"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){{1,3}}), (?:the |an? )?{re.escape(description)}(?!\w)", text
        )
        return found[1] if found else None

    @once
    def kind(self, name: str, suggested: ActorKind | None) -> ActorKind:
        """The kind, by the words of the name and those around it where they settle it, else as suggested."""
        if country_of(name) or (" " not in name and self.is_state(name)):
            return "government"
        if self.personal_office(name):
            return "person"
        if suggested in {"media", "government"} and self._is_a_person(name):
            suggested = "person"
        return self.kind_before(name) or kind_of(name, suggested)

    @once
    def personal_office(self, name: str) -> str | None:
        """The office that makes a person of the name: right before it ("envoy Bo Lind"), or behind a name of two
        words ("Bo Lind, the envoy to Ostia").
        """
        if not could_be_person(name):
            return None
        if " " in name:
            return self.role(name)
        for sentence in self.article.sentences:
            for start, _ in spans_of(strip_titles(name), sentence.text):
                role = title_before(sentence.text[:start])
                if role and is_office(role.rsplit(maxsplit=1)[-1]):
                    return role
        return None

    def _is_a_person(self, name: str) -> bool:
        """A name behind a medium's ("PBS' Charlie Rose"), or one that says what only people say ("Lind added")."""
        if not could_be_person(name):
            return False
        own = name_pattern(name)
        behind = re.search(rf"([A-Z][\w’'.]*?)['’]s?\s(?:{own})", self.article.text)
        if behind and " " in name and not first_state(behind[1]) and not self.is_state(behind[1]):
            return True
        verbs = cue("personal_saying", of="people").pattern
        return re.search(rf"(?<!the )(?:{own})\s(?:{verbs})", self.article.text, re.IGNORECASE) is not None

    def kind_before(self, name: str) -> ActorKind | None:
        """ "the newspaper Lantern", "the shipping line Corvane": what a small word right before the name says."""
        at = self.article.text.find(f" {name}")
        found = _WORDS_BEFORE.search(self.article.text[max(0, at - 40) : max(0, at)])
        before = set(fold(found[1]).split()) if found else set()
        if found and fold(found[1].split()[-1]) in words("function"):
            return None  # "opposition forces and Corvane"
        if before & words("media", of="people"):
            return "media"
        return (
            "organisation"
            if before & (words("organisation", of="people") | words("corporate", of="people"))
            else None
        )

    @once
    def can_be_actor(self, name: str) -> bool:
        """A name, or words for people, offices or bodies; no word that the article also writes small."""
        if country_of(name):
            return True
        if re.search(r"[{}<>%|\[\]]", name) or not can_act(_without_quantifier(name)):
            return False
        if is_name(name) and not country_of(name) and f" {fold_name(name)} " not in self.listed:
            return False  # only ever a place: "the Onda valley"
        alone = " " not in name and name[:1].isupper() and fold(name) not in self.as_written
        return not (alone and re.search(rf"(?<!\w){re.escape(name.lower())}s?(?!\w)", self.article.text))

    @once
    def full_name(self, name: str) -> str | None:
        """The name as the article has it, in full: "Putin" becomes "Vladimir Putin". ``None``: not there."""
        bare = strip_titles(name) or name
        of_state = _OF_A_STATE.fullmatch(bare)
        if of_state and first_state(of_state[2]) and of_state[1] in self.called:
            bare = of_state[1]  # "Ragna of Norway"
        found = self.as_the_article_has(bare)
        if found is None:
            return None
        if is_body(found):
            longer_names = {m.text for m in self.names if m.text.endswith(f" {found}")}
            whole = {text for text in longer_names if _WHOSE_BODY.fullmatch(text[: -len(found) - 1])}
            return whole.pop() if len(whole) == 1 else found  # "Security Council" of "U.N. Security Council"
        if found.isupper() and len(found) > 1:
            spelt = {strip_titles(name) for name, initials in self.initials if initials == found}
            return spelt.pop() if len(spelt) == 1 else found  # "Associated Press" of "AP"
        if " " in found or country_of(found) or not found[:1].isupper() or self.is_state(found):
            return found
        longer = self._bearers_of(found)
        return longer[0] if len(longer) == 1 and not is_body(found) else found

    @once
    def _bearers_of(self, word: str) -> list[str]:
        """The full names that somebody called by this one word may have; one, if offices tell them apart."""
        longer = [full for full in self.called if is_full_name_of(full, word)]
        if len(longer) > 1:  # "President Rell" is Ada Rell, the president, not Jon Rell, her husband
            own = content_stems(" ".join(self.roles((word,))))
            same = [full for full in longer if own & content_stems(" ".join(self.roles((full,))))]
            return same if len(same) == 1 else longer
        return longer

    def _goes_by(self, name: str, word: str) -> bool:
        return self._bearers_of(word) in ([], [name])

    @once
    def is_state(self, name: str) -> bool:
        """Whether the article has an adjective of this name ("Kasmeri"): an invented state."""
        folded = fold(name)
        return any(word != folded and shares_stem(word, folded) for word in self._adjectives)

    @cached_property
    def _state_heads(self) -> tuple[tuple[str, str], ...]:
        """("Islamic Republic", "Iran") where the article has "the Islamic Republic of Iran"."""
        heads = "|".join(words("state_heads", of="people"))
        found = re.findall(
            rf"(?<!\w)((?:[A-Z]\w+ )+(?i:{heads})) of (?:the )?([A-Z]\w+(?: [A-Z]\w+)?)", self.article.text
        )
        return tuple((head, places_of[0]) for head, of in found if (places_of := _states_at_start(of)))

    def state_called(self, name: str) -> str | None:
        """The state whose official name the article has and of which this is the head ("Islamic Republic")."""
        return next((of for head, of in self._state_heads if fold_name(head) == fold_name(name)), None)

    @cached_property
    def _adjectives(self) -> frozenset[str]:
        """Capitalised words of the article that end like the adjective of a state."""
        found = {fold(word) for word in re.findall(r"(?<!\w)[A-Z][a-z]{3,}(?!\w)", self.article.text)}
        return frozenset(word for word in found if word.endswith(ADJECTIVES))

    @once
    def aliases(self, name: str, kind: ActorKind) -> tuple[str, ...]:
        found: list[str] = []
        code = country_of(name)
        if code:
            for sentence in self.article.sentences:
                for place in places_in(sentence.text):
                    text = sentence.text[place.start : place.end]
                    if place.code == code and place.form == "name" and fold_name(text) != fold_name(name):
                        found.append(text)
            found += [head for head, of in self._state_heads if country_of(of) == code]
        elif kind == "person" and " " in name and looks_like_person(name):
            words_of = [w for w in name.split() if len(w) > 2 and not w.islower() and not w.endswith(".")]
            forms = [form for word in words_of for form in (word, re.sub("^(?:al|el|Al|El)-", "", word))]
            called = self.called_folded
            found += [form for form in forms if fold(form) in called and self._goes_by(name, form)]
        else:
            in_brackets = self.behind(name, _INITIALS_BEHIND, whole=False)
            initials = in_brackets[1] if in_brackets else self._own_initials(name)
            if initials and any(spans_of(initials, self.article.text)):
                found.append(initials)
        return tuple(dict.fromkeys(found))

    @once
    def _own_initials(self, name: str) -> str:
        """The initials of the name, where no other name of the article has the same."""
        initials = initials_of(name)
        others = {strip_titles(other) for other, its in self.initials if initials and its == initials}
        return "" if others - {name} else initials

    def role(self, name: str) -> str | None:
        """The office that the article gives the person, before the name or in apposition behind it."""
        return next(iter(self.roles((name,))), None)

    def roles(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Every office that the article gives somebody of these names, in order."""
        offices = cue("offices", of="people")
        bare = {strip_titles(name) for name in names}
        return self._roles(tuple(sorted(name for name in bare if len(bare) == 1 or not offices.search(name))))

    @once
    def _roles(self, names: tuple[str, ...]) -> tuple[str, ...]:
        found: list[str] = []
        for sentence in self.article.sentences:
            for start, end in self.spans(names, sentence.n):
                left, right = sentence.text[:start], sentence.text[end:]
                described = described_before(left) if right[:1] in {",", "."} else None
                found += filter(None, [described or title_before(left) or apposition(right)])
        return tuple(dict.fromkeys(found))

    def _country_in_title(self, name: str) -> str | None:
        """The state of the office that only the headline gives ("Norlandic President Rell to visit Ostia")."""
        title = self.article.title or ""
        surname = re.search(rf"(?<!\w){re.escape(name.rsplit(maxsplit=1)[-1])}(?!\w)", title)
        return first_state(title_before(title[: surname.start()]) or "") if surname else None

    @once
    def country_behind(self, name: str) -> str | None:
        """ "the Royal Palace in Oslo", "Queen Ragna of Norway"."""
        found = self.behind(name, _PLACE_BEHIND)
        places = places_in(found[1]) if found else ()
        return places[0].code if places and places[0].start == 0 and places[0].form != "adjective" else None
