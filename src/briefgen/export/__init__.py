"""Stores to files: JSON Lines, CSV, Parquet, Markdown."""

from __future__ import annotations

from briefgen.export.lines import write_lines
from briefgen.export.pages import page_name, write_page, write_pages
from briefgen.export.records import Export
from briefgen.export.staging import staged_file, staged_folder
from briefgen.export.tables import CsvTable, ParquetTable, TableKind, write_tables

__all__ = [
    "CsvTable",
    "Export",
    "ParquetTable",
    "TableKind",
    "page_name",
    "staged_file",
    "staged_folder",
    "write_lines",
    "write_page",
    "write_pages",
    "write_tables",
]
