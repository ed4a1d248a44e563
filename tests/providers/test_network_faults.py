"""What a broken connection turns into, and how soon (RELIABILITY 3.1)."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from typing import Any

import pytest
from fake_server import CLOSE, HANG, RESET, FakeServer, Flood, completion, drip, head, reply
from harness import GOOD, OK, PROMPT, Draft, PeakMemory, ask, ask_at, opened

from briefgen.errors import BriefgenError
from briefgen.providers import connections, transport

covers = pytest.mark.covers

BODY = OK[1]
assert isinstance(BODY, bytes)


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(wbits=31)
    zeros = b"0" * (1 << 20)
    return b"".join([*(packer.compress(zeros) for _ in range(megabytes)), packer.flush()])


@covers("N-01")
def test_a_refused_connection_is_tried_three_times_with_backoff() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    outcome = ask_at(f"http://127.0.0.1:{port}/v1")
    assert (outcome.code, outcome.usage.requests, outcome.sleeps) == ("api_unavailable", 3, [0.5, 1.0])
    assert outcome.error is not None
    assert outcome.error.exit_code == 5
    assert f"127.0.0.1:{port}" in str(outcome.error)


@covers("N-02")
def test_an_unknown_host_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    outcome = ask_at("https://model.invalid/v1", use_proxy=False)
    assert (outcome.code, outcome.usage.requests) == ("api_unavailable", 3)
    assert "model.invalid" in str(outcome.error)
    assert "name" in str(outcome.error)


@covers("N-03")
def test_a_connection_that_hangs_is_given_up_long_before_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "CONNECT_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        queue = [socket.socket() for _ in range(4)]
        for sock in queue:
            sock.setblocking(False)
            sock.connect_ex(address)
        started = time.monotonic()
        outcome = ask_at(f"http://127.0.0.1:{address[1]}/v1")
        elapsed = time.monotonic() - started
        for sock in queue:
            sock.close()
    assert (outcome.code, outcome.usage.requests) == ("api_timeout", 3)
    assert elapsed < 15


@pytest.mark.parametrize(
    ("script", "code"),
    [
        pytest.param((CLOSE,), "api_unavailable", marks=covers("N-04"), id="closed with no bytes"),
        pytest.param((RESET,), "api_unavailable", marks=covers("N-05"), id="reset"),
        pytest.param(
            (b"HTTP/1.1 200 OK\r\nContent-", CLOSE),
            "api_unavailable",
            marks=covers("N-06"),
            id="half headers",
        ),
        pytest.param(
            (b"SSH-2.0-OpenSSH_9\r\n\r\n", CLOSE), "api_bad_response", marks=covers("N-07"), id="not HTTP"
        ),
        pytest.param(
            (head(length=9999), BODY, CLOSE), "api_unavailable", marks=covers("N-12"), id="short body"
        ),
        pytest.param(
            (head(length=9999), BODY, RESET), "api_unavailable", marks=covers("N-13"), id="reset in body"
        ),
        pytest.param(
            (head(200, "Transfer-Encoding: chunked"), b"zz\r\n{}\r\n", CLOSE),
            "api_unavailable",
            marks=covers("N-14"),
            id="bad chunk size",
        ),
        pytest.param(
            (head(200, "Transfer-Encoding: chunked"), b"2\r\n{}\r\n", CLOSE),
            "api_unavailable",
            marks=covers("N-15"),
            id="no last chunk",
        ),
    ],
)
def test_a_broken_answer_is_asked_for_three_times(script: tuple[Any, ...], code: str) -> None:
    outcome = ask(script)
    assert (outcome.code, outcome.sent, outcome.usage.requests) == (code, 3, 3)


@covers("N-05", "N-04")
@pytest.mark.parametrize("script", [(CLOSE,), (RESET,), (head(length=99), RESET)])
def test_a_broken_answer_and_then_a_good_one_is_done_and_counts_both(script: tuple[Any, ...]) -> None:
    outcome = ask(script, OK)
    assert (outcome.code, outcome.sent, outcome.usage.requests) == ("done", 2, 2)


@covers("N-08")
def test_no_answer_at_all_is_a_timeout_of_each_attempt() -> None:
    outcome = ask((HANG,), request_deadline=0.2)
    assert (outcome.code, outcome.sent) == ("api_timeout", 3)


@covers("N-09")
def test_no_answer_once_is_made_up_for_by_the_second_request() -> None:
    outcome = ask((HANG,), OK, request_deadline=0.2)
    assert (outcome.code, outcome.sent, outcome.usage.requests) == ("done", 2, 2)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(drip(head(length=100), 0.05), marks=covers("N-10"), id="headers"),
        pytest.param((head(length=400), *drip(BODY, 0.05)), marks=covers("N-11"), id="body"),
        pytest.param(
            (head(200, "Transfer-Encoding: chunked"), *drip(b"1\r\n \r\n" * 40, 0.05)),
            marks=covers("N-11"),
            id="chunks",
        ),
    ],
)
def test_a_server_that_drips_bytes_is_cut_off_at_the_deadline(script: tuple[Any, ...]) -> None:
    """The deadline is of the whole request, not of each read; three attempts of 0.4 s."""
    started = time.monotonic()
    outcome = ask(script, request_deadline=0.4)
    elapsed = time.monotonic() - started
    assert (outcome.code, outcome.sent) == ("api_timeout", 3)
    assert 1.2 <= elapsed < 1.2 * 1.1 + 4  # a drip alone takes a minute; the rest is a busy machine


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(gzip.compress(BODY)[:-9] + b"corrupted", marks=covers("N-16")),
        pytest.param(gzip.compress(BODY)[:-20], marks=covers("N-17")),
        gzip.compress(BODY),
    ],
)
def test_a_small_compressed_answer_is_refused_and_asked_for_once_more(body: bytes) -> None:
    outcome = ask(reply(200, body, "Content-Encoding: gzip"))
    assert (outcome.code, outcome.sent) == ("api_bad_response", 2)
    assert {request.headers["accept-encoding"] for request in outcome.requests} == {"identity"}


@covers("N-18")
def test_a_compression_bomb_is_refused_unread() -> None:
    script = reply(200, bomb(300), "Content-Encoding: gzip")
    ask(OK)
    with PeakMemory() as peak:
        outcome = ask(script)
    assert (outcome.code, outcome.sent) == ("response_too_big", 1)
    assert peak.growth < 32


@covers("N-18")
def test_a_compressed_answer_of_untold_length_is_taken_for_a_bomb() -> None:
    outcome = ask((head(200, "Content-Encoding: br"), b"x", CLOSE))
    assert (outcome.code, outcome.sent) == ("response_too_big", 1)


@covers("N-19")
def test_a_header_of_a_megabyte_is_no_answer() -> None:
    ask(OK)
    with PeakMemory() as peak:
        outcome = ask((b"HTTP/1.1 200 OK\r\nX-Big: ", Flood(b"x" * 65536, 16), b"\r\n\r\n", CLOSE))
    assert outcome.code == "api_bad_response"
    assert peak.growth < 32


@covers("N-20", "N-21")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_server_sends_nothing_there(status: int) -> None:
    with FakeServer([OK]) as other:
        outcome = ask(reply(status, b"", f"Location: {other.url}/v1/chat/completions"))
        assert (outcome.code, outcome.sent) == ("api_redirect", 1)
        assert other.connections == 0


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("/v1/chat/completions", marks=covers("N-22", "N-24")),
        pytest.param("file:///etc/passwd", marks=covers("N-23")),
        "",
    ],
)
def test_no_redirect_is_followed_whatever_its_target(target: str) -> None:
    outcome = ask(reply(307, b"", f"Location: {target}"))
    assert (outcome.code, outcome.sent) == ("api_redirect", 1)


@covers("N-25")
def test_interim_answers_before_the_real_one_are_skipped() -> None:
    assert ask((*[b"HTTP/1.1 100 Continue\r\n\r\n"] * 50, *OK)).code == "done"


@covers("N-26")
def test_http_1_0_is_understood() -> None:
    assert ask((b"HTTP/1.0 200 OK\r\n\r\n", BODY, CLOSE)).code == "done"


@covers("N-30")
def test_a_kept_connection_that_the_server_closed_meanwhile_costs_no_second_request() -> None:
    with FakeServer([(*OK, CLOSE)]) as server, opened(server) as model:
        first = model.complete(PROMPT, Draft)
        time.sleep(0.05)
        second = model.complete(PROMPT, Draft)
    assert (first.usage.requests, second.usage.requests, len(server.requests)) == (1, 1, 2)


def test_a_connection_is_kept_for_the_next_call() -> None:
    with FakeServer([OK]) as server, opened(server) as model:
        for _ in range(3):
            model.complete(PROMPT, Draft)
        assert (len(server.requests), server.connections) == (3, 1)


@covers("S-44")
@pytest.mark.parametrize("told", [True, False], ids=["length told", "length untold"])
def test_an_answer_of_twenty_megabytes_is_not_read_to_the_end(told: bool) -> None:
    start, end = completion({**GOOD, "name": "N"})["choices"][0]["message"]["content"].split("N")
    inside = completion("CUT")
    before, after = reply(200, inside)[1].split(b"CUT")  # type: ignore[union-attr]  # the body is bytes
    opening = before + start.replace('"', '\\"').encode()
    closing = end.replace('"', '\\"').encode() + after
    flood = Flood(b"a" * 65536, 320)
    length = len(opening) + 320 * 65536 + len(closing) if told else None
    ask(OK)
    with PeakMemory() as peak:
        outcome = ask((head(length=length), opening, flood, closing, CLOSE))
    assert (outcome.code, outcome.sent) == ("response_too_big", 1)
    assert peak.growth < 32


@covers("G-09")
def test_close_ends_a_request_that_waits_for_its_answer() -> None:
    """From another thread, as on Ctrl-C, and at once."""
    errors: list[BriefgenError] = []
    with FakeServer([(HANG,)]) as server, opened(server, request_deadline=60) as model:

        def work() -> None:
            try:
                model.complete(PROMPT, Draft)
            except BriefgenError as error:
                errors.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        while not server.requests:
            time.sleep(0.01)
        started = time.monotonic()
        model.close()
        thread.join(timeout=5)
        assert time.monotonic() - started < 10
    assert [error.code for error in errors] == ["api_unavailable"]


def test_the_caps_are_those_of_the_contract() -> None:
    assert transport.ANSWER_BYTES == 4 * 1024 * 1024
    assert connections.CONNECT_SECONDS == 5.0
