"""What the headers of an answer say about the server's limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COUNT = re.compile(r"[0-9]{1,12}")
_SPAN = re.compile(
    r"(?:([0-9]{1,4})h)?(?:([0-9]{1,4})m(?!s))?(?:([0-9]{1,6}(?:\.[0-9]{1,9})?)s)?(?:([0-9]{1,7}(?:\.[0-9]{1,9})?)ms)?"
)
_SECONDS = re.compile(r"[0-9]{1,7}(\.[0-9]{1,9})?")
_LONGEST = 31 * 86_400.0


@dataclass(frozen=True)
class Allowance:
    """``remaining`` requests or tokens may still be used within ``reset`` seconds."""

    of: Literal["requests", "tokens"]
    remaining: int
    reset: float


def read_allowances(headers: Mapping[str, str]) -> Iterator[Allowance]:
    """Read ``x-ratelimit-remaining-requests``, ``…-tokens`` and their ``reset`` (OpenAI, Groq, Mistral, vLLM gateways).

    ``headers`` has lower-case names. What is missing or makes no sense is passed over.
    """
    for of in ("requests", "tokens"):
        remaining = headers.get(f"x-ratelimit-remaining-{of}", "").strip()
        reset = read_span(headers.get(f"x-ratelimit-reset-{of}", ""))
        if _COUNT.fullmatch(remaining) and reset is not None:
            yield Allowance(of, int(remaining), reset)


def read_span(text: str) -> float | None:
    """Read "1s", "6m0s", "17ms", "1h2m3.5s" or "12" as seconds; ``None`` for anything else."""
    text = text.strip()
    if _SECONDS.fullmatch(text):
        seconds = float(text)
    else:
        match = _SPAN.fullmatch(text)
        if not match or not any(match.groups()):
            return None
        hours, minutes, rest, milliseconds = (float(part or 0) for part in match.groups())
        seconds = 3600 * hours + 60 * minutes + rest + milliseconds / 1000
    return seconds if seconds <= _LONGEST else None
