"""Taking down what a model says, while several threads ask it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import BaseModel

from briefgen.errors import ModelTimeout, StoreCorrupt, Usage
from briefgen.providers.base import LanguageModel, Prompt
from briefgen.store import AnswerRecorder, RawAnswer
from briefgen.store.answers import pack_answers, prompt_hash, unpack_answers
from briefgen.testing import ScriptedModel


class Said(BaseModel):
    text: str


def prompt_of(text: str) -> Prompt:
    return Prompt("summary", "system", text)


def echo(prompt: Prompt) -> dict[str, Any]:
    return {"text": prompt.user}


def test_a_recorder_is_a_model_like_the_one_it_listens_to() -> None:
    model = ScriptedModel(name="scripted:other")
    recorder = AnswerRecorder(model)
    assert isinstance(recorder, LanguageModel)
    assert (recorder.name, recorder.profile) == (model.name, model.profile)


def test_each_thread_takes_down_what_it_asked_itself_in_its_order() -> None:
    recorder = AnswerRecorder(ScriptedModel(echo))
    together = threading.Barrier(4)

    def ask(thread: int) -> list[RawAnswer]:
        with recorder.taking_down() as answers:
            together.wait(30)
            for n in range(25):
                recorder.complete(prompt_of(f"{thread}-{n}"), Said)
            together.wait(30)
        return answers

    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(ask, range(4)))
    for thread, answers in enumerate(taken):
        assert [answer.output for answer in answers] == [f'{{"text":"{thread}-{n}"}}' for n in range(25)]


def test_an_error_is_taken_down_with_its_code_and_what_it_cost_and_is_raised() -> None:
    error = ModelTimeout("no complete answer", hint="try again", usage=Usage(3, 50))
    recorder = AnswerRecorder(ScriptedModel(lambda _: error))
    with recorder.taking_down() as answers, pytest.raises(ModelTimeout):
        recorder.complete(prompt_of("x"), Said, schema={"type": "object"})
    (answer,) = answers
    assert answer == RawAnswer(
        "summary",
        prompt_hash(prompt_of("x")),
        None,
        error="ModelTimeout",
        code="api_timeout",
        message="no complete answer; try again",
        guided=True,
        usage=Usage(3, 50),
    )


def test_a_second_reader_writes_into_the_same_list_and_outside_a_block_nothing_is_kept() -> None:
    recorder = AnswerRecorder(ScriptedModel(echo))
    reader = AnswerRecorder(ScriptedModel(echo), beside=recorder)
    recorder.complete(prompt_of("before"), Said)
    with recorder.taking_down() as answers:
        recorder.complete(prompt_of("one"), Said)
        reader.complete(prompt_of("two"), Said)
    reader.complete(prompt_of("after"), Said)
    assert [answer.output for answer in answers] == ['{"text":"one"}', '{"text":"two"}']


def test_packed_answers_come_back_and_damaged_ones_are_told() -> None:
    answers = [
        RawAnswer("actors", "a" * 16, '{"x":"é \\ud83d"}', warnings=("cut",), usage=Usage(1, None, 2, 3, 0.5))
    ]
    packed = pack_answers(answers)
    assert unpack_answers(packed, "it") == answers
    for damaged in (packed[:-3], packed[:10] + b"\0" + packed[11:], b"\7" + packed[1:], b""):
        with pytest.raises(StoreCorrupt, match="it is damaged"):
            unpack_answers(damaged, "it")
