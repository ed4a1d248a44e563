"""What may be shown of a text that a server sent: never a key, a tag or a control character, never much."""

from __future__ import annotations

import html
import re
import unicodedata

QUOTE_CHARACTERS = 200
REFUSAL_CHARACTERS = 500

_READ = 64 * 1024
_TAG = re.compile(r"<[^<>]*>")
_KEY = re.compile(r"\bsk-[A-Za-z0-9_-]{6,}|\bBearer +[^ ]+", re.IGNORECASE)
_SHORTEST_KEY = 4


def quote(text: str, key: str, limit: int = QUOTE_CHARACTERS) -> str:
    """Return at most ``limit`` characters of ``text`` on one line, ``key`` and all that looks like one redacted."""
    # The key goes first: a later step might change how it is written.
    if len(key) >= _SHORTEST_KEY:
        text = text.replace(key, "[key]")
    text = _TAG.sub(" ", text[:_READ])
    text = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    text = html.escape(_KEY.sub("[key]", " ".join(text.split())), quote=False)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def cut_bytes(text: str, limit: int) -> str:
    """Return the beginning of ``text``, at most ``limit`` bytes of UTF-8, control characters blanked.

    In JSON it takes at most twice as much: only quotes and backslashes are still to be escaped.
    """
    plain = "".join(c if c.isprintable() else " " for c in text[:limit])
    return plain.encode("utf-8", "replace")[:limit].decode("utf-8", "ignore")
