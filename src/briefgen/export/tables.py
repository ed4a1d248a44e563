"""CSV and Parquet: a folder with a table for each facet, one of the briefs, one of every input."""

from __future__ import annotations

from contextlib import ExitStack, closing
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from briefgen.errors import ConfigurationError
from briefgen.render.csv import csv_lines
from briefgen.render.tables import columns, rows, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from briefgen.export.records import Export
    from briefgen.render.tables import Kind, Row

INPUTS = "inputs"
"""The ledger: what became of each input."""

_INPUT_COLUMNS: list[tuple[str, Kind]] = [
    *((name, "text") for name in ("store", "label", "state", "code", "message")),
    ("retryable", "truth"),
    ("partial", "truth"),
    *((name, "text") for name in ("article_id", "title", "published", "duplicate_of")),
]
_GROUP = 2000
"""Rows that are written at once."""


class Table(Protocol):
    """One table being written."""

    def write(self, rows: Sequence[Row]) -> None: ...

    def close(self) -> None: ...


TableKind: TypeAlias = "Callable[[Path, str, list[tuple[str, Kind]]], Table]"
"""Opens a table: folder, name, columns."""


class CsvTable:
    """``name.csv``, its first line the names of the columns."""

    def __init__(self, folder: Path, name: str, head: list[tuple[str, Kind]]) -> None:
        self._file = (folder / f"{name}.csv").open("w", encoding="utf-8", newline="")
        self._file.write(csv_lines([tuple(column for column, _ in head)]))

    def write(self, rows: Sequence[Row]) -> None:
        self._file.write(csv_lines(rows))

    def close(self) -> None:
        self._file.close()


class ParquetTable:
    """``name.parquet``: texts as they are, lists as lists, days as days."""

    def __init__(self, folder: Path, name: str, head: list[tuple[str, Kind]]) -> None:
        arrow, parquet = _pyarrow()
        types = {
            "text": arrow.string(),
            "texts": arrow.list_(arrow.string()),
            "number": arrow.int64(),
            "decimal": arrow.float64(),
            "truth": arrow.bool_(),
            "day": arrow.date32(),
        }
        self._arrow = arrow
        self._schema = arrow.schema([(column, types[kind]) for column, kind in head])
        self._writer = parquet.ParquetWriter(folder / f"{name}.parquet", self._schema, compression="zstd")

    def write(self, rows: Sequence[Row]) -> None:
        values = [list(column) for column in zip(*rows, strict=True)]
        self._writer.write_table(self._arrow.table(values, schema=self._schema))

    def close(self) -> None:
        self._writer.close()


def write_tables(export: Export, folder: Path, kind: TableKind) -> None:
    """Write all tables into the folder, some thousand rows of each in memory at a time."""
    with ExitStack() as open_tables:
        written = {
            name: _Rows(open_tables.enter_context(closing(kind(folder, name, columns(name)))))
            for name in tables()
        }
        for stored in export.briefs():
            for name, found in rows(stored.brief()).items():
                written[name].add(found)
        ledger = _Rows(open_tables.enter_context(closing(kind(folder, INPUTS, _INPUT_COLUMNS))))
        for _ in export.failures():
            pass  # counted; each is in the ledger
        for store, one in export.inputs():
            state: list[Any] = [store.path.name, one.label, one.state, one.code, one.message]
            state += [one.retryable, one.partial, one.article_id, one.title, one.published, one.twin]
            ledger.add([tuple(state)])
        for table in (*written.values(), ledger):
            table.flush()


class _Rows:
    """Rows on their way to a table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._waiting: list[Row] = []

    def add(self, rows: Sequence[Row]) -> None:
        self._waiting += rows
        if len(self._waiting) >= _GROUP:
            self.flush()

    def flush(self) -> None:
        if self._waiting:
            self._table.write(self._waiting)
            self._waiting.clear()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 -- an extra: most exports do without
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise ConfigurationError(
            "Parquet needs pyarrow, which is not installed", hint="pip install 'briefgen[parquet]'"
        ) from None
    return pa, parquet
