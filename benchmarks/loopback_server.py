"""A loopback server that speaks enough of OpenAI's API for measurements: a process of its own, one thread, no framework.

    with running(latency=0.2, refused=0.05) as server:
        ...  # ask server.url; server.stats() counts what it answered

Answers are looked up by a number in square brackets in the prompt's title ("Title: [3] …"), and, where an answer is
an object, by the name of the schema that is asked for. ``server.asked()`` counts the requests by number. ``refused``,
``broken`` and ``invalid`` are shares of 429, 500 and answers that fit no schema; ``rate`` and ``burst`` a token
bucket, beyond which it refuses at once; ``retry_after`` seconds are said with a refusal.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_LENGTH = re.compile(rb"content-length: *([0-9]+)", re.IGNORECASE)
_NUMBER = re.compile(rb"Title: \[([0-9]+)\]")
_SCHEMA = re.compile(rb'"json_schema": ?\{"name": ?"(\w+)"')


@dataclass(frozen=True)
class Behaviour:
    latency: float = 0.2
    refused: float = 0.0
    broken: float = 0.0
    invalid: float = 0.0
    rate: float = 0.0
    burst: float = 20.0
    retry_after: float = 0.0


class Bucket:
    def __init__(self, behaviour: Behaviour) -> None:
        self._rate, self._burst = behaviour.rate, behaviour.burst
        self._tokens, self._at = behaviour.burst, time.monotonic()

    def take(self) -> bool:
        if not self._rate:
            return True
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class Answers:
    """Whole HTTP answers, made once."""

    def __init__(self, contents: list[str | dict[str, str]], behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.counts: Counter[str] = Counter()
        self.asked: Counter[int] = Counter()
        self._bucket = Bucket(behaviour)
        self._dice = random.Random(7)
        self._good = [_answers(content) for content in contents]
        self._invalid = _http("200 OK", _completion('{"actors": "nobody", "items": "nobody"}'))
        error = {"error": {"message": "no", "type": "server_error"}}
        said = f"Retry-After: {behaviour.retry_after:g}\r\n" if behaviour.retry_after else ""
        self._refusal = _http("429 Too Many Requests", error, said)
        self._broken = _http("500 Internal Server Error", error)

    def choose(self, body: bytes) -> tuple[bytes, float]:
        """Return the answer, and after how many seconds it is sent."""
        self.counts["requests"] += 1
        found = _NUMBER.search(body)
        number = int(found[1]) if found else 0
        self.asked[number] += 1
        dice = self._dice.random()
        shares = self.behaviour
        if not self._bucket.take() or dice < shares.refused:
            self.counts["refused"] += 1
            return self._refusal, 0.0
        if dice < shares.refused + shares.broken:
            self.counts["broken"] += 1
            return self._broken, shares.latency
        if dice < shares.refused + shares.broken + shares.invalid:
            self.counts["invalid"] += 1
            return self._invalid, shares.latency
        self.counts["answered"] += 1
        schema = _SCHEMA.search(body)
        good = self._good[number]
        return good.get(schema[1].decode() if schema else "") or good[""], shares.latency


def _answers(content: str | dict[str, str]) -> dict[str, bytes]:
    """Whole answers by the name of the schema; under "" the one for any other."""
    by_schema = {"": content} if isinstance(content, str) else {"": "{}", **content}
    return {name: _http("200 OK", _completion(text)) for name, text in by_schema.items()}


def _http(status: str, value: Any, more: str = "") -> bytes:
    body = json.dumps(value).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _completion(content: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": content}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "loopback",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 3000, "completion_tokens": 460, "total_tokens": 3460},
    }


class Connection(asyncio.Protocol):
    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, found, body = self._data.partition(b"\r\n\r\n")
        if not found:
            return
        length = _LENGTH.search(head)
        if length and len(body) < int(length[1]):
            return
        self._data = b""
        if head.startswith(b"GET"):
            counts = self._answers.asked if b"/asked" in head[:20] else self._answers.counts
            self._send(_http("200 OK", counts))
            counts.clear()
            return
        answer, seconds = self._answers.choose(body)
        asyncio.get_running_loop().call_later(seconds, self._send, answer)

    def _send(self, answer: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(answer)


async def serve(contents: list[str | dict[str, str]], behaviour: Behaviour) -> None:
    answers = Answers(contents, behaviour)
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(answers), "127.0.0.1", 0, backlog=1024
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@dataclass(frozen=True)
class Server:
    url: str
    process: subprocess.Popen[str]

    def stats(self) -> dict[str, int]:
        """What was answered since the last time of asking."""
        return self._get("stats")

    def asked(self) -> dict[int, int]:
        """How often each number was asked about since the last time of asking."""
        return {int(number): count for number, count in self._get("asked").items()}

    def _get(self, what: str) -> dict[str, int]:
        with urllib.request.urlopen(f"{self.url.removesuffix('/v1')}/{what}") as answer:
            found: dict[str, int] = json.load(answer)
        return found


@contextmanager
def running(contents: Path, **behaviour: float) -> Iterator[Server]:
    """Start a server with these answers (a JSON list of strings, or of objects), and end it with the block."""
    arguments = [f"--{name}={value}" for name, value in behaviour.items()]
    process = subprocess.Popen(
        [sys.executable, __file__, str(contents), *arguments], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    port = process.stdout.readline().strip()
    try:
        yield Server(f"http://127.0.0.1:{port}/v1", process)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("contents", type=Path)
    for name, value in asdict(Behaviour()).items():
        parser.add_argument(f"--{name}", type=float, default=value)
    given = vars(parser.parse_args())
    contents = json.loads(given.pop("contents").read_text(encoding="utf-8"))
    asyncio.run(serve(contents, Behaviour(**given)))


if __name__ == "__main__":
    main()
