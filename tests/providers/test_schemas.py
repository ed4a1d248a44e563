"""The schema that is sent, in both dialects."""

from __future__ import annotations

import json
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from briefgen.providers.schemas import sent_schema


class Kind(Enum):
    PERSON = "person"
    MEDIA = "media"


class Quote(BaseModel):
    kind: Literal["quote"]
    text: str = Field(min_length=1, max_length=9, pattern="^[a-z]+$")


class Number(BaseModel):
    kind: Literal["number"]
    value: int = Field(ge=0, le=9, default=3)


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str = Field(title="A Title", description="What it is called.")
    kind: Kind = Field(Kind.PERSON, description="What it is.")
    default: Kind | None = None
    part: Annotated[Quote | Number, Field(discriminator="kind")]
    children: list[Item] = Field(default_factory=list, max_length=2)


SCHEMA = Item.model_json_schema()


def nodes(tree: Any) -> list[dict[str, Any]]:
    """Every schema in the tree; names of properties are not schemas."""
    if isinstance(tree, list):
        return [node for item in tree for node in nodes(item)]
    if not isinstance(tree, dict):
        return []
    inside = [
        node
        for key, value in tree.items()
        for node in nodes(list(value.values()) if key in ("properties", "$defs") else value)
    ]
    return [tree, *inside]


def test_the_strict_dialect_uses_only_what_strict_mode_knows() -> None:
    known = {
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "anyOf",
        "enum",
        "const",
        "$ref",
    }
    known |= {"$defs", "description"}
    for node in nodes(sent_schema(SCHEMA, strict_dialect=True)):
        assert set(node) <= known
        if "properties" in node:
            assert node["required"] == list(node["properties"])
            assert node["additionalProperties"] is False
        if "$ref" in node:
            assert set(node) == {"$ref"}


@pytest.mark.parametrize("strict_dialect", [True, False])
def test_properties_named_like_keywords_are_kept_and_noise_goes(strict_dialect: bool) -> None:
    sent = sent_schema(SCHEMA, strict_dialect=strict_dialect)
    item = sent["$defs"]["Item"]
    assert list(item["properties"]) == ["title", "kind", "default", "part", "children"]
    for node in nodes(sent):
        assert "title" not in node
        assert "discriminator" not in node


@pytest.mark.parametrize("strict_dialect", [True, False])
def test_every_reference_is_defined_and_every_definition_is_used(strict_dialect: bool) -> None:
    sent = sent_schema(SCHEMA, strict_dialect=strict_dialect)
    text = json.dumps(sent)
    for node in nodes(sent):
        if "$ref" in node:
            assert node["$ref"].removeprefix("#/$defs/") in sent["$defs"]
    for name in sent["$defs"]:
        assert f'"#/$defs/{name}"' in text


def test_a_description_beside_a_reference_is_kept_by_writing_the_reference_out() -> None:
    kind = sent_schema(SCHEMA, strict_dialect=True)["$defs"]["Item"]["properties"]["kind"]
    assert kind == {"type": "string", "enum": ["person", "media"], "description": "What it is."}


def test_the_local_dialect_keeps_every_limit() -> None:
    sent = sent_schema(SCHEMA, strict_dialect=False)
    assert sent["$defs"]["Quote"]["properties"]["text"] == {
        "type": "string",
        "minLength": 1,
        "maxLength": 9,
        "pattern": "^[a-z]+$",
    }
    assert sent["$defs"]["Item"]["properties"]["children"]["maxItems"] == 2


def test_the_schema_given_is_not_changed() -> None:
    before = json.dumps(SCHEMA)
    for strict_dialect in (True, False):
        sent_schema(SCHEMA, strict_dialect=strict_dialect)
    assert json.dumps(SCHEMA) == before


def test_a_schema_without_references_has_no_definitions() -> None:
    assert sent_schema(Quote.model_json_schema(), strict_dialect=True) == {
        "type": "object",
        "properties": {
            "kind": {"const": "quote", "type": "string"},
            "text": {"type": "string", "description": "At most 9 characters."},
        },
        "required": ["kind", "text"],
        "additionalProperties": False,
    }
