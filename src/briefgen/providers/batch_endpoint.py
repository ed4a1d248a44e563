"""The batch API of OpenAI and of servers that speak it: files and batches, over the guarded transport.

Creating a batch is the one request that must not be made twice, because each is billed: it is never repeated
blindly. Every batch carries a token in its metadata, by which :meth:`BatchEndpoint.find` knows it again.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx2

from briefgen.errors import BadResponse
from briefgen.providers.retrying import NEVER, Fault, RetryLoop, RetryPolicy
from briefgen.providers.statuses import read_error, status_fault
from briefgen.providers.transport import GuardedTransport

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from briefgen.providers.retrying import Clock
    from briefgen.providers.settings import OpenAISettings

MOST_BYTES = 1 << 30
"""Longest file of answers that is taken."""
_REQUEST_SECONDS = 600.0
_LISTED, _PAGES = 100, 20
_ENDPOINT = "/v1/chat/completions"
_OVER = {"completed", "failed", "expired", "cancelled"}


@dataclass(frozen=True)
class RemoteBatch:
    """A batch as the server tells of it. ``files`` hold its answers and errors, once it is ``over``."""

    id: str
    status: str
    files: tuple[str, ...] = ()
    errors: tuple[tuple[str, str], ...] = ()
    """Code and message of each thing that is wrong with the whole batch."""

    @property
    def over(self) -> bool:
        return self.status in _OVER


class BatchEndpoint:
    """``/files`` and ``/batches`` of one server. Raises :class:`briefgen.errors.BriefgenError`."""

    def __init__(self, settings: OpenAISettings, clock: Clock | None = None) -> None:
        self._settings = settings
        self._loop = RetryLoop(RetryPolicy(seconds=4 * _REQUEST_SECONDS), clock)
        transport = GuardedTransport(settings.base_url, use_proxy=settings.use_proxy, answer_bytes=MOST_BYTES)
        key = settings.api_key.get_secret_value()
        self._client = httpx2.Client(
            base_url=settings.base_url,
            headers={"Authorization": f"Bearer {key}"},
            transport=transport,
            timeout=_REQUEST_SECONDS,
            follow_redirects=False,
            trust_env=False,
        )

    def close(self) -> None:
        """Stop requests and waits under way, and refuse new ones."""
        self._loop.close()
        self._client.close()

    def upload(self, path: Path) -> str:
        """Send a file of requests, and return its id."""

        def send(_seconds: float) -> Any:
            with path.open("rb") as file:
                return self._ask(
                    "POST", "files", data={"purpose": "batch"}, files={"file": ("requests.jsonl", file)}
                )

        return _text(self._run(send), "id")

    def create(self, file_id: str, token: str) -> RemoteBatch:
        """Make a batch of an uploaded file. Asked once: after a failure :meth:`find` tells whether it was made."""
        body = {
            "input_file_id": file_id,
            "endpoint": _ENDPOINT,
            "completion_window": "24h",
            "metadata": {"briefgen": token},
        }

        def send(_seconds: float) -> Any:
            try:
                return self._ask("POST", "batches", json=body)
            except Fault as fault:
                raise Fault(fault.error, attempts=NEVER, retry_after=fault.retry_after) from None

        return _batch(self._run(send))

    def find(self, token: str) -> RemoteBatch | None:
        """The batch that carries the token, if one of the latest 2,000 does."""
        after: dict[str, str] = {}
        for _ in range(_PAGES):
            page = self._run(
                lambda _: self._ask("GET", "batches", params={"limit": str(_LISTED), **after})  # noqa: B023 - called at once
            )
            rows = page.get("data") or []
            for row in rows:
                if isinstance(row, dict) and (row.get("metadata") or {}).get("briefgen") == token:
                    return _batch(row)
            if not page.get("has_more") or not rows:
                return None
            after = {"after": _text(rows[-1], "id")}
        return None

    def get(self, batch_id: str) -> RemoteBatch:
        """How a batch stands."""
        return _batch(self._run(lambda _: self._ask("GET", f"batches/{batch_id}")))

    def lines(self, file_id: str) -> Iterator[dict[str, Any]]:
        """The lines of a file of answers. One that is no JSON object is left out: its request counts as unanswered."""
        content = self._run(lambda _: self._content(file_id))
        for line in content.splitlines():
            with contextlib.suppress(ValueError, RecursionError):
                value = json.loads(line)
                if isinstance(value, dict):
                    yield value

    def _run(self, send: Any) -> Any:
        try:
            return self._loop.run(send, self._loop.budget())
        except Fault as fault:
            failure = fault.error
        raise failure

    def _content(self, file_id: str) -> bytes:
        return self._response("GET", f"files/{file_id}/content").content

    def _ask(self, method: str, path: str, **parts: Any) -> dict[str, Any]:
        response = self._response(method, path, **parts)
        try:
            value = response.json()
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise Fault(BadResponse(f"{self._settings.host} does not answer as a batch API does"))
        return value

    def _response(self, method: str, path: str, **parts: Any) -> httpx2.Response:
        response = self._client.request(method, path, **parts)
        if response.status_code >= 400:
            answer = read_error(response.status_code, response.headers, response.content)
            raise status_fault(answer, self._settings, self._loop.clock.wall())
        return response


def failure_of(line: Mapping[str, Any], settings: OpenAISettings) -> Fault | None:
    """What is wrong with a line of answers: the fault that its status means; ``None`` for an answer."""
    response = line.get("response")
    if isinstance(response, dict) and response.get("status_code") == 200:
        return None
    status = response.get("status_code") if isinstance(response, dict) else None
    body = response.get("body") if isinstance(response, dict) else {"error": line.get("error") or {}}
    answer = read_error(status if isinstance(status, int) else 503, {}, json.dumps(body).encode())
    return status_fault(answer, settings, 0.0)


def _batch(row: Mapping[str, Any]) -> RemoteBatch:
    named = (row.get("output_file_id"), row.get("error_file_id"))
    problems = (row.get("errors") or {}).get("data") or []
    errors = tuple(
        (str(each.get("code")), str(each.get("message"))) for each in problems if isinstance(each, dict)
    )
    return RemoteBatch(
        _text(row, "id"),
        str(row.get("status")),
        tuple(name for name in named if isinstance(name, str)),
        errors,
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str) or not value:
        raise BadResponse(f"the server names no {name!r}, as a batch API would")
    return value
