"""Looking names up in one article, without a regular expression for each name: making those costs more than all
that is looked for with them.
"""

from __future__ import annotations

import re
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from briefgen.grounding import fold, fold_name
from briefgen.name_mentions import names_in
from briefgen.names import find_folded, initials_of, name_pattern, strip_titles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from briefgen.article import Article

P = ParamSpec("P")
R = TypeVar("R")
B = TypeVar("B", bound="ArticleNames")

_ODD_SPACE = re.compile(r"[^\S ]|  ")
# Dotted and dotless I, long S, the sign of Kelvin: they equal plain letters where case does not count.
_ODD_CASE = "\u0130\u0131\u017f\u212a"


def spans_of(name: str, text: str, *, overlapping: bool = False) -> Iterator[tuple[int, int]]:
    """Where :func:`briefgen.names.name_pattern` finds one name, left to right.

    ``overlapping``: wherever it would match, were nothing found before.
    """
    wanted = " ".join(name.replace("’", "'").split())
    if not wanted:
        return
    if " " in wanted and _ODD_SPACE.search(text):
        yield from _spans_by_pattern(name, text, overlapping=overlapping)
        return
    plain = text.replace("’", "'")
    at = plain.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        whole = not (at and _is_of_word(text[at - 1])) and not (end < len(text) and _is_of_word(text[end]))
        if whole:
            yield at, end
        at = plain.find(wanted, end if whole and not overlapping else at + 1)


def _spans_by_pattern(name: str, text: str, *, overlapping: bool) -> Iterator[tuple[int, int]]:
    pattern = re.compile(name_pattern(name))
    match = pattern.search(text)
    while match:
        yield match.span()
        start, end = match.span()
        match = pattern.search(text, start + 1 if overlapping else end)


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def once(read: Callable[Concatenate[B, P], R]) -> Callable[Concatenate[B, P], R]:
    """Read something of the article once for each name: every cast of it asks again."""

    @wraps(read)
    def remembered(book: B, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (read, args, *kwargs.items()) if kwargs else (read, args)
        if key in book.memo:
            known: R = book.memo[key]
            return known
        found = book.memo[key] = read(book, *args, **kwargs)
        return found

    return remembered


class ArticleNames:
    """The names of one article and where it has them. What was read of a name once is remembered."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.names = names_in(article)
        self.memo: dict[tuple[Any, ...], Any] = {}
        """What was read of a name already (:func:`once`)."""

    @once
    def where(self, form: str) -> dict[int, tuple[tuple[int, int], ...]]:
        """Where the sentences have a form of a name, by their numbers; matches may overlap."""
        sentences = ((s.n, tuple(spans_of(form, s.text, overlapping=True))) for s in self.article.sentences)
        return {n: spans for n, spans in sentences if spans}

    def spans(self, names: Iterable[str], n: int) -> list[tuple[int, int]]:
        """Where sentence ``n`` has any of these names, left to right, of two at one place the longer one."""
        found: list[tuple[int, int]] = []
        longest_first = sorted(
            (start, -len(name), end) for name in set(names) for start, end in self.where(name).get(n, ())
        )
        for start, _, end in longest_first:
            if not found or start >= found[-1][1]:
                found.append((start, end))
        return found

    def as_the_article_has(self, name: str) -> str | None:
        """What :func:`briefgen.names.find_folded` finds: in this case if possible, else in any."""
        if not name.strip():
            return find_folded(self.article, name)
        for sentence in self.article.telling:
            for start, end in spans_of(name, sentence.text):
                return sentence.text[start:end]
        if not name.isascii() or any(odd in self.article.text for odd in _ODD_CASE):
            return find_folded(self.article, name)
        for sentence in self.article.telling:
            for start, end in spans_of(name.lower(), sentence.text.lower()):
                return sentence.text[start:end]
        return None

    def behind(self, name: str, what: re.Pattern[str], *, whole: bool = True) -> re.Match[str] | None:
        """What stands right behind the first such name; ``whole``: that is no end of a longer word."""
        text = self.article.text
        at = text.find(name)
        while at >= 0:
            cut = whole and at and _is_of_word(text[at - 1])
            found = None if cut else what.match(text, at + len(name))
            if found:
                return found
            at = text.find(name, at + 1)
        return None

    @cached_property
    def listed(self) -> str:
        """The names folded, with spaces around each."""
        return "".join(f" {fold_name(mention.text)} \n" for mention in self.names)

    @cached_property
    def as_written(self) -> frozenset[str]:
        """The names in small letters, titles and all."""
        return frozenset(fold(mention.text) for mention in self.names)

    @cached_property
    def called(self) -> dict[str, None]:
        """The names without titles, in order."""
        return dict.fromkeys(strip_titles(mention.text) for mention in self.names)

    @cached_property
    def called_folded(self) -> frozenset[str]:
        return frozenset(fold(name) for name in self.called)

    @cached_property
    def initials(self) -> tuple[tuple[str, str], ...]:
        """Each name with its initials, if it has some."""
        return tuple((mention.text, initials_of(mention.text)) for mention in self.names)
