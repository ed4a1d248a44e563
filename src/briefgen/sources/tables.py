"""CSV and TSV: one article a row, the first row naming the columns."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Literal

from briefgen.errors import InputError
from briefgen.sources.decode import decode
from briefgen.sources.entries import Outcome, Outcomes, ReadingOptions, Unchanged, Unreadable
from briefgen.sources.labels import numbered
from briefgen.sources.lines import article_of
from briefgen.sources.records import names, plan_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefgen.sources.streams import Stream

_DELIMITERS = ",;\t|"


def read_table(stream: Stream, label: str, options: ReadingOptions) -> Outcomes:
    """Yield the outcome of every row, ``label:2`` for the first below the header, as a spreadsheet counts.

    A row with more or fewer cells than the header, or with a NUL, is that row's failure (B-FIL-19). Where a
    quotation mark is not closed, or the stream breaks off, one error stands for the rest.
    """
    try:
        table = _Table(stream, _header(stream), options)
    except InputError as error:
        yield Unreadable(label, error)
        return
    yield from table.outcomes(label)


class _Table:
    """The rows below one header."""

    def __init__(self, stream: Stream, header: bytes, options: ReadingOptions) -> None:
        _allow_cells(options.limits.record)
        self._stream = stream
        self._options = options
        self._flags: tuple[str, ...] = ()
        self._bad_line: InputError | None = None
        self._over: InputError | Literal[True] | None = None  # why there are no more lines; True: the end
        delimiter = _delimiter(decode(header).text, options.text_field)
        stream.unread(header)
        self._rows = csv.reader(self._lines(), delimiter=delimiter)
        self._header = [name.strip() for name in self._next() or []]
        if not plan_for(self._header, options.text_field)["text"]:
            raise _no_text(self._header, options.text_field)

    def outcomes(self, label: str) -> Outcomes:
        number = 1
        while True:
            number += 1
            place = numbered(label, number)
            try:
                row = self._next()
            except InputError as error:
                yield Unreadable(place, error)
                return
            if row is None:
                return
            if row:
                outcome = self._outcome(row, place)
                if not isinstance(outcome, Unreadable):
                    self._stream.found_record()
                yield outcome

    def _next(self) -> list[str] | None:
        """Return the next row, ``None`` after the last.

        Raises :class:`InputError` where the rest cannot be read. The CSV reader gives what it has of a row
        when the lines are over, so a row that comes after the last line was cut off.
        """
        self._flags, self._bad_line = (), None
        try:
            row = next(self._rows, None)
        except csv.Error as error:
            raise _unclosed(str(error)) from error
        if isinstance(self._over, InputError):
            raise self._over
        if row and self._over:
            raise _unclosed("the table ends inside a cell")
        return row

    def _lines(self) -> Iterator[str]:
        while True:
            try:
                line = self._stream.line()
            except InputError as error:
                self._over = error
                return
            if not line:
                self._over = True if line is not None else _unclosed("a line is over the limit")
                return
            try:
                yield line.decode()
            except UnicodeDecodeError:
                yield self._decoded(line)

    def _decoded(self, line: bytes) -> str:
        try:
            decoded = decode(line)
        except InputError as error:
            self._bad_line = error
            return line.decode("utf-8", "replace")
        self._flags = tuple(dict.fromkeys((*self._flags, *decoded.flags)))
        return decoded.text

    def _outcome(self, row: list[str], label: str) -> Outcome:
        raw = "\x1f".join((*self._header, *row)).encode("utf-8", "replace")
        place = Unchanged(label, self._options.fingerprint(raw))
        if self._options.known and self._options.known(label, place.fingerprint):
            return place
        error = self._bad_line or self._malformed(row)
        if error:
            return Unreadable(label, error, fingerprint=place.fingerprint)
        record = dict(zip(reversed(self._header), reversed(row), strict=True))  # of two columns the first
        return article_of(record, place, self._options, self._flags)

    def _malformed(self, row: list[str]) -> InputError | None:
        if len(row) != len(self._header):
            return InputError(
                f"the row has {len(row)} cells, the header {len(self._header)}", hint="mend the row"
            )
        if any("\0" in cell for cell in row):
            return InputError("the row holds NUL characters", hint="mend the row", code="input_binary")
        return None


def _header(stream: Stream) -> bytes:
    line = stream.line()
    if line is None:
        raise _unclosed("the first line is over the limit")
    if not line.strip():
        raise InputError("the table has no first row", code="input_empty")
    return line


def _delimiter(header: str, text_field: str | None) -> str:
    """Return the delimiter under which most columns have names that we know."""

    def known(delimiter: str) -> tuple[bool, int, int]:
        try:
            columns = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
        except csv.Error:  # line ends inside, as old Macs wrote them
            return False, 0, 0
        plan = plan_for(columns, text_field)
        return bool(plan["text"]), sum(map(bool, plan.values())), len(columns)

    return max(_DELIMITERS, key=known)


def _allow_cells(most: int) -> None:
    """Let the CSV reader take cells of this size; 131,072 characters otherwise, which some articles exceed.

    A setting of the whole process, therefore only ever raised.
    """
    if csv.field_size_limit() < most:
        csv.field_size_limit(most)


def _unclosed(why: str) -> InputError:
    return InputError(
        f"the rows cannot be told apart from here on: {why}",
        hint="look for a quotation mark that is not closed",
    )


def _no_text(header: list[str], text_field: str | None) -> InputError:
    wanted = repr(text_field) if text_field else ", ".join(names("text")[:4])
    return InputError(
        f"none of the {len(header)} columns is called {wanted}",
        hint="the first row must name the columns; --text-field says which holds the text",
        code="input_unsupported",
    )
