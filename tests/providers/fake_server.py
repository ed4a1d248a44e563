"""A loopback server that misbehaves on command: threads and raw sockets, nothing that would mend a fault.

::

    with FakeServer([reply(429), reply(200, completion({"name": "x"}))]) as server:
        ...  # ask server.url + "/v1"
    server.requests[0].json

Scripts are played one per request, in order; the last one is played for ever. A script is a tuple of steps:
bytes to send, ``Pause`` to wait, ``Flood`` to send much without holding it, ``CLOSE``, ``RESET`` and ``HANG``.
Without one of these at its end the connection is kept for the next request.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import ssl
    from types import TracebackType


@dataclass(frozen=True)
class Pause:
    seconds: float


@dataclass(frozen=True)
class Flood:
    """``piece`` sent ``times`` times."""

    piece: bytes
    times: int


@dataclass(frozen=True)
class _End:
    how: str


CLOSE, RESET, HANG = _End("close"), _End("reset"), _End("hang")

Step = bytes | Pause | Flood | _End
Script = tuple[Step, ...]


def head(status: int = 200, *headers: str, length: int | None = None) -> bytes:
    """A status line and headers."""
    lines = [f"HTTP/1.1 {status} X", *headers]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def reply(
    status: int = 200,
    body: bytes | str | dict[str, Any] = b"",
    *headers: str,
    content_type: str = "application/json",
) -> Script:
    """A whole, well-formed answer. A dictionary is sent as JSON."""
    if isinstance(body, dict):
        body = json.dumps(body)
    if isinstance(body, str):
        body = body.encode()
    kind = [f"Content-Type: {content_type}"] if content_type else []
    if status == 204:
        return (head(status),)
    return (head(status, *kind, *headers, length=len(body)), body)


def drip(data: bytes, seconds: float) -> Script:
    """One byte, a pause, one byte, a pause, … and then the end of the connection."""
    return (*(step for i in range(len(data)) for step in (data[i : i + 1], Pause(seconds))), CLOSE)


def completion(content: Any, finish_reason: Any = "stop", **more: Any) -> dict[str, Any]:
    """The JSON of a chat completion. A dictionary as content is the answer's JSON; ``more`` adds or replaces."""
    if isinstance(content, dict):
        content = json.dumps(content)
    message = {"role": "assistant", "content": content, **more.pop("message", {})}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "fake-model",
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}],
        "usage": {
            "prompt_tokens": 100,
            "completion_tokens": 20,
            "total_tokens": 120,
            "prompt_tokens_details": {"cached_tokens": 60},
        },
        **more,
    }


@dataclass(frozen=True)
class Request:
    """What arrived: header names in lower case, ``at`` on the monotonic clock, ``peer`` tells connections apart."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float
    peer: int

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class FakeServer:
    """Listens from construction on; ``with`` closes it and all its connections."""

    scripts: list[Script] = field(default_factory=list)
    tls: ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        self.requests: list[Request] = []
        self.connections = 0
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self._listener.settimeout(0.5)
        self.port: int = self._listener.getsockname()[1]
        self._sockets: set[socket.socket] = set()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def url(self) -> str:
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}"

    def play(self, *scripts: Script) -> None:
        """Replace what is still to be played."""
        with self._lock:
            self.scripts = list(scripts)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        with self._lock:
            sockets = list(self._sockets)
        # Wakes accept() at once on Linux; elsewhere its time-out does.
        for sock in [self._listener, *sockets]:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(timeout=5)
        self._listener.close()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                sock, _ = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        with self._lock:
            self.connections += 1
            peer = self.connections
        # Otherwise each step waits 40 ms for the last one's acknowledgement.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError):
            if self.tls is not None:
                sock = self.tls.wrap_socket(sock, server_side=True)
            with self._lock:
                self._sockets.add(sock)
            while (request := _read_request(sock, peer)) is not None and self._perform(sock, request):
                pass
        with self._lock:
            self._sockets.discard(sock)
        sock.close()

    def _perform(self, sock: socket.socket, request: Request) -> bool:
        """Play the next script. Return whether the connection is kept."""
        with self._lock:
            self.requests.append(request)
            script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        for step in script:
            if isinstance(step, bytes):
                sock.sendall(step)
            elif isinstance(step, Pause):
                self._stopped.wait(step.seconds)
            elif isinstance(step, Flood):
                for _ in range(step.times):
                    sock.sendall(step.piece)
            else:
                return self._end(sock, step)
            if self._stopped.is_set():
                return False
        return True

    def _end(self, sock: socket.socket, step: _End) -> bool:
        if step is HANG:
            self._stopped.wait()
        if step is RESET:
            # Lingering for no time makes close() send RST instead of FIN.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False


def _read_request(sock: socket.socket, peer: int) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = sock.recv(65536)
        if not chunk:
            return None
        data += chunk
        if not data[:1].isalpha():
            # What a server of plain HTTP says to a TLS handshake.
            sock.sendall(head(400, length=0))
            return None
    top, _, body = data.partition(b"\r\n\r\n")
    lines = top.decode("latin-1").split("\r\n")
    method, path, _ = lines[0].split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    while len(body) < int(headers.get("content-length", 0)):
        chunk = sock.recv(65536)
        if not chunk:
            return None
        body += chunk
    return Request(method, path, headers, body, time.monotonic(), peer)
