"""What each error answer of a server turns into, and how often it is asked again (RELIABILITY 3.2)."""

from __future__ import annotations

import json
import threading
import time
from email.utils import formatdate
from typing import Any

import pytest
from fake_server import CLOSE, FakeServer, Flood, head, reply
from harness import KEY, OK, PROMPT, Draft, FakeClock, PeakMemory, ask, in_threads, opened

from briefgen.errors import BriefgenError, RateLimited

covers = pytest.mark.covers


def failing(status: int, *headers: str, code: str = "", message: str = "no") -> tuple[Any, ...]:
    return reply(status, {"error": {"message": message, "code": code or None, "type": "x"}}, *headers)


@pytest.mark.parametrize(
    ("status", "code", "sent"),
    [
        pytest.param(429, "api_rate_limited", 3, marks=covers("A-01")),
        pytest.param(400, "api_bad_request", 1, marks=covers("A-15")),
        pytest.param(401, "api_auth", 1, marks=covers("A-18")),
        pytest.param(402, "api_quota", 1, marks=covers("A-19")),
        pytest.param(403, "api_auth", 1, marks=covers("A-20")),
        pytest.param(404, "config", 1, marks=covers("A-21")),
        *[pytest.param(status, "api_bad_request", 1, marks=covers("A-23")) for status in (405, 415, 418)],
        pytest.param(408, "api_timeout", 3, marks=covers("A-24")),
        pytest.param(409, "api_unavailable", 3, marks=covers("A-25")),
        pytest.param(413, "api_too_large", 1, marks=covers("A-26")),
        pytest.param(422, "api_bad_request", 1, marks=covers("A-27")),
        *[
            pytest.param(status, "api_unavailable", 3, marks=covers("A-28"))
            for status in (500, 502, 503, 504, 520, 529)
        ],
        pytest.param(501, "api_unavailable", 1, marks=covers("A-29")),
    ],
)
def test_a_status_ends_in_its_error_after_the_requests_it_is_worth(status: int, code: str, sent: int) -> None:
    outcome = ask(failing(status))
    assert (outcome.code, outcome.sent, outcome.usage.requests) == (code, sent, sent)


@covers("A-01")
def test_waits_double_from_half_a_second() -> None:
    assert ask(failing(429)).sleeps == [0.5, 1.0]


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        pytest.param(["Retry-After: 1"], 1.0, marks=covers("A-02")),
        pytest.param(["Retry-After: 0"], 0.5, marks=covers("A-03")),
        pytest.param(["retry-after-ms: 300"], 0.3, marks=covers("A-04")),
        pytest.param(["Retry-After: " + formatdate(1003, usegmt=True)], 3.0, marks=covers("A-05")),
        pytest.param(["Retry-After: " + formatdate(900, usegmt=True)], 0.5, marks=covers("A-06")),
        pytest.param(["Retry-After: -5"], 0.5, marks=covers("A-07")),
        *[
            pytest.param([f"Retry-After: {word}"], 0.5, marks=covers("A-08"))
            for word in ("soon", "inf", "nan", "9" * 40)
        ],
        pytest.param(["Retry-After: 120"], 120.0, marks=covers("A-10")),
        pytest.param(
            ["Date: " + formatdate(601, usegmt=True), "Retry-After: " + formatdate(604, usegmt=True)],
            3.0,
            marks=covers("C-03"),
        ),
        pytest.param(["Retry-After: " + formatdate(9000, usegmt=True)], 120.0, marks=covers("C-03")),
    ],
)
def test_one_wait_is_as_long_as_the_server_asks_or_else_the_normal_backoff(
    headers: list[str], wait: float
) -> None:
    outcome = ask(failing(429, *headers), OK)
    assert (outcome.code, outcome.sent, outcome.sleeps) == ("done", 2, [wait])


@covers("A-09", "A-10")
@pytest.mark.parametrize("seconds", [121, 3600])
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_wants_more_than_two_minutes_is_not_waited_for(status: int, seconds: int) -> None:
    outcome = ask(failing(status, f"Retry-After: {seconds}"))
    assert isinstance(outcome.error, RateLimited)
    assert (outcome.sent, outcome.sleeps, outcome.error.retry_after) == (1, [], seconds)
    assert f"{seconds} s" in str(outcome.error)


@covers("A-31")
def test_a_503_with_retry_after_is_waited_for_each_time() -> None:
    outcome = ask(failing(503, "Retry-After: 2"))
    assert (outcome.code, outcome.sent, outcome.sleeps) == ("api_unavailable", 3, [2.0, 2.0])


@covers("A-11")
def test_an_empty_account_is_asked_once() -> None:
    outcome = ask(failing(429, "Retry-After: 1", code="insufficient_quota"))
    assert (outcome.code, outcome.sent) == ("api_quota", 1)


@covers("A-12")
@pytest.mark.parametrize("status", [429, 500])
def test_a_server_may_forbid_a_retry(status: int) -> None:
    assert ask(failing(status, "x-should-retry: false")).sent == 1


@covers("A-13")
def test_a_server_may_not_order_the_retry_of_a_bad_request() -> None:
    outcome = ask(failing(400, "x-should-retry: true"))
    assert (outcome.code, outcome.sent) == ("api_bad_request", 1)


@covers("A-14")
def test_a_wait_that_one_caller_is_told_holds_for_all_callers_of_the_model() -> None:
    """Eight threads; one gets 429; nobody sends for the 0.4 s it was told."""
    with FakeServer([failing(429, "retry-after-ms: 400"), OK]) as server, opened(server) as model:
        told = threading.Event()

        def work(number: int) -> None:
            if number:
                told.wait(5)
                # The first caller's answer takes a moment to arrive and shut the gate.
                time.sleep(0.05 + number / 200)
            else:
                threading.Timer(0.02, told.set).start()
            model.complete(PROMPT, Draft)

        in_threads(8, work)
    first, *rest = sorted(request.at for request in server.requests)
    assert len(rest) == 8
    assert min(rest) - first >= 0.4 * 0.9


@covers("A-09", "A-14")
def test_after_a_long_retry_after_other_callers_are_refused_without_a_request() -> None:
    clock = FakeClock()
    with (
        FakeServer([failing(429, "Retry-After: 3600"), OK]) as server,
        opened(server, clock=clock.clock) as model,
    ):
        for _ in range(2):
            with pytest.raises(RateLimited) as caught:
                model.complete(PROMPT, Draft)
        assert caught.value.retry_after == pytest.approx(3600)
        assert caught.value.usage.requests == 0
        clock.now += 3600
        assert model.complete(PROMPT, Draft).output.name == "the minister"
    assert len(server.requests) == 2


@covers("A-16")
@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("context_length_exceeded", "too long"),
        ("exceed_context_size_error", "the request exceeds the available context size"),
        ("", "This model's maximum context length is 4096 tokens"),
    ],
)
def test_a_prompt_beyond_the_window_is_told_apart_from_a_bad_request(code: str, message: str) -> None:
    outcome = ask(failing(400, code=code, message=message))
    assert (outcome.code, outcome.sent) == ("api_too_large", 1)


@covers("A-17")
@pytest.mark.parametrize("status", [400, 403])
def test_a_filtered_prompt_is_told_apart_from_a_bad_request(status: int) -> None:
    outcome = ask(failing(status, code="content_filter"))
    assert (outcome.code, outcome.sent) == ("content_filtered", 1)


@covers("A-21")
def test_an_unknown_model_is_named_with_its_server() -> None:
    outcome = ask(failing(404, code="model_not_found", message="The model does not exist"))
    assert outcome.error is not None
    assert outcome.error.exit_code == 3
    assert "fake-model" in str(outcome.error)
    assert "127.0.0.1:" in str(outcome.error)


@covers("A-22")
def test_a_base_url_without_its_path_is_hinted_at() -> None:
    with FakeServer([reply(404, "404 page not found", content_type="text/plain")]) as server:
        with opened(server.url) as model, pytest.raises(BriefgenError) as caught:
            model.complete(PROMPT, Draft)
        assert f"{server.url}/v1" in caught.value.hint
    assert caught.value.exit_code == 3


@covers("A-30")
def test_a_web_page_as_error_is_shown_without_its_tags_and_cut() -> None:
    page = "<html><h1>502 Bad Gateway</h1>\x1b[31m" + "<p>nginx &" * 200
    outcome = ask(reply(502, page, content_type="text/html"))
    assert (outcome.code, outcome.sent) == ("api_unavailable", 3)
    message = str(outcome.error)
    assert "502 Bad Gateway" in message
    assert not set("<>\x1b") & set(message)
    assert len(message) < 300


@covers("A-32")
def test_transport_retries_and_the_re_ask_share_one_budget_of_four() -> None:
    bad = reply(200, {"choices": [{"message": {"content": "{}"}, "finish_reason": "stop"}]})
    outcome = ask(failing(500), failing(500), bad, failing(500), failing(500), bad)
    assert (outcome.code, outcome.sent, outcome.usage.requests) == ("api_unavailable", 4, 4)


@covers("A-33")
def test_an_error_of_ten_megabytes_is_not_read_to_the_end() -> None:
    flood = (head(400, "Content-Type: text/plain"), Flood(b"x" * 65536, 160), b"")
    ask(failing(400))
    with PeakMemory() as peak:
        outcome = ask(flood)
    assert outcome.code == "api_bad_request"
    assert peak.growth < 32


@covers("A-34")
@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
@pytest.mark.parametrize(
    "written", [f"bad key {KEY}!", f"Authorization: Bearer {KEY}", "sk-other-0123456789"]
)
def test_a_key_that_the_server_repeats_is_not_shown(status: int, written: str) -> None:
    outcome = ask(failing(status, message=written))
    shown = f"{outcome.error} {vars(outcome.error)}"
    assert "sk-" not in shown
    assert "[key]" in shown


@covers("A-36")
def test_a_server_that_fails_one_request_in_twenty_costs_five_per_cent_more_and_no_answer() -> None:
    clock = FakeClock()
    script = [failing(500) if number % 20 == 7 else OK for number in range(420)]
    with FakeServer(script) as server, opened(server, clock=clock.clock) as model:
        requests = sum(model.complete(PROMPT, Draft).usage.requests for _ in range(400))
    assert requests == len(server.requests) <= 440


def test_an_error_body_may_have_any_shape() -> None:
    bodies = [
        "[]",
        "null",
        '{"error": "plain"}',
        '{"detail": {"a": [1]}}',
        '{"error": {"code": {}}}',
        "[" * 9999,
    ]
    for body in bodies:
        assert ask(reply(400, body)).code == "api_bad_request"


def test_an_error_answer_that_is_compressed_keeps_its_status() -> None:
    outcome = ask(reply(401, b"\x1f\x8bnot really", "Content-Encoding: gzip"))
    assert (outcome.code, outcome.sent) == ("api_auth", 1)


def test_an_error_answer_that_breaks_off_keeps_its_status() -> None:
    assert ask((head(403, length=500), b'{"error": {"mess', CLOSE)).code == "api_auth"


def test_error_bodies_are_plain_data() -> None:
    """An error that is JSON is quoted by its message, not as JSON."""
    outcome = ask(reply(400, json.dumps({"error": {"message": "no such field"}})))
    assert str(outcome.error).endswith("HTTP 400: no such field")
