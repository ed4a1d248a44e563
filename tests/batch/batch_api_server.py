"""A loopback server of the batch API: files, batches, and what can go wrong with them.

::

    with BatchApiServer(answer) as server:
        ...  # ask server.url + "/v1"
    server.batches["batch-1"].requests

``answer`` is a function of a request's body and how often it was submitted before: text of the model's answer,
a status, or ``None`` for a request that gets no line. Batches are done after ``looks`` looks at them.
"""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    Answer = Callable[[dict[str, Any], int], str | int | None]


@dataclass
class Batch:
    id: str
    file: str
    metadata: dict[str, str]
    requests: dict[str, dict[str, Any]]
    looks: int = 0
    status: str = "in_progress"
    errors: list[dict[str, str]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "input_file_id": self.file,
            "status": self.status,
            "metadata": self.metadata,
            "errors": {"object": "list", "data": self.errors} if self.errors else None,
            "output_file_id": self.files.get("output"),
            "error_file_id": self.files.get("errors"),
        }


class BatchApiServer:
    """``fail_creation``: so many creations are answered with 503 after the batch was made. ``full``: so many batches
    fail because the server has no room. ``status``: what the batches end in, if not ``completed``.
    """

    def __init__(self, answer: Answer, *, looks: int = 1) -> None:
        self.answer = answer
        self.looks = looks
        self.fail_creation = 0
        self.full = 0
        self.error: dict[str, str] | None = None
        self.status = "completed"
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, Batch] = {}
        self.submitted: Counter[str] = Counter()
        self.calls: list[str] = []
        self.keys: set[str] = set()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # -- the API ----------------------------------------------------------------------------------------------

    def upload(self, body: bytes) -> dict[str, Any]:
        found = re.search(rb'filename="requests.jsonl".*?\r\n\r\n(.*)\r\n--', body, re.DOTALL)
        assert found
        assert b'name="purpose"\r\n\r\nbatch\r\n' in body
        name = f"file-{len(self.files) + 1}"
        self.files[name] = found[1]
        return {"id": name, "object": "file", "bytes": len(found[1])}

    def create(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        assert body["endpoint"] == "/v1/chat/completions"
        lines = [json.loads(line) for line in self.files[body["input_file_id"]].splitlines()]
        assert all((line["method"], line["url"]) == ("POST", "/v1/chat/completions") for line in lines)
        requests = {line["custom_id"]: line["body"] for line in lines}
        assert len(requests) == len(lines), "custom ids are unique"
        batch = Batch(f"batch-{len(self.batches) + 1}", body["input_file_id"], body["metadata"], requests)
        self.batches[batch.id] = batch
        if self.full:
            self.full -= 1
            batch.status = "failed"
            batch.errors = [{"code": "token_limit_exceeded", "message": "Enqueued token limit reached"}]
        elif self.error:
            batch.status, batch.errors = "failed", [self.error]
        else:
            self.submitted.update(list(requests))
        if self.fail_creation:
            self.fail_creation -= 1
            return 503, {"error": {"message": "try later"}}
        return 200, batch.as_json()

    def look(self, batch: Batch) -> dict[str, Any]:
        batch.looks += 1
        if batch.status == "in_progress" and batch.looks >= self.looks:
            self._finish(batch)
        return batch.as_json()

    def _finish(self, batch: Batch) -> None:
        batch.status = self.status
        output, errors = [], []
        for name, body in batch.requests.items():
            said = self.answer(body, self.submitted[name] - 1)
            if isinstance(said, str):
                message = {"role": "assistant", "content": said}
                envelope = {
                    "model": "served",
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                    "usage": {"prompt_tokens": 1000, "completion_tokens": 100},
                }
                output.append(
                    {"custom_id": name, "response": {"status_code": 200, "body": envelope}, "error": None}
                )
            elif said is not None:
                told = {"status_code": said, "body": {"error": {"message": "no", "type": "error"}}}
                errors.append({"custom_id": name, "response": told, "error": None})
        for kind, lines in (("output", output), ("errors", errors)):
            if lines:
                batch.files[kind] = f"{batch.id}-{kind}"
                text = "\n".join(json.dumps(line) for line in [*reversed(lines)])
                self.files[batch.files[kind]] = text.encode() + b"\n"

    # -- HTTP ---------------------------------------------------------------------------------------------------

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._answer("GET", b"")

            def do_POST(self) -> None:
                self._answer("POST", self.rfile.read(int(self.headers["Content-Length"])))

            def _answer(self, method: str, body: bytes) -> None:
                with server._lock:
                    path = self.path.partition("?")[0].removeprefix("/v1/")
                    server.calls.append(f"{method} {path}")
                    server.keys.add(self.headers["Authorization"])
                    status, said = server._route(method, path, body)
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler

    def _route(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        if (method, path) == ("POST", "files"):
            return 200, json.dumps(self.upload(body)).encode()
        if (method, path) == ("POST", "batches"):
            status, value = self.create(json.loads(body))
            return status, json.dumps(value).encode()
        if (method, path) == ("GET", "batches"):
            rows = [batch.as_json() for batch in reversed(self.batches.values())]
            return 200, json.dumps({"data": rows, "has_more": False}).encode()
        if method == "GET" and path.startswith("batches/"):
            batch = self.batches.get(path.removeprefix("batches/"))
            return (200, json.dumps(self.look(batch)).encode()) if batch else (404, b"{}")
        if method == "GET" and path.endswith("/content"):
            return 200, self.files[path.split("/")[1]]
        return 404, b"{}"
