"""What an answer of the wrong shape turns into (RELIABILITY 3.3)."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from fake_server import completion, reply
from harness import ARTICLE, GOOD, OK, PROMPT, Draft, PeakMemory, ask

from briefgen.errors import Refused, SchemaInvalid

covers = pytest.mark.covers

TEXT = json.dumps(GOOD)
BODY = json.dumps(completion(GOOD)).encode()
FUNCTION = {"name": "Draft", "arguments": TEXT}
TOOL = {"id": "1", "type": "function", "function": FUNCTION}


def said(content: Any, finish_reason: Any = "stop", **more: Any) -> tuple[Any, ...]:
    return reply(200, completion(content, finish_reason, **more))


def body(data: bytes | str, content_type: str = "application/json") -> tuple[Any, ...]:
    return reply(200, data, content_type=content_type)


def calling(**function: Any) -> tuple[Any, ...]:
    call = {**TOOL, "function": {**FUNCTION, **function}}
    return said(None, "tool_calls", message={"tool_calls": [call]})


@pytest.mark.parametrize(
    ("script", "code", "sent"),
    [
        pytest.param(body(b""), "api_bad_response", 2, marks=covers("S-01")),
        pytest.param(reply(204), "api_bad_response", 2, marks=covers("S-02")),
        pytest.param(body("<html>Log in", "text/html"), "api_bad_response", 1, marks=covers("S-03")),
        pytest.param(body("<!doctype html>", ""), "api_bad_response", 1, marks=covers("S-03")),
        pytest.param(body(BODY[:-30]), "api_bad_response", 2, marks=covers("S-06")),
        *[
            pytest.param(body(text), "api_bad_response", 1, marks=covers("S-07"))
            for text in ("[]", "null", '"text"')
        ],
        pytest.param(body("{}"), "api_bad_response", 1, marks=covers("S-08")),
        pytest.param(body(BODY * 2), "api_bad_response", 2, marks=covers("S-10")),
        pytest.param(body(BODY.replace(b"Oslo", b"Osl\xff")), "api_bad_response", 1, marks=covers("S-12")),
        pytest.param(
            body(BODY.replace(b"Oslo", "Malm\xf6".encode("latin-1")), "application/json; charset=latin-1"),
            "api_bad_response",
            1,
            marks=covers("S-13"),
        ),
        pytest.param(said("x", choices=[]), "api_bad_response", 2, marks=covers("S-14")),
        pytest.param(said("x", choices=None), "api_bad_response", 2, marks=covers("S-15")),
        pytest.param(said("x", choices="x"), "api_bad_response", 1, marks=covers("S-15")),
        pytest.param(said("x", choices=[None]), "api_bad_response", 1, marks=covers("S-15")),
        pytest.param(
            said("x", choices=[{"message": None, "finish_reason": "stop"}]),
            "api_bad_response",
            1,
            marks=covers("S-16"),
        ),
        pytest.param(
            said("x", choices=[{"message": None, "finish_reason": "content_filter"}]),
            "content_filtered",
            1,
            marks=covers("S-16"),
        ),
        pytest.param(said(None), "schema_invalid", 2, marks=covers("S-17")),
        pytest.param(said(""), "schema_invalid", 2, marks=covers("S-18")),
        pytest.param(said(" \n"), "schema_invalid", 2, marks=covers("S-18")),
        pytest.param(said(TEXT[:-9], "length"), "output_truncated", 1, marks=covers("S-19")),
        pytest.param(said(None, "content_filter"), "content_filtered", 1, marks=covers("S-21")),
        pytest.param(said(TEXT[:-9], "content_filter"), "content_filtered", 1, marks=covers("S-22")),
        pytest.param(said(TEXT, "content_filter"), "content_filtered", 1, marks=covers("S-22")),
        pytest.param(said("The minister goes to Oslo."), "schema_invalid", 2, marks=covers("S-26", "S-52")),
        pytest.param(said(TEXT + "\nI hope that helps."), "schema_invalid", 2, marks=covers("S-29")),
        pytest.param(calling(name="delete_all"), "schema_invalid", 2, marks=covers("S-31")),
        pytest.param(
            said(None, message={"tool_calls": [TOOL, TOOL]}), "schema_invalid", 2, marks=covers("S-32")
        ),
        *[
            pytest.param(calling(arguments=text), "schema_invalid", 2, marks=covers("S-34"))
            for text in ("no JSON", "", TEXT[:-5], "[]")
        ],
        pytest.param(said(f"[{TEXT}]"), "schema_invalid", 2, marks=covers("S-34")),
        pytest.param(said('{"name": "a", "name": "b"}'), "schema_invalid", 2, marks=covers("S-35")),
        *[
            pytest.param(
                said(f'{{"name": "a", "share": {number}}}'), "schema_invalid", 2, marks=covers("S-36")
            )
            for number in ("NaN", "Infinity", "-Infinity", "1e999")
        ],
        pytest.param(
            said('{"name": "a", "count": ' + "9" * 5000 + "}"), "schema_invalid", 2, marks=covers("S-37")
        ),
        pytest.param(said('{"name": "\\ud800"}'), "schema_invalid", 2, marks=covers("S-38")),
        pytest.param(said('{"name": "\ud800"}'), "schema_invalid", 2, marks=covers("S-38")),
        pytest.param(said('{"name": "a\tb"}'), "schema_invalid", 2, marks=covers("S-40")),
        *[
            pytest.param(said('{"name": ' + bracket * 100_000), "schema_invalid", 2, marks=covers("S-41"))
            for bracket in ("[", '{"a":')
        ],
        pytest.param(said("[" * 900 + "]" * 900), "schema_invalid", 2, marks=covers("S-41")),
        pytest.param(body("[" * 100_000), "api_bad_response", 1, marks=covers("S-41")),
        pytest.param(said({**GOOD, "more": 1}), "schema_invalid", 2, marks=covers("S-42")),
        pytest.param(said({**GOOD, "name": 1}), "schema_invalid", 2, marks=covers("S-43")),
        pytest.param(said({**GOOD, "count": "1"}), "schema_invalid", 2, marks=covers("S-43")),
    ],
)
def test_a_bad_answer_ends_in_its_error_after_the_requests_it_is_worth(
    script: tuple[Any, ...], code: str, sent: int
) -> None:
    outcome = ask(script)
    assert (outcome.code, outcome.sent, outcome.usage.requests) == (code, sent, sent)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(body(BODY, "text/plain"), marks=covers("S-04")),
        pytest.param(body(BODY, ""), marks=covers("S-05")),
        pytest.param(body(b"\xef\xbb\xbf" + BODY), marks=covers("S-11")),
        pytest.param(said(TEXT, None), marks=covers("S-24")),
        pytest.param(said(f"```json\n{TEXT}\n```"), marks=covers("S-27")),
        pytest.param(said(f"```\n{TEXT}\n```\n"), marks=covers("S-27")),
        pytest.param(said(f"\n {TEXT} \n"), marks=covers("S-28")),
        pytest.param(said(f'<think>Perhaps {{"name": "wrong"}}?</think>\n{TEXT}'), marks=covers("S-30")),
        pytest.param(said(TEXT, message={"refusal": None, "tool_calls": None}), marks=covers("S-28")),
        pytest.param(said(TEXT, message={"refusal": ""}, error=None), marks=covers("S-23")),
        pytest.param(said(TEXT, "tool_calls", message={"tool_calls": [TOOL]}), marks=covers("S-28")),
    ],
)
def test_a_good_answer_in_an_odd_wrapping_is_taken_at_once(script: tuple[Any, ...]) -> None:
    outcome = ask(script)
    assert outcome.done.output == Draft(**GOOD)  # type: ignore[arg-type]  # a literal of mixed values
    assert outcome.sent == 1
    assert outcome.done.warnings == ()


@covers("S-27")
@pytest.mark.parametrize(
    "text",
    [
        f"Here:\n```json\n{TEXT}\n```",
        f"```json\n{TEXT}\n```\nDone.",
        f"```json\n{TEXT}\n```\n```json\n{TEXT}\n```",
        f"```python\n{TEXT}\n```",
        f"```json\n{TEXT}",
    ],
)
def test_a_fence_is_taken_off_only_if_it_is_all_there_is(text: str) -> None:
    assert ask(said(text)).code == "schema_invalid"


@covers("S-30")
@pytest.mark.parametrize("text", [f"<think>{TEXT}", f"<think>a</think><think>b</think>{TEXT}"])
def test_only_one_complete_leading_think_block_is_removed(text: str) -> None:
    assert ask(said(text)).code == "schema_invalid"


@covers("S-03")
def test_a_web_page_hints_at_a_captive_portal() -> None:
    error = ask(body("<html>", "text/html; charset=utf-8")).error
    assert error is not None
    assert "captive portal" in error.hint


@covers("S-01", "S-06")
def test_a_missing_or_cut_body_is_asked_for_again_after_a_wait() -> None:
    assert ask(body(b""), OK).sleeps == [0.5]
    assert ask(body(BODY[:50]), OK).code == "done"


@covers("S-09")
@pytest.mark.parametrize(
    ("error", "code", "sent"),
    [
        ({"code": 429, "message": "slow down"}, "api_rate_limited", 3),
        ({"code": "503", "message": "x"}, "api_unavailable", 3),
        ({"code": 401, "message": "x"}, "api_auth", 1),
        ({"code": "insufficient_quota"}, "api_quota", 1),
        ({"code": None, "type": "context_length_exceeded"}, "api_too_large", 1),
        ({"message": "something"}, "api_bad_response", 2),
        ("something", "api_bad_response", 2),
        ([1], "api_bad_response", 2),
    ],
)
def test_an_error_with_status_200_is_like_the_status_it_names(error: Any, code: str, sent: int) -> None:
    outcome = ask(reply(200, {"error": error}))
    assert (outcome.code, outcome.sent) == (code, sent)


@covers("S-19")
def test_a_cut_answer_is_asked_for_once_more_with_a_larger_limit_if_there_is_one() -> None:
    outcome = ask(said(TEXT[:-9], "length"), OK, output_cap=2000)
    assert (outcome.code, outcome.sent) == ("done", 2)
    assert [request.json["max_tokens"] for request in outcome.requests] == [1500, 2000]
    first, second = (request.json["messages"] for request in outcome.requests)
    assert first == second


@covers("S-19")
def test_an_answer_that_is_cut_again_is_given_up() -> None:
    outcome = ask(said(TEXT[:-9], "length"), output_cap=8000)
    assert (outcome.code, outcome.sent) == ("output_truncated", 2)
    assert outcome.requests[1].json["max_tokens"] == 3000
    assert outcome.usage.output_tokens == 40


@covers("S-20")
def test_an_answer_at_the_limit_that_is_complete_is_taken_with_a_warning() -> None:
    outcome = ask(said(TEXT, "length"))
    assert (outcome.sent, outcome.done.warnings) == (1, ("cut_but_complete",))


@covers("S-23")
def test_a_refusal_is_final_and_its_text_is_kept_up_to_500_characters() -> None:
    outcome = ask(said(None, message={"refusal": "I cannot help. " + "x" * 2000}))
    assert isinstance(outcome.error, Refused)
    assert outcome.sent == 1
    assert "I cannot help." in outcome.error.message
    assert 450 < len(outcome.error.message) <= 520
    assert outcome.usage.input_tokens == 100


@covers("S-25")
def test_an_unknown_finish_reason_is_a_warning() -> None:
    assert ask(said(TEXT, "eos_reached")).done.warnings == ("finish_reason_unknown",)


@covers("S-33")
def test_of_two_choices_the_first_is_taken_with_a_warning() -> None:
    first = completion(GOOD)["choices"][0]
    second = completion({**GOOD, "name": "other"})["choices"][0]
    outcome = ask(said("", choices=[first, second]))
    assert outcome.done.output.name == "the minister"
    assert outcome.done.warnings == ("several_choices",)


@covers("S-37")
def test_an_endless_number_is_refused_quickly() -> None:
    script = said('{"name": "a", "count": ' + "9" * 5000 + "}")
    ask(OK)
    started = time.process_time()
    ask(script)
    assert time.process_time() - started < 5


@covers("S-39")
def test_nul_characters_are_removed() -> None:
    text = '{"name": "a\\u0000b", "places": ["\\u0000c"]}'
    output = ask(said(text)).done.output
    assert (output.name, output.places) == ("ab", ["c"])


@covers("S-45")
@pytest.mark.parametrize(
    "bad",
    [
        pytest.param("prose " * 500_000, id="prose"),
        pytest.param('"\\\n' * 500_000, id="all to be escaped"),
        pytest.param("\x01\x02\u202e" * 200_000, id="control characters"),
        pytest.param("ж" * 500_000, id="two bytes each"),
        pytest.param(json.dumps({**GOOD, "name": "x" * 3_000_000}), id="too long a string"),
        pytest.param(json.dumps({**GOOD, "places": [1] * 300_000}), id="many errors"),
        pytest.param(json.dumps({"k" * 100 + str(i): 1 for i in range(25_000)}), id="many invented keys"),
    ],
)
def test_asking_again_echoes_little_of_a_bad_answer_of_three_megabytes(bad: str) -> None:
    outcome = ask(said(bad), OK)
    first, second = (len(request.body) for request in outcome.requests)
    assert outcome.code == "done"
    assert 0 < second - first <= 4096
    again = ask(said(bad))
    assert isinstance(again.error, SchemaInvalid)
    assert len(str(again.error)) <= 2000


@covers("S-46")
def test_a_bad_answer_and_then_a_good_one_is_done_and_both_are_paid() -> None:
    outcome = ask(said({"name": "x" * 99}), OK)
    usage = outcome.done.usage
    assert (usage.requests, usage.input_tokens, usage.cached_tokens, usage.output_tokens) == (2, 200, 120, 40)
    first, second = (request.json["messages"] for request in outcome.requests)
    assert second[: len(first)] == first
    assert [message["role"] for message in second[len(first) :]] == ["assistant", "user"]
    assert "name: String should have at most 40 characters" in second[-1]["content"]
    assert ARTICLE not in second[-1]["content"]


@covers("S-46")
def test_a_failed_request_between_two_good_ones_is_counted_too() -> None:
    outcome = ask(reply(500), said("prose"), reply(500), OK)
    assert (outcome.code, outcome.sent, outcome.done.usage.requests) == ("done", 4, 4)
    assert outcome.done.usage.output_tokens == 40


@covers("A-32", "S-19", "T-BUD-2")
def test_nothing_is_asked_again_once_four_requests_are_spent() -> None:
    outcome = ask(reply(500), reply(500), said(TEXT[:-9], "length"), said("prose"), OK, output_cap=8000)
    assert (outcome.code, outcome.sent, outcome.usage.requests) == ("schema_invalid", 4, 4)


@covers("S-47")
@pytest.mark.parametrize("more", [{"usage": None}, {"usage": {}}])
def test_usage_that_is_missing_is_not_zero(more: dict[str, Any]) -> None:
    done = ask(said(TEXT, **more)).done
    assert (done.usage.requests, done.usage.input_tokens, done.usage.output_tokens) == (1, None, None)
    assert done.warnings == ()


@covers("S-48")
@pytest.mark.parametrize(
    "usage",
    [
        {"prompt_tokens": "many", "completion_tokens": 3},
        {"prompt_tokens": -1, "completion_tokens": 3},
        {"prompt_tokens": True, "completion_tokens": 3},
        {"prompt_tokens": 1.5, "completion_tokens": 3},
    ],
)
def test_usage_that_makes_no_sense_is_left_out_with_a_warning(usage: dict[str, Any]) -> None:
    done = ask(said(TEXT, usage=usage)).done
    assert (done.usage.input_tokens, done.usage.output_tokens) == (None, 3)
    assert done.warnings == ("usage_unusable",)


@covers("S-48")
def test_usage_of_the_wrong_type_is_left_out_with_a_warning() -> None:
    done = ask(said(TEXT, usage=[1, 2])).done
    assert (done.usage.input_tokens, done.warnings) == (None, ("usage_unusable",))


@covers("S-49")
def test_the_model_that_answered_is_told() -> None:
    outcome = ask(said(TEXT, model="fake-model-2026-01-01"))
    assert outcome.done.answered_by == "fake-model-2026-01-01"
    assert outcome.requests[0].json["model"] == "fake-model"


@covers("S-49")
@pytest.mark.parametrize("name", [None, 5, "", "x\x1b[31m" * 500])
def test_a_model_name_of_any_shape_does_no_harm(name: Any) -> None:
    answered_by = ask(said(TEXT, model=name)).done.answered_by
    assert answered_by is None or (len(answered_by) <= 100 and answered_by.isprintable())


@covers("S-45")
def test_bad_answers_of_three_megabytes_do_not_fill_the_memory() -> None:
    script = said("prose " * 500_000)
    ask(OK)
    with PeakMemory() as peak:
        assert ask(script).code == "schema_invalid"
    assert peak.growth < 64


def test_a_schema_error_names_facet_model_and_fields_but_not_values() -> None:
    outcome = ask(said({**GOOD, "count": "SECRET-VALUE"}))
    text = str(outcome.error)
    assert PROMPT.facet in text
    assert "openai:fake-model" in text
    assert "count" in text
    assert "SECRET-VALUE" not in text
