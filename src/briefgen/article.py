"""Article: untrusted text, normalised once so that offsets hold for ever, split into numbered sentences."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property

import sentencex

from briefgen.errors import InputError, UsageError

MAX_CHARACTERS = 5_000_000
"""Longest text that is taken (about 800,000 words); more is refused, never cut without a word."""

MAX_METADATA = 500
"""Title, publisher, author and URL are cut to this many characters: they are untrusted too (T1)."""

# Invisible characters can carry instructions to the model and none that a reader sees (RELIABILITY.md
# T2, B-ENC-11 to 13): soft hyphen, zero width, bidi controls, variation selectors, tag characters.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_MAX_COMBINING = 8


@dataclass(frozen=True, slots=True)
class Sentence:
    """Sentence ``n`` (from 1) of an article: ``article.text[start:end] == text``."""

    n: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Article:
    """One article. Make it with :meth:`from_text`, or read it with :func:`briefgen.read_article`.

    ``text`` is the normalised text that all offsets refer to; ``id`` is the SHA-256 of it. ``published``
    is the day of publication or ``None``: nothing is ever resolved against the clock. ``flags`` name what
    was unusual about the input (``hidden_characters``, …).
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: date | None = None
    language: str | None = None
    flags: tuple[str, ...] = field(default=())

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        published: date | str | None = None,
        flags: tuple[str, ...] = (),
        **metadata: str | None,
    ) -> Article:
        """Normalise ``text`` and make an article of it.

        ``metadata``: ``title``, ``publisher``, ``author``, ``url``, ``language``. ``published`` takes a
        ``date``, ISO 8601 or an RFC 822 date.

        Raises :class:`InputError` (``input_empty``, ``input_too_big``) and :class:`UsageError` (a date
        that is none, an unknown field).
        """
        unknown = set(metadata) - {"title", "publisher", "author", "url", "language"}
        if unknown:
            raise UsageError(f"an article has no field {sorted(unknown)[0]!r}")
        if len(text) > MAX_CHARACTERS:
            raise InputError(
                f"the text has {len(text):,} characters, more than {MAX_CHARACTERS:,}",
                hint="split it",
                code="input_too_big",
            )
        cleaned, found = normalise(text)
        if not cleaned:
            raise InputError("the article has no text", code="input_empty")
        return cls(
            text=cleaned,
            published=parse_published(published),
            flags=tuple(dict.fromkeys((*flags, *found))),
            **{name: clean_line(value) for name, value in metadata.items()},
        )

    @cached_property
    def id(self) -> str:
        """SHA-256 of the normalised text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The numbered sentences, in order; white space between them belongs to none."""
        return tuple(split_sentences(self.text))

    def sentence(self, n: int) -> Sentence:
        """Sentence number ``n``, from 1. Raises ``IndexError`` where there is none."""
        if not 1 <= n <= len(self.sentences):
            raise IndexError(n)
        return self.sentences[n - 1]


def normalise(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text as articles keep it, and flags for what had to be taken out.

    NFC; one kind of line end; no control or invisible characters; single spaces; at most eight combining
    marks on a letter. Normalising twice changes nothing.
    """
    flags = []
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text, controls = _CONTROL.subn("", text)
    text, invisible = _INVISIBLE.subn("", text)
    if controls:
        flags.append("control_characters")
    if invisible > text.count("\n") // 20 + 3:
        flags.append("hidden_characters")
    text = _cut_combining(unicodedata.normalize("NFC", text))
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip(), tuple(flags)


def _cut_combining(text: str) -> str:
    if text.isascii():
        return text
    kept, run = [], 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= _MAX_COMBINING:
            kept.append(char)
    return "".join(kept)


def clean_line(value: str | None) -> str | None:
    """Return metadata as one clean line of at most 500 characters; ``None`` if nothing is left."""
    if value is None:
        return None
    line = " ".join(normalise(value[: MAX_METADATA * 4])[0].split())
    if len(line) > MAX_METADATA:
        line = line[: MAX_METADATA - 1].rstrip() + "…"
    return line or None


def split_sentences(text: str) -> list[Sentence]:
    """Split normalised text into sentences. A line end always ends a sentence."""
    sentences: list[Sentence] = []
    offset = 0
    for line in text.split("\n"):
        at = offset
        for piece in sentencex.segment("en", line) if line else ():
            stripped = piece.strip()
            if stripped:
                start = text.index(stripped, at, offset + len(line))
                at = start + len(stripped)
                sentences.append(Sentence(len(sentences) + 1, start, at, stripped))
        offset += len(line) + 1
    return sentences


def parse_published(value: date | str | None) -> date | None:
    """Read a publication date: a ``date``, ISO 8601, or RFC 822. Its own day, in its own time zone.

    Raises :class:`UsageError`.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = value.strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(text).date()
        except ValueError:
            continue
    raise UsageError(f"{text[:40]!r} is no date", hint="write it as 2024-06-10")
