"""Members of a ZIP or tar archive: read in place, never written anywhere; their names are labels only (T9)."""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from briefgen.errors import InputError
from briefgen.sources.entries import Entry, Outcome, Outcomes, ReadingOptions, Unreadable
from briefgen.sources.formats import HEAD, extension_of, format_of, has_known_extension
from briefgen.sources.labels import member_label
from briefgen.sources.pieces import Piece, read_piece
from briefgen.sources.streams import broken_off

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import WriteableBuffer

CONTAINERS = ("zip", "tar", "gzip", "parquet")
_LONGEST_NAME = 4096
_SHOWN = 200
_SEPARATORS = re.compile(r"[/\\]")
_BUFFER = 1 << 16
_UNPACK = "unpack the archive to read it all the same"
_UNREAD = "input_unsupported"


class Readable(Protocol):
    """The inside of a member."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Member:
    """One member: its name as the archive has it, how to open it, what it is, and its size when packed."""

    name: str
    open: Callable[[], Readable]
    regular: bool = True
    packed: Callable[[], int] | None = None


class Members:
    """Reads the members of one archive, one after the other.

    ``packed`` says how many bytes of the archive file there are, or were read so far; what comes out of all
    members together is held against it. ``flags`` go to every article.
    """

    def __init__(
        self,
        label: str,
        options: ReadingOptions,
        packed: Callable[[], int],
        breaks: tuple[type[Exception], ...],
    ) -> None:
        self.flags: tuple[str, ...] = ()
        self._label = label
        self._options = options
        self._packed = packed
        self._breaks = breaks
        self._names: Counter[str] = Counter()
        self._unpacked = 0
        self._over: InputError | None = None

    def outcomes(self, member: Member) -> Outcomes:
        """Yield the articles of a member, or why there is none. Dot files are left alone, as in folders.

        Raises :class:`InputError` (``archive_limit``) where the archive as a whole goes over a limit.
        """
        parts = _SEPARATORS.split(member.name)
        if any(part.startswith(".") and part not in (".", "..") for part in parts):
            return
        too_long = len(member.name) > _LONGEST_NAME
        place = self._place(member.name[:_SHOWN] + "…" if too_long else member.name)
        why = _passed_over(member, parts[-1])
        if too_long:
            error = InputError("the name has more than 4,096 characters", code="archive_limit")
            yield Unreadable(place, error)
        elif why:
            yield Unreadable(place, InputError(why, hint=_UNPACK, code="input_unsupported"), skipped=True)
        else:
            for outcome in self._read(member, parts[-1], place):
                yield self._finished(outcome, place)
        if self._over:
            raise self._over

    def _place(self, name: str) -> str:
        self._names[name] += 1
        if len(self._names) > self._options.limits.members:
            raise too_many(self._options.limits.members)
        return member_label(self._label, name, self._names[name])

    def _read(self, member: Member, name: str, place: str) -> Outcomes:
        try:
            with io.BufferedReader(_Counted(member.open(), self._spend), _BUFFER) as file:
                kind = format_of(name, file.peek(HEAD)[:HEAD])
                if kind in CONTAINERS:
                    why = InputError("archives inside archives are not opened", hint=_UNPACK, code=_UNREAD)
                    yield Unreadable(place, why, skipped=True)
                    return
                piece = Piece(file, name, place, member.packed, self._breaks)
                yield from read_piece(piece, kind, self._options)
        except InputError as error:
            yield Unreadable(place, error)
        except self._breaks as error:
            yield Unreadable(place, broken_off(error))

    def _finished(self, outcome: Outcome, place: str) -> Outcome:
        if isinstance(outcome, Entry) and self.flags:
            article = outcome.article
            return replace(outcome, article=replace(article, flags=(*article.flags, *self.flags)))
        if isinstance(outcome, Unreadable) and outcome.label == place:
            error = outcome.error
            if error.code == "input_too_big":
                limit = InputError(error.message, hint=error.hint, code="archive_limit")
                return replace(outcome, error=limit)
        return outcome

    def _spend(self, count: int) -> None:
        self._unpacked += count
        limits = self._options.limits
        if self._unpacked > limits.ratio * self._packed() + limits.barren:
            self._over = InputError(
                f"the archive unpacks to more than {limits.ratio} times its size",
                hint="the rest was not read",
                code="archive_limit",
            )
            raise self._over


class _Counted(io.RawIOBase):
    """The inside of a member, whose bytes are counted as they come: sizes in an archive may lie."""

    def __init__(self, inner: Readable, spend: Callable[[int], None]) -> None:
        self._inner = inner
        self._spend = spend

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        data = self._inner.read(len(view))
        view[: len(data)] = data
        self._spend(len(data))
        return len(data)


def too_many(most: int) -> InputError:
    """Return the error for an archive with more members than are taken."""
    return InputError(
        f"the archive has more than {most:,} members",
        hint="unpack it and give the folder",
        code="archive_limit",
    )


def _passed_over(member: Member, name: str) -> str:
    """Return why a member is left out by rule, or nothing."""
    extension, packing = extension_of(name)
    if not member.regular:
        return "the member is a link or a device"
    if packing or extension in CONTAINERS or extension == "tgz":
        return "archives and packed files inside archives are not opened"
    return "" if has_known_extension(name) else "the member has no extension that is read"
