"""Numbers of articles: the day's first, then those of earlier digests that a line still rests on; none between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from briefgen.digest.digest import Cited, Digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.digest.digest import MergedActor

T = TypeVar("T")

_MANY = frozenset({"articles", "late_arrivals"})
"""Fields that list numbers of articles."""


def without_unused(digest: Digest) -> Digest:
    """The digest with the history that no line rests on left out, and the rest numbered without gaps."""
    used = _numbers_in(digest.model_copy(update={"articles": (), "actors": ()}))
    kept = [each for each in digest.articles if each.place != "history" or each.number in used]
    numbers = {each.number: at for at, each in enumerate(kept, 1)}
    digest = digest.model_copy(update={"actors": tuple(_within(each, numbers) for each in digest.actors)})
    articles = tuple(
        each.model_copy(
            update={
                "number": numbers[each.number],
                "duplicate_of": numbers.get(each.duplicate_of or 0),
            }
        )
        for each in kept
    )
    counts = digest.counts.model_copy(update={"history": sum(each.place == "history" for each in kept)})
    if all(old == new for old, new in numbers.items()):
        return digest.model_copy(update={"articles": articles, "counts": counts})
    renamed = _renumbered(digest.model_copy(update={"articles": ()}), numbers)
    return renamed.model_copy(update={"articles": articles, "counts": counts})


def _within(actor: MergedActor, numbers: Mapping[int, int]) -> MergedActor:
    """The actor with mentions in articles of the digest alone."""
    return actor.model_copy(
        update={
            "articles": tuple(number for number in actor.articles if number in numbers),
            "evidence": tuple(cite for cite in actor.evidence if cite.article in numbers),
        }
    )


def _numbers_in(part: object) -> set[int]:
    if isinstance(part, Cited):
        return {part.article}
    if isinstance(part, BaseModel):
        found: set[int] = set()
        for name in type(part).model_fields:
            value = getattr(part, name)
            found |= set(value) if name in _MANY and isinstance(value, tuple) else _numbers_in(value)
        return found
    return set().union(*map(_numbers_in, part)) if isinstance(part, tuple) else set()


def _renumbered(part: T, numbers: Mapping[int, int]) -> T:
    """A copy in which every number of an article is its new one."""
    if isinstance(part, Cited):
        return part.model_copy(update={"article": numbers[part.article]})
    if isinstance(part, tuple):
        return type(part)(_renumbered(each, numbers) for each in part)
    if not isinstance(part, BaseModel):
        return part
    update: dict[str, Any] = {}
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in _MANY and isinstance(value, tuple):
            update[name] = tuple(sorted(numbers[each] for each in value))
        elif isinstance(value, tuple | BaseModel):
            update[name] = _renumbered(value, numbers)
    return part.model_copy(update=update)
