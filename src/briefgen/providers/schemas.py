"""The JSON schema that is sent: as small as it can be, in the dialect that the server enforces."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_TREES = {"properties", "$defs"}
_STRICT = {
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "anyOf",
    "enum",
    "const",
    "$ref",
    "description",
}
"""What every generation of OpenAI's strict mode takes. Others get a 400, even where newer models know them."""

_NOISE = {"title", "default", "examples", "discriminator"}
_REF = "#/$defs/"


def sent_schema(schema: Mapping[str, Any], *, strict_dialect: bool) -> dict[str, Any]:
    """Return the schema to send for the Pydantic schema ``schema``.

    Titles and defaults go, as they cost tokens and bind nothing. In the strict dialect, all properties are
    required, none may be added, and limits turn into words of the description.
    """
    if not strict_dialect:
        return dict(_local(schema))
    definitions = schema.get("$defs", {})
    root = _ref_name(schema)
    # The root of a recursive model is a reference, which strict mode does not take.
    sent = _Strict(definitions).cut(schema if root is None else definitions[root])
    used = _reached(sent, definitions)
    if used:
        sent["$defs"] = {name: _Strict(definitions).cut(definitions[name]) for name in used}
    return sent


def _local(node: Any) -> Any:
    if isinstance(node, list):
        return [_local(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _local(tree) for name, tree in value.items()} if key in _TREES else _local(value)
        for key, value in node.items()
        if key not in _NOISE
    }


class _Strict:
    """Cuts one tree, with the ``$defs`` of its root at hand."""

    def __init__(self, definitions: Mapping[str, Any], inlining: tuple[str, ...] = ()) -> None:
        self._definitions = definitions
        self._inlining = inlining

    def cut(self, node: Mapping[str, Any]) -> dict[str, Any]:
        name = _ref_name(node)
        words = _words(node)
        if name is not None:
            if not words or name in self._inlining:
                return {"$ref": _REF + name}
            # Strict mode takes nothing beside a $ref, and the description is part of the prompt.
            inner = _Strict(self._definitions, (*self._inlining, name)).cut(self._definitions[name])
            return {**inner, "description": words}
        result = {key: self._value(key, value) for key, value in node.items() if key in _STRICT}
        choices = node.get("oneOf") or node.get("allOf")
        if choices:
            result["anyOf"] = [self.cut(choice) for choice in choices]
        if "properties" in result:
            result["required"] = list(result["properties"])
            result["additionalProperties"] = False
        if words:
            result["description"] = words
        return result

    def _value(self, key: str, value: Any) -> Any:
        if key == "properties":
            return {name: self.cut(tree) for name, tree in value.items()}
        if key == "items":
            return self.cut(value)
        if key == "anyOf":
            return [self.cut(choice) for choice in value]
        return value


def _ref_name(node: Mapping[str, Any]) -> str | None:
    reference = node.get("$ref")
    return reference.removeprefix(_REF) if isinstance(reference, str) else None


def _words(node: Mapping[str, Any]) -> str:
    """Return the description, with the limits that strict mode does not know."""
    words = [node["description"]] if "description" in node else []
    if "maxItems" in node:
        words.append(f"At most {node['maxItems']} items.")
    if "maxLength" in node:
        words.append(f"At most {node['maxLength']} characters.")
    return " ".join(words)


def _reached(sent: dict[str, Any], definitions: Mapping[str, Any]) -> list[str]:
    """Return the names of the definitions that ``sent`` still refers to, directly or not."""
    reached: list[str] = []
    trees = [sent]
    while trees:
        text = json.dumps(trees.pop())
        for name in definitions:
            if name not in reached and json.dumps(_REF + name) in text:
                reached.append(name)
                trees.append(_Strict(definitions).cut(definitions[name]))
    return reached
