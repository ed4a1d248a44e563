"""Items whose kind the renderers do not know: facets outside the contract, and items that were withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefgen.render.clean import cut, one_line
from briefgen.render.entries import attribution, hedges
from briefgen.render.outline import Entry, Line, Role, Span, numbers, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.render.names import Names

_LEADS = ("text", "title", "name", "question", "claim", "description")
_NOT_SHOWN = frozenset({"id", "evidence", "sentences", "according_to", "hedges"})
_SHORT_FORM = 160


def extra_entry(item: Mapping[str, object], names: Names) -> Entry:
    """Return an entry for an item of a facet outside the contract: its text, then its other fields."""
    lead_field = next((field for field in _LEADS if isinstance(item.get(field), str)), None)
    rest = [field for field in item if field not in _NOT_SHOWN and field != lead_field]
    if lead_field is None and rest:
        lead_field = rest.pop(0)
    lead = _value(item.get(lead_field or "id"), names)
    shown = [(field, _value(item[field], names)) for field in rest]
    details: tuple[Line, ...] = tuple(
        (said(f"{field.replace('_', ' ')}:", Role.QUIET), Span(" "), said(value))
        for field, value in shown
        if value
    )
    line = (
        said(lead, Role.STRONG),
        *attribution(_strings(item.get("according_to"))),
        *hedges(_strings(item.get("hedges"))),
        *numbers(_sentences(item)),
    )
    return Entry(line, details)


def short_form(item: Mapping[str, object]) -> str:
    """Return what the model said as one short line: "destination: Norland; visitor: Ana Ruiz"."""
    fields = ((field, _value(value)) for field, value in item.items() if field not in _NOT_SHOWN - {"hedges"})
    told = [f"{field.replace('_', ' ')}: {value}" for field, value in fields if value]
    return cut(one_line("; ".join(told)), _SHORT_FORM)


def _value(value: object, names: Names | None = None) -> str:
    """Return any JSON value as words. Ids of items become what they stand for."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        pairs = ((str(key), _value(inner, names)) for key, inner in value.items() if key not in _NOT_SHOWN)
        return ", ".join(f"{key.replace('_', ' ')} {inner}" for key, inner in pairs if inner)
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (_value(inner, names) for inner in value)))
    text = one_line(str(value))
    return names.label(text) if names else text


def _strings(value: object) -> list[str]:
    """Return a string, or the strings of a list, as a list."""
    if isinstance(value, str):
        return [value] if value else []
    return [str(inner) for inner in value] if isinstance(value, list | tuple) else []


def _sentences(item: Mapping[str, object]) -> list[int]:
    evidence = item.get("evidence")
    pieces = evidence if isinstance(evidence, list | tuple) else ()
    found = [piece.get("sentence") for piece in pieces if isinstance(piece, dict)]
    return [n for n in found if isinstance(n, int)]
