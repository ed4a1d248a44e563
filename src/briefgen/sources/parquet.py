"""Parquet: one article a row, read in small batches; needs ``briefgen[parquet]``."""

from __future__ import annotations

import json
from datetime import date, time
from typing import TYPE_CHECKING, Any, BinaryIO

from briefgen.errors import InputError
from briefgen.sources.decode import decode
from briefgen.sources.entries import Outcome, Outcomes, ReadingOptions, Unchanged, Unreadable
from briefgen.sources.labels import numbered
from briefgen.sources.lines import article_of
from briefgen.sources.records import names, plan_for
from briefgen.sources.streams import reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    import pyarrow.parquet as pq

_ROWS = 64
_LARGE = 64_000_000
_BUFFER = 1 << 20


def read_parquet(file: BinaryIO, label: str, options: ReadingOptions) -> Outcomes:
    """Yield the outcome of every row, ``label:1`` for the first.

    Only the columns that hold something of an article are read, a batch of rows at a time, so that a row
    group of any size takes little memory. Where the file is damaged, one error stands for the rest.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra, and 100 ms
    except ImportError:
        error = InputError(
            "the file is Parquet", hint="install briefgen[parquet] to read it", code="input_unsupported"
        )
        yield Unreadable(label, error)
        return
    number = 0
    try:
        for row in _rows(file, options):
            number += 1
            yield _outcome(row, numbered(label, number), options)
    except InputError as error:
        yield Unreadable(label, error)
    except (pa.ArrowException, OSError, MemoryError, ValueError, LookupError, OverflowError) as error:
        yield Unreadable(numbered(label, number + 1), _damaged(error))


def _rows(file: BinaryIO, options: ReadingOptions) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    # Texts that repeat are kept once and looked up: a long one said in every row must not fill the memory.
    schema = pq.read_schema(file)
    texts = [name for name in plan_for(schema.names, options.text_field)["text"] if _is_text(schema, name)]
    if not texts:
        raise _no_text(schema.names, options.text_field)
    file.seek(0)
    table = pq.ParquetFile(
        file, buffer_size=_BUFFER, pre_buffer=False, read_dictionary=texts, page_checksum_verification=True
    )
    columns = sorted({key for keys in plan_for(schema.names, options.text_field).values() for key in keys})
    _refuse_bombs(table.metadata, columns, options)
    for batch in table.iter_batches(_ROWS, columns=columns, use_threads=False):
        fields = [(name, batch.column(name)) for name in batch.schema.names]
        for at in range(batch.num_rows):
            yield {name: _cell(column[at]) for name, column in fields}


def _cell(scalar: pa.Scalar) -> object:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:  # Arrow does not check that strings are UTF-8
        plain = scalar.value if hasattr(scalar, "dictionary") else scalar
        return plain.as_buffer().to_pybytes() if hasattr(plain, "as_buffer") else None


def _is_text(schema: pa.Schema, name: str) -> bool:
    kind = schema.field(name).type
    kind = getattr(kind, "value_type", kind)  # of a column that was written as a dictionary
    return str(kind) in ("string", "large_string", "binary", "large_binary")


def _refuse_bombs(metadata: pq.FileMetaData, columns: list[str], options: ReadingOptions) -> None:
    """Raise where a column is said to unpack to far more than articles do. Arrow checks what is said."""
    for group in range(metadata.num_row_groups):
        for at in range(metadata.num_columns):
            chunk = metadata.row_group(group).column(at)
            large = chunk.total_uncompressed_size > _LARGE
            packed = max(chunk.total_compressed_size, 1)
            if (
                large
                and chunk.path_in_schema.partition(".")[0] in columns
                and chunk.total_uncompressed_size > options.limits.ratio * packed
            ):
                raise InputError(
                    f"a column unpacks to more than {options.limits.ratio} times its size",
                    hint="write it again with less compression if that is meant",
                    code="input_too_big",
                )


def _plain(value: object, flags: list[str]) -> object:
    """Return a cell as JSON would have it: dates as ISO 8601, bytes as text."""
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, bytes):
        decoded = decode(value)
        flags += decoded.flags
        return decoded.text
    return value


def _outcome(row: dict[str, Any], label: str, options: ReadingOptions) -> Outcome:
    raw = json.dumps(row, default=repr, sort_keys=True).encode()
    place = Unchanged(label, options.fingerprint(raw))
    if options.known and options.known(label, place.fingerprint):
        return place
    flags: list[str] = []
    try:
        record = {name: _plain(value, flags) for name, value in row.items()}
    except InputError as error:  # bytes that are no text
        return Unreadable(label, error, fingerprint=place.fingerprint)
    return article_of(record, place, options, tuple(flags))


def _damaged(error: Exception) -> InputError:
    return InputError(f"the Parquet file is damaged from here on: {reason_of(error)}", hint="get it again")


def _no_text(columns: list[str], text_field: str | None) -> InputError:
    wanted = repr(text_field) if text_field else ", ".join(names("text")[:4])
    return InputError(
        f"none of the {len(columns)} columns is called {wanted} and holds text",
        hint="--text-field says which holds the text",
        code="input_unsupported",
    )
