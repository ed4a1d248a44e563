"""What a run of the command line ended in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


def outcome(process: subprocess.Popen[bytes]) -> Outcome:
    """Wait for the end of a process."""
    out, err = process.communicate(timeout=60)
    return Outcome(process.returncode, (out or b"").decode(), (err or b"").decode())
