"""Prompts: files that fit their facet's draft, replaceable one by one, and nothing of any article in them."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from briefgen.errors import ConfigurationError
from briefgen.facets.base import all_facets
from briefgen.generator import BriefGenerator
from briefgen.prompts import PromptLibrary
from core_helpers import article_of, scripted

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY = PromptLibrary.load()
FACETS = {facet.name: facet for facet in all_facets()}
HEAD = "---\nid: {id}\nversion: 7\nfacet: x\n---\n"


def objects_in(text: str) -> list[Any]:
    """Every JSON object that stands in a text, the outermost of nested ones."""
    found, at, decoder = [], 0, json.JSONDecoder()
    while (at := text.find("{", at)) >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except ValueError:
            at += 1
            continue
        found.append(value)
        at = end
    return found


@pytest.mark.parametrize("name", FACETS)
def test_the_examples_of_a_prompt_fit_the_draft_of_its_facet(name: str) -> None:
    examples = objects_in(LIBRARY.get(name).text)
    assert examples, "a small model needs one example"
    for example in examples:
        draft = example if "items" in example else {"items": [example]}
        FACETS[name].draft.model_validate_json(json.dumps(draft))


@pytest.mark.parametrize("name", FACETS)
def test_an_example_shows_every_field_of_an_entry(name: str) -> None:
    schema = FACETS[name].draft.model_json_schema()
    fields = {field for entry in schema.get("$defs", {}).values() for field in entry.get("properties", {})}
    shown = LIBRARY.get(name).text
    assert all(re.search(rf"\b{field}\b", shown) for field in fields)


@pytest.mark.parametrize("name", FACETS)
def test_every_facet_has_a_prompt_that_names_it(name: str) -> None:
    prompt = LIBRARY.get(name)
    assert prompt.facet == prompt.id == name
    assert prompt.version
    assert 20 < len(prompt.text) < 1500


def test_the_other_prompts_are_for_all_facets() -> None:
    others = set(LIBRARY.ids()) - set(FACETS)
    assert others == {"system", "single", "repair", "guided", "look_first", "second_reader", "bottom_line"}
    assert {LIBRARY.get(name).facet for name in others} == {"all"}


@pytest.mark.parametrize("name", LIBRARY.ids())
def test_a_prompt_holds_no_text_of_an_article(name: str, repository: Path, shared: Path) -> None:
    words = re.findall(r"\w+", LIBRARY.get(name).text.casefold())
    runs = {" ".join(words[at : at + 7]) for at in range(len(words) - 6)}
    seed = " ".join(re.findall(r"\w+", (shared / "data/articles/seed.txt").read_text("utf-8").casefold()))
    articles = (repository / "fixtures").rglob("*.txt")
    texts = [seed, *(" ".join(re.findall(r"\w+", path.read_text("utf-8").casefold())) for path in articles)]
    assert [run for run in runs for text in texts if run in text] == []


def test_the_hash_is_of_the_whole_file(repository: Path) -> None:
    for name in LIBRARY.ids():
        data = (repository / "prompts" / f"{name}.md").read_bytes()
        assert LIBRARY.get(name).sha256 == hashlib.sha256(data).hexdigest()


# -- replacing ----------------------------------------------------------------------------------------------------


def test_a_directory_replaces_prompts_one_by_one(tmp_path: Path) -> None:
    data = (HEAD.format(id="motives") + "Ask {this} %s {{ as it is }}.\n").encode()
    (tmp_path / "anything.md").write_bytes(data)
    (tmp_path / "notes.txt").write_text("no prompt", encoding="utf-8")
    library = PromptLibrary.load(tmp_path)
    mine = library.get("motives")
    assert mine.text == "Ask {this} %s {{ as it is }}."
    assert mine.version == "7"
    assert mine.sha256 == hashlib.sha256(data).hexdigest()
    assert library.get("allegations") == LIBRARY.get("allegations")
    assert library.ids() == LIBRARY.ids()


def test_a_replaced_prompt_is_sent_as_it_is_and_recorded(tmp_path: Path) -> None:
    (tmp_path / "motives.md").write_text(
        HEAD.format(id="motives") + "Ask {this} %s {{ as it is }}.", encoding="utf-8"
    )
    library = PromptLibrary.load(tmp_path)
    model = scripted()
    brief = BriefGenerator(model, prompts=library).generate(article_of("Ada Rell spoke. It rained."))
    (sent,) = [prompt.user for prompt in model.history if prompt.facet == "motives"]
    assert "Ask {this} %s {{ as it is }}." in sent
    assert brief.provenance.prompts["motives"] == library.get("motives").sha256
    assert brief.provenance.prompts["motives"] != LIBRARY.get("motives").sha256


def test_an_empty_directory_replaces_nothing(tmp_path: Path) -> None:
    assert PromptLibrary.load(tmp_path).ids() == LIBRARY.ids()


def test_a_file_with_windows_line_ends_is_read_like_any_other(tmp_path: Path) -> None:
    text = (HEAD.format(id="motives") + "Ask.\n").replace("\n", "\r\n")
    (tmp_path / "motives.md").write_bytes(text.encode())
    assert PromptLibrary.load(tmp_path).get("motives").text == "Ask."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no front matter",
        b"---\nid: motives\nversion: 1\nfacet: x\nText without an end",
        b"---\nid: motives\nversion: 1\n---\nText",
        b"---\nid: motives\nversion: 1\nfacet: x\ncolour: red\n---\nText",
        b"---\nid: motives\nversion: 1\nfacet: x\n---\n   \n",
        b"---\nid: motives\nversion: 1\nfacet: x\n---\n\xff\xfe",
    ],
    ids=["empty", "no front matter", "no end", "field missing", "field too many", "no text", "no UTF-8"],
)
def test_a_malformed_file_is_a_configuration_error_that_names_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.md").write_bytes(content)
    with pytest.raises(ConfigurationError, match=re.escape("broken.md")) as raised:
        PromptLibrary.load(tmp_path)
    assert raised.value.exit_code == 3


def test_a_directory_named_like_a_prompt_file_is_a_configuration_error(tmp_path: Path) -> None:
    (tmp_path / "broken.md").mkdir()
    with pytest.raises(ConfigurationError, match=re.escape("broken.md")):
        PromptLibrary.load(tmp_path)


def test_an_id_that_replaces_nothing_is_a_configuration_error(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text(HEAD.format(id="motifs") + "Ask.", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="motifs") as raised:
        PromptLibrary.load(tmp_path)
    assert "motives" in raised.value.hint


def test_a_directory_that_is_none_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="nowhere"):
        PromptLibrary.load(tmp_path / "nowhere")


def test_an_unknown_prompt_is_a_configuration_error_that_lists_the_known() -> None:
    with pytest.raises(ConfigurationError, match="poetry") as raised:
        LIBRARY.get("poetry")
    assert "system" in raised.value.hint
