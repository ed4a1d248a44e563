"""Plain text, and anything unknown that decodes."""

from __future__ import annotations

from briefgen.sources.base import RawText
from briefgen.sources.decode import decode

_WIDEST = 120
_WRAPPED_SHARE = 0.6


class TextSource:
    """Plain text: no metadata. Lines that were broken at a fixed width are joined again."""

    def read(self, data: bytes, name: str) -> RawText:  # noqa: ARG002 - the interface's
        decoded = decode(data)
        return RawText(unwrap(decoded.text), flags=decoded.flags)


def unwrap(text: str) -> str:
    """Join lines that were broken at a fixed width: a line end would end a sentence.

    A line was broken if the next line's first word would have made it longer than the longest line. Only
    where most lines are like that, so that verses, lists and one-sentence-a-line texts stay as they are.
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    width = max(map(len, lines))
    pairs = [index for index in range(len(lines) - 1) if lines[index] and lines[index + 1]]
    if width > _WIDEST or len(pairs) < 2:
        return text
    broken = {index for index in pairs if _broken(lines[index], lines[index + 1], width)}
    if len(broken) < _WRAPPED_SHARE * len(pairs):
        return text
    return "".join(
        line + (" " if index in broken else "\n" if index < len(lines) - 1 else "")
        for index, line in enumerate(lines)
    )


def _broken(line: str, following: str, width: int) -> bool:
    if " " not in line or following[0] in " \t-*•":
        return False
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width
