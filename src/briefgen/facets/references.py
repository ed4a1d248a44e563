"""Every id and name by which an item refers to another stands for one that is there (rule G04, invariant I2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel

from briefgen.facets.base import Context, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.brief import Item

_OF_ACTORS = frozenset({"visitors", "hosts", "accusers", "accused", "holder"})
_OF_ITEMS = frozenset({"about", "applies_to", "refs"})


@rule("G04", "a reference that points nowhere")
def references_resolve(item: Item, context: Context) -> str | None:
    actors = {member.id for member in context.cast.members}
    items = {other.id for found in context.items.values() for other in found}
    for field, ref in _references(item):
        if field in _OF_ACTORS and ref not in actors:
            return f"{field}: there is no actor “{ref}”"
        if field in _OF_ITEMS and ref not in items:
            return f"{field}: there is no item “{ref}”"
        # ``by`` is the id of an accused, or the name of whoever confirms
        if field == "by" and ref not in actors and context.cast.find(ref) is None:
            return f"there is no actor “{ref}”"
    return None


def _references(item: BaseModel) -> Iterator[tuple[str, str]]:
    for field, value in vars(item).items():
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, BaseModel):
                yield from _references(part)
            elif isinstance(part, str) and (field in _OF_ACTORS or field in _OF_ITEMS or field == "by"):
                yield field, part
