"""RecordedModel: what a model said once can be said again without it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import Field

from briefgen import Article, BriefGenerator
from briefgen.errors import ConfigurationError, ModelTimeout, OutputTruncated, Usage
from briefgen.facets.base import Draft
from briefgen.providers.base import LanguageModel, ModelProfile, Prompt
from briefgen.recordings import NotRecorded, RecordedModel
from briefgen.testing import ScriptedModel

if TYPE_CHECKING:
    from pathlib import Path

FENCE = "0123456789abcdef"
USER = f"<{FENCE}>\n[1] Ada Rell will visit Ostia in June, the palace said.\n</{FENCE}>\n\nWho travels?"
ASKED = Prompt("visits", "system", USER)
SAID = {"text": "Ada Rell will visit Ostia in June", "sentence": 1}


class Answer(Draft):
    text: str = ""
    sentence: int = Field(default=0, ge=0)


def recorded(folder: Path, answer: Any = SAID, prompt: Prompt = ASKED, **options: Any) -> RecordedModel:
    """Return a replaying model of a folder into which one answer was recorded."""
    recorder = RecordedModel(folder, ScriptedModel({prompt.facet: [answer]}, **options))
    recorder.complete(prompt, Answer)
    return RecordedModel(folder)


def test_a_replay_is_the_recorded_completion(tmp_path: Path) -> None:
    """Output, usage, who answered, name and profile come back; no model is there to ask."""
    usage = Usage(requests=2, input_tokens=90, cached_tokens=None, output_tokens=7, seconds=1.25)
    profile = ModelProfile(window_tokens=4096, calls="per_facet", guided=True)
    model: LanguageModel = recorded(tmp_path, name="local:small", profile=profile, usage=usage)
    completion = model.complete(ASKED, Answer)
    assert completion.output == Answer.model_validate(SAID)
    assert completion.usage == usage
    assert completion.answered_by == "local:small"
    assert (model.name, model.profile) == ("local:small", profile)


def test_what_is_known_is_not_asked_again(tmp_path: Path) -> None:
    """Recording goes on where it stopped."""
    recorded(tmp_path)
    model = ScriptedModel({"visits": [SAID]})
    recorder = RecordedModel(tmp_path, model)
    recorder.complete(ASKED, Answer)
    recorder.complete(Prompt("visits", "system", USER + " And where?"), Answer)
    assert len(model.history) == recorder.asked == 1


class Other(Answer):
    more: str = ""


@pytest.mark.parametrize(
    ("prompt", "output_type", "schema"),
    [
        (Prompt("motives", "system", USER), Answer, None),
        (Prompt("visits", "other", USER), Answer, None),
        (Prompt("visits", "system", USER + "?"), Answer, None),
        (ASKED, Other, None),
        (ASKED, Answer, {"type": "object"}),
    ],
    ids=["facet", "system", "user", "output type", "schema"],
)
def test_another_request_is_not_recorded(
    tmp_path: Path, prompt: Prompt, output_type: type[Answer], schema: Any
) -> None:
    """Whatever the answer may hang on is part of the key; the error says what to run, and is no model error."""
    model = recorded(tmp_path)
    with pytest.raises(NotRecorded, match=r"not recorded.*record again with benchmarks/record\.py") as raised:
        model.complete(prompt, output_type, schema=schema)
    assert raised.value.code == "not_recorded"
    assert raised.value.exit_code == 3


def test_the_order_of_a_schemas_keys_does_not_matter(tmp_path: Path) -> None:
    RecordedModel(tmp_path, ScriptedModel()).complete(ASKED, Answer, schema={"a": 1, "b": 2})
    assert RecordedModel(tmp_path).complete(ASKED, Answer, schema={"b": 2, "a": 1}).output == Answer()


def test_no_sentence_of_the_article_is_stored(tmp_path: Path) -> None:
    """The folder holds places in the prompt in the stead of its words, and no prompt."""
    recorded(tmp_path)
    stored = "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    assert "visit Ostia in June" not in stored
    assert "Who travels" not in stored


def test_an_error_that_would_come_again_is_recorded(tmp_path: Path) -> None:
    """A truncated answer is raised on replay as it was, with what it cost."""
    error = OutputTruncated("too long", usage=Usage(requests=1, output_tokens=900))
    with pytest.raises(OutputTruncated):
        recorded(tmp_path, error)
    with pytest.raises(OutputTruncated, match="too long") as raised:
        RecordedModel(tmp_path).complete(ASKED, Answer)
    assert raised.value.usage.output_tokens == 900


def test_an_error_of_the_day_is_not_recorded(tmp_path: Path) -> None:
    """A timeout says nothing of the request: it is raised, and the request asked again next time."""
    with pytest.raises(ModelTimeout):
        recorded(tmp_path, ModelTimeout("slow"))
    with pytest.raises(NotRecorded):
        RecordedModel(tmp_path).complete(ASKED, Answer)


def test_an_article_has_a_file_in_one_order(tmp_path: Path) -> None:
    """A file for each fence, its lines sorted: the same answers make the same files in whatever order they came."""
    prompts = [Prompt(facet, "system", USER) for facet in ("a", "b", "c")]
    for folder, order in (("one", prompts), ("two", prompts[::-1])):
        recorder = RecordedModel(tmp_path / folder, ScriptedModel())
        for prompt in (*order, Prompt("d", "system", "no fence")):
            recorder.complete(prompt, Answer)
    files = [{path.name: path.read_bytes() for path in (tmp_path / f).iterdir()} for f in ("one", "two")]
    assert files[0] == files[1]
    assert set(files[0]) == {"model.json", "other.jsonl", f"{FENCE}.jsonl"}


def test_pruning_drops_what_these_articles_no_longer_ask(tmp_path: Path) -> None:
    """Old answers of articles that were asked about go; other articles keep theirs."""
    other = Prompt("visits", "system", USER.replace(FENCE, "f" * 16))
    for prompt in (ASKED, Prompt("visits", "old system", USER), other):
        recorded(tmp_path, prompt=prompt)
    recorder = RecordedModel(tmp_path, ScriptedModel())
    recorder.complete(ASKED, Answer)
    assert recorder.prune() == 1
    replayed = RecordedModel(tmp_path)
    replayed.complete(ASKED, Answer)
    replayed.complete(other, Answer)
    with pytest.raises(NotRecorded):
        replayed.complete(Prompt("visits", "old system", USER), Answer)


def test_a_folder_belongs_to_one_model(tmp_path: Path) -> None:
    recorded(tmp_path, name="local:small")
    with pytest.raises(ConfigurationError, match="local:small"):
        RecordedModel(tmp_path, ScriptedModel(name="local:large"))


def test_an_empty_folder_cannot_be_replayed(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"record\.py"):
        RecordedModel(tmp_path)


def test_a_whole_brief_is_replayed(tmp_path: Path) -> None:
    """A generator over the recordings makes the brief again, but for its time of making."""
    article = Article.from_text(
        "Velian President Ada Rell will visit Ostia in June, her office said. Ostia welcomed the visit."
    )
    entry = {"sentence": 1, "visitors": ["Ada Rell"], "destinations": ["Ostia"]}
    model = ScriptedModel({"planned_visits": [{"items": [entry]}]})
    first = BriefGenerator(RecordedModel(tmp_path, model)).generate(article)
    again = BriefGenerator(RecordedModel(tmp_path)).generate(article)
    kept = [json.loads(brief.to_json()) for brief in (first, again)]
    for brief in kept:
        del brief["provenance"]["created"], brief["provenance"]["seconds"]
    assert kept[0] == kept[1]
    assert first.planned_visits
