"""Article: untrusted text, normalised once so that offsets hold for ever, split into numbered sentences."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING

import sentencex

from briefgen.errors import InputError, UsageError
from briefgen.lexicon import cue, table

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHARACTERS = 5_000_000
"""Longest text that is taken (about 800,000 words); more is refused, never cut without a word."""

MAX_METADATA = 500
"""Title, publisher, author and URL are cut to this many characters: they are untrusted too (T1)."""

# Invisible characters can carry instructions to the model and none that a reader sees (RELIABILITY.md
# T2, B-ENC-11 to 13): soft hyphen, zero width, bidi controls, variation selectors, tag characters.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
# Invisible characters that honest text uses, one at a time: soft hyphens inside words, joiners and
# direction marks in scripts that need them, the mark that makes a sign an emoji. Not a reason for a flag.
_ORDINARY = re.compile(
    f"(?<=\\w)\u00ad(?=\\w)|(?<![{_UNSEEN}A-Za-z])[\u200c-\u200f\ufe0f](?![{_UNSEEN}A-Za-z])"
)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# A Latin letter beside a Greek or Cyrillic one, in a word of three letters or more ("\u03bcm" is none): a
# name that only looks like another.
_LATIN, _OTHER = "A-Za-z\u00c0-\u024f", "\u0370-\u03ff\u0400-\u052f"
_PAIR = f"(?:[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}])"
_MIXED = re.compile(f"(?<=[{_LATIN}{_OTHER}]){_PAIR}|{_PAIR}(?=[{_LATIN}{_OTHER}])")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_OTHER_LETTER = re.compile(f"[{_OTHER}]")
_SPACES = re.compile(r"[^\S\n]+")
_OTHER_SPACE = re.compile(r"[^\S\n ]")
_BLANK_LINES = re.compile(r"\n{3,}")
_LONGEST_SENTENCE = 2000
"""A longer one is no prose; cut, so that reading an article costs no more than its length."""
_MAX_COMBINING = 8
_TITLE = re.compile(r"(?:^|\s)(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Capt|St|Adm|Hon|Rev)\.$")
_WEB_NAME = re.compile(r"(?:NET|COM|ORG|INFO|RU|UA|GOV)(?!\w)")
""" "Lantern.NET": a site's name, and no sentence that begins behind a stop."""

# The splitter looks for the other half of every quotation mark: 100,000 lone ones take it minutes. A line
# with more marks times characters than real text has is split in windows.
_QUOTES = re.compile("['\"«‘“„‹`]")
_MAX_PAIRING = 10_000_000
_WINDOW = 2000


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
            raise UsageError(f"an article has no field {min(unknown)!r}")
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

    @cached_property
    def telling(self) -> tuple[Sentence, ...]:
        """The sentences without those that give instructions to a model: these carry nothing (T1, B-INJ)."""
        return tuple(sentence for sentence in self.sentences if not gives_instructions(sentence.text))

    def sentence(self, n: int) -> Sentence:
        """Sentence number ``n``, from 1. Raises ``IndexError`` where there is none."""
        if not 1 <= n <= len(self.sentences):
            raise IndexError(n)
        return self.sentences[n - 1]


def gives_instructions(text: str) -> bool:
    """Whether a text speaks to a language model. Advisory: what it misses, the rules must catch."""
    marks = table("instructions")["markup"]
    return any(mark in text for mark in marks) or bool(cue("phrases", of="instructions").search(text))


def normalise(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text as articles keep it, and flags for what had to be taken out.

    NFC; one kind of line end; no control or invisible characters; single spaces; at most eight combining
    marks on a letter. Normalising twice changes nothing.
    """
    flags = []
    seen = "".join(set(text))  # a hundred characters tell what a whole article need not be searched for
    if _LINE_END.search(seen):
        text = _LINE_END.sub("\n", text)
    if _CONTROL.search(seen):
        text, controls = _CONTROL.subn("", text)
        flags += ["control_characters"] if controls else []
    if _INVISIBLE.search(seen):
        text, hidden = _without_invisible(text)
        flags += ["hidden_characters"] if hidden else []
    composed = unicodedata.normalize("NFC", text)
    if composed is not text:
        text, seen = composed, "".join(set(composed))
    if not seen.isascii():
        text = _cut_combining(text, seen)
        if _OTHER_LETTER.search(seen) and _MIXED.search(text):
            flags.append("mixed_script")
    if "  " in text or _OTHER_SPACE.search(seen):
        text = _SPACES.sub(" ", text)
    text = text.replace(" \n", "\n").replace("\n ", "\n")
    if "\n\n\n" in text:
        text = _BLANK_LINES.sub("\n\n", text)
    return text.strip(), tuple(flags)


def _without_invisible(text: str) -> tuple[str, bool]:
    """Return the text without invisible characters, and whether there were more than honest text has."""
    cleaned, invisible = _INVISIBLE.subn("", text)
    allowed = text.count("\n") // 20 + 3
    return cleaned, invisible > allowed and invisible - len(_ORDINARY.findall(text)) > allowed


def _cut_combining(text: str, seen: str) -> str:
    """Leave eight combining marks on a letter; ``seen`` holds every character of the text."""
    marks = "".join(char for char in seen if unicodedata.combining(char))
    if len(text) <= _MAX_COMBINING or not marks or not re.search(f"[{marks}]{{{_MAX_COMBINING + 1}}}", text):
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
        for piece in _no_longer_than(_LONGEST_SENTENCE, _pieces(line)):
            stripped = piece.strip()
            if stripped and sentences and at > offset and _goes_on(sentences[-1], piece, at):
                last = sentences.pop()
                start = last.start
                at = text.index(stripped, at, offset + len(line)) + len(stripped)
                sentences.append(Sentence(last.n, start, at, text[start:at]))
            elif stripped:
                start = text.index(stripped, at, offset + len(line))
                at = start + len(stripped)
                sentences.append(Sentence(len(sentences) + 1, start, at, stripped))
        offset += len(line) + 1
    return sentences


def _goes_on(last: Sentence, piece: str, at: int) -> bool:
    """Whether the stop that ends ``last`` belongs to a title ("Ms. O’Neil") or to a site's name ("Lantern.NET")."""
    joined = last.end == at and last.text.endswith(".") and _WEB_NAME.match(piece)
    return bool(joined or _TITLE.search(last.text))


def _no_longer_than(most: int, pieces: Iterator[str]) -> Iterator[str]:
    """Cut what no newspaper would print as one sentence, at a space where there is one."""
    for piece in pieces:
        rest = piece
        while len(rest) > most:
            end = rest.rfind(" ", most // 2, most) + 1 or most
            yield rest[:end]
            rest = rest[end:]
        yield rest


def _pieces(line: str) -> Iterator[str]:
    """Yield the sentences of a line.

    In windows: the last sentence of a window may go on, so it opens the next; one longer than the window is
    cut at a space.
    """
    if len(_QUOTES.findall(line)) * len(line) <= _MAX_PAIRING:
        yield from sentencex.segment("en", line)
        return
    at = 0
    while at < len(line):
        window = line[at : at + _WINDOW]
        pieces = list(sentencex.segment("en", window)) or [window]
        if at + len(window) < len(line):
            pieces = pieces[:-1] or [window[: _cut(line, at) - at]]
        yield from pieces
        at += sum(map(len, pieces))


def _cut(line: str, at: int) -> int:
    """Return where to cut a window without a sentence end: after its last space, not before an accent."""
    end = line.rfind(" ", at + 1, at + _WINDOW) + 1 or at + _WINDOW
    while unicodedata.combining(line[end]) and end > at + _WINDOW // 2:
        end -= 1
    return end


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
